// SPDX-License-Identifier: Apache-2.0
#include "plan/schedule.hpp"

#include <algorithm>
#include <queue>
#include <unordered_map>

namespace vidgen::plan {
namespace {

struct Slot {
  std::int64_t free_at = 0;  // milliseconds
  int last = -1;             // step that had it before
};

struct Run {
  std::int64_t ready = 0, end = 0;
  int waited_for = -1;  // step whose end let this one start
  int missing = 0;      // inputs that have not ended
  std::vector<int> next;
};

class Simulation {
 public:
  Simulation(const Plan& plan, const Slots& slots) : plan_(plan), slots_(slots), runs_(plan.steps.size()) {}

  void play() {
    link();
    for (std::size_t i = 0; i < runs_.size(); ++i)
      if (runs_[i].missing == 0) waiting_.push({0, static_cast<int>(i)});
    while (!waiting_.empty()) {
      const int i = waiting_.top().second;
      waiting_.pop();
      start(i);
    }
  }

  std::vector<int> path() const {
    int last = -1;
    for (std::size_t i = 0; i < runs_.size(); ++i)
      if (last < 0 || runs_[i].end >= at(last).end) last = static_cast<int>(i);
    std::vector<int> out;
    for (int i = last; i >= 0; i = at(i).waited_for) out.push_back(i);
    std::reverse(out.begin(), out.end());
    return out;
  }
  std::int64_t end_of(int i) const { return at(i).end; }

 private:
  const Run& at(int i) const { return runs_[static_cast<std::size_t>(i)]; }

  void link() {
    std::unordered_map<std::string_view, int> index;
    for (std::size_t i = 0; i < plan_.steps.size(); ++i) {
      index.emplace(plan_.steps[i].id, static_cast<int>(i));
      for (const std::string& id : plan_.steps[i].inputs) {
        const auto found = index.find(id);
        if (found == index.end()) continue;
        runs_[static_cast<std::size_t>(found->second)].next.push_back(static_cast<int>(i));
        ++runs_[i].missing;
      }
    }
  }

  Slot& earliest(const std::string& resource) {
    auto [it, fresh] = free_.try_emplace(resource);
    if (fresh) {
      const auto found = slots_.find(resource);
      it->second.resize(static_cast<std::size_t>(std::max(1, found == slots_.end() ? 2 : found->second)));
    }
    return *std::min_element(it->second.begin(), it->second.end(),
                             [](const Slot& a, const Slot& b) { return a.free_at < b.free_at; });
  }

  void start(int i) {
    Run& run = runs_[static_cast<std::size_t>(i)];
    const Step& step = plan_.steps[static_cast<std::size_t>(i)];
    Slot& slot = earliest(step.resource);
    if (slot.free_at > run.ready) run.waited_for = slot.last;
    run.end = std::max(slot.free_at, run.ready) + (step.seconds * Rational(1000)).ceil();
    slot.free_at = run.end;
    slot.last = i;
    for (int k : run.next) {
      Run& after = runs_[static_cast<std::size_t>(k)];
      if (run.end >= after.ready) {
        after.ready = run.end;
        after.waited_for = i;
      }
      if (--after.missing == 0) waiting_.push({after.ready, k});
    }
  }

  using Entry = std::pair<std::int64_t, int>;
  const Plan& plan_;
  const Slots& slots_;
  std::vector<Run> runs_;
  std::map<std::string, std::vector<Slot>> free_;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> waiting_;
};

}  // namespace

void schedule(Plan& plan, const Slots& slots) {
  Simulation simulation(plan, slots);
  simulation.play();
  plan.critical_path.clear();
  plan.eta = 0;
  for (int i : simulation.path()) {
    plan.critical_path.push_back(plan.steps[static_cast<std::size_t>(i)].id);
    plan.eta = Rational(simulation.end_of(i), 1000);
  }
}

}  // namespace vidgen::plan
