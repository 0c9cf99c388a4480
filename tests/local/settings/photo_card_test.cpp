// SPDX-License-Identifier: Apache-2.0
#include "local/settings/photo_card.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace vidgen::local {
namespace {

const Size kFrame(320, 180);

std::shared_ptr<Photo> photo(int w, int h, bool cut_out = false) {
  auto p = std::make_shared<Photo>();
  p->width = w;
  p->height = h;
  for (int y = 0; y < h; ++y)
    for (int x = 0; x < w; ++x) {
      const bool open = cut_out && (x < w / 4 || x >= w * 3 / 4);
      for (int k : {30, 40, 220, 255}) p->bgra_premultiplied.push_back(open ? 0 : static_cast<std::uint8_t>(k));
    }
  return p;
}

ShotBrief brief(int index, int count) {
  ShotBrief b;
  b.beat.shot = "medium";
  b.beat.camera = "static";
  b.beat.role = index + 1 == count ? "closing" : "middle";
  b.index = index;
  b.count = count;
  b.product.category = "bottle";
  return b;
}

std::vector<PhotoUse::Kind> uses(std::vector<std::shared_ptr<const Photo>> photos, int count) {
  std::vector<PhotoUse::Kind> out;
  for (int i = 0; i < count; ++i) {
    ShotBrief b = brief(i, count);
    b.photos = photos;
    out.push_back(choose_photo(b, kFrame).kind);
  }
  return out;
}

using K = PhotoUse::Kind;

TEST(PhotoCard, BigPhotographsFillOneMiddleBeat) {
  const auto seen = uses({photo(320, 180)}, 5);
  EXPECT_EQ(std::count(seen.begin(), seen.end(), K::full), 1);
  EXPECT_EQ(seen.front(), K::none);
  EXPECT_EQ(seen.back(), K::none);
}

TEST(PhotoCard, SmallOnesAreCards) {
  const auto seen = uses({photo(100, 80), photo(60, 90)}, 6);
  EXPECT_EQ(std::count(seen.begin(), seen.end(), K::card), 2);
  EXPECT_EQ(std::count(seen.begin(), seen.end(), K::full), 0);
}

TEST(PhotoCard, AtMostTwoBeatsShowThem) {
  for (int count = 1; count < 12; ++count)
    for (int n = 1; n < 5; ++n) {
      const std::vector<std::shared_ptr<const Photo>> many(static_cast<std::size_t>(n), photo(50, 50));
      const auto seen = uses(many, count);
      const auto shown = count - std::count(seen.begin(), seen.end(), K::none);
      EXPECT_LE(shown, 2);
      if (count >= 3) {
        EXPECT_GE(shown, 1) << count << " beats, " << n << " photographs";
      }
    }
}

// Transparent rows below a cut-out are no part of it: it stands on the ground all the same.
TEST(PhotoCard, ACutOutStandsWhateverItsMargin) {
  const auto tight = photo(40, 40, true);
  const auto loose = std::make_shared<Photo>(*tight);
  loose->height += 30;
  loose->bgra_premultiplied.resize(static_cast<std::size_t>(loose->width) * 4 * loose->height);
  std::vector<std::vector<std::uint8_t>> seen;
  for (const auto& cutout : {tight, std::shared_ptr<Photo>(loose)}) {
    ShotBrief b = brief(1, 6);
    b.photos = {cutout};
    auto shot = make_shot(b, kFrame, 3);
    ASSERT_TRUE(shot) << shot.error().message();
    seen.emplace_back(static_cast<std::size_t>(kFrame.width) * 4 * kFrame.height);
    (*shot)->paint_bgra(1, seen.back().data(), kFrame.width * 4);
  }
  EXPECT_EQ(seen[0], seen[1]);
}

TEST(PhotoCard, ACutOutIsTheHeroAndNoCard) {
  const auto seen = uses({photo(80, 160, true)}, 5);
  EXPECT_EQ(std::count(seen.begin(), seen.end(), K::none), 5);
}

std::vector<std::uint8_t> paint(const ShotBrief& b) {
  auto shot = make_shot(b, kFrame, 3);
  EXPECT_TRUE(shot);
  std::vector<std::uint8_t> out(static_cast<std::size_t>(kFrame.width * kFrame.height * 4));
  if (shot) (*shot)->paint_bgra(1, out.data(), kFrame.width * 4);
  return out;
}

// Pixels of the photographs' own red.
int red_pixels(const std::vector<std::uint8_t>& p) {
  int n = 0;
  for (std::size_t i = 0; i < p.size(); i += 4) n += p[i + 2] > 150 && p[i + 1] < 90 && p[i] < 90;
  return n;
}

TEST(PhotoCard, ShowsThePhotograph) {
  const int all = kFrame.width * kFrame.height;
  for (int i = 1; i < 3; ++i) {
    ShotBrief b = brief(i, 4);
    b.photos = {photo(100, 80), photo(100, 80)};
    const int red = red_pixels(paint(b));
    EXPECT_GT(red, all / 8);
    EXPECT_LT(red, all / 2);
  }
  ShotBrief b = brief(1, 3);
  b.photos = {photo(640, 360)};
  EXPECT_GT(red_pixels(paint(b)), all * 8 / 10);
}

TEST(PhotoCard, TheCutOutStandsInTheSetting) {
  ShotBrief b = brief(1, 4);
  b.setting.place = "studio";
  const auto painted = paint(b);
  EXPECT_EQ(red_pixels(painted), 0);
  b.photos = {photo(80, 160, true)};
  const int red = red_pixels(paint(b));
  EXPECT_GT(red, 800);
  EXPECT_LT(red, kFrame.width * kFrame.height / 4);
}

TEST(PhotoCard, ADamagedOneIsLeftOutAndSaid) {
  ShotBrief b = brief(1, 4);
  auto broken = photo(10, 10);
  broken->bgra_premultiplied.resize(7);
  b.photos = {broken, nullptr};
  auto shot = make_shot(b, kFrame, 3);
  ASSERT_TRUE(shot);
  EXPECT_EQ((*shot)->notes().size(), 2u);
}

}  // namespace
}  // namespace vidgen::local
