// SPDX-License-Identifier: Apache-2.0
// The user's photographs: which beat shows which, and the scene that shows it: over the whole frame with a slow move,
// or as a printed card before its own blur. Opaque photographs only; cut-outs are subjects. Pure.
#pragma once

#include <memory>

#include "local/compositor/camera.hpp"
#include "local/compositor/layer.hpp"
#include "local/settings/direction.hpp"

namespace vidgen::local {

struct PhotoUse {
  enum class Kind { none, card, full };
  Kind kind = Kind::none;
  std::shared_ptr<const Photo> photo;
};

// What this beat does with the photographs. A photograph with at least 90 % of the frame's pixels fills the frame in
// one beat; others are cards in one or two of the middle beats.
PhotoUse choose_photo(const ShotBrief& brief, Size size);
Move ken_burns(const ShotBrief& brief, double length);
// A slow step towards the card, sideways against its backdrop.
Move card_move(const ShotBrief& brief, double length);
Scene photo_scene(const PhotoUse& use, const Composition& composition);

}  // namespace vidgen::local
