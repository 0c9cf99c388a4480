// SPDX-License-Identifier: Apache-2.0
// Conditions: the leases and the books of a journal that has no transactions to judge them in, kept in memory. Such a
// journal serves one process at a time.
//
// Thread-safety: none; one owner. Errors: Errc::taken_over, budget.
#pragma once

#include <map>
#include <string>
#include <tuple>

#include "vidgen/journal.hpp"

namespace vidgen::flow {

class Conditions {
 public:
  // An attempt that is on the books already.
  void load(const AttemptRecord& attempt);
  // Whether a batch may be written. When it may, it is on the books, so that the next one is judged with it.
  Status accept(const JournalBatch& batch);

  Lease lease(const std::string& job) const;
  Lease take(const LeaseRequest& request);
  Books books(const std::string& job, std::int64_t day) const;

 private:
  using Name = std::tuple<std::string, std::string, int>;
  Status check_limits(const JournalBatch& batch) const;

  std::map<std::string, Lease> leases_;
  std::map<Name, AttemptRecord> attempts_;
};

// The rules, for all journals: what a lease becomes, and whether what one holder writes still counts.
Lease taken(Lease now, const LeaseRequest& request);
Status still_held(const Lease& now, const Lease& mine);

}  // namespace vidgen::flow
