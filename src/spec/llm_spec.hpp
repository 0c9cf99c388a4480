// SPDX-License-Identifier: Apache-2.0
// From a language model's answer to a spec. The base is spec_by_rules of the same request; the answer only replaces
// fields that pass: words of the closed lists, text that is plain English, facts that the prompt holds. What the
// request settles (length, size, rate, template, grade, captions, seed) is never the model's. Every field says in
// `reasons` whose it is: "model: …", or "rules: …" with what was wrong with the model's.
//
// Thread-safety: a pure function. Errors: Errc::spec_invalid with the place, for the repair message, when the answer is
// not a proposal; what spec_by_rules says when the request itself is refused. Bounded by kMostProposalBytes.
#pragma once

#include <string_view>

#include "vidgen/spec.hpp"

namespace vidgen::spec {

Result<Spec> spec_from_proposal(std::string_view json, const Request& request, const TemplateSet& templates);

}  // namespace vidgen::spec
