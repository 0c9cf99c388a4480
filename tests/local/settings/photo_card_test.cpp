// SPDX-License-Identifier: Apache-2.0
// The user's photographs in the picture: cards, full frames, and cut-outs that take the product's place.
#include "local/settings/photo_card.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "local/products/place.hpp"
#include "plan/direction.hpp"

namespace vidgen::local {
namespace {

const Size kFrame(320, 180);
const Size kFrames[] = {Size(320, 180), Size(180, 320), Size(240, 240)};

using Bytes = std::vector<std::uint8_t>;

std::shared_ptr<Photo> photo(int w, int h, bool cut_out = false, int red = 220) {
  auto p = std::make_shared<Photo>();
  p->width = w;
  p->height = h;
  for (int y = 0; y < h; ++y)
    for (int x = 0; x < w; ++x) {
      const bool open = cut_out && (x < w / 4 || x >= w * 3 / 4);
      for (int k : {30, 40, red, 255}) p->bgra_premultiplied.push_back(open ? 0 : static_cast<std::uint8_t>(k));
    }
  return p;
}

ShotBrief brief(int index, int count, std::vector<PhotoPtr> photos = {}) {
  ShotBrief b;
  b.beat.shot = "medium";
  b.beat.camera = "static";
  b.beat.role = index + 1 == count ? "closing" : "middle";
  b.index = index;
  b.count = count;
  b.product.category = "bottle";
  b.photos = std::move(photos);
  for (std::size_t i = 0; i < b.photos.size(); ++i) b.beat.photographs.push_back(static_cast<int>(i));
  return b;
}

Bytes paint(const ShotBrief& b, double seconds = 1, Size frame = kFrame) {
  auto shot = make_shot(b, frame, 3);
  EXPECT_TRUE(shot) << shot.error().message();
  Bytes out(static_cast<std::size_t>(frame.width * frame.height * 4));
  if (shot) (*shot)->paint_bgra(seconds, out.data(), frame.width * 4);
  return out;
}

// Pixels of the photographs' own red.
int red_pixels(const Bytes& p) {
  int n = 0;
  for (std::size_t i = 0; i < p.size(); i += 4) n += p[i + 2] > 150 && p[i + 1] < 90 && p[i] < 90;
  return n;
}

// Rows and columns that hold the card's paper, in shares of the frame.
Box paper(const Bytes& p, Size frame) {
  Box box{1, 1, 0, 0};
  for (int y = 0; y < frame.height; ++y)
    for (int x = 0; x < frame.width; ++x) {
      const std::uint8_t* c = p.data() + (static_cast<std::ptrdiff_t>(y) * frame.width + x) * 4;
      if (c[0] < 190 || c[1] < 190 || c[2] < 190) continue;
      box.x0 = std::min(box.x0, 1.0 * x / frame.width), box.x1 = std::max(box.x1, (x + 1.0) / frame.width);
      box.y0 = std::min(box.y0, 1.0 * y / frame.height), box.y1 = std::max(box.y1, (y + 1.0) / frame.height);
    }
  return box;
}

TEST(PhotoCard, BigPhotographsFillTheFrame) {
  EXPECT_TRUE(fills_frame(*photo(320, 180), kFrame));
  EXPECT_TRUE(fills_frame(*photo(640, 480), kFrame));
  EXPECT_FALSE(fills_frame(*photo(280, 180), kFrame)) << "a tenth of the pixels is missing";
  EXPECT_FALSE(fills_frame(*photo(480, 640), kFrame)) << "a portrait would lose its head";
  EXPECT_GT(red_pixels(paint(brief(1, 3, {photo(640, 360)}))), kFrame.width * kFrame.height * 8 / 10);
}

// The words are placed by the plan, the picture by the painter.
TEST(PhotoCard, ThePlanKnowsWhichFillTheFrame) {
  for (const Size frame : kFrames)
    for (int w = 100; w < 700; w += 60)
      for (int h = 100; h < 700; h += 60)
        EXPECT_EQ(fills_frame(*photo(w, h), frame), plan::fills_frame(Size(w, h), frame)) << w << "x" << h;
}

TEST(PhotoCard, CardsHaveTheirSizeInEveryFormat) {
  for (const Size frame : kFrames)
    for (const Size size : {Size(150, 100), Size(100, 150), Size(120, 120)}) {
      SCOPED_TRACE(frame.to_string() + " " + size.to_string());
      const Box box = paper(paint(brief(1, 4, {photo(size.width, size.height)}), 1, frame), frame);
      EXPECT_GT(box.x0, .02);
      EXPECT_LT(box.x1, .98);
      if (format_of(frame) == Format::wide) {
        EXPECT_NEAR(box.y1 - box.y0, .66, .06);
        EXPECT_GT(std::max(box.x0, 1 - box.x1), .345) << "no third is left for words";
      } else {
        EXPECT_LT(box.y1, .74) << "no room below for words";
      }
      if (format_of(frame) == Format::tall && size.width > size.height) {
        EXPECT_NEAR(box.x1 - box.x0, .80, .05);
      }
    }
}

// Enlarged so much that its pixels were seen, a photograph would look worse than a small one.
TEST(PhotoCard, TinyOnesMakeSmallCards) {
  const Size frame(640, 360);
  const Box box = paper(paint(brief(1, 4, {photo(64, 64)}), 1, frame), frame);
  EXPECT_LT(box.y1 - box.y0, .46);
  EXPECT_GT(box.y1 - box.y0, .25);
}

// Inside the card the picture shrinks from 1.08 to 1.00; the card itself hardly moves.
TEST(PhotoCard, ThePictureMovesInsideItsCard) {
  auto striped = photo(160, 120);
  for (int y = 0; y < 120; ++y)
    for (int x = 0; x < 160; ++x)
      if (x >= 40 && x < 120) striped->bgra_premultiplied[static_cast<std::size_t>((y * 160 + x) * 4 + 1)] = 200;
  const Size frame(640, 360);
  const auto stripe = [&](double seconds) {
    const Bytes p = paint(brief(1, 4, {striped}), seconds, frame);
    int n = 0;
    for (std::size_t i = 0; i < p.size(); i += 4) n += p[i + 2] > 150 && p[i + 1] > 150 && p[i] < 90;
    return n;
  };
  const double ratio = 1.0 * stripe(0) / stripe(2.99);
  constexpr double kNearer = 1.02;  // the camera, meanwhile
  EXPECT_NEAR(ratio * kNearer * kNearer, 1.08, .015);
  const Box first = paper(paint(brief(1, 4, {striped}), 0, frame), frame);
  const Box last = paper(paint(brief(1, 4, {striped}), 2.99, frame), frame);
  EXPECT_NEAR(first.x1 - first.x0, last.x1 - last.x0, .03);
}

// At its end the picture just covers its card, whatever rounding does.
TEST(PhotoCard, AnyShapeIsPaintedToItsEnd) {
  for (int w = 64; w < 300; w += 7)
    for (const double seconds : {-.5, 2.999, 3.5})
      (void)paint(brief(1, 4, {photo(w, 97 + w % 50)}), seconds, Size(160, 90));
}

// Behind the card lies the same photograph, darker.
TEST(PhotoCard, StandsBeforeItsOwnBlur) {
  const Bytes p = paint(brief(1, 4, {photo(150, 100)}));
  const std::uint8_t* corner = p.data() + (static_cast<std::ptrdiff_t>(90) * kFrame.width + kFrame.width - 4) * 4;
  EXPECT_NEAR(corner[2], 220 * .62, 26);
  EXPECT_LT(corner[1], 50);
}

// A beat with several shows one after another, in their order.
TEST(PhotoCard, SeveralTakeTurnsWithinABeat) {
  const ShotBrief b = brief(1, 4, {photo(150, 100, false, 220), photo(150, 100, false, 110)});
  EXPECT_GT(red_pixels(paint(b, .1)), 3000);
  EXPECT_GT(red_pixels(paint(b, 1.4)), 3000);
  EXPECT_LT(red_pixels(paint(b, 1.6)), 300);
  EXPECT_LT(red_pixels(paint(b, 3.2)), 300) << "the handle belongs to the last one";
}

// Transparent rows below a cut-out are no part of it: it stands on the ground all the same.
TEST(PhotoCard, ACutOutStandsWhateverItsMargin) {
  const auto tight = photo(80, 80, true);
  const auto loose = std::make_shared<Photo>(*tight);
  loose->height += 30;
  loose->bgra_premultiplied.resize(static_cast<std::size_t>(loose->width * loose->height * 4));
  EXPECT_EQ(paint(brief(1, 6, {tight})), paint(brief(1, 6, {loose})));
}

TEST(PhotoCard, TheCutOutStandsInTheSetting) {
  ShotBrief b = brief(1, 4);
  b.setting.place = "studio";
  EXPECT_EQ(red_pixels(paint(b)), 0);
  b = brief(1, 4, {photo(80, 160, true)});
  b.setting.place = "studio";
  const int red = red_pixels(paint(b));
  EXPECT_GT(red, 800);
  EXPECT_LT(red, kFrame.width * kFrame.height / 4);
}

// Ambient light is multiplied into a cut-out at 15 %, and only its lit edge has a rim.
TEST(PhotoCard, ACutOutHasTheScenesLight) {
  auto white = photo(200, 200, true);
  for (std::size_t i = 0; i < white->bgra_premultiplied.size(); i += 4)
    for (std::size_t c = 0; c < 3; ++c) white->bgra_premultiplied[i + c] = white->bgra_premultiplied[i + 3] * 200 / 255;
  Surface surface(200, 200);
  std::copy(white->bgra_premultiplied.begin(), white->bgra_premultiplied.end(), surface.pixels());
  surface.changed();
  Surface out(400, 400);
  Canvas canvas(out);
  Light light;
  light.side = 1;
  light.ambient = Color(0x0000ff);
  light.rim = Color(0xff0000);
  Placement at;
  at.contact = at.cast = at.reflection = 0;
  at.x = 200, at.y = 300, at.unit = 200;
  place_cutout(canvas, surface, light, at);
  const auto pixel = [&](int x) { return out.pixels() + static_cast<std::ptrdiff_t>(200) * out.stride() + x * 4; };
  EXPECT_NEAR(pixel(200)[0], 200, 3) << "blue passes blue ambient";
  EXPECT_NEAR(pixel(200)[1], 200 * .85, 4) << "green loses 15 %";
  EXPECT_GT(pixel(248)[2], pixel(200)[2] + 4) << "red at the lit edge";
  EXPECT_NEAR(pixel(153)[2], pixel(200)[2], 4) << "none on the other side";
  EXPECT_EQ(pixel(120)[3], 0) << "nothing where nothing is";
}

// The studio's paper takes the photograph's hue and keeps its own lightness.
TEST(PhotoCard, TheStudioGoesWithThePhotograph) {
  const auto corner = [](int red, int green) {
    auto pale = photo(200, 200, true);
    Bytes& bytes = pale->bgra_premultiplied;
    for (std::size_t i = 0; i < bytes.size(); i += 4) {
      if (bytes[i + 3] == 0) continue;
      bytes[i] = 150, bytes[i + 1] = static_cast<std::uint8_t>(green), bytes[i + 2] = static_cast<std::uint8_t>(red);
    }
    ShotBrief b = brief(1, 4, {pale});
    b.setting.place = "studio";
    const Bytes p = paint(b);
    const auto at = static_cast<std::size_t>((12 * kFrame.width + 12) * 4);
    return std::array<int, 2>{p[at + 2], p[at + 1]};
  };
  const auto green = corner(150, 230), pink = corner(240, 150);
  EXPECT_GT(green[1], green[0]);
  EXPECT_GT(pink[0], pink[1]);
  EXPECT_NEAR(green[0] + green[1], pink[0] + pink[1], 40);
}

// A cut-out of few pixels is no giant.
TEST(PhotoCard, SmallCutOutsStaySmall) {
  const Size frame(640, 360);
  ShotBrief b = brief(1, 4, {photo(60, 64, true)});
  b.beat.shot = "macro";
  const int red = red_pixels(paint(b, 1, frame));
  EXPECT_GT(red, 800);
  EXPECT_LT(red, 640 * 360 / 10);
}

TEST(PhotoCard, ADamagedOneIsLeftOutAndSaid) {
  auto broken = photo(10, 10);
  broken->bgra_premultiplied.resize(7);
  auto shot = make_shot(brief(1, 4, {broken, nullptr}), kFrame, 3);
  ASSERT_TRUE(shot);
  EXPECT_EQ((*shot)->notes().size(), 2u);
}

}  // namespace
}  // namespace vidgen::local
