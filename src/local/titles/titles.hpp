// SPDX-License-Identifier: Apache-2.0
// Words in the picture: opening titles, captions and end cards, set with Pango and drawn with Cairo. It is not a
// subtitle renderer (rules of reading speed live elsewhere) and paints no picture under the type but a scrim.
//
// A layout makes few bitmaps: a scrim, one per line, one for the mark and one for the pill; a frame then only moves
// them. A title begins to come on its first frame and is gone after its last; an end card stays. Units: pixels of the
// frame; sizes in the style tables are shares of the frame's height.
//
// Emoji without a text form are left out of the words; every other letter that no installed font has is
// Errc::font_missing. Fontconfig is only read. Thread-safety: the renderer may be used from any thread (layouts take
// turns); a layer by one thread at a time, and it does not need the renderer any more.
#pragma once

#include <memory>

#include "vidgen/media.hpp"

namespace vidgen::local {

std::shared_ptr<TitleRenderer> make_title_renderer();

}  // namespace vidgen::local
