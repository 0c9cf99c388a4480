// SPDX-License-Identifier: Apache-2.0
#include "local/music/synth.hpp"

#include <algorithm>
#include <memory>
#include <mutex>

#include "base/both.hpp"
#include "base/try.hpp"
#include "local/music/fluid.hpp"
#include "local/music/events.hpp"

namespace vidgen::local {
namespace {

constexpr Samples kBlock = 64, kChunk = 4096;

using Settings = std::unique_ptr<fluid_settings_t, decltype(Fluid::delete_fluid_settings)>;
using Synth = std::unique_ptr<fluid_synth_t, decltype(Fluid::delete_fluid_synth)>;

Settings make_settings(const Fluid& fluid, const ReverbRow& reverb, int buses) {
  Settings settings(fluid.new_fluid_settings(), fluid.delete_fluid_settings);
  if (!settings) return settings;
  const auto number = [&](const char* name, double value) { fluid.fluid_settings_setnum(settings.get(), name, value); };
  const auto integer = [&](const char* name, int value) { fluid.fluid_settings_setint(settings.get(), name, value); };
  number("synth.sample-rate", kSampleRate);
  number("synth.gain", .35);
  integer("synth.polyphony", 512);
  integer("synth.cpu-cores", 1);
  integer("synth.lock-memory", 0);
  integer("synth.dynamic-sample-loading", 1);
  integer("synth.threadsafe-api", 0);
  integer("synth.midi-channels", kChannels);
  integer("synth.audio-channels", buses);
  integer("synth.audio-groups", buses);
  integer("synth.effects-groups", buses);
  number("synth.reverb.room-size", reverb.room);
  number("synth.reverb.damp", reverb.damp);
  number("synth.reverb.width", reverb.width);
  number("synth.reverb.level", reverb.level);
  integer("synth.chorus.nr", 3);
  number("synth.chorus.level", .9);
  number("synth.chorus.speed", .35);
  number("synth.chorus.depth", 5);
  return settings;
}

constexpr std::size_t kPlayers = 2;

// The first synth of a process sets up what all of them share.
fluid_synth_t* new_synth(const Fluid& fluid, fluid_settings_t* settings) {
  static std::mutex one_at_a_time;
  const std::lock_guard lock(one_at_a_time);
  return settings ? fluid.new_fluid_synth(settings) : nullptr;
}

// What the players play together. A sum of two is the same in either order, so the bytes do not depend on who is first.
class Sum {
 public:
  Sum(int buses, Samples samples)
      : buses_(static_cast<std::size_t>(buses), StereoTrack(static_cast<std::size_t>(samples))) {}

  void add(const Buses& stretch, Samples from, Samples frames) {
    const std::lock_guard lock(mutex_);
    for (std::size_t bus = 0; bus < buses_.size(); ++bus) {
      add(stretch[bus].left, buses_[bus].left.data() + from, frames);
      add(stretch[bus].right, buses_[bus].right.data() + from, frames);
    }
  }
  Buses take() { return std::move(buses_); }

 private:
  static void add(const std::vector<float>& part, float* to, Samples frames) {
    for (Samples i = 0; i < frames; ++i) to[i] += part[static_cast<std::size_t>(i)];
  }
  std::mutex mutex_;
  Buses buses_;
};

// A synth with its share of the channels.
class Player {
 public:
  Player(const Fluid& fluid, const StyleRow& style, const Desk& desk, std::vector<Event> events)
      : fluid_(fluid),
        style_(style),
        desk_(desk),
        events_(std::move(events)),
        stretch_(static_cast<std::size_t>(desk.buses()), StereoTrack(kChunk)),
        settings_(nullptr, fluid.delete_fluid_settings),
        synth_(nullptr, fluid.delete_fluid_synth) {}

  Status open(const std::string& soundfont) {
    settings_ = make_settings(fluid_, style_.reverb, desk_.buses());
    synth_.reset(new_synth(fluid_, settings_.get()));
    if (!synth_) return Error(Errc::internal, "FluidSynth cannot be started");
    // Bass, kick and drums stay dry where the mix wants them dry; an effect that is off costs nothing.
    for (int bus = 0; bus < desk_.buses(); ++bus) {
      const Effects on = effects_of(bus);
      fluid_.fluid_synth_reverb_on(synth_.get(), bus, on.reverb);
      fluid_.fluid_synth_chorus_on(synth_.get(), bus, on.chorus);
      effects_.push_back(on);
    }
    font_ = fluid_.fluid_synth_sfload(synth_.get(), soundfont.c_str(), 0);
    if (font_ < 0)
      return Error(Errc::soundfont_missing,
                   "FluidSynth cannot read the sound font \"" + soundfont + "\": install another");
    select_programs();
    return {};
  }

