// SPDX-License-Identifier: Apache-2.0
#include "local/backend/shot_cache.hpp"

#include <algorithm>

namespace vidgen::local {
namespace {

// About 20 MB each at 1280x720.
constexpr std::size_t kMostShots = 6;

// All that a shot depends on, and nothing of the clip or still that shows it.
std::string key_of(const GenerationRequest& request, const ShotBrief& brief) {
  GenerationRequest g;
  g.size = request.size;
  g.fps = request.fps;
  g.beat_count = brief.count;
  g.product = brief.product;
  g.setting = brief.setting;
  g.style = brief.style;
  g.captions = brief.captions;
  g.seed = brief.seed;
  if (!brief.photos.empty()) g.images = request.images;
  BeatSpan span;
  span.index = brief.index;
  span.beat = brief.beat;
  g.spans.push_back(span);
  return to_json(g);
}

}  // namespace

Result<std::unique_ptr<Shot>> ShotCache::take(const GenerationRequest& request, const ShotBrief& brief) {
  {
    std::string key = key_of(request, brief);
    std::lock_guard lock(mutex_);
    auto it = std::find_if(shots_.begin(), shots_.end(), [&](const auto& entry) { return entry.first == key; });
    if (it != shots_.end()) {
      auto shot = std::move(it->second);
      shots_.erase(it);
      return shot;
    }
  }
  return make_shot(brief, request.size, static_cast<double>(brief.beat.length) / request.fps.to_double());
}

void ShotCache::give_back(const GenerationRequest& request, const ShotBrief& brief, std::unique_ptr<Shot> shot) {
  std::string key = key_of(request, brief);
  std::lock_guard lock(mutex_);
  shots_.emplace_back(std::move(key), std::move(shot));
  if (shots_.size() > kMostShots) shots_.pop_front();
}

}  // namespace vidgen::local
