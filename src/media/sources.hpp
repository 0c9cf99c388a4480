// SPDX-License-Identifier: Apache-2.0
// Where a timeline's sources lie.
#pragma once

#include <string>

#include "vidgen/media.hpp"

namespace vidgen::media {

// The path of source `id`: what options.find_source says, else the timeline's own.
Result<std::string> source_path(const Timeline& timeline, const std::string& id, const AssembleOptions& options);

}  // namespace vidgen::media
