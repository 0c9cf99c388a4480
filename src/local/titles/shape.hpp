// SPDX-License-Identifier: Apache-2.0
// From words to outlines: one line of text is shaped by Pango at 400 pixels an em without hinting and kept as curves
// in em units, so that it can be drawn at any size and with any tracking without its letters moving against each
// other. Thread-safety: a Shaper is used by one thread at a time; what it returns is plain data.
#pragma once

#include <cairo.h>
#include <pango/pango.h>

#include <string>
#include <string_view>
#include <vector>

#include "local/titles/look.hpp"
#include "vidgen/error.hpp"

namespace vidgen::local::titles {

struct Curve {
  enum class Kind : char { move, line, curve, close };
  Kind kind = Kind::close;
  double p[6] = {};
};

// What one place of the pen shows: a letter with its accents, a ligature.
struct Cluster {
  std::size_t byte = 0;  // of the text
  double x = 0;          // pen, em, without tracking
  double advance = 0;
  std::vector<Curve> curves;  // em, y down, from the pen on the baseline
};

// Extents in em; y is down, 0 is the baseline.
struct Extents {
  double left = 0, top = 0, right = 0, bottom = 0;
};

struct ShapedLine {
  std::vector<Cluster> clusters;  // left to right
  double tracking = 0;            // em after every cluster but the last
  bool trackable = true;          // joined scripts must not be spread
  Extents ink;                    // with the tracking
  Extents body;                   // of what stands between baseline and capital height: the edges that the eye aligns

  // The pen's way, without the last letter's tracking.
  double width() const;
  bool empty() const { return clusters.empty(); }
};

// A stretch between two places where a line may break.
struct Word {
  std::string text;     // without the space after it
  double width = 0;     // em, with tracking
  double gap = 0;       // em of the space after it
  int letters = 0;      // as a reader counts them
  bool forced = false;  // the text itself breaks the line here
  bool spaced = false;  // a space stands after it
};

// Replaces what is not valid or not for eyes: bad UTF-8, control characters, emoji; squeezes spaces. Keeps '\n'.
// Nobody reads more than kMostLetters from a film: what is longer ends in an ellipsis.
inline constexpr int kMostLetters = 400;
std::string clean_text(std::string_view text);
// Without the locale, which belongs to the host.
std::string to_capitals(std::string_view text);
// Letters that fill the em, or have marks above and below: their lines need more leading than capitals do.
bool is_tall_script(std::string_view text);

class Shaper {
 public:
  Shaper();
  ~Shaper();
  Shaper(const Shaper&) = delete;
  Shaper& operator=(const Shaper&) = delete;

  // Errc::font_missing names what to install.
  Result<ShapedLine> shape(const std::string& line, const Type& type);
  Result<std::vector<Word>> words(const std::string& text, const Type& type);
  // Height of its capitals in em.
  Result<double> capital_height(const Face& face);

 private:
  PangoLayout* layout_of(const std::string& line, const Type& type) const;

  PangoFontMap* fonts_;
  PangoContext* context_;
  cairo_surface_t* surface_;
  cairo_t* cairo_;
};

// Appends the line's outlines to the path of `cairo`, pen at the origin, 1 unit = 1 em, with `extra` em of tracking
// on top, spread from the middle.
void trace(cairo_t* cairo, const ShapedLine& line, double extra = 0);

}  // namespace vidgen::local::titles
