// SPDX-License-Identifier: Apache-2.0
// What the benchmarks run: the engine on clips from the command line.
//   assemble_tool film OUT PRESET CUBE MUSIC CLIP...      the film, in one pass
//   assemble_tool frames OUT - CUBE - CLIP...             its frames as raw 4:2:0 into OUT (/dev/null: made, not kept)
//   assemble_tool segments OUT PRESET CUBE MUSIC CLIP...  the film by segments and a join
//   assemble_tool grade FRAMES - CUBE - CLIP              grades one picture of the clip that many times
// "-" leaves a thing out.
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "media/clip_source.hpp"
#include "media/composer.hpp"
#include "media/segments.hpp"

namespace {

using namespace vidgen;

struct Job {
  std::string out, preset, cube, music;
  std::vector<std::string> clips;
  Timeline timeline;
  AssembleOptions options;
};

Status prepare(Job& job) {
  auto timeline = timeline_of_clips(job.clips, "fade:0.5", Size(1920, 1080), 30, FpsMode::duplicate);
  if (!timeline) return timeline.error();
  job.timeline = *timeline;
  if (job.preset != "-") job.options.encode.preset = job.preset;
  if (job.cube != "-") {
    auto text = base::read_file(job.cube);
    if (!text) return text.error();
    job.options.grade_text = *text;
  }
  if (job.music == "-") return {};
  TimelineSource source;
  source.id = "music";
  source.path = job.music;
  job.timeline.sources.push_back(source);
  AudioItem item;
  item.source = "music";
  item.loop = true;
  job.timeline.audio.push_back(item);
  return {};
}

Status film(const Job& job) {
  auto report = assemble(job.timeline, job.out, job.options);
  if (!report) return report.error();
  std::printf("%lld frames, %lld samples, %s\n", static_cast<long long>(report->frames),
              static_cast<long long>(report->samples), report->encoder.c_str());
  return {};
}

Status frames(const Job& job) {
  auto composer = media::Composer::make(job.timeline, job.options);
  if (!composer) return composer.error();
  std::FILE* out = job.out == "/dev/null" ? nullptr : std::fopen(job.out.c_str(), "wb");
  for (Frames n = 0; n < job.timeline.frames; ++n) {
    auto frame = (*composer)->frame(n);
    if (!frame) return frame.error();
    const av::YuvPlanes p = frame->planes();
    for (int i = 0; out && i < 3; ++i)
      for (int y = 0; y < (i == 0 ? p.height : p.height / 2); ++y)
        std::fwrite(p.data[i] + static_cast<std::ptrdiff_t>(y) * p.stride[i], 1,
                    static_cast<std::size_t>(i == 0 ? p.width : p.width / 2), out);
  }
  if (out) std::fclose(out);
  return {};
}

Status segments(const Job& job) {
  std::vector<media::SegmentFile> files;
  for (const Segment& s : segments_of(job.timeline)) {
    auto file = media::render_segment(job.timeline, s.start, s.start + s.length,
                                      job.out + "." + std::to_string(s.start), job.options);
    if (!file) return file.error();
    files.push_back(*file);
  }
  auto report = media::join_segments(job.timeline, files, job.out, job.options);
  for (const media::SegmentFile& file : files) std::remove(file.path.c_str());
  if (!report) return report.error();
  return {};
}

Status grade(const Job& job) {
  auto source = media::ClipSource::open(job.clips[0], MediaLimits(), {});
  if (!source) return source.error();
  auto picture = (*source)->at(1);
  if (!picture) return picture.error();
  auto lut = media::Lut::parse(job.options.grade_text);
  if (!lut) return lut.error();
  media::GradeSettings settings;
  settings.lut = std::make_shared<const media::Lut>(*lut);
  media::Grader grader(settings, picture->tags());
  for (int i = std::atoi(job.out.c_str()); i > 0; --i) (void)grader.apply(*picture);
  std::printf("%zu rows\n", grader.rows_made());
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 7) {
    std::fprintf(stderr, "assemble_tool film|frames|segments|grade OUT PRESET CUBE MUSIC CLIP...\n");
    return 2;
  }
  const std::string what = argv[1];
  Job job;
  job.out = argv[2];
  job.preset = argv[3];
  job.cube = argv[4];
  job.music = argv[5];
  job.clips.assign(argv + 6, argv + argc);
  Status status = prepare(job);
  if (status)
    status = what == "film" ? film(job) : what == "frames" ? frames(job) : what == "grade" ? grade(job) : segments(job);
  if (!status) std::fprintf(stderr, "%s\n", status.error().describe().c_str());
  return status ? 0 : 1;
}
