// SPDX-License-Identifier: Apache-2.0
#include "local/compositor/camera.hpp"

#include <algorithm>
#include <cmath>

namespace vidgen::local {
namespace {

constexpr double kCutStart = .08, kCutEnd = .92;
constexpr double kTwoPi = 6.283185307179586;

constexpr Move push(double from, double to, double drift = 0) {
  Move m;
  m.from.dz = from;
  m.to.dz = to;
  m.from.cx = -drift;
  m.to.cx = drift;
  m.from.pivot = m.to.pivot = .85;
  return m;
}

constexpr Move truck(double half, double pivot, double dz_from = 0, double dz_to = 0) {
  Move m = push(dz_from, dz_to, half);
  m.from.pivot = m.to.pivot = pivot;
  return m;
}

constexpr Move crane(double from, double to) {
  Move m = push(.0, .05);
  m.from.cy = from;
  m.to.cy = to;
  return m;
}

constexpr Move zoom(double from, double to) {
  Move m;
  m.from.zoom = from;
  m.to.zoom = to;
  return m;
}

constexpr Move hand(Move m, double shake) {
  m.shake = shake;
  return m;
}

double lerp(double a, double b, double t) {
  return a + (b - a) * t;
}

// Three sines an axis: 0.35, 0.9 and 2.1 Hz.
double sway(double seconds, double phase) {
  return .0025 * std::sin(kTwoPi * .35 * seconds + phase) + .0012 * std::sin(kTwoPi * .9 * seconds + phase * 2.3) +
         .0005 * std::sin(kTwoPi * 2.1 * seconds + phase * 3.7);
}

}  // namespace

Framing framing(const View& view, double p) {
  Framing out;
  out.scale = view.zoom / std::max(.2, 1 - view.dz * p);
  out.shift_x = view.cx * (p - view.pivot);
  out.shift_y = view.cy * p;
  return out;
}

double ease(double t) {
  t = std::clamp(t, 0.0, 1.0);
  return t * t * t * (t * (6 * t - 15) + 10);
}

double progress(double share) {
  return ease(kCutStart + (kCutEnd - kCutStart) * share);
}

View view_at(const Move& move, double share, double seconds) {
  const double e = progress(share);
  View v;
  v.cx = lerp(move.from.cx, move.to.cx, e) + move.shake * sway(seconds, .4);
  v.cy = lerp(move.from.cy, move.to.cy, e) + move.shake * sway(seconds, 2.1);
  v.dz = lerp(move.from.dz, move.to.dz, e);
  v.zoom = lerp(move.from.zoom, move.to.zoom, e);
  v.pivot = move.from.pivot;
  return v;
}

std::vector<View> extremes(const Move& move) {
  std::vector<View> out;
  const double s = move.shake * (.0025 + .0012 + .0005);
  for (const View& end : {move.from, move.to})
    for (double sx : {-s, s})
      for (double sy : {-s, s}) {
        View v = end;
        v.cx += sx;
        v.cy += sy;
        out.push_back(v);
      }
  return out;
}

const std::vector<CameraRow>& camera_rows() {
  static const std::vector<CameraRow> rows = {
      {"push_in", push(0, .11)},
      {"slow_push_in", push(0, .08)},
      {"slow_dolly_in", push(0, .09, .012)},
      {"slow_dolly", push(0, .07, .03)},
      {"dolly_in", push(0, .11)},
      {"dolly_out", push(.11, 0)},
      {"pull_out", push(.11, 0)},
      {"slow_zoom", zoom(1, 1.05)},
      {"slow_zoom_in", zoom(1, 1.06)},
      {"zoom_in", zoom(1, 1.08)},
      {"zoom_out", zoom(1.08, 1)},
      {"pan", truck(.08, 0)},
      {"pan_across", truck(.10, 0)},
      {"slow_pan", truck(.06, 0)},
      {"whip_pan", truck(.13, 0, 0, .03)},
      {"orbit", truck(.11, .7, 0, .10)},
      {"slow_orbit", truck(.085, .7, 0, .06)},
      {"tracking", truck(.12, .9, 0, .03)},
      {"tracking_shot", truck(.12, .9, 0, .03)},
      {"crane_up", crane(.05, -.05)},
      {"crane_down", crane(-.06, .03)},
      {"tilt", crane(.05, -.03)},
      {"tilt_up", crane(.05, -.03)},
      {"tilt_down", crane(-.05, .02)},
      {"reveal", crane(-.07, .0)},
      {"static", zoom(1, 1.02)},
      {"static_hold", zoom(1, 1.02)},
      {"handheld", hand(push(0, .05), 1)},
      {"handheld_follow", hand(truck(.07, .9, 0, .06), 1.2)},
      {"fast_cuts", hand(push(0, .10), .6)},
  };
  return rows;
}

const CameraRow& camera_row(std::string_view name) {
  const auto& rows = camera_rows();
  for (const CameraRow& row : rows)
    if (row.name == name) return row;
  return rows[1];
}

}  // namespace vidgen::local
