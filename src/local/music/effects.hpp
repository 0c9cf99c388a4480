// SPDX-License-Identifier: Apache-2.0
// Whooshes, risers and hits, made from noise and sines. Deterministic for one seed. Thread-safety: functions of values.
#pragma once

#include "local/music/synth.hpp"

namespace vidgen::local {

// Adds all effects of the score to a track of its length, at their levels before mastering (dBFS peak).
void add_effects(StereoTrack& track, const Score& score);

// Instants of an effect's own loudest part, in seconds from its first sample; for tests and placing.
double effect_lead(EffectKind kind);

}  // namespace vidgen::local
