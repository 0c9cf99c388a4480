// SPDX-License-Identifier: Apache-2.0
// End cards: a centred stack of mark, brand, promise and what to do. Without a brand the words carry the card.
#include <algorithm>
#include <cmath>

#include "base/try.hpp"
#include "local/titles/marks.hpp"
#include "local/titles/stage.hpp"

namespace vidgen::local::titles {
namespace {

constexpr double kCentre = 0.49;                          // of the height: the optical middle
constexpr double kMarkSize = 0.15, kMarkBeside = 0.85;    // of the unit; of the brand's size
constexpr double kPillPadding = 1.1, kPillHeight = 2.35;  // em
constexpr double kBrandDelay = 6, kPromiseDelay = 14, kPillDelay = 24;
constexpr double kGround = 0.46, kStrength = 0.62;
constexpr Rgb kWhite{1, 1, 1}, kNight{0.067, 0.075, 0.11};

struct Stack {
  const Mark* mark = nullptr;
  bool beside = false;
  double mark_size = 0;
  Block over, brand, promise, action;
};

double mark_height(const Stack& s) {
  return s.mark && !s.beside ? (s.mark->bottom - s.mark->top) * s.mark_size : 0;
}
double pill_height(const Stack& s) {
  return s.action.lines.empty() ? 0 : kPillHeight * s.action.size;
}

// Air above each row, of the unit.
struct Row {
  double height, gap;
};

Limits limits(const Stage& stage, double width, int letters, double height, int lines = kMaxLines) {
  Limits out;
  out.width = 0.985 * std::min(stage.area.width(), 1.55 * stage.frame.height) * width;
  out.height = stage.area.height() * height;
  out.letters = letters;
  out.lines = lines;
  return out;
}

Result<Stack> make_stack(Stage& stage) {
  Stack s;
  const Title& title = stage.title;
  const Look& look = stage.look;
  s.mark = find_mark(title.mark);
  const bool branded = !clean_text(title.brand).empty();
  s.beside = s.mark && branded && look.mark_beside_brand;
  VIDGEN_TRY(over, stage.block(title.over, look.over, limits(stage, 0.9, kSmallChars, 0.1)));
  VIDGEN_TRY(brand, stage.block(title.brand, look.brand, limits(stage, s.beside ? 0.78 : 0.9, kTitleChars, 0.3, 1)));
  Type words = branded ? look.promise : look.title;
  if (!branded) words.size *= 0.88;
  VIDGEN_TRY(promise, stage.block(title.text, words,
                                  limits(stage, 0.9, branded ? kSmallChars : kTitleChars, branded ? 0.22 : 0.4)));
  VIDGEN_TRY(action, stage.block(title.action, look.action, limits(stage, 0.8, kSmallChars, 0.1, 1)));
  s.over = std::move(over);
  s.brand = std::move(brand);
  s.promise = std::move(promise);
  s.action = std::move(action);
  s.mark_size = s.beside ? kMarkBeside * s.brand.size : kMarkSize * stage.unit;
  return s;
}

void draw_mark(Stage& stage, const Stack& s, double x, double y) {
  Part part;
  part.move = Move::lift;
  part.rise = 0.014 * stage.unit;
  const double reach = 0.65 * s.mark_size;
  const Rgb ink = stage.palette.ink, accent = stage.palette.accent;
  part.placed = draw_cropped({x - reach, y - reach, x + reach, y + reach}, [&](cairo_t* cairo) {
    cairo_translate(cairo, x, y);
    cairo_scale(cairo, s.mark_size, s.mark_size);
    s.mark->draw(cairo, ink, accent);
  });
  if (part.placed.bitmap) stage.shapes.push_back(std::move(part));
}

void round_rectangle(cairo_t* cairo, const Extents& box) {
  constexpr double kRight = 1.5707963267948966;
  const double r = (box.bottom - box.top) / 2;
  cairo_new_path(cairo);
  cairo_arc(cairo, box.right - r, box.top + r, r, -kRight, kRight);
  cairo_arc(cairo, box.left + r, box.top + r, r, kRight, 3 * kRight);
  cairo_close_path(cairo);
}

// The pill's words: whatever stands out on the pill.
Rgb words_on(Rgb fill, Rgb scrim) {
  if (contrast(fill, scrim) >= kSmallContrast) return scrim;
  return contrast(fill, kWhite) > contrast(fill, kNight) ? kWhite : kNight;
}

void draw_pill(Stage& stage, const Stack& s, double x, double middle) {
  const Block& block = s.action;
  const ShapedLine& line = block.lines.front();
  const double half = (line.body.right - line.body.left) * block.size / 2 + kPillPadding * block.size;
  const double high = std::round(pill_height(s) / 2);
  const Extents box{std::round(x - half), std::round(middle) - high, std::round(x + half), std::round(middle) + high};
  const bool outlined = stage.look.pill_outlined;
  const Rgb ink = stage.palette.ink;
  SetLine words;
  words.line = line;
  words.size = block.size;
  words.x = (box.left + box.right) / 2 - (line.body.left + line.body.right) / 2 * block.size;
  // Small letters weigh more than capitals do: the middle of the words lies a little under half a capital.
  words.y = std::round((box.top + box.bottom) / 2 + block.capital * 0.49);
  words.colour = outlined ? ink : words_on(ink, stage.palette.scrim);
  Part part;
  part.move = Move::lift;
  part.delay = kPillDelay;
  part.rise = 0.5 * block.size;
  part.placed = draw_cropped(box, [&](cairo_t* cairo) {
    const double line_width = std::max(1.5, 0.0022 * stage.unit);
    Extents edge = box;
    if (outlined) edge = {box.left + line_width, box.top + line_width, box.right - line_width, box.bottom - line_width};
    round_rectangle(cairo, edge);
    set_colour(cairo, ink, outlined ? 0.85 : 1);
    cairo_set_line_width(cairo, line_width);
    outlined ? cairo_stroke(cairo) : cairo_fill(cairo);
    cairo_translate(cairo, words.x, words.y);
    cairo_scale(cairo, words.size, words.size);
    cairo_set_antialias(cairo, CAIRO_ANTIALIAS_BEST);
    trace(cairo, words.line);
    set_colour(cairo, words.colour);
    cairo_fill(cairo);
  });
  if (part.placed.bitmap) stage.shapes.push_back(std::move(part));
}

// The brand, with its mark beside it when the look wants that; the pair is centred as one.
void place_brand(Stage& stage, const Stack& s, double top) {
  Spot spot;
  spot.align = Align::centre;
  spot.edge = stage.frame.width / 2.0;
  spot.top = top;
  spot.colour = stage.palette.ink;
  spot.move = stage.line_move();
  spot.delay = kBrandDelay;
  spot.spread = spot.move == Move::fade;
  if (s.beside) {
    const double gap = 0.24 * s.brand.size, mark = 2 * s.mark->half_width * s.mark_size;
    double widest = 0;
    for (const ShapedLine& line : s.brand.lines) widest = std::max(widest, line.body.right - line.body.left);
    const double left = spot.edge - (mark + gap + widest * s.brand.size) / 2;
    draw_mark(stage, s, left + mark / 2, top + s.brand.capital / 2 - (s.mark->top + s.mark->bottom) / 2 * s.mark_size);
    spot.align = Align::left;
    spot.edge = left + mark + gap;
  }
  stage.place(s.brand, spot);
}

void place_words(Stage& stage, const Block& block, double top, Rgb colour, double delay, Move move) {
  Spot spot;
  spot.align = Align::centre;
  spot.edge = stage.frame.width / 2.0;
  spot.top = top;
  spot.colour = colour;
  spot.move = move;
  spot.delay = delay;
  stage.place(block, spot);
}

// Air between the rows, larger toward the action.
double total_height(const Stage& stage, const Stack& s, double air) {
  double height = 0;
  const Row rows[] = {{mark_height(s), 0},
                      {s.over.height(), 0.055},
                      {s.brand.height(), 0.052},
                      {s.promise.height(), 0.058},
                      {pill_height(s), 0.085}};
  for (const Row& row : rows)
    if (row.height > 0) height += row.height + (height > 0 ? row.gap * stage.unit * air : 0);
  return height;
}

// First the air gives way, then the size of everything.
Result<Stack> fitting_stack(Stage& stage, double& air) {
  constexpr double kLeastAir = 0.45;
  for (int attempt = 0;; ++attempt) {
    VIDGEN_TRY(s, make_stack(stage));
    air = 1;
    while (air > kLeastAir && total_height(stage, s, air) > stage.area.height()) air -= 0.05;
    const double over = total_height(stage, s, air) / stage.area.height();
    if (over <= 1 || attempt == 4) return std::move(s);
    stage.unit *= 0.97 / over;
  }
}

Field ground(const Stage& stage, double top, double bottom) {
  Field f;
  const double height = stage.frame.height, width = stage.frame.width;
  const Extents words = stage.extents();
  f.core = {words.left, top, words.right, bottom};
  if (stage.drafts.empty()) f.core.left = f.core.right = width / 2;
  f.reach_x = 0.75 * width;
  f.reach_y = 0.75 * height;
  f.rest = kGround;
  f.strength = kStrength;
  return f;
}

}  // namespace

Result<Field> compose_end_card(Stage& stage) {
  double air = 1;
  VIDGEN_TRY(s, fitting_stack(stage, air));
  const bool branded = !s.brand.lines.empty();
  if (!branded && s.promise.lines.empty() && s.over.lines.empty() && s.action.lines.empty()) return Field();
  const double height = total_height(stage, s, air);
  const double lowest = stage.area.bottom - height;
  const double top = std::max(stage.area.top, std::min(kCentre * stage.frame.height - height / 2, lowest));
  double y = top;
  const auto below = [&](double rows, double gap) {  // the top of the next row
    const double at = y > top ? y + gap * stage.unit * air : y;
    y = at + rows;
    return at;
  };
  if (mark_height(s) > 0)
    draw_mark(stage, s, stage.frame.width / 2.0, below(mark_height(s), 0) - s.mark->top * s.mark_size);
  if (!s.over.lines.empty())
    place_words(stage, s.over, below(s.over.height(), 0.055), stage.palette.accent, 2, Move::small);
  if (branded) place_brand(stage, s, below(s.brand.height(), 0.052));
  if (!s.promise.lines.empty()) {
    const Move move = branded ? Move::lift : stage.line_move();
    place_words(stage, s.promise, below(s.promise.height(), 0.058), stage.palette.ink,
                branded ? kPromiseDelay : kBrandDelay, move);
  }
  if (!s.action.lines.empty()) {
    const double at = below(pill_height(s), 0.085);
    draw_pill(stage, s, stage.frame.width / 2.0, at + pill_height(s) / 2);
  }
  return ground(stage, top, y);
}

}  // namespace vidgen::local::titles
