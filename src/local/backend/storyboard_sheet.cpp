// SPDX-License-Identifier: Apache-2.0
// The sheet of a storyboard: a head with the film's facts and its time as a ruler, then a panel a beat, and the prices.
// Lengths are pixels of a page 1920 wide.
#include <algorithm>
#include <cmath>

#include "base/board_words.hpp"
#include "base/try.hpp"
#include "local/backend/storyboard.hpp"
#include "local/paint/canvas.hpp"
#include "local/paint/fonts.hpp"
#include "local/paint/text.hpp"

namespace vidgen::local {
namespace {

constexpr double kPage = 1920, kMargin = 96, kGap = 36;
constexpr Color kPaper{0xf6f4ef}, kCard{0xfffefb}, kInk{0x1d1c1a}, kSoft{0x6d6962}, kLine{0xdcd7cc}, kAccent{0xa3522a};
constexpr int kMostLines = 3;  // of a prompt or a caption

TextStyle sans(int weight, double size) {
  return TextStyle("Inter", weight, size);
}
TextStyle serif(double size) {
  TextStyle s("EB Garamond", 500, size);
  s.line_height = 1.12;
  return s;
}
TextStyle capitals(double size) {
  TextStyle s = sans(600, size);
  s.tracking = .15;
  return s;
}

std::string upper(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

// Words broken to a width; what does not fit ends in an ellipsis.
std::vector<std::string> broken(const std::string& text, const TextStyle& style, double width, int most) {
  std::vector<std::string> lines(1);
  const auto fits = [&](const std::string& line) { return measure_text(line, style).width <= width; };
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = text.find_first_of(" \n", at);
    if (end == text.npos) end = text.size();
    const std::string word = text.substr(at, end - at);
    const std::string longer = lines.back().empty() ? word : lines.back() + " " + word;
    if (fits(longer) || lines.back().empty())
      lines.back() = longer;
    else
      lines.push_back(word);
    if (end < text.size() && text[end] == '\n') lines.emplace_back();
    at = end + 1;
  }
  while (lines.size() > 1 && lines.back().empty()) lines.pop_back();
  if (lines.size() > static_cast<std::size_t>(most)) {
    lines.resize(static_cast<std::size_t>(most));
    lines.back() += "\xE2\x80\xA6";
  }
  return lines;
}

// Draws lines from a top edge; the bottom edge of the last.
double put_lines(Canvas& c, const std::vector<std::string>& lines, double x, double top, TextStyle style, double width,
                 Color ink) {
  const double step = style.size * style.line_height;
  double y = top;
  for (const std::string& line : lines) {
    draw_text(c, line, x, y + style.size * .8, fit_text(line, style, width, HUGE_VAL), ink);
    y += step;
  }
  return y;
}

void rule(Canvas& c, double x, double y, double w, Color ink, double thick = 1.5) {
  c.begin();
  c.rect(x, y, w, thick);
  c.fill(ink);
}

struct Grid {
  int columns = 3;
  double width = 0, picture = 0, height = 0;  // of a panel, its picture, and all of it
  bool narrow = false;                        // its time has a line of its own
};

Grid grid_of(const Storyboard& board) {
  Grid g;
  const double aspect = 1.0 * board.size.width / std::max(1, board.size.height);
  const int panels = static_cast<int>(board.panels.size());
  g.columns = std::min(aspect > 1.2 ? 3 : aspect > .8 ? 4 : 5, std::max(aspect > 1.2 ? 2 : 3, panels));
  if (aspect > 1.2 && panels % 4 == 0) g.columns = 4;
  g.width = (kPage - 2 * kMargin - (g.columns - 1) * kGap) / g.columns;
  g.picture = g.width / aspect;
  g.narrow = g.width < 400;
  g.height = g.picture + (g.narrow ? 246 : 222);
  return g;
}

double put_ruler(Canvas& c, const Storyboard& board, double top) {
  const double width = kPage - 2 * kMargin, seconds = std::max(.001, board.seconds.to_double());
  for (std::size_t i = 0; i < board.panels.size(); ++i) {
    const StoryboardPanel& p = board.panels[i];
    const double x = kMargin + width * p.from.to_double() / seconds, w = width * (p.to - p.from).to_double() / seconds;
    rule(c, x, top, std::max(1.0, w - 5), i % 2 == 0 ? kInk : kAccent, 7);
    draw_text(c, std::to_string(i + 1), x, top + 30, sans(500, 17), kSoft);
  }
  return top + 62;
}

double put_head(Canvas& c, const Storyboard& board) {
  const double width = kPage - 2 * kMargin;
  const char* kind = board.finished ? "Storyboard of the finished film" : "Storyboard";
  draw_text(c, upper(kind), kMargin, 112, capitals(19), kAccent);
  const std::string title = board.title.empty() ? "Storyboard" : base::plain_words(board.title);
  draw_text(c, title, kMargin, 202, fit_text(title, serif(98), width, HUGE_VAL), kInk);
  TextStyle prompt = sans(400, 25);
  prompt.line_height = 1.4;
  double y = put_lines(c, broken(board.prompt, prompt, width * .72, kMostLines), kMargin, 240, prompt, width, kInk);
  draw_text(c, base::facts_text(board), kMargin, y + 32, sans(400, 21), kSoft);
  return put_ruler(c, board, y + 68);
}

void put_picture(Canvas& c, const Bitmap& b, double x, double y, double w, double h) {
  if (b.pixels.empty()) return;
  Surface s(b.width, b.height);
  if (!s.ok()) return;
  for (int row = 0; row < b.height; ++row)
    std::copy_n(b.pixels.data() + std::ptrdiff_t{row} * b.stride, std::size_t{4} * static_cast<std::size_t>(b.width),
                s.pixels() + std::ptrdiff_t{row} * s.stride());
  s.changed();
  const auto saved = c.saved();
  c.translate(x, y);
  c.scale(w / b.width, h / b.height);
  cairo_set_source_surface(c.get(), s.get(), 0, 0);
  cairo_pattern_set_filter(cairo_get_source(c.get()), CAIRO_FILTER_GOOD);
  cairo_pattern_set_extend(cairo_get_source(c.get()), CAIRO_EXTEND_PAD);
  c.begin();
  c.rect(0, 0, b.width, b.height);
  c.clip();
  cairo_paint(c.get());
}

// Number, name and time; the bottom edge of what it took.
double put_name(Canvas& c, const StoryboardPanel& p, std::size_t i, double x, double top, double width, bool narrow) {
  TextStyle time = sans(400, 17);
  time.align = narrow ? Align::left : Align::right;
  const std::string span = base::span_text(p.from, p.to);
  draw_text(c, span, narrow ? x : x + width, narrow ? top + 61 : top + 36, time, kSoft);
  const double number = draw_text(c, std::to_string(i + 1), x, top + 36, sans(700, 20), kAccent).width + 12;
  const std::string name = base::plain_words(p.name);
  const double room = width - number - (narrow ? 0 : measure_text(span, time).width + 16);
  draw_text(c, name, x + number, top + 36, fit_text(name, sans(600, 20), room, HUGE_VAL), kInk);
  return narrow ? top + 24 : top;
}

// The words under a picture.
void put_words(Canvas& c, const Storyboard& board, std::size_t i, double x, double edge, double width, bool narrow) {
  const StoryboardPanel& p = board.panels[i];
  const double top = put_name(c, p, i, x, edge, width, narrow);
  std::string facts = base::plain_words(p.shot) + " \xC2\xB7 " + base::plain_words(p.camera);
  if (!p.photographs.empty()) facts += " \xC2\xB7 " + base::photographs_text(p);
  draw_text(c, facts, x, top + 63, fit_text(facts, sans(400, 17), width, HUGE_VAL), kSoft);
  double y = top + 80;
  if (!p.over.empty()) {
    draw_text(c, upper(p.over), x, y + 16, fit_text(upper(p.over), capitals(13), width, HUGE_VAL), kAccent);
    y += 22;
  }
  if (p.caption.empty()) {
    TextStyle none = serif(22);
    none.italic = true;
    draw_text(c, "no words", x, y + 22, none, kSoft);
  } else {
    const TextStyle style = serif(31);
    put_lines(c, broken(p.caption, style, width, p.over.empty() ? 2 : 1), x, y + 2, style, width, kInk);
  }
}

void put_price(Canvas& c, const Storyboard& board, const StoryboardPrice& price, double x, double y, double width) {
  rule(c, x, y - 26, width, kLine);
  draw_text(c, base::price_text(price.own), x, y, sans(600, 18), kInk);
  if (board.price_on.empty()) return;
  TextStyle right = sans(400, 18);
  right.align = Align::right;
  const std::string other = base::price_text(price.other) + " on " + board.price_on;
  draw_text(c, other, x + width, y, fit_text(other, right, width * .75, HUGE_VAL), kSoft);
}

void put_panel(Canvas& c, const Storyboard& board, std::size_t i, const Grid& g, double x, double y) {
  constexpr double kInset = 22;
  c.begin();
  c.rrect(x, y, g.width, g.height, 8);
  c.fill(kCard);
  {
    const auto saved = c.saved();
    c.begin();
    c.rrect(x, y, g.width, g.height, 8);
    c.clip();
    put_picture(c, board.panels[i].picture, x, y, g.width, g.picture);
  }
  c.begin();
  c.rrect(x, y, g.width, g.height, 8);
  c.stroke(kLine, 1.5);
  put_words(c, board, i, x + kInset, y + g.picture, g.width - 2 * kInset, g.narrow);
  put_price(c, board, board.panels[i].price, x + kInset, y + g.height - 18, g.width - 2 * kInset);
}

void put_foot(Canvas& c, const Storyboard& board, double top) {
  rule(c, kMargin, top, kPage - 2 * kMargin, kLine);
  const std::string line = "Likely " + base::prices_text(board.total, board) + "     At most " +
                           base::prices_text(board.most, board) + "     Music and references " +
                           base::prices_text(board.shared, board);
  draw_text(c, line, kMargin, top + 44, fit_text(line, sans(500, 21), kPage - 2 * kMargin, HUGE_VAL), kInk);
  const std::string by = "Clips by " + board.model + (board.job.empty() ? "" : " \xC2\xB7 job " + board.job);
  draw_text(c, by, kMargin, top + 78, sans(400, 18), kSoft);
}

Bitmap bitmap_of(const Surface& s) {
  Bitmap out;
  out.width = s.width();
  out.height = s.height();
  out.stride = out.width * 4;
  out.pixels.resize(static_cast<std::size_t>(out.stride) * static_cast<std::size_t>(out.height));
  for (int y = 0; y < out.height; ++y)
    std::copy_n(s.pixels() + std::ptrdiff_t{y} * s.stride(), static_cast<std::size_t>(out.stride),
                out.pixels.data() + std::ptrdiff_t{y} * out.stride);
  return out;
}

}  // namespace

Result<Bitmap> paint_sheet(const Storyboard& board) {
  use_fonts_beside_us();
  const Grid g = grid_of(board);
  const int rows = (static_cast<int>(board.panels.size()) + g.columns - 1) / g.columns;
  Surface probe(8, 8);
  Canvas trial(probe);
  const double top = put_head(trial, board);  // drawn twice: its height follows the prompt
  const double height = top + rows * (g.height + kGap) + 150;
  if (height > 32000) return Error(Errc::invalid_argument, "a sheet holds at most 200 beats");
  VIDGEN_TRY(page, Surface::create(static_cast<int>(kPage), static_cast<int>(height)));
  Canvas c(page);
  c.paint(kPaper);
  put_head(c, board);
  for (std::size_t i = 0; i < board.panels.size(); ++i) {
    const int column = static_cast<int>(i) % g.columns, row = static_cast<int>(i) / g.columns;
    put_panel(c, board, i, g, kMargin + column * (g.width + kGap), top + row * (g.height + kGap));
  }
  put_foot(c, board, top + rows * (g.height + kGap) + 8);
  page.changed();
  return bitmap_of(page);
}

}  // namespace vidgen::local
