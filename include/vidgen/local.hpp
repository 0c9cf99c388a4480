// SPDX-License-Identifier: Apache-2.0
// The embedded backend (component vidgen::local): it paints and composes the film on this machine, for nothing, with no
// key and no network. The core library needs none of what it needs (Cairo, Pango, FluidSynth): link libvidgen-local, or
// let the core load it when a film first wants it.
//
// Thread-safety: all functions from any thread.
#pragma once

#include <memory>
#include <string>

#include "vidgen/backend.hpp"
#include "vidgen/storyboard.hpp"

VIDGEN_NAMESPACE_BEGIN

struct LocalOptions {
  LocalOptions() = default;
  std::string soundfont;  // path of a .sf2 or .sf3; empty: the best installed one
  double loudness = -14;  // LUFS of the music
};

// The same backend without linking the component: libvidgen-local is loaded from beside libvidgen, or from where the
// system looks, by the first call that makes something; plans need no more than its name. Where it is not there,
// unavailable() says so and every call is Errc::not_found. Errc::unsupported: it is of another version.
VIDGEN_EXPORT std::shared_ptr<ModelBackend> load_local_backend(const LocalOptions& options = LocalOptions());
// Its type renderer alone, loaded by the first title that is laid out.
VIDGEN_EXPORT std::shared_ptr<TitleRenderer> load_local_titles();
// What paints storyboards, loaded by the first of them.
VIDGEN_EXPORT std::shared_ptr<StoryboardPainter> load_local_storyboards();

// ---- in libvidgen-local itself

// A backend named "local" that also brings the type renderer. Fonts and the sound font are loaded at first use.
VIDGEN_EXPORT std::shared_ptr<ModelBackend> local_backend(const LocalOptions& options = LocalOptions());
VIDGEN_EXPORT std::shared_ptr<TitleRenderer> local_titles();
VIDGEN_EXPORT std::shared_ptr<StoryboardPainter> local_storyboards();

VIDGEN_NAMESPACE_END
