// SPDX-License-Identifier: Apache-2.0
#include "local/music/mix.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "base/both.hpp"
#include "local/music/dsp.hpp"
#include "local/music/effects.hpp"
#include "local/music/loudness.hpp"

namespace vidgen::local {
namespace {

constexpr double kMixLufs = -16;
constexpr double kCorrelation = .35;
constexpr double kEndingWindow = 6;  // seconds
constexpr double kEndingLeadDb = .5, kEndingMostDb = 6;
constexpr double kLowSaturationDb = 6, kDrumSaturationDb = 9;  // above the stem's level

// The desk at work: every step is linear, or one curve for all buses of a group, so that the sum of the buses is the
// mix at any time.
class Mixing {
 public:
  Mixing(Buses buses, const Desk& desk) : desk_(desk), buses_(std::move(buses)) {}

  template <class Step>
  void each(Group group, Step step) {
    for (std::size_t b = 0; b < buses_.size(); ++b)
      if (desk_.group_of_bus(static_cast<int>(b)) == group) step(buses_[b]);
  }
  template <class Step>
  void all(Step step) {
    for (StereoTrack& bus : buses_) step(bus);
  }

  double level(Group group) {
    std::vector<const StereoTrack*> together;
    each(group, [&](const StereoTrack& bus) { together.push_back(&bus); });
    return together.size() == 1 ? working_level(*together.front()) : working_level(sum(together));
  }

  // A group at `db` against the music, its peaks rounded off.
  void settle(Group group, double music_level, double db, double saturation_db) {
    const double level = this->level(group);
    if (level <= 1e-6) return;
    const double wanted = music_level * from_db(db);
    each(group, [&](StereoTrack& bus) { scale(bus, wanted / level); });
    std::vector<StereoTrack*> together;
    each(group, [&](StereoTrack& bus) { together.push_back(&bus); });
    saturate(together, wanted * from_db(saturation_db));
  }

  // Groups are no longer told apart: without parts one bus is left, for a long film's buses are large.
  void merge() {
    if (desk_.split) return;
    for (std::size_t b = 1; b < buses_.size(); ++b) {
      add(buses_.front(), buses_[b]);
      buses_[b] = StereoTrack();
    }
    buses_.resize(1);
  }
  // Valid until the next step.
  const StereoTrack& whole() {
    if (buses_.size() == 1) return buses_.front();
    std::vector<const StereoTrack*> together;
    for (const StereoTrack& bus : buses_) together.push_back(&bus);
    return whole_ = sum(together);
  }
  void add_bus(StereoTrack bus) {
    if (desk_.split) return buses_.push_back(std::move(bus));
    add(buses_.front(), bus);
  }
  Mix done() {
    Mix out;
    if (desk_.split) {
      out.whole = whole();
      out.parts = std::move(buses_);
    } else {
      out.whole = std::move(buses_.front());
    }
    return out;
  }

 private:
  static StereoTrack sum(const std::vector<const StereoTrack*>& tracks) {
    StereoTrack out = *tracks.front();
    for (std::size_t t = 1; t < tracks.size(); ++t) add(out, *tracks[t]);
    return out;
  }

  const Desk desk_;
  Buses buses_;
  StereoTrack whole_;
};

double rms_between(const StereoTrack& track, double from, double to) {
  const auto at = [&](double s) {
    return std::min(track.size(), static_cast<std::size_t>(std::max(0.0, s) * kSampleRate));
  };
  double energy = 1e-20;
  for (std::size_t i = at(from); i < at(to); ++i)
    energy += double{track.left[i]} * track.left[i] + double{track.right[i]} * track.right[i];
  return std::sqrt(energy / (2.0 * static_cast<double>(std::max<std::size_t>(1, at(to) - at(from)))));
}

// All layers strike the last chord at once; it may lead, but not jump out of the bars before it.
double ending_gain(const StereoTrack& mix, const Score& score) {
  if (score.bars.empty()) return 1;
  const double before = rms_between(mix, std::max(score.final_at - kEndingWindow, 0.0), score.final_at);
  const double over = to_db(rms_between(mix, score.final_at, score.final_at + 1) / before) - kEndingLeadDb;
  return over <= 0 || before < 1e-6 ? 1 : from_db(-std::min(over, kEndingMostDb));
}

void turn_ending(StereoTrack& track, const Score& score, double gain) {
  const double ramp = .03 * kSampleRate, start = score.final_at * kSampleRate - ramp;
  for (auto i = static_cast<std::size_t>(std::max(0.0, start)); i < track.size(); ++i) {
    const double share = std::clamp((static_cast<double>(i) - start) / ramp, 0.0, 1.0);
    const auto g = static_cast<float>(1 + share * (gain - 1));
    track.left[i] *= g;
    track.right[i] *= g;
  }
}

std::vector<double> kicks_of(const Score& score) {
  std::vector<double> out;
  for (const DrumHit& hit : score.drums)
    if (hit.key == 36) out.push_back(hit.at);
  return out;
}

void clean(Mixing& desk, Group group) {
  desk.each(group, [&](StereoTrack& bus) {
    if (group == Group::low) make_mono(bus), high_pass_12(bus, 30);
    if (group == Group::music) high_pass_24(bus, 115);
    if (group == Group::drums) high_pass_24(bus, 110);
  });
}

// The groups against each other.
void balance(Mixing& desk, const Score& score, const StyleRow& style) {
  double music = 0;
  base::both([&] { clean(desk, Group::music), music = desk.level(Group::music); },
             [&] { clean(desk, Group::low), clean(desk, Group::drums); });
  base::both([&] { desk.settle(Group::low, music, style.low_db, kLowSaturationDb); },
             [&] { desk.settle(Group::drums, music, style.drums_db, kDrumSaturationDb); });
  if (style.side_chain_db <= 0) return;
  const std::vector<double> kicks = kicks_of(score);
  desk.each(Group::music, [&](StereoTrack& bus) { duck_at(bus, kicks, style.side_chain_db); });
}

// All of it but the effects, at kMixLufs.
void bring_to_level(Mixing& mixing, const Score& score) {
  if (const double gain = ending_gain(mixing.whole(), score); gain < 1)
    mixing.all([&](StereoTrack& bus) { turn_ending(bus, score, gain); });
  if (const double lufs = lufs_of(mixing.whole()); std::isfinite(lufs) && lufs > -100)
    mixing.all([&](StereoTrack& bus) { scale(bus, from_db(kMixLufs - lufs)); });
}

}  // namespace

Mix mix_buses(Buses buses, const Desk& desk, const Score& score, const StyleRow& style) {
  Mixing mixing(std::move(buses), desk);
  balance(mixing, score, style);
  mixing.merge();
  StereoTrack effects(static_cast<std::size_t>(score.samples));
  base::both([&] { bring_to_level(mixing, score); }, [&] { add_effects(effects, score); });
  mixing.add_bus(std::move(effects));
  const double air = std::clamp(.5 * (-15 - presence_db(mixing.whole())), 0.0, 6.0);
  mixing.all([&](StereoTrack& bus) { high_shelf(bus, 4000, air); });
  const double width = width_for(mixing.whole(), kCorrelation);
  mixing.all([&](StereoTrack& bus) { narrow(bus, width), high_pass_12(bus, 28); });
  return mixing.done();
}

const std::vector<std::string>& part_names() {
  static const std::vector<std::string> names = {"bass", "kick", "chords", "figures", "melody", "drums", "effects"};
  return names;
}

}  // namespace vidgen::local
