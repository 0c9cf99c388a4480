// SPDX-License-Identifier: Apache-2.0
// FrameReader: the pictures of a media file, one after the other, as players show them: upright, 8-bit YUV 4:2:0,
// BT.709 limited. Not a converter of sizes or rates, and no sound. Media files are hostile input: as probe().
//
// Thread-safety: a reader has one user at a time; a VideoFrame is immutable and may be shared. All calls block. Errors:
// those of probe().
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "vidgen/media.hpp"

VIDGEN_NAMESPACE_BEGIN

// A plane of a frame: rows of 8-bit samples, `stride` bytes apart. Borrowed from its frame.
struct FramePlane {
  FramePlane() = default;
  const std::uint8_t* data = nullptr;
  int width = 0, height = 0, stride = 0;
};

// One picture. Copies share the pixels.
class VIDGEN_EXPORT VideoFrame {
 public:
  int width() const;
  int height() const;
  bool key() const;              // it could be decoded by itself
  Frames number() const;         // 0 for the file's first picture
  Rational seconds() const;      // when it is shown
  FramePlane plane(int i) const;  // 0: Y; 1, 2: U and V, of half the size, rounded up
  // Packed RGB, `width * 3` bytes a row: a copy, by BT.709.
  std::vector<std::uint8_t> rgb() const;

 private:
  friend class FrameReader;
  class Impl;
  std::shared_ptr<const Impl> impl_;
};

class VIDGEN_EXPORT FrameReader {
 public:
  static Result<FrameReader> open(const std::string& path, const MediaLimits& limits = MediaLimits());
  FrameReader(FrameReader&&) noexcept;
  FrameReader& operator=(FrameReader&&) noexcept;
  ~FrameReader();

  const MediaInfo& info() const;
  // The next picture; nullopt after the last.
  Result<std::optional<VideoFrame>> next();
  // Makes next() return the picture of that number. Decodes from the file's beginning, or from the picture it stands at
  // when that comes later; Errc::not_found beyond the last.
  Status seek(Frames number);

 private:
  FrameReader();
  class Impl;
  std::unique_ptr<Impl> impl_;
};

VIDGEN_NAMESPACE_END
