// SPDX-License-Identifier: Apache-2.0
// The user's photographs as pictures in the film: over the whole frame with a slow move, or as a printed card before its
// own blur. Which beat shows which is the beat's own matter (Beat::photographs). Cut-outs are subjects and no pictures.
// Lengths are frame heights. Pure.
#pragma once

#include <memory>

#include "local/compositor/camera.hpp"
#include "local/compositor/layer.hpp"
#include "local/settings/direction.hpp"

namespace vidgen::local {

using PhotoPtr = std::shared_ptr<const Photo>;

// The usable photographs that the beat shows, one after another.
std::vector<PhotoPtr> photos_of(const ShotBrief& brief);

// Enough pixels for 90 % of the frame's, of which most stay in sight. The plan places captions by the same rule.
bool fills_frame(const Photo& photo, Size frame);

struct PictureUse {
  PictureUse() = default;
  PhotoPtr photo;
  bool full = false;
  double tallest = 1;  // what its pixels are enough for
};
PictureUse picture_use(const PhotoPtr& photo, Size frame);

// `length` in seconds: of the time that the picture is shown.
Move picture_move(const PictureUse& use, const Composition& composition, double length);
Scene picture_scene(const PictureUse& use, const Composition& composition, double length);

// A card of this shape, turned about its middle.
struct Card {
  double x = 0, y = 0, w = 0, h = 0, turn = 0;
};
Card card_of(const PictureUse& use, const Composition& composition);

}  // namespace vidgen::local
