// SPDX-License-Identifier: Apache-2.0
// PollPlan: when to ask after which remote job. First near the time a model usually takes, then in steps that grow, but
// to no more than 1/25 of the time it has taken: an end is heard of late by 2 % on average, cold start or not. Where
// the provider lists jobs and more are due than a list has pages, one list call serves all of them. No job goes
// unasked for longer than the policy's `stale` (plus what the rate holds back), so a webhook that never comes costs
// little. A job past its deadline is asked after once more and is then handed over to reconcile. Not here: the calls
// themselves (they go through the Scheduler as reads), what an answer is worth.
//
// Cost: O(log n) a call, O(n) for a list call, which brings n answers. Thread-safety: none; one owner. Time: moments of
// one clock that does not fall; the same as `started`. Errors: none; ids that are not known are ignored.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "base/random.hpp"
#include "flow/moment.hpp"
#include "flow/rate.hpp"
#include "vidgen/version.hpp"

VIDGEN_NAMESPACE_BEGIN
enum class RemoteState;  // vidgen/backend.hpp
VIDGEN_NAMESPACE_END

namespace vidgen::flow {

struct PollPolicy {
  PollPolicy() = default;
  RateLimit calls{1500, std::chrono::seconds(60), 10};  // half of an account's 3,000 other calls
  std::size_t list_from = 3;                   // jobs under way for a list call to be worth it; 0: there is no list
  Nanos list_gap = std::chrono::seconds(2);    // between two list calls
  Nanos first_step = std::chrono::seconds(1);  // near the expected end; grows by half each time
  Nanos longest_step = std::chrono::seconds(15);
  Nanos shortest{0};  // between two questions after one job, whatever else says
  Nanos stale = std::chrono::seconds(30);
  Nanos answer_within = std::chrono::seconds(60);  // a question without an answer is asked again
};

enum class PollKind { none, get, list, hand_over };

struct PollCall {
  PollCall() = default;
  PollCall(PollKind k, std::string which, Nanos next) : kind(k), id(std::move(which)), wake(next) {}
  PollKind kind = PollKind::none;
  std::string id;       // of get and hand_over
  Nanos wake = kNever;  // of none: ask again then, or after the next add, seen, listed or failed
};

class PollPlan {
 public:
  PollPlan(PollPolicy policy, std::uint64_t seed) : policy_(policy), rate_(policy.calls), random_(seed) {}

  // A job that was accepted at `started` and usually takes `expected`; `deadline` is a moment.
  void add(const std::string& id, Nanos started, Nanos expected, Nanos deadline, Nanos now);
  void remove(const std::string& id);

  // What to do now. Each answer is counted as done: ask until it says none.
  PollCall due(Nanos now);

  // A job's state was heard, by get, by list or by webhook. True when it has ended, and only the first time.
  bool seen(const std::string& id, RemoteState state, Nanos now);
  // Something says that it has ended, such as a webhook: it is asked after at once, by itself. An answer that is under
  // way may be older, so there is one more question behind it. Ids that are not known are ignored.
  void hint(const std::string& id, Nanos now);
  // All pages of a list call were reported through seen(): jobs that stood on none are asked after one by one.
  void listed(Nanos now);
  // A call got no answer. An empty id: the list call.
  void failed(const std::string& id, Nanos now);

  std::size_t size() const { return items_.size(); }

 private:
  struct Item {
    Nanos started{0};
    Nanos near{0};  // before its expected end, as many are quicker than usual
    Nanos deadline{0};
    Nanos next{0};
    Nanos step{0};
    bool asked = false;    // an answer is under way
    bool by_list = false;  // ... of a list call
    bool single = false;   // no list page has it
    bool hinted = false;   // to be asked after at once
    bool last = false;     // asked after the deadline
  };
  using Items = std::map<std::string, Item>;

  bool uses_list(const Item& item) const;
  bool worth_a_list(Nanos now) const;
  void move(Items::value_type& entry, Nanos next);
  void ask(Items::value_type& entry, Nanos now, bool by_list);
  PollCall ask_list(Nanos now);
  void plan_next(Items::value_type& entry, Nanos now);

  PollPolicy policy_;
  Rate rate_;
  base::Random random_;
  Items items_;
  std::set<std::pair<Nanos, std::string>> order_;
  Nanos next_list_ = Nanos::min();
};

}  // namespace vidgen::flow
