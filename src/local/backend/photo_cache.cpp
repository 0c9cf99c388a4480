// SPDX-License-Identifier: Apache-2.0
#include "local/backend/photo_cache.hpp"

#include <algorithm>

#include "av/photograph.hpp"
#include "base/try.hpp"

namespace vidgen::local {
namespace {

constexpr std::size_t kMostBytes = std::size_t{256} << 20;
// Over the frame's longer side: a picture grows by 8 %, is cached at 1.15, and may be cut to another shape.
constexpr double kFiner = 1.6;
constexpr int kLeast = 1024, kMost = 4096;

}  // namespace

std::shared_ptr<const Photo> photo_of(const Bitmap& bitmap) {
  auto photo = std::make_shared<Photo>();
  photo->width = bitmap.width;
  photo->height = bitmap.height;
  const std::size_t row = static_cast<std::size_t>(bitmap.width) * 4;
  photo->bgra_premultiplied.reserve(row * static_cast<std::size_t>(bitmap.height));
  for (int y = 0; y < bitmap.height; ++y) {
    const std::uint8_t* from = bitmap.pixels.data() + static_cast<std::ptrdiff_t>(y) * bitmap.stride;
    photo->bgra_premultiplied.insert(photo->bgra_premultiplied.end(), from, from + row);
  }
  return photo;
}

Result<std::vector<std::shared_ptr<const Photo>>> PhotoCache::load(const std::vector<Asset>& images, Size frame,
                                                                   const Store& store) {
  const int longest = std::clamp(static_cast<int>(kFiner * std::max(frame.width, frame.height)), kLeast, kMost);
  std::vector<std::shared_ptr<const Photo>> out;
  for (const Asset& image : images) {
    VIDGEN_TRY(photo, one(image.sha256, longest, store));
    out.push_back(std::move(photo));
  }
  return out;
}

Result<std::shared_ptr<const Photo>> PhotoCache::one(const std::string& sha256, int longest, const Store& store) {
  const std::string key = sha256 + " " + std::to_string(longest);
  std::lock_guard lock(mutex_);  // held while decoding: two clips of a film want the same ones
  const auto it = std::find_if(known_.begin(), known_.end(), [&](const Entry& entry) { return entry.first == key; });
  if (it != known_.end()) return it->second;
  VIDGEN_TRY(path, store.path(sha256));
  VIDGEN_TRY(read, av::read_photograph(path, longest));
  std::shared_ptr<const Photo> photo = photo_of(read.picture);
  keep({key, photo});
  return photo;
}

void PhotoCache::keep(Entry entry) {
  known_.push_back(std::move(entry));
  std::size_t bytes = 0;
  for (const Entry& one : known_) bytes += one.second->bgra_premultiplied.size();
  while (bytes > kMostBytes && known_.size() > 1) {
    bytes -= known_.front().second->bgra_premultiplied.size();
    known_.pop_front();
  }
}

}  // namespace vidgen::local
