// SPDX-License-Identifier: Apache-2.0
// The blocks over libav: what goes in comes out, exactly.
#include <gtest/gtest.h>

#include "av/audio_reader.hpp"
#include "av/compat.hpp"
#include "av/image.hpp"
#include "av/video_encoder.hpp"
#include "av/video_reader.hpp"
#include "base/files.hpp"
#include "clips.hpp"

namespace vidgen::av {
namespace {

using test::ClipSpec;
using test::Folder;

TEST(ClipWriter, EveryFrameComesBackInOrder) {
  Folder folder;
  for (const char* preset : {"ultrafast", "veryfast", "medium"})
    for (const Frames frames : {1, 2, 3, 5, 50}) {
      ClipSpec spec;
      spec.preset = preset;
      spec.frames = frames;
      test::make_clip(folder / "a.mp4", spec);
      const std::vector<int> seen = test::numbers_of(folder / "a.mp4");
      ASSERT_EQ(static_cast<Frames>(seen.size()), frames) << preset;
      for (Frames n = 0; n < frames; ++n) EXPECT_EQ(seen[static_cast<std::size_t>(n)], n);
    }
}

TEST(ClipWriter, SameFramesSameBytes) {
  Folder folder;
  ClipSpec spec;
  spec.sound = 24000;
  test::make_clip(folder / "a.mp4", spec);
  test::make_clip(folder / "b.mp4", spec);
  EXPECT_EQ(*base::read_file(folder / "a.mp4"), *base::read_file(folder / "b.mp4"));
}

TEST(ClipWriter, AnUnfinishedClipIsRemoved) {
  Folder folder;
  {
    auto writer = ClipWriter::create(folder / "a.mp4", Size(64, 64), 24);
    ASSERT_TRUE(writer);
    FramePool pool(64, 64);
    const Frame frame = pool.make();
    fill_planes(frame.planes(), 100, 128, 128);
    ASSERT_TRUE((*writer)->write(frame.planes()));
  }
  EXPECT_TRUE(folder.names().empty());
}

TEST(ClipWriter, SaysWhatIsWrong) {
  Folder folder;
  EXPECT_EQ(ClipWriter::create(folder / "a.mp4", Size(63, 64), 24).error().code(), Errc::invalid_argument);
  EXPECT_EQ(ClipWriter::create(folder / "no/a.mp4", Size(64, 64), 24).error().code(), Errc::file_missing);
  ClipOptions options;
  options.encode.encoder = "nobody";
  EXPECT_EQ(ClipWriter::create(folder / "a.mp4", Size(64, 64), 24, options).error().code(), Errc::encoder_missing);
  options.encode.encoder = "png";  // an encoder, but not of H.264
  EXPECT_EQ(ClipWriter::create(folder / "a.mp4", Size(64, 64), 24, options).error().code(), Errc::encoder_missing);
}

TEST(LastPicture, IsTheLastOneShownDespiteReordering) {
  Folder folder;
  for (const char* preset : {"ultrafast", "medium", "slow"})
    for (const Frames frames : {1, 2, 7, 81}) {
      ClipSpec spec;
      spec.preset = preset;
      spec.fps = 16;
      spec.frames = frames;
      test::make_clip(folder / "a.mp4", spec);
      const auto last = last_picture(folder / "a.mp4", MediaLimits());
      ASSERT_TRUE(last) << last.error().describe();
      EXPECT_EQ(test::read_number(last->frame.planes()), frames - 1) << preset;
    }
}

TEST(VideoReader, SeeksToAKeyFrameBeforeTheTime) {
  Folder folder;
  ClipSpec spec;
  spec.preset = "medium";
  spec.frames = 600;  // more than one group of pictures
  test::make_clip(folder / "a.mp4", spec);
  auto reader = VideoReader::open(folder / "a.mp4", MediaLimits());
  ASSERT_TRUE(reader);
  for (const int frame : {500, 20, 599, 251, 0}) {
    ASSERT_TRUE((*reader)->seek(Rational(frame, 24)));
    int seen = -1;
    do {
      auto picture = (*reader)->next();
      ASSERT_TRUE(picture && *picture);
      const int number = test::read_number((*picture)->frame.planes());
      EXPECT_LE(number, frame);
      EXPECT_TRUE((*reader)->at_or_before((*picture)->ticks, Rational(frame, 24)));
      EXPECT_GT(number, seen);
      seen = number;
    } while (seen < frame);
  }
}

TEST(VideoReader, DamageInTheMiddleIsAnError) {
  Folder folder;
  ClipSpec spec;
  spec.frames = 48;
  test::make_clip(folder / "a.mp4", spec);
  std::string bytes = *base::read_file(folder / "a.mp4");
  const auto data = bytes.find("mdat");
  ASSERT_NE(data, bytes.npos);
  for (std::size_t i = data + 3000; i < data + 3200; ++i) bytes[i] = static_cast<char>(~bytes[i]);
  ASSERT_TRUE(base::write_file(folder / "b.mp4", bytes));
  const auto last = last_picture(folder / "b.mp4", MediaLimits());
  ASSERT_FALSE(last);
  EXPECT_EQ(last.error().code(), Errc::media_invalid);
}

TEST(Demuxer, OpensNothingElse) {
  Folder folder;
  test::make_clip(folder / "a.mp4", ClipSpec());
  auto demuxer = Demuxer::open(folder / "a.mp4", MediaLimits());
  ASSERT_TRUE(demuxer);
  AVFormatContext* context = (*demuxer)->raw();
  AVIOContext* io = nullptr;
  EXPECT_EQ(context->io_open(context, &io, "/etc/passwd", AVIO_FLAG_READ, nullptr), AVERROR(EPERM));
  EXPECT_EQ(io, nullptr);
  EXPECT_STREQ(context->protocol_whitelist, "none");
}

TEST(Demuxer, AStopEndsReading) {
  Folder folder;
  test::make_clip(folder / "a.mp4", ClipSpec());
  std::stop_source stop;
  stop.request_stop();
  const auto demuxer = Demuxer::open(folder / "a.mp4", MediaLimits(), stop.get_token());
  ASSERT_FALSE(demuxer);
  EXPECT_EQ(demuxer.error().code(), Errc::cancelled);
}

TEST(Image, PngKeepsEveryPixel) {
  Folder folder;
  for (const bool opaque : {true, false}) {
    Bitmap b;
    b.width = 37;
    b.height = 23;
    b.stride = 37 * 4;
    for (int i = 0; i < 37 * 23; ++i) {
      const int a = opaque ? 255 : i % 256;
      for (const int c : {i * 3 % 256, i * 5 % 256, i * 7 % 256})
        b.pixels.push_back(static_cast<std::uint8_t>(c * a / 255));
      b.pixels.push_back(static_cast<std::uint8_t>(a));
    }
    const auto png = encode_png(b);
    ASSERT_TRUE(png) << png.error().describe();
    EXPECT_EQ(*png, *encode_png(b));
    ASSERT_TRUE(base::write_file(folder / "a.png", *png));
    const auto back = read_image(folder / "a.png", MediaLimits());
    ASSERT_TRUE(back) << back.error().describe();
    ASSERT_EQ(back->width, 37);
    ASSERT_EQ(back->pixels.size(), b.pixels.size());
    for (std::size_t i = 0; i < b.pixels.size(); ++i) ASSERT_NEAR(back->pixels[i], b.pixels[i], opaque ? 0 : 1) << i;
  }
}

TEST(Image, AFrameBecomesItsColours) {
  FramePool pool(32, 32);
  const Frame red = pool.make();
  fill_planes(red.planes(), 63, 102, 240);
  const auto b = to_bitmap(red);
  ASSERT_TRUE(b);
  EXPECT_NEAR(b->pixels[2], 255, 3);
  EXPECT_NEAR(b->pixels[1], 0, 3);
  EXPECT_NEAR(b->pixels[0], 0, 3);
}

TEST(AudioReader, ResamplesAndKeepsLength) {
  Folder folder;
  for (const int rate : {8000, 22050, 44100, 48000, 96000}) {
    test::make_wav(folder / "a.wav", rate, 2 * rate, [](std::int64_t) { return 0.25; });
    auto reader = AudioReader::open(folder / "a.wav", MediaLimits());
    ASSERT_TRUE(reader);
    std::vector<float> out(2 * 200000);
    const auto n = (*reader)->read(out.data(), 200000);
    ASSERT_TRUE(n);
    EXPECT_NEAR(static_cast<double>(*n), 96000, 20) << rate;
    EXPECT_NEAR(out[2 * 48000], 0.25f, 1e-3f);
  }
}

}  // namespace
}  // namespace vidgen::av
