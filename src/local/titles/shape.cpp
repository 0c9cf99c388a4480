// SPDX-License-Identifier: Apache-2.0
#include "local/titles/shape.hpp"

#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/try.hpp"
#include "local/paint/fonts.hpp"

namespace vidgen::local::titles {
namespace {

constexpr double kEm = 400;
// From this on letters stand apart and ligatures would look like mistakes.
constexpr double kLooseTracking = 0.015;

bool joined_script(std::string_view text) {
  for (const char* at = text.data(); at < text.data() + text.size(); at = g_utf8_next_char(at)) {
    const gunichar c = g_utf8_get_char(at);
    if ((c >= 0x0590 && c < 0x1100) || (c >= 0x1780 && c < 0x18b0) || (c >= 0xfb1d && c < 0xff00)) return true;
  }
  return false;
}

// The language that a text's own letters name; it decides which shapes Chinese characters take. Empty: any.
const char* language_of(std::string_view text) {
  const char* han = nullptr;
  for (const char* at = text.data(); at < text.data() + text.size(); at = g_utf8_next_char(at)) {
    const gunichar c = g_utf8_get_char(at);
    if (c >= 0x3041 && c <= 0x30ff) return "ja";
    if (c >= 0xac00 && c <= 0xd7a3) return "ko";
    if (c >= 0x0590 && c <= 0x05ff) return "he";
    if (c >= 0x0600 && c <= 0x06ff) return "ar";
    if (c >= 0x4e00 && c <= 0x9fff) han = "ja";
  }
  return han;
}

// Scripts that have no italics: a slant that the machine makes up looks like a mistake.
bool slants(std::string_view text) {
  return language_of(text) == nullptr;
}

Error missing_glyphs(const std::string& line) {
  return Error(Errc::font_missing, "no installed font has all letters of \"" + line +
                                       "\"; install fonts-noto-core (fonts-noto-cjk for Chinese, Japanese, Korean)");
}

Error no_fonts() {
  return Error(
      Errc::font_missing,
      "no font is installed; install fonts-inter fonts-ebgaramond fonts-lato fonts-gfs-didot fonts-bebas-neue");
}

bool any_family(PangoFontMap* fonts) {
  PangoFontFamily** families = nullptr;
  int count = 0;
  pango_font_map_list_families(fonts, &families, &count);
  g_free(families);
  return count > 0;
}

void append_curves(const cairo_path_t* path, std::vector<Curve>& out) {
  for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
    const cairo_path_data_t* data = &path->data[i];
    Curve curve;
    int points = 1;
    switch (data->header.type) {
      case CAIRO_PATH_MOVE_TO:
        curve.kind = Curve::Kind::move;
        break;
      case CAIRO_PATH_LINE_TO:
        curve.kind = Curve::Kind::line;
        break;
      case CAIRO_PATH_CURVE_TO:
        curve.kind = Curve::Kind::curve;
        points = 3;
        break;
      case CAIRO_PATH_CLOSE_PATH:
        curve.kind = Curve::Kind::close;
        points = 0;
        break;
    }
    for (int k = 0; k < points; ++k) {
      curve.p[2 * k] = data[k + 1].point.x / kEm;
      curve.p[2 * k + 1] = data[k + 1].point.y / kEm;
    }
    out.push_back(curve);
  }
}

void append_glyph(cairo_t* cairo, const PangoGlyphInfo& info, double x, std::vector<Curve>& out) {
  if (info.glyph == PANGO_GLYPH_EMPTY || (info.glyph & PANGO_GLYPH_UNKNOWN_FLAG)) return;
  const cairo_glyph_t glyph{info.glyph, x + static_cast<double>(info.geometry.x_offset) / PANGO_SCALE,
                            static_cast<double>(info.geometry.y_offset) / PANGO_SCALE};
  cairo_new_path(cairo);
  cairo_glyph_path(cairo, &glyph, 1);
  cairo_path_t* path = cairo_copy_path(cairo);
  append_curves(path, out);
  cairo_path_destroy(path);
}

// Appends the clusters of a run and returns the pen behind it, in em.
double append_run(cairo_t* cairo, const PangoGlyphItem& run, double pen, std::vector<Cluster>& out) {
  const PangoAnalysis& how = run.item->analysis;
  cairo_set_scaled_font(cairo, pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(how.font)));
  double within = 0;  // pixels of the layout since the cluster's pen
  for (int i = 0; i < run.glyphs->num_glyphs; ++i) {
    const PangoGlyphInfo& info = run.glyphs->glyphs[i];
    const auto byte = static_cast<std::size_t>(run.item->offset + run.glyphs->log_clusters[i]);
    const bool first = i == 0 || run.glyphs->log_clusters[i] != run.glyphs->log_clusters[i - 1];
    if (first) {
      Cluster cluster;
      cluster.byte = byte;
      cluster.x = pen;
      out.push_back(std::move(cluster));
      within = 0;
    }
    append_glyph(cairo, info, within, out.back().curves);
    const double advance = static_cast<double>(info.geometry.width) / PANGO_SCALE;
    within += advance;
    pen += advance / kEm;
    out.back().advance += advance / kEm;
  }
  return pen;
}

void fill_extents(cairo_t* cairo, Extents& out) {
  cairo_fill_extents(cairo, &out.left, &out.top, &out.right, &out.bottom);
}

