// SPDX-License-Identifier: Apache-2.0
// Budget: what an attempt counts on the books, and whether one more fits. Before a call its worst case is reserved
// against every limit; afterwards it is settled with what it did cost. One that is unclear keeps its reservation.
//
// Promise, kept by the journal that books with these rules in one transaction: spent + reserved + unclear is never above
// a limit, unless a provider charges more than its worst case; that is booked as it is, shown as overrun, and nothing
// more is reserved until it fits again.
// Thread-safety: pure functions. Errors: none.
#pragma once

#include <string>
#include <string_view>

#include "vidgen/journal.hpp"

namespace vidgen::flow {

// Where the money of an attempt stands.
enum class Held { nothing, reserved, unclear, spent };

Held held(std::string_view state);
// Adds what an attempt counts.
void book(Totals& totals, const AttemptRecord& attempt);

enum class Fit {
  fits,
  wait,   // not now, but it may once what is under way or unclear has been settled
  pause,  // a person must raise a limit
};

struct Verdict {
  Verdict() = default;
  Fit fit = Fit::fits;
  std::string_view limit;  // "job", "account" or "day": the one that it does not fit
  Money most;              // what that limit is
  Money short_by;          // how much is missing there
};

// Whether `worst` more fits; with zero, whether the books as they are do.
Verdict judge(const Books& books, const SpendLimits& limits, Money worst);
// For people: which limit, by how much, and what to do.
std::string describe(const Verdict& verdict);

}  // namespace vidgen::flow
