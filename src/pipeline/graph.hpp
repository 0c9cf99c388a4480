// SPDX-License-Identifier: Apache-2.0
// Graph: which steps of a plan are done, running or ready, and how far the whole is. Pure bookkeeping, no I/O.
//
// Thread-safety: belongs to the runner's strand; `running_fraction` may be set from any thread.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "vidgen/phase.hpp"
#include "vidgen/plan.hpp"

VIDGEN_NAMESPACE_BEGIN

// How many steps of a resource may run at once; those that are not named: one.
using Slots = std::map<std::string, int>;

class Graph {
 public:
  enum class State { waiting, running, done, failed };
  struct Node {
    Step step;
    State state = State::waiting;
    StepOutcome outcome;
    bool reused = false;
    bool idle = false;  // counts as done without a result: nothing that has to be done needs it
    std::shared_ptr<std::atomic<double>> fraction = std::make_shared<std::atomic<double>>(0.0);
  };

  // Takes the steps of a plan; those it knows already, by id and key, keep their state.
  void adopt(const Plan& plan);
  // Which waiting steps need not be done, when those of `made` (keys) have results.
  void rest(const Plan& plan, const std::set<std::string>& made);
  Node* find(const std::string& id);
  const Node* find(const std::string& id) const;
  const std::vector<Node>& nodes() const { return nodes_; }

  // Steps that may start now, in the plan's order, within the slots.
  std::vector<std::string> ready(const Slots& slots) const;
  bool any_running() const;
  bool complete() const;  // every step is done
  bool any_failed() const;

  double fraction() const;  // weighted by likely seconds, 0 to 1
  Rational left() const;    // likely seconds of work left
  Rational total() const;
  int phase() const;  // lowest phase with an unfinished step; 7 when there is none
  // Likely seconds from a step's start to the film's end, along the longest way.
  Rational tail(const std::string& id) const;

 private:
  void measure_tails();
  std::map<std::string, Rational> tails_;
  std::vector<Node> nodes_;
  std::map<std::string, std::size_t> index_;
};

VIDGEN_NAMESPACE_END
