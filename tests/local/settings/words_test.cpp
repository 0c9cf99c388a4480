// SPDX-License-Identifier: Apache-2.0
// Words and the subject stand apart: for every product, shot and shape, the subject as it is painted and the caption as
// it is set are at least three hundredths of the frame's height from each other. And they can be read: on the painted
// frames of films of all looks, in every shape.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "local/settings/direction.hpp"
#include "local/settings/subject.hpp"
#include "local/shot.hpp"
#include "local/titles/compose.hpp"
#include "plan/coverage.hpp"
#include "plan/direction.hpp"

namespace vidgen::local {
namespace {

constexpr Size kShapes[] = {{1280, 720}, {720, 1280}, {960, 960}, {858, 1072}, {1680, 720}};
constexpr double kApart = .03;
// As long as captions get: 28 letters in one line, two lines, and one that breaks by itself.
constexpr const char* kCaptions[] = {"Made for wide\nhorizons", "A different kind of day",
                                     "Everything has its own place"};
constexpr const char* kShots[] = {"wide", "medium_wide", "medium", "close_up", "low_angle"};

// In frame heights, the origin in the middle of the frame.
struct Box {
  Box() = default;
  double left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
  double gap(const Box& o) const { return std::max({o.left - right, left - o.right, o.top - bottom, top - o.bottom}); }
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
  const double unit = subject.unit(c.height, c.max_width);
  keep_inside(c, subject.width() * unit, subject.aside() * unit);
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
  b.beat.over = title.over;
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
        << thing.category << " " << brief.beat.shot << " " << size.to_string() << " " << title.role << " " << title.look
        << " " << title.text;
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

TEST(Words, OfATitleWithASmallLineStandApartFromTheSubject) {
  const std::vector<Thing> things = all_things();
  for (const char* shot : kShots)
    for (const char* look : kLooks)
      for (const Size size : {Size(720, 1280), Size(960, 960)}) {
        Title title = title_of("title", shot, 2, look, "Meet Lumen.", size);
        title.over = "Lumen";
        expect_apart(things, title, brief_of(title, shot, 2), size);
      }
}

TEST(Words, OfATitleStandApartFromTheSubject) {
  expect_all_apart("title", kTitles, 0, 0);
}

// ---- contrast, measured

struct Frame {
  explicit Frame(Size s) : size(s), bgra(static_cast<std::size_t>(s.width * s.height * 4)) {}
  std::uint8_t* at(int x, int y) { return bgra.data() + static_cast<std::ptrdiff_t>((y * size.width + x) * 4); }
  Size size;
  std::vector<std::uint8_t> bgra;
};

void lay(Frame& frame, const titles::Placed& placed) {
  const Bitmap& b = *placed.bitmap;
  for (int y = std::max(0, placed.y); y < std::min(frame.size.height, placed.y + b.height); ++y)
    for (int x = std::max(0, placed.x); x < std::min(frame.size.width, placed.x + b.width); ++x) {
      const std::uint8_t* from =
          b.pixels.data() + static_cast<std::ptrdiff_t>((y - placed.y) * b.stride + (x - placed.x) * 4);
      std::uint8_t* to = frame.at(x, y);
      for (int k = 0; k < 3; ++k) to[k] = static_cast<std::uint8_t>(from[k] + to[k] * (255 - from[3]) / 255);
    }
}

// WCAG 2.1, relative luminance.
double luminance(const std::uint8_t* bgr) {
  const auto linear = [](int v) {
    const double c = v / 255.0;
    return c <= .04045 ? c / 12.92 : std::pow((c + .055) / 1.055, 2.4);
  };
  return .2126 * linear(bgr[2]) + .7152 * linear(bgr[1]) + .0722 * linear(bgr[0]);
}

// Against the worst twentieth of the pixels under a line.
double contrast_of(Frame& frame, const titles::Placed& line) {
  const Bitmap& b = *line.bitmap;
  const std::uint8_t* ink = b.pixels.data();
  for (std::size_t i = 0; i + 4 <= b.pixels.size(); i += 4)
    if (b.pixels[i + 3] > ink[3]) ink = b.pixels.data() + i;
  const double of_ink = luminance(ink);
  std::vector<double> all;
  for (int y = std::max(0, line.y); y < std::min(frame.size.height, line.y + b.height); ++y)
    for (int x = std::max(0, line.x); x < std::min(frame.size.width, line.x + b.width); ++x) {
      const double below = luminance(frame.at(x, y));
      all.push_back((std::max(of_ink, below) + .05) / (std::min(of_ink, below) + .05));
    }
  const auto worst = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 20);
  std::nth_element(all.begin(), worst, all.end());
  return *worst;
}

Frame painted(const Spec& film, std::size_t beat, Size size) {
  ShotBrief b;
  b.beat = film.beats[beat];
  b.index = static_cast<int>(beat);
  b.count = static_cast<int>(film.beats.size());
  b.product = film.product;
  b.setting = film.setting;
  b.style = film.style;
  b.seed = film.seed;
  Frame frame(size);
  auto shot = make_shot(b, size, 3);
  EXPECT_TRUE(shot) << shot.error().message();
  if (shot) (*shot)->paint_bgra(1.5, frame.bgra.data(), size.width * 4);
  return frame;
}

// Type is large from a twentieth of the frame's height on: half of that is about what its small letters measure.
void expect_readable(const Spec& film, const Title& title, Size size) {
  std::size_t beat = 0;
  while (film.beats[beat].start + film.beats[beat].length <= title.start) ++beat;
  Frame frame = painted(film, beat, size);
  titles::Shaper shaper;
  const auto composition = titles::compose(title, size, shaper).value();
  for (const titles::Part& part : composition.parts)
    if (part.move == titles::Move::scrim) lay(frame, part.placed);
  for (const titles::Part& part : composition.parts) {
    if (part.move == titles::Move::scrim || part.placed.bitmap->height > size.height / 7)
      continue;  // marks are no type
    const bool large = part.placed.bitmap->height >= size.height / 18;
    EXPECT_GE(contrast_of(frame, part.placed), large ? 3.0 : 4.5)
        << film.prompt << ", " << size.to_string() << ": " << title.role << " " << title.text;
  }
}

class Readable : public testing::TestWithParam<const char*> {};

TEST_P(Readable, EveryWordOfTheFilmInEveryShape) {
  Request request;
  request.prompt = GetParam();
  request.duration = std::chrono::seconds(20);
  const Spec film = plan::covered(spec_by_rules(request, TemplateSet::load("").value()).value());
  for (const Size size : {Size(480, 270), Size(270, 480), Size(360, 360), Size(320, 400), Size(560, 240)})
    for (const Title& title : plan::titles_of(film, film.beats, {}, size))
      if (title.role != "end_card") expect_readable(film, title, size);
}

INSTANTIATE_TEST_SUITE_P(Films, Readable,
                         testing::Values("a steel bottle on a mountain trail at sunrise",
                                         "a lifestyle ad for a mug in a sunny cafe", "announce our new phone Lumen",
                                         "a lifestyle ad for our bookshop, friendly",
                                         "an energetic ad for sneakers in the city at night",
                                         "a luxurious perfume in a studio", "a sun cream on the beach at noon",
                                         "a leather bag in the desert",
                                         "a loud pop film about headphones in a studio"));

}  // namespace
}  // namespace vidgen::local
