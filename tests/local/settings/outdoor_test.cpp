// SPDX-License-Identifier: Apache-2.0
// The outdoor rows: every shot, hour and shape is painted whole, lit from the key's side, twice the same; the end
// card's ground is quiet; words for places find their rows.
#include <gtest/gtest.h>

#include <cmath>

#include "local/compositor/stack.hpp"
#include "local/settings/outdoor_look.hpp"
#include "local/settings/setting.hpp"

namespace vidgen::local {
namespace {

constexpr const char* kPlaces[] = {"mountain", "desert", "beach", "forest"};
constexpr const char* kHours[] = {"sunrise", "golden", "midday", "dusk", "night"};
constexpr const char* kShots[] = {"wide", "medium", "close_up", "macro", "low_angle", "top_down"};
const Size kShapes[] = {{112, 64}, {54, 96}, {64, 64}, {64, 80}, {150, 64}};

struct Picture {
  Size size;
  std::vector<std::uint8_t> bytes;
  const std::uint8_t* at(int x, int y) const { return &bytes[static_cast<std::size_t>(y * size.width + x) * 4]; }
  double luma(int x, int y) const {
    const std::uint8_t* p = at(x, y);
    return .0722 * p[0] + .7152 * p[1] + .2126 * p[2];
  }
};

struct Spread {
  double mean = 0, deviation = 0;
};
// Of the brightness in a box given by shares of the frame.
Spread spread(const Picture& p, double x0, double y0, double x1, double y1) {
  double sum = 0, squares = 0, n = 0;
  for (int y = static_cast<int>(y0 * p.size.height); y < static_cast<int>(y1 * p.size.height); ++y)
    for (int x = static_cast<int>(x0 * p.size.width); x < static_cast<int>(x1 * p.size.width); ++x) {
      const double v = p.luma(x, y);
      sum += v, squares += v * v, n += 1;
    }
  Spread s;
  s.mean = sum / n;
  s.deviation = std::sqrt(std::max(0.0, squares / n - s.mean * s.mean));
  return s;
}

ShotBrief brief(std::string_view place, std::string_view shot, std::string_view hour, int index = 1) {
  ShotBrief b;
  b.beat.shot = shot;
  b.beat.camera = "orbit";
  b.beat.role = "middle";
  b.index = index;
  b.count = 6;
  b.setting.place = place;
  b.setting.time = hour;
  b.product.category = "mug";
  b.product.name = "mug";
  return b;
}

Picture picture(const ShotBrief& b, Size size) {
  auto shot = make_shot(b, size, 3);
  EXPECT_TRUE(shot) << shot.error().message();
  Picture p{size, std::vector<std::uint8_t>(static_cast<std::size_t>(size.width * size.height * 4))};
  if (shot) (*shot)->paint_bgra(1.5, p.bytes.data(), size.width * 4);
  return p;
}

Picture picture(Scene scene, Size size) {
  auto stack = Stack::build(std::move(scene), size, Move());
  EXPECT_TRUE(stack);
  Picture p{size, std::vector<std::uint8_t>(static_cast<std::size_t>(size.width * size.height * 4))};
  if (stack) stack->paint_bgra(View(), 0, p.bytes.data(), size.width * 4);
  return p;
}

bool whole(const Picture& p) {
  for (std::size_t i = 3; i < p.bytes.size(); i += 4)
    if (p.bytes[i] != 255) return false;
  return true;
}

// One shot of every kind of frame meets every hour and every shape.
TEST(Outdoors, EveryShotHourAndShapeIsPaintedWhole) {
  for (const char* place : kPlaces)
    for (std::size_t s = 0; s < std::size(kShots); ++s)
      for (std::size_t h = 0; h < std::size(kHours); ++h) {
        const Size size = kShapes[(s + h) % std::size(kShapes)];
        const Picture p = picture(brief(place, kShots[s], kHours[h], static_cast<int>(s)), size);
        EXPECT_TRUE(whole(p)) << place << " " << kShots[s] << " " << kHours[h] << " " << size.to_string();
        EXPECT_GT(spread(p, 0, 0, 1, 1).deviation, 4) << place << " " << kShots[s] << " " << kHours[h];
        for (int corner = 0; corner < 4; ++corner) {
          const double x = corner % 2 * .75, y = corner / 2 * .75;
          EXPECT_GT(spread(p, x, y, x + .25, y + .25).mean, 1.5)
              << place << " " << kShots[s] << " " << kHours[h] << " corner " << corner;
        }
      }
}

TEST(Outdoors, TheLitSideAgreesWithTheLight) {
  const Subject mug(brief("mountain", "medium", "").product, 1);
  for (const char* place : kPlaces)
    for (const char* hour : kHours)
      for (int side : {-1, 1}) {
        Composition c = compose(brief(place, "medium", hour), Size(160, 90));
        c.sun_side = side;
        c.side = -side;
        c.x = 0;
        Composition empty = c;
        empty.hero = false;
        const Picture sky = picture(setting_row(place).scene(empty, mug), Size(160, 90));
        const double left = spread(sky, 0, .05, .4, .5).mean, right = spread(sky, .6, .05, 1, .5).mean;
        EXPECT_GT((right - left) * side, 1) << place << " " << hour << ": the sky";
        const Picture p = picture(setting_row(place).scene(c, mug), Size(160, 90));
        const double y0 = .5 + c.foot - c.height * .6, y1 = .5 + c.foot - c.height * .3;
        const double half = mug.width() * mug.unit(c.height, c.max_width) / 2 / c.aspect * .55;
        const double dark = spread(p, .5 - half, y0, .5, y1).mean, lit = spread(p, .5, y0, .5 + half, y1).mean;
        EXPECT_GT((lit - dark) * side, 5) << place << " " << hour << ": the subject";
      }
}

TEST(Outdoors, TheQuietGroundIsQuiet) {
  for (const char* place : kPlaces)
    for (const char* hour : kHours)
      for (Size size : {Size(160, 90), Size(90, 160)}) {
        ShotBrief b = brief(place, "wide", hour, 5);
        b.beat.role = "closing";
        const Picture p = picture(b, size);
        EXPECT_TRUE(whole(p));
        const Spread s = spread(p, .15, .28, .85, .75);
        EXPECT_LT(s.deviation, 19) << place << " " << hour << " " << size.to_string();
        EXPECT_LT(s.mean, 118) << place << " " << hour << " " << size.to_string();
      }
}

TEST(Outdoors, SameBriefSameBytes) {
  for (const char* place : kPlaces)
    for (const char* shot : {"wide", "top_down"}) {
      const ShotBrief b = brief(place, shot, "night");
      EXPECT_EQ(picture(b, Size(96, 54)).bytes, picture(b, Size(96, 54)).bytes) << place << " " << shot;
    }
}

TEST(Outdoors, HoursLookDifferent) {
  for (const char* place : kPlaces) {
    std::vector<Picture> all;
    for (const char* hour : kHours) all.push_back(picture(brief(place, "wide", hour), Size(64, 36)));
    for (std::size_t a = 0; a < all.size(); ++a)
      for (std::size_t b = a + 1; b < all.size(); ++b) {
        double sum = 0;
        for (std::size_t i = 0; i < all[a].bytes.size(); ++i) sum += std::abs(all[a].bytes[i] - all[b].bytes[i]);
        EXPECT_GT(sum / static_cast<double>(all[a].bytes.size()), 5) << place << " " << kHours[a] << " " << kHours[b];
      }
  }
}

TEST(Outdoors, WordsForTimes) {
  EXPECT_EQ(hour_of("night", Land::beach), Hour::night);
  EXPECT_EQ(hour_of("midnight", Land::beach), Hour::night);
  EXPECT_EQ(hour_of("daybreak", Land::beach), Hour::sunrise);
  EXPECT_EQ(hour_of("golden", Land::beach), Hour::golden);
  EXPECT_EQ(hour_of("midday", Land::desert), Hour::midday);
  EXPECT_EQ(hour_of("dusk", Land::desert), Hour::dusk);
  EXPECT_EQ(hour_of("", Land::beach), Hour::midday);
  EXPECT_EQ(hour_of("", Land::mountain), Hour::sunrise);
}

struct Word {
  const char *place, *row;
  bool own;
};
TEST(Outdoors, WordsForPlaces) {
  for (const Word& w : {Word{"mountain", "mountain", true},
                        {"desert", "desert", true},
                        {"beach", "beach", true},
                        {"forest", "forest", true},
                        {"snowy_forest", "forest", true},
                        {"beach_bar", "beach", true},
                        {"snow", "mountain", false},
                        {"lake", "beach", false},
                        {"river", "forest", false},
                        {"field", "mountain", false},
                        {"meadow", "mountain", true},
                        {"garden", "forest", false},
                        {"park", "forest", false},
                        {"road", "desert", false},
                        {"ocean", "beach", true},
                        {"jungle", "forest", false},
                        {"canyon", "desert", false},
                        {"campsite", "forest", false}}) {
    EXPECT_EQ(setting_row(w.place).name, w.row) << w.place;
    EXPECT_EQ(has_setting_row(w.place), w.own) << w.place;
  }
}

}  // namespace
}  // namespace vidgen::local
