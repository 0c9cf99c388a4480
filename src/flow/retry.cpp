// SPDX-License-Identifier: Apache-2.0
#include "flow/retry.hpp"

#include <algorithm>

#include "flow/wait.hpp"

namespace vidgen::flow {

std::string_view to_string(Action action) {
  constexpr std::string_view kNames[] = {"done", "again", "reconcile", "give_up", "stop_account"};
  const auto i = static_cast<std::size_t>(action);
  return i < std::size(kNames) ? kNames[i] : "unknown";
}

Decision Retry::decide(Outcome outcome, int made, std::optional<Nanos> wait) {
  made = std::max(made, 1);
  switch (outcome) {
    case Outcome::ok:
      succeeded(made);
      return {Action::done, "it worked"};
    case Outcome::not_sent:
    case Outcome::transient:
      return again(made, policy_.attempts, policy_.cost, policy_.base, wait);
    case Outcome::throttled:
      return again(made, policy_.throttled_attempts, wait ? 0 : policy_.throttled_cost, policy_.throttled_base, wait);
    case Outcome::ambiguous:
      return {Action::reconcile, "it may have been carried out"};
    case Outcome::refused:
      return {Action::give_up, "the content was refused"};
    case Outcome::permanent:
      return {Action::give_up, "repeating it cannot help"};
    case Outcome::credentials:
      return {Action::stop_account, "the key was refused"};
    case Outcome::money:
      return {Action::stop_account, "the account cannot pay"};
  }
  return {Action::give_up, "an outcome without a row"};
}

Decision Retry::again(int made, int most, int cost, Nanos base, std::optional<Nanos> wait) {
  if (made >= most) return {Action::give_up, "it failed as often as it may"};
  if (tokens_ < cost) return {Action::give_up, "too much fails at this account to try again"};
  tokens_ -= cost;
  if (!wait) return {Action::again, "it is tried again", jitter(base, made)};
  // Not all at the same moment: up to one base later than the server asks.
  const Nanos asked = std::clamp(*wait, Nanos(0), kLongestWait);
  return {Action::again, "it is tried again when the server allows", asked + jitter(base, 1)};
}

Nanos Retry::jitter(Nanos base, int made) {
  const int doublings = std::min(made - 1, 20);
  const Nanos most = std::min(std::max(base, Nanos(0)) * (std::int64_t{1} << doublings), policy_.longest);
  return Nanos(static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(most.count()) + 1)));
}

// A success after a retry gives back a retry's cost, so that retries that help go on; one at once gives one token.
void Retry::succeeded(int made) {
  tokens_ = std::min(policy_.tokens, tokens_ + (made > 1 ? policy_.cost : 1));
}

}  // namespace vidgen::flow
