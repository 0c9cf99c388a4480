// SPDX-License-Identifier: Apache-2.0
#include "flow/fair_queue.hpp"

#include <algorithm>
#include <utility>

namespace vidgen::flow {
namespace {

constexpr std::int64_t kMostCost = 1'000'000;

Nanos rank_of(const Ticket& ticket) {
  constexpr Nanos kMostTail = std::chrono::hours(24 * 365);
  return *ticket.since - std::clamp(ticket.tail, Nanos(0), kMostTail);
}

}  // namespace

// Puts a job that has tickets into line.
void FairQueue::wait(Job& job) {
  job.turn = ++turns_;
  waiting_.emplace(Turn{job.tag, job.turn}, &job);
}

// Takes a job whose last ticket went out of line. Its tag is kept while it is ahead, so that leaving and coming back
// wins nothing.
void FairQueue::rest(Job& job) {
  job.turn = ++turns_;
  resting_.emplace(Turn{job.tag, job.turn}, &job);
  forget_rested();
}

void FairQueue::forget_rested() {
  while (!resting_.empty() && (waiting_.empty() || resting_.begin()->first.tag <= virtual_time_)) {
    const std::string name = resting_.begin()->second->name;
    virtual_time_ = std::max(virtual_time_, resting_.begin()->first.tag);
    resting_.erase(resting_.begin());
    jobs_.erase(name);
  }
}

void FairQueue::push(Ticket ticket, Nanos now) {
  if (!ticket.since) ticket.since = now;
  ticket.cost = std::clamp<std::int64_t>(ticket.cost, 1, kMostCost);
  auto [it, fresh] = jobs_.try_emplace(ticket.job);
  Job& job = it->second;
  if (fresh) job.name = ticket.job;
  if (job.tickets.empty()) {
    if (!fresh) resting_.erase(Turn{job.tag, job.turn});
    job.tag = std::max(job.tag, virtual_time_);
    wait(job);
  }
  const Place place{rank_of(ticket), ticket.id};
  places_[ticket.id] = Where{ticket.job, place};
  job.tickets.emplace(place, std::move(ticket));
}

std::optional<Ticket> FairQueue::pop() {
  if (waiting_.empty()) return std::nullopt;
  Job& job = *waiting_.begin()->second;
  waiting_.erase(waiting_.begin());
  auto node = job.tickets.extract(job.tickets.begin());
  Ticket ticket = std::move(node.mapped());
  places_.erase(ticket.id);
  virtual_time_ = std::max(virtual_time_, job.tag);
  if (!ticket.charged) job.tag += ticket.cost;
  ticket.charged = true;
  if (job.tickets.empty()) {
    rest(job);
  } else {
    wait(job);
    forget_rested();
  }
  return ticket;
}

std::optional<Ticket> FairQueue::erase(TicketId id) {
  const auto where = places_.find(id);
  if (where == places_.end()) return std::nullopt;
  Job& job = jobs_.at(where->second.job);
  auto node = job.tickets.extract(where->second.place);
  places_.erase(where);
  if (job.tickets.empty()) {
    waiting_.erase(Turn{job.tag, job.turn});
    rest(job);
  }
  return std::move(node.mapped());
}

std::vector<Ticket> FairQueue::erase_job(const std::string& name) {
  std::vector<Ticket> out;
  const auto it = jobs_.find(name);
  if (it == jobs_.end() || it->second.tickets.empty()) return out;
  Job& job = it->second;
  waiting_.erase(Turn{job.tag, job.turn});
  for (auto& [place, ticket] : job.tickets) {
    places_.erase(place.id);
    out.push_back(std::move(ticket));
  }
  job.tickets.clear();
  rest(job);
  return out;
}

}  // namespace vidgen::flow
