// SPDX-License-Identifier: Apache-2.0
#include "av/image.hpp"
#include "base/try.hpp"
#include "local/backend/work.hpp"

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

}  // namespace

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
  return brief;
}

Result<std::shared_ptr<const Photo>> load_photo(const Asset& image, const Store& store) {
  VIDGEN_TRY(path, store.path(image.sha256));
  VIDGEN_TRY(bitmap, av::read_image(path, MediaLimits()));
  auto photo = std::make_shared<Photo>();
  photo->width = bitmap.width;
  photo->height = bitmap.height;
  std::size_t row = static_cast<std::size_t>(bitmap.width) * 4;
  photo->bgra_premultiplied.reserve(row * static_cast<std::size_t>(bitmap.height));
  for (int y = 0; y < bitmap.height; ++y) {
    const std::uint8_t* from =
        bitmap.pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(bitmap.stride);
    photo->bgra_premultiplied.insert(photo->bgra_premultiplied.end(), from, from + row);
  }
  return std::shared_ptr<const Photo>(photo);
}

Result<std::vector<std::shared_ptr<const Photo>>> load_photos(const std::vector<Asset>& images, const Store& store) {
  std::vector<std::shared_ptr<const Photo>> out;
  for (const Asset& image : images) {
    VIDGEN_TRY(photo, load_photo(image, store));
    out.push_back(photo);
  }
  return out;
}

Result<WorkResult> paint_still(const GenerationRequest& request, const GenerationInputs& inputs,
                               const WorkContext& context) {
  VIDGEN_TRY(photos, load_photos(inputs.images, *context.store));
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
