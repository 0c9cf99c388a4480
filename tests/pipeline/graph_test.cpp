// SPDX-License-Identifier: Apache-2.0
#include "pipeline/graph.hpp"

#include <gtest/gtest.h>

namespace vidgen {
namespace {

Step step(std::string id, std::vector<std::string> inputs, std::string resource, int seconds, int phase) {
  Step s;
  s.id = std::move(id);
  s.inputs = std::move(inputs);
  s.resource = std::move(resource);
  s.seconds = seconds;
  s.phase = phase;
  return s;
}

Plan diamond() {
  Plan plan;
  plan.steps = {step("a", {}, "cpu", 1, 4), step("b", {"a"}, "encode", 2, 5), step("c", {"a"}, "encode", 2, 5),
                step("d", {"b", "c"}, "cpu", 1, 6)};
  return plan;
}

TEST(Graph, StartsWhatIsReadyWithinTheSlots) {
  Graph graph;
  graph.adopt(diamond());
  Slots slots{{"cpu", 2}, {"encode", 1}};
  // Only the root has all its inputs.
  EXPECT_EQ(graph.ready(slots), std::vector<std::string>{"a"});
  graph.find("a")->state = Graph::State::done;
  // Two could start, one slot is there: the first of the plan's order takes it.
  EXPECT_EQ(graph.ready(slots), std::vector<std::string>{"b"});
  graph.find("b")->state = Graph::State::running;
  EXPECT_TRUE(graph.ready(slots).empty());
  slots["encode"] = 2;
  EXPECT_EQ(graph.ready(slots), std::vector<std::string>{"c"});
}

TEST(Graph, ProgressIsWeightedAndThePhaseIsTheLowestOpenOne) {
  Graph graph;
  graph.adopt(diamond());
  EXPECT_DOUBLE_EQ(graph.fraction(), 0);
  EXPECT_EQ(graph.phase(), 4);
  graph.find("a")->state = Graph::State::done;
  EXPECT_NEAR(graph.fraction(), 1.0 / 6, 1e-9);
  graph.find("b")->state = Graph::State::running;
  graph.find("b")->fraction->store(0.5);
  EXPECT_NEAR(graph.fraction(), 2.0 / 6, 1e-9);
  EXPECT_EQ(graph.phase(), 5);
  for (const char* id : {"b", "c", "d"}) graph.find(id)->state = Graph::State::done;
  EXPECT_DOUBLE_EQ(graph.fraction(), 1);
  EXPECT_TRUE(graph.complete());
  EXPECT_EQ(graph.phase(), 7);
}

TEST(Graph, ARevisionKeepsWhatIsDone) {
  Graph graph;
  graph.adopt(diamond());
  graph.find("a")->state = Graph::State::done;
  Plan revised = diamond();
  revised.steps.insert(revised.steps.begin() + 1, step("a2", {"a"}, "cpu", 1, 4));
  revised.steps[2].inputs = {"a2"};
  graph.adopt(revised);
  EXPECT_EQ(graph.find("a")->state, Graph::State::done);
  Slots slots{{"cpu", 2}, {"encode", 2}};
  EXPECT_EQ(graph.ready(slots), (std::vector<std::string>{"a2", "c"}));
}

// The same name with other inputs or words is another step: what was made for the old one is not its result.
TEST(Graph, ARevisionForgetsAStepWhoseKeyChanged) {
  Plan plan = diamond();
  for (Step& s : plan.steps) s.key = "key of " + s.id;
  Graph graph;
  graph.adopt(plan);
  for (const char* id : {"a", "b"}) graph.find(id)->state = Graph::State::done;
  plan.steps[1].key = "another key";
  graph.adopt(plan);
  EXPECT_EQ(graph.find("a")->state, Graph::State::done);
  EXPECT_EQ(graph.find("b")->state, Graph::State::waiting);
  EXPECT_FALSE(graph.complete());
}

}  // namespace
}  // namespace vidgen
