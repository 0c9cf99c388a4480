// SPDX-License-Identifier: Apache-2.0
// Shared by the tests of this room: the built-in templates, a small random generator, valid specs and requests.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "vidgen/spec.hpp"

namespace vidgen::testing_spec {

inline const TemplateSet& built_in() {
  static const TemplateSet set = TemplateSet::load().value();
  return set;
}

// splitmix64
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  int below(int n) { return static_cast<int>(next() % static_cast<std::uint64_t>(n)); }
  bool coin() { return below(2) == 1; }
  std::string word() {
    static const char* const kWords[] = {"",           "a",           "mug",       "caf\u00e9", "\u6c34", "line\nbreak",
                                         "\"quoted\"", "back\\slash", "\U0001F525"};
    return kWords[below(9)];
  }

 private:
  std::uint64_t state_;
};

inline Spec spec_of(const std::string& prompt, const std::string& name = {}) {
  Request r;
  r.prompt = prompt;
  r.template_name = name;
  auto s = spec_by_rules(r, built_in());
  EXPECT_TRUE(s) << (s ? "" : s.error().describe());
  return s ? *s : Spec();
}

inline Spec mug() {
  return spec_of("a ceramic mug on a walnut desk, morning light");
}

}  // namespace vidgen::testing_spec
