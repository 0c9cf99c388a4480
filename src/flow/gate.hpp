// SPDX-License-Identifier: Apache-2.0
// Gate: how many remote jobs an account has at once. It counts places by name, so that giving one back twice is
// harmless. Thread-safety: none; one owner.
#pragma once

#include <algorithm>
#include <cstdint>
#include <unordered_set>

namespace vidgen::flow {

class Gate {
 public:
  explicit Gate(int places) : places_(std::max(places, 1)) {}
  bool free() const { return held() < places_; }
  int held() const { return static_cast<int>(held_.size()); }
  // May pass the limit: a job of an earlier process is there, whatever the limit is now.
  void hold(std::uint64_t id) { held_.insert(id); }
  void release(std::uint64_t id) { held_.erase(id); }

 private:
  int places_;
  std::unordered_set<std::uint64_t> held_;
};

}  // namespace vidgen::flow
