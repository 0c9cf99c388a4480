// SPDX-License-Identifier: Apache-2.0
// What a studio is built of: a seamless ground, light through a window or slats, a beam, a plinth. Which of them a film
// has follows from its look and seed, which of those a beat shows from its number. The caller's canvas, any thread.
#pragma once

#include <memory>

#include "local/settings/setting.hpp"

namespace vidgen::local {

enum class StudioWindow { none, panes, slats };
enum class StudioPlinth { none, round, block };

struct StudioParts {
  StudioWindow window = StudioWindow::none;
  StudioPlinth plinth = StudioPlinth::none;
  bool beam = false;
};
// All that the film's studio has.
StudioParts studio_parts(std::string_view look, bool dark, std::uint64_t seed);
// What this beat shows of it.
StudioParts studio_parts(const Composition& c, bool dark, bool own_plinth);

// The film's paper, lit and far: one room, one paper, also from above.
struct Backdrop {
  Color ground, shadow;
};
Backdrop studio_backdrop(const Composition& c, const Subject* subject, bool dark);

struct Studio {
  Composition c;
  Color ground, shadow;  // lit and far
  bool dark = false;
  StudioParts parts;
  double floor = .12;  // where the wall turns into the floor
  double unit = 1;
  Light light;
};
using StudioPtr = std::shared_ptr<const Studio>;

void paint_cyclorama(Canvas& canvas, const Studio& studio);
void paint_window_bars(Canvas& canvas, const Studio& studio);  // to be screened
void paint_beam(Canvas& canvas, const Studio& studio);         // to be screened
void paint_floor_pool(Canvas& canvas, const Studio& studio);
void paint_plinth(Canvas& canvas, const Studio& studio, double half, double height);

}  // namespace vidgen::local
