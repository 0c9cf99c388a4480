// SPDX-License-Identifier: Apache-2.0
// One loop over the table: every kind starts as the old picture, ends as the new one, and stays within its planes.
#include "media/transitions.hpp"

#include <gtest/gtest.h>

#include <cstring>

#include "vidgen/media.hpp"

namespace vidgen::media {
namespace {

double mean(const av::YuvPlanes& p) {
  double sum = 0;
  for (int y = 0; y < p.height; ++y)
    for (int x = 0; x < p.width; ++x) sum += p.data[0][y * p.stride[0] + x];
  return sum / (p.width * p.height);
}

TEST(Transitions, EveryRowGoesFromOldToNew) {
  std::size_t count = 0;
  const TransitionKind* kinds = transition_kinds(count);
  ASSERT_EQ(count, transition_rows().size());
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) {
      EXPECT_LT(kinds[i - 1].name, kinds[i].name);
    }
    EXPECT_EQ(transition_rows()[i].name, kinds[i].name);
    EXPECT_FALSE(kinds[i].what.empty());
    for (const Size size : {Size(64, 36), Size(33, 17), Size(2, 2)}) {
      av::FramePool pool(size.width, size.height);
      const av::Frame a = pool.make(), b = pool.make(), out = pool.make();
      av::fill_planes(a.planes(), 60, 100, 120);
      av::fill_planes(b.planes(), 180, 140, 160);
      for (const int frames : {1, 2, 15, 400}) {
        for (int n = 0; n < frames; ++n) {
          Moment m;
          m.index = n;
          m.count = frames;
          kinds[i].mix(a.planes(), b.planes(), out.planes(), m);
        }
        if (frames < 400 || size.width < 33) continue;
        EXPECT_NEAR(mean(out.planes()), 180, 5) << kinds[i].name;
        kinds[i].mix(a.planes(), b.planes(), out.planes(), Moment{0, frames});
        EXPECT_NEAR(mean(out.planes()), 60, 5) << kinds[i].name;
      }
    }
  }
}

TEST(Transitions, PureFunctionsOfTheirPictures) {
  std::size_t count = 0;
  const TransitionKind* kinds = transition_kinds(count);
  av::FramePool pool(32, 18);
  const av::Frame a = pool.make();
  av::fill_planes(a.planes(), 60, 100, 120);
  for (std::size_t i = 0; i < count; ++i) {
    if (kinds[i].name == "fadeblack" || kinds[i].name == "fadewhite") continue;
    for (int n = 0; n < 9; ++n) {  // from a picture to the same picture nothing may change
      const av::Frame out = pool.make();
      av::fill_planes(out.planes(), 0, 0, 0);
      kinds[i].mix(a.planes(), a.planes(), out.planes(), Moment{n, 9});
      for (int p = 0; p < 3; ++p)
        for (int y = 0; y < (p == 0 ? 18 : 9); ++y)
          ASSERT_EQ(0, std::memcmp(a.planes().data[p] + y * a.planes().stride[p],
                                   out.planes().data[p] + y * out.planes().stride[p], p == 0 ? 32 : 16))
              << kinds[i].name << " frame " << n;
    }
  }
}

TEST(Transitions, AFadesMiddleIsTheMean) {
  av::FramePool pool(32, 18);
  const av::Frame a = pool.make(), b = pool.make(), out = pool.make();
  av::fill_planes(a.planes(), 50, 90, 200);
  av::fill_planes(b.planes(), 150, 190, 100);
  find_transition("fade")->mix(a.planes(), b.planes(), out.planes(), Moment{7, 15});
  EXPECT_EQ(out.planes().data[0][0], 100);
  EXPECT_EQ(out.planes().data[1][0], 140);
  EXPECT_EQ(out.planes().data[2][0], 150);
}

TEST(Transitions, UnknownNamesAreNull) {
  EXPECT_EQ(find_transition("starwipe"), nullptr);
}

}  // namespace
}  // namespace vidgen::media
