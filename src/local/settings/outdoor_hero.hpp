// SPDX-License-Identifier: Apache-2.0
// The subject on open, even ground: a street, a terrace. Pure.
#pragma once

#include "local/settings/direction.hpp"
#include "local/settings/subject.hpp"

namespace vidgen::local {

// Contact, cast shadow, and on wet ground a reflection; a macro brings its point into the frame.
void stand_outdoors(Canvas& canvas, const Subject& subject, const Composition& c, const Light& light, Color dark,
                    bool wet);
// A car's lamps in the dark, to be painted over it.
void paint_headlights(Canvas& canvas, const Subject& subject, const Composition& c);
// Light on the ground round its foot.
void pool_under(Canvas& canvas, const Composition& c, Color color, double strength);

}  // namespace vidgen::local
