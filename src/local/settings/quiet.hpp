// SPDX-License-Identifier: Apache-2.0
// The quiet ground of an end card made from a place's own scene: no subject, far out of focus, under a dark veil.
// Pure.
#pragma once

#include "local/compositor/layer.hpp"
#include "local/settings/direction.hpp"

namespace vidgen::local {

// What a scene is to be composed for; its function then leaves out what has edges when `closing`.
Composition blurred_composition(Composition c);
// Lays `dark` over the scene, denser where the words stand.
Scene veiled(Scene scene, Color dark);

}  // namespace vidgen::local
