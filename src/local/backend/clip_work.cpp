// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdlib>

#include "av/clip_writer.hpp"
#include "base/files.hpp"
#include "base/try.hpp"
#include "local/backend/work.hpp"

namespace vidgen::local {
namespace {

// Two pictures whose sampled colours differ by more than this on average are not the same picture. A clip's own last
// frame, encoded and decoded again, differs by 1 to 4.
constexpr double kOwnFrame = 16.0;
// A clip of this long side or less is a preview's: it is encoded once more, and harder, so that more bits than these are
// not seen. They take a fifth of its time to write and to read.
constexpr int kPreviewSide = 640, kPreviewCrf = 22;
// Spans of a beat longer than this many are a bug of a plan, not a wish.
constexpr std::size_t kMaxSpans = 64;

class Planes {
 public:
  explicit Planes(Size size) : size_(size) {
    auto luma = static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height);
    bytes_.resize(luma * 3 / 2);
  }
  YuvView view() {
    std::uint8_t* y = bytes_.data();
    std::uint8_t* u = y + static_cast<std::ptrdiff_t>(size_.width) * size_.height;
    std::uint8_t* v = u + static_cast<std::ptrdiff_t>(size_.width / 2) * (size_.height / 2);
    return YuvView{{y, u, v}, {size_.width, size_.width / 2, size_.width / 2}};
  }
  av::YuvPlanes planes() {
    YuvView from = view();
    av::YuvPlanes out;
    for (int i = 0; i < 3; ++i) {
      out.data[i] = from.data[i];
      out.stride[i] = from.stride[i];
    }
    out.width = size_.width;
    out.height = size_.height;
    return out;
  }

 private:
  Size size_;
  std::vector<std::uint8_t> bytes_;
};

// Where frame `i` of a clip lies: its span, and the frame of that span's beat. The spans of a continuation begin with
// the frame that repeats its predecessor's last one.
struct Place {
  std::size_t span;
  Frames beat_frame;
};

Place place_of(const GenerationRequest& request, Frames i) {
  Frames at = i;
  for (std::size_t s = 0; s < request.spans.size(); ++s) {
    const BeatSpan& span = request.spans[s];
    Frames length = span.to - span.from;
    if (at < length || s + 1 == request.spans.size()) return Place{s, span.from + at};
    at -= length;
  }
  return Place{0, at};
}

double sampled_difference(const Photo& a, const std::vector<std::uint8_t>& b, Size size) {
  double sum = 0;
  int count = 0;
  for (int y = 0; y < size.height; y += 16)
    for (int x = 0; x < size.width; x += 16) {
      int ax = x * a.width / size.width, ay = y * a.height / size.height;
      const std::uint8_t* p =
          a.bgra_premultiplied.data() +
          (static_cast<std::size_t>(ay) * static_cast<std::size_t>(a.width) + static_cast<std::size_t>(ax)) * 4;
      const std::uint8_t* q =
          b.data() +
          (static_cast<std::size_t>(y) * static_cast<std::size_t>(size.width) + static_cast<std::size_t>(x)) * 4;
      for (int c = 0; c < 3; ++c) sum += std::abs(static_cast<int>(p[c]) - static_cast<int>(q[c]));
      count += 3;
    }
  return count > 0 ? sum / count : 0;
}

// Is the first image a frame that we painted for this very moment?
bool is_own_frame(const Photo& first, Shot& shot, double seconds, Size size) {
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) * 4);
  shot.paint_bgra(seconds, pixels.data(), size.width * 4);
  return sampled_difference(first, pixels, size) <= kOwnFrame;
}

class ClipPainter {
 public:
  ClipPainter(const GenerationRequest& request, std::vector<std::shared_ptr<const Photo>> photos, ShotCache& shots)
      : request_(request), photos_(std::move(photos)), shots_(shots), fps_(request.fps.to_double()) {}
  ~ClipPainter() { put_back(); }
  ClipPainter(const ClipPainter&) = delete;
  ClipPainter& operator=(const ClipPainter&) = delete;

