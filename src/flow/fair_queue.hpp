// SPDX-License-Identifier: Apache-2.0
// FairQueue: whose ticket is next. Between jobs: start-time fair queueing, so that each job that waits gets the same
// share of the cost, however many tickets it has. Inside a job: the ticket with the longest way to the film's end
// first; every second of waiting counts as a second of way, so nothing starves. Not here: when the ticket may go
// (scheduler.hpp). Cost: O(log n) an operation. Thread-safety: none; one owner. Bounds: as many tickets as memory
// holds.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "flow/moment.hpp"

namespace vidgen::flow {

enum class CallKind {
  create,  // starts a remote job and holds a place until it ends
  read,    // asks, lists, fetches
  cancel,
};

using TicketId = std::uint64_t;

// One call that wants to be made.
struct Ticket {
  Ticket() = default;
  TicketId id = 0;  // given when it is first queued; a ticket that comes back for a retry keeps it, and its turn
  std::string job, step;
  CallKind kind = CallKind::create;
  Nanos tail{0};               // time from this step's start to the film's end along the longest way
  std::int64_t cost = 1;       // its share of the account, such as expected seconds: 1 to 1,000,000
  std::optional<Nanos> since;  // set by the queue: when it was first queued
  bool charged = false;        // set by the queue: its job has paid for it
};

class FairQueue {
 public:
  void push(Ticket ticket, Nanos now);
  // Empty when there is none.
  std::optional<Ticket> pop();
  std::optional<Ticket> erase(TicketId id);
  // All tickets of a job.
  std::vector<Ticket> erase_job(const std::string& job);
  bool empty() const { return waiting_.empty(); }
  std::size_t size() const { return places_.size(); }
  // Jobs that are remembered: those with tickets, and those that are ahead of their share.
  std::size_t jobs() const { return jobs_.size(); }

 private:
  // A ticket's place in its job. The rank is the moment of queueing less the tail.
  struct Place {
    Nanos rank{0};
    TicketId id = 0;
    auto operator<=>(const Place&) const = default;
  };
  struct Job {
    std::string name;
    std::map<Place, Ticket> tickets;
    std::int64_t tag = 0;    // virtual time at which its next ticket starts
    std::uint64_t turn = 0;  // among equal tags: who came first
  };
  struct Turn {
    std::int64_t tag = 0;
    std::uint64_t turn = 0;
    auto operator<=>(const Turn&) const = default;
  };
  struct Where {
    std::string job;
    Place place;
  };

  void wait(Job& job);
  void rest(Job& job);
  void forget_rested();

  std::map<std::string, Job> jobs_;
  std::map<Turn, Job*> waiting_;  // jobs with tickets
  std::map<Turn, Job*> resting_;  // jobs without, whose tag is still ahead of virtual time
  std::unordered_map<TicketId, Where> places_;
  std::int64_t virtual_time_ = 0;
  std::uint64_t turns_ = 0;
};

}  // namespace vidgen::flow
