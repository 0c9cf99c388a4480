// SPDX-License-Identifier: Apache-2.0
// Random: a small generator with a fixed algorithm (splitmix64), the same on every machine. Not for secrets.
// unique_id: a new name for a job, ordered by time, unlikely to clash.
#pragma once

#include <cstdint>
#include <string>

namespace vidgen::base {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  // In [0, n). n > 0.
  std::uint64_t below(std::uint64_t n) { return next() % n; }

 private:
  std::uint64_t state_;
};

// "20261121-7f3a9c21": the day it was made and 32 random bits of the operating system.
std::string unique_id();

}  // namespace vidgen::base
