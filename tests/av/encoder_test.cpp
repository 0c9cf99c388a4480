// SPDX-License-Identifier: Apache-2.0
// Which H.264 encoder is taken when the first choice is not there.
#include <gtest/gtest.h>

#include "av/video_encoder.hpp"
#include "clips.hpp"

namespace vidgen::av {
namespace {

EncodeSettings with(const std::string& encoders) {
  EncodeSettings s;
  s.encoder = encoders;
  s.preset = "ultrafast";
  s.threads = 1;
  return s;
}

TEST(Encoder, TheFirstThatIsThereIsTaken) {
  const auto first = VideoEncoder::open(Size(64, 64), 24, with(""));
  ASSERT_TRUE(first) << first.error().describe();
  EXPECT_EQ((*first)->name(), h264_encoder_name());
  EXPECT_EQ((*first)->instead_of(), "");
}

TEST(Encoder, AMissingFirstChoiceIsReplacedAndSaid) {
  const std::string usual = h264_encoder_name();
  const auto second = VideoEncoder::open(Size(64, 64), 24, with("libnobody264," + usual));
  ASSERT_TRUE(second) << second.error().describe();
  EXPECT_EQ((*second)->name(), usual);
  EXPECT_EQ((*second)->instead_of(), "libnobody264");
  EXPECT_EQ(h264_encoder_name("libnobody264," + usual), usual);
}

// An encoder that libav lists but that has no device, or none for H.264, is as good as none.
TEST(Encoder, OneThatCannotStartIsPassedOver) {
  const std::string usual = h264_encoder_name();
  for (const char* name : {"h264_v4l2m2m", "h264_nvenc", "png"}) {
    const auto alone = VideoEncoder::open(Size(64, 64), 24, with(name));
    if (alone) continue;  // this machine has the device
    EXPECT_EQ(alone.error().code(), Errc::encoder_missing) << name;
    const auto both = VideoEncoder::open(Size(64, 64), 24, with(std::string(name) + "," + usual));
    ASSERT_TRUE(both) << both.error().describe();
    EXPECT_EQ((*both)->name(), usual) << name;
  }
}

TEST(Encoder, NoneAtAllSaysWhatToInstall) {
  const auto none = VideoEncoder::open(Size(64, 64), 24, with("libnobody264,png"));
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code(), Errc::encoder_missing);
  EXPECT_NE(none.error().message().find("install"), std::string::npos) << none.error().message();
  EXPECT_NE(none.error().message().find("libnobody264"), std::string::npos) << none.error().message();
  EXPECT_EQ(h264_encoder_name("libnobody264,png"), "");
}

// What is wrong with the settings is not hidden by another encoder that ignores them.
TEST(Encoder, AWrongPresetIsNamed) {
  if (h264_encoder_name() != "libx264") GTEST_SKIP() << "presets are x264's";
  EncodeSettings s = with("");
  s.preset = "warp";
  const auto encoder = VideoEncoder::open(Size(64, 64), 24, s);
  ASSERT_FALSE(encoder);
  EXPECT_NE(encoder.error().message().find("warp"), std::string::npos) << encoder.error().message();
}

}  // namespace
}  // namespace vidgen::av
