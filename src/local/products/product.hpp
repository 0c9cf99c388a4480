// SPDX-License-Identifier: Apache-2.0
// What the painter can draw as a film's subject: a table of products, one row and one file each. Anything without a
// row is the labelled box on its plinth. Product units: foot at (0, 0), y downwards, nominal height 1 (see `height`).
// Rows are constants; drawing keeps no state, so any thread may draw on its own canvas. Same look, light and size:
// same bytes. Nothing here fails.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "local/paint/canvas.hpp"
#include "local/paint/light.hpp"
#include "vidgen/spec.hpp"

namespace vidgen::local {

// What a surface is made of, as far as light is concerned.
enum class Material { own, steel, matte, satin, ceramic, leather, fabric, gold, glass, wood, plastic };

// How one film's product looks. Colours left at their defaults are the product's own.
struct ProductLook {
  ProductLook() = default;
  Color albedo;               // the body, when colour_named
  Color accent;               // straps, soles, caps: chosen to go with the body
  bool colour_named = false;  // the prompt named a colour
  bool accent_named = false;  // and a second one: "black and gold"
  Material material = Material::own;
  std::string name;   // what the prompt calls it, in lower case where the script has one
  std::string brand;  // set on the product; empty: an abstract mark
  std::string label;  // what the box says: the brand, else the product's name; never empty
  std::uint64_t seed = 0;
  // The named colour, else the product's own.
  Color body(Color own) const { return colour_named ? albedo : own; }
  Color second(Color own) const { return accent_named ? accent : own; }
};

// Reads colour and material words ("matte black", "navy enamel"); hexadecimal colours too. A material that is itself
// a colour ("gold", "steel") sets both.
ProductLook product_look(const Product& product, std::uint64_t seed = 0);
// The colour of the first colour word in the text, changed by "dark", "light", "pale", "deep" before it; false if none.
bool find_color(std::string_view text, Color& color);

struct ProductRow {
  std::string_view category;
  double width, height;  // of the silhouette in product units, handles and soles included
  void (*draw)(Canvas&, const Light&, const ProductLook&);
  // Drawn over the product in a macro shot: droplets, stitches, glints. May be null.
  void (*detail)(Canvas&, const Light&, const ProductLook&);
  double macro_x, macro_y;  // the point worth a macro, in product units
  // Light that the product throws round itself, drawn behind it by place(): a lamp's halo. May be null.
  void (*glow)(Canvas&, const Light&, const ProductLook&) = nullptr;
  double aside = 0;  // how far its middle lies to the right of where it stands: a handle's doing
};

std::span<const ProductRow> product_rows();
// The row of that category; the labelled box for every other word.
const ProductRow& product_row(std::string_view category);
bool has_product_row(std::string_view category);

// The length of one product unit that makes the product `height` tall but no wider than `max_width`.
double product_unit(const ProductRow& row, double height, double max_width);

// The row's detail, if it has one.
void draw_macro_detail(Canvas& canvas, const ProductRow& row, const Light& light, const ProductLook& look);

}  // namespace vidgen::local
