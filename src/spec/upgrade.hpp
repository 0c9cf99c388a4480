// SPDX-License-Identifier: Apache-2.0
// Versions of the documents this room reads. A document names its schema as "vidgen.template/1"; older ones are
// upgraded step by step before they are read, newer ones are refused with the version this library knows.
//
// Thread-safety: pure functions. Errors: the document's own code (template_invalid, spec_invalid).
#pragma once

#include <span>
#include <string_view>

#include "base/json.hpp"

namespace vidgen::spec {

struct UpgradeStep {
  std::string_view family;  // "vidgen.template"
  int from;                 // makes version from + 1
  base::Json (*run)(const base::Json& older);
};

struct SchemaVersion {
  std::string_view family;
  int current;
  Errc code;  // of a document that cannot be read
};

std::span<const SchemaVersion> schema_versions();
std::span<const UpgradeStep> upgrade_steps();

// The document in its current version. Refuses other families, newer versions, and documents without a schema.
Result<base::Json> upgraded(base::Json document, std::string_view family);

}  // namespace vidgen::spec
