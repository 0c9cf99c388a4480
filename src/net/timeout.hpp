// SPDX-License-Identifier: Apache-2.0
// within(): an operation that is given until a point of the steady clock. Boost 1.81 has no cancel_after, so it is the
// operation against a timer, here and nowhere else. Nothing is returned when the time is over or when the awaiting
// coroutine was cancelled; the operation has ended then, too.
//
// until(): the earlier of "now and a stage's time" and the end of the whole; zero or less means only the end.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <optional>
#include <utility>

#include "vidgen/async.hpp"

namespace vidgen::net {

using Clock = std::chrono::steady_clock;
using TimePoint = Clock::time_point;

inline TimePoint until(std::chrono::milliseconds stage, TimePoint end) {
  return stage.count() > 0 ? std::min(end, Clock::now() + stage) : end;
}

template <class T>
Async<std::optional<T>> within(TimePoint deadline, Async<T> operation) {
  using asio::experimental::awaitable_operators::operator||;
  asio::steady_timer timer(co_await asio::this_coro::executor, deadline);
  auto first = co_await (std::move(operation) || timer.async_wait(asio::as_tuple(asio::use_awaitable)));
  std::optional<T> out;
  if (first.index() == 0) out = std::get<0>(std::move(first));
  co_return out;
}

inline Async<bool> is_cancelled() {
  const asio::cancellation_state state = co_await asio::this_coro::cancellation_state;
  co_return state.cancelled() != asio::cancellation_type::none;
}

}  // namespace vidgen::net
