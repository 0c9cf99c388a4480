// SPDX-License-Identifier: Apache-2.0
// What assembling needs beside a timeline, for hosts that have no pipeline.
#include "base/files.hpp"
#include "base/try.hpp"
#include "vidgen/local.hpp"
#include "vidgen/media.hpp"
#include "vidgen/template.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {
constexpr std::int64_t kMostCubeBytes = 64 << 20;
}

Result<AssembleOptions> assemble_options(const EncodeSettings& encode, const std::string& template_folder) {
  VIDGEN_TRY(templates, TemplateSet::load(template_folder));
  auto luts = std::make_shared<const TemplateSet>(std::move(templates));
  AssembleOptions options;
  options.encode = encode;
  options.find_grade = [luts](const std::string& name) -> Result<std::string> {
    if (const std::string* known = luts->find_lut(name)) return *known;
    return base::read_file(name, kMostCubeBytes);
  };
  options.titles = load_local_titles();
  return options;
}

void add_music(Timeline& timeline, const std::string& path, Samples fade_in, Samples fade_out) {
  TimelineSource source;
  source.id = "music";
  source.path = path;
  timeline.sources.push_back(std::move(source));
  AudioItem item;
  item.source = "music";
  item.length = sample_at(timeline.frames, timeline.fps);
  item.fade_in = fade_in;
  item.fade_out = fade_out;
  timeline.audio.push_back(std::move(item));
}

VIDGEN_NAMESPACE_END
