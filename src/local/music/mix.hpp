// SPDX-License-Identifier: Apache-2.0
// The buses and the effects become one mix: cleaned, balanced, ducked, brightened, not too wide. Where the parts are
// wanted each step is carried out on every bus alike, so that they still add up to the mix.
// Thread-safety: functions of values.
#pragma once

#include <vector>

#include "local/music/synth.hpp"

namespace vidgen::local {

struct Mix {
  Mix() = default;
  StereoTrack whole;               // about -16 LUFS, before the master bus
  std::vector<StereoTrack> parts;  // of a split desk: by Part, and the effects last; their sum is `whole`
};

Mix mix_buses(Buses buses, const Desk& desk, const Score& score, const StyleRow& style);

// The names of the parts, as files are called.
const std::vector<std::string>& part_names();

}  // namespace vidgen::local
