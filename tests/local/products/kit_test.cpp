// SPDX-License-Identifier: Apache-2.0
// The drawing kit: colours, blur, noise, light and type.
#include <gtest/gtest.h>

#include <cmath>

#include "local/paint/blur.hpp"
#include "local/paint/noise.hpp"
#include "local/paint/text.hpp"
#include "support.hpp"

namespace vidgen::local {
namespace {

double energy(const Surface& surface, int channel = 3) {
  double sum = 0;
  for (int y = 0; y < surface.height(); ++y) {
    for (int x = 0; x < surface.width(); ++x) sum += surface.pixels()[y * surface.stride() + 4 * x + channel];
  }
  return sum;
}

Surface square(int size, int inner, Color color) {
  Surface surface(size, size);
  Canvas canvas(surface);
  canvas.rect((size - inner) / 2.0, (size - inner) / 2.0, inner, inner);
  canvas.fill(color);
  return surface;
}

TEST(Colors, AreReadStrictly) {
  ASSERT_TRUE(parse_color("#ff8000"));
  EXPECT_DOUBLE_EQ(parse_color("#ff8000")->r, 1);
  EXPECT_NEAR(parse_color("ff800040")->a, .25, .01);
  for (const char* bad : {"", "#", "#ff80", "#ff80zz", "red", "#ff80001", "#-f8000"})
    EXPECT_FALSE(parse_color(bad)) << bad;
}

TEST(Colors, SoftFallsWithoutAnEdge) {
  const Stops stops = soft(kWhite, .6);
  EXPECT_DOUBLE_EQ(stops.front().color.a, .6);
  EXPECT_DOUBLE_EQ(stops.back().color.a, 0);
  EXPECT_LT(stops[stops.size() - 2].color.a, .02);
  for (std::size_t i = 1; i < stops.size(); ++i) EXPECT_LT(stops[i].color.a, stops[i - 1].color.a);
}

class BlurTest : public testing::TestWithParam<double> {};

TEST_P(BlurTest, KeepsEnergyAndColourBelowOpacity) {
  Surface surface = square(400, 60, Color(0xff8040));
  const double before = energy(surface), red = energy(surface, 2);
  blur(surface, GetParam());
  EXPECT_NEAR(energy(surface) / before, 1, .02);
  EXPECT_NEAR(energy(surface, 2) / red, 1, .02);
  for (int y = 0; y < 400; ++y) {
    for (int x = 0; x < 400; ++x) {
      const std::uint8_t* p = surface.pixels() + y * surface.stride() + 4 * x;
      ASSERT_TRUE(p[0] <= p[3] && p[1] <= p[3] && p[2] <= p[3]) << x << "," << y;
    }
  }
}

TEST_P(BlurTest, SpreadsAsAGaussianOfThatSigma) {
  Surface surface = square(400, 4, kWhite);
  blur(surface, GetParam());
  double sum = 0, moment = 0;
  for (int y = 0; y < 400; ++y) {
    for (int x = 0; x < 400; ++x) {
      const double v = opacity_at(surface, x, y), d = x - 199.5;
      sum += v;
      moment += v * d * d;
    }
  }
  if (GetParam() > 8) return;  // a point this small is lost in 8 bits
  EXPECT_NEAR(std::sqrt(moment / sum), GetParam(), .15 * GetParam() + .6);
}

TEST_P(BlurTest, OpaquePicturesStayOpaque) {
  Surface surface = square(200, 200, Color(0x406080));
  blur(surface, GetParam(), BlurEdge::extend);
  for (const int at : {0, 1, 100, 198, 199}) {
    EXPECT_EQ(opacity_at(surface, at, at), 255);
    EXPECT_NEAR(surface.pixels()[at * surface.stride() + 4 * at], 0x80, 1);
  }
}

INSTANTIATE_TEST_SUITE_P(Sigmas, BlurTest, testing::Values(.8, 2.0, 3.7, 7.0, 19.0));

TEST(Blur, TinySigmaChangesNothing) {
  Surface surface = square(20, 10, kWhite);
  const auto before = bytes_of(surface);
  blur(surface, .1);
  EXPECT_EQ(bytes_of(surface), before);
}

TEST(Noise, IsTheSameForTheSameSeedOnly) {
  EXPECT_EQ(fbm(64, 48, 4, 3, 5, .5, 7).values, fbm(64, 48, 4, 3, 5, .5, 7).values);
  EXPECT_NE(fbm(64, 48, 4, 3, 5, .5, 7).values, fbm(64, 48, 4, 3, 5, .5, 8).values);
  EXPECT_EQ(Rng(0).next(), 0xe220a8397b1dcdafULL);  // splitmix64's first number of seed 0
}

TEST(Noise, HasMeanZeroAndDeviationNearOne) {
  Rng rng(11);
  double sum = 0, square_sum = 0;
  for (int i = 0; i < 20000; ++i) {
    const double v = rng.normal();
    sum += v;
    square_sum += v * v;
  }
  EXPECT_NEAR(sum / 20000, 0, .03);
  EXPECT_NEAR(square_sum / 20000, 1, .04);
  for (int i = 0; i < 1000; ++i) {
    const double u = rng.uniform();
    ASSERT_TRUE(u >= 0 && u < 1);
    ASSERT_LT(rng.below(7), 7);
  }
}

TEST(Noise, LinesAreContinuous) {
  std::vector<double> xs;
  for (int i = 0; i < 900; ++i) xs.push_back(-1 + i / 450.0);
  const std::vector<double> ys = noise_line(xs, 2, 4, 5, .5, false);
  for (std::size_t i = 1; i < ys.size(); ++i) ASSERT_LT(std::abs(ys[i] - ys[i - 1]), .08) << i;
}

TEST(LightTest, MoreLightIsBrighterAndTheSideFlipsProfiles) {
  Light light;
  EXPECT_LT(lum(shade(Color(0x808080), .1, light)), lum(shade(Color(0x808080), .8, light)));
  EXPECT_LT(lum(shade(Color(0x808080), .8, light)), lum(shade(Color(0x808080), 1.6, light)));
  for (const int side : {-1, 1}) {
    light.side = side;
    Surface surface(100, 4);
    Canvas canvas(surface);
    canvas.paint(profile(0, 100, Color(0xc0c0c0), kMatte, light));
    const int left = surface.pixels()[4 * 18 + 1], right = surface.pixels()[4 * 82 + 1];
    EXPECT_GT(side * (right - left), 30);
  }
}

TEST(Text, MeasuresInkAndAligns) {
  TextStyle style("Inter", 600, 40);
  const TextBox box = measure_text("Hill", style);
  EXPECT_GT(box.width, 40);
  EXPECT_NEAR(box.top, -box.height, 2);  // no descender: the ink stands on the baseline
  EXPECT_NEAR(box.cap_height, 29, 3);
  style.align = Align::center;
  EXPECT_NEAR(measure_text("Hill", style).left, -box.width / 2, .01);
  style.align = Align::right;
  EXPECT_NEAR(measure_text("Hill", style).left, -box.width, .01);
  EXPECT_EQ(measure_text("", style).width, 0);
}

TEST(Text, ScalesWithoutHinting) {
  const TextBox small = measure_text("Hamburg", TextStyle("Inter", 500, 10)),
                large = measure_text("Hamburg", TextStyle("Inter", 500, 170));
  EXPECT_NEAR(large.width / small.width, 17, .001);
}

TEST(Text, TrackingWidensAndDoesNotUnbalance) {
  TextStyle style("Inter", 600, 40);
  const double plain = measure_text("NORTH", style).width;
  style.tracking = .2;
  EXPECT_NEAR(measure_text("NORTH", style).width, plain + 4 * .2 * 40, 1.5);
}

TEST(Text, DrawsWhereItWasMeasured) {
  Surface surface(400, 120);
  Canvas canvas(surface);
  TextStyle style("EB Garamond", 500, 60);
  style.align = Align::center;
  const TextBox box = draw_text(canvas, "gypsum\nHi", 200, 60, style, kWhite);
  int left = 400, right = 0;
  for (int y = 0; y < 120; ++y) {
    for (int x = 0; x < 400; ++x) {
      if (opacity_at(surface, x, y) == 0) continue;
      left = std::min(left, x);
      right = std::max(right, x);
    }
  }
  EXPECT_NEAR(left, 200 + box.left, 1.5);
  EXPECT_NEAR(right, 200 + box.left + box.width, 1.5);
}

TEST(Text, FitsAndAMissingFamilyStillHasLetters) {
  const TextStyle fitted = fit_text("A rather long brand name", TextStyle("Inter", 500, 100), 120, 30);
  const TextBox box = measure_text("A rather long brand name", fitted);
  EXPECT_LE(box.width, 120.001);
  EXPECT_LE(box.height, 30.001);
  EXPECT_GT(measure_text("Hill", TextStyle("No Such Family", 500, 40)).width, 30);
  EXPECT_GT(measure_text("\xff\xfe broken", TextStyle("Inter", 500, 40)).width, 30);
}

TEST(Canvas, RestoresWhatAScopeChanged) {
  Surface surface(10, 10);
  Canvas canvas(surface);
  {
    const auto guard = canvas.saved();
    canvas.scale(7);
    EXPECT_DOUBLE_EQ(pixels_per_unit(canvas), 7);
  }
  EXPECT_DOUBLE_EQ(pixels_per_unit(canvas), 1);
}

TEST(Canvas, AHugePictureIsAnErrorNotACrash) {
  EXPECT_FALSE(Surface::create(40000, 40000));
  EXPECT_TRUE(Surface::create(4, 4));
}

}  // namespace
}  // namespace vidgen::local
