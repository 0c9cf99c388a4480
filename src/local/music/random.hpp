// SPDX-License-Identifier: Apache-2.0
// Rng: the composer's own random numbers (splitmix64), so that every compiler draws the same ones.
// Not for secrets. Thread-safety: one thread at a time.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace vidgen::local {

class Rng {
 public:
  explicit Rng(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ull);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
  }
  // In [0, 1).
  double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
  // In [0, n).
  int below(int n) { return static_cast<int>(next() % static_cast<std::uint64_t>(n)); }
  // Mean 0, deviation 1, cut at 2.5: twelve uniform numbers, so that no library's logarithm matters.
  double normal() {
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += unit();
    return std::clamp(sum, -2.5, 2.5);
  }

 private:
  std::uint64_t state_;
};

// A seed for one purpose: parts do not disturb each other's numbers.
inline std::uint64_t seed_for(std::uint64_t seed, std::string_view purpose, std::uint64_t index = 0) {
  std::uint64_t hash = 0xCBF29CE484222325ull;
  for (char c : purpose) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ull;
  Rng mix(seed ^ hash ^ (index * 0xD6E8FEB86659FD93ull));
  return mix.next();
}

}  // namespace vidgen::local
