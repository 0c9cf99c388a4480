// SPDX-License-Identifier: Apache-2.0
// From a Title to the few pictures that it is made of, each in its final place, with the way it moves. Knows the
// roles; knows nothing of frames. One thread at a time, because of the Shaper.
#pragma once

#include <optional>
#include <vector>

#include "local/titles/motion.hpp"
#include "local/titles/raster.hpp"
#include "vidgen/timeline.hpp"

namespace vidgen::local::titles {

struct Part {
  Placed placed;
  Move move = Move::fade;
  double delay = 0;                // 1/30 s
  double rise = 0;                 // pixels it comes up
  double drift = 0;                // pixels it goes up at the end
  bool masked = false;             // comes up from behind its own lower edge
  std::optional<SetLine> letters;  // set when its letters close up while it comes
};

struct Composition {
  std::vector<Part> parts;  // bottom first
  double moves_in = 0;      // 1/30 s until all have arrived
  bool leaves = true;
};

// Without words: no parts. Errc::font_missing.
Result<Composition> compose(const Title& title, Size frame, Shaper& shaper);

}  // namespace vidgen::local::titles
