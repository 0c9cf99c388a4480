// SPDX-License-Identifier: Apache-2.0
// Stills of a finished film. Thread-safety: functions; they block. Errors: those of reading the film.
#pragma once

#include "av/frame.hpp"
#include "vidgen/media.hpp"

namespace vidgen::phases {

// The picture that is shown at a time, as opaque BGRA.
Result<Bitmap> picture_at(const std::string& film, Rational seconds, const MediaLimits& limits);
// Scaled down to a width by averaging; returned as it is when it is no wider.
Bitmap thumbnail(const Bitmap& from, int width);

}  // namespace vidgen::phases
