// SPDX-License-Identifier: Apache-2.0
#include "local/products/parts.hpp"

#include <algorithm>
#include <cmath>

#include "local/paint/blur.hpp"

namespace vidgen::local {

Light mirrored(const Light& light, int side) {
  Light copy = light;
  copy.side *= side;
  return copy;
}

Pattern material_pattern(double x0, double x1, Material material, Color albedo, const Light& light) {
  switch (material) {
    case Material::steel:
      return metal(x0, x1, light, mix(albedo, kWhite, lum(albedo) > .5 ? .8 : .12));
    case Material::gold:
      return profile(x0, x1, albedo, kGold, light);
    case Material::ceramic:
      return profile(x0, x1, albedo, kCeramic, light);
    case Material::matte:
    case Material::leather:
    case Material::fabric:
    case Material::wood:
      return profile(x0, x1, albedo, kMatte, light);
    case Material::own:
    case Material::satin:
    case Material::glass:
    case Material::plastic:
      break;
  }
  return profile(x0, x1, albedo, kSatin, light);
}

Pattern shaded_down(double y0, double y1, Color albedo, std::initializer_list<ProfileStop> stops, const Light& light) {
  Stops colors;
  for (const ProfileStop& s : stops) colors.push_back({s.position, shade(albedo, s.light, light)});
  return lin(0, y0, 0, y1, colors);
}

void lathe(Canvas& canvas, const Path& outline, double y0, double y1, double (*half_width)(double),
           const Pattern& unit) {
  const auto guard = canvas.saved();
  canvas.begin();
  canvas.add(outline);
  canvas.clip();
  const double pixel = 1 / pixels_per_unit(canvas), step = std::max(pixel, (y1 - y0) / 400);
  for (double y = y0; y < y1; y += step) {
    const auto slice = canvas.saved();
    canvas.scale(std::max(1e-4, half_width(y + step / 2)), 1);
    canvas.rect(-1.2, y, 2.4, step + pixel);
    canvas.fill(unit);
  }
}

void brushed(Canvas& canvas, const Path& outline, double x, double y, double w, double h, double opacity,
             std::uint64_t seed) {
  const int rows = std::max(8, static_cast<int>(h * 620));
  Field field(10, rows);
  Rng rng(seed);
  for (int j = 0; j < rows; ++j) {
    const double base = rng.normal();
    for (int i = 0; i < field.width; ++i) field.at(i, j) = static_cast<float>(base + .6 * rng.normal());
  }
  Field dark = field;
  for (float& v : field.values) v = std::max(0.0f, v) * static_cast<float>(opacity);
  for (float& v : dark.values) v = std::max(0.0f, -v) * static_cast<float>(opacity);
  const auto guard = canvas.saved();
  canvas.begin();
  canvas.add(outline);
  canvas.clip();
  canvas.put(texture(field, kWhite), x, y, w, h);
  canvas.put(texture(dark, kBlack), x, y, w, h);
}

void grain(Canvas& canvas, const Path& outline, double x, double y, double w, double h, double opacity,
           std::uint64_t seed, double dots) {
  const int columns = static_cast<int>(w * dots), rows = static_cast<int>(h * dots);
  Field field = white_noise(columns, rows, seed);
  blur(field, .7);
  Field dark = field;
  for (float& v : field.values) v = std::max(0.0f, v) * static_cast<float>(opacity);
  for (float& v : dark.values) v = std::max(0.0f, -v) * static_cast<float>(opacity);
  const auto guard = canvas.saved();
  canvas.begin();
  canvas.add(outline);
  canvas.clip();
  canvas.put(texture(field, kWhite), x, y, w, h);
  canvas.put(texture(dark, kBlack), x, y, w, h);
}

void drop_shadow(Canvas& canvas, const Path& outline, double dx, double dy, double opacity, double spread) {
  const auto guard = canvas.saved();
  canvas.translate(dx, dy);
  canvas.round_joins();
  for (const double width : {2.0, 1.2, .4}) {  // three strokes and a fill: a soft edge without a surface
    canvas.begin();
    canvas.add(outline);
    canvas.stroke(alpha(kBlack, opacity * .22), spread * width);
  }
  canvas.add(outline);
  canvas.fill(alpha(kBlack, opacity * .6));
}

void soft_line(Canvas& canvas, const Path& line, Color color, double opacity, double width) {
  constexpr int kPasses = 8;
  const double a = 1 - std::pow(1 - opacity, 1.0 / kPasses);
  const auto guard = canvas.saved();
  canvas.round_caps();
  for (int i = 0; i < kPasses; ++i) {
    canvas.begin();
    canvas.add(line);
    canvas.stroke(alpha(color, a), width * (1 - static_cast<double>(i) / kPasses));
  }
}

Color ink_on(Color under) {
  return lum(under) > .45 ? Color(0x1b1e22, .82) : Color(0xf3f1ec, .86);
}

namespace {

std::uint64_t hash_of(std::string_view text) {
  std::uint64_t h = 0xcbf29ce484222325ULL;
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return h;
}

void mark_peaks(Canvas& c) {
  c.begin();
  c.poly({{-.62, .42}, {-.18, -.42}, {.06, .02}, {.22, -.22}, {.62, .42}}, false);
}

void mark_orbit(Canvas& c) {
  c.begin();
  c.arc(0, 0, .48, .48, -.35, 5.1);
  c.move_to(.47, -.34);
  c.line_to(.471, -.34);
}

void mark_arcs(Canvas& c) {
  c.begin();
  for (const double r : {.48, .26}) {
    cairo_new_sub_path(c.get());
    c.arc(0, .24, r * 1.15, r * 1.3, kPi, 2 * kPi);
  }
  c.move_to(-.55, .40);
  c.line_to(.55, .40);
}

void mark_leaf(Canvas& c) {
  c.begin();
  c.move_to(-.42, .42);
  c.curve_to(-.50, -.30, .05, -.48, .48, -.46);
  c.curve_to(.50, .05, .22, .44, -.42, .42);
  c.move_to(-.42, .42);
  c.curve_to(-.2, .1, 0, -.08, .16, -.18);
}

}  // namespace

void brand_mark(Canvas& canvas, double x, double y, double size, std::string_view name, Color color) {
  static constexpr void (*kMarks[])(Canvas&) = {mark_orbit, mark_peaks, mark_arcs, mark_leaf};
  const std::size_t pick = name.empty() ? 0 : hash_of(name) % std::size(kMarks);
  const auto guard = canvas.saved();
  canvas.translate(x, y);
  canvas.scale(size);
  canvas.round_caps();
  canvas.round_joins();
  kMarks[pick](canvas);
  canvas.stroke(color, .13);
}

namespace {

bool has_lower_case(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

void brand_print(Canvas& canvas, const ProductLook& look, double x, double y, double max_width, double mark,
                 double letters, Color under, const Light& light) {
  const Color ink = ink_on(under);
  const bool dark_ink = lum(ink) < .5;
  const Color edge = dark_ink ? alpha(kWhite, .45) : alpha(kBlack, .5);
  TextStyle style("Inter", 600, letters);
  style.tracking = look.brand.size() > 12 ? .02 : has_lower_case(look.brand) ? .05 : .24;
  style.align = Align::center;
  style.line_height = 1.15;
  const bool named = !look.brand.empty();
  const FittedText name = named ? fit_words(look.brand, style, max_width, letters * 4, 4) : FittedText();
  const double gap = named ? mark * .42 : 0;
  const double top = y - (mark + gap + name.box.height) / 2;
  const double baseline = top + mark + gap - name.box.top;
  const double offset = mark * .028;
  struct Pass {
    double dx, dy;
    Color color;
  };
  const Pass passes[] = {{offset * light.side, offset, edge}, {0, 0, ink}};
  for (const Pass& pass : passes) {
    brand_mark(canvas, x + pass.dx, top + mark / 2 + pass.dy, mark, look.brand, pass.color);
    if (named) draw_text(canvas, name.text, x + pass.dx, baseline + pass.dy, name.style, pass.color);
  }
}

void droplets(Canvas& canvas, double x0, double x1, double y0, double y1, int count, double low, double high,
              std::uint64_t seed, const Light& light) {
  Rng rng(seed);
  const int s = light.side;
  // One drop in each cell of a grid, so that they neither clump nor line up; most of them small.
  const double cell = std::sqrt((x1 - x0) * (y1 - y0) / std::max(1, count));
  const int columns = std::max(1, static_cast<int>(std::lround((x1 - x0) / cell))),
            rows = (count + columns - 1) / columns;
  for (int i = 0; i < count; ++i) {
    const double x = x0 + (x1 - x0) * (i % columns + rng.uniform()) / columns;
    const double y = y0 + (y1 - y0) * (i / columns + rng.uniform()) / rows;
    const double u = rng.uniform(), q = low + (high - low) * u * u * u * u;
    canvas.ell(x - .15 * q * s, y + .35 * q, q * 1.05, q * 1.15);
    canvas.fill(Color(0x0a1020, .32));
    canvas.ell(x, y, q, q * 1.12);
    canvas.fill(
        lin(x + q * s, y - q, x - q * s, y + q,
            {{0, Color(0x0a1020, .42)}, {.55, alpha(kWhite, .06)}, {1, alpha(mix(light.rim, kWhite, .3), .75)}}));
    canvas.ell(x + q * .38 * s, y - q * .42, q * .2, q * .24);
    canvas.fill(alpha(kWhite, .95));
  }
}

namespace {

std::vector<std::string> split_words(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (c == ' ' || c == '\n' || c == '\t') {
      if (!words.back().empty()) words.emplace_back();
    } else {
      words.back().push_back(c);
    }
  }
  if (words.back().empty() && words.size() > 1) words.pop_back();
  return words;
}

// Words over `lines` lines, as even as can be by length.
std::string broken(const std::vector<std::string>& words, int lines) {
  std::size_t total = 0;
  for (const std::string& word : words) total += word.size() + 1;
  const double target = static_cast<double>(total) / lines;
  std::string out;
  double used = 0, next = target;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const double length = static_cast<double>(words[i].size()) + 1;
    const bool wrap = i > 0 && used + length / 2 > next && next < static_cast<double>(total) - .5;
    if (wrap) next += target;
    if (i > 0) out.push_back(wrap ? '\n' : ' ');
    out += words[i];
    used += length;
  }
  return out;
}

}  // namespace

FittedText fit_words(std::string_view text, const TextStyle& style, double max_width, double max_height,
                     int max_lines) {
  const std::vector<std::string> words = split_words(text);
  FittedText best;
  for (int lines = 1; lines <= std::min<int>(max_lines, static_cast<int>(words.size())); ++lines) {
    FittedText fitted;
    fitted.text = broken(words, lines);
    fitted.style = fit_text(fitted.text, style, max_width, max_height);
    if (lines > 1 && fitted.style.size < best.style.size * 1.12) continue;
    best = fitted;
  }
  best.box = measure_text(best.text, best.style);
  return best;
}

}  // namespace vidgen::local
