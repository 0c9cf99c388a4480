// SPDX-License-Identifier: Apache-2.0
// Budget: what may still be spent, in micro-dollars, for jobs, for the account and by the day. Before a call its worst
// case is reserved in one decision against every limit; afterwards it is settled with what it did cost. An attempt that
// is unclear keeps its reservation, and one that was given up as lost keeps it for good: it may have been paid.
//
// Promise: spent + reserved + unclear is never above a limit, unless a provider charges more than its worst case; that
// is booked as it is and shown as overrun, and nothing more is reserved until it fits again.
// Not here: durability. The journal keeps the entries; restore() plays them back.
// Thread-safety: none; one owner. Errors: Errc::budget, invalid_argument, not_found.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>

#include "vidgen/money.hpp"

namespace vidgen::flow {

struct SpendLimits {
  SpendLimits() = default;
  std::optional<Money> account, day;  // none: no such limit
};

// Money of one scope.
struct Totals {
  Totals() = default;
  Money spent, reserved, unclear;  // unclear: with what is lost
  Money overrun;                   // of spent: what went above the worst case that was reserved
  Money lost;                      // of unclear: will not be resolved
  Money committed() const { return spent + reserved + unclear; }
};

enum class Reserve {
  granted,
  wait,   // it does not fit now, and may once what is under way has been settled
  pause,  // it cannot fit: a person must raise the limit
};

struct ReserveAnswer {
  ReserveAnswer() = default;
  Reserve answer = Reserve::pause;
  std::string_view limit;  // "job", "account" or "day": the one that it does not fit
  Money short_by;          // how much is missing there
};

enum class EntryState { reserved, unclear, lost, settled, released };

class Budget {
 public:
  explicit Budget(SpendLimits limits = {}) : limits_(limits) {}

  // A job's own limit. Nothing is bought without a stated budget: a job that has none may spend nothing.
  void set_job_limit(const std::string& job, Money limit);
  // Before a job starts: its likely price against its own limit.
  Status admit(const std::string& job, Money likely) const;

  // Reserves `worst` for an attempt, or says why not. `day` is the count of days since 1970 where the account's days
  // are counted. The same attempt again: granted, once.
  Result<ReserveAnswer> reserve(const std::string& attempt, const std::string& job, Money worst, std::int64_t day);
  // What it did cost. The first word about an attempt's end stays.
  Status settle(const std::string& attempt, Money cost);
  // It was not executed.
  Status release(const std::string& attempt);
  // It may have been executed: the reservation stays until settle(), release() or lost().
  Status unclear(const std::string& attempt);
  Status lost(const std::string& attempt);
  // An entry of the journal, whatever the limits say now.
  Status restore(const std::string& attempt, const std::string& job, Money worst, std::int64_t day, EntryState state,
                 Money cost);

  Totals job(const std::string& name) const;
  Totals account() const { return account_; }
  Totals day(std::int64_t number) const;

 private:
  struct Entry {
    std::string job;
    Money worst;
    std::int64_t day = 0;
    EntryState state = EntryState::reserved;
  };
  template <class F>
  void book(const Entry& entry, F change);
  Status move(const std::string& attempt, EntryState to, Money cost);
  std::optional<ReserveAnswer> refusal(std::string_view limit_name, Money limit, const Totals& totals,
                                       Money worst) const;

  SpendLimits limits_;
  std::map<std::string, Money> job_limits_;
  std::map<std::string, Totals> jobs_;
  std::map<std::int64_t, Totals> days_;
  Totals account_;
  std::unordered_map<std::string, Entry> entries_;
};

}  // namespace vidgen::flow