// Edges of what lies between the baseline and the height of capitals; a swash below the line does not count.
Extents body_extents(cairo_t* cairo, const Extents& ink) {
  Extents body = ink;
  cairo_path_t* path = cairo_copy_path_flat(cairo);
  bool found = false;
  for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
    const cairo_path_data_t* data = &path->data[i];
    if (data->header.type == CAIRO_PATH_CLOSE_PATH) continue;
    const double x = data[1].point.x, y = data[1].point.y;
    if (y > 0.03 || y < -0.75) continue;
    body.left = found ? std::min(body.left, x) : x;
    body.right = found ? std::max(body.right, x) : x;
    found = true;
  }
  cairo_path_destroy(path);
  return body;
}

}  // namespace

bool is_tall_script(std::string_view text) {
  return language_of(text) != nullptr;
}

double ShapedLine::width() const {
  if (clusters.empty()) return 0;
  return clusters.back().x + clusters.back().advance + tracking * static_cast<double>(clusters.size() - 1);
}

Shaper::Shaper()
    : fonts_((use_fonts_beside_us(), pango_cairo_font_map_new())),
      context_(pango_font_map_create_context(fonts_)),
      surface_(cairo_image_surface_create(CAIRO_FORMAT_A8, 8, 8)),
      cairo_(cairo_create(surface_)) {
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options(context_, options);
  cairo_font_options_destroy(options);
  pango_context_set_round_glyph_positions(context_, FALSE);
  pango_context_set_language(context_, pango_language_from_string("en"));  // else the host's locale decides
  cairo_set_tolerance(cairo_, 0.002);
}

Shaper::~Shaper() {
  cairo_destroy(cairo_);
  cairo_surface_destroy(surface_);
  g_object_unref(context_);
  g_object_unref(fonts_);
}

PangoLayout* Shaper::layout_of(const std::string& line, const Type& type) const {
  PangoLayout* layout = pango_layout_new(context_);
  PangoFontDescription* font = pango_font_description_new();
  pango_font_description_set_family(font, type.face.families);
  pango_font_description_set_weight(font, static_cast<PangoWeight>(type.face.weight));
  const bool italic = type.face.italic && slants(line);
  pango_font_description_set_style(font, italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
  pango_font_description_set_absolute_size(font, kEm * PANGO_SCALE);
  pango_layout_set_font_description(layout, font);
  pango_font_description_free(font);
  pango_layout_set_single_paragraph_mode(layout, TRUE);
  pango_layout_set_text(layout, line.c_str(), static_cast<int>(line.size()));
  PangoAttrList* attributes = pango_attr_list_new();
  // Capitals with old-style figures look like a misprint.
  std::string features = type.capitals ? "lnum=1" : "kern=1";
  if (std::abs(type.tracking) >= kLooseTracking) features += ",liga=0,clig=0,dlig=0";
  pango_attr_list_insert(attributes, pango_attr_font_features_new(features.c_str()));
  if (const char* language = language_of(line))
    pango_attr_list_insert(attributes, pango_attr_language_new(pango_language_from_string(language)));
  pango_layout_set_attributes(layout, attributes);
  pango_attr_list_unref(attributes);
  return layout;
}

Result<ShapedLine> Shaper::shape(const std::string& text, const Type& type) {
  ShapedLine line;
  const std::string shown = type.capitals ? to_capitals(text) : text;
  if (shown.empty()) return line;
  if (!any_family(fonts_)) return no_fonts();
  PangoLayout* layout = layout_of(shown, type);
  if (pango_layout_get_unknown_glyphs_count(layout) > 0) {
    g_object_unref(layout);
    return missing_glyphs(text);
  }
  double pen = 0;
  for (GSList* at = pango_layout_get_line_readonly(layout, 0)->runs; at; at = at->next)
    pen = append_run(cairo_, *static_cast<PangoGlyphItem*>(at->data), pen, line.clusters);
  g_object_unref(layout);
  line.trackable = !joined_script(shown);
  line.tracking = line.trackable ? type.tracking : 0;
  cairo_new_path(cairo_);
  trace(cairo_, line);
  fill_extents(cairo_, line.ink);
  line.body = body_extents(cairo_, line.ink);
  cairo_new_path(cairo_);
  return line;
}

Result<double> Shaper::capital_height(const Face& face) {
  VIDGEN_TRY(line, shape("H", Type{face, 1, 0, 1, false}));
  return -line.ink.top;
}

void trace(cairo_t* cairo, const ShapedLine& line, double extra) {
  if (!line.trackable) extra = 0;
  const double count = static_cast<double>(line.clusters.size());
  const double from = -extra * (count - 1) / 2;
  double index = 0;
  for (const Cluster& cluster : line.clusters) {
    const double x = cluster.x + from + index * (line.tracking + extra);
    index += 1;
    for (const Curve& c : cluster.curves) {
      switch (c.kind) {
        case Curve::Kind::move:
          cairo_move_to(cairo, x + c.p[0], c.p[1]);
          break;
        case Curve::Kind::line:
          cairo_line_to(cairo, x + c.p[0], c.p[1]);
          break;
        case Curve::Kind::curve:
          cairo_curve_to(cairo, x + c.p[0], c.p[1], x + c.p[2], c.p[3], x + c.p[4], c.p[5]);
          break;
        case Curve::Kind::close:
          cairo_close_path(cairo);
          break;
      }
    }
  }
}

}  // namespace vidgen::local::titles
