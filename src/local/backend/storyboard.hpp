// SPDX-License-Identifier: Apache-2.0
// What a storyboard needs painted: stills of beats that nobody has made yet, and the sheet that holds them all.
//
// Thread-safety: any thread, one call at a time each. Errors: those of the painter and of photographs.
#pragma once

#include <memory>

#include "vidgen/storyboard.hpp"

namespace vidgen::local {

std::shared_ptr<StoryboardPainter> make_storyboard_painter();
// The sheet alone: 1920 pixels wide, as high as it takes.
Result<Bitmap> paint_sheet(const Storyboard& board);

}  // namespace vidgen::local
