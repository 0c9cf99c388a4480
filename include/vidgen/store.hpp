// SPDX-License-Identifier: Apache-2.0
// Store: content-addressed blobs. The built-in one keeps files named by their SHA-256 in a folder, each written to a
// temporary name, synced, and renamed.
//
// Thread-safety: every member may be called from any thread. All calls may block on a disk: call them on a pool.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "vidgen/asset.hpp"

VIDGEN_NAMESPACE_BEGIN

class VIDGEN_EXPORT Store {
 public:
  virtual ~Store() = default;
  // Copies bytes in. Durable on return. Putting the same bytes twice is one blob.
  virtual Result<Asset> put(std::string_view bytes, AssetKind kind, std::string_view mime) = 0;
  // Takes a file over. It is moved when it lies on the same filesystem (`keep` false), copied otherwise.
  virtual Result<Asset> put_file(const std::string& path, AssetKind kind, std::string_view mime, bool keep) = 0;
  // A path that stays readable until the blob is removed. Errc::not_found when there is no such blob.
  virtual Result<std::string> path(const std::string& sha256) const = 0;
  virtual Result<std::string> read(const std::string& sha256) const = 0;
  virtual bool contains(const std::string& sha256) const = 0;
  // When it was last put, in milliseconds since 1970; 0: not known. What is young may be on its way into the journal, so
  // `clean` leaves it.
  virtual std::int64_t stored_ms(const std::string& sha256) const {
    (void)sha256;
    return 0;
  }
  virtual Status remove(const std::string& sha256) = 0;
  virtual Result<std::vector<Asset>> list() const = 0;
  // A new path for scratch output, on the store's filesystem. The caller moves it in with put_file or deletes it.
  virtual Result<std::string> scratch(std::string_view suffix) = 0;
};

VIDGEN_NAMESPACE_END
