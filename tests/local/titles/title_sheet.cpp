// SPDX-License-Identifier: Apache-2.0
// local_title_sheet FOLDER [look [ink accent scrim]]: draws every look, role and aspect over a mid-tone picture and
// over a bright, busy one, a PNG each, plus a strip of frames in motion, for people to look at. Prints what layouts
// cost.
#include <cairo.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "local/titles/look.hpp"
#include "local/titles/titles.hpp"

namespace {

using vidgen::Bitmap;
using vidgen::Size;
using vidgen::Sprite;
using vidgen::Title;

struct Sample {
  const char* role;
  const char* place;
  const char* over;
  const char* text;
  const char* brand;
  const char* action;
  const char* mark;
};

constexpr Sample kSamples[] = {
    {"title", "", "", "Some mornings are worth the climb.", "", "", ""},
    {"title", "left", "Meet", "Everything,\nin sync.", "", "", ""},
    {"caption", "left", "Double-wall steel", "Cold for\n24 hours.", "", "", ""},
    {"caption", "right", "Stoneware", "Thrown by hand, one for every kind of morning.", "", "", ""},
    {"end_card", "", "", "Made for first light.", "Norda", "norda.example", "bottle"},
    {"end_card", "", "", "Carry less. Go further.", "", "Find yours", ""},
    {"caption", "left", "M\u00fcnchen", "Gr\u00fc\u00dfe, gl\u00fccklich\nund sch\u00f6n", "", "", ""},
    {"caption", "left", "", "L\u2019\u00e9t\u00e9, d\u00e9j\u00e0", "", "", ""},
    {"title", "", "", "\u4e16\u754c\u304c\u76ee\u899a\u3081\u308b\u524d\u306b", "", "", ""},
    {"caption", "right", "", "\u0633\u0627\u0639\u0629 \u0641\u0627\u062e\u0631\u0629", "", "", ""},
    {"caption", "right", "", "\u05e9\u05e2\u05d5\u05df \u05d9\u05d5\u05e7\u05e8\u05d4", "", "", ""},
    {"end_card", "", "", "\u305d\u3057\u3066\u3001\u9759\u3051\u3055", "\u30c4\u30d0\u30b5", "", ""},
};

struct Aspect {
  const char* name;
  Size size;
};
constexpr Aspect kAspects[] = {{"16x9", {1920, 1080}},
                               {"9x16", {1080, 1920}},
                               {"1x1", {1080, 1080}},
                               {"4x5", {1080, 1350}},
                               {"21x9", {2560, 1080}}};

std::uint32_t noise(std::uint32_t x, std::uint32_t y) {
  std::uint32_t h = x * 374761393U + y * 668265263U;
  h = (h ^ (h >> 13)) * 1274126177U;
  return h ^ (h >> 16);
}

std::vector<std::uint8_t> ground(Size size, bool bright) {
  std::vector<std::uint8_t> out(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) * 4);
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x) {
      const double v = static_cast<double>(y) / size.height, u = static_cast<double>(x) / size.width;
      double c[3] = {150 - 90 * v, 120 - 30 * u, 100 + 90 * v};
      if (bright) {
        const auto cell =
            static_cast<int>(noise(static_cast<std::uint32_t>(x / 24), static_cast<std::uint32_t>(y / 24)) % 60);
        c[0] = c[1] = c[2] = 255 - cell;
      }
      std::uint8_t* p =
          &out[(static_cast<std::size_t>(y) * static_cast<std::size_t>(size.width) + static_cast<std::size_t>(x)) * 4];
      for (int i = 0; i < 3; ++i) p[i] = static_cast<std::uint8_t>(c[i]);
      p[3] = 255;
    }
  return out;
}

void lay(std::vector<std::uint8_t>& picture, Size size, const Sprite& s) {
  const Bitmap& b = *s.bitmap;
  for (int y = 0; y < b.height; ++y) {
    const int row = s.y + y;
    if (row < 0 || row >= size.height || row < s.clip_top || row >= s.clip_bottom) continue;
    for (int x = 0; x < b.width; ++x) {
      const int column = s.x + x;
      if (column < 0 || column >= size.width) continue;
      const std::uint8_t* from =
          &b.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(b.stride) + 4 * static_cast<std::size_t>(x)];
      std::uint8_t* to = &picture[(static_cast<std::size_t>(row) * static_cast<std::size_t>(size.width) +
                                   static_cast<std::size_t>(column)) *
                                  4];
      for (int i = 0; i < 3; ++i)
        to[i] = static_cast<std::uint8_t>(std::lround(from[i] * s.alpha + to[i] * (1 - from[3] * s.alpha / 255.0)));
    }
  }
}

