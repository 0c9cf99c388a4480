// SPDX-License-Identifier: Apache-2.0
// Music for tests, of beats that are known: strokes on beats, heavier on the first of a bar, over chords that change
// with the bar. Mono at 48 kHz, in -1 to 1. Nothing binary is kept in the repository.
#pragma once

#include <cmath>
#include <cstdint>
#include <fstream>
#include <numbers>
#include <string>
#include <vector>

namespace vidgen::test {

struct Tune {
  Tune() = default;
  double bpm = 120, seconds = 20;
  int metre = 4;
  double start = 0;   // of the first beat, which begins a bar unless `pickup`
  int pickup = 0;     // beats before the first bar
  double rubato = 0;  // share by which the tempo swings, over eight seconds
  bool chords = true, eighths = false;
  double noise = 0;
};

// The beats of it; the i-th begins a bar when (i - pickup) % metre is 0.
inline std::vector<double> beats_of(const Tune& t) {
  std::vector<double> out;
  for (double at = t.start; at < t.seconds - .05;) {
    out.push_back(at);
    at += 60 / t.bpm * (1 + t.rubato * std::sin(2 * std::numbers::pi * at / 8));
  }
  return out;
}

inline bool begins_bar(const Tune& t, std::size_t beat) {
  return (static_cast<int>(beat) - t.pickup + 4 * t.metre) % t.metre == 0;
}

inline void add_stroke(std::vector<double>& out, double at, double hz, double decay, double gain) {
  const auto from = static_cast<std::size_t>(std::lround(at * 48000));
  for (std::size_t i = 0; from + i < out.size() && static_cast<double>(i) < 8 * decay * 48000; ++i) {
    const double t = static_cast<double>(i) / 48000;
    out[from + i] += gain * std::min(1.0, t / .001) * std::exp(-t / decay) * std::sin(2 * std::numbers::pi * hz * t);
  }
}

inline void add_chord(std::vector<double>& out, double from, double to, int root) {
  const auto a = static_cast<std::size_t>(from * 48000), b = std::min(out.size(), static_cast<std::size_t>(to * 48000));
  for (int interval : {0, 4, 7}) {
    const double hz = 220 * std::pow(2, (root + interval) / 12.0);
    for (std::size_t i = a; i < b; ++i) {
      const double t = static_cast<double>(i - a) / 48000, left = static_cast<double>(b - i) / 48000;
      out[i] += .05 * std::min({1.0, t / .02, left / .02}) *
                std::sin(2 * std::numbers::pi * hz * static_cast<double>(i) / 48000);
    }
  }
}

inline std::vector<double> play(const Tune& t) {
  std::vector<double> out(static_cast<std::size_t>(t.seconds * 48000), 0.0);
  const std::vector<double> beats = beats_of(t);
  constexpr int kRoots[] = {0, 7, 9, 5};
  for (std::size_t i = 0, bar = 0; i < beats.size(); ++i) {
    const bool first = begins_bar(t, i);
    add_stroke(out, beats[i], first ? 70 : 1800, first ? .08 : .02, first ? .5 : .3);
    if (t.eighths && i + 1 < beats.size()) add_stroke(out, (beats[i] + beats[i + 1]) / 2, 6000, .01, .12);
    if (!first || !t.chords) continue;
    const std::size_t next = std::min(i + static_cast<std::size_t>(t.metre), beats.size() - 1);
    add_chord(out, beats[i], next > i ? beats[next] : t.seconds, kRoots[bar++ % 4]);
  }
  std::uint32_t state = 1;
  for (double& x : out) {
    state = state * 1664525u + 1013904223u;
    x += t.noise * (static_cast<double>(state >> 8) / 8388608.0 - 1);
  }
  return out;
}

// A 16-bit WAV file with the sound in every channel. `rate` divides 48000: samples are taken as they lie.
inline void write_wav(const std::string& path, const std::vector<double>& sound, int rate = 48000, int channels = 2) {
  std::ofstream out(path, std::ios::binary);
  const auto put = [&out](std::uint32_t v, int bytes) {
    for (int i = 0; i < bytes; ++i) out.put(static_cast<char>(v >> (8 * i)));
  };
  const std::size_t every = 48000 / static_cast<std::size_t>(rate), frames = sound.size() / every;
  const auto bytes = static_cast<std::uint32_t>(frames * static_cast<std::size_t>(channels) * 2);
  out << "RIFF";
  put(36 + bytes, 4);
  out << "WAVEfmt ";
  put(16, 4);
  put(1, 2);
  put(static_cast<std::uint32_t>(channels), 2);
  put(static_cast<std::uint32_t>(rate), 4);
  put(static_cast<std::uint32_t>(rate * channels * 2), 4);
  put(static_cast<std::uint32_t>(channels * 2), 2);
  put(16, 2);
  out << "data";
  put(bytes, 4);
  for (std::size_t i = 0; i < frames; ++i)
    for (int c = 0; c < channels; ++c)
      put(static_cast<std::uint32_t>(std::lround(std::fmax(-1, std::fmin(1, sound[i * every])) * 32767)), 2);
}

}  // namespace vidgen::test
