// SPDX-License-Identifier: Apache-2.0
// commit: a batch of the journal, awaited. Resumes once the batch is durable, or failed.
#pragma once

#include <boost/asio/use_awaitable.hpp>
#include <future>
#include <memory>
#include <utility>

#include "vidgen/journal.hpp"

namespace vidgen::base {

// A plain function, not a coroutine, so that no temporary lives in a co_await expression (GCC 12).
inline Async<Status> commit(std::shared_ptr<Journal> journal, JournalBatch batch) {
  auto begin = [](auto handler, std::shared_ptr<Journal> to, JournalBatch entries) {
    to->commit(std::move(entries), Handler<Status>(std::move(handler)));
  };
  return asio::async_initiate<const asio::use_awaitable_t<>, void(Status)>(begin, asio::use_awaitable,
                                                                           std::move(journal), std::move(batch));
}

// Blocks until a batch is durable. For threads of the pool.
inline Status commit_now(Journal& journal, JournalBatch batch) {
  std::promise<Status> promise;
  auto future = promise.get_future();
  auto set = [&promise](Status s) { promise.set_value(std::move(s)); };
  journal.commit(std::move(batch), Handler<Status>(std::move(set)));
  return future.get();
}

}  // namespace vidgen::base
