// SPDX-License-Identifier: Apache-2.0
// Which template or archetype a film takes, and its final size.
//
// Thread-safety: pure functions.
#pragma once

#include "spec/extract.hpp"
#include "vidgen/spec.hpp"

namespace vidgen::spec {

struct Choice {
  Choice() = default;
  Template film;  // an archetype laid out as a template, too
  std::string why;
};

// The one the request names (Errc::not_found with near names when there is none), else the one the words ask for.
Result<Choice> choose_template(const Request& request, const Prompt& prompt, const Extract& said,
                               const TemplateSet& set);

struct SizeChoice {
  SizeChoice() = default;
  Size size;
  std::string why;
};
SizeChoice choose_size(const Request& request, const Extract& said, const Template& film);

}  // namespace vidgen::spec
