// SPDX-License-Identifier: Apache-2.0
// The camera: a state (View), where a layer of depth p falls under it (Framing), and moves over a shot.
// Lengths are frame heights; time is a shot's share, 0 at its first frame and 1 at its end, and may lie outside.
// Pure values, any thread.
#pragma once

#include <string_view>
#include <vector>

namespace vidgen::local {

struct View {
  double cx = 0, cy = 0;  // where the camera stands, off the composition's centre
  double dz = 0;          // how far it went in; the subject is at distance 1
  double zoom = 1;
  double pivot = 0;  // p0: the depth that an orbit leaves in place; 0 is a straight truck
};

// screen = centre + scale * (world - shift), in frame heights.
struct Framing {
  double scale = 1;
  double shift_x = 0, shift_y = 0;
};
Framing framing(const View& view, double p);

// A move between two views, eased so that it neither starts nor ends dead still inside the shot.
struct Move {
  View from, to;
  double shake = 0;  // strength of a hand-held camera; 1 is a calm operator
};

// e(t) = 6t^5 - 15t^4 + 10t^3, still outside [0, 1].
double ease(double t);
// Progress of a move at `share` of the shot. The shot shows [0.08, 0.92] of the ease; handles show the rest.
double progress(double share);
View view_at(const Move& move, double share, double seconds);
// Views that bound the whole move with its handles, for sizing the layers.
std::vector<View> extremes(const Move& move);

// The table row of a camera's name; unknown names push in slowly.
struct CameraRow {
  std::string_view name;
  Move move;
};
const CameraRow& camera_row(std::string_view name);
const std::vector<CameraRow>& camera_rows();

}  // namespace vidgen::local
