// SPDX-License-Identifier: Apache-2.0
// The score as a list of synthesiser events in one fixed order. Pure. Thread-safety: functions of values.
#pragma once

#include <vector>

#include "local/music/music.hpp"
#include "local/music/styles.hpp"

namespace vidgen::local {

enum class Stem : int { low, music, drums };
inline constexpr int kStems = 3;
inline constexpr int kChannels = 48;  // multiple of 16 and of kStems

// At one sample, controls come first, then releases, then strikes.
enum class EventKind : int { control, filter, note_off, note_on };

struct Event {
  Event() = default;
  Samples at = 0;
  EventKind kind = EventKind::control;
  int channel = 0;
  int a = 0, b = 0;  // controller and value, or key and velocity; filter: cents
};

// The synthesiser sends channel c to output c % kStems.
int channel_of_layer(const LayerRow& layer, int index);
int channel_of_drum(int key);

std::vector<Event> make_events(const Score& score, const StyleRow& style);

}  // namespace vidgen::local
