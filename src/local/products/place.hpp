// SPDX-License-Identifier: Apache-2.0
// Puts a product on the ground of a scene: contact shadow, cast shadow, reflection, then the product itself.
// Works on any canvas transform without roll. The product is drawn straight onto the canvas, so a macro paints only
// what shows; shadows and reflection come from a small copy. Thread-safety as
// for product.hpp.
#pragma once

#include "local/products/product.hpp"

namespace vidgen::local {

struct Placement {
  Placement() = default;
  double x = 0, y = 0;     // where the foot's centre stands, in canvas units
  double unit = 1;         // canvas units per product unit (product_unit())
  double contact = .55;    // opacity of the dark under the foot; 0.8 outdoors; 0 none
  double cast = .5;        // opacity of the cast shadow; 0 none
  double flatten = .14;    // how far the cast shadow is laid down, 0.10 .. 0.22
  double reflection = 0;   // 0.12 matte floor, 0.18-0.28 studio, 0.42 wet street
  double rotation = 0;     // radians, about the foot
  bool detail = false;     // with the macro detail on it
  Color shadow{0x000000};  // the scene's darkest colour
};

void place(Canvas& canvas, const ProductRow& row, const ProductLook& look, const Light& light,
           const Placement& placement);

// The same for a cut-out photograph (premultiplied, with opacity): its lowest row stands on the ground and its height
// is one product unit. The scene's ambient light is multiplied in at 15 %, and its rim laid on at 40 %.
void place_cutout(Canvas& canvas, const Surface& cutout, const Light& light, const Placement& placement);

}  // namespace vidgen::local
