// SPDX-License-Identifier: Apache-2.0
// One row a phase; default_phases() lists them.
#pragma once

#include "vidgen/phase.hpp"

namespace vidgen::phases {

Phase validate_phase();
Phase animatic_phase();
Phase references_phase();
Phase chunks_phase();
Phase refine_phase();
Phase export_phase();

// A StepKind from a name and a function, for kinds that need no state.
class PlainKind final : public StepKind {
 public:
  using Run = Async<Result<StepOutcome>> (*)(std::shared_ptr<StepContext>);
  PlainKind(std::string_view name, Run how) : name_(name), run_(how) {}
  std::string_view name() const override { return name_; }
  Async<Result<StepOutcome>> run(std::shared_ptr<StepContext> context) override { return run_(std::move(context)); }

 private:
  std::string_view name_;
  Run run_;
};

Phase make_phase(int number, std::string name, JobStatus status);

}  // namespace vidgen::phases
