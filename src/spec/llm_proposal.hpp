// SPDX-License-Identifier: Apache-2.0
// A language model's answer as a value. Reading is about shape only: types, counts, known keys. What the words are
// worth is llm_spec's business.
//
// Thread-safety: values and a pure function. Errors: Errc::spec_invalid, one line of at most 300 characters that names
// the place ("beats[2].shot: expected text"), good enough to be sent back to the model.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vidgen/error.hpp"

namespace vidgen::spec {

struct ProposedBeat {
  ProposedBeat() = default;
  std::string name;
  std::optional<std::string> action, shot, camera;
  std::optional<double> seconds;
};

struct ProposedReason {
  ProposedReason() = default;
  std::string field, why;
};

struct Proposal {
  Proposal() = default;
  std::optional<std::string> template_name;
  std::vector<ProposedBeat> beats;
  std::vector<std::optional<std::string>> fields;  // by row of proposed_fields()
  std::vector<std::string> colours;
  std::vector<ProposedReason> reasons;
};

// Accepts the object alone or in one whole Markdown fence; a missing optional key counts as null.
Result<Proposal> read_proposal(std::string_view answer);

}  // namespace vidgen::spec
