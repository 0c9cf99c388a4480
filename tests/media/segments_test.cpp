// SPDX-License-Identifier: Apache-2.0
// Segments: planned without cutting a transition, rendered alone, joined to a film that is whole.
#include "media/segments.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include "av/compat.hpp"
#include "av/demuxer.hpp"
#include "av/video_reader.hpp"
#include "base/files.hpp"
#include "clips.hpp"
#include "media/verify.hpp"

namespace vidgen::media {
namespace {

using test::Folder;

AssembleOptions settings(const char* preset) {
  AssembleOptions o;
  o.encode.preset = preset;
  o.encode.threads = 2;
  return o;
}

Timeline film(const Folder& folder, int clips, const std::string& transition) {
  std::vector<std::string> paths;
  for (int i = 0; i < clips; ++i) {
    test::ClipSpec spec;
    spec.frames = 36;
    spec.base = 100 * i;
    paths.push_back(folder / ("c" + std::to_string(i) + ".mp4"));
    test::make_clip(paths.back(), spec);
  }
  auto t = timeline_of_clips(paths, transition, Size(320, 180), 30, FpsMode::duplicate);
  EXPECT_TRUE(t) << t.error().describe();
  return *t;
}

std::vector<SegmentFile> render_all(const Timeline& t, const Folder& folder, const AssembleOptions& options) {
  std::vector<SegmentFile> out;
  for (const Segment& s : segments_of(t)) {
    auto file =
        render_segment(t, s.start, s.start + s.length, folder / ("s" + std::to_string(s.start) + ".mp4"), options);
    EXPECT_TRUE(file) << file.error().describe();
    if (file) out.push_back(*file);
  }
  return out;
}

TEST(Join, GivesWhatOneEncodeWouldShow) {
  for (const char* preset : {"ultrafast", "veryfast"}) {  // without and with B-frames
    Folder folder;
    const Timeline t = film(folder, 4, "fade:0.5");
    const AssembleOptions options = settings(preset);
    const std::vector<SegmentFile> parts = render_all(t, folder, options);
    ASSERT_EQ(parts.size(), 7u);
    const auto joined = join_segments(t, parts, folder / "joined.mp4", options);
    ASSERT_TRUE(joined) << joined.error().describe();
    EXPECT_EQ(joined->frames, t.frames);
    ASSERT_TRUE(assemble(t, folder / "whole.mp4", options));
    const auto verified = verify_master(folder / "joined.mp4", t.frames, 0, t.fps);
    EXPECT_TRUE(verified) << verified.error().describe();
    const std::vector<int> a = test::numbers_of(folder / "joined.mp4"), b = test::numbers_of(folder / "whole.mp4");
    ASSERT_EQ(a.size(), b.size());
    // In the midst of a fade a square may read as either number; outside all must agree.
    std::size_t apart = 0;
    for (std::size_t i = 0; i < a.size(); ++i) apart += a[i] != b[i] ? 1 : 0;
    EXPECT_LE(apart, 3u * 15u);
    for (const Segment& s : segments_of(t)) {
      if (s.items.size() != 1) continue;
      for (Frames n = s.start; n < s.start + s.length; ++n)
        EXPECT_EQ(a[static_cast<std::size_t>(n)], b[static_cast<std::size_t>(n)]) << n;
    }
  }
}

TEST(Join, KeepsEverySegmentsPicturesBitForBit) {
  Folder folder;
  const Timeline t = film(folder, 2, "cut");
  const std::vector<SegmentFile> parts = render_all(t, folder, settings("veryfast"));
  ASSERT_EQ(parts.size(), 2u);
  ASSERT_TRUE(join_segments(t, parts, folder / "joined.mp4", settings("veryfast")));
  auto whole = av::VideoReader::open(folder / "joined.mp4", MediaLimits());
  ASSERT_TRUE(whole);
  for (const SegmentFile& part : parts) {
    auto alone = av::VideoReader::open(part.path, MediaLimits());
    ASSERT_TRUE(alone);
    for (Frames n = part.from; n < part.to; ++n) {
      auto a = (*whole)->next(), b = (*alone)->next();
      ASSERT_TRUE(a && b && *a && *b);
      const av::YuvPlanes pa = (*a)->frame.planes(), pb = (*b)->frame.planes();
      for (int y = 0; y < pa.height; ++y)
        ASSERT_TRUE(std::equal(pa.data[0] + y * pa.stride[0], pa.data[0] + y * pa.stride[0] + pa.width,
                               pb.data[0] + y * pb.stride[0]))
            << n;
    }
  }
}

TEST(Join, SoundRunsThroughTheJoins) {
  Folder folder;
  Timeline t = film(folder, 3, "cut");
  test::make_wav(folder / "m.wav", 48000, 24000, [](std::int64_t i) { return i % 100 < 50 ? 0.2 : -0.2; });
  TimelineSource s;
  s.id = "m";
  s.path = folder / "m.wav";
  t.sources.push_back(s);
  AudioItem item;
  item.source = "m";
  item.loop = true;
  t.audio.push_back(item);
  const AssembleOptions options = settings("ultrafast");
  const auto joined = join_segments(t, render_all(t, folder, options), folder / "joined.mp4", options);
  ASSERT_TRUE(joined) << joined.error().describe();
  EXPECT_EQ(joined->samples, sample_at(t.frames, t.fps));
  EXPECT_TRUE(verify_master(folder / "joined.mp4", t.frames, joined->samples, t.fps));
}

// Time, length and bytes of each packet of one stream.
std::vector<std::tuple<std::int64_t, std::int64_t, std::string>> packets_of(const std::string& path, bool pictures) {
  std::vector<std::tuple<std::int64_t, std::int64_t, std::string>> out;
  const auto demuxer = av::Demuxer::open(path, MediaLimits()).value();
  const int stream = pictures ? demuxer->video_stream() : demuxer->audio_stream();
  demuxer->keep_only(stream);
  for (const av::Packet packet = av::make_packet(); demuxer->read(packet.get()).value();)
    if (packet->stream_index == stream)
      out.emplace_back(packet->pts, packet->duration, std::string(packet->data, packet->data + packet->size));
  EXPECT_GT(out.size(), 10U);
  return out;
}

// Made before its film, the sound is the one that would have been made with it.
TEST(Join, SoundThatWasMadeEarlierIsTheSame) {
  for (const char* preset : {"ultrafast", "veryfast"}) {
    Folder folder;
    Timeline t = film(folder, 3, "cut");
    test::make_wav(folder / "m.wav", 48000, 96000, [](std::int64_t i) { return i * i % 997 / 2000.0 - 0.25; });
    t.sources.emplace_back().id = t.audio.emplace_back().source = "m";
    t.sources.back().path = folder / "m.wav";
    const AssembleOptions options = settings(preset);
    const std::vector<SegmentFile> parts = render_all(t, folder, options);
    ASSERT_TRUE(join_segments(t, parts, folder / "at_once.mp4", options));
    const auto samples = render_sound(t, folder / "sound.m4a", options);
    ASSERT_TRUE(samples) << samples.error().describe();
    EXPECT_EQ(*samples, sample_at(t.frames, t.fps));
    auto sound = copied_sound(folder / "sound.m4a", {});
    ASSERT_TRUE(sound) << sound.error().describe();
    EXPECT_EQ((*sound)->samples(), *samples);
    const auto joined = join_segments(t, parts, std::move(*sound), folder / "joined.mp4", options);
    ASSERT_TRUE(joined) << joined.error().describe();
    EXPECT_EQ(joined->samples, *samples);
    EXPECT_TRUE(verify_master(folder / "joined.mp4", t.frames, *samples, t.fps));
    for (const bool pictures : {true, false})
      EXPECT_TRUE(packets_of(folder / "joined.mp4", pictures) == packets_of(folder / "at_once.mp4", pictures)) << pictures;
  }
}

TEST(Join, ATimelineWithoutSoundHasNoneToMake) {
  Folder folder;
  const Timeline t = film(folder, 1, "cut");
  EXPECT_EQ(render_sound(t, folder / "sound.m4a", settings("veryfast")).error().code(), Errc::invalid_argument);
  EXPECT_FALSE(base::file_exists(folder / "sound.m4a"));
  EXPECT_EQ(copied_sound(folder / "c0.mp4", {}).error().code(), Errc::media_invalid);
}

// The same pictures twice, the sound searched for well and quickly: as long, and not the same bytes.
TEST(Join, ADraftsSoundIsEncodedInTheLeastTime) {
  Folder folder;
  Timeline t = film(folder, 1, "cut");
  test::make_wav(folder / "m.wav", 48000, 96000, [](std::int64_t i) { return i * i % 997 / 2000.0 - 0.25; });
  t.sources.emplace_back().id = t.audio.emplace_back().source = "m";
  t.sources.back().path = folder / "m.wav";
  const std::vector<SegmentFile> parts = render_all(t, folder, settings("veryfast"));
  std::string bytes[2];
  for (const int quick : {0, 1}) {
    const std::string path = folder / (quick != 0 ? "quick.mp4" : "well.mp4");
    const auto joined = join_segments(t, parts, path, settings(quick != 0 ? "ultrafast" : "veryfast"));
    ASSERT_TRUE(joined) << joined.error().describe();
    EXPECT_EQ(joined->samples, sample_at(t.frames, t.fps));
    bytes[quick] = base::read_file(path).value();
  }
  EXPECT_NE(bytes[0], bytes[1]);
}

TEST(Join, RefusesWhatDoesNotFit) {
  Folder folder;
  const Timeline t = film(folder, 2, "cut");
  std::vector<SegmentFile> parts = render_all(t, folder, settings("veryfast"));
  ASSERT_EQ(parts.size(), 2u);
  const auto code = [&](std::vector<SegmentFile> files) {
    const auto joined = join_segments(t, files, folder / "joined.mp4", settings("veryfast"));
    EXPECT_FALSE(joined);
    EXPECT_FALSE(base::file_exists(folder / "joined.mp4"));
    return joined ? Errc::unknown : joined.error().code();
  };
  EXPECT_EQ(code({parts[0]}), Errc::verify_failed);  // one is missing
  auto swapped = parts;
  std::swap(swapped[0].path, swapped[1].path);
  swapped[1].path = folder / "c0.mp4";  // other settings
  EXPECT_EQ(code(swapped), Errc::verify_failed);
  auto fewer = parts;
  ASSERT_TRUE(render_segment(t, 40, t.frames, parts[1].path, settings("veryfast")));
  EXPECT_EQ(code(fewer), Errc::verify_failed);
}

// Its index is whole and every join is, so only decoding it finds this.
// As many frames as it should have, but of another stream: a player would show them broken.
TEST(Join, RefusesAPartOfOtherSettings) {
  Folder folder;
  const Timeline t = film(folder, 2, "cut");
  std::vector<SegmentFile> parts = render_all(t, folder, settings("veryfast"));
  ASSERT_EQ(parts.size(), 2u);
  ASSERT_TRUE(render_segment(t, parts[1].from, parts[1].to, parts[1].path, settings("ultrafast")));
  const auto joined = join_segments(t, parts, folder / "joined.mp4", settings("veryfast"));
  ASSERT_FALSE(joined);
  EXPECT_EQ(joined.error().code(), Errc::verify_failed);
  EXPECT_NE(joined.error().message().find("other settings"), std::string::npos) << joined.error().message();
  EXPECT_FALSE(base::file_exists(folder / "joined.mp4"));
}

TEST(Verify, CatchesAPictureThatDoesNotDecode) {
  Folder folder;
  const Timeline t = film(folder, 1, "cut");
  ASSERT_TRUE(assemble(t, folder / "f.mp4", settings("veryfast")));
  std::string bytes = *base::read_file(folder / "f.mp4");
  const auto data = bytes.find("mdat");
  ASSERT_NE(data, bytes.npos);
  const std::size_t from = data + (bytes.size() - data) / 2;
  for (std::size_t i = from; i < from + 200; ++i) bytes[i] = static_cast<char>(~bytes[i]);
  ASSERT_TRUE(base::write_file(folder / "f.mp4", bytes));
  ASSERT_TRUE(check_written(folder / "f.mp4", t.frames, 0, t.fps, {}));
  EXPECT_FALSE(verify_master(folder / "f.mp4", t.frames, 0, t.fps));
}

TEST(Verify, CatchesACutFile) {
  Folder folder;
  const Timeline t = film(folder, 1, "cut");
  ASSERT_TRUE(assemble(t, folder / "f.mp4", settings("veryfast")));
  ASSERT_TRUE(verify_master(folder / "f.mp4", t.frames, 0, t.fps));
  const std::string bytes = *base::read_file(folder / "f.mp4");
  for (const std::size_t keep : {bytes.size() - 1, bytes.size() - 400, bytes.size() * 3 / 4, bytes.size() / 2}) {
    ASSERT_TRUE(base::write_file(folder / "cut.mp4", bytes.substr(0, keep)));
    EXPECT_FALSE(verify_master(folder / "cut.mp4", t.frames, 0, t.fps)) << keep;
  }
  EXPECT_FALSE(verify_master(folder / "f.mp4", t.frames + 1, 0, t.fps));
  EXPECT_FALSE(verify_master(folder / "f.mp4", t.frames, 48000, t.fps));
  EXPECT_FALSE(verify_master(folder / "f.mp4", t.frames, 0, 25));
}

}  // namespace
}  // namespace vidgen::media
