// SPDX-License-Identifier: Apache-2.0
// Films are exact: every master frame shows the right source picture, and the sound has the film's length.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <csignal>

#include "av/audio_reader.hpp"
#include "av/image.hpp"
#include "base/files.hpp"
#include "clips.hpp"
#include "media/render.hpp"
#include "media/verify.hpp"
#include "vidgen/media.hpp"

namespace vidgen {
namespace {

using test::ClipSpec;
using test::Folder;

AssembleOptions quick() {
  AssembleOptions o;
  o.encode.preset = "ultrafast";
  o.encode.threads = 2;
  return o;
}

Timeline one_item(const std::string& path, Frames frames, Rational fps) {
  Timeline t;
  t.fps = fps;
  t.size = Size(320, 180);
  t.frames = frames;
  TimelineSource s;
  s.id = "a";
  s.path = path;
  t.sources.push_back(s);
  TimelineItem item;
  item.source = "a";
  item.length = frames;
  t.video.push_back(item);
  return t;
}

std::vector<int> film_of(const Timeline& t, const std::string& out, const AssembleOptions& options = quick()) {
  const auto report = assemble(t, out, options);
  EXPECT_TRUE(report) << report.error().describe();
  if (!report) return {};
  EXPECT_EQ(report->frames, t.frames);
  return test::numbers_of(out);
}

TEST(Assemble, EveryRateShowsTheRightPicture) {
  Folder folder;
  const Rational rates[] = {16, Rational(24000, 1001), 24, 25, Rational(30000, 1001), 30, 60};
  for (const Rational source : rates) {
    ClipSpec spec;
    spec.fps = source;
    spec.frames = (source * Rational(2)).ceil();
    const std::string clip = folder / "clip.mp4", film = folder / "film.mp4";
    test::make_clip(clip, spec);
    for (const Rational fps : {Rational(30), Rational(24), Rational(30000, 1001)}) {
      const Frames frames = frame_at(2, fps) - 1;
      const std::vector<int> seen = film_of(one_item(clip, frames, fps), film);
      ASSERT_EQ(static_cast<Frames>(seen.size()), frames);
      for (Frames n = 0; n < frames; ++n) {
        const auto want = (Rational(n) / fps * source).floor();
        EXPECT_EQ(seen[static_cast<std::size_t>(n)], want)
            << source.to_string() << " to " << fps.to_string() << ", frame " << n;
      }
    }
  }
}

TEST(Assemble, MatroskasMillisecondsAreNoTrap) {
  Folder folder;
  ClipSpec spec;
  spec.frames = 48;
  test::make_clip(folder / "a.mp4", spec);
  test::remux(folder / "a.mp4", folder / "a.mkv", "matroska");
  const std::vector<int> seen = film_of(one_item(folder / "a.mkv", 48, 24), folder / "film.mp4");
  for (int n = 0; n < 48; ++n) EXPECT_EQ(seen[static_cast<std::size_t>(n)], n);
}

TEST(Assemble, VariableRatesShowWhatIsCurrent) {
  Folder folder;
  ClipSpec spec;
  spec.frames = 6;
  test::make_clip(folder / "a.mp4", spec);
  const std::vector<int> times{0, 40, 240, 250, 700, 900};
  test::remux(folder / "a.mp4", folder / "v.mp4", "mp4", times);
  const auto info = probe(folder / "v.mp4");
  ASSERT_TRUE(info);
  EXPECT_TRUE(info->variable_rate);
  const std::vector<int> seen = film_of(one_item(folder / "v.mp4", 30, 30), folder / "film.mp4");
  for (int n = 0; n < 30; ++n) {
    int want = 0;
    for (int i = 0; i < 6; ++i)
      if (times[static_cast<std::size_t>(i)] * 30 <= n * 1000 + 2) want = i;
    EXPECT_EQ(seen[static_cast<std::size_t>(n)], want) << n;
  }
}

TEST(Assemble, SourceInSpeedAndHoldAreExact) {
  Folder folder;
  ClipSpec spec;
  spec.frames = 120;
  spec.preset = "medium";  // with B-frames, and a seek into the middle
  test::make_clip(folder / "a.mp4", spec);
  Timeline t = one_item(folder / "a.mp4", 60, 30);
  t.video[0].source_in = Rational(5, 2);
  t.video[0].speed = Rational(23, 25);
  t.video[0].hold = 10;
  const std::vector<int> seen = film_of(t, folder / "film.mp4");
  ASSERT_EQ(seen.size(), 60u);
  for (Frames n = 0; n < 60; ++n) {
    const Frames shown = std::min<Frames>(n, 49);
    const auto want = ((Rational(5, 2) + Rational(shown, 30) * Rational(23, 25)) * Rational(24)).floor();
    EXPECT_EQ(seen[static_cast<std::size_t>(n)], want) << n;
  }
}

TEST(Assemble, MixedClipsAreLaidEndToEnd) {
  Folder folder;
  ClipSpec a, b, c;
  b.fps = 25;
  b.size = Size(180, 320);
  b.base = 1000;
  b.frames = 25;
  b.sound = 48000;
  c.fps = 16;
  c.size = Size(320, 176);
  c.base = 2000;
  c.frames = 16;
  test::make_clip(folder / "a.mp4", a);
  test::make_clip(folder / "b.mp4", b);
  test::turn_clip(folder / "b.mp4");  // lies on its side and is turned upright: 320x180 again
  test::make_clip(folder / "c.mp4", c);
  const auto info = probe(folder / "b.mp4");
  ASSERT_TRUE(info) << info.error().describe();
  EXPECT_EQ(info->rotation, 90);
  EXPECT_EQ(info->size, Size(320, 180));
  auto t = timeline_of_clips({folder / "a.mp4", folder / "b.mp4", folder / "c.mp4"}, "cut", Size(320, 180), 30,
                             FpsMode::duplicate);
  ASSERT_TRUE(t) << t.error().describe();
  EXPECT_EQ(t->frames, 90);
  const std::vector<int> seen = film_of(*t, folder / "film.mp4");
  ASSERT_EQ(seen.size(), 90u);
  for (int n = 0; n < 30; ++n) EXPECT_EQ(seen[static_cast<std::size_t>(n)], n * 24 / 30);
  for (int n = 0; n < 30; ++n) EXPECT_EQ(seen[static_cast<std::size_t>(60 + n)], 2000 + n * 16 / 30);
}

TEST(Assemble, FadesOverlapTheClips) {
  Folder folder;
  std::vector<std::string> paths;
  for (int i = 0; i < 6; ++i) {
    ClipSpec spec;
    spec.frames = 48;
    spec.base = 1000 * i;
    paths.push_back(folder / ("c" + std::to_string(i) + ".mp4"));
    test::make_clip(paths.back(), spec);
  }
  auto t = timeline_of_clips(paths, "fade:0.5", Size(320, 180), 30, FpsMode::duplicate);
  ASSERT_TRUE(t) << t.error().describe();
  EXPECT_EQ(t->frames, 285);  // 6 * 60 - 5 * 15
  ASSERT_EQ(t->transitions.size(), 5u);
  const std::vector<int> seen = film_of(*t, folder / "film.mp4");
  // Outside the fades every picture is whole and right: clip i begins on film second 1.5 * i.
  for (int i = 0; i < 6; ++i) {
    const int from = 45 * i + (i > 0 ? 15 : 0), to = 45 * i + (i < 5 ? 45 : 60);
    for (int n = from; n < to; ++n)
      EXPECT_EQ(seen[static_cast<std::size_t>(n)], 1000 * i + (n - 45 * i) * 24 / 30) << n;
  }
}

TEST(Assemble, ClipsBringTheirOwnSound) {
  Folder folder;
  ClipSpec spec;
  spec.frames = 48;
  spec.sound = 96000;
  test::make_clip(folder / "a.mp4", spec);
  spec.sound = 0;
  test::make_clip(folder / "b.mp4", spec);
  auto t = timeline_of_clips({folder / "a.mp4", folder / "b.mp4", folder / "a.mp4"}, "fade:0.5", Size(320, 180), 30,
                             FpsMode::duplicate);
  ASSERT_TRUE(t) << t.error().describe();
  ASSERT_EQ(t->audio.size(), 2u);
  EXPECT_EQ(t->audio[1].start, 3 * 48000);
  EXPECT_EQ(t->audio[1].length, 2 * 48000);
  EXPECT_EQ(t->audio[1].fade_in, 24000);
  const auto report = assemble(*t, folder / "film.mp4", quick());
  ASSERT_TRUE(report) << report.error().describe();
  EXPECT_EQ(report->samples, 5 * 48000);
  EXPECT_TRUE(media::verify_master(folder / "film.mp4", 150, 240000, 30));
}

TEST(Assemble, OddStillsAndBars) {
  Folder folder;
  Bitmap b;
  b.width = 101;
  b.height = 151;
  b.stride = 404;
  b.pixels.assign(404 * 151, 255);
  const auto png = av::encode_png(b);
  ASSERT_TRUE(png);
  ASSERT_TRUE(base::write_file(folder / "s.png", *png));
  Timeline t = one_item(folder / "s.png", 5, 30);
  for (const Fit fit : {Fit::fit, Fit::fill, Fit::blur}) {
    t.video[0].fit = fit;
    const auto report = assemble(t, folder / "film.mp4", quick());
    ASSERT_TRUE(report) << report.error().describe();
    EXPECT_TRUE(media::verify_master(folder / "film.mp4", 5, 0, 30));
  }
}

TEST(Assemble, SoundHasTheFilmsLengthAndPlace) {
  Folder folder;
  ClipSpec spec;
  spec.frames = 72;
  test::make_clip(folder / "a.mp4", spec);
  // A click at 1 s in a 44.1 kHz file, placed 0.5 s into the film.
  test::make_wav(folder / "click.wav", 44100, 2 * 44100,
                 [](std::int64_t i) { return i >= 44100 && i < 44130 ? 0.6 : 0.0; });
  Timeline t = one_item(folder / "a.mp4", 71, Rational(24000, 1001));
  TimelineSource s;
  s.id = "m";
  s.path = folder / "click.wav";
  t.sources.push_back(s);
  AudioItem item;
  item.source = "m";
  item.start = 24000;
  t.audio.push_back(item);
  const auto report = assemble(t, folder / "film.mp4", quick());
  ASSERT_TRUE(report) << report.error().describe();
  EXPECT_EQ(report->samples, sample_at(71, Rational(24000, 1001)));
  EXPECT_TRUE(media::verify_master(folder / "film.mp4", 71, report->samples, t.fps));
  auto reader = av::AudioReader::open(folder / "film.mp4", MediaLimits());
  ASSERT_TRUE(reader);
  std::vector<float> pairs(2 * 200000);
  const auto n = (*reader)->read(pairs.data(), 200000);
  ASSERT_TRUE(n);
  Samples loudest = 0;
  for (Samples i = 0; i < *n; ++i)
    if (std::fabs(pairs[static_cast<std::size_t>(2 * i)]) > std::fabs(pairs[static_cast<std::size_t>(2 * loudest)]))
      loudest = i;
  EXPECT_NEAR(static_cast<double>(loudest), 72000 + 16, 40);
}

TEST(Assemble, SameTimelineSameBytes) {
  Folder folder;
  test::make_clip(folder / "a.mp4", ClipSpec());
  Timeline t = one_item(folder / "a.mp4", 30, 30);
  t.finish.grain = 3;
  t.finish.bars = "2.0";
  AssembleOptions options = quick();
  options.grade_text = test::cube_text(9, true);
  film_of(t, folder / "1.mp4", options);
  film_of(t, folder / "2.mp4", options);
  EXPECT_EQ(*base::read_file(folder / "1.mp4"), *base::read_file(folder / "2.mp4"));
}

TEST(Assemble, ProgressRisesToTheEnd) {
  Folder folder;
  test::make_clip(folder / "a.mp4", ClipSpec());
  AssembleOptions options = quick();
  std::vector<Frames> told;
  options.progress = [&](const AssembleProgress& p) { told.push_back(p.done); };
  film_of(one_item(folder / "a.mp4", 30, 30), folder / "film.mp4", options);
  ASSERT_FALSE(told.empty());
  EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
  EXPECT_EQ(told.back(), 30);
}

TEST(Assemble, AStopLeavesNothingBehind) {
  Folder folder;
  test::make_clip(folder / "a.mp4", ClipSpec());
  std::stop_source stop;
  AssembleOptions options = quick();
  options.stop = stop.get_token();
  options.progress = [&](const AssembleProgress&) { stop.request_stop(); };
  const auto report = assemble(one_item(folder / "a.mp4", 3000, 30), folder / "film.mp4", options);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code(), Errc::cancelled);
  EXPECT_EQ(folder.names(), std::vector<std::string>{"a.mp4"});
}

TEST(Assemble, DisksThatFailAreTypedErrors) {
  Folder folder;
  test::make_clip(folder / "a.mp4", ClipSpec());
  const Timeline t = one_item(folder / "a.mp4", 60, 30);
  const auto nowhere = assemble(t, folder / "none/film.mp4", quick());
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.error().code(), Errc::file_missing);
  const auto full = media::render_frames(t, 0, 60, "/dev/full", true, quick());
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().code(), Errc::no_space) << full.error().describe();
  if (::geteuid() != 0) {
    ::chmod((folder / "").c_str(), 0500);
    const auto locked = assemble(t, folder / "film.mp4", quick());
    ::chmod((folder / "").c_str(), 0700);
    ASSERT_FALSE(locked);
    EXPECT_EQ(locked.error().code(), Errc::read_only);
  }
}

