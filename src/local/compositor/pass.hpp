// SPDX-License-Identifier: Apache-2.0
// Pass: the plates of one frame in their places, and the walk through a row. Made anew for every frame; borrows the
// plates. Private to the compositor.
#pragma once

#include "local/compositor/cache.hpp"
#include "vidgen/time.hpp"

namespace vidgen::local {

// One plate under one view: for every pixel across the frame, where to sample.
class PlacedPlate {
 public:
  PlacedPlate(const Plate& plate, const View& view, Size frame);
  bool seen() const { return first_ < last_; }
  // True when this row of the frame is wholly covered, so that nothing behind can be seen.
  bool covers(int y, int width) const;
  // `alone`: it covers the row, and what is in it does not count.
  void blend(int y, bool alone, std::vector<Word>& scratch, Word* row) const;

 private:
  struct Source {
    int upper;
    Word lower_weight;
    bool inside;
  };
  Source source(int y) const;

  const Plate* plate_;
  std::vector<Tap> taps_;
  int first_ = 0, last_ = 0;  // pixels of the frame that lie within the plate
  double v0_ = 0, dv_ = 1;    // the plate's row of a frame's row
};

// A speck of dust in its place, in pixels.
struct Speck {
  double x, y, radius;
  Word light[4];  // premultiplied, at its middle
};
std::vector<Speck> place_dust(const Dust& dust, const View& view, double seconds, Size frame);
void blend_specks(const std::vector<Speck>& specks, int y, int width, Word* row);

class Pass {
 public:
  Pass(std::vector<const Plate*> plates, const View& view, Size frame);
  void set_dust(std::vector<Speck> specks) { specks_ = std::move(specks); }
  // Composes row y of the frame: frame.width * 4 words.
  void compose(int y, Word* row);

 private:
  int width_;
  std::vector<PlacedPlate> placed_;
  std::vector<Speck> specks_;
  std::vector<Word> scratch_;
};

}  // namespace vidgen::local
