// SPDX-License-Identifier: Apache-2.0
// The JSON Schema of a proposal: what a language model is asked for in phase 1. A proposal is not a spec; it holds
// words and shares of time, no lengths, sizes, models, prices or addresses. Strict in the sense of hosted structured
// output: every object closed, every property required, optional ones may be null, no ranges, no defaults.
//
// Thread-safety: a pure function; same templates, same bytes. Errors: none.
#pragma once

#include <string>

#include "vidgen/template.hpp"

namespace vidgen::spec {

inline constexpr const char* kProposalName = "film_proposal";
std::string llm_schema(const TemplateSet& templates);

}  // namespace vidgen::spec
