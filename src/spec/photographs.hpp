// SPDX-License-Identifier: Apache-2.0
// Which beat shows which of the user's photographs. Each is shown in the user's order, and none twice until all were
// shown. Cut-outs are the product itself, so they take turns in the beats that show no picture; pictures get beats that
// neither open nor close the film, spread over it. Where there are more of them than beats, a beat shows several, one
// after another. Pure.
#pragma once

#include "vidgen/spec.hpp"

namespace vidgen::spec {

// Fills Spec::photographs and Beat::photographs; `known` are what the spec's images are.
void show_photographs(Spec& spec, std::vector<Photograph> known);

}  // namespace vidgen::spec
