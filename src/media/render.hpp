// SPDX-License-Identifier: Apache-2.0
// render_frames: frames [from, to) of a timeline, encoded into one file. Frames are made on a thread of their own while
// the encoder works. The file is written in place; naming and removing it is the caller's.
//
// Thread-safety: may be called from any thread; blocks. Errors: cancelled, and those of the parts.
#pragma once

#include "vidgen/media.hpp"

namespace vidgen::media {

struct RenderResult {
  RenderResult() = default;
  Frames frames = 0;
  Samples samples = 0;
  std::string encoder;
  std::vector<std::string> notes;
};

// `film`: with sound, and the index at the front.
Result<RenderResult> render_frames(const Timeline& timeline, Frames from, Frames to, const std::string& path, bool film,
                                   const AssembleOptions& options);

}  // namespace vidgen::media
