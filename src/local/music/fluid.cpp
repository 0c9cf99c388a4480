// SPDX-License-Identifier: Apache-2.0
#include "local/music/fluid.hpp"

#include <dlfcn.h>

#include "base/soundfont.hpp"
#include "base/try.hpp"

namespace vidgen::local {
namespace {

Result<Fluid> find_functions() {
  VIDGEN_TRY(handle, base::open_fluidsynth());
  Fluid out;
  bool all = true;
#define VIDGEN_FLUID_FIND(name)                                                \
  out.name = reinterpret_cast<decltype(out.name)>(::dlsym(handle, #name)); \
  all = all && out.name != nullptr;
  VIDGEN_FLUID_FUNCTIONS(VIDGEN_FLUID_FIND)
#undef VIDGEN_FLUID_FIND
  if (!all) return Error(Errc::soundfont_missing, "this FluidSynth lacks functions: install version 2.2 or newer");
  return out;
}

}  // namespace

Result<const Fluid*> load_fluid() {
  static const Result<Fluid> loaded = find_functions();
  if (!loaded) return loaded.error();
  return &*loaded;
}

}  // namespace vidgen::local
