// SPDX-License-Identifier: Apache-2.0
// The embedded backend (component vidgen::local): it paints and composes the film on this machine, for nothing, with no
// key and no network. Link libvidgen-local to use it; the core library needs none of what it needs.
#pragma once

#include <memory>
#include <string>

#include "vidgen/backend.hpp"

VIDGEN_NAMESPACE_BEGIN

struct LocalOptions {
  LocalOptions() = default;
  std::string soundfont;  // path of a .sf2 or .sf3; empty: the best installed one
  double loudness = -14;  // LUFS of the music
};

// A backend named "local" that also brings the type renderer. Fonts and the sound font are loaded at first use.
VIDGEN_EXPORT std::shared_ptr<ModelBackend> local_backend(const LocalOptions& options = LocalOptions());
VIDGEN_EXPORT std::shared_ptr<TitleRenderer> local_titles();

VIDGEN_NAMESPACE_END
