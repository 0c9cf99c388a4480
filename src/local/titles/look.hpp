// SPDX-License-Identifier: Apache-2.0
// The styles of type as data: one row a look. Sizes are shares of the frame's height at 16:9, tracking and leading
// are em. Adding a look is adding a row.
#pragma once

#include <string_view>

namespace vidgen::local::titles {

// Families in order of preference; letters that the first lacks come from the next.
struct Face {
  const char* families;
  int weight;
  bool italic;
};

struct Type {
  Face face;
  double size;
  double tracking;
  double leading;
  bool capitals;
};

// How lines come in: from behind a mask, or out of nothing while their letters close up.
enum class Entry { rise, fade };

struct Look {
  std::string_view name;
  Entry entry;
  Type title, caption, over, title_over;
  Type brand, promise, action;
  bool mark_beside_brand;
  bool pill_outlined;
  std::string_view ink, accent, scrim;  // when the title names none
  std::string_view title_place;         // when the title names none
};

// The row of a name; the first row for a name that is not there.
const Look& find_look(std::string_view name);
// All rows, ended by their count.
const Look* look_rows(int& count);

inline constexpr int kTitleChars = 22, kCaptionChars = 28, kSmallChars = 34;
inline constexpr int kMaxLines = 2;
inline constexpr double kLeastScale = 0.7;
// Type of this share of the frame's height and above counts as large.
inline constexpr double kLargeType = 0.05;
inline constexpr double kLargeContrast = 3.0, kSmallContrast = 4.5;

}  // namespace vidgen::local::titles
