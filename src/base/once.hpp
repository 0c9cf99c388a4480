// SPDX-License-Identifier: Apache-2.0
// A handler that two may complete: whoever was asked, from any thread at any time, or a stop. The first one does; what
// comes later changes nothing, so that whoever was asked may answer when all else is gone.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

#include "base/offload.hpp"

namespace vidgen::base {

template <class T>
class Once : public std::enable_shared_from_this<Once<T>> {
 public:
  explicit Once(Handler<T> handler) : handler_(std::in_place, std::move(handler)) {}

  void answer(T with) {
    std::optional<Handler<T>> own;  // Boost 1.81 cannot assign handlers: its swap() calls itself
    {
      std::lock_guard lock(mutex_);
      if (!handler_) return;
      own.emplace(std::move(*handler_));
      handler_.reset();
    }
    base::complete(std::move(*own), std::move(with));
  }

  // From now on a stop answers with `instead`. Call it once, on one that a shared_ptr owns.
  void stop_with(std::stop_token stop, T instead) {
    auto ended = [weak = this->weak_from_this(), with = std::move(instead)] {
      if (auto self = weak.lock()) self->answer(with);
    };
    stopped_.emplace(std::move(stop), std::function<void()>(std::move(ended)));
  }

 private:
  std::mutex mutex_;
  std::optional<Handler<T>> handler_;
  std::optional<std::stop_callback<std::function<void()>>> stopped_;
};

}  // namespace vidgen::base
