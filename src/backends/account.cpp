// SPDX-License-Identifier: Apache-2.0
#include "backends/account.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace vidgen::backends {
namespace {

using flow::kNever;
using flow::Nanos;

constexpr std::size_t kEarlyHints = 1024;

Error stopped() {
  return Error(Errc::interrupted, "the wait for the provider was stopped");
}

Nanos seconds(Rational s) {
  return Nanos((s * Rational(1'000'000'000)).round());
}

flow::PollPolicy poll_policy(const flow::AccountLimits& limits, bool has_list, Nanos gap) {
  flow::PollPolicy policy;
  policy.calls = limits.others;
  policy.calls.count = std::max<std::int64_t>(1, policy.calls.count / 2);
  if (!has_list) policy.list_from = 0;
  policy.shortest = gap;
  policy.first_step = std::max(policy.first_step, gap);
  policy.longest_step = std::max(policy.longest_step, gap);
  return policy;
}

}  // namespace

Account::Account(flow::AccountLimits limits, bool has_list, Nanos gap, double speed, std::uint64_t seed)
    : scheduler_(limits),
      retry_(flow::RetryPolicy(), seed),
      polls_(poll_policy(limits, has_list, gap), seed ^ 0x9e3779b97f4a7c15U),
      speed_(speed > 0 ? speed : 1) {}

Nanos Account::now() const {
  const auto real = base::TimerClock::now() - started_;
  return Nanos(static_cast<std::int64_t>(static_cast<double>(Nanos(real).count()) * speed_));
}

// ---- sleeping and waking: a waiter's timer is touched on its own executor only

Async<void> Account::sleep(std::shared_ptr<Waiter> waiter) {
  boost::system::error_code ignored;
  co_await waiter->timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  // Its time has come and nobody has set another: not again until somebody does.
  if (!waiter->woken && waiter->timer.expiry() <= base::TimerClock::now())
    waiter->timer.expires_at(base::TimerClock::time_point::max());
}

void Account::wake(const std::shared_ptr<Waiter>& waiter) {
  waiter->woken = true;
  asio::post(waiter->timer.get_executor(), [waiter] { waiter->timer.expires_at(base::TimerClock::time_point()); });
}

// Brings a waiter's time forward; it then looks for itself.
void Account::wake_at(const std::shared_ptr<Waiter>& waiter, Nanos when) {
  if (when == waiter->until) return;
  waiter->until = when;
  const Nanos left = when - now();
  const auto at =
      base::TimerClock::now() +
      Nanos(std::max<std::int64_t>(0, static_cast<std::int64_t>(static_cast<double>(left.count()) / speed_)));
  asio::post(waiter->timer.get_executor(), [waiter, at] {
    if (!waiter->woken) waiter->timer.expires_at(at);
  });
}

Async<void> Account::pause(Nanos time, std::stop_token stop) {
  return base::sleep_for(Nanos(static_cast<std::int64_t>(static_cast<double>(time.count()) / speed_)), std::move(stop));
}

// A date has whole seconds: the latest that is said, carried on by our own steady clock.
void Account::heard_time(std::int64_t provider_ms) {
  std::lock_guard lock(mutex_);
  provider_ms_ = provider_ms;
  provider_at_ = base::TimerClock::now();
}

std::int64_t Account::provider_ms() {
  std::lock_guard lock(mutex_);
  return provider_ms_ == 0 ? 0 : provider_ms_ + (base::TimerClock::now() - provider_at_) / std::chrono::milliseconds(1);
}

// ---- turns

void Account::pump_turns() {
  Nanos wake_time = kNever;
  for (;;) {
    flow::Turn turn = scheduler_.next(now());
    if (!turn.go) {
      wake_time = turn.wake;
      break;
    }
    const auto it = waiting_.find(turn.go->id);
    const auto waiter = it == waiting_.end() ? nullptr : it->second.lock();
    if (it != waiting_.end()) waiting_.erase(it);
    creates_.erase(turn.go->id);
    if (!waiter) {  // it has gone
      scheduler_.report(turn.go->id, flow::Outcome::not_sent, now());
      continue;
    }
    granted_[turn.go->id] = true;
    wake(waiter);
    if (turn_keeper_.lock() == waiter) turn_keeper_.reset();
  }
  if (wake_time == kNever) return;
  if (turn_keeper_.expired()) turn_keeper_ = first_of(waiting_);
  if (const auto keeper = turn_keeper_.lock()) wake_at(keeper, wake_time);
}

// Any that is still there; those that have gone are forgotten.
std::shared_ptr<Account::Waiter> Account::first_of(Waiters& waiters) {
  while (!waiters.empty()) {
    if (auto waiter = waiters.begin()->second.lock()) return waiter;
    waiters.erase(waiters.begin());
  }
  return nullptr;
}

Async<Result<flow::TicketId>> Account::turn(flow::Ticket ticket, std::stop_token stop, Nanos not_before) {
  auto self = shared_from_this();
  auto executor = co_await asio::this_coro::executor;
  auto waiter = std::make_shared<Waiter>(executor);
  waiter->timer.expires_at(base::TimerClock::time_point::max());
  flow::TicketId id = 0;
  {
    std::lock_guard lock(mutex_);
    const bool create = ticket.kind == flow::CallKind::create;
    id = scheduler_.enqueue(std::move(ticket), now(), not_before);
    waiting_[id] = waiter;
    if (create) creates_.insert(id);
    pump_turns();
  }
  auto on_stop = [waiter] {
    waiter->woken = true;
    asio::post(waiter->timer.get_executor(), [waiter] { waiter->timer.expires_at(base::TimerClock::time_point()); });
  };
  std::stop_callback watch(stop, on_stop);
  for (;;) {
    {
      std::lock_guard lock(mutex_);
      if (granted_.erase(id) != 0) co_return id;
      if (const auto refused = refused_.extract(id)) co_return refused.mapped();
      if (stop.stop_requested()) {
        scheduler_.withdraw(id);
        waiting_.erase(id);
        creates_.erase(id);
        if (turn_keeper_.lock() == waiter) turn_keeper_.reset();
        pump_turns();
        co_return stopped();
      }
      if (turn_keeper_.lock() == waiter && now() >= waiter->until) {
        waiter->until = kNever;
        pump_turns();
        if (granted_.erase(id) != 0) co_return id;
      }
    }
    co_await sleep(waiter);
  }
}

void Account::report(flow::TicketId id, flow::Outcome outcome, const flow::Feedback& feedback,
                     const std::optional<Error>& why) {
  std::lock_guard lock(mutex_);
  scheduler_.report(id, outcome, now(), feedback);
  if (scheduler_.stopped()) refuse_creates(outcome, why);
  pump_turns();
}

// A key that is refused, or an account that cannot pay, refuses all that would be bought next: those that wait are told so,
// instead of waiting for ever. The next create asks anew, since the key or the money may be there by then.
void Account::refuse_creates(flow::Outcome outcome, const std::optional<Error>& why) {
  const bool money = outcome == flow::Outcome::money;
  const Error error = why ? *why
                          : Error(money ? Errc::provider : Errc::credentials,
                                  money ? "not sent, because the account there cannot pay; add credit and resume"
                                        : "not sent, because the provider has just refused the key");
  for (const flow::TicketId id : creates_) {
    scheduler_.withdraw(id);
    refused_.emplace(id, error);
    const auto it = waiting_.find(id);
    if (it == waiting_.end()) continue;
    if (const auto waiter = it->second.lock()) {
      if (turn_keeper_.lock() == waiter) turn_keeper_.reset();
      wake(waiter);
    }
    waiting_.erase(it);
  }
  creates_.clear();
  scheduler_.resume();
}

void Account::release(flow::TicketId id) {
  std::lock_guard lock(mutex_);
  scheduler_.release(id);
  pump_turns();
}

flow::TicketId Account::adopt() {
  std::lock_guard lock(mutex_);
  return scheduler_.adopt();
}

flow::Decision Account::decide(flow::Outcome outcome, int made, std::optional<Nanos> server_wait) {
  std::lock_guard lock(mutex_);
  return retry_.decide(outcome, made, server_wait);
}

// ---- questions

void Account::pump_questions() {
  Nanos wake_time = kNever;
  for (;;) {
    const flow::PollCall call = polls_.due(now());
    if (call.kind == flow::PollKind::none) {
      wake_time = call.wake;
      break;
    }
    // A list is anybody's to ask for; a question about a job is its own waiter's.
    auto it = call.kind == flow::PollKind::list ? watches_.begin() : watches_.find(call.id);
    if (it == watches_.end()) {
      polls_.remove(call.id);
      continue;
    }
    Question question;
    question.kind = call.kind;
    it->second.questions.push_back(std::move(question));
    if (const auto waiter = it->second.waiter.lock()) wake(waiter);
  }
  if (wake_time == kNever) return;
  if (const auto keeper = poll_keeper_.lock()) return wake_at(keeper, wake_time);
  for (auto& [id, one] : watches_)
    if (const auto waiter = one.waiter.lock()) {
      poll_keeper_ = waiter;
      return wake_at(waiter, wake_time);
    }
}

void Account::watch(const std::string& id, Rational expected, Rational deadline, std::int64_t created_ms) {
  std::lock_guard lock(mutex_);
  watches_[id].created_ms = created_ms;
  polls_.add(id, now(), seconds(expected), now() + seconds(deadline), now());
  if (const auto early = std::find(early_.begin(), early_.end(), id); early != early_.end()) {
    early_.erase(early);
    polls_.hint(id, now());
  }
  pump_questions();
}

void Account::unwatch(const std::string& id) {
  std::lock_guard lock(mutex_);
  polls_.remove(id);
  auto it = watches_.find(id);
  if (it == watches_.end()) return;
  bool lists = false;
  for (const Question& q : it->second.questions) lists = lists || q.kind == flow::PollKind::list;
  watches_.erase(it);
  if (lists) polls_.failed({}, now());  // somebody else has to ask
  pump_questions();
}

bool Account::watched(const std::string& id) {
  std::lock_guard lock(mutex_);
  return watches_.count(id) != 0;
}

bool Account::hint(const std::string& id) {
  std::lock_guard lock(mutex_);
  if (watches_.count(id) == 0) {
    if (std::find(early_.begin(), early_.end(), id) == early_.end()) early_.push_back(id);
    if (early_.size() > kEarlyHints) early_.pop_front();
    return false;
  }
  polls_.hint(id, now());
  pump_questions();
  return true;
}

std::int64_t Account::oldest_ms() {
  std::lock_guard lock(mutex_);
  std::int64_t oldest = INT64_MAX;
  for (const auto& [id, one] : watches_) oldest = std::min(oldest, one.created_ms);
  return watches_.empty() ? 0 : oldest;
}

Async<Result<Account::Question>> Account::next_question(std::string id, std::stop_token stop) {
  auto self = shared_from_this();
  auto executor = co_await asio::this_coro::executor;
  auto waiter = std::make_shared<Waiter>(executor);
  waiter->timer.expires_at(base::TimerClock::time_point::max());
  auto on_stop = [waiter] {
    waiter->woken = true;
    asio::post(waiter->timer.get_executor(), [waiter] { waiter->timer.expires_at(base::TimerClock::time_point()); });
  };
  std::stop_callback callback(stop, on_stop);
  for (;;) {
    {
      std::lock_guard lock(mutex_);
      Watch& mine = watches_[id];
      if (poll_keeper_.lock() == waiter && now() >= waiter->until) waiter->until = kNever;
      if (mine.questions.empty() && !stop.stop_requested()) {
        mine.waiter = waiter;
        pump_questions();
      }
      if (!mine.questions.empty() || stop.stop_requested()) {
        mine.waiter.reset();
        const bool kept = poll_keeper_.lock() == waiter;
        if (kept) poll_keeper_.reset();
        if (mine.questions.empty()) co_return stopped();
        Question question = std::move(mine.questions.front());
        mine.questions.pop_front();
        if (kept) pump_questions();
        co_return question;
      }
    }
    co_await sleep(waiter);
  }
}

void Account::heard(const RemoteJob& job) {
  std::lock_guard lock(mutex_);
  const auto it = watches_.find(job.id);
  if (it == watches_.end()) return;
  polls_.seen(job.id, job.state, now());
  Question news;
  news.news = job;
  it->second.questions.push_back(std::move(news));
  if (const auto waiter = it->second.waiter.lock()) wake(waiter);
  pump_questions();
}

void Account::listed() {
  std::lock_guard lock(mutex_);
  polls_.listed(now());
  pump_questions();
}

void Account::unheard(const std::string& id) {
  std::lock_guard lock(mutex_);
  polls_.failed(id, now());
  pump_questions();
}

}  // namespace vidgen::backends
