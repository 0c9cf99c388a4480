// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "av/image.hpp"
#include "base/try.hpp"
#include "local/backend/work.hpp"
#include "local/settings/direction.hpp"

namespace vidgen::local {
namespace {

// A reference picture has no beat: the product alone in a studio, or the film's place with the product in it.
BeatSpan reference_span(const GenerationRequest& request) {
  BeatSpan span;
  span.beat.name = request.role;
  span.beat.length = 90;
  span.beat.shot = request.role == "product" ? "medium" : "medium_wide";
  span.beat.camera = "static";
  span.beat.role = "middle";
  return span;
}

using Names = std::vector<std::string_view>;

// So many rows on from where it stands.
std::string_view moved_on(const Names& rows, std::string_view name, int by) {
  const auto at = std::find(rows.begin(), rows.end(), name) - rows.begin();
  const auto count = static_cast<std::ptrdiff_t>(rows.size());
  return rows[static_cast<std::size_t>((at % count + by) % count)];
}

// Another take of the same beat: another seed, another move, and a framing of the same kind, so that the words still
// have their place.
void direct_anew(ShotBrief& brief, int take) {
  static const Names kMoves = {"push_in", "pan", "pull_out", "orbit", "crane_up"};
  static const Names kWhole = {"wide", "medium_wide", "medium", "medium_close_up"};
  static const Names kNear = {"close_up", "extreme_close_up", "macro"};
  brief.seed += static_cast<std::uint64_t>(take) * 0x9E3779B97F4A7C15U;
  brief.beat.camera = moved_on(kMoves, brief.beat.camera, take - 1);
  const Frame frame = shot_row(brief.beat.shot).frame;
  if (frame == Frame::low || frame == Frame::above) return;
  const bool near = frame == Frame::close || frame == Frame::macro;
  brief.beat.shot = moved_on(near ? kNear : kWhole, brief.beat.shot, take - 1);
}

}  // namespace

bool is_repainted(const GenerationRequest& request) {
  return request.kind == ModelKind::video && request.take > 1 && !request.has_last_frame;
}

ShotBrief brief_of(const GenerationRequest& request, const BeatSpan& span,
                   const std::vector<std::shared_ptr<const Photo>>& photos) {
  ShotBrief brief;
  brief.beat = span.beat;
  brief.index = span.index;
  brief.count = request.beat_count > 0 ? request.beat_count : 1;
  brief.product = request.product;
  brief.setting = request.setting;
  brief.style = request.style;
  brief.captions = request.captions;
  brief.photos = photos;
  brief.seed = request.seed;
  if (is_repainted(request)) direct_anew(brief, request.take);
  return brief;
}

Result<std::shared_ptr<const Photo>> load_photo(const Asset& image, const Store& store) {
  VIDGEN_TRY(path, store.path(image.sha256));
  VIDGEN_TRY(bitmap, av::read_image(path, MediaLimits()));
  return photo_of(bitmap);
}

Result<WorkResult> paint_still(const GenerationRequest& request, const GenerationInputs& inputs,
                               const WorkContext& context) {
  VIDGEN_TRY(photos, context.photos->load(inputs.images, request.size, *context.store));
  BeatSpan span = request.spans.empty() ? reference_span(request) : request.spans.front();
  ShotBrief brief = brief_of(request, span, photos);
  if (request.spans.empty() && request.role == "product") brief.setting.place = "studio";
  double fps = request.fps.to_double();
  VIDGEN_TRY(shot, context.shots->take(request, brief));
  Bitmap bitmap;
  bitmap.width = request.size.width;
  bitmap.height = request.size.height;
  bitmap.stride = bitmap.width * 4;
  bitmap.pixels.resize(static_cast<std::size_t>(bitmap.stride) * static_cast<std::size_t>(bitmap.height));
  shot->paint_bgra(static_cast<double>(span.from) / fps, bitmap.pixels.data(), bitmap.stride);
  VIDGEN_TRY(png, av::encode_png(bitmap));
  VIDGEN_TRY(asset, context.store->put(png, AssetKind::image, "image/png"));
  WorkResult out;
  out.outputs.push_back(asset);
  out.remarks = shot->notes();
  context.shots->give_back(request, brief, std::move(shot));
  return out;
}

}  // namespace vidgen::local
