// SPDX-License-Identifier: Apache-2.0
// The records' columns, in the order that the tables of both databases have them. A Values takes them with bind(), a Row
// gives them with text() and number().
#pragma once

#include "flow/budget.hpp"
#include "vidgen/journal.hpp"

namespace vidgen::journal {

template <class Values>
Values& bind(Values& v, const JobRecord& j) {
  v.bind(j.id).bind(j.created_ms).bind(j.request).bind(j.spec).bind(j.plan);
  v.bind(to_string(j.status)).bind(j.reason).bind(j.film).bind(j.owner);
  return v;
}

template <class Values>
Values& bind(Values& v, const AttemptRecord& a) {
  v.bind(a.job).bind(a.step).bind(std::int64_t{a.attempt}).bind(a.key).bind(a.state).bind(a.provider);
  v.bind(a.provider_id).bind(std::int64_t{a.seed}).bind(a.reserved.micros()).bind(a.settled.micros());
  v.bind(a.time_ms).bind(a.detail).bind(static_cast<std::int64_t>(flow::held(a.state)));
  v.bind(day_of(a.time_ms)).bind(a.model).bind(a.fingerprint).bind(a.mark).bind(a.price).bind(a.sent_ms);
  v.bind(a.created_ms).bind(a.ended_ms).bind(std::int64_t{a.orphan}).bind(a.outcome);
  return v;
}

template <class Values>
Values& bind(Values& v, const ResultRecord& r) {
  v.bind(r.key).bind(r.outcome);
  return v;
}

template <class Values>
Values& bind(Values& v, const Event& e) {
  v.bind(e.job).bind(e.seq).bind(to_json(e));
  return v;
}

template <class Row>
JobRecord read_job(const Row& s) {
  JobRecord j;
  j.id = s.text(0);
  j.created_ms = s.number(1);
  j.request = s.text(2);
  j.spec = s.text(3);
  j.plan = s.text(4);
  auto status = parse_job_status(s.text(5));
  j.status = status ? *status : JobStatus::failed;
  j.reason = s.text(6);
  j.film = s.text(7);
  j.owner = s.number(8);
  return j;
}

template <class Row>
AttemptRecord read_attempt(const Row& s) {
  AttemptRecord a;
  a.job = s.text(0);
  a.step = s.text(1);
  a.attempt = static_cast<int>(s.number(2));
  a.key = s.text(3);
  a.state = s.text(4);
  a.provider = s.text(5);
  a.provider_id = s.text(6);
  a.seed = static_cast<std::uint32_t>(s.number(7));
  a.reserved = Money::micros(s.number(8));
  a.settled = Money::micros(s.number(9));
  a.time_ms = s.number(10);
  a.detail = s.text(11);
  a.model = s.text(14);
  a.fingerprint = s.text(15);
  a.mark = s.text(16);
  a.price = s.text(17);
  a.sent_ms = s.number(18);
  a.created_ms = s.number(19);
  a.ended_ms = s.number(20);
  a.orphan = s.number(21) != 0;
  a.outcome = s.text(22);
  return a;
}

template <class Row>
ResultRecord read_result(const Row& s) {
  ResultRecord r;
  r.key = s.text(0);
  r.outcome = s.text(1);
  return r;
}

// A row of holder, fence, until_ms.
template <class Row>
void read_lease(const Row& s, Lease& lease) {
  lease.holder = s.text(0);
  lease.fence = s.number(1);
  lease.until_ms = s.number(2);
}

// One row of sums, from column `at` on: held, reserved, settled, overrun, orphaned.
template <class Row>
void read_sums(const Row& s, int at, Totals& out) {
  const auto held = static_cast<flow::Held>(s.number(at));
  if (held == flow::Held::reserved) out.reserved = Money::micros(s.number(at + 1));
  if (held == flow::Held::unclear) out.unclear = Money::micros(s.number(at + 1));
  if (held != flow::Held::spent) return;
  out.spent = Money::micros(s.number(at + 2));
  out.overrun = Money::micros(s.number(at + 3));
  out.orphaned = Money::micros(s.number(at + 4));
}

// Whether the books as they are stay within the limits. Errc::budget.
inline Status within(const Books& books, const SpendLimits& limits) {
  const flow::Verdict verdict = flow::judge(books, limits, Money());
  if (verdict.fit == flow::Fit::fits) return {};
  return Error(Errc::budget, flow::describe(verdict));
}

}  // namespace vidgen::journal
