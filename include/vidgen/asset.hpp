// SPDX-License-Identifier: Apache-2.0
// Asset: a blob of the store, named by the SHA-256 of its bytes. Thread-safety: values, immutable once published.
#pragma once

#include <cstdint>
#include <string>

#include "vidgen/error.hpp"

VIDGEN_NAMESPACE_BEGIN

enum class AssetKind { image, video, audio, json, other };

struct Asset {
  Asset() = default;
  std::string sha256;  // 64 hex digits; empty: no asset
  AssetKind kind = AssetKind::other;
  std::string mime;  // "video/mp4"
  std::int64_t bytes = 0;
  bool empty() const { return sha256.empty(); }
  bool operator==(const Asset&) const = default;
};

VIDGEN_EXPORT std::string_view to_string(AssetKind kind);

VIDGEN_NAMESPACE_END
