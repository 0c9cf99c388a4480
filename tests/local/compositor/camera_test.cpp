// SPDX-License-Identifier: Apache-2.0
#include "local/compositor/camera.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace vidgen::local {
namespace {

TEST(Camera, EaseIsTheQuinticAndStaysOutside) {
  EXPECT_DOUBLE_EQ(ease(0), 0);
  EXPECT_DOUBLE_EQ(ease(1), 1);
  EXPECT_DOUBLE_EQ(ease(.5), .5);
  EXPECT_DOUBLE_EQ(ease(-3), 0);
  EXPECT_DOUBLE_EQ(ease(7), 1);
  EXPECT_NEAR(ease(.25), 6 * std::pow(.25, 5) - 15 * std::pow(.25, 4) + 10 * std::pow(.25, 3), 1e-12);
}

TEST(Camera, NeverStandsStillAtACut) {
  EXPECT_GT(progress(.01) - progress(0), 1e-4);
  EXPECT_GT(progress(1) - progress(.99), 1e-4);
}

TEST(Camera, HandlesGoOnWithoutAJump) {
  double last = progress(-.5);
  for (double share = -.5; share <= 1.5; share += 1.0 / 240) {
    EXPECT_GE(progress(share), last);
    EXPECT_LT(progress(share) - last, .01);
    last = progress(share);
  }
}

TEST(Camera, EveryRowIsNamedOnceAndStaysInItsExtremes) {
  std::set<std::string_view> names;
  for (const CameraRow& row : camera_rows()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    const auto ends = extremes(row.move);
    for (double share = -.2; share <= 1.2; share += .05) {
      const View v = view_at(row.move, share, share * 4);
      double low = 1e9, high = -1e9, zoom_low = 1e9, zoom_high = -1e9;
      for (const View& end : ends) {
        low = std::min(low, framing(end, 1.7).shift_x), high = std::max(high, framing(end, 1.7).shift_x);
        zoom_low = std::min(zoom_low, framing(end, 1.7).scale),
        zoom_high = std::max(zoom_high, framing(end, 1.7).scale);
      }
      EXPECT_GE(framing(v, 1.7).shift_x, low - 1e-9) << row.name;
      EXPECT_LE(framing(v, 1.7).shift_x, high + 1e-9) << row.name;
      EXPECT_GE(framing(v, 1.7).scale, zoom_low - 1e-9) << row.name;
      EXPECT_LE(framing(v, 1.7).scale, zoom_high + 1e-9) << row.name;
    }
  }
}

TEST(Camera, EveryRowMoves) {
  for (const CameraRow& row : camera_rows()) {
    const View a = view_at(row.move, 0, 0), b = view_at(row.move, 1, 4);
    const double moved =
        std::abs(a.cx - b.cx) + std::abs(a.cy - b.cy) + std::abs(a.dz - b.dz) + std::abs(a.zoom - b.zoom);
    EXPECT_GT(moved, .01) << row.name;
  }
}

TEST(Camera, AnOrbitMovesFarAndNearOppositeWays) {
  const Move& orbit = camera_row("orbit").move;
  const auto drift = [&](double p) { return framing(orbit.to, p).shift_x - framing(orbit.from, p).shift_x; };
  EXPECT_LT(drift(0) * drift(1.6), 0);
  EXPECT_LT(std::abs(drift(.7)), 1e-9);
}

TEST(Camera, UnknownNamesPushIn) {
  const Move& m = camera_row("levitate").move;
  EXPECT_GT(m.to.dz, m.from.dz);
}

}  // namespace
}  // namespace vidgen::local
