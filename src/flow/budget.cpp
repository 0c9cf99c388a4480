// SPDX-License-Identifier: Apache-2.0
#include "flow/budget.hpp"

#include <algorithm>
#include <utility>

namespace vidgen::flow {
namespace {

constexpr std::pair<std::string_view, Held> kHeld[] = {
    {"planned", Held::nothing},   {"lost", Held::nothing},       {"intent", Held::reserved},
    {"sent", Held::reserved},     {"accepted", Held::reserved},  {"running", Held::reserved},
    {"ambiguous", Held::unclear}, {"succeeded", Held::spent},    {"stored", Held::spent},
    {"verified", Held::spent},    {"failed", Held::spent},       {"cancelled", Held::spent},
};

// What waiting can give back: all that is not spent.
Verdict against(std::string_view name, const std::optional<Money>& limit, const Totals& totals, Money worst) {
  Verdict out;
  if (!limit || totals.committed() + worst <= *limit) return out;
  out.fit = totals.spent + worst <= *limit ? Fit::wait : Fit::pause;
  out.limit = name;
  out.most = *limit;
  out.short_by = totals.committed() + worst - *limit;
  return out;
}

}  // namespace

Held held(std::string_view state) {
  const auto row = std::find_if(std::begin(kHeld), std::end(kHeld), [&](const auto& r) { return r.first == state; });
  return row == std::end(kHeld) ? Held::reserved : row->second;  // a state that a newer version writes
}

void book(Totals& totals, const AttemptRecord& attempt) {
  const Held money = held(attempt.state);
  if (money == Held::reserved) totals.reserved += attempt.reserved;
  if (money == Held::unclear) totals.unclear += attempt.reserved;
  if (money != Held::spent) return;
  totals.spent += attempt.settled;
  if (attempt.settled > attempt.reserved) totals.overrun += attempt.settled - attempt.reserved;
  if (attempt.orphan) totals.orphaned += attempt.settled;
}

Verdict judge(const Books& books, const SpendLimits& limits, Money worst) {
  Verdict out;
  for (const Verdict& one : {against("job", limits.job, books.job, worst),
                             against("account", limits.account, books.account, worst),
                             against("day", limits.day, books.day, worst)})
    if (one.fit > out.fit) out = one;
  return out;
}

std::string describe(const Verdict& verdict) {
  if (verdict.fit == Fit::fits) return "it fits";
  const std::string of = verdict.limit == "job" ? "this film's budget" : "the budget of the " + std::string(verdict.limit);
  return of + ", " + verdict.most.to_string() + ", is short by " + verdict.short_by.to_string() +
         (verdict.fit == Fit::wait ? ": what is under way may leave enough" : ": raise it to go on");
}

}  // namespace vidgen::flow
