// SPDX-License-Identifier: Apache-2.0
// Three stems and the effects become one mix: cleaned, balanced, ducked, brightened, not too wide.
// Thread-safety: functions of values.
#pragma once

#include "local/music/synth.hpp"

namespace vidgen::local {

// About -16 LUFS, before the master bus.
StereoTrack mix_stems(Stems stems, const Score& score, const StyleRow& style);

}  // namespace vidgen::local
