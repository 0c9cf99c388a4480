// SPDX-License-Identifier: Apache-2.0
// Two pieces of work side by side. Blocks until both have ended.
//
// Thread-safety: a function. Errors: what either throws is thrown once both have ended. Where no thread can be started,
// one runs after the other.
#pragma once

#include <future>
#include <system_error>
#include <utility>

namespace vidgen::base {

template <class First, class Second>
void both(First&& first, Second&& second) {
  std::future<void> other;
  try {
    other = std::async(std::launch::async, std::forward<Second>(second));
  } catch (const std::system_error&) {
    first();
    second();
    return;
  }
  first();  // a future of std::async waits for its work when it goes
  other.get();
}

}  // namespace vidgen::base
