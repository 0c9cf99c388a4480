// SPDX-License-Identifier: Apache-2.0
// History: one seed carried through from a prompt to a film, with whatever its faults did to it, and what is wrong with
// the end. Thread-safety: none; one at a time in a process.
#pragma once

#include <string>
#include <vector>

namespace vidgen::sim {

struct Told {
  Told() = default;
  std::vector<std::string> wrong;  // empty: all promises were kept
  std::vector<std::string> lines;  // what happened, where it was traced
  std::string film;                // its SHA-256; empty when it was cancelled
  int lives = 0;
  double hours = 0;  // of the world's time
};

Told run_history(std::uint64_t seed, bool trace);

}  // namespace vidgen::sim
