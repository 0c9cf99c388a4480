// SPDX-License-Identifier: Apache-2.0
#include "pipeline/photographs.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <ctime>
#include <deque>
#include <mutex>

#include "av/photograph.hpp"
#include "av/shrink.hpp"
#include "base/digest.hpp"
#include "base/photo_calm.hpp"
#include "base/photo_colours.hpp"
#include "base/try.hpp"
#include "vidgen/media.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

constexpr int kLeastSide = 64;   // of a photograph, in pixels
constexpr int kLongest = 4096;   // of a file that is made of one
constexpr int kLookAt = 256;     // enough to tell what it is
constexpr int kPaletteSide = 64;
constexpr int kOpenShare = 50;   // one pixel in so many that is clear makes a cut-out

bool is_cutout(const Bitmap& b) {
  std::size_t open = 0;
  const std::size_t pixels = b.pixels.size() / 4;
  for (std::size_t i = 3; i < b.pixels.size(); i += 4) open += b.pixels[i] < 250;
  return open * kOpenShare >= pixels;
}

Bitmap squeezed(const Bitmap& from) {
  const Size to(std::min(kPaletteSide, from.width), std::min(kPaletteSide, from.height));
  av::Shrinker shrinker(Size(from.width, from.height), to);
  for (int y = 0; y < from.height; ++y)
    shrinker.add(from.pixels.data() + static_cast<std::ptrdiff_t>(y) * from.stride);
  return shrinker.take();
}

Photograph facts_of(const av::DecodedPhoto& photo) {
  Photograph out;
  out.size = photo.size;
  out.cutout = is_cutout(photo.picture);
  const Bitmap small = squeezed(photo.picture);
  base::read_colours(small.pixels, out);
  out.calm = base::calm_side(small.pixels, small.width);
  return out;
}

// Providers and players know it as it is.
bool is_ordinary(const av::DecodedPhoto& photo) {
  const bool small = std::int64_t{photo.size.width} * photo.size.height <= MediaLimits().max_pixels &&
                     std::max(photo.size.width, photo.size.height) <= 2 * kLongest;
  return small && photo.header.orientation == 1 && !photo.header.unusual();
}

// What is known of a file after it was looked at.
struct Known {
  Known() = default;
  Photograph facts;
  bool ordinary = true;
  std::string sha256;  // of what is kept; empty: not counted yet
};

Result<Known> look(const std::string& path) {
  VIDGEN_TRY(photo, av::read_photograph(path, kLookAt));
  if (std::min(photo.size.width, photo.size.height) < kLeastSide)
    return Error(Errc::input_refused, path + " cannot be used: it is " + photo.size.to_string() +
                                          " pixels, too small to be shown: give one of at least 64x64");
  Known out;
  out.facts = facts_of(photo);
  out.ordinary = is_ordinary(photo);
  return out;
}

Result<std::string> keep(const std::string& path, bool ordinary, Store* store) {
  if (ordinary && store == nullptr) return base::sha256_file(path);
  if (ordinary) {
    VIDGEN_TRY(asset, store->put_file(path, AssetKind::image, "", true));
    return asset.sha256;
  }
  VIDGEN_TRY(large, av::read_photograph(path, kLongest));
  VIDGEN_TRY(bytes, av::encode_photograph(large.picture));
  if (store == nullptr) return base::sha256_hex(bytes);
  VIDGEN_TRY(asset, store->put(bytes, AssetKind::image, ""));
  return asset.sha256;
}

// A command plans, looks for what is unfinished and submits: the same files, looked at three times.
class Seen {
 public:
  struct Mark {
    std::string path;
    std::int64_t bytes = -1, changed_s = 0, changed_ns = 0;
    bool operator==(const Mark&) const = default;
  };
  static Mark mark_of(const std::string& path) {
    struct stat facts {};
    Mark mark;
    mark.path = path;
    if (::stat(path.c_str(), &facts) != 0) return mark;
    mark.bytes = facts.st_size;
    mark.changed_s = facts.st_mtim.tv_sec;
    mark.changed_ns = facts.st_mtim.tv_nsec;
    return mark;
  }
  bool find(const Mark& mark, Known& out) {
    std::lock_guard lock(mutex_);
    const auto it = std::find_if(seen_.begin(), seen_.end(), [&](const auto& one) { return one.first == mark; });
    if (it != seen_.end()) out = it->second;
    return it != seen_.end();
  }
  // A file that was written a moment ago may be written again without another time.
  void add(const Mark& mark, const Known& photo) {
    if (std::time(nullptr) - mark.changed_s < 3) return;
    std::lock_guard lock(mutex_);
    seen_.emplace_back(mark, photo);
    if (seen_.size() > 32) seen_.pop_front();
  }

 private:
  std::mutex mutex_;
  std::deque<std::pair<Mark, Known>> seen_;
};

}  // namespace

Result<AdoptedPhoto> adopt_photograph(const std::string& path, Store* store) {
  static Seen seen;
  const Seen::Mark mark = Seen::mark_of(path);
  Known known;
  const bool met = mark.bytes > 0 && seen.find(mark, known);
  if (!met) {
    VIDGEN_TRY(looked, look(path));
    known = std::move(looked);
  }
  // A store is told even of what it has: it keeps what was put a moment ago.
  if (store != nullptr || known.sha256.empty()) {
    VIDGEN_TRY(sha, keep(path, known.ordinary, store));
    known.sha256 = sha;
  }
  if (!met) seen.add(mark, known);
  AdoptedPhoto out;
  out.sha256 = known.sha256;
  out.facts = known.facts;
  return out;
}

Result<Photograph> look_at_photograph(const std::string& sha256, const Store& store) {
  VIDGEN_TRY(path, store.path(sha256));
  VIDGEN_TRY(photo, av::read_photograph(path, kLookAt));
  return facts_of(photo);
}

VIDGEN_NAMESPACE_END
