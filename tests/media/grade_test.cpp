// SPDX-License-Identifier: Apache-2.0
// The fused table against the exact path: how far colours lie apart, as an eye sees it.
#include "media/grade.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "clips.hpp"

namespace vidgen::media {
namespace {

struct Lab {
  double l, a, b;
};

// BT.709 limited, 8-bit units, to CIE Lab (D65), through the sRGB curve.
Lab lab_of(double y, double u, double v) {
  const double luma = (y - 16) / 219, cb = (u - 128) / 224, cr = (v - 128) / 224;
  double rgb[3] = {luma + 1.5748 * cr, 0, luma + 1.8556 * cb};
  rgb[1] = (luma - 0.2126 * rgb[0] - 0.0722 * rgb[2]) / 0.7152;
  for (double& c : rgb) {
    c = std::clamp(c, 0.0, 1.0);
    c = c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  }
  const double xyz[3] = {(0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.95047,
                         0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2],
                         (0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.08883};
  double f[3];
  for (int i = 0; i < 3; ++i) f[i] = xyz[i] > 0.008856 ? std::cbrt(xyz[i]) : 7.787 * xyz[i] + 16.0 / 116;
  return {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
}

double degrees(double b, double a) {
  const double h = std::atan2(b, a) * 180 / std::numbers::pi;
  return h < 0 ? h + 360 : h;
}
double sin_d(double d) {
  return std::sin(d * std::numbers::pi / 180);
}
double cos_d(double d) {
  return std::cos(d * std::numbers::pi / 180);
}

// CIEDE2000, after Sharma, Wu and Dalal.
double delta_e(const Lab& p, const Lab& q) {
  const double c_mean = (std::hypot(p.a, p.b) + std::hypot(q.a, q.b)) / 2;
  const double c7 = std::pow(c_mean, 7), g = 0.5 * (1 - std::sqrt(c7 / (c7 + 6103515625.0)));
  const double a1 = (1 + g) * p.a, a2 = (1 + g) * q.a;
  const double c1 = std::hypot(a1, p.b), c2 = std::hypot(a2, q.b);
  const double h1 = degrees(p.b, a1), h2 = degrees(q.b, a2);
  double dh = c1 * c2 == 0 ? 0 : h2 - h1;
  if (dh > 180) dh -= 360;
  if (dh < -180) dh += 360;
  const double dl = q.l - p.l, dc = c2 - c1, dhh = 2 * std::sqrt(c1 * c2) * sin_d(dh / 2);
  const double l = (p.l + q.l) / 2, c = (c1 + c2) / 2;
  double h = c1 * c2 == 0 ? h1 + h2 : (h1 + h2) / 2;
  if (c1 * c2 != 0 && std::fabs(h1 - h2) > 180) h += h < 180 ? 180 : -180;
  const double t = 1 - 0.17 * cos_d(h - 30) + 0.24 * cos_d(2 * h) + 0.32 * cos_d(3 * h + 6) - 0.2 * cos_d(4 * h - 63);
  const double sl = 1 + 0.015 * (l - 50) * (l - 50) / std::sqrt(20 + (l - 50) * (l - 50));
  const double sc = 1 + 0.045 * c, sh = 1 + 0.015 * c * t, cc = std::pow(c, 7);
  const double rt = -sin_d(60 * std::exp(-std::pow((h - 275) / 25, 2))) * 2 * std::sqrt(cc / (cc + 6103515625.0));
  return std::sqrt(std::pow(dl / sl, 2) + std::pow(dc / sc, 2) + std::pow(dhh / sh, 2) + rt * (dc / sc) * (dhh / sh));
}

TEST(DeltaE, KnowsThePublishedPairs) {
  EXPECT_NEAR(delta_e({50, 2.6772, -79.7751}, {50, 0, -82.7485}), 2.0425, 1e-4);
  EXPECT_NEAR(delta_e({50, 2.5, 0}, {73, 25, -18}), 27.1492, 1e-4);
  EXPECT_NEAR(delta_e({2.0776, 0.0795, -1.135}, {0.9033, -0.0636, -0.5514}), 0.9082, 1e-4);
}

GradeSettings look() {
  GradeSettings s;
  s.lut = std::make_shared<const Lut>(*Lut::parse(test::cube_text(33, true)));
  s.contrast = 1.1f;
  s.saturation = 1.05f;
  return s;
}

// Smooth pictures through all colours, as films have them.
void paint(const av::YuvPlanes& p, int seed) {
  for (int y = 0; y < p.height; ++y)
    for (int x = 0; x < p.width; ++x)
      p.data[0][y * p.stride[0] + x] =
          static_cast<std::uint8_t>(126 + 100 * std::sin(x * 0.021 + seed) * std::cos(y * 0.017 - seed) +
                                    8 * std::sin(x * 0.9) * std::sin(y * 0.8));
  for (int y = 0; y < (p.height + 1) / 2; ++y)
    for (int x = 0; x < (p.width + 1) / 2; ++x) {
      p.data[1][y * p.stride[1] + x] = static_cast<std::uint8_t>(128 + 45 * std::sin(x * 0.03 - y * 0.01 + seed));
      p.data[2][y * p.stride[2] + x] = static_cast<std::uint8_t>(128 + 45 * std::cos(x * 0.02 + y * 0.024 + seed));
    }
}

TEST(Grader, LiesWithinHalfADeltaEOfTheExactPath) {
  for (const av::ColorTags tags :
       {av::ColorTags(false, false), av::ColorTags(true, false), av::ColorTags(true, true)}) {
    const GradeSettings settings = look();
    Grader grader(settings, tags);
    av::FramePool pool(321, 181);
    double sum = 0, count = 0;
    for (int seed = 0; seed < 4; ++seed) {
      const av::Frame in = pool.make();
      paint(in.planes(), seed);
      const av::Frame out = grader.apply(in);
      const av::YuvPlanes a = in.planes(), b = out.planes();
      for (int y = 0; y < 181; ++y)
        for (int x = 0; x < 321; ++x) {
          const int at = (y / 2) * a.stride[1] + x / 2, bt = (y / 2) * b.stride[1] + x / 2;
          const auto want = grade_exact(settings, tags, a.data[0][y * a.stride[0] + x], a.data[1][at], a.data[2][at]);
          sum += delta_e(lab_of(want[0], want[1], want[2]),
                         lab_of(b.data[0][y * b.stride[0] + x], b.data[1][bt], b.data[2][bt]));
          ++count;
        }
    }
    EXPECT_LE(sum / count, 0.5) << (tags.bt601 ? "bt601" : "bt709") << (tags.full_range ? " full" : " limited");
  }
}

TEST(Grader, LumaIsTheExactPathToOneStep) {
  const GradeSettings settings = look();
  Grader grader(settings, av::ColorTags(true, false));
  av::FramePool pool(256, 2);
  for (int u = 64; u <= 192; u += 16)
    for (int v = 64; v <= 192; v += 16) {
      const av::Frame in = pool.make();
      av::fill_planes(in.planes(), 0, u, v);
      for (int x = 0; x < 256; ++x)
        in.planes().data[0][x] = in.planes().data[0][in.planes().stride[0] + x] = static_cast<std::uint8_t>(x);
      const av::Frame out = grader.apply(in);
      for (int x = 0; x < 256; ++x) {
        const auto want = grade_exact(settings, av::ColorTags(true, false), static_cast<float>(x),
                                      static_cast<float>(u), static_cast<float>(v));
        EXPECT_NEAR(out.planes().data[0][x], want[0], 1.3) << "y " << x << " u " << u << " v " << v;
      }
    }
}

// The exact path itself, by values that can be worked out by hand.
std::array<float, 3> graded(const GradeSettings& s, float y, float u = 128, float v = 128) {
  return grade_exact(s, av::ColorTags(), y, u, v);
}

TEST(GradeExact, ContrastTurnsAboutTheMiddle) {
  GradeSettings s;
  s.contrast = 1.5f;
  const float middle = 16 + 219 * 0.5f;
  EXPECT_NEAR(graded(s, middle)[0], middle, 0.01);
  EXPECT_NEAR(graded(s, 16 + 219 * 0.6f)[0], 16 + 219 * 0.65f, 0.05);
  EXPECT_NEAR(graded(s, 16 + 219 * 0.4f)[0], 16 + 219 * 0.35f, 0.05);
}

TEST(GradeExact, SaturationMovesColourAndKeepsLuma) {
  GradeSettings s;
  s.saturation = 0;
  for (const float u : {90.0f, 128.0f, 150.0f}) {
    EXPECT_NEAR(graded(s, 120, u, 140)[0], 120, 0.05);
    EXPECT_NEAR(graded(s, 120, u, 140)[1], 128, 0.05);
    EXPECT_NEAR(graded(s, 120, u, 140)[2], 128, 0.05);
  }
  s.saturation = 1.5f;
  EXPECT_NEAR(graded(s, 120, 138, 128)[1], 143, 0.05);
  EXPECT_NEAR(graded(s, 120, 138, 128)[0], 120, 0.05);
}

TEST(GradeExact, TheLutComesLast) {
  std::string flat = "LUT_3D_SIZE 2\n";
  for (int i = 0; i < 8; ++i) flat += "0.25 0.25 0.25\n";
  GradeSettings s;
  s.lut = std::make_shared<const Lut>(*Lut::parse(flat));
  s.contrast = 1.5f;
  s.saturation = 1.2f;
  for (const float y : {20.0f, 120.0f, 230.0f}) EXPECT_NEAR(graded(s, y, 100, 150)[0], 16 + 219 * 0.25f, 0.05);
}

TEST(Grader, NothingToDoReturnsTheSameFrame) {
  Grader grader{GradeSettings(), av::ColorTags()};
  av::FramePool pool(16, 16);
  const av::Frame in = pool.make();
  EXPECT_TRUE(grader.identity());
  EXPECT_EQ(grader.apply(in), in);
}

TEST(Grader, TurnsBt601IntoBt709) {
  Grader grader{GradeSettings(), av::ColorTags(true, false)};
  av::FramePool pool(16, 16);
  const av::Frame in = pool.make();
  av::fill_planes(in.planes(), 81, 90, 240);  // full red in BT.601
  const av::Frame out = grader.apply(in);
  EXPECT_NEAR(out.planes().data[0][0], 63, 1);  // full red in BT.709
  EXPECT_NEAR(out.planes().data[1][0], 102, 1);
  EXPECT_NEAR(out.planes().data[2][0], 240, 1);
}

TEST(Grader, MakesARowOnlyForColoursThatOccur) {
  Grader grader(look(), av::ColorTags());
  av::FramePool pool(64, 64);
  const av::Frame in = pool.make();
  av::fill_planes(in.planes(), 100, 120, 130);
  (void)grader.apply(in);
  (void)grader.apply(in);
  EXPECT_EQ(grader.rows_made(), 1u);
}

}  // namespace
}  // namespace vidgen::media
