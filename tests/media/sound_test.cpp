// SPDX-License-Identifier: Apache-2.0
// The mixer: to the sample.
#include <gtest/gtest.h>

#include <cmath>

#include "av/audio_reader.hpp"
#include "base/files.hpp"
#include "clips.hpp"
#include "inputs.hpp"
#include "media/mixer.hpp"

namespace vidgen::media {
namespace {

Timeline silent_film(Frames frames) {
  Timeline t;
  t.frames = frames;
  return t;
}

void add(Timeline& t, const std::string& path, AudioItem item) {
  TimelineSource s;
  s.id = std::to_string(t.sources.size());
  s.path = path;
  t.sources.push_back(s);
  item.source = s.id;
  t.audio.push_back(item);
}

std::vector<float> left(const Timeline& t) {
  auto mixer = Mixer::make(t, AssembleOptions());
  EXPECT_TRUE(mixer) << mixer.error().describe();
  std::vector<float> out;
  float block[2 * 1000];
  for (;;) {
    auto n = (*mixer)->read(block, 1000);
    EXPECT_TRUE(n);
    if (!n || *n == 0) break;
    for (Samples i = 0; i < *n; ++i) out.push_back(block[2 * i]);
  }
  EXPECT_EQ(static_cast<Samples>(out.size()), (*mixer)->total());
  return out;
}

TEST(Mixer, NoLanesNoSound) {
  auto mixer = Mixer::make(silent_film(30), AssembleOptions());
  ASSERT_TRUE(mixer);
  EXPECT_EQ(*mixer, nullptr);
}

TEST(Mixer, PlacesToTheSample) {
  test::Folder folder;
  test::make_wav(folder / "a.wav", 48000, 48000, [](std::int64_t i) { return i == 100 ? 0.5 : 0.0; });
  Timeline t = silent_film(60);
  AudioItem item;
  item.start = 5000;
  item.source_in = 37;
  add(t, folder / "a.wav", item);
  const std::vector<float> out = left(t);
  ASSERT_EQ(out.size(), 96000u);
  for (std::size_t i = 0; i < out.size(); ++i) ASSERT_NEAR(out[i], i == 5063 ? 0.5f : 0.0f, 1e-4f) << i;
}

TEST(Mixer, LoopsWithoutASeam) {
  test::Folder folder;
  test::make_wav(folder / "a.wav", 48000, 1001, [](std::int64_t i) { return static_cast<double>(i) / 2000; });
  Timeline t = silent_film(30);
  AudioItem item;
  item.loop = true;
  item.length = 30000;
  add(t, folder / "a.wav", item);
  const std::vector<float> out = left(t);
  for (std::size_t i = 0; i < 30000; ++i) ASSERT_NEAR(out[i], static_cast<double>(i % 1001) / 2000, 1e-4) << i;
  for (std::size_t i = 30000; i < out.size(); ++i) ASSERT_EQ(out[i], 0.0f);
}

TEST(Mixer, FadesAndGainPoints) {
  AudioItem item;
  item.start = 1000;
  item.fade_in = 100;
  item.fade_out = 200;
  EXPECT_LT(gain_at(item, 3000, 1000), 0.001f);
  EXPECT_NEAR(gain_at(item, 3000, 1049), 0.5f, 0.02f);
  EXPECT_EQ(gain_at(item, 3000, 2000), 1.0f);
  EXPECT_NEAR(gain_at(item, 3000, 2900), 0.5f, 0.02f);
  EXPECT_LT(gain_at(item, 3000, 2999), 0.001f);
  item.fade_in = item.fade_out = 0;
  item.gain = {GainPoint(1000, 1.0), GainPoint(2000, 0.2)};
  EXPECT_FLOAT_EQ(gain_at(item, 3000, 500), 1.0f);
  EXPECT_FLOAT_EQ(gain_at(item, 3000, 1500), 0.6f);
  EXPECT_FLOAT_EQ(gain_at(item, 3000, 2500), 0.2f);
}

TEST(Mixer, AFadeOutEndsWithTheSource) {
  test::Folder folder;
  test::make_wav(folder / "a.wav", 48000, 20000, [](std::int64_t) { return 0.5; });
  Timeline t = silent_film(30);
  AudioItem item;
  item.fade_out = 4000;
  add(t, folder / "a.wav", item);
  const std::vector<float> out = left(t);
  EXPECT_NEAR(out[15000], 0.5f, 1e-3f);
  EXPECT_NEAR(out[18000], 0.25f, 2e-3f);
  EXPECT_LT(out[19999], 1e-3f);
}

TEST(Mixer, LimitsSoftlyAndNeverClips) {
  test::Folder folder;
  test::make_wav(folder / "a.wav", 48000, 48000,
                 [](std::int64_t i) { return std::sin(static_cast<double>(i) * 0.05); });
  Timeline t = silent_film(30);
  for (int i = 0; i < 5; ++i) add(t, folder / "a.wav", AudioItem());
  float peak = 0;
  for (const float v : left(t)) peak = std::max(peak, std::fabs(v));
  EXPECT_LE(peak, 0.98f);
  EXPECT_GT(peak, 0.9f);
}

// An edit list may begin within a packet: what lies before it is neither counted nor heard.
TEST(Mixer, HonoursAnEditListWithinAPacket) {
  test::Folder folder;
  test::ClipSpec spec;
  spec.sound = 48000;
  test::make_clip(folder / "a.mp4", spec);
  std::string bytes = *base::read_file(folder / "a.mp4");
  const auto edit = bytes.rfind("elst");  // of the second track, the sound
  ASSERT_NE(edit, bytes.npos);
  ASSERT_EQ(bytes.substr(edit + 16, 4), std::string("\0\0\x04\0", 4));  // it skips the encoder's 1024
  ASSERT_EQ(bytes.substr(edit + 12, 4), test::big32(48000 * 5));
  // Now 500 more, and the sound is so much shorter.
  bytes.replace(edit + 12, 8, test::big32(47500 * 5) + test::big32(1524));
  ASSERT_TRUE(base::write_file(folder / "b.mp4", bytes));
  const auto info = probe(folder / "b.mp4");
  ASSERT_TRUE(info) << info.error().describe();
  EXPECT_EQ(info->samples, 47500);
  const auto heard = [](const std::string& path) {
    auto reader = av::AudioReader::open(path, MediaLimits());
    EXPECT_TRUE(reader);
    return (*reader)->read(nullptr, 100000).value();
  };
  EXPECT_EQ(heard(folder / "a.mp4") - heard(folder / "b.mp4"), 500);
}

// A file whose clock does not begin at nought: its sound begins at once all the same.
TEST(Mixer, AFileThatBeginsLaterHasNoSilenceBeforeIt) {
  test::Folder folder;
  test::ClipSpec spec;
  spec.sound = 48000;
  test::make_clip(folder / "a.mp4", spec);
  test::shift_clip(folder / "a.mp4", folder / "b.mkv", "matroska", 3000);
  auto reader = av::AudioReader::open(folder / "b.mkv", MediaLimits());
  ASSERT_TRUE(reader) << reader.error().describe();
  std::vector<float> pairs(2 * 200000);
  const auto n = (*reader)->read(pairs.data(), 200000);
  ASSERT_TRUE(n);
  EXPECT_LT(*n, 48000 + 4096);
  EXPECT_EQ(test::numbers_of(folder / "b.mkv").size(), 24u);
}

TEST(Mixer, ReadsAClipsOwnSoundWithoutItsPriming) {
  test::Folder folder;
  test::ClipSpec spec;
  spec.sound = 48000;
  test::make_clip(folder / "a.mp4", spec);
  const auto info = probe(folder / "a.mp4");
  ASSERT_TRUE(info);
  EXPECT_EQ(info->samples, 48000);
  Timeline t = silent_film(30);
  add(t, folder / "a.mp4", AudioItem());
  const std::vector<float> out = left(t);
  double error = 0;  // AAC is lossy, but its sine must stand where it stood
  for (std::size_t i = 4800; i < 40000; ++i) {
    const double want = 0.25 * std::sin(2 * 3.14159265358979 * 440 * static_cast<double>(i) / 48000);
    error = std::max(error, std::fabs(out[i] - want));
  }
  EXPECT_LT(error, 0.02);
}

}  // namespace
}  // namespace vidgen::media
