// SPDX-License-Identifier: Apache-2.0
#include "media/music/fit.hpp"

#include <ebur128.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>

#include "av/audio_reader.hpp"
#include "base/try.hpp"

namespace vidgen::media {
namespace {

constexpr Samples kWindow = kSampleRate / 4;          // that is compared at a join
constexpr Samples kSearch = kSampleRate * 12 / 1000;  // as in_phase
constexpr double kPeakMost = 1;                       // dBTP before the mixer rounds peaks off
constexpr double kMostGainDb = 30;

struct DestroyMeter {
  void operator()(ebur128_state* s) const { ebur128_destroy(&s); }
};
using Meter = std::unique_ptr<ebur128_state, DestroyMeter>;

// The sound of a file between two samples, block by block.
template <class Take>
Status read_between(const std::string& path, Samples from, Samples to, const MediaLimits& limits,
                    const std::stop_token& stop, Take take) {
  VIDGEN_TRY(reader, av::AudioReader::open(path, limits, stop));
  VIDGEN_CHECK(reader->skip(from));
  std::vector<float> block(2 * 4800);
  while (from < to) {
    if (stop.stop_requested()) return Error(Errc::cancelled, "listening to the music was stopped");
    VIDGEN_TRY(n, reader->read(block.data(), std::min<Samples>(4800, to - from)));
    if (n == 0) return {};
    take(block.data(), n);
    from += n;
  }
  return {};
}

Result<std::vector<float>> mono_between(const std::string& path, Samples from, Samples to, const MediaLimits& limits,
                                        const std::stop_token& stop) {
  std::vector<float> out;
  VIDGEN_CHECK(read_between(path, std::max<Samples>(0, from), to, limits, stop, [&](const float* pairs, Samples n) {
    for (Samples i = 0; i < n; ++i) out.push_back(pairs[2 * i] + pairs[2 * i + 1]);
  }));
  out.resize(static_cast<std::size_t>(to - std::max<Samples>(0, from)), 0.f);
  return out;
}

// Beats are known to a hundredth of a second, waves to a sample.
Result<Loop> tuned(const std::string& path, const Heard& heard, const MediaLimits& limits,
                   const std::stop_token& stop) {
  Loop loop = loop_of(heard);
  if (!heard.has_beat() || loop.to < kWindow / 2 + kSearch || loop.out + kWindow > heard.samples) return loop;
  VIDGEN_TRY(at, mono_between(path, loop.to - kWindow / 4, loop.to + kWindow * 3 / 4, limits, stop));
  VIDGEN_TRY(from,
             mono_between(path, loop.out - kWindow / 4 - kSearch, loop.out + kWindow * 3 / 4 + kSearch, limits, stop));
  loop.out += in_phase(at, from);
  return loop;
}

struct Level {
  Level() = default;
  double lufs = -HUGE_VAL, peak_db = -HUGE_VAL;
};

Result<Level> level_of(const std::string& path, Samples from, Samples to, const MediaLimits& limits,
                       const std::stop_token& stop) {
  Meter meter(ebur128_init(2, kSampleRate, EBUR128_MODE_I | EBUR128_MODE_TRUE_PEAK));
  Level out;
  if (!meter) return out;
  VIDGEN_CHECK(read_between(path, from, to, limits, stop, [&](const float* pairs, Samples n) {
    ebur128_add_frames_float(meter.get(), pairs, static_cast<std::size_t>(n));
  }));
  ebur128_loudness_global(meter.get(), &out.lufs);
  for (unsigned c = 0; c < 2; ++c) {
    double peak = 0;
    ebur128_true_peak(meter.get(), c, &peak);
    out.peak_db = std::max(out.peak_db, peak > 0 ? 20 * std::log10(peak) : -HUGE_VAL);
  }
  return out;
}

std::string decibels(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  return text;
}

// As loud as composed music, as far as the peaks allow.
void set_gain(const Level& level, Fitted& out) {
  if (!std::isfinite(level.lufs)) return;  // too quiet or too short to have a loudness
  const double wanted = kMusicLufs - level.lufs;
  const double gain = std::min({wanted, kPeakMost - level.peak_db, kMostGainDb});
  out.gain = Rational(std::llround(std::pow(10, gain / 20) * 10000), 10000);
  if (gain < wanted - .5)
    out.notes.push_back("your music plays at " + decibels(level.lufs + gain) + " LUFS, not at " + decibels(kMusicLufs) +
                        ": louder, its peaks would clip");
}

void tell(const Heard& heard, Samples film, Fitted& out) {
  if (!heard.has_beat()) out.notes.push_back("no beat can be heard in your music: it is fitted by time, not by bars");
  const MusicStretch& last = out.stretches.back();
  if (last.start + last.length < film)
    out.notes.push_back("your music is too short to be looped: it ends before the film");
  if (out.stretches.size() > 1)
    out.notes.push_back("your music is shorter than the film: it is looped " +
                        std::to_string(out.stretches.size() - 1) + (out.stretches.size() == 2 ? " time" : " times") +
                        (heard.has_beat() ? ", at bars" : ""));
}

}  // namespace

Result<Fitted> fit(const std::string& path, Samples film, const MediaLimits& limits, std::stop_token stop) {
  if (film <= 0) return Error(Errc::invalid_argument, "music cannot be fitted to a film without length");
  VIDGEN_TRY(heard, listen(path, limits, film + kMoreThanTheFilm, stop));
  VIDGEN_TRY(loop, tuned(path, heard, limits, stop));
  Fitted out;
  out.stretches = place(heard, loop, film);
  out.beats = beats_of(heard, out.stretches, film);
  out.bpm = heard.pulse.bpm;
  Samples from = heard.last, to = 0;
  for (const MusicStretch& s : out.stretches) {
    from = std::min(from, s.source_in);
    to = std::max(to, s.source_in + s.length);
  }
  VIDGEN_TRY(level, level_of(path, from, to, limits, stop));
  tell(heard, film, out);
  set_gain(level, out);
  return out;
}

}  // namespace vidgen::media

VIDGEN_NAMESPACE_BEGIN

Result<std::vector<std::string>> fit_music(Timeline& timeline, const std::string& path, const MediaLimits& limits,
                                           std::stop_token stop) {
  VIDGEN_TRY(fitted, media::fit(path, sample_at(timeline.frames, timeline.fps), limits, stop));
  TimelineSource source;
  source.id = "music";
  source.path = path;
  timeline.sources.push_back(std::move(source));
  for (const MusicStretch& s : fitted.stretches) {
    AudioItem item;
    item.source = "music";
    item.start = s.start;
    item.length = s.length;
    item.source_in = s.source_in;
    item.fade_in = s.fade_in;
    item.fade_out = s.fade_out;
    if (fitted.gain != Rational(1)) item.gain.emplace_back(0, fitted.gain.to_double());
    timeline.audio.push_back(std::move(item));
  }
  return fitted.notes;
}

VIDGEN_NAMESPACE_END
