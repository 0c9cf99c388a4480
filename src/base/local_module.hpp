// SPDX-License-Identifier: Apache-2.0
// What libvidgen-local shows to the core that loads it when it is first used. One symbol of C finds it; both sides are
// of one version, which is compared before anything else is touched.
#pragma once

#include "vidgen/local.hpp"

namespace vidgen::base {

struct LocalModule {
  const char* version;  // kVersion of the one that built it
  std::shared_ptr<ModelBackend> (*backend)(const LocalOptions&);
  std::shared_ptr<TitleRenderer> (*titles)();
  std::shared_ptr<StoryboardPainter> (*storyboards)();
};

inline constexpr const char* kLocalModuleSymbol = "vidgen_local_module";

// TitleRenderer::version() of the embedded one, known before it is loaded, because plans need it. Not the versions of
// Pango and Cairo: a key is made of what is asked for, and an upgrade of a library makes nothing anew.
inline constexpr const char* kTitlesVersion = "titles-1";

}  // namespace vidgen::base