  Status play(Sum& sum, Samples samples, const std::stop_token& stop) {
    auto next = events_.begin();
    for (Samples at = 0; at < samples;) {
      if (stop.stop_requested()) return Error(Errc::cancelled, "the music was cancelled");
      for (; next != events_.end() && next->at < at + kBlock; ++next) send(*next);
      Samples until = next == events_.end() ? samples : next->at / kBlock * kBlock;
      until = std::min({std::max(until, at + kBlock), at + kChunk, samples});
      if (!produce(until - at)) return Error(Errc::internal, "FluidSynth failed while it played");
      sum.add(stretch_, at, until - at);
      at = until;
    }
    return {};
  }

 private:
  struct Effects {
    bool reverb = false, chorus = false;
  };
  Effects effects_of(int bus) const {
    const auto strikes = [&](const Event& e) {
      return e.kind == EventKind::note_on && e.channel % desk_.buses() == bus;
    };
    const Group group = desk_.group_of_bus(bus);
    const bool wet = group != Group::low && std::any_of(events_.begin(), events_.end(), strikes);
    return {wet, wet && group == Group::music};
  }

  void send(const Event& event) {
    fluid_synth_t* synth = synth_.get();
    switch (event.kind) {
      case EventKind::control:
        fluid_.fluid_synth_cc(synth, event.channel, event.a, event.b);
        break;
      case EventKind::filter:
        fluid_.fluid_synth_set_gen(synth, event.channel, GEN_FILTERFC, static_cast<float>(event.a));
        break;
      case EventKind::note_off:
        fluid_.fluid_synth_noteoff(synth, event.channel, event.a);
        break;
      case EventKind::note_on:
        fluid_.fluid_synth_noteon(synth, event.channel, event.a, event.b);
        break;
    }
  }

  // The next `frames` samples, a bus beside the other. Reverb and chorus of a bus go into that bus.
  bool produce(Samples frames) {
    std::vector<float*> dry, wet;
    for (std::size_t bus = 0; bus < stretch_.size(); ++bus) {
      for (std::vector<float>* side : {&stretch_[bus].left, &stretch_[bus].right}) {
        std::fill_n(side->begin(), frames, 0.f);
        dry.push_back(side->data());
      }
      for (const bool on : {effects_[bus].reverb, effects_[bus].chorus})
        for (float* side : {dry.end()[-2], dry.end()[-1]}) wet.push_back(on ? side : nullptr);
    }
    return fluid_.fluid_synth_process(synth_.get(), static_cast<int>(frames), static_cast<int>(wet.size()), wet.data(),
                                      static_cast<int>(dry.size()), dry.data()) == FLUID_OK;
  }

  // Programs that a small font lacks are replaced by the piano, without FluidSynth's message on stderr.
  void select(int channel, int bank, int program, int type) {
    fluid_sfont_t* font = fluid_.fluid_synth_get_sfont_by_id(synth_.get(), font_);
    if (!fluid_.fluid_sfont_get_preset(font, bank, program)) program = 0;
    if (!fluid_.fluid_sfont_get_preset(font, bank, program)) bank = 0;
    fluid_.fluid_synth_set_channel_type(synth_.get(), channel, type);
    if (fluid_.fluid_sfont_get_preset(font, bank, program))
      fluid_.fluid_synth_program_select(synth_.get(), channel, font_, bank, program);
  }

  void turn(int channel, int generator, int cents) {
    if (cents != 0) fluid_.fluid_synth_set_gen(synth_.get(), channel, generator, static_cast<float>(cents));
  }

  void select_programs() {
    const auto layers = style_.used_layers();
    for (std::size_t l = 0; l < layers.size(); ++l) {
      const int channel = channel_of_layer(desk_, layers[l], static_cast<int>(l));
      select(channel, 0, layers[l].program, CHANNEL_TYPE_MELODIC);
      turn(channel, GEN_VOLENVATTACK, layers[l].more.attack_cents);
      turn(channel, GEN_VOLENVRELEASE, layers[l].more.release_cents);
    }
    if (!style_.has_drums()) return;
    for (int key : {36, 38}) select(channel_of_drum(desk_, key), 128, style_.kit, CHANNEL_TYPE_DRUM);
  }

  const Fluid& fluid_;
  const StyleRow& style_;
  const Desk desk_;
  const std::vector<Event> events_;
  Buses stretch_;
  std::vector<Effects> effects_;  // by bus
  Settings settings_;
  Synth synth_;  // uses settings_
  int font_ = -1;
};

}  // namespace

Result<Buses> play(const Score& score, const StyleRow& style, const std::string& soundfont, const Desk& desk,
                   const std::stop_token& stop) {
  VIDGEN_TRY(fluid, load_fluid());
  std::vector<std::vector<Event>> events = deal(make_events(score, style, desk), desk, kPlayers);
  Sum sum(desk.buses(), score.samples);
  const auto perform = [&](std::size_t number) -> Status {
    Player player(*fluid, style, desk, std::move(events[number]));
    VIDGEN_CHECK(player.open(soundfont));
    return player.play(sum, score.samples, stop);
  };
  Status done[kPlayers];
  base::both([&] { done[0] = perform(0); }, [&] { done[1] = perform(1); });
  for (const Status& status : done) VIDGEN_CHECK(status);
  return sum.take();
}

}  // namespace vidgen::local
