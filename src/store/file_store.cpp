// SPDX-License-Identifier: Apache-2.0
#include "store/file_store.hpp"

#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>

#include "base/digest.hpp"
#include "base/files.hpp"
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

class FileStore final : public Store {
 public:
  explicit FileStore(std::string folder) : folder_(std::move(folder)) {}

  Result<Asset> put(std::string_view bytes, AssetKind kind, std::string_view mime) override {
    std::string sha = base::sha256_hex(bytes);
    std::string place = place_of(sha);
    if (!base::file_exists(place)) {
      VIDGEN_CHECK(base::make_folders(fs::path(place).parent_path().string()));
      VIDGEN_CHECK(base::write_file(place, bytes));
    }
    return asset_of(sha, kind, mime, static_cast<std::int64_t>(bytes.size()));
  }

  Result<Asset> put_file(const std::string& path, AssetKind kind, std::string_view mime, bool keep) override {
    VIDGEN_TRY(sha, base::sha256_file(path));
    VIDGEN_TRY(size, base::file_size(path));
    std::string place = place_of(sha);
    if (!base::file_exists(place)) {
      VIDGEN_CHECK(base::make_folders(fs::path(place).parent_path().string()));
      VIDGEN_CHECK(keep ? base::copy_file(path, place) : base::publish_file(path, place));
    } else if (!keep) {
      ::unlink(path.c_str());
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

  Status remove(const std::string& sha) override {
    VIDGEN_TRY(place, path(sha));
    if (::unlink(place.c_str()) != 0) return base::errno_error("cannot remove " + place);
    return {};
  }

  Result<std::vector<Asset>> list() const override {
    std::vector<Asset> out;
    std::error_code ec;
    for (fs::recursive_directory_iterator it(folder_, ec), end; !ec && it != end; it.increment(ec)) {
      std::string name = it->path().filename().string();
      std::error_code size_ec;
      if (it->is_regular_file(size_ec) && is_digest(name))
        out.push_back(asset_of(name, AssetKind::other, "", static_cast<std::int64_t>(it->file_size(size_ec))));
    }
    if (ec) return base::errno_error("cannot list " + folder_, ec.value());
    return out;
  }

  Result<std::string> scratch(std::string_view suffix) override {
    return folder_ + "/tmp/" + std::to_string(::getpid()) + "-" + std::to_string(counter_++) + std::string(suffix);
  }

 private:
  std::string place_of(const std::string& sha) const { return folder_ + "/" + sha.substr(0, 2) + "/" + sha; }

  std::string folder_;
  std::atomic<unsigned> counter_{0};
};

// A scratch file starts with the id of the process that writes it.
void sweep_scratch(const std::string& folder) {
  std::error_code ec;
  for (fs::directory_iterator it(folder, ec), end; !ec && it != end; it.increment(ec)) {
    pid_t owner = static_cast<pid_t>(std::atoi(it->path().filename().c_str()));
    bool alive = owner > 0 && (::kill(owner, 0) == 0 || errno == EPERM);
    std::error_code ignored;
    if (!alive) fs::remove(it->path(), ignored);
  }
}

}  // namespace

Result<std::shared_ptr<Store>> open_file_store(const std::string& folder) {
  VIDGEN_CHECK(base::make_folders(folder + "/tmp"));
  sweep_scratch(folder + "/tmp");
  return std::shared_ptr<Store>(std::make_shared<FileStore>(folder));
}

}  // namespace vidgen::store
