// SPDX-License-Identifier: Apache-2.0
#include "pipeline/graph.hpp"

#include <algorithm>

#include "plan/redo.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

// A step that takes no time by the plan still shows in the bar.
double weight(const Graph::Node& node) {
  return std::max(0.05, node.step.seconds.to_double());
}

double done_part(const Graph::Node& node) {
  if (node.state == Graph::State::done) return 1.0;
  if (node.state != Graph::State::running) return 0.0;
  return std::clamp(node.fraction->load(), 0.0, 0.99);
}

}  // namespace

void Graph::adopt(const Plan& plan) {
  std::vector<Node> next;
  next.reserve(plan.steps.size());
  for (const Step& step : plan.steps) {
    Node node;
    // A step that was laid out anew under the same name is another step.
    if (const Node* known = find(step.id); known != nullptr && known->step.key == step.key) node = *known;
    node.step = step;
    next.push_back(std::move(node));
  }
  nodes_ = std::move(next);
  index_.clear();
  for (std::size_t i = 0; i < nodes_.size(); ++i) index_[nodes_[i].step.id] = i;
  measure_tails();
}

void Graph::rest(const Plan& plan, const std::set<std::string>& made) {
  std::set<std::string> there;
  for (const Node& node : nodes_)
    if (!node.idle && (node.state == State::done || made.count(node.step.key) > 0)) there.insert(node.step.id);
  const std::vector<std::string> left = plan::outstanding(plan, there);
  for (Node& node : nodes_) {
    const bool needed = std::find(left.begin(), left.end(), node.step.id) != left.end();
    const bool rests = !needed && there.count(node.step.id) == 0;
    if (rests == node.idle || (rests && node.state != State::waiting)) continue;
    node.idle = node.reused = rests;
    node.state = rests ? State::done : State::waiting;
  }
}

// A plan lists steps behind their inputs, so one pass from the end is enough.
void Graph::measure_tails() {
  tails_.clear();
  for (auto node = nodes_.rbegin(); node != nodes_.rend(); ++node) {
    const Rational here = tails_[node->step.id] + node->step.seconds;
    tails_[node->step.id] = here;
    for (const std::string& input : node->step.inputs) tails_[input] = std::max(tails_[input], here);
  }
}

Rational Graph::tail(const std::string& id) const {
  const auto it = tails_.find(id);
  return it == tails_.end() ? Rational() : it->second;
}

Graph::Node* Graph::find(const std::string& id) {
  auto it = index_.find(id);
  return it == index_.end() ? nullptr : &nodes_[it->second];
}

const Graph::Node* Graph::find(const std::string& id) const {
  auto it = index_.find(id);
  return it == index_.end() ? nullptr : &nodes_[it->second];
}

std::vector<std::string> Graph::ready(const Slots& slots) const {
  std::map<std::string, int> taken;
  for (const Node& node : nodes_)
    if (node.state == State::running) ++taken[node.step.resource];
  std::vector<std::string> out;
  for (const Node& node : nodes_) {
    if (node.state != State::waiting) continue;
    bool inputs = std::all_of(node.step.inputs.begin(), node.step.inputs.end(), [this](const std::string& id) {
      const Node* input = find(id);
      return input != nullptr && input->state == State::done;
    });
    if (!inputs) continue;
    auto limit = slots.find(node.step.resource);
    if (taken[node.step.resource] >= (limit == slots.end() ? 1 : limit->second)) continue;
    ++taken[node.step.resource];
    out.push_back(node.step.id);
  }
  return out;
}

bool Graph::any_running() const {
  return std::any_of(nodes_.begin(), nodes_.end(), [](const Node& n) { return n.state == State::running; });
}
bool Graph::complete() const {
  return std::all_of(nodes_.begin(), nodes_.end(), [](const Node& n) { return n.state == State::done; });
}
bool Graph::any_failed() const {
  return std::any_of(nodes_.begin(), nodes_.end(), [](const Node& n) { return n.state == State::failed; });
}

double Graph::fraction() const {
  double all = 0, done = 0;
  for (const Node& node : nodes_) {
    all += weight(node);
    done += weight(node) * done_part(node);
  }
  return all > 0 ? done / all : 0;
}

Rational Graph::left() const {
  double seconds = 0;
  for (const Node& node : nodes_) seconds += weight(node) * (1 - done_part(node));
  return Rational(static_cast<std::int64_t>(seconds * 1000), 1000);
}

Rational Graph::total() const {
  double seconds = 0;
  for (const Node& node : nodes_) seconds += weight(node);
  return Rational(static_cast<std::int64_t>(seconds * 1000), 1000);
}

int Graph::phase() const {
  int lowest = 7;
  for (const Node& node : nodes_)
    if (node.state != State::done) lowest = std::min(lowest, node.step.phase);
  return lowest;
}

VIDGEN_NAMESPACE_END
