// SPDX-License-Identifier: Apache-2.0
#include "store/file_store.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <filesystem>

#include "base/digest.hpp"
#include "base/files.hpp"
#include "base/random.hpp"
#include "base/try.hpp"

namespace vidgen::store {
namespace {

namespace fs = std::filesystem;

bool is_digest(const std::string& s) {
  return s.size() == 64 && s.find_first_not_of("0123456789abcdef") == std::string::npos;
}

Asset asset_of(std::string sha, AssetKind kind, std::string_view mime, std::int64_t bytes) {
  Asset a;
  a.sha256 = std::move(sha);
  a.kind = kind;
  a.mime = mime;
  a.bytes = bytes;
  return a;
}

bool same_filesystem(const std::string& a, const std::string& b) {
  struct stat first, second;
  return ::stat(a.c_str(), &first) == 0 && ::stat(b.c_str(), &second) == 0 && first.st_dev == second.st_dev;
}

// Moves a file to its place, by a copy when it lies on another filesystem.
Status take_over(const std::string& path, const std::string& place) {
  if (same_filesystem(path, fs::path(place).parent_path().string())) return base::publish_file(path, place);
  VIDGEN_CHECK(base::copy_file(path, place));
  ::unlink(path.c_str());
  return {};
}

// Whether a blob is there. Then it counts as put now: whoever cleans leaves what is young.
bool refreshed(const std::string& place) {
  return ::utimensat(AT_FDCWD, place.c_str(), nullptr, 0) == 0 || base::file_exists(place);
}

class FileStore final : public Store {
 public:
  explicit FileStore(std::string folder) : folder_(std::move(folder)) {}

  Result<Asset> put(std::string_view bytes, AssetKind kind, std::string_view mime) override {
    std::string sha = base::sha256_hex(bytes);
    std::string place = place_of(sha);
    VIDGEN_CHECK(make_shelf(place));
    if (refreshed(place))
      VIDGEN_CHECK(base::sync_folder(shelf_of(place)));
    else
      VIDGEN_CHECK(base::write_file(place, bytes));
    return asset_of(sha, kind, mime, static_cast<std::int64_t>(bytes.size()));
  }

  Result<Asset> put_file(const std::string& path, AssetKind kind, std::string_view mime, bool keep) override {
    VIDGEN_TRY(sha, base::sha256_file(path));
    VIDGEN_TRY(size, base::file_size(path));
    std::string place = place_of(sha);
    VIDGEN_CHECK(make_shelf(place));
    if (refreshed(place)) {
      VIDGEN_CHECK(base::sync_folder(shelf_of(place)));
      if (!keep) ::unlink(path.c_str());
    } else {
      VIDGEN_CHECK(keep ? base::copy_file(path, place) : take_over(path, place));
    }
    return asset_of(sha, kind, mime, size);
  }

  Result<std::string> path(const std::string& sha) const override {
    std::string place = place_of(sha);
    if (!is_digest(sha) || !base::file_exists(place))
      return Error(Errc::not_found, "the store has no blob " + sha.substr(0, 12) + "… (was it cleaned?)");
    return place;
  }

  Result<std::string> read(const std::string& sha) const override {
    VIDGEN_TRY(place, path(sha));
    return base::read_file(place);
  }

  bool contains(const std::string& sha) const override { return is_digest(sha) && base::file_exists(place_of(sha)); }

  std::int64_t stored_ms(const std::string& sha) const override {
    struct stat info;
    if (!is_digest(sha) || ::stat(place_of(sha).c_str(), &info) != 0) return 0;
    return std::int64_t{info.st_mtim.tv_sec} * 1000 + info.st_mtim.tv_nsec / 1'000'000;
  }

  Status remove(const std::string& sha) override {
    VIDGEN_TRY(place, path(sha));
    if (::unlink(place.c_str()) != 0) return base::errno_error("cannot remove " + place);
    return {};
  }

  Result<std::vector<Asset>> list() const override {
    std::vector<Asset> out;
    VIDGEN_TRY(shelves, base::list_folder(folder_));
    for (const base::FolderEntry& shelf : shelves) {
      if (!shelf.is_folder) continue;
      VIDGEN_TRY(blobs, base::list_folder(shelf.path));
      for (const base::FolderEntry& blob : blobs)
        if (!blob.is_folder && is_digest(blob.name))
          out.push_back(asset_of(blob.name, AssetKind::other, "", blob.bytes));
    }
    return out;
  }

  Result<std::string> scratch(std::string_view suffix) override {
    return folder_ + "/tmp/" + std::to_string(::getpid()) + "-" + own_ + "-" + std::to_string(counter_++) +
           std::string(suffix);
  }

 private:
  std::string place_of(const std::string& sha) const { return folder_ + "/" + sha.substr(0, 2) + "/" + sha; }
  static std::string shelf_of(const std::string& place) { return place.substr(0, place.rfind('/')); }

  // A shelf that is there may be another process's, which died before the shelf's name was on the disk: then all that is put
  // on it would go with the power. The same holds of a blob that is there. So names count once this process has synced them.
  Status make_shelf(const std::string& place) {
    const std::string shelf = shelf_of(place);
    std::atomic<bool>& known = durable_[std::stoul(shelf.substr(shelf.size() - 2), nullptr, 16)];
    const bool by_others = !known && base::file_exists(shelf);
    VIDGEN_CHECK(base::make_folders(shelf));
    if (by_others) VIDGEN_CHECK(base::sync_folder(folder_));
    known = true;
    return {};
  }

  std::string folder_;
  std::atomic<unsigned> counter_{0};
  std::array<std::atomic<bool>, 256> durable_{};  // shelves, by the digest's first byte
  const std::string own_ = base::unique_id();     // two stores of a process may have one folder
};

// What processes that are no more left half-written: blobs under way, and scratch, which is named "<pid>-…". That a place
// cannot be looked at is no reason not to begin.
void sweep_unfinished(const std::string& folder) {
  if (auto shelves = base::list_folder(folder))
    for (const base::FolderEntry& shelf : *shelves)
      if (shelf.is_folder) base::remove_unfinished(shelf.path);
  auto scratch = base::list_folder(folder + "/tmp");
  if (!scratch) return;
  for (const base::FolderEntry& file : *scratch) {
    if (file.is_folder) continue;
    const auto writer = static_cast<pid_t>(std::atoi(file.name.c_str()));
    const bool alive = writer > 0 && (::kill(writer, 0) == 0 || errno == EPERM);
    if (!alive) ::unlink(file.path.c_str());
  }
}

}  // namespace

Result<std::shared_ptr<Store>> open_file_store(const std::string& folder) {
  VIDGEN_CHECK(base::make_folders(folder + "/tmp"));
  (void)base::sync_folder(folder + "/..");  // whoever made it may not have
  sweep_unfinished(folder);
  return std::shared_ptr<Store>(std::make_shared<FileStore>(folder));
}

}  // namespace vidgen::store
