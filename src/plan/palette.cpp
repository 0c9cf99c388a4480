// SPDX-License-Identifier: Apache-2.0
// The palettes' colours for words, and which one a film has.
#include "base/photo_colours.hpp"
#include "plan/direction.hpp"

namespace vidgen::plan {
namespace {

enum Name {
  sunrise,
  golden,
  dusk,
  cafe,
  kitchen,
  night_city,
  desert,
  beach,
  minimal_light,
  minimal_dark,
  blush,
  graphite,
  nordic,
  pop,
  studio_light
};

const std::vector<Palette>& table() {
  static const std::vector<Palette> rows = {
      {"sunrise", "#ffffff", "#ffc27e", "#1c2338"},       {"golden", "#ffffff", "#ffd98a", "#223730"},
      {"dusk", "#ffe9d6", "#ff9d7a", "#131229"},          {"cafe", "#ffffff", "#ffd79a", "#1c110a"},
      {"kitchen", "#ffffff", "#ffe6bd", "#131a1a"},       {"night_city", "#ffffff", "#ffd79a", "#0d1030"},
      {"desert", "#3a1a14", "#fff1cf", "#f6d7a2"},        {"beach", "#0f3a4a", "#ffffff", "#dff3ee"},
      {"minimal_light", "#11131c", "#3b5bff", "#f5f4f1"}, {"minimal_dark", "#ffffff", "#8fa2ff", "#05061a"},
      {"blush", "#33261c", "#b3202f", "#efcfc6"},         {"graphite", "#ffffff", "#c9a27a", "#0b0d10"},
      {"nordic", "#22302a", "#e2783c", "#eef0ea"},        {"pop", "#2b2350", "#ffffff", "#ffd447"},
      {"studio_light", "#161c26", "#2f5485", "#e9eff6"}};
  return rows;
}

struct Row {
  std::string_view place, time;  // empty: any
  Name palette;
};

// The first row that matches decides.
constexpr Row kPlaces[] = {
    {"cafe", "night", dusk},
    {"cafe", "", cafe},
    {"kitchen", "night", dusk},
    {"kitchen", "", kitchen},
    {"dining", "", kitchen},
    {"living_room", "night", dusk},
    {"living_room", "", cafe},
    {"desk", "night", dusk},
    {"desk", "", cafe},
    {"desert", "night", dusk},
    {"desert", "dusk", dusk},
    {"desert", "", desert},
    {"beach", "dusk", dusk},
    {"beach", "night", dusk},
    {"beach", "sunrise", sunrise},
    {"beach", "golden", golden},
    {"beach", "", beach},
    {"city", "night", night_city},
    {"city", "dusk", night_city},
    {"street", "night", night_city},
    {"stage", "night", minimal_dark},
    {"stage", "dusk", minimal_dark},
    {"stage", "", minimal_light},
    {"club", "", night_city},
    {"road", "night", night_city},
    {"bathroom", "", blush},
    {"vanity", "", blush},
    {"library", "", nordic},
    {"office", "", nordic},
    {"", "night", dusk},
    {"", "dusk", dusk},
    {"", "sunrise", sunrise},
    {"", "dawn", sunrise},
    {"", "golden", golden},
    {"", "sunset", dusk},
};

Name by_look(const Setting& setting, const Style& style) {
  const bool night = setting.time == "night" || setting.time == "dusk";
  if (style.look == "minimal") return night ? minimal_dark : minimal_light;
  if (style.look == "luxury") return graphite;
  if (style.look == "pop") return pop;
  if (style.look == "lifestyle") return golden;
  return sunrise;
}

// Grounds without a place of their own: there the look decides. Anywhere else its colours would lie over the place's.
bool quiet(const Setting& setting, bool plain) {
  return setting.place.empty() || setting.place == "studio" || (plain && setting.place == "stage");
}

Name on_quiet(const Setting& setting, const Style& style, bool plain) {
  if (plain) return by_look(setting, style);
  return style.look == "luxury" ? blush : studio_light;  // a studio is bright and has dark words
}

}  // namespace

const std::vector<Palette>& palettes() {
  return table();
}

const Palette& palette_of(const Setting& setting, const Style& style) {
  const auto named = [](Name name) -> const Palette& { return table()[static_cast<std::size_t>(name)]; };
  const bool plain = style.look == "minimal" || style.look == "pop";
  if (quiet(setting, plain)) return named(on_quiet(setting, style, plain));
  for (const Row& row : kPlaces)
    if ((row.place.empty() || row.place == setting.place) && (row.time.empty() || row.time == setting.time))
      return named(row.palette);
  return named(plain ? golden : by_look(setting, style));
}

constinit const Palette kOverPicture{"picture", "#ffffff", "#ffd9a6", "#14161c"};

// A grey photograph has no hue to give. Shades take less colour than accents, for they lie over the picture; light ones
// stay as they are, or they would look like fog.
Inks tinted(const Palette& palette, const Photograph& photograph) {
  constexpr double kInAccent = .15, kInShade = .05;
  Inks out{std::string(palette.ink), std::string(palette.accent), std::string(palette.scrim)};
  const bool dark = base::lab_of(out.scrim).l < .5;
  if (!photograph.accent.empty()) out.accent = base::at_step(photograph.accent, out.accent, kInAccent);
  if (dark && !photograph.dark.empty()) out.scrim = base::at_step(photograph.dark, out.scrim, kInShade);
  return out;
}

}  // namespace vidgen::plan
