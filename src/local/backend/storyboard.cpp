// SPDX-License-Identifier: Apache-2.0
#include "local/backend/storyboard.hpp"

#include <mutex>

#include "av/photograph.hpp"
#include "base/try.hpp"
#include "local/backend/work.hpp"

namespace vidgen::local {
namespace {

constexpr int kLongest = 1600;  // of a photograph in a still

class Painter final : public StoryboardPainter {
 public:
  Result<Bitmap> still(const GenerationRequest& request, const std::vector<std::string>& images) override {
    if (request.spans.empty()) return Error(Errc::invalid_argument, "a still shows a beat");
    std::lock_guard lock(mutex_);
    VIDGEN_CHECK(load(images));
    const BeatSpan& span = request.spans.front();
    const ShotBrief brief = brief_of(request, span, photos_);
    const double fps = request.fps.to_double();
    VIDGEN_TRY(shot, make_shot(brief, request.size, static_cast<double>(span.beat.length) / fps));
    Bitmap out;
    out.width = request.size.width;
    out.height = request.size.height;
    out.stride = out.width * 4;
    out.pixels.resize(static_cast<std::size_t>(out.stride) * static_cast<std::size_t>(out.height));
    shot->paint_bgra(static_cast<double>(span.from) / fps, out.pixels.data(), out.stride);
    return out;
  }

  Result<Bitmap> sheet(const Storyboard& board) override { return paint_sheet(board); }

 private:
  // All stills of a film have the same photographs.
  Status load(const std::vector<std::string>& images) {
    if (images == known_) return {};
    std::vector<std::shared_ptr<const Photo>> photos;
    for (const std::string& path : images) {
      VIDGEN_TRY(photo, av::read_photograph(path, kLongest));
      photos.push_back(photo_of(photo.picture));
    }
    photos_ = std::move(photos);
    known_ = images;
    return {};
  }

  std::mutex mutex_;
  std::vector<std::string> known_;
  std::vector<std::shared_ptr<const Photo>> photos_;
};

}  // namespace

std::shared_ptr<StoryboardPainter> make_storyboard_painter() {
  return std::make_shared<Painter>();
}

}  // namespace vidgen::local
