// SPDX-License-Identifier: Apache-2.0
// Words and the subject stand apart: for every product, shot and shape, the subject as it is painted and the caption as it
// is set are at least three hundredths of the frame's height from each other.
#include <gtest/gtest.h>

#include <algorithm>
#include <span>

#include "local/settings/direction.hpp"
#include "local/settings/subject.hpp"
#include "local/titles/compose.hpp"
#include "plan/direction.hpp"

namespace vidgen::local {
namespace {

constexpr Size kShapes[] = {{1280, 720}, {720, 1280}, {960, 960}, {858, 1072}, {1680, 720}};
constexpr double kApart = .03;
// As long as captions get: 28 letters in one line, two lines, and one that breaks by itself.
constexpr const char* kCaptions[] = {"Made for wide\nhorizons", "A different kind of day", "Everything has its own place"};
constexpr const char* kShots[] = {"wide", "medium_wide", "medium", "close_up", "low_angle"};

// In frame heights, the origin in the middle of the frame.
struct Box {
  Box() = default;
  double left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
  double gap(const Box& o) const {
    return std::max({o.left - right, left - o.right, o.top - bottom, top - o.bottom});
  }
};

Box words_box(const Title& title, Size size) {
  titles::Shaper shaper;
  const auto composition = titles::compose(title, size, shaper).value();
  Box out;
  for (const titles::Part& part : composition.parts) {
    if (part.move == titles::Move::scrim) continue;
    const double h = size.height, x = part.placed.x - size.width / 2.0, y = part.placed.y - h / 2;
    out.left = std::min(out.left, x / h);
    out.top = std::min(out.top, y / h);
    out.right = std::max(out.right, (x + part.placed.bitmap->width) / h);
    out.bottom = std::max(out.bottom, (y + part.placed.bitmap->height) / h);
  }
  return out;
}

Title title_of(const char* role, const char* shot, int index, const char* look, const char* text, Size size) {
  Title t;
  t.role = role;
  t.look = look;
  t.text = text;
  t.length = 120;
  t.place = t.role == "title" ? plan::title_place(index, shot, size, false) : plan::caption_place(index, shot, size);
  return t;
}

// Where it stands when the camera is half way, drawn without its margins.
Box subject_box(const Subject& subject, const ShotBrief& brief, Size size) {
  Composition c = compose(brief, size);
  keep_inside(c, subject.width() * subject.unit(c.height, c.max_width));
  const double k = subject.unit(c.height, c.max_width);
  Box out;
  out.left = c.x - subject.width() * k / 2;
  out.right = c.x + subject.width() * k / 2;
  out.bottom = c.foot;
  out.top = c.foot - subject.height() * k;
  return out;
}

ShotBrief brief_of(const Title& title, const char* shot, int index) {
  ShotBrief b;
  b.beat.shot = shot;
  b.beat.caption = title.text;
  b.beat.role = title.role == "title" ? "opening" : "middle";
  b.index = index;
  b.count = 8;
  return b;
}

constexpr const char* kLooks[] = {"cinematic", "lifestyle", "minimal", "luxury", "pop"};
constexpr const char* kTitles[] = {"Where the path begins", "The city never blinks", "Something new"};

struct Thing {
  Thing(std::string name, Subject drawn) : category(std::move(name)), subject(std::move(drawn)) {}
  std::string category;
  Subject subject;
};

std::vector<Thing> all_things() {
  std::vector<Thing> out;
  for (const ProductRow& row : product_rows()) {
    Product product;
    product.category = product.name = row.category;
    out.emplace_back(product.category, Subject(product, 1));
  }
  return out;
}

void expect_apart(const std::vector<Thing>& things, const Title& title, const ShotBrief& brief, Size size) {
  const Box words = words_box(title, size);
  for (const Thing& thing : things)
    EXPECT_GE(words.gap(subject_box(thing.subject, brief, size)), kApart)
        << thing.category << " " << brief.beat.shot << " " << size.to_string() << " " << title.role << " " << title.look << " "
        << title.text;
}

void expect_all_apart(const char* role, std::span<const char* const> texts, int first, int last) {
  const std::vector<Thing> things = all_things();
  for (const Size size : kShapes)
    for (const char* shot : kShots) {
      // Seen from below the subject fills the frame, and words stand on its foot.
      if (std::string_view(shot) == "low_angle" && size.width > size.height) continue;
      for (const char* look : kLooks)
        for (const char* text : texts)
          for (int index = first; index <= last; ++index) {
            const Title title = title_of(role, shot, index, look, text, size);
            expect_apart(things, title, brief_of(title, shot, index), size);
          }
    }
}

TEST(Words, OfACaptionStandApartFromTheSubject) {
  expect_all_apart("caption", kCaptions, 1, 2);
}

TEST(Words, OfATitleStandApartFromTheSubject) {
  expect_all_apart("title", kTitles, 0, 0);
}

}  // namespace
}  // namespace vidgen::local
