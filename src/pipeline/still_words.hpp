// SPDX-License-Identifier: Apache-2.0
// The words of a film over a still of it, as the finished film has them: bars first, then type. Pure but for the type
// renderer; blocking.
#pragma once

#include <string>

#include "vidgen/media.hpp"

VIDGEN_NAMESPACE_BEGIN

// `titles` null: no words. `at`: a master frame.
Status set_words(Bitmap& still, const Timeline& timeline, Frames at, TitleRenderer* titles);
// A PNG's bytes.
Result<std::string> sheet_bytes(const Bitmap& sheet);

VIDGEN_NAMESPACE_END
