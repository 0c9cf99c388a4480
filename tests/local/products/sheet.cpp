// SPDX-License-Identifier: Apache-2.0
// A contact sheet of the drawn products, to be looked at: local_product_sheet OUT.png [CELL_HEIGHT [CATEGORY [LOOK
// [macro]]]]. Rows of the sheet are products, columns three lights; with a category, only that one. LOOK is
// "brand/material/colour/name".
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "local/products/place.hpp"

using namespace vidgen::local;

namespace {

struct Scene {
  Light light;
  Color wall_lit, wall_far, floor, dark;
};

Scene sunrise() {
  Scene s{{}, Color(0xc98a6a), Color(0x26365f), Color(0x4d4560), Color(0x0c1020)};
  s.light.key = Color(0xffd9a6);
  s.light.fill = Color(0x7d90c4);
  s.light.ambient = Color(0x4a5377);
  s.light.rim = Color(0xffcf8f);
  s.light.sky = Color(0x9fb0dc);
  s.light.ground = Color(0x7a5746);
  s.light.elevation = .2;
  return s;
}

Scene morning() {
  Scene s{{}, Color(0xf1e6d4), Color(0xcdb797), Color(0xc4ac8a), Color(0x1a0d06)};
  s.light.side = -1;
  s.light.key = Color(0xfff0d6);
  s.light.fill = Color(0xe2b98d);
  s.light.ambient = Color(0x877a72);
  s.light.rim = Color(0xfff0cf);
  s.light.sky = Color(0xf4e3c6);
  s.light.ground = Color(0x8a5a34);
  s.light.elevation = .45;
  s.light.rim_strength = .8;
  return s;
}

Scene studio() {
  const Color back(0x5a606c), far(0x1d2026);
  Scene s{{}, back, far, Color(0x24272e), Color(0x06070a)};
  s.light.key = Color(0xfff3e0);
  s.light.fill = mix(back, kWhite, .3);
  s.light.ambient = mix(mix(back, far, .5), Color(0x2c313c), .35);
  s.light.rim = Color(0xfff2dd);
  s.light.sky = mix(back, kWhite, .5);
  s.light.ground = far;
  s.light.elevation = .5;
  return s;
}

void cell(Canvas& c, const ProductRow& row, const ProductLook& look, const Scene& s, double h, bool macro) {
  const double w = h * 4 / 3, side = s.light.side;
  const auto guard = c.saved();
  c.rect(0, 0, w, h);
  c.clip();
  c.paint(s.wall_far);
  c.paint(rad(w / 2 + side * w * .22, h * .34, 0, w * .72, soft(s.wall_lit, 1)));
  c.rect(0, h * .76, w, h * .24);
  c.fill(lin(0, h * .72, 0, h, {{0, alpha(s.floor, 0)}, {.35, alpha(s.floor, .75)}, {1, mix(s.floor, kBlack, .25)}}));
  Placement p;
  p.x = w / 2;
  p.y = h * .86;
  p.unit = product_unit(row, h * .76, w * .78);
  if (macro) {
    p.unit = std::min(h * 2.1 / row.height, w * .62 / row.width * (row.width > row.height ? 2.2 : 1));
    p.x = w * .42 - row.macro_x * p.unit;
    p.y = h * .5 - row.macro_y * p.unit;
    p.detail = true;
  }
  p.reflection = .16;
  p.shadow = s.dark;
  place(c, row, look, s.light, p);
}

ProductLook look_from(const std::string& text, const ProductRow& row) {
  vidgen::Product product;
  const auto a = text.find('/'), b = text.find('/', a + 1);
  product.brand = text.substr(0, a);
  if (a != std::string::npos) product.material = text.substr(a + 1, b - a - 1);
  const auto e = b == std::string::npos ? b : text.find('/', b + 1);
  if (b != std::string::npos) product.colour = text.substr(b + 1, e == std::string::npos ? e : e - b - 1);
  product.category = std::string(row.category);
  product.name = e == std::string::npos ? "Herbal sampler" : text.substr(e + 1);
  return product_look(product, 7);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2)
    return std::fprintf(stderr, "usage: local_product_sheet OUT.png [CELL_HEIGHT [CATEGORY [LOOK [macro]]]]\n"), 2;
  const double h = argc > 2 ? std::atof(argv[2]) : 360;
  std::vector<const ProductRow*> rows;
  for (const ProductRow& row : product_rows()) {
    if (argc <= 3 || argv[3][0] == 0 || row.category == argv[3]) rows.push_back(&row);
  }
  const Scene scenes[] = {sunrise(), morning(), studio()};
  Surface sheet(static_cast<int>(h * 4), static_cast<int>(h * static_cast<double>(rows.size())));
  Canvas c(sheet);
  for (const ProductRow* row : rows) {
    for (int i = 0; i < 3; ++i) {
      const auto guard = c.saved();
      c.translate(i * h * 4 / 3, 0);
      cell(c, *row, look_from(argc > 4 ? argv[4] : "", *row), scenes[i], h, argc > 5);
    }
    c.translate(0, h);
  }
  const auto written = write_png(sheet, argv[1]);
  if (!written) std::fprintf(stderr, "%s\n", written.error().message().c_str());
  return written ? 0 : 1;
}
