// SPDX-License-Identifier: Apache-2.0
// A place from above: what its grounds have in common. World units; the caller's canvas, any thread.
#pragma once

#include <memory>

#include "local/settings/setting.hpp"

namespace vidgen::local {

inline constexpr double kFlatItems = 1.07;  // things on a table are a little nearer than the table

struct Flat {
  Composition c;
  int side = 1;  // of the key
  Light light;
  Color shadow{0x140c08};
};
using FlatPtr = std::shared_ptr<const Flat>;

FlatPtr make_flat(const Composition& c, const Light& light, Color shadow);
Scene flat_scene();

// Lit from the key's upper corner to dark in the other.
void side_light(Canvas& canvas, int side, Color lit, double lit_a, Color dark, double dark_a);
// The subject, turned, a little off the middle, leaving the caption's side free.
void lay_subject(Canvas& canvas, const Flat& flat, const Subject& subject);

}  // namespace vidgen::local
