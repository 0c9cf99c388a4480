// SPDX-License-Identifier: Apache-2.0
#include "local/paint/text.hpp"

#include <pango/pangocairo.h>

#include <algorithm>
#include <array>
#include <vector>

#include "local/paint/fonts.hpp"

namespace vidgen::local {
namespace {

constexpr double kEm = 400;  // pixels a em while laying out

struct ObjectFree {
  void operator()(void* object) const { g_object_unref(object); }
};
using LayoutHandle = std::unique_ptr<PangoLayout, ObjectFree>;
using ContextOwner = std::unique_ptr<PangoContext, ObjectFree>;
using FontHandle = std::unique_ptr<PangoFontDescription, CairoFree<pango_font_description_free>>;
using OptionsHandle = std::unique_ptr<cairo_font_options_t, CairoFree<cairo_font_options_destroy>>;
using AttributesHandle = std::unique_ptr<PangoAttrList, CairoFree<pango_attr_list_unref>>;

bool is_serif(std::string_view family) {
  static constexpr std::array<std::string_view, 6> kSerifs = {"EB Garamond", "Vollkorn",          "Quattrocento",
                                                              "GFS Didot",   "Libre Baskerville", "Noto Serif"};
  return std::find(kSerifs.begin(), kSerifs.end(), family) != kSerifs.end();
}

std::string with_fallback(const std::string& family) {
  return family + (is_serif(family) ? ",Noto Serif,serif" : ",Inter,Noto Sans,sans-serif");
}

PangoContext* make_context() {
  use_fonts_beside_us();
  PangoContext* context = pango_font_map_create_context(pango_cairo_font_map_get_default());
  const OptionsHandle options(cairo_font_options_create());
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options(context, options.get());
  pango_cairo_context_set_resolution(context, 96);
  pango_context_set_round_glyph_positions(context, FALSE);
  return context;
}

FontHandle make_font(const TextStyle& style) {
  FontHandle font(pango_font_description_new());
  pango_font_description_set_family(font.get(), with_fallback(style.family).c_str());
  pango_font_description_set_weight(font.get(), static_cast<PangoWeight>(style.weight));
  pango_font_description_set_style(font.get(), style.italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
  pango_font_description_set_absolute_size(font.get(), kEm * PANGO_SCALE);
  return font;
}

struct Line {
  LayoutHandle layout;
  double ink_x = 0, ink_y = 0, ink_w = 0, ink_h = 0;  // in layout pixels from the baseline's start
};

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (true) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

Line lay_out(PangoContext* context, std::string_view text, const TextStyle& style) {
  Line line;
  line.layout.reset(pango_layout_new(context));
  PangoLayout* layout = line.layout.get();
  pango_layout_set_font_description(layout, make_font(style).get());
  pango_layout_set_single_paragraph_mode(layout, TRUE);
  const AttributesHandle attributes(pango_attr_list_new());
  pango_attr_list_insert(attributes.get(),
                         pango_attr_letter_spacing_new(static_cast<int>(style.tracking * kEm * PANGO_SCALE)));
  pango_layout_set_attributes(layout, attributes.get());
  pango_layout_set_text(layout, text.data(), static_cast<int>(text.size()));
  PangoRectangle ink;
  pango_layout_line_get_extents(pango_layout_get_line_readonly(layout, 0), &ink, nullptr);
  line.ink_x = static_cast<double>(ink.x) / PANGO_SCALE;
  line.ink_y = static_cast<double>(ink.y) / PANGO_SCALE;
  line.ink_w = static_cast<double>(ink.width) / PANGO_SCALE;
  line.ink_h = static_cast<double>(ink.height) / PANGO_SCALE;
  return line;
}

struct Block {
  ContextOwner context;
  std::vector<Line> lines;
  double scale = 1;
};

Block lay_out_block(std::string_view text, const TextStyle& style) {
  Block block;
  block.context.reset(make_context());
  block.scale = style.size / kEm;
  for (const std::string_view line : split_lines(text))
    block.lines.push_back(lay_out(block.context.get(), line, style));
  return block;
}

double offset_x(const Line& line, Align align) {
  return align == Align::left ? 0 : align == Align::center ? -line.ink_w / 2 : -line.ink_w;
}

TextBox box_of(const Block& block, const TextStyle& style) {
  TextBox box;
  double left = 1e9, right = -1e9, top = 1e9, bottom = -1e9;
  for (std::size_t i = 0; i < block.lines.size(); ++i) {
    const Line& line = block.lines[i];
    if (line.ink_w <= 0) continue;
    const double x = offset_x(line, style.align) * block.scale;
    const double y = static_cast<double>(i) * style.line_height * style.size + line.ink_y * block.scale;
    left = std::min(left, x);
    right = std::max(right, x + line.ink_w * block.scale);
    top = std::min(top, y);
    bottom = std::max(bottom, y + line.ink_h * block.scale);
  }
  if (right > left) {
    box.left = left;
    box.top = top;
    box.width = right - left;
    box.height = bottom - top;
  }
  box.cap_height = -lay_out(block.context.get(), "H", style).ink_y * block.scale;
  return box;
}

void append_path(Canvas& canvas, const Block& block, double x, double baseline, const TextStyle& style) {
  for (std::size_t i = 0; i < block.lines.size(); ++i) {
    const Line& line = block.lines[i];
    const auto guard = canvas.saved();
    canvas.translate(x, baseline + static_cast<double>(i) * style.line_height * style.size);
    canvas.scale(block.scale);
    canvas.move_to(offset_x(line, style.align) - line.ink_x, 0);
    pango_cairo_layout_line_path(canvas.get(), pango_layout_get_line_readonly(line.layout.get(), 0));
  }
}

}  // namespace

TextBox measure_text(std::string_view text, const TextStyle& style) {
  return box_of(lay_out_block(text, style), style);
}

void text_path(Canvas& canvas, std::string_view text, double x, double baseline, const TextStyle& style) {
  append_path(canvas, lay_out_block(text, style), x, baseline, style);
}

TextBox draw_text(Canvas& canvas, std::string_view text, double x, double baseline, const TextStyle& style,
                  const Source& source) {
  const Block block = lay_out_block(text, style);
  canvas.begin();
  append_path(canvas, block, x, baseline, style);
  canvas.fill(source);
  return box_of(block, style);
}

TextStyle fit_text(std::string_view text, TextStyle style, double max_width, double max_height) {
  const TextBox box = measure_text(text, style);
  double k = 1;
  if (box.width > max_width) k = std::min(k, max_width / box.width);
  if (box.height > max_height) k = std::min(k, max_height / box.height);
  style.size *= k;
  return style;
}

}  // namespace vidgen::local
