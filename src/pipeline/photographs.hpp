// SPDX-License-Identifier: Apache-2.0
// The user's photographs on their way in: refused by the name their owner knows, before anything is painted or bought,
// and kept as a file that every painter and provider can read. An ordinary one is kept as it is; one that is held
// sideways, printed in inks, of 16 bits or huge becomes an upright JPEG or PNG of at most 4096 pixels.
//
// Thread-safety: functions. Errors: those of av/photograph.hpp; Errc::input_refused for one that is too small.
#pragma once

#include "vidgen/spec.hpp"
#include "vidgen/store.hpp"

VIDGEN_NAMESPACE_BEGIN

struct AdoptedPhoto {
  AdoptedPhoto() = default;
  std::string sha256;
  Photograph facts;
};

// Without a store nothing is written.
Result<AdoptedPhoto> adopt_photograph(const std::string& path, Store* store);
// What a photograph is that was adopted earlier.
Result<Photograph> look_at_photograph(const std::string& sha256, const Store& store);

VIDGEN_NAMESPACE_END
