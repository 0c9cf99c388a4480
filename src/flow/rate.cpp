// SPDX-License-Identifier: Apache-2.0
#include "flow/rate.hpp"

#include <algorithm>

#include "flow/wait.hpp"

namespace vidgen::flow {
namespace {

constexpr std::int64_t kMostCalls = 1'000'000;  // in a window
constexpr Nanos kLongestWindow = std::chrono::hours(24);
constexpr Nanos kShortestPause = std::chrono::seconds(1);
constexpr int kMostHalvings = 5;
constexpr std::int64_t kSpeedUpAfter = 32;  // successes before a halving is taken back
constexpr std::int64_t kIsolated = 16;      // a throttle after so many successes is an accident, not a trend
constexpr std::int64_t kFirstProof = 128;   // successes before a named limit is tried again: under 1 % of the calls
constexpr std::int64_t kLongestProof = 4096;
// A wait tells a rate only between these: a shorter one is rounding (halving serves), a longer one is a lock-out.
constexpr Nanos kShortestGap = std::chrono::seconds(3);
constexpr Nanos kLongestGap = std::chrono::seconds(30);

RateLimit sane(RateLimit l) {
  l.count = std::clamp<std::int64_t>(l.count, 1, kMostCalls);
  l.window = std::clamp(l.window, Nanos(1000), kLongestWindow);
  l.burst = std::clamp<std::int64_t>(l.burst, 1, (l.count + 1) / 2);  // so that burst x interval fits
  l.guard = std::clamp(l.guard, Nanos(0), l.window);
  return l;
}

}  // namespace

// A stream with this interval and burst puts burst - 1 + ceil(window / interval) calls into a window at most. With a
// burst of one the server may count gaps, so each gap carries the guard; else the window as a whole does.
Nanos RateLimit::interval() const {
  const RateLimit l = sane(*this);
  const std::int64_t steady = l.count - l.burst + 1;
  const Nanos bare((l.window.count() + steady - 1) / steady);
  const Nanos share = l.burst == 1 ? l.guard : Nanos(l.guard.count() / steady + 1);
  return bare + std::min(share, bare / 25);
}

Rate::Rate(RateLimit limit) : base_(sane(limit)), prove_(kFirstProof) {
  recompute();
}

RateLimit Rate::current() const {
  RateLimit now = learned_ ? *learned_ : base_;
  for (int i = 0; i < slowed_; ++i) {
    now.count = std::max<std::int64_t>(1, now.count / 2);
    now.burst = std::max<std::int64_t>(1, now.burst / 2);
  }
  return sane(now);
}

void Rate::recompute() {
  const RateLimit l = current();
  interval_ = l.interval();
  burst_ = l.burst;
}

Nanos Rate::ready_at(Nanos now) const {
  now = std::max({now, last_, paused_until_});
  return std::max({now, full_at_ - interval_ * (burst_ - 1), base_full_at_ - base_.interval() * (base_.burst - 1)});
}

bool Rate::take(Nanos now) {
  now = std::max(now, last_);
  if (ready_at(now) > now) return false;
  last_ = now;
  full_at_ = std::max(now, full_at_) + interval_;
  base_full_at_ = std::max(now, base_full_at_) + base_.interval();
  return true;
}

void Rate::accepted(Nanos sent) {
  last_accepted_ = std::max(last_accepted_, sent);
  streak_ = 0;
  ++successes_;
  if (slowed_ > 0) {
    if (successes_ < kSpeedUpAfter) return;
    --slowed_;
  } else {
    if (!learned_ || successes_ < prove_) return;
    learned_->count *= 2;
    learned_->burst = std::min(learned_->burst * 2, base_.burst);
    probing_ = true;
    if (learned_->interval() <= base_.interval()) learned_.reset();
  }
  successes_ = 0;
  recompute();
}

void Rate::learn(const RateLimit& told) {
  RateLimit limit = sane(told);
  limit.guard = base_.guard;
  limit.burst = std::min(limit.burst, base_.burst);
  if (limit.interval() <= base_.interval()) return;
  told_ = limit;
}

std::optional<RateLimit> Rate::implied(Nanos now, std::optional<Nanos> wait) const {
  if (!wait || !ever_throttled_ || successes_ >= kIsolated || last_accepted_ == Nanos::min()) return std::nullopt;
  const Nanos gap = later(now, *wait) - last_accepted_;
  if (gap < kShortestGap || gap > kLongestGap) return std::nullopt;
  if (told_ && told_->interval() >= gap) return std::nullopt;  // what was told before explains it
  return RateLimit(1, gap, 1);
}

void Rate::throttled(Nanos sent, Nanos now, std::optional<Nanos> wait, std::optional<RateLimit> told) {
  const bool same_event = sent < paused_since_;  // it left before the last pause: nothing new
  if (!told && !same_event) told = implied(now, wait);
  if (told) learn(*told);
  if (told_ && (told || probing_)) learned_ = told_;
  if (!same_event) {
    if (probing_) prove_ = std::min(prove_ * 2, kLongestProof);
    probing_ = false;
    if (!learned_ && ever_throttled_ && successes_ < kIsolated) slowed_ = std::min(slowed_ + 1, kMostHalvings);
    ever_throttled_ = true;
    paused_since_ = now;
    successes_ = 0;
    ++streak_;
  }
  recompute();
  const Nanos own = std::max(kShortestPause, interval_) * (std::int64_t{1} << std::min(std::max(streak_ - 1, 0), 8));
  const Nanos pause = std::clamp(wait.value_or(own), Nanos(0), kLongestWait);
  paused_until_ = std::max(paused_until_, later(now, pause));
  // Emptier than was thought: after the pause one call at a time, no burst.
  full_at_ = std::max(full_at_, paused_until_ + interval_ * (burst_ - 1));
}

}  // namespace vidgen::flow
