// SPDX-License-Identifier: Apache-2.0
// Reads template, beat and archetype documents strictly: unknown keys, wrong types, names outside the lists and beats
// that leave gaps are Errc::template_invalid with the path of the place.
//
// Thread-safety: pure functions.
#pragma once

#include "base/json.hpp"
#include "vidgen/template.hpp"

namespace vidgen::spec {

Result<Template> read_template(const base::Json& document);
Result<std::vector<BeatTemplate>> read_beats(const base::Json& document);
Result<std::vector<Archetype>> read_archetypes(const base::Json& document);
// Adds one document, whichever of the three its schema names, replacing what has the same name.
Status add_document(TemplateSet& set, std::string_view text);
// That every beat an archetype names exists, and every grade.
Status check_links(const TemplateSet& set);
// The archetype as a template, its beats laid end to end.
Template as_template(const Archetype& archetype, const TemplateSet& set);

}  // namespace vidgen::spec
