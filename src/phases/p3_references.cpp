// SPDX-License-Identifier: Apache-2.0
// Phase 3: reference pictures, the style guide and the product.
#include "phases/picture.hpp"
#include "phases/rows.hpp"

namespace vidgen::phases {

Phase references_phase() {
  Phase phase = make_phase(3, "references", JobStatus::generating_references);
  phase.kinds.push_back(std::make_shared<PlainKind>("reference", &run_picture));
  return phase;
}

}  // namespace vidgen::phases
