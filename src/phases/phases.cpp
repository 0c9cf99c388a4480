// SPDX-License-Identifier: Apache-2.0
#include "phases/rows.hpp"

namespace vidgen::phases {

Phase make_phase(int number, std::string name, JobStatus status) {
  Phase phase;
  phase.number = number;
  phase.name = std::move(name);
  phase.status = status;
  return phase;
}

}  // namespace vidgen::phases

VIDGEN_NAMESPACE_BEGIN

std::vector<Phase> default_phases() {
  std::vector<Phase> out;
  out.push_back(phases::validate_phase());
  out.push_back(phases::animatic_phase());
  out.push_back(phases::references_phase());
  out.push_back(phases::chunks_phase());
  out.push_back(phases::refine_phase());
  out.push_back(phases::export_phase());
  return out;
}

VIDGEN_NAMESPACE_END