// A limit on file sizes stands in for a disk that fills up half way: the part that was written must go.
TEST(Assemble, AFileThatCannotGrowIsRemoved) {
  Folder folder;
  test::make_clip(folder / "a.mp4", ClipSpec());
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{20000, 20000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const auto report = assemble(one_item(folder / "a.mp4", 300, 30), folder / "film.mp4", quick());
    ::_exit(!report && report.error().code() == Errc::io ? 0 : 1);
  }
  int status = 1;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(folder.names(), std::vector<std::string>{"a.mp4"});
}

TEST(Assemble, TimelinesThatCannotBeRenderedAreRefused) {
  Folder folder;
  test::make_clip(folder / "a.mp4", ClipSpec());
  const Timeline good = one_item(folder / "a.mp4", 30, 30);
  struct Row {
    const char* what;
    Errc code;
    void (*spoil)(Timeline&);
  };
  const Row rows[] = {
      {"gap", Errc::timeline_invalid, [](Timeline& t) { t.video[0].start = 1; }},
      {"short", Errc::timeline_invalid, [](Timeline& t) { t.frames = 31; }},
      {"unknown source", Errc::timeline_invalid, [](Timeline& t) { t.video[0].source = "b"; }},
      {"backwards", Errc::timeline_invalid, [](Timeline& t) { t.video[0].speed = Rational(-1); }},
      {"odd size", Errc::timeline_invalid, [](Timeline& t) { t.size = Size(321, 180); }},
      {"no rate", Errc::timeline_invalid, [](Timeline& t) { t.fps = Rational(0); }},
      {"interpolate", Errc::unsupported, [](Timeline& t) { t.fps_mode = FpsMode::interpolate; }},
      {"native", Errc::invalid_argument, [](Timeline& t) { t.fps_mode = FpsMode::native; }},
      {"grade", Errc::invalid_argument, [](Timeline& t) { t.grade = "nobody knows"; }},
      {"bars", Errc::timeline_invalid, [](Timeline& t) { t.finish.bars = "wide"; }},
      {"title", Errc::invalid_argument, [](Timeline& t) { t.titles.emplace_back().length = 9; }},
      {"no file", Errc::file_missing, [](Timeline& t) { t.sources[0].path = "/none.mp4"; }},
      {"transition", Errc::timeline_invalid,
       [](Timeline& t) {
         t.transitions.emplace_back();
         t.transitions[0].at = 10;
         t.transitions[0].frames = 4;
       }},
  };
  for (const Row& row : rows) {
    Timeline t = good;
    row.spoil(t);
    const auto report = assemble(t, folder / "film.mp4", quick());
    ASSERT_FALSE(report) << row.what;
    EXPECT_EQ(report.error().code(), row.code) << row.what << ": " << report.error().describe();
  }
  EXPECT_EQ(folder.names(), std::vector<std::string>{"a.mp4"});
}

TEST(Settings, FollowTheRequest) {
  Request r;
  EXPECT_EQ(encode_settings(r).preset, "veryfast");
  EXPECT_EQ(encode_settings(r).crf, 20);
  r.quality = Quality::draft;
  EXPECT_EQ(encode_settings(r).preset, "ultrafast");
  r.quality = Quality::final_;
  r.crf = 12;
  EXPECT_EQ(encode_settings(r).preset, "medium");
  EXPECT_EQ(encode_settings(r).crf, 12);
}

}  // namespace
}  // namespace vidgen
