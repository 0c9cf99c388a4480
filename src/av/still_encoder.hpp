// SPDX-License-Identifier: Apache-2.0
// One picture as the bytes of a file. Deterministic: one thread, nothing of the library's version in it.
// Thread-safety: pure.
#pragma once

#include <string>

#include "av/handles.hpp"
#include "vidgen/error.hpp"

namespace vidgen::av {

struct StillCodec {
  int codec;         // an AVCodecID
  const char* name;  // for errors: "PNG"
  void (*settings)(AVCodecContext&);
};

// Errc::encoder_missing, internal.
Result<std::string> encode_still(const AVFrame* frame, const StillCodec& format);

}  // namespace vidgen::av
