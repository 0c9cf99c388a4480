// SPDX-License-Identifier: Apache-2.0
// What a language model is told: who it is (system), what the film is (user), and what was wrong (repair). The user's
// words travel as one JSON string under "brief", escaped by the JSON writer, so that no quotation mark, bracket or tag
// in them can end it. No provider's format, no model's name.
//
// Thread-safety: pure functions; same input, same bytes. Errors: those of spec_by_rules, for a request it refuses.
#pragma once

#include <string>
#include <string_view>

#include "vidgen/spec.hpp"

namespace vidgen::spec {

// The rules alone, without the lists that follow from templates.
std::string_view llm_rules();
std::string llm_system_prompt(const TemplateSet& templates);
// {"brief": the cleaned prompt, "facts": {…}}
Result<std::string> llm_user_message(const Request& request, const TemplateSet& templates);
// The next user message after an answer that spec_from_proposal refused; `error` is its message.
std::string llm_repair_message(std::string_view error);

}  // namespace vidgen::spec
