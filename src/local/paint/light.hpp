// SPDX-License-Identifier: Apache-2.0
// Light and materials: how a shape of one colour is lit from one side.
// A material profile is a list of (position from shadow side 0 to lit side 1, illumination). Values only: no state,
// no errors, safe on any thread.
#pragma once

#include <initializer_list>
#include <span>
#include <vector>

#include "local/paint/canvas.hpp"

namespace vidgen::local {

// The one light of a scene. All layers and the product share it.
struct Light {
  Light() = default;
  int side = 1;  // the key comes from the right (+1) or from the left (-1)
  Color key{0xffe2b8}, fill{0x8ea4cf}, ambient{0x4c5878}, rim{0xffd49a}, sky{0xb9c8e6}, ground{0x8a6a50};
  double rim_strength = 0.9;
  double cast = 0.45;       // opacity of a cast shadow
  double exposure = 1.0;    // scales illumination
  double elevation = 0.35;  // of the key: 0 at the horizon, 1 overhead
};

struct ProfileStop {
  double position;
  double light;
};
using Profile = std::span<const ProfileStop>;

inline constexpr ProfileStop kSteel[] = {{0, .16},    {.025, .62},  {.06, .34}, {.15, .26},  {.24, .55},
                                         {.32, 1.16}, {.40, 1.10},  {.49, .66}, {.62, .40},  {.75, .24},
                                         {.80, .5},   {.855, 1.35}, {.93, 1.8}, {.965, 1.0}, {1, .4}};
inline constexpr ProfileStop kCeramic[] = {{0, .08},   {.05, .16}, {.12, .14}, {.35, .36}, {.58, .74},
                                           {.76, 1.0}, {.88, .96}, {.96, .74}, {1, .55}};
inline constexpr ProfileStop kMatte[] = {{0, .16},   {.05, .2},  {.15, .14}, {.4, .34},
                                         {.65, .72}, {.82, .98}, {.94, .85}, {1, .6}};
inline constexpr ProfileStop kSatin[] = {{0, .12},  {.04, .34},  {.09, .14}, {.3, .24}, {.52, .5},
                                         {.70, .9}, {.78, 1.18}, {.85, .92}, {.95, .7}, {1, .42}};
inline constexpr ProfileStop kGold[] = {{0, .2},   {.05, .7}, {.12, .25}, {.28, .45}, {.36, 1.2}, {.44, .7},
                                        {.6, .22}, {.74, .3}, {.82, 1.0}, {.9, 1.55}, {.96, .7},  {1, .3}};
inline constexpr Color kGoldAlbedo{0xe3bf83};

// The colour of a matte surface of colour `albedo` at illumination `t`; above 1 it goes towards a highlight.
Color shade(Color albedo, double t, const Light& light);
// A horizontal gradient over [x0, x1] that follows a profile; the light's side decides which end is lit.
Pattern profile(double x0, double x1, Color albedo, Profile stops, const Light& light);
Pattern profile(double x0, double x1, Color albedo, std::initializer_list<ProfileStop> stops, const Light& light);
// Polished steel over [x0, x1]: it shows its surroundings, not its own colour.
Pattern metal(double x0, double x1, const Light& light);
// Steel tinted by `tint` (white leaves it as it is): anodised and lacquered metal.
Pattern metal(double x0, double x1, const Light& light, Color tint);

// A line of light along the inside of `outline` on the lit side; `shadow_side` is the share of it on the other side.
// It fades over about twice `width`, in user units.
void rim(Canvas& canvas, const Path& outline, const Light& light, double x0, double x1, double width,
         double strength = 1, double shadow_side = .25);
// Darkens `outline` towards its foot at y1 and lets the sky (top) and the ground (foot) tint it.
void vertical_shade(Canvas& canvas, const Path& outline, double y0, double y1, const Light& light, double top = 0,
                    double bottom = .35);

}  // namespace vidgen::local
