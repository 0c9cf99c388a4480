// SPDX-License-Identifier: Apache-2.0
// What the title tests share: sample titles, comparisons of sprites, and the settled look of a composition.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "local/titles/area.hpp"
#include "local/titles/compose.hpp"
#include "local/titles/look.hpp"
#include "local/titles/titles.hpp"

namespace vidgen::local::titles {

// The five aspects, and one small frame.
inline constexpr Size kFrames[] = {{960, 540}, {540, 960}, {540, 540}, {540, 676}, {1260, 540}, {426, 240}};

inline std::vector<std::string> look_names() {
  int count = 0;
  const Look* rows = look_rows(count);
  std::vector<std::string> names;
  for (int i = 0; i < count; ++i) names.emplace_back(rows[i].name);
  return names;
}

inline Title words(std::string role, std::string look, std::string text) {
  Title title;
  title.role = std::move(role);
  title.look = std::move(look);
  title.text = std::move(text);
  title.length = 120;
  return title;
}

inline bool same_pixels(const Bitmap& a, const Bitmap& b) {
  return a.width == b.width && a.height == b.height && a.stride == b.stride && a.pixels == b.pixels;
}

inline bool same_place(const Sprite& a, const Sprite& b) {
  return a.x == b.x && a.y == b.y && a.alpha == b.alpha && a.clip_top == b.clip_top && a.clip_bottom == b.clip_bottom;
}

// Type, marks and pills: all but the scrim.
inline std::vector<const Part*> inked(const Composition& composition) {
  std::vector<const Part*> out;
  for (const Part& part : composition.parts)
    if (part.move != Move::scrim) out.push_back(&part);
  return out;
}

inline const Part* scrim_of(const Composition& composition) {
  for (const Part& part : composition.parts)
    if (part.move == Move::scrim) return &part;
  return nullptr;
}

}  // namespace vidgen::local::titles
