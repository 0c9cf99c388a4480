// SPDX-License-Identifier: Apache-2.0
// Signals: Ctrl-C once saves and ends gently, twice ends at once. Made before any other thread starts, so that all
// threads have the signals blocked and this one alone takes them.
#pragma once

#include <functional>
#include <mutex>

namespace vidgen::cli {

class Signals {
 public:
  Signals();
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;
  // Called on the first SIGINT or SIGTERM, from a thread of its own.
  void on_stop(std::function<void()> gentle);
  bool stopped() const;

 private:
  struct State;
  State* state_;
};

}  // namespace vidgen::cli