  Result<Shot*> shot_of(std::size_t span) {
    if (shot_ && span == span_) return shot_.get();
    put_back();
    brief_ = brief_of(request_, request_.spans[span], photos_);
    if (foreign_) brief_.beat.photographs = {0};
    VIDGEN_TRY(shot, foreign_ ? make_shot(brief_, request_.size, static_cast<double>(brief_.beat.length) / fps_)
                              : shots_.take(request_, brief_));
    shot_ = std::move(shot);
    span_ = span;
    for (const std::string& note : shot_->notes())
      if (std::find(remarks.begin(), remarks.end(), note) == remarks.end()) remarks.push_back(note);
    return shot_.get();
  }

  // A first image that is not ours is a photograph: it becomes the picture that the camera moves over.
  Status begin(const std::shared_ptr<const Photo>& first) {
    Place place = place_of(request_, 0);
    VIDGEN_TRY(shot, shot_of(place.span));
    if (is_own_frame(*first, *shot, static_cast<double>(place.beat_frame) / fps_, request_.size)) return {};
    put_back();
    photos_.assign(1, first);
    foreign_ = true;
    remarks.push_back("a clip starts from a picture that is not ours and is shown as a photograph");
    return {};
  }

  Status paint(Frames i, const YuvView& out) {
    Place place = place_of(request_, i);
    VIDGEN_TRY(shot, shot_of(place.span));
    shot->paint(static_cast<double>(place.beat_frame) / fps_, out);
    return {};
  }

  std::vector<std::string> remarks;

 private:
  // A shot of somebody else's picture is nobody else's shot.
  void put_back() {
    if (shot_ && !foreign_) shots_.give_back(request_, brief_, std::move(shot_));
    shot_.reset();
  }

  const GenerationRequest& request_;
  std::vector<std::shared_ptr<const Photo>> photos_;
  ShotCache& shots_;
  double fps_;
  ShotBrief brief_;
  bool foreign_ = false;
  std::unique_ptr<Shot> shot_;
  std::size_t span_ = 0;
};

av::ClipOptions clip_options(Size size) {
  av::ClipOptions out;
  if (std::max(size.width, size.height) <= kPreviewSide) out.encode.crf = kPreviewCrf;
  return out;
}

Status paint_all(ClipPainter& painter, const GenerationRequest& request, const std::string& path,
                 const WorkContext& context) {
  Frames count = frame_at(request.seconds, request.fps);
  VIDGEN_TRY(writer, av::ClipWriter::create(path, request.size, request.fps, clip_options(request.size)));
  Planes planes(request.size);
  for (Frames i = 0; i < count; ++i) {
    if (context.stop.stop_requested()) return Error(Errc::cancelled, "painting was stopped");
    VIDGEN_CHECK(painter.paint(i, planes.view()));
    VIDGEN_CHECK(writer->write(planes.planes()));
    if (context.progress && i % 8 == 0) context.progress(static_cast<double>(i) / static_cast<double>(count));
  }
  return writer->finish();
}

}  // namespace

Result<WorkResult> paint_clip(const GenerationRequest& request, const GenerationInputs& inputs,
                              const WorkContext& context) {
  if (request.spans.empty() || request.spans.size() > kMaxSpans)
    return Error(Errc::invalid_argument, "a clip needs 1 to 64 beats to show");
  VIDGEN_TRY(photos, context.photos->load(inputs.images, request.size, *context.store));
  ClipPainter painter(request, photos, *context.shots);
  if (inputs.first_frame) {
    VIDGEN_TRY(first, load_photo(*inputs.first_frame, *context.store));
    // Another take of a chain's first clip is painted afresh; one that continues a clip does so from its last frame.
    if (!is_repainted(request) || request.repeats_first_frame) VIDGEN_CHECK(painter.begin(first));
  }
  VIDGEN_TRY(path, context.store->scratch(".mp4"));
  VIDGEN_CHECK(paint_all(painter, request, path, context));
  VIDGEN_TRY(asset, context.store->put_file(path, AssetKind::video, "video/mp4", false));
  WorkResult out;
  out.outputs.push_back(asset);
  out.remarks = painter.remarks;
  if (request.take > 1 && request.has_last_frame)
    out.remarks.push_back("between two given pictures the painter makes the same clip again");
  return out;
}

}  // namespace vidgen::local
