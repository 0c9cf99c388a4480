// SPDX-License-Identifier: Apache-2.0
#include "flow/poll.hpp"

#include <algorithm>
#include <vector>

#include "vidgen/backend.hpp"

namespace vidgen::flow {
namespace {

constexpr std::size_t kListPage = 100;  // jobs on a page of a list
constexpr std::int64_t kLateness = 25;  // a step is at most this part of the time taken so far

bool has_ended(RemoteState state) {
  return state == RemoteState::succeeded || state == RemoteState::failed || state == RemoteState::cancelled;
}

}  // namespace

void PollPlan::add(const std::string& id, Nanos started, Nanos expected, Nanos deadline, Nanos now) {
  remove(id);
  Item item;
  item.started = started;
  item.near = later(started, std::max(expected, Nanos(0)) / 4 * 3);
  item.deadline = deadline;
  item.step = policy_.first_step;
  item.next = std::min({std::max(item.near, now), later(now, policy_.stale), std::max(deadline, now)});
  order_.emplace(item.next, id);
  items_.emplace(id, item);
}

void PollPlan::remove(const std::string& id) {
  const auto it = items_.find(id);
  if (it == items_.end()) return;
  order_.erase({it->second.next, id});
  items_.erase(it);
}

bool PollPlan::uses_list(const Item& item) const {
  return policy_.list_from > 0 && items_.size() >= policy_.list_from && !item.single && !item.hinted;
}

// A list costs a call a page, whoever is due; a question costs one.
bool PollPlan::worth_a_list(Nanos now) const {
  const std::size_t pages = 1 + items_.size() / kListPage;
  std::size_t due = 0;
  for (auto it = order_.begin(); it != order_.end() && it->first <= later(now, policy_.list_gap); ++it)
    if (uses_list(items_.find(it->second)->second) && ++due > pages) return true;
  return false;
}

void PollPlan::move(Items::value_type& entry, Nanos next) {
  order_.erase({entry.second.next, entry.first});
  entry.second.next = next;
  order_.emplace(next, entry.first);
}

void PollPlan::ask(Items::value_type& entry, Nanos now, bool by_list) {
  entry.second.asked = true;
  entry.second.hinted = false;
  entry.second.by_list = by_list;
  entry.second.last = now >= entry.second.deadline;
  move(entry, later(now, policy_.answer_within));
}

PollCall PollPlan::due(Nanos now) {
  while (!order_.empty() && order_.begin()->first <= now) {
    auto& entry = *items_.find(order_.begin()->second);
    if (entry.second.last) {  // asked after its deadline, and still running or unanswered
      PollCall call(PollKind::hand_over, entry.first, now);
      remove(call.id);
      return call;
    }
    const bool list = uses_list(entry.second) && worth_a_list(now);
    if (list && next_list_ > now) {
      move(entry, next_list_);
      continue;
    }
    if (!rate_.take(now)) return PollCall(PollKind::none, {}, rate_.ready_at(now));
    if (list) return ask_list(now);
    ask(entry, now, false);
    return PollCall(PollKind::get, entry.first, now);
  }
  return PollCall(PollKind::none, {}, order_.empty() ? kNever : order_.begin()->first);
}

// Also answers for the jobs that would be due before the next list call.
PollCall PollPlan::ask_list(Nanos now) {
  next_list_ = later(now, policy_.list_gap);
  std::vector<std::string> ids;
  for (auto it = order_.begin(); it != order_.end() && it->first <= next_list_; ++it) ids.push_back(it->second);
  for (const std::string& id : ids) {
    auto& entry = *items_.find(id);
    const bool unanswered = entry.second.asked && entry.second.next > now;
    if (uses_list(entry.second) && !unanswered) ask(entry, now, true);
  }
  return PollCall(PollKind::list, {}, now);
}

void PollPlan::plan_next(Items::value_type& entry, Nanos now) {
  Item& item = entry.second;
  item.asked = false;
  Nanos next = now;
  if (item.last || item.hinted) {
    move(entry, now);
    return;
  }
  if (now < item.near) {
    next = std::min(item.near, later(now, policy_.stale));
  } else {
    const auto quarter = static_cast<std::uint64_t>(std::max<std::int64_t>(item.step.count() / 4, 1));
    next = later(now, item.step - Nanos(static_cast<std::int64_t>(quarter)) +
                          Nanos(static_cast<std::int64_t>(random_.below(2 * quarter + 1))));
    const Nanos most = std::max(policy_.first_step, (now - item.started) / kLateness);
    item.step = std::min({item.step + item.step / 2, most, policy_.longest_step});
  }
  next = std::min(next, std::max(item.deadline, now));
  move(entry, std::max(next, later(now, policy_.shortest)));
}

bool PollPlan::seen(const std::string& id, RemoteState state, Nanos now) {
  const auto it = items_.find(id);
  if (it == items_.end()) return false;
  if (has_ended(state)) {
    remove(id);
    return true;
  }
  if (it->second.asked) plan_next(*it, now);
  return false;
}

void PollPlan::hint(const std::string& id, Nanos now) {
  const auto it = items_.find(id);
  if (it == items_.end()) return;
  it->second.hinted = true;
  if (!it->second.asked) move(*it, now);
}

void PollPlan::listed(Nanos now) {
  for (auto& entry : items_) {
    if (!entry.second.asked || !entry.second.by_list) continue;
    entry.second.asked = false;
    entry.second.last = false;  // the list did not speak of it: that was no answer
    entry.second.single = true;
    move(entry, now);
  }
}

void PollPlan::failed(const std::string& id, Nanos now) {
  for (auto it = id.empty() ? items_.begin() : items_.find(id); it != items_.end(); ++it) {
    if (it->second.asked && it->second.by_list == id.empty()) plan_next(*it, now);
    if (!id.empty()) return;
  }
}

}  // namespace vidgen::flow
