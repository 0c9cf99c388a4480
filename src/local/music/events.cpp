// SPDX-License-Identifier: Apache-2.0
#include "local/music/events.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace vidgen::local {
namespace {

constexpr int kVolume = 7, kPan = 10, kExpression = 11, kReverb = 91, kChorus = 93;
constexpr int kDrumSlot = 7;                // of the desk's slots: one more than there are layers
constexpr double kDrumHold = 3;             // seconds; cymbals ring
constexpr int kSofter = 92, kLouder = 122;  // expression at a section's start and end

Samples sample(double seconds) {
  return std::llround(seconds * kSampleRate);
}

class EventList {
 public:
  void add(double at, EventKind kind, int channel, int a, int b) {
    Event event;
    event.at = std::max<Samples>(0, sample(at));
    event.kind = kind;
    event.channel = channel;
    event.a = a;
    event.b = b;
    events_.push_back(event);
  }
  void control(double at, int channel, int number, int value) { add(at, EventKind::control, channel, number, value); }

  std::vector<Event> sorted() {
    std::stable_sort(events_.begin(), events_.end(),
                     [](const Event& x, const Event& y) { return x.at != y.at ? x.at < y.at : x.kind < y.kind; });
    return std::move(events_);
  }

 private:
  std::vector<Event> events_;
};

void add_layer_setup(EventList& list, const LayerRow& layer, int channel) {
  list.control(0, channel, kVolume, layer.volume);
  list.control(0, channel, kPan, layer.pan);
  list.control(0, channel, kReverb, layer.kind == LayerKind::bass ? 0 : layer.reverb);
  list.control(0, channel, kChorus, layer.kind == LayerKind::bass ? 0 : layer.chorus);
  list.control(0, channel, kExpression, kSofter);
  if (layer.more.cutoff_from != 0) list.add(0, EventKind::filter, channel, layer.more.cutoff_from, 0);
}

// Sections swell, and filters open over the piece; both follow the bent beat.
void add_movement(EventList& list, const Score& score, const LayerRow& layer, int channel) {
  for (const Bar& bar : score.bars) {
    for (int beat = 0; beat < bar.beats; ++beat) {
      const double at = beat_seconds(score, bar.beat + beat);
      const double within = (bar.position + static_cast<double>(beat) / bar.beats) / bar.section_bars;
      list.control(at, channel, kExpression, kSofter + static_cast<int>(std::lround((kLouder - kSofter) * within)));
      if (layer.more.cutoff_from == layer.more.cutoff_to) continue;
      const double share = std::clamp(at / std::max(1.0, score.final_at), 0.0, 1.0);
      const double cents = layer.more.cutoff_from + share * (layer.more.cutoff_to - layer.more.cutoff_from);
      list.add(at, EventKind::filter, channel, static_cast<int>(std::lround(cents)), 0);
    }
  }
  list.control(score.final_at, channel, kExpression, kLouder);
}

void add_drums(EventList& list, const Score& score, const Desk& desk) {
  for (int key : {36, 38}) {  // the kick's channel and that of the others
    const int channel = channel_of_drum(desk, key);
    list.control(0, channel, kVolume, 100);
    list.control(0, channel, kReverb, key == 36 ? 0 : 26);
    list.control(0, channel, kChorus, 0);
    list.control(0, channel, kExpression, 127);
  }
  for (const DrumHit& hit : score.drums) {
    list.add(hit.at, EventKind::note_on, channel_of_drum(desk, hit.key), hit.key, hit.velocity);
    list.add(hit.at + kDrumHold, EventKind::note_off, channel_of_drum(desk, hit.key), hit.key, 0);
  }
}

bool is_note(const Event& event) {
  return event.kind == EventKind::note_on || event.kind == EventKind::note_off;
}

// What one player takes as a whole: a key of a channel. The kit's closed, pedal and open hi-hat count as one.
using Hand = std::pair<int, int>;
Hand hand_of(const Event& event, const Desk& desk) {
  const bool hat = event.channel / desk.buses() == kDrumSlot && (event.a == 44 || event.a == 46);
  return {event.channel, hat ? 42 : event.a};
}

// How long each sounds: from strike to release, and a second that it rings on.
std::map<Hand, Samples> loads_of(const std::vector<Event>& events, const Desk& desk) {
  std::map<Hand, Samples> out;
  for (const Event& event : events)
    if (is_note(event))
      out[hand_of(event, desk)] += event.kind == EventKind::note_on ? kSampleRate - event.at : event.at;
  return out;
}

// Halves each channel, because how many voices a strike has is the sound font's to know. Longest first, to whoever has
// less of the channel, then of all.
std::map<Hand, std::size_t> players_of(const std::map<Hand, Samples>& loads, std::size_t players) {
  std::vector<std::pair<Hand, Samples>> order(loads.begin(), loads.end());
  std::stable_sort(order.begin(), order.end(), [](const auto& x, const auto& y) {
    return x.first.first != y.first.first ? x.first.first < y.first.first : x.second > y.second;
  });
  std::map<Hand, std::size_t> out;
  std::vector<std::pair<Samples, Samples>> taken(players);  // of the channel, of all
  int channel = -1;
  for (const auto& [hand, load] : order) {
    if (hand.first != channel)
      for (auto& [own, all] : taken) own = 0;
    channel = hand.first;
    const auto least = std::min_element(taken.begin(), taken.end());
    least->first += load;
    least->second += load;
    out[hand] = static_cast<std::size_t>(least - taken.begin());
  }
  return out;
}

}  // namespace

Group group_of(Part part) {
  if (part == Part::bass || part == Part::kick) return Group::low;
  return part == Part::drums ? Group::drums : Group::music;
}

Part part_of(LayerKind kind) {
  switch (kind) {
    case LayerKind::bass:
      return Part::bass;
    case LayerKind::arpeggio:
    case LayerKind::ostinato:
      return Part::figures;
    case LayerKind::melody:
      return Part::melody;
    case LayerKind::pad:
    case LayerKind::comp:
    case LayerKind::strum:
      break;
  }
  return Part::chords;
}

int channel_of_layer(const Desk& desk, const LayerRow& layer, int index) {
  return index * desk.buses() + desk.bus_of(part_of(layer.kind));
}

int channel_of_drum(const Desk& desk, int key) {
  return kDrumSlot * desk.buses() + desk.bus_of(key == 36 ? Part::kick : Part::drums);
}

std::vector<Event> make_events(const Score& score, const StyleRow& style, const Desk& desk) {
  EventList list;
  const auto layers = style.used_layers();
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const int channel = channel_of_layer(desk, layers[l], static_cast<int>(l));
    add_layer_setup(list, layers[l], channel);
    add_movement(list, score, layers[l], channel);
  }
  for (const Note& note : score.notes) {
    const int channel = channel_of_layer(desk, layers[static_cast<std::size_t>(note.layer)], note.layer);
    list.add(note.start, EventKind::note_on, channel, note.pitch, note.velocity);
    list.add(note.end, EventKind::note_off, channel, note.pitch, 0);
  }
  add_drums(list, score, desk);
  return list.sorted();
}

std::vector<std::vector<Event>> deal(const std::vector<Event>& events, const Desk& desk, std::size_t players) {
  const std::map<Hand, std::size_t> player_of = players_of(loads_of(events, desk), players);
  std::vector<std::vector<Event>> out(players);
  for (const Event& event : events) {
    if (is_note(event)) {
      out[player_of.at(hand_of(event, desk))].push_back(event);
    } else {
      for (std::vector<Event>& own : out) own.push_back(event);
    }
  }
  return out;
}

}  // namespace vidgen::local
