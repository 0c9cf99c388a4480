// SPDX-License-Identifier: Apache-2.0
// Whole frames: exact motion, quiet edges, nothing lost behind what is opaque.
#include "local/compositor/stack.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace vidgen::local {
namespace {

const Size kFrame(320, 180);

Move slide() {
  Move m;
  m.from.cx = -.05;
  m.to.cx = .05;
  m.from.pivot = m.to.pivot = 0;
  return m;
}

Layer fill(double p, Color color, Blend blend = Blend::over) {
  return Layer(
      "fill", p,
      [color](Canvas& canvas) {
        canvas.rect(-9, -9, 18, 18);
        canvas.fill(color);
      },
      0, blend);
}

Layer disc(double p, double x, double r, Color color) {
  return Layer("disc", p, [=](Canvas& canvas) {
    canvas.ell(x, 0, r, r);
    canvas.fill(color);
  });
}

Scene plain(std::vector<Layer> layers) {
  Scene scene;
  scene.layers = std::move(layers);
  scene.finish.grade.contrast = 1;
  scene.finish.vignette = scene.finish.bloom = 0;
  return scene;
}

Stack build(Scene scene, const Move& move = slide(), Size size = kFrame) {
  auto stack = Stack::build(std::move(scene), size, move);
  EXPECT_TRUE(stack) << stack.error().message();
  return std::move(*stack);
}

std::vector<std::uint8_t> frame(Stack& stack, const View& view, double seconds = 0) {
  std::vector<std::uint8_t> out(static_cast<std::size_t>(kFrame.width * kFrame.height * 4));
  stack.paint_bgra(view, seconds, out.data(), kFrame.width * 4);
  return out;
}

View at(double cx) {
  View v;
  v.cx = cx;
  return v;
}

double green(const std::vector<std::uint8_t>& f, int x, int y) {
  return f[static_cast<std::size_t>((y * kFrame.width + x) * 4 + 1)];
}

double centroid(const std::vector<std::uint8_t>& f) {
  double sum = 0, weight = 0;
  for (int y = 0; y < kFrame.height; ++y)
    for (int x = 0; x < kFrame.width; ++x) sum += green(f, x, y) * x, weight += green(f, x, y);
  return sum / weight;
}

TEST(Stack, MovesByFractionsOfAPixel) {
  Stack stack = build(plain({fill(0, kBlack), disc(1, 0, .2, kWhite)}));
  double last = centroid(frame(stack, at(-.02)));
  for (int i = 1; i <= 24; ++i) {
    const double cx = -.02 + i * .0009;  // 0.162 pixels a step
    const double now = centroid(frame(stack, at(cx)));
    EXPECT_NEAR(last - now, .0009 * kFrame.height, .012) << "step " << i;
    last = now;
  }
}

// The contrast of edges must not pulse while a layer slides through the pixels; at a cache scale of 1 it would by
// several per cent.
TEST(Stack, EdgesDoNotShimmer) {
  const Layer fence("fence", 1, [](Canvas& canvas) {
    for (int i = 0; i < 40; ++i) {
      canvas.rect(-.9 + .045 * i + .011 * std::sin(i * 1.7), -.4, .02, .8);
      canvas.fill(Color(.8, .8, .8));
    }
  });
  Stack stack = build(plain({fill(0, Color(.2, .2, .2)), fence}));
  double low = 1e9, high = 0;
  for (int i = 0; i < 32; ++i) {
    const auto f = frame(stack, at(-.01 + i * .00045));
    double contrast = 0;
    for (int x = 20; x < 300; ++x) contrast += std::pow(green(f, x + 1, 90) - green(f, x, 90), 2);
    low = std::min(low, std::sqrt(contrast)), high = std::max(high, std::sqrt(contrast));
  }
  EXPECT_LT((high - low) / high, .035);
}

TEST(Stack, SameBytesTwice) {
  const auto make = [] {
    return build(
        plain({fill(0, Color(.3, .2, .1)), disc(.4, -.2, .2, Color(.9, .4, .1, .6)), disc(1, .1, .15, kWhite)}));
  };
  Stack a = make(), b = make();
  EXPECT_EQ(frame(a, at(.013)), frame(b, at(.013)));
  const auto first = frame(a, at(.02));
  frame(a, at(-.04));
  EXPECT_EQ(frame(a, at(.02)), first) << "a frame depends on the frames before it";
}

TEST(Stack, WhatIsHiddenCostsNothingAndChangesNothing) {
  Stack alone = build(plain({fill(.5, Color(.4, .5, .6))}));
  Stack covered = build(plain({disc(.2, 0, .3, kWhite), fill(.5, Color(.4, .5, .6))}));
  EXPECT_EQ(frame(alone, at(.01)), frame(covered, at(.01)));
}

TEST(Stack, BlendsByTheBook) {
  const Color under(.5, .5, .5), light(.4, .4, .4);
  const auto level = [&](Blend blend) {
    Stack stack = build(plain({fill(0, under), fill(.5, light, blend)}));
    return green(frame(stack, at(0)), 100, 100) / 255;
  };
  EXPECT_NEAR(level(Blend::over), .4, .004);
  EXPECT_NEAR(level(Blend::screen), 1 - .5 * .6, .004);
  EXPECT_NEAR(level(Blend::add), .9, .004);
}

TEST(Stack, LayersOfOneDepthShareACache) {
  EXPECT_EQ(build(plain({fill(0, kBlack), disc(.03, 0, .2, kWhite), disc(1, 0, .1, kWhite)})).plate_count(), 2u);
  EXPECT_EQ(build(plain({fill(0, kBlack), disc(.3, 0, .2, kWhite), disc(1, 0, .1, kWhite)})).plate_count(), 3u);
  // Light on what may be clear is kept apart.
  Layer light = fill(.3, Color(.2, .2, .2), Blend::screen);
  EXPECT_EQ(build(plain({fill(0, kBlack), disc(.3, 0, .2, kWhite), light})).plate_count(), 3u);
}

TEST(Stack, CachesAreCroppedToTheirPaint) {
  const Stack stack = build(plain({fill(0, kBlack), disc(1, 0, .1, kWhite)}));
  const Cache& cache = stack.plates()[1].cache;
  EXPECT_LT(cache.width(), .24 * kFrame.height * kCacheScale);
  EXPECT_GT(cache.width(), .2 * kFrame.height * kCacheScale);
  EXPECT_NEAR(cache.density(), kFrame.height * kCacheScale, 1e-9);
}

TEST(Stack, BlurredLayersAreCoarse) {
  Layer soft = disc(1, 0, .2, kWhite);
  soft.blur = .05;
  const Stack stack = build(plain({fill(0, kBlack), soft}));
  EXPECT_LT(stack.plates()[1].cache.density(), kFrame.height * .6);
}

TEST(Stack, YuvAndPixelsShowTheSamePicture) {
  Scene scene = plain({fill(0, Color(.2, .4, .6)), disc(1, 0, .2, Color(.9, .6, .2))});
  scene.finish.vignette = .3;
  Stack stack = build(std::move(scene));
  const auto bgra = frame(stack, at(0));
  std::vector<std::uint8_t> y(static_cast<std::size_t>(kFrame.width * kFrame.height)), u(y.size() / 4), v(y.size() / 4);
  stack.paint(at(0), 0, {{y.data(), u.data(), v.data()}, {kFrame.width, kFrame.width / 2, kFrame.width / 2}});
  for (std::size_t i = 0; i < y.size(); i += 97) {
    const double luma = (.0722 * bgra[i * 4] + .7152 * bgra[i * 4 + 1] + .2126 * bgra[i * 4 + 2]) / 255;
    EXPECT_NEAR(y[i], 16 + 219 * luma, 1.1);
  }
}

TEST(Stack, VignetteDarkensTheCornersAlike) {
  Scene scene = plain({fill(0, Color(.8, .8, .8))});
  scene.finish.vignette = .34;
  Stack stack = build(std::move(scene));
  const auto f = frame(stack, at(0));
  EXPECT_EQ(green(f, 160, 90), 204);
  EXPECT_NEAR(green(f, 0, 0), 204 * .67, 6);
  EXPECT_EQ(green(f, 0, 0), green(f, kFrame.width - 1, kFrame.height - 1));
}

TEST(Stack, BloomGlowsRoundWhatIsBrightOnly) {
  Scene scene = plain({fill(0, Color(.1, .1, .1)), disc(0, 0, .08, kWhite)});
  scene.finish.bloom = .4;
  Stack with = build(std::move(scene)), without = build(plain({fill(0, Color(.1, .1, .1)), disc(0, 0, .08, kWhite)}));
  const auto a = frame(with, at(0)), b = frame(without, at(0));
  EXPECT_GT(green(a, 180, 90), green(b, 180, 90) + 4);
  EXPECT_LE(green(a, 4, 4), green(b, 4, 4) + 2);
}

TEST(Stack, LiveLayersChangeWithTime) {
  Scene scene = plain({fill(0, kBlack)});
  Layer live("live", 1, nullptr);
  live.area = {-.3, -.3, .3, .3};
  live.live = [](Canvas& canvas, double seconds) {
    canvas.ell(.1 * seconds, 0, .1, .1);
    canvas.fill(kWhite);
  };
  scene.layers.push_back(live);
  Stack stack = build(std::move(scene));
  EXPECT_NEAR(centroid(frame(stack, at(0), 1)) - centroid(frame(stack, at(0), 0)), .1 * kFrame.height, .05);
}

TEST(Stack, DustDriftsAndShines) {
  Scene scene = plain({fill(0, kBlack)});
  scene.dust.count = 40;
  Stack stack = build(std::move(scene));
  const auto a = frame(stack, at(0), 0), b = frame(stack, at(0), .5);
  EXPECT_NE(a, b);
  EXPECT_GT(*std::max_element(a.begin(), a.begin() + 4000 * 4), 0);
}

TEST(Stack, RefusesOddSizes) {
  for (Size size : {Size(321, 180), Size(320, 181), Size(0, 0), Size(-2, 4), Size(20000, 20)}) {
    auto stack = Stack::build(plain({fill(0, kBlack)}), size, slide());
    ASSERT_FALSE(stack);
    EXPECT_EQ(stack.error().code(), Errc::invalid_argument);
  }
}

TEST(Grade, LeavesOpacityAloneAndStaysPremultiplied) {
  Surface s(16, 16);
  Canvas canvas(s);
  canvas.paint(Color(.9, .2, .4, .5));
  s.changed();
  Grade grade;
  grade.shadow = Color(0, 0, .4);
  grade.light = Color(1, .9, .5);
  grade.amount = .12;
  apply(grade, s);
  const std::uint8_t* p = s.pixels();
  EXPECT_EQ(p[3], 128);
  for (int k = 0; k < 3; ++k) EXPECT_LE(p[k], p[3]);
}

TEST(Grade, ToneGoesTowardsItsColours) {
  Surface s(2, 1);
  s.pixels()[0] = s.pixels()[1] = s.pixels()[2] = 20;
  s.pixels()[4] = s.pixels()[5] = s.pixels()[6] = 230;
  s.pixels()[3] = s.pixels()[7] = 255;
  Grade grade;
  grade.contrast = 1;
  grade.shadow = Color(.2, .3, .7);
  grade.light = Color(1, .8, .5);
  grade.amount = .1;
  apply(grade, s);
  EXPECT_GT(s.pixels()[0], s.pixels()[2]);  // shadows turn blue
  EXPECT_LT(s.pixels()[4], s.pixels()[6]);  // highlights warm
}

}  // namespace
}  // namespace vidgen::local
