// SPDX-License-Identifier: Apache-2.0
// Thousands of films: every clip model, every continuity, every usual rate. Each plan keeps every rule.
#include "fixtures.hpp"

namespace vidgen::plan::test {
namespace {

constexpr Continuity kAll[] = {Continuity::beat,  Continuity::take, Continuity::hybrid,
                               Continuity::batch, Continuity::none, Continuity::anchored};

bool can(const ModelProfile& m, Continuity c) {
  if (!m.retired.empty()) return false;
  if (c == Continuity::none) return true;
  if (c == Continuity::anchored) return m.first_frame != Need::no && m.last_frame != Need::no;
  return m.first_frame != Need::no;
}

void try_all(const ModelProfile& m, Rational fps, int films, Random& random, int& plans) {
  const std::string fps_text = fps.to_string();
  for (int i = 0; i < films; ++i) {
    const Spec spec = random_film(random, fps);
    for (Continuity c : kAll) {
      PlanOptions options;
      options.continuity = c;
      options.batch = 1 + random.below(4);
      options.captions = random.below(2) == 0;
      auto plan = plan_of(spec, m.name, options);
      const std::string where =
          m.name + " " + continuity_text(c, options.batch) + " " + fps_text + " film " + std::to_string(i);
      ASSERT_EQ(plan.has_value(), can(m, c)) << where << ": " << (plan ? "planned" : plan.error().describe());
      if (!plan) {
        EXPECT_NE(plan.error().message().find(m.name), std::string::npos) << where;
        continue;
      }
      const std::string what = broken_rule(*plan, spec, m);
      ASSERT_EQ(what, "") << where;
      for (const std::string& note : plan->notes)
        ASSERT_EQ(note.find("in place of"), std::string::npos) << where << ": " << note;
      ++plans;
    }
  }
}

TEST(PlanProperties, EveryModelContinuityAndRate) {
  Random random(20260101);
  int plans = 0;
  for (const auto& [name, m] : models().models) {
    if (m.kind != ModelKind::video) continue;
    for (Rational fps : {Rational(24), Rational(25), Rational(30), Rational(30000, 1001), Rational(60)})
      try_all(m, fps, 6, random, plans);
  }
  EXPECT_GT(plans, 3000);
}

// The defaults get more films than the rest.
TEST(PlanProperties, Defaults) {
  Random random(7);
  int plans = 0;
  for (const char* name : {"wan", "local-animatic", "hailuo", "pixverse", "zeroscope"})
    for (Rational fps : {Rational(24), Rational(30), Rational(30000, 1001)})
      try_all(model(name), fps, 40, random, plans);
  EXPECT_GT(plans, 1500);
}

TEST(PlanProperties, SameInputSameBytes) {
  Random a(3), b(3);
  for (int i = 0; i < 20; ++i) {
    PlanOptions options;
    options.continuity = kAll[i % 6];
    auto one = plan_of(random_film(a, 30), "wan", options), two = plan_of(random_film(b, 30), "wan", options);
    ASSERT_TRUE(one && two);
    EXPECT_EQ(to_json(*one), to_json(*two));
  }
}

TEST(PlanProperties, JsonRoundTrip) {
  Random random(11);
  for (int i = 0; i < 40; ++i) {
    PlanOptions options;
    options.continuity = kAll[i % 6];
    auto plan = plan_of(random_film(random, Rational(30000, 1001)), i % 2 ? "wan" : "local-animatic", options);
    ASSERT_TRUE(plan) << plan.error().describe();
    auto back = plan_from_json(to_json(*plan));
    ASSERT_TRUE(back) << back.error().describe();
    EXPECT_EQ(*back, *plan);
  }
}

}  // namespace
}  // namespace vidgen::plan::test
