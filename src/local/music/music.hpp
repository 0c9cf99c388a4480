// SPDX-License-Identifier: Apache-2.0
// The offline composer: a film's cuts become a score, a score becomes sound. compose() is pure and exact; render() is
// the only part that does I/O (it reads a sound font) and the only one that takes noticeable time: about a second of
// one core for half a minute of music. It is no sequencer and no player; nothing is heard here.
//
// Units: seconds from the film's start, beats from the music's first beat, MIDI note numbers and velocities,
// LUFS and dBTP. Samples are frames of stereo at 48 kHz.
// Ownership: plain values. Thread-safety: all functions may run at the same time; nothing process-wide is touched.
// Errors: invalid_argument (a length that makes no sense), soundfont_missing, io, cancelled.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "vidgen/generation.hpp"

namespace vidgen::local {

// What the music must fit.
struct ScorePlan {
  ScorePlan() = default;
  std::string style;         // a row of styles.hpp, or a name that has a nearest row
  double seconds = 0;        // length of the film
  Samples samples = 0;       // the same, exactly; 0: rounded from `seconds`
  std::vector<double> cuts;  // seconds; any order, any number
  double end_card = 0;       // seconds; 0: none
  double pace = 0;           // -1 the style's slowest tempo preferred, 1 its fastest
  double bpm = 0;            // the tempo that the film was cut to, 40 to 220; 0: the one that suits the cuts
  std::uint64_t seed = 0;    // another seed: other chords, key and tune
};

enum class Section : int { intro, build, lift, peak, end, final };
std::string_view section_name(Section section);

struct Note {
  Note() = default;
  int layer = 0;  // of the style's row
  double start = 0, end = 0;
  int pitch = 0, velocity = 0;
  bool operator==(const Note&) const = default;
};

struct DrumHit {
  DrumHit() = default;
  double at = 0;
  int key = 0, velocity = 0;
  bool operator==(const DrumHit&) const = default;
};

struct Bar {
  Bar() = default;
  double beat = 0;  // of its first beat
  int beats = 0;
  double start = 0, end = 0;
  Section section = Section::intro;
  int level = 1;                       // intensity, 1 to 4
  int position = 0, section_bars = 1;  // its place within a run of bars of one section
  std::string chord;
  bool operator==(const Bar&) const = default;
};

// A point of the tempo map; the beat runs evenly between two of them.
struct Anchor {
  Anchor() = default;
  Anchor(double b, double s) : beat(b), seconds(s) {}
  double beat = 0, seconds = 0;
  bool operator==(const Anchor&) const = default;
};

struct CutPoint {
  CutPoint() = default;
  double seconds = 0;      // of the picture
  double beat = 0;         // the beat or half beat that plays on it
  double residual_ms = 0;  // music minus picture
  bool major = false;      // starts a section
  bool on_grid = false;    // a beat plays on it: at most 35 ms off (15 for majors), before the film's last chord
  bool operator==(const CutPoint&) const = default;
};

enum class EffectKind : int { whoosh, riser, hit };
struct Effect {
  Effect() = default;
  EffectKind kind = EffectKind::whoosh;
  double at = 0;       // its loudest instant (whoosh), end (riser) or onset (hit)
  double gain_db = 0;  // relative to the kind's own level
  bool operator==(const Effect&) const = default;
};

struct Score {
  Score() = default;
  std::string style;   // the row that was used
  std::string remark;  // not empty when another style was asked for
  double seconds = 0;
  Samples samples = 0;
  double bpm = 0, period = 0;  // of the unbent beat; seconds a beat
  std::vector<Anchor> anchors;
  int tonic = 0;  // pitch class, 0 = C
  std::vector<Bar> bars;
  double final_beat = 0, final_at = 0;  // the last chord
  std::string final_chord;
  std::vector<CutPoint> cuts;
  std::vector<Note> notes;      // by layer, pitch, start
  std::vector<DrumHit> drums;   // by time
  std::vector<Effect> effects;  // by time
  bool operator==(const Score&) const = default;
};

// The instant of a beat on the score's tempo map.
double beat_seconds(const Score& score, double beat);

// Pure and deterministic. Takes every film from 0.1 to 3600 s, whatever its cuts.
Result<Score> compose(const ScorePlan& plan);

// The plan of a brief of this film.
Result<ScorePlan> score_plan(const MusicBrief& brief, Rational fps, std::uint64_t seed);

struct RenderOptions {
  RenderOptions() = default;
  std::string soundfont;     // as for base::find_soundfont
  double target_lufs = -14;  // -23 to -9
  bool stems = false;        // Music::stems too: more time, and seven times the memory
  std::stop_token stop;
};

// A part of the music alone, as long as all of it.
struct Stem {
  Stem() = default;
  std::string name;  // "bass", "kick", "chords", "figures", "melody", "drums", "effects"
  std::vector<float> interleaved;
};

struct Music {
  Music() = default;
  std::vector<float> interleaved;  // stereo, exactly Score::samples frames
  double lufs = 0;                 // integrated
  double true_peak = 0;            // dBTP
  std::string soundfont;           // the file that was played
  std::vector<Stem> stems;         // those that are heard; they add up to `before_limiter`
  std::vector<float> before_limiter;  // the mix as the master's soft clip and limiter take it; with stems only
};

// Same score, font and options: same bytes on one machine.
Result<Music> render(const Score& score, const RenderOptions& options);

}  // namespace vidgen::local
