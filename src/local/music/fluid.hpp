// SPDX-License-Identifier: Apache-2.0
// The functions of FluidSynth that are used, found in its library at run time. Its header gives their types.
#pragma once

#include <fluidsynth.h>

#include "vidgen/error.hpp"

namespace vidgen::local {

#define VIDGEN_FLUID_FUNCTIONS(X)                                                                        \
  X(new_fluid_settings) X(delete_fluid_settings) X(fluid_settings_setnum) X(fluid_settings_setint)       \
  X(new_fluid_synth) X(delete_fluid_synth) X(fluid_synth_reverb_on) X(fluid_synth_chorus_on)             \
  X(fluid_synth_sfload) X(fluid_synth_cc) X(fluid_synth_set_gen) X(fluid_synth_noteoff)                  \
  X(fluid_synth_noteon) X(fluid_synth_process) X(fluid_synth_get_sfont_by_id) X(fluid_sfont_get_preset)  \
  X(fluid_synth_set_channel_type) X(fluid_synth_program_select)

struct Fluid {
#define VIDGEN_FLUID_MEMBER(name) decltype(&::name) name = nullptr;
  VIDGEN_FLUID_FUNCTIONS(VIDGEN_FLUID_MEMBER)
#undef VIDGEN_FLUID_MEMBER
};

// Loads it on the first call. Errc::soundfont_missing: it is not installed, or too old. Any thread.
Result<const Fluid*> load_fluid();

}  // namespace vidgen::local
