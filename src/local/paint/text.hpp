// SPDX-License-Identifier: Apache-2.0
// Type as outlines: laid out by Pango at a 400 px em without hinting and scaled, so it does not tremble under slow
// moves. Lengths are user units of the canvas; y is the baseline of the first line. Families are asked for by name;
// when one is missing, the system's nearest serif or sans stands in. Values only; any thread (Pango keeps one font
// map a thread). Drawing cannot fail: bytes that are no UTF-8 are shown as replacement marks.
#pragma once

#include <string>
#include <string_view>

#include "local/paint/canvas.hpp"

namespace vidgen::local {

enum class Align { left, center, right };

struct TextStyle {
  TextStyle() = default;
  TextStyle(std::string face, int boldness, double em) : family(std::move(face)), weight(boldness), size(em) {}
  std::string family = "Inter";
  int weight = 500;          // 100 .. 900
  double size = 1;           // the em, in user units
  double tracking = 0;       // added between letters, in em
  double line_height = 1.1;  // baseline to baseline, in em; lines are split at '\n'
  bool italic = false;
  Align align = Align::left;
};

// The ink's box relative to the origin (x, baseline of the first line); empty text is all zero. Alignment is by ink:
// a left-aligned text begins exactly at x, a centred one has equal ink on both sides.
struct TextBox {
  double left = 0, top = 0, width = 0, height = 0;
  double cap_height = 0;  // of the face, whatever the text
};

TextBox measure_text(std::string_view text, const TextStyle& style);
// Appends the outlines to the current path.
void text_path(Canvas& canvas, std::string_view text, double x, double baseline, const TextStyle& style);
TextBox draw_text(Canvas& canvas, std::string_view text, double x, double baseline, const TextStyle& style,
                  const Source& source);
// The style with its size lowered, if need be, until the text's ink is no wider and no higher than given.
TextStyle fit_text(std::string_view text, TextStyle style, double max_width, double max_height);

}  // namespace vidgen::local
