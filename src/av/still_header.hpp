// SPDX-License-Identifier: Apache-2.0
// What a still says of itself before anything is decoded: format, size, kind of pixels, how it was held, and whether
// the file is whole. Hostile input: lengths are checked, nothing is allocated by a number of the file.
//
// Thread-safety: a pure function. Errors say what the file is and what to do; the caller names it. Errc::media_invalid:
// empty, cut off, damaged; media_unsupported: another format, or several pictures.
#pragma once

#include <string_view>

#include "vidgen/error.hpp"
#include "vidgen/time.hpp"

namespace vidgen::av {

enum class StillFormat { jpeg, png, webp };

struct StillHeader {
  StillHeader() = default;
  StillFormat format = StillFormat::jpeg;
  Size size;             // as it lies in the file
  int bits = 8;          // of a channel
  int channels = 3;      // as decoded: a palette is three, or four
  int orientation = 1;   // EXIF's
  bool plain_ink = false;  // four channels of ink as they are, not inverted as Adobe does
  // Kinds of pixels that not every reader of stills knows: more than 8 bits, inks.
  bool unusual() const { return bits > 8 || (format == StillFormat::jpeg && channels == 4); }
};

Result<StillHeader> read_still_header(std::string_view bytes);

}  // namespace vidgen::av
