// SPDX-License-Identifier: Apache-2.0
// Direction: from a beat's words to a composition. Rules only, no drawing; every shot and camera name has a row, an
// unknown one gets the nearest. Neighbouring beats never get the same picture: sides alternate, peaks shift, sizes
// differ. Where words go: on an even beat the product stands right and the caption left, on an odd one the other way
// round; a centred product (low angle, macro of a whole face) leaves the lower third. Pure values, any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "local/compositor/camera.hpp"
#include "local/shot.hpp"

namespace vidgen::local {

enum class Format { wide, square, tall };
Format format_of(Size size);

enum class Frame { wide, medium, close, macro, low, above };
enum class Words { none, caption, title };  // that stand in the picture, the subject leaves them room

// One row a shot name. Places are shares of the frame's height from its top, as a director thinks.
struct ShotRow {
  std::string_view name;
  Frame frame;
  double height;     // of the product
  double max_width;  // of the product, share of the frame's width
  double foot;       // where it stands
  double skyline;    // outdoors
  double table;      // edge of a table indoors
  double lens;       // scale of the background
  double softness;   // factor on the background's blur
};
const ShotRow& shot_row(std::string_view name);
const std::vector<ShotRow>& shot_rows();

// What a setting needs to know. World units: origin in the centre, y down, 1 = frame height.
struct Composition {
  Composition() = default;
  double aspect = 16.0 / 9;
  Format format = Format::wide;
  Frame frame = Frame::medium;
  bool hero = true;
  double x = 0, foot = .3;  // of the product's foot
  double height = .5;       // of the product
  double max_width = .6;
  double skyline = .05, table = .15;
  double lens = 1, softness = 1;
  int side = 1;       // of the product: -1 left, 0 centre, 1 right
  Words words = Words::none;
  int sun_side = -1;  // of the key
  double peaks = 0;   // sideways shift of what the horizon shows
  int variant = 0;    // of the picture, different for every beat
  std::uint64_t seed = 0;  // of the film
  std::string time;
  std::string look;
  bool closing = false;  // the end card's quiet ground
  bool captions = true;
  std::string ground_hue;  // "#rrggbb" of the user's photographs, for plain grounds; empty: none
};

Composition compose(const ShotBrief& brief, Size size);
// Moves a wide subject inwards until all of it stays in the frame, and away from the words beside it; upright, its middle
// goes where its foot would. `subject_width` and how far its middle lies to the right of its foot in frame heights.
void keep_inside(Composition& composition, double subject_width, double aside = 0);
// The camera's move for the beat, fitted to the shot's size and length.
Move direct_camera(const ShotBrief& brief, const Composition& composition, double length);

}  // namespace vidgen::local
