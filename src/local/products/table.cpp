// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "local/products/rows.hpp"

namespace vidgen::local {
namespace {

// The first row stands for every category that has none.
constexpr std::array kRows = {
    ProductRow{"box", .78, 1.0, draw_box, nullptr, 0, -.55},
    ProductRow{"bottle", .27, 1.0, draw_bottle, detail_bottle, -.02, -.47},
    ProductRow{"mug", 1.10, .86, draw_mug, detail_mug, .05, -.62, nullptr, .115},
    ProductRow{"phone", .49, 1.0, draw_phone, detail_phone, .06, -.78},
    ProductRow{"sneaker", 1.66, .69, draw_sneaker, nullptr, -.1, -.42},
    ProductRow{"headphones", 1.05, .86, draw_headphones, nullptr, .36, -.24},
    ProductRow{"watch", .54, 1.0, draw_watch, nullptr, .04, -.52},
    ProductRow{"laptop", 1.48, .89, draw_laptop, nullptr, .3, -.4},
    ProductRow{"backpack", .88, 1.0, draw_backpack, nullptr, .13, -.45},
    ProductRow{"perfume", .54, .91, draw_perfume, nullptr, .02, -.35},
    ProductRow{"lamp", .62, 1.02, draw_lamp, nullptr, 0, -.7, glow_lamp},
    ProductRow{"book", .66, .93, draw_book, nullptr, -.02, -.7},
    ProductRow{"car", 2.0, .62, draw_car, nullptr, .6, -.3, glow_car},
    ProductRow{"lipstick", .23, 1.0, draw_lipstick, nullptr, .01, -.8},
    ProductRow{"jar", 1.02, .68, draw_jar, nullptr, .1, -.4},
    ProductRow{"speaker", .62, 1.0, draw_speaker, nullptr, .1, -.7},
    ProductRow{"drink_can", .47, 1.0, draw_drink_can, detail_drink_can, 0, -.6},
    ProductRow{"camera", 1.45, .83, draw_camera, nullptr, .06, -.45},
    ProductRow{"bag", .92, .98, draw_bag, nullptr, 0, -.5},
    ProductRow{"plant", .78, .97, draw_plant, nullptr, 0, -.2},
    ProductRow{"chair", .62, .97, draw_chair, nullptr, .1, -.7},
    ProductRow{"app", .49, 1.0, draw_phone, detail_phone, .06, -.78},
    ProductRow{"sofa", 2.0, .81, draw_sofa, nullptr, .61, -.5},
    ProductRow{"jewellery", .68, .86, draw_jewellery, nullptr, 0, -.74},
    ProductRow{"game_controller", 1.57, .72, draw_game_controller, nullptr, .4, -.45},
    ProductRow{"pouch", .62, .99, draw_pouch, nullptr, 0, -.5},
    ProductRow{"food", 1.20, .74, draw_food, nullptr, .05, -.55},
    ProductRow{"toy", 1.06, 1.0, draw_toy, nullptr, .22, -.62},
    ProductRow{"service", 1.48, 1.0, draw_service, nullptr, .42, -.27},
    ProductRow{"event", 1.68, .84, draw_event, nullptr, .46, -.40},
    ProductRow{"idea", .98, .84, draw_idea, nullptr, .1, -.55, glow_idea},
    ProductRow{"bicycle", 1.71, .96, draw_bicycle, nullptr, .1, -.42},
};

}  // namespace

std::span<const ProductRow> product_rows() {
  return kRows;
}

const ProductRow& product_row(std::string_view category) {
  const auto found =
      std::find_if(kRows.begin(), kRows.end(), [&](const ProductRow& row) { return row.category == category; });
  return found == kRows.end() ? kRows.front() : *found;
}

bool has_product_row(std::string_view category) {
  return product_row(category).category == category;
}

}  // namespace vidgen::local
