// SPDX-License-Identifier: Apache-2.0
// The score as a list of synthesiser events in one fixed order. Pure. Thread-safety: functions of values.
#pragma once

#include <string_view>
#include <vector>

#include "local/music/music.hpp"
#include "local/music/styles.hpp"

namespace vidgen::local {

// The groups that the mix treats alike, and their parts.
enum class Group : int { low, music, drums };
inline constexpr int kGroups = 3;
enum class Part : int { bass, kick, chords, figures, melody, drums };
inline constexpr int kParts = 6;
inline constexpr int kChannels = 48;  // multiple of 16, kGroups and kParts

Group group_of(Part part);
Part part_of(LayerKind kind);

// How parts are laid on buses: each on one of its own, or those of a group together. A split desk costs more time and
// memory and sounds the same.
struct Desk {
  Desk() = default;
  explicit Desk(bool each) : split(each) {}
  bool split = false;
  int buses() const { return split ? kParts : kGroups; }
  int bus_of(Part part) const { return split ? static_cast<int>(part) : static_cast<int>(group_of(part)); }
  Group group_of_bus(int bus) const { return split ? group_of(static_cast<Part>(bus)) : static_cast<Group>(bus); }
};

// At one sample, controls come first, then releases, then strikes.
enum class EventKind : int { control, filter, note_off, note_on };

struct Event {
  Event() = default;
  Samples at = 0;
  EventKind kind = EventKind::control;
  int channel = 0;
  int a = 0, b = 0;  // controller and value, or key and velocity; filter: cents
};

// The synthesiser sends channel c to output c % desk.buses().
int channel_of_layer(const Desk& desk, const LayerRow& layer, int index);
int channel_of_drum(const Desk& desk, int key);

std::vector<Event> make_events(const Score& score, const StyleRow& style, const Desk& desk);

// The events of players who play side by side, each with about the same to do. A key of a channel belongs to one of
// them, so that a strike meets its own release, and the hi-hats, which choke each other, stay together; controls go to
// all.
std::vector<std::vector<Event>> deal(const std::vector<Event>& events, const Desk& desk, std::size_t players);

}  // namespace vidgen::local
