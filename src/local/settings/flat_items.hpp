// SPDX-License-Identifier: Apache-2.0
// The small things that lie on tables seen from above, and the light indoors that falls on them. A thing is drawn round
// the origin, its shadow falls away from the key. Fixed by seeds; the caller's canvas, any thread.
#pragma once

#include "local/settings/flat.hpp"

namespace vidgen::local {

inline bool is_tall(const Flat& flat) {
  return flat.c.format == Format::tall;
}
// The side that the subject leaves free.
inline double free_side(const Flat& flat) {
  return flat.c.side >= 0 ? -1 : 1;
}

// Bands of light through a window's panes.
void flat_window_patches(Canvas& canvas, const Flat& flat);
// A warm pool from a lamp beyond the frame.
void flat_lamp_pool(Canvas& canvas, const Flat& flat);
void flat_pencil(Canvas& canvas);
void flat_notebook(Canvas& canvas);
void flat_spoon(Canvas& canvas);
void flat_leaf(Canvas& canvas);
void flat_beans(Canvas& canvas, const Flat& flat, double x, double y);
// A cup on its saucer; `body` is the glaze.
void flat_cup(Canvas& canvas, const Light& light, Color body);

}  // namespace vidgen::local
