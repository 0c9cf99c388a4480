// SPDX-License-Identifier: Apache-2.0
// ShotCache: shots whose layers are painted already. A keyframe and the clips of its beat show the same shot; painting
// its layers takes as long as fifty of its frames. A shot belongs to one user at a time: it is taken out and given
// back.
//
// Thread-safety: every member from any thread.
#pragma once

#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "local/shot.hpp"

namespace vidgen::local {

class ShotCache {
 public:
  // The shot of one span of a request, from the cache or new.
  Result<std::unique_ptr<Shot>> take(const GenerationRequest& request, const ShotBrief& brief);
  void give_back(const GenerationRequest& request, const ShotBrief& brief, std::unique_ptr<Shot> shot);

 private:
  std::mutex mutex_;
  std::deque<std::pair<std::string, std::unique_ptr<Shot>>> shots_;  // oldest first
};

}  // namespace vidgen::local
