// SPDX-License-Identifier: Apache-2.0
#include "spec/words.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace vidgen::spec {

bool is_name(std::string_view text) {
  if (text.empty() || text.size() > 64 || text[0] < 'a' || text[0] > 'z') return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

std::size_t edits(std::string_view a, std::string_view b, std::size_t most) {
  std::size_t gap = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (gap > most) return most + 1;
  std::vector<std::size_t> two(b.size() + 1), one(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) one[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({one[j] + 1, row[j - 1] + 1, one[j - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], two[j - 2] + 1);
    }
    two.swap(one);
    one.swap(row);
  }
  return one[b.size()];
}

Status check_size(Size size, Errc code, std::string_view field) {
  auto inside = [](int v) { return v >= kSideLeast && v <= kSideMost; };
  if (!inside(size.width) || !inside(size.height))
    return Error(code, std::string(field) + ": " + size.to_string() + " is outside 16 to 8192 pixels a side");
  if (size.width % 2 == 0 && size.height % 2 == 0) return {};
  Size even(size.width - size.width % 2, size.height - size.height % 2);
  return Error(code, std::string(field) + ": both sides must be even; the nearest to " + size.to_string() + " is " +
                         even.to_string());
}

Status check_fps(Rational fps, Errc code, std::string_view field) {
  if (fps >= Rational(1) && fps <= Rational(120) && fps.den() <= 100000) return {};
  return Error(code, std::string(field) + ": " + fps.to_string() + " frames a second is outside 1 to 120");
}

}  // namespace vidgen::spec
