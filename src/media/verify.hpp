// SPDX-License-Identifier: Apache-2.0
// Proofs that a written film is what was planned. check_written reads the packets and decodes a few pictures at each
// place where parts meet; verify_master decodes everything once.
//
// Thread-safety: functions without state; they block. Errors: Errc::verify_failed that says what is wrong.
#pragma once

#include <stop_token>
#include <vector>

#include "vidgen/asset.hpp"
#include "vidgen/media.hpp"

namespace vidgen::media {

// Frames 0 to frames - 1 once each at their exact times, a key frame first, rising decoding times, sound within one AAC
// frame of `samples` (0: none). `joins`: frames that begin a part; each must be a key frame and decode.
Status check_written(const std::string& path, Frames frames, Samples samples, Rational fps,
                     const std::vector<Frames>& joins);

// Decodes the whole file: every frame at its time, no damage, and the sound's length to one AAC frame.
Status verify_master(const std::string& path, Frames frames, Samples samples, Rational fps, std::stop_token stop = {});

// Decodes all of a file that somebody else made: Errc::media_invalid where it cannot be read to its end.
Status check_readable(const std::string& path, AssetKind kind, const MediaLimits& limits, std::stop_token stop = {});

}  // namespace vidgen::media
