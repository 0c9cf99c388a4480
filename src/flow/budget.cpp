// SPDX-License-Identifier: Apache-2.0
#include "flow/budget.hpp"

#include <algorithm>
#include <utility>

#include "base/try.hpp"

namespace vidgen::flow {
namespace {

// A million dollars: no call costs more, and sums of millions of such prices fit 63 bits.
constexpr Money kMostPrice = Money::micros(1'000'000'000'000);

Status check_price(Money price) {
  if (price < Money() || price > kMostPrice)
    return Error(Errc::invalid_argument, "a price of " + std::to_string(price.micros()) +
                                             " micro-dollars is outside $0 to $1,000,000; correct the model's row");
  return {};
}

void take(Totals& t, EntryState from, Money worst) {
  if (from == EntryState::reserved) t.reserved = t.reserved - worst;
  if (from == EntryState::unclear || from == EntryState::lost) t.unclear = t.unclear - worst;
  if (from == EntryState::lost) t.lost = t.lost - worst;
}

void put(Totals& t, EntryState to, Money worst, Money cost) {
  switch (to) {
    case EntryState::reserved:
      t.reserved += worst;
      return;
    case EntryState::lost:
      t.lost += worst;
      t.unclear += worst;
      return;
    case EntryState::unclear:
      t.unclear += worst;
      return;
    case EntryState::settled:
      t.spent += cost;
      if (cost > worst) t.overrun += cost - worst;
      return;
    case EntryState::released:
      return;
  }
}

bool is_over(EntryState state) {
  return state == EntryState::settled || state == EntryState::released;
}

}  // namespace

template <class F>
void Budget::book(const Entry& entry, F change) {
  change(account_);
  change(jobs_[entry.job]);
  change(days_[entry.day]);
}

void Budget::set_job_limit(const std::string& job, Money limit) {
  job_limits_[job] = limit;
}

Status Budget::admit(const std::string& job, Money likely) const {
  const auto it = job_limits_.find(job);
  const Money limit = it == job_limits_.end() ? Money() : it->second;
  if (likely <= limit) return {};
  return Error(Errc::budget, "the film will likely cost " + likely.to_string() + " and the budget is " +
                                 limit.to_string() + "; raise the budget by " + (likely - limit).to_string() +
                                 " or ask for less");
}

// Nothing when it fits. It may fit later if what is under way could leave enough room.
std::optional<ReserveAnswer> Budget::refusal(std::string_view name, Money limit, const Totals& t, Money worst) const {
  if (t.committed() + worst <= limit) return std::nullopt;
  ReserveAnswer no;
  no.limit = name;
  no.short_by = t.committed() + worst - limit;
  no.answer = t.spent + t.lost + worst <= limit ? Reserve::wait : Reserve::pause;
  return no;
}

Result<ReserveAnswer> Budget::reserve(const std::string& attempt, const std::string& job, Money worst,
                                      std::int64_t number) {
  VIDGEN_CHECK(check_price(worst));
  ReserveAnswer yes;
  yes.answer = Reserve::granted;
  if (const auto it = entries_.find(attempt); it != entries_.end()) {
    if (it->second.job == job && it->second.worst == worst && it->second.state == EntryState::reserved) return yes;
    return Error(Errc::invalid_argument, "attempt " + attempt + " has a reservation already; number the next one anew");
  }
  const auto own = job_limits_.find(job);
  std::optional<ReserveAnswer> worst_no;
  const auto consider = [&](std::string_view name, Money limit, const Totals& totals) {
    const auto no = refusal(name, limit, totals, worst);
    if (no && (!worst_no || no->answer == Reserve::pause)) worst_no = no;
  };
  consider("job", own == job_limits_.end() ? Money() : own->second, this->job(job));
  if (limits_.account) consider("account", *limits_.account, account_);
  if (limits_.day) consider("day", *limits_.day, day(number));
  if (worst_no) return *worst_no;
  VIDGEN_CHECK(restore(attempt, job, worst, number, EntryState::reserved, Money()));
  return yes;
}

Status Budget::move(const std::string& attempt, EntryState to, Money cost) {
  VIDGEN_CHECK(check_price(cost));
  const auto it = entries_.find(attempt);
  if (it == entries_.end()) return Error(Errc::not_found, "no money is reserved for attempt " + attempt);
  Entry& entry = it->second;
  if (is_over(entry.state) || entry.state == to) return {};
  if (entry.state == EntryState::lost && to == EntryState::unclear) return {};
  book(entry, [&](Totals& t) {
    take(t, entry.state, entry.worst);
    put(t, to, entry.worst, cost);
  });
  entry.state = to;
  return {};
}

Status Budget::settle(const std::string& attempt, Money cost) {
  return move(attempt, EntryState::settled, cost);
}
Status Budget::release(const std::string& attempt) {
  return move(attempt, EntryState::released, Money());
}
Status Budget::unclear(const std::string& attempt) {
  return move(attempt, EntryState::unclear, Money());
}
Status Budget::lost(const std::string& attempt) {
  return move(attempt, EntryState::lost, Money());
}

Status Budget::restore(const std::string& attempt, const std::string& job, Money worst, std::int64_t number,
                       EntryState state, Money cost) {
  VIDGEN_CHECK(check_price(worst));
  VIDGEN_CHECK(check_price(cost));
  Entry entry;
  entry.job = job;
  entry.worst = worst;
  entry.day = number;
  entry.state = state;
  const auto [it, fresh] = entries_.emplace(attempt, std::move(entry));
  if (!fresh) return Error(Errc::invalid_argument, "attempt " + attempt + " is booked already");
  book(it->second, [&](Totals& t) { put(t, state, worst, cost); });
  return {};
}

Totals Budget::job(const std::string& name) const {
  const auto it = jobs_.find(name);
  return it == jobs_.end() ? Totals() : it->second;
}

Totals Budget::day(std::int64_t number) const {
  const auto it = days_.find(number);
  return it == days_.end() ? Totals() : it->second;
}

}  // namespace vidgen::flow
