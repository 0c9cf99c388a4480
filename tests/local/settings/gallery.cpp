// SPDX-License-Identifier: Apache-2.0
// local_gallery FOLDER: the painter's sheets of docs/gallery.md, for tools/gallery.py: settings_outdoors.png,
// settings_rooms.png, settings_stages.png, settings_above.png, products.png and move.png. Every cell is a shot as a
// film has it, without words.
#include <cstdio>
#include <string>
#include <vector>

#include "local/paint/canvas.hpp"
#include "local/paint/text.hpp"
#include "local/products/product.hpp"
#include "local/shot.hpp"

namespace {

using namespace vidgen;
using namespace vidgen::local;

constexpr Size kPainted{960, 540};
constexpr int kWide = 400, kHigh = 225, kGap = 10, kLine = 26;

struct Cell {
  Cell() = default;
  std::string label, place, time, look = "cinematic", name, category, material, colour, shot = "medium_wide",
                                  camera = "orbit";
  int index = 1;
  double seconds = 2;
  std::uint64_t seed = 1;
};

Cell cell(std::string label, std::string place, std::string time, std::string category,
          std::string look = "cinematic") {
  Cell c;
  c.label = std::move(label);
  c.place = std::move(place);
  c.time = std::move(time);
  c.name = c.category = std::move(category);
  c.look = std::move(look);
  if (c.category == "bottle") c.material = "steel";
  return c;
}

ShotBrief brief_of(const Cell& c) {
  ShotBrief b;
  b.beat.shot = c.shot;
  b.beat.camera = c.camera;
  b.beat.role = "middle";
  b.index = c.index;
  b.count = 8;
  b.product.name = c.name;
  b.product.category = c.category;
  b.product.material = c.material;
  b.product.colour = c.colour;
  b.product.brand = "Norda";
  b.setting.place = c.place;
  b.setting.time = c.time;
  b.style.look = c.look;
  b.seed = c.seed;
  return b;
}

void put(Canvas& canvas, const Cell& c, double x, double y) {
  auto shot = make_shot(brief_of(c), kPainted, 4);
  if (!shot) {
    std::fprintf(stderr, "%s: %s\n", c.label.c_str(), shot.error().message().c_str());
    return;
  }
  Surface frame(kPainted.width, kPainted.height);
  (*shot)->paint_bgra(c.seconds, frame.pixels(), frame.stride());
  frame.changed();
  canvas.put(frame, x, y, kWide, kHigh);
  TextStyle style("Inter", 500, 13);
  draw_text(canvas, c.label, x, y + kHigh + 18, style, Color(0xaab0bc));
}

bool sheet(const std::string& path, const std::vector<Cell>& cells, int columns) {
  const int rows = (static_cast<int>(cells.size()) + columns - 1) / columns;
  Surface all(columns * (kWide + kGap) + kGap, rows * (kHigh + kLine + kGap) + kGap);
  Canvas canvas(all);
  canvas.paint(Color(0x14161a));
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const int at = static_cast<int>(i);
    put(canvas, cells[i], kGap + at % columns * (kWide + kGap), kGap + at / columns * (kHigh + kLine + kGap));
  }
  return write_png(all, path).has_value();
}

std::vector<Cell> outdoors() {
  std::vector<Cell> out;
  const char* things[][2] = {{"mountain", "bottle"}, {"desert", "backpack"}, {"beach", "perfume"},
                             {"forest", "sneaker"},  {"city", "car"},        {"street", "bag"}};
  for (const auto& [place, thing] : things)
    for (const char* hour : {"sunrise", "golden", "midday", "dusk", "night"}) {
      out.push_back(cell(std::string(place) + ", " + hour, place, hour, thing));
      out.back().index = static_cast<int>(out.size()) % 2 + 1;
    }
  return out;
}

std::vector<Cell> rooms() {
  std::vector<Cell> out;
  const char* things[][2] = {{"cafe", "mug"}, {"kitchen", "food"}, {"living_room", "speaker"}, {"desk", "laptop"}};
  for (const auto& [place, thing] : things)
    for (const char* hour : {"morning", "dusk"})
      for (const char* shot : {"wide", "medium"}) {
        out.push_back(cell(std::string(place) + ", " + (std::string(hour) == "dusk" ? "evening" : "day"), place, hour,
                           thing, "lifestyle"));
        out.back().shot = shot;
        out.back().index = static_cast<int>(out.size()) % 2 + 1;
      }
  return out;
}

std::vector<Cell> stages() {
  std::vector<Cell> out;
  const char* looks[] = {"cinematic", "lifestyle", "minimal", "luxury", "pop"};
  for (const char* place : {"studio", "studio_dark"})
    for (const char* look : looks) {
      out.push_back(cell(std::string(place) + ", " + look, place, "",
                         std::string(look) == "luxury" ? "perfume" : "headphones", look));
      out.back().seed = out.size();
    }
  for (const char* place : {"stage", "stage_dark"})
    for (int index = 0; index < 5; ++index) {
      out.push_back(cell(std::string(place) + ", beat " + std::to_string(index + 1), place, "", "phone", "minimal"));
      out.back().index = index;
      if (index == 0) out.back().shot = "wide";
    }
  return out;
}

std::vector<Cell> above() {
  std::vector<Cell> out;
  const char* things[][3] = {
      {"mountain", "sunrise", "bottle"}, {"desert", "golden", "watch"},    {"beach", "midday", "jar"},
      {"forest", "midday", "camera"},    {"city", "midday", "headphones"}, {"street", "night", "sneaker"},
      {"cafe", "morning", "mug"},        {"kitchen", "midday", "pouch"},   {"living_room", "golden", "book"},
      {"desk", "midday", "phone"},       {"studio", "", "lipstick"},       {"studio_dark", "", "game_controller"}};
  for (const auto& [place, hour, thing] : things) {
    out.push_back(cell(std::string(place) + " from above", place, hour, thing));
    out.back().shot = "top_down";
  }
  return out;
}

std::vector<Cell> products() {
  std::vector<Cell> out;
  const std::string_view standing[] = {"box", "app"};
  for (const ProductRow& row : product_rows()) {
    const std::string category(row.category);
    if (category == standing[0] || category == standing[1]) continue;
    out.push_back(cell(category, "studio", "", category, out.size() % 3 == 0 ? "minimal" : "lifestyle"));
    out.back().shot = "medium";
    out.back().index = 1 + static_cast<int>(out.size()) % 2;
  }
  out.push_back(cell("what it cannot draw: a labelled box", "studio", "", "garden gnome", "minimal"));
  return out;
}

std::vector<Cell> move() {
  std::vector<Cell> out;
  for (int i = 0; i < 6; ++i) {
    out.push_back(cell(std::to_string(i) + "/5 of an orbit", "mountain", "sunrise", "bottle"));
    out.back().seconds = 4.0 * i / 5;
  }
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "local_gallery FOLDER\n");
    return 2;
  }
  const std::string folder = std::string(argv[1]) + "/";
  const bool written =
      sheet(folder + "settings_outdoors.png", outdoors(), 5) && sheet(folder + "settings_rooms.png", rooms(), 4) &&
      sheet(folder + "settings_stages.png", stages(), 5) && sheet(folder + "settings_above.png", above(), 4) &&
      sheet(folder + "products.png", products(), 4) && sheet(folder + "move.png", move(), 3);
  return written ? 0 : 1;
}
