// SPDX-License-Identifier: Apache-2.0
// What the composer needs of the machine: a sound font, and FluidSynth to play it. Here, and not with the composer, so that
// it can be asked for without loading that.
#pragma once

#include <string>

#include "vidgen/error.hpp"

namespace vidgen::base {

// `wanted` when it names one, else the best that is installed. Errc::soundfont_missing has the line that installs one, and
// FluidSynth with it: where the one is missing, mostly both are.
Result<std::string> find_soundfont(const std::string& wanted);

// The handle of FluidSynth's library, opened once and kept. It is not linked, because Debian's brings thirty libraries of
// drivers along, of which none is used here. Errc::soundfont_missing says what to install.
Result<void*> open_fluidsynth();

}  // namespace vidgen::base
