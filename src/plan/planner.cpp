// SPDX-License-Identifier: Apache-2.0
#include "plan/planner.hpp"

#include "base/try.hpp"
#include "plan/assemble.hpp"
#include "plan/check.hpp"

namespace vidgen::plan {

std::string continuity_text(Continuity continuity, int batch) {
  std::string out(to_string(continuity));
  if (continuity == Continuity::batch && out.find(':') == std::string::npos) out += ":" + std::to_string(batch);
  return out;
}

Result<Plan> expand(const Spec& spec, const ModelProfile& video, const ModelProfile& image, const ModelProfile* music,
                    const PlanOptions& options) {
  VIDGEN_CHECK(check_models(spec, video, image, music, options));
  VIDGEN_TRY(draft, draft_of(spec, video, options));
  Film film(spec, video, image, music, options, std::move(draft));
  film.add_sources();
  film.lay_out(true);
  film.add_rendering();
  return std::move(film.plan());
}

}  // namespace vidgen::plan
