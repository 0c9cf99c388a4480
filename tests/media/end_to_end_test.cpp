// SPDX-License-Identifier: Apache-2.0
// Clips laid end to end: where each begins on the film's clock.
#include <gtest/gtest.h>

#include "clips.hpp"
#include "vidgen/media.hpp"

namespace vidgen {
namespace {

// 17 frames at 16 a second are 31.875 frames of the film: boundaries come from absolute time, so nothing adds up.
TEST(ClipsEndToEnd, BoundariesAreRoundedFromAbsoluteTime) {
  test::Folder folder;
  test::ClipSpec spec;
  spec.fps = 16;
  spec.frames = 17;
  test::make_clip(folder / "a.mp4", spec);
  const auto starts = [&](std::size_t clips, Rational fps) {
    const std::vector<std::string> paths(clips, folder / "a.mp4");
    auto t = timeline_of_clips(paths, "cut", Size(320, 180), fps, FpsMode::duplicate);
    EXPECT_TRUE(t) << t.error().describe();
    std::vector<Frames> out;
    for (const TimelineItem& item : t->video) out.push_back(item.start);
    out.push_back(t->frames);
    return out;
  };
  EXPECT_EQ(starts(1, 30), (std::vector<Frames>{0, 32}));
  EXPECT_EQ(starts(5, 30), (std::vector<Frames>{0, 32, 64, 96, 128, 159}));
  EXPECT_EQ(starts(3, Rational(24000, 1001)), (std::vector<Frames>{0, 25, 51, 76}));
}

}  // namespace
}  // namespace vidgen
