// SPDX-License-Identifier: Apache-2.0
#include "spec/aspect.hpp"

#include <algorithm>

namespace vidgen::spec {
namespace {

struct AspectRow {
  std::string_view word;
  int width, height;
};

constexpr AspectRow kAspects[] = {
    {"16:9", 1920, 1080}, {"9:16", 1080, 1920}, {"1:1", 1080, 1080}, {"4:5", 1080, 1350}, {"21:9", 2520, 1080}};
constexpr int kDraftSide = 640;

int even(std::int64_t value, std::int64_t over, std::int64_t under) {
  std::int64_t half = Rational(value * over, under * 2).round();
  return static_cast<int>(std::max<std::int64_t>(half, 8) * 2);
}

}  // namespace

std::optional<Size> size_of_aspect(std::string_view aspect) {
  for (const AspectRow& row : kAspects)
    if (row.word == aspect) return Size(row.width, row.height);
  return {};
}

std::string aspect_words() {
  std::string out;
  for (const AspectRow& row : kAspects) out += (out.empty() ? "" : ", ") + std::string(row.word);
  return out;
}

Size size_at(Size full, Quality quality) {
  int longest = std::max(full.width, full.height);
  if (quality != Quality::draft || longest <= kDraftSide) return full;
  return Size(even(full.width, kDraftSide, longest), even(full.height, kDraftSide, longest));
}

}  // namespace vidgen::spec
