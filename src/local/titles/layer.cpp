// SPDX-License-Identifier: Apache-2.0
// The renderer and its layers: a composition set in motion.
#include <cmath>
#include <map>
#include <mutex>
#include <utility>

#include "base/try.hpp"
#include "local/titles/compose.hpp"
#include "base/local_module.hpp"
#include "local/titles/titles.hpp"

namespace vidgen::local {
namespace {

using titles::Composition;
using titles::Motion;
using titles::Part;
using titles::Placed;
using titles::Pose;

// Changes whenever a title would look different.

class Layer final : public TitleLayer {
 public:
  Layer(Composition composition, Motion motion, Frames length)
      : composition_(std::move(composition)), motion_(motion), length_(length) {}

  std::vector<Sprite> frame(Frames n) override {
    std::vector<Sprite> sprites;
    if (n < 0 || n >= length_) return sprites;
    for (std::size_t i = 0; i < composition_.parts.size(); ++i) {
      const Part& part = composition_.parts[i];
      const Pose pose = motion_.pose(n, part.move, part.delay);
      if (pose.alpha <= 0) continue;
      sprites.push_back(sprite_of(part, pose, picture(i, part, pose, n)));
    }
    return sprites;
  }

 private:
  static Sprite sprite_of(const Part& part, const Pose& pose, const Placed& placed) {
    Sprite sprite;
    sprite.bitmap = placed.bitmap;
    sprite.x = placed.x;
    sprite.y = placed.y + static_cast<int>(std::lround(part.rise * pose.shift - part.drift * pose.leave));
    sprite.alpha = pose.alpha;
    if (part.masked && pose.shift > 0) sprite.clip_bottom = part.placed.y + part.placed.bitmap->height;
    return sprite;
  }

  // Letters that close up are drawn anew for each frame of their coming, and kept: who caches by pointer must never
  // meet a pointer twice.
  const Placed& picture(std::size_t index, const Part& part, const Pose& pose, Frames n) {
    if (!part.letters || pose.spread <= 0) return part.placed;
    const auto key = std::make_pair(index, n);
    const auto found = drawn_.find(key);
    if (found != drawn_.end()) return found->second;
    return drawn_.emplace(key, titles::draw_line(*part.letters, titles::kSpread * pose.spread)).first->second;
  }

  Composition composition_;
  Motion motion_;
  Frames length_;
  std::map<std::pair<std::size_t, Frames>, Placed> drawn_;
};

class Renderer final : public TitleRenderer {
 public:
  Result<std::unique_ptr<TitleLayer>> layout(const Title& title, Size frame, Rational fps) override {
    if (frame.empty() || fps.num() <= 0)
      return Error(Errc::timeline_invalid, "a title needs a frame size and a frame rate above 0");
    const std::lock_guard<std::mutex> lock(mutex_);
    VIDGEN_TRY(composition, titles::compose(title, frame, shaper_));
    const Motion motion(title.length, fps, composition.moves_in, composition.leaves);
    return std::unique_ptr<TitleLayer>(std::make_unique<Layer>(std::move(composition), motion, title.length));
  }

  std::string version() const override {
    return base::kTitlesVersion;
  }

 private:
  std::mutex mutex_;
  titles::Shaper shaper_;  // guarded by mutex_
};

}  // namespace

std::shared_ptr<TitleRenderer> make_title_renderer() {
  return std::make_shared<Renderer>();
}

}  // namespace vidgen::local
