// SPDX-License-Identifier: Apache-2.0
// Phase 2: keyframes, the pictures that chains start from.
#include "phases/picture.hpp"
#include "phases/rows.hpp"

namespace vidgen::phases {

Phase animatic_phase() {
  Phase phase = make_phase(2, "animatic", JobStatus::generating_animatic);
  phase.kinds.push_back(std::make_shared<PlainKind>("keyframe", &run_picture));
  return phase;
}

}  // namespace vidgen::phases
