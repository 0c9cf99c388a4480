// SPDX-License-Identifier: Apache-2.0
// on_pool: runs blocking work on a pool and resumes the awaiting coroutine on its own executor. The work itself is not
// interrupted by cancellation: give it a stop_token.
#pragma once

#include <boost/asio/any_completion_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <utility>

#include "vidgen/async.hpp"

namespace vidgen::base {

// For handlers that have no executor of their own: they are called right here.
struct Here {
  template <class F>
  void execute(F&& f) const {
    std::forward<F>(f)();
  }
  friend bool operator==(Here, Here) noexcept { return true; }
  friend bool operator!=(Here, Here) noexcept { return false; }
};

// Hands a value to an erased handler on the executor that belongs to it, else on `otherwise`. Never on Asio's system
// executor, which would start threads that belong to nobody.
template <class T>
void complete(Handler<T> handler, T value, const asio::any_completion_executor& otherwise = Here()) {
  // The host may destroy its context as soon as the handler has run there. A strand must not outlive it, and the one here
  // does by an instant: as work of the context's own it is waited for.
  auto executor = asio::prefer(asio::get_associated_executor(handler, otherwise), asio::execution::outstanding_work.tracked);
  executor.execute([h = std::move(handler), v = std::move(value)]() mutable { std::move(h)(std::move(v)); });
}

// A plain function, not a coroutine, so that no temporary lives in a co_await expression (GCC 12).
template <class T>
Async<T> on_pool(asio::any_io_executor pool, std::function<T()> work) {
  auto start = [](auto handler, asio::any_io_executor on, std::function<T()> run) {
    auto job = [h = std::move(handler), w = std::move(run)]() mutable {
      T value = w();
      auto back = asio::prefer(asio::get_associated_executor(h), asio::execution::outstanding_work.tracked);
      asio::post(back, [done = std::move(h), v = std::move(value)]() mutable { std::move(done)(std::move(v)); });
    };
    asio::post(on, std::move(job));
  };
  return asio::async_initiate<const asio::use_awaitable_t<>, void(T)>(start, asio::use_awaitable, std::move(pool),
                                                                      std::move(work));
}

}  // namespace vidgen::base
