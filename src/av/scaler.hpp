// SPDX-License-Identifier: Apache-2.0
// Scaler: Lanczos from one size of 8-bit 4:2:0 planes to another. Normaliser: whatever a decoder made, turned upright
// and made 8-bit 4:2:0 at its own size; what is so already passes through uncopied. Neither changes colours.
//
// Thread-safety: none; one owner. Errors: Errc::media_unsupported.
#pragma once

#include <memory>
#include <optional>

#include "av/frame.hpp"
#include "vidgen/error.hpp"

namespace vidgen::av {

// The full range variants of old pixel formats as the formats that they are: the range is kept beside them, so that
// swscale neither warns nor converts. The number is libav's.
int plain_format(int format);

enum class ScaleKind { lanczos, bilinear };

class Scaler {
 public:
  static Result<Scaler> make(Size from, Size to, ScaleKind kind = ScaleKind::lanczos);
  // Sizes as given to make().
  Status scale(const YuvPlanes& from, const YuvPlanes& to);
  Size from() const { return from_; }
  Size to() const { return to_; }

 private:
  Size from_, to_;
  ScaleContext context_;
};

class Normaliser {
 public:
  explicit Normaliser(int rotation = 0) : rotation_(rotation) {}
  Result<Frame> run(const Frame& frame);

 private:
  Result<Frame> convert(const Frame& frame);
  Result<Frame> rotate(const Frame& frame);

  int rotation_;
  std::optional<FramePool> pool_, turned_;
  ScaleContext context_;
  int width_ = 0, height_ = 0, format_ = -1;
};

}  // namespace vidgen::av