void write(const std::string& path, std::vector<std::uint8_t>& picture, Size size) {
  cairo_surface_t* surface =
      cairo_image_surface_create_for_data(picture.data(), CAIRO_FORMAT_RGB24, size.width, size.height, size.width * 4);
  if (cairo_surface_write_to_png(surface, path.c_str()) != CAIRO_STATUS_SUCCESS)
    std::fprintf(stderr, "cannot write %s\n", path.c_str());
  cairo_surface_destroy(surface);
}

struct Colours {
  std::string ink, accent, scrim;
};

Title title_of(const Sample& s, std::string_view look, const Colours& colours) {
  Title t;
  t.role = s.role;
  t.place = s.place;
  t.over = s.over;
  t.text = s.text;
  t.brand = s.brand;
  t.action = s.action;
  t.mark = s.mark;
  t.look = std::string(look);
  t.length = 120;
  t.ink = colours.ink;
  t.accent = colours.accent;
  t.scrim = colours.scrim;
  if (look == "cinematic") t.bars = "2.0";
  return t;
}

void draw(vidgen::TitleRenderer& renderer, const Sample& sample, int index, std::string_view look,
          const Colours& colours, const Aspect& aspect, const std::string& folder) {
  const auto begin = std::chrono::steady_clock::now();
  auto layer = renderer.layout(title_of(sample, look, colours), aspect.size, 30);
  const double ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
  if (!layer) {
    std::fprintf(stderr, "%s\n", layer.error().describe().c_str());
    return;
  }
  const std::vector<Sprite> settled = (*layer)->frame(80);
  std::size_t bytes = 0;
  for (const Sprite& s : settled) bytes += s.bitmap->pixels.size();
  const std::string name = std::string(look) + "_" + aspect.name + "_" + std::to_string(index);
  std::printf("%-24s %6.1f ms %6.2f MB %zu sprites\n", name.c_str(), ms, static_cast<double>(bytes) / 1e6,
              settled.size());
  for (const bool bright : {false, true}) {
    std::vector<std::uint8_t> picture = ground(aspect.size, bright);
    for (const Sprite& s : settled) lay(picture, aspect.size, s);
    write(folder + "/" + name + (bright ? "_bright.png" : "_mid.png"), picture, aspect.size);
  }
}

void draw_motion(vidgen::TitleRenderer& renderer, std::string_view look, const std::string& folder) {
  const Size size(960, 540);
  auto layer = renderer.layout(title_of(kSamples[2], look, Colours()), size, 30);
  if (!layer) return;
  for (const int n : {6, 8, 10, 12, 14, 18, 24, 60, 109, 112, 115}) {
    std::vector<std::uint8_t> picture = ground(size, false);
    for (const Sprite& s : (*layer)->frame(n)) lay(picture, size, s);
    char name[32];
    std::snprintf(name, sizeof name, "_motion_%03d.png", n);
    write(folder + "/" + std::string(look) + name, picture, size);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: local_title_sheet FOLDER [look [ink accent scrim]]\n");
    return 2;
  }
  const auto renderer = vidgen::local::make_title_renderer();
  std::printf("%s\n", renderer->version().c_str());
  const Colours colours = argc > 5 ? Colours{argv[3], argv[4], argv[5]} : Colours();
  int count = 0;
  const vidgen::local::titles::Look* looks = vidgen::local::titles::look_rows(count);
  for (int i = 0; i < count; ++i) {
    if (argc > 2 && looks[i].name != argv[2]) continue;
    for (const Aspect& aspect : kAspects) {
      int index = 0;
      for (const Sample& sample : kSamples) draw(*renderer, sample, index++, looks[i].name, colours, aspect, argv[1]);
    }
    draw_motion(*renderer, looks[i].name, argv[1]);
  }
  return 0;
}
