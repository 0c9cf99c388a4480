// SPDX-License-Identifier: Apache-2.0
// local_shot_sheet FOLDER [film] [time | WIDTHxHEIGHT]: a tool for looking at films as the painter shows them. Writes
// every beat's middle frame at full size and a contact sheet a film, wide and tall or in the size that is named; with
// "time", prints build and frame times instead. Outdoor films are named PLACE_HOUR.
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <string>
#include <vector>

#include "local/paint/canvas.hpp"
#include "local/shot.hpp"

namespace {

using namespace vidgen;
using namespace vidgen::local;
// Processor time: other programs on the machine do not count.

struct Beats {
  const char* shot;
  const char* camera;
  const char* role;
};

struct Film {
  std::string name, place, time, look, product, category, material, colour;
  std::vector<Beats> beats;
};

std::vector<Film> films() {
  const std::vector<Beats> showcase = {{"close_up", "push_in", "opening"},
                                       {"macro", "pan", "middle"},
                                       {"medium", "orbit", "middle"},
                                       {"wide", "crane_up", "middle"},
                                       {"close_up", "static", "closing"}};
  const std::vector<Beats> lifestyle = {{"wide", "pan", "opening"},
                                        {"medium", "tracking", "middle"},
                                        {"close_up", "handheld", "middle"},
                                        {"medium", "pull_out", "middle"},
                                        {"close_up", "static", "closing"}};
  const std::vector<Beats> launch = {{"wide", "crane_down", "opening"},
                                     {"medium", "push_in", "middle"},
                                     {"close_up", "push_in", "middle"},
                                     {"wide", "crane_up", "middle"},
                                     {"wide", "crane_up", "closing"}};
  const std::vector<Beats> all = {{"wide", "pan", "opening"},
                                  {"medium_wide", "orbit", "middle"},
                                  {"low_angle", "crane_up", "middle"},
                                  {"top_down", "static", "middle"},
                                  {"macro", "pan", "middle"}};
  std::vector<Film> out = {{"mountain", "mountain", "sunrise", "cinematic", "steel water bottle", "bottle", "steel", "", showcase},
          {"cafe", "cafe", "morning", "lifestyle", "ceramic mug", "mug", "ceramic", "", lifestyle},
          {"stage", "stage", "", "minimal", "phone", "phone", "", "", launch},
          {"studio", "studio", "", "pop", "running shoe", "sneaker", "", "", showcase},
          {"mountain2", "mountain", "sunrise", "cinematic", "steel water bottle", "bottle", "steel", "", all},
          {"golden", "mountain", "golden", "cinematic", "steel water bottle", "bottle", "steel", "", all},
          {"dusk", "mountain", "dusk", "cinematic", "steel water bottle", "bottle", "steel", "", lifestyle},
          {"midday", "mountain", "midday", "cinematic", "running shoe", "sneaker", "", "", lifestyle},
          {"kitchen", "kitchen", "", "lifestyle", "blue mug", "mug", "ceramic", "blue", all},
          {"cafe2", "cafe", "", "lifestyle", "ceramic mug", "mug", "ceramic", "", all},
          {"stagedark", "stage_dark", "", "minimal", "phone", "phone", "", "", launch},
          {"studiodark", "studio_dark", "", "luxury", "phone", "phone", "", "", all},
          {"studio2", "studio", "", "pop", "phone", "phone", "", "", all},
          {"cafenight", "cafe", "dusk", "lifestyle", "ceramic mug", "mug", "ceramic", "", all},
          {"kitchennight", "kitchen", "night", "lifestyle", "blue mug", "mug", "ceramic", "blue", lifestyle},
          {"living", "living_room", "", "lifestyle", "speaker", "speaker", "", "", all},
          {"livingnight", "living_room", "dusk", "lifestyle", "candle", "jar", "", "", all},
          {"livingsofa", "living_room", "", "lifestyle", "sofa", "sofa", "", "green", lifestyle},
          {"desk", "desk", "", "minimal", "laptop", "laptop", "", "", all},
          {"desknight", "desk", "night", "minimal", "book", "book", "", "", all},
          {"citynight", "city", "night", "cinematic", "car", "car", "", "red", all},
          {"cityday", "city", "midday", "cinematic", "backpack", "backpack", "", "", all},
          {"citydusk", "city", "dusk", "cinematic", "headphones", "headphones", "", "", lifestyle},
          {"citygolden", "city", "golden", "cinematic", "watch", "watch", "", "", showcase},
          {"street", "street", "", "pop", "running shoe", "sneaker", "", "", all},
          {"streetnight", "street", "night", "cinematic", "bottle", "bottle", "steel", "", all},
          {"streetgolden", "street", "golden", "lifestyle", "bag", "bag", "leather", "brown", lifestyle},
          {"studioblush", "studio", "", "luxury", "lipstick", "lipstick", "", "", all},
          {"studiolife", "studio", "", "lifestyle", "perfume", "perfume", "", "", all},
          {"darkslats", "studio_dark", "", "minimal", "headphones", "headphones", "", "", all},
          {"unknown", "studio", "", "pop", "garden gnome", "gnome", "", "", all}};
  const std::vector<Beats> outdoors = {{"wide", "pan", "opening"},        {"medium_wide", "orbit", "middle"},
                                       {"close_up", "push_in", "middle"}, {"low_angle", "crane_up", "middle"},
                                       {"top_down", "static", "middle"},  {"macro", "pan", "middle"},
                                       {"medium", "pan", "middle"},       {"wide", "static", "closing"}};
  const Film things[] = {{"", "mountain", "", "", "steel water bottle", "bottle", "steel", "", {}},
                         {"", "desert", "", "", "canvas backpack", "backpack", "", "", {}},
                         {"", "beach", "", "", "perfume", "perfume", "", "", {}},
                         {"", "forest", "", "", "red running shoe", "sneaker", "", "red", {}}};
  for (Film film : things)
    for (const char* hour : {"sunrise", "golden", "midday", "dusk", "night"}) {
      film.name = film.place + "_" + hour;
      film.time = hour;
      film.look = "cinematic";
      film.beats = outdoors;
      out.push_back(film);
    }
  return out;
}

ShotBrief brief_of(const Film& film, int index) {
  ShotBrief b;
  const Beats& beat = film.beats[static_cast<std::size_t>(index)];
  b.beat.shot = beat.shot;
  b.beat.camera = beat.camera;
  b.beat.role = beat.role;
  b.index = index;
  b.count = static_cast<int>(film.beats.size());
  b.product.name = film.product;
  b.product.category = film.category;
  b.product.material = film.material;
  b.product.colour = film.colour;
  b.product.brand = "Norda";
  b.setting.place = film.place;
  b.setting.time = film.time;
  b.style.look = film.look;
  return b;
}

void sheet(const Film& film, const std::string& folder, Size size, const std::string& suffix) {
  const int columns = static_cast<int>(film.beats.size()), w = size.width / 2, h = size.height / 2;
  Surface all(columns * (w + 8) + 8, h + 16);
  Canvas canvas(all);
  canvas.paint(Color(0x141518));
  for (int i = 0; i < columns; ++i) {
    auto shot = make_shot(brief_of(film, i), size, 4);
    if (!shot) {
      std::printf("%s %d: %s\n", film.name.c_str(), i, shot.error().message().c_str());
      continue;
    }
    Surface frame(size.width, size.height);
    (*shot)->paint_bgra(2, frame.pixels(), frame.stride());
    frame.changed();
    const std::string name = folder + "/" + film.name + suffix + "_" + std::to_string(i) + ".png";
    if (!write_png(frame, name)) std::printf("cannot write %s\n", name.c_str());
    canvas.put(frame, 8 + i * (w + 8), 8, w, h);
  }
  (void)write_png(all, folder + "/" + film.name + suffix + ".png");
}

double ms(std::clock_t from) {
  return 1000.0 * static_cast<double>(std::clock() - from) / CLOCKS_PER_SEC;
}

void time_film(const Film& film, Size size) {
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) * 2);
  const YuvView out{
      {bytes.data(), bytes.data() + size.width * size.height, bytes.data() + size.width * size.height * 5 / 4},
      {size.width, size.width / 2, size.width / 2}};
  for (int i = 0; i < static_cast<int>(film.beats.size()); ++i) {
    auto start = std::clock();
    auto shot = make_shot(brief_of(film, i), size, 4);
    const double build = ms(start);
    if (!shot) continue;
    (*shot)->paint(0, out);
    // The best of some runs: what else the machine does empties the caches even where its time is not counted.
    constexpr int kRuns = 8, kFrames = 8;
    double best = 1e9;
    for (int run = 0; run < kRuns; ++run) {
      start = std::clock();
      for (int f = 0; f < kFrames; ++f) (*shot)->paint((run * kFrames + f) / 16.0, out);
      best = std::min(best, ms(start) / kFrames);
    }
    std::printf("%-16s %-12s build %6.0f ms, frame %5.2f ms\n", film.name.c_str(),
                film.beats[static_cast<std::size_t>(i)].shot, build, best);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? argv[1] : ".";
  const std::string only = argc > 2 ? argv[2] : "";
  const bool timing = argc > 3 && std::strcmp(argv[3], "time") == 0;
  Size size;
  if (argc > 3 && !timing && std::sscanf(argv[3], "%dx%d", &size.width, &size.height) != 2) size = Size();
  for (const Film& film : films()) {
    if (!only.empty() && only != "all" && only != film.name) continue;
    if (timing) {
      time_film(film, Size(1280, 720));
    } else if (!size.empty()) {
      sheet(film, folder, size, "_" + size.to_string());
    } else {
      sheet(film, folder, Size(1280, 720), "");
      sheet(film, folder, Size(720, 1280), "_tall");
    }
  }
  return 0;
}
