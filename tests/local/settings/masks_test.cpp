// SPDX-License-Identifier: Apache-2.0
// What is seen, pixel by pixel: the subject's mask as the camera shows it at the beginning, the middle and the end of a
// shot, against the words' ink and the frame's edges. Nothing is tangent: it is clear of them, or well cut.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "local/compositor/stack.hpp"
#include "local/settings/direction.hpp"
#include "local/settings/nature.hpp"
#include "local/settings/subject.hpp"
#include "local/titles/compose.hpp"
#include "plan/direction.hpp"

namespace vidgen::local {
namespace {

constexpr double kLength = 3.5;                                     // seconds
constexpr Size kSizes[] = {Size(320, 180), Size(180, 320), Size(224, 224)};
constexpr const char* kShots[] = {"wide", "medium_wide", "medium", "close_up"};
constexpr const char* kCameras[] = {"push_in", "orbit"};

struct Mask {
  explicit Mask(Size s) : size(s), set(static_cast<std::size_t>(s.width) * static_cast<std::size_t>(s.height)) {}
  bool at(int x, int y) const { return set[static_cast<std::size_t>(y * size.width + x)]; }
  void put(int x, int y) {
    if (x >= 0 && y >= 0 && x < size.width && y < size.height) set[static_cast<std::size_t>(y * size.width + x)] = true;
  }
  Size size;
  std::vector<bool> set;
};

// The subject alone, without its shadows, where the shot's composition puts it, before a plain ground.
Scene scene_of(const Subject& subject, const Composition& c, Color ground) {
  Placement at;
  at.x = c.x;
  at.y = c.foot;
  at.unit = subject.unit(c.height, c.max_width);
  at.contact = at.cast = at.reflection = 0;
  Scene scene;
  scene.finish.vignette = scene.finish.bloom = 0;
  scene.layers.emplace_back("ground", 0, [ground](Canvas& canvas) { fill_all(canvas, ground); });
  scene.layers.emplace_back("hero", 1, [subject, at](Canvas& canvas) { subject.stand(canvas, Light(), at); });
  return scene;
}

using Pixels = std::vector<std::uint8_t>;

// Through the compositor and the camera: at the shot's beginning, its middle and its end.
std::vector<Pixels> frames_of(Scene scene, const Move& move, Size size) {
  auto stack = Stack::build(std::move(scene), size, move);
  EXPECT_TRUE(stack);
  std::vector<Pixels> out;
  for (double share : {0.0, .5, 1.0}) {
    out.emplace_back(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) * 4);
    stack->paint_bgra(view_at(move, share, share * kLength), share * kLength, out.back().data(), size.width * 4);
  }
  return out;
}

// What is the same before black and before white is the subject.
std::vector<Mask> subject_masks(const Subject& subject, const ShotBrief& brief, Size size) {
  Composition c = compose(brief, size);
  const double unit = subject.unit(c.height, c.max_width);
  keep_inside(c, subject.width() * unit, subject.aside() * unit);
  const Move move = direct_camera(brief, c, kLength);
  const auto dark = frames_of(scene_of(subject, c, kBlack), move, size), light = frames_of(scene_of(subject, c, kWhite), move, size);
  std::vector<Mask> out;
  for (std::size_t i = 0; i < dark.size(); ++i) {
    out.emplace_back(size);
    for (int y = 0; y < size.height; ++y)
      for (int x = 0; x < size.width; ++x) {
        const auto at = static_cast<std::size_t>(y * size.width + x) * 4;
        if (light[i][at + 1] - dark[i][at + 1] < 60) out.back().put(x, y);
      }
  }
  return out;
}

Mask words_mask(const Title& title, Size size) {
  titles::Shaper shaper;
  const auto composition = titles::compose(title, size, shaper).value();
  Mask mask(size);
  for (const titles::Part& part : composition.parts) {
    if (part.move == titles::Move::scrim) continue;
    const Bitmap& b = *part.placed.bitmap;
    for (int y = 0; y < b.height; ++y)
      for (int x = 0; x < b.width; ++x)
        if (b.pixels[static_cast<std::size_t>(y * b.stride + x * 4 + 3)] > 100)
          mask.put(static_cast<int>(part.placed.x) + x, static_cast<int>(part.placed.y) + y);
  }
  return mask;
}

// Words within `reach` pixels of the subject.
int meetings(const Mask& words, const Mask& subject, int reach) {
  int count = 0;
  for (int y = 0; y < words.size.height; ++y)
    for (int x = 0; x < words.size.width; ++x) {
      if (!words.at(x, y)) continue;
      for (int sy = std::max(0, y - reach); sy <= std::min(words.size.height - 1, y + reach); ++sy)
        for (int sx = std::max(0, x - reach); sx <= std::min(words.size.width - 1, x + reach); ++sx)
          if (subject.at(sx, sy)) ++count, sx = words.size.width, sy = words.size.height;
    }
  return count;
}

// Of a row or column of the frame.
int length_of(const Mask& m, int from_x, int from_y, int dx, int dy) {
  int count = 0;
  for (int x = from_x, y = from_y; x >= 0 && y >= 0 && x < m.size.width && y < m.size.height; x += dx, y += dy)
    count += m.at(x, y);
  return count;
}

// So much of the subject is seen on the line at this depth from a side: left, right, top, bottom.
int seen_at(const Mask& m, int side, int depth) {
  const int w = m.size.width, h = m.size.height;
  if (side == 0) return length_of(m, depth, 0, 0, 1);
  if (side == 1) return length_of(m, w - 1 - depth, 0, 0, 1);
  return side == 2 ? length_of(m, 0, depth, 1, 0) : length_of(m, 0, h - 1 - depth, 1, 0);
}

// A side is clear of the subject by a hundredth of the height, or cuts a good piece of it off.
bool is_clear_or_cut(const Mask& m, int side) {
  if (seen_at(m, side, 0) >= m.size.height / 12) return true;
  for (int depth = 0; depth < m.size.height / 90; ++depth)
    if (seen_at(m, side, depth) > 0) return false;
  return true;
}

struct Case {
  Case(const char* category, const char* name) : shot(name) {
    product.category = product.name = category;
  }
  ShotBrief brief(const char* camera, int index, bool words) const {
    ShotBrief b;
    b.beat.shot = shot;
    b.beat.camera = camera;
    b.beat.caption = words ? "Made for wide horizons" : "";
    b.beat.role = "middle";
    b.product = product;
    b.index = index;
    b.count = 8;
    return b;
  }
  Product product;
  std::string shot;
};

template <class Check>
void for_all(Check check) {
  for (const char* category : {"bottle", "mug", "sneaker", "laptop", "car", "watch"})
    for (const char* shot : kShots) {
      const Case each(category, shot);
      for (const Size size : kSizes) check(each, Subject(each.product, 1), size);
    }
}

TEST(Masks, WordsAndSubjectNeverMeetWhileTheCameraMoves) {
  for_all([](const Case& each, const Subject& subject, Size size) {
    for (int index : {1, 2}) {
      Title title;
      title.role = "caption";
      title.look = "cinematic";
      title.text = "Made for wide horizons";
      title.length = 90;
      title.place = plan::caption_place(index, each.shot, size);
      const Mask words = words_mask(title, size);
      for (const char* camera : kCameras)
        for (const Mask& mask : subject_masks(subject, each.brief(camera, index, true), size))
          EXPECT_EQ(meetings(words, mask, size.height / 90), 0)
              << each.product.category << " " << each.shot << " " << camera << " " << size.to_string() << " " << index;
    }
  });
}

TEST(Masks, NoEdgeOfTheFrameIsTangent) {
  for_all([](const Case& each, const Subject& subject, Size size) {
    for (const char* camera : kCameras)
      for (const Mask& mask : subject_masks(subject, each.brief(camera, 1, false), size))
        for (int side = 0; side < 4; ++side)
          EXPECT_TRUE(is_clear_or_cut(mask, side))
              << each.product.category << " " << each.shot << " " << camera << " " << size.to_string() << " side " << side;
  });
}

}  // namespace
}  // namespace vidgen::local
