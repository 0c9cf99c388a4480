// SPDX-License-Identifier: Apache-2.0
// Specs and models for the planner's tests, and the rules that every plan must keep.
#pragma once

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "plan/planner.hpp"

namespace vidgen::plan::test {

const ModelSet& models();
ModelProfile model(const std::string& name);

// A film of equal beats; `fade` frames of transition between every pair when above 0.
Spec film(int beats, Rational seconds, Rational fps, Frames fade);
// The seeds' 30 s product film: beats of 3, 5, 7, 10 and 5 s, fades of half a second after the first and the third.
Spec showcase(Rational fps);

// splitmix64: the same sequence everywhere.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();
  int below(int n) { return static_cast<int>(next() % static_cast<std::uint64_t>(n)); }

 private:
  std::uint64_t state_;
};
Spec random_film(Random& random, Rational fps);

Result<Plan> plan_of(const Spec& spec, const std::string& video, const PlanOptions& options);

// Every rule of a plan that does not depend on a particular film. Empty when all hold, else what is wrong.
std::string broken_rule(const Plan& plan, const Spec& spec, const ModelProfile& video);

}  // namespace vidgen::plan::test
