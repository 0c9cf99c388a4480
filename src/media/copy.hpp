// SPDX-License-Identifier: Apache-2.0
// copy_clips: whole clips joined by cuts without encoding their pictures again. The sound is mixed and encoded once, as
// always. What would need new pictures is refused, never quietly left out.
//
// Thread-safety: a function without state; it blocks. Errors: Errc::unsupported that says what stands in the way; those
// of join_segments().
#pragma once

#include "vidgen/media.hpp"

namespace vidgen::media {

Result<AssembleReport> copy_clips(const Timeline& timeline, const std::string& out, const AssembleOptions& options);

}  // namespace vidgen::media
