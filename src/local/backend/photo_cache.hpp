// SPDX-License-Identifier: Apache-2.0
// PhotoCache: the user's photographs as the painter takes them, decoded once for all clips of a film, and no larger
// than its frames can show.
//
// Thread-safety: every member from any thread. Errors: those of av/photograph.hpp and of the store.
#pragma once

#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "local/compositor/photo.hpp"
#include "vidgen/media.hpp"
#include "vidgen/store.hpp"

namespace vidgen::local {

std::shared_ptr<const Photo> photo_of(const Bitmap& premultiplied);

class PhotoCache {
 public:
  // In the order of `images`.
  Result<std::vector<std::shared_ptr<const Photo>>> load(const std::vector<Asset>& images, Size frame,
                                                         const Store& store);

 private:
  using Entry = std::pair<std::string, std::shared_ptr<const Photo>>;
  Result<std::shared_ptr<const Photo>> one(const std::string& sha256, int longest, const Store& store);
  void keep(Entry entry);

  std::mutex mutex_;
  std::deque<Entry> known_;  // oldest first
};

}  // namespace vidgen::local
