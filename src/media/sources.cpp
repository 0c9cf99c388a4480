// SPDX-License-Identifier: Apache-2.0
#include "media/sources.hpp"

#include "media/timeline_check.hpp"

namespace vidgen::media {

Result<std::string> source_path(const Timeline& timeline, const std::string& id, const AssembleOptions& options) {
  const TimelineSource* source = find_source(timeline, id);
  if (!source) return Error(Errc::timeline_invalid, "there is no source \"" + id + "\"");
  if (options.find_source) return options.find_source(*source);
  if (source->path.empty()) return Error(Errc::timeline_invalid, "source \"" + id + "\" has no path");
  return source->path;
}

}  // namespace vidgen::media
