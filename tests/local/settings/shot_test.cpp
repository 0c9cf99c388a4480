// SPDX-License-Identifier: Apache-2.0
// Whole shots, painted small: every word of direction in every setting, twice the same, no two beats alike.
#include "local/shot.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <map>

#include "local/settings/direction.hpp"
#include "local/settings/setting.hpp"

namespace vidgen::local {
namespace {

using Picture = std::vector<std::uint8_t>;

ShotBrief brief(std::string_view shot, std::string_view camera, std::string_view place, int index = 1, int count = 6) {
  ShotBrief b;
  b.beat.shot = shot;
  b.beat.camera = camera;
  b.beat.role = index + 1 == count ? "closing" : "middle";
  b.index = index;
  b.count = count;
  b.setting.place = place;
  b.product.category = place == "cafe" ? "mug" : place == "stage" ? "phone" : "bottle";
  b.product.name = "thing";
  b.product.brand = "Norda";
  return b;
}

Picture paint(Shot& shot, Size size, double seconds) {
  Picture out(static_cast<std::size_t>(size.width * size.height * 4));
  shot.paint_bgra(seconds, out.data(), size.width * 4);
  return out;
}

Picture picture(const ShotBrief& b, Size size, double seconds = 1.5) {
  auto shot = make_shot(b, size, 3);
  EXPECT_TRUE(shot) << shot.error().message();
  return shot ? paint(**shot, size, seconds) : Picture();
}

double difference(const Picture& a, const Picture& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += std::abs(a[i] - b[i]);
  return sum / static_cast<double>(a.size());
}

// Mean and spread of brightness: a picture that failed to paint is black or flat.
bool painted(const Picture& p) {
  double sum = 0, squares = 0;
  for (std::size_t i = 1; i < p.size(); i += 4) sum += p[i], squares += p[i] * p[i];
  const double n = static_cast<double>(p.size()) / 4, mean = sum / n;
  return mean > 8 && std::sqrt(std::max(0.0, squares / n - mean * mean)) > 1.5;
}

TEST(Shot, EveryShotNameInEverySettingPaints) {
  for (const SettingRow& row : setting_rows())
    for (const ShotRow& shot : shot_rows())
      EXPECT_TRUE(painted(picture(brief(shot.name, "orbit", row.name), Size(96, 54)))) << row.name << " " << shot.name;
}

TEST(Shot, EveryCameraInEverySettingPaintsAtItsEnds) {
  const Size size(64, 36);
  for (const SettingRow& row : setting_rows())
    for (const CameraRow& camera : camera_rows()) {
      auto shot = make_shot(brief("medium", camera.name, row.name), size, 3);
      ASSERT_TRUE(shot);
      // The frame's borders are painted too, also in the handles: nothing of a layer's end is seen.
      for (double t : {-1.0, 0.0, 3.0, 4.0}) {
        const Picture p = paint(**shot, size, t);
        EXPECT_TRUE(painted(p)) << row.name << " " << camera.name << " at " << t;
        for (int x = 0; x < size.width; ++x) {
          const std::size_t last = static_cast<std::size_t>(((size.height - 1) * size.width + x) * 4);
          EXPECT_GT(p[last] + p[last + 1] + p[last + 2], 3)
              << row.name << " " << camera.name << " at " << t << ", column " << x;
        }
      }
    }
}

TEST(Shot, SameBriefSameBytes) {
  for (const char* place : {"mountain", "cafe", "stage", "studio"}) {
    const ShotBrief b = brief("medium", "handheld", place);
    EXPECT_EQ(picture(b, Size(160, 90)), picture(b, Size(160, 90))) << place;
  }
}

TEST(Shot, AFrameDoesNotDependOnThoseBefore) {
  const Size size(160, 90);
  auto shot = make_shot(brief("medium", "orbit", "cafe"), size, 3);
  ASSERT_TRUE(shot);
  const Picture first = paint(**shot, size, 1);
  paint(**shot, size, 2.5);
  paint(**shot, size, -.4);
  EXPECT_EQ(paint(**shot, size, 1), first);
}

TEST(Shot, NoPictureRepeats) {
  const Size size(160, 90);
  for (const char* place : {"mountain", "cafe", "kitchen", "stage", "studio"}) {
    std::vector<Picture> all;
    for (int i = 0; i < 5; ++i) all.push_back(picture(brief("medium", "static", place, i), size));
    for (std::size_t a = 0; a < all.size(); ++a)
      for (std::size_t b = a + 1; b < all.size(); ++b)
        EXPECT_GT(difference(all[a], all[b]), 2.0) << place << " beats " << a << " and " << b;
  }
}

TEST(Shot, UprightIsNoCrop) {
  const Size tall(180, 320);
  for (const char* place : {"mountain", "cafe", "stage", "studio"}) {
    const ShotBrief b = brief("medium", "static", place, 2);
    // The wide picture at the tall one's height, its middle cut out, is what a crop would show.
    const Size big(568, 320);
    const Picture from = picture(b, big), recomposed = picture(b, tall);
    double least = 1e9;
    for (int x0 = 0; x0 + tall.width <= big.width; x0 += 8) {
      Picture crop;
      for (int y = 0; y < tall.height; ++y) {
        const auto row = from.begin() + (y * big.width + x0) * 4;
        crop.insert(crop.end(), row, row + tall.width * 4);
      }
      least = std::min(least, difference(crop, recomposed));
    }
    EXPECT_GT(least, 4) << place;
  }
}

TEST(Shot, EveryMoveIsSmooth) {
  // At 30 frames a second no frame differs much more from its neighbour than the one before did.
  const Size size(192, 108);
  for (const char* camera : {"orbit", "push_in", "pan", "crane_up", "handheld"}) {
    auto shot = make_shot(brief("medium", camera, "studio"), size, 3);
    ASSERT_TRUE(shot);
    Picture last = paint(**shot, size, -.3);
    double before = -1;
    for (int f = -8; f < 98; ++f) {
      Picture now = paint(**shot, size, f / 30.0);
      const double step = difference(last, now);
      if (before >= 0) {
        EXPECT_LT(std::abs(step - before), .30) << camera << " frame " << f;
      }
      before = step;
      last = std::move(now);
    }
  }
}

TEST(Shot, NothingStandsStillAtACut) {
  const Size size(320, 180);
  for (const char* camera : {"static", "push_in", "orbit", "crane_down", "pan"}) {
    auto shot = make_shot(brief("medium", camera, "mountain"), size, 3);
    ASSERT_TRUE(shot);
    EXPECT_NE(paint(**shot, size, 0), paint(**shot, size, 1 / 30.0)) << camera;
    EXPECT_NE(paint(**shot, size, 3), paint(**shot, size, 3 - 1 / 30.0)) << camera;
  }
}

TEST(Shot, SteamLivesInAStaticShot) {
  const Size size(320, 180);
  ShotBrief b = brief("medium", "static", "cafe");
  b.product.category = "mug";
  auto with = make_shot(b, size, 3);
  ASSERT_TRUE(with);
  // Far inside the handle the camera rests, so what changes is steam and dust.
  EXPECT_NE(paint(**with, size, -2), paint(**with, size, -3));
}

TEST(Shot, YuvAndPixelsAgree) {
  const Size size(160, 90);
  auto shot = make_shot(brief("medium", "orbit", "cafe"), size, 3);
  ASSERT_TRUE(shot);
  std::vector<std::uint8_t> y(160 * 90), u(80 * 45), v(80 * 45);
  (*shot)->paint(1, {{y.data(), u.data(), v.data()}, {160, 80, 80}});
  const Picture p = paint(**shot, size, 1);
  for (std::size_t i = 0; i < y.size(); ++i) {
    const double luma = (.0722 * p[i * 4] + .7152 * p[i * 4 + 1] + .2126 * p[i * 4 + 2]) / 255;
    ASSERT_NEAR(y[i], 16 + 219 * luma, 1.2);
  }
}

TEST(Shot, AnUnknownProductIsRemarkedUpon) {
  ShotBrief b = brief("medium", "static", "studio");
  b.product.category = "zeppelin";
  b.product.name = "silver zeppelin";
  auto shot = make_shot(b, Size(64, 36), 3);
  ASSERT_TRUE(shot);
  ASSERT_EQ((*shot)->notes().size(), 1u);
  EXPECT_NE((*shot)->notes()[0].find("silver zeppelin"), std::string::npos);
}

TEST(Shot, RefusesWhatMakesNoSense) {
  const ShotBrief b = brief("medium", "static", "studio");
  for (double length : {0.0, -1.0, 1e9, std::nan("")}) {
    auto shot = make_shot(b, Size(64, 36), length);
    ASSERT_FALSE(shot);
    EXPECT_EQ(shot.error().code(), Errc::invalid_argument);
  }
  EXPECT_FALSE(make_shot(b, Size(65, 36), 3));
  EXPECT_FALSE(make_shot(b, Size(0, 36), 3));
  EXPECT_FALSE(make_shot(brief("medium", "static", "studio", 7, 6), Size(64, 36), 3));
}

}  // namespace
}  // namespace vidgen::local
