// SPDX-License-Identifier: Apache-2.0
// From a plan to a score: grid, chords, layers, drums, ending.
#include <algorithm>
#include <cmath>
#include <string>

#include "base/try.hpp"
#include "local/music/draft.hpp"

namespace vidgen::local {
namespace {

constexpr double kLeast = .1, kMost = 3600;        // seconds
constexpr double kSlowest = 40, kFastest = 220;  // beats a minute

Result<Samples> checked_samples(const ScorePlan& plan) {
  const bool sane = std::isfinite(plan.seconds) && plan.seconds >= kLeast && plan.seconds <= kMost;
  if (!sane) return Error(Errc::invalid_argument, "music of that length cannot be made: give 0.1 to 3600 seconds");
  const Samples exact = plan.samples > 0 ? plan.samples : std::llround(plan.seconds * kSampleRate);
  if (plan.bpm != 0 && !(plan.bpm >= kSlowest && plan.bpm <= kFastest))
    return Error(Errc::invalid_argument, "music of that tempo cannot be made: give 40 to 220 beats a minute");
  if (std::abs(static_cast<double>(exact) / kSampleRate - plan.seconds) > .1)
    return Error(Errc::invalid_argument, "the plan's samples and seconds disagree: give samples = seconds * 48000");
  return exact;
}

const Progression& pick(const std::array<Progression, 3>& rows, Rng& rng) {
  int n = 0;
  while (n < 3 && !rows[static_cast<std::size_t>(n)][0].empty()) ++n;
  return rows[static_cast<std::size_t>(rng.below(std::max(1, n)))];
}

std::string_view chord_at(const Progression& row, int index) {
  std::size_t n = 0;
  while (n < row.size() && !row[n].empty()) ++n;
  return row[static_cast<std::size_t>(index) % n];
}

// One chord a bar; the progression starts anew with each section, and the last two bars lead home.
void choose_chords(Draft& draft) {
  Rng rng(seed_for(draft.seed, "chords"));
  const auto& style = draft.style;
  draft.score.tonic = style.tonics[static_cast<std::size_t>(rng.below(4))];
  const Progression& calm = pick(style.calm, rng);
  const Progression& strong = pick(style.strong, rng);
  auto& bars = draft.score.bars;
  for (Bar& bar : bars) bar.chord = chord_at(bar.section <= Section::build ? calm : strong, bar.position);
  for (std::size_t back = 0; back < 2 && back < bars.size() && (back == 0 || bars.size() > 3); ++back)
    bars[bars.size() - 1 - back].chord = style.cadence[1 - back];
  for (const Bar& bar : bars) draft.chords.push_back(parse_chord(bar.chord));
  draft.score.final_chord = style.final;
  draft.final_chord = parse_chord(draft.score.final_chord);
  draft.taken.resize(bars.size());
}

void write_layers(Draft& draft) {
  const auto layers = draft.style.used_layers();
  for (int l = 0; l < static_cast<int>(layers.size()); ++l) {
    switch (layers[static_cast<std::size_t>(l)].kind) {
      case LayerKind::pad:
      case LayerKind::comp:
      case LayerKind::strum:
        write_chords(draft, l);
        break;
      case LayerKind::arpeggio:
      case LayerKind::ostinato:
        write_figure(draft, l);
        break;
      case LayerKind::bass:
        write_bass(draft, l);
        break;
      case LayerKind::melody:
        write_melody(draft, l);
        break;
    }
  }
}

// A key of an instrument is free before it is struck again, and nothing sounds beyond the film.
void settle_notes(Score& score) {
  auto& notes = score.notes;
  for (Note& n : notes) n.end = std::min(n.end, score.seconds);
  std::erase_if(notes, [](const Note& n) { return n.end - n.start < .01; });
  std::stable_sort(notes.begin(), notes.end(), [](const Note& a, const Note& b) {
    if (a.layer != b.layer) return a.layer < b.layer;
    return a.pitch != b.pitch ? a.pitch < b.pitch : a.start < b.start;
  });
  for (std::size_t i = 0; i + 1 < notes.size(); ++i) {
    Note& a = notes[i];
    const Note& b = notes[i + 1];
    if (a.layer == b.layer && a.pitch == b.pitch && a.end > b.start - .005)
      a.end = std::max(a.start + .03, b.start - .005);
  }
}

// What the brief's words say of the tempo.
double pace_of(std::string_view words) {
  for (std::string_view slow : {"slow", "calm", "relax", "gentle"})
    if (words.find(slow) != std::string_view::npos) return -.7;
  for (std::string_view fast : {"fast", "quick", "upbeat", "energetic", "driving"})
    if (words.find(fast) != std::string_view::npos) return .7;
  return 0;
}

Score start_score(const ScorePlan& plan, Samples samples, const StyleChoice& choice, const Grid& grid) {
  Score score;
  score.style = choice.row->name;
  if (!choice.exact && !plan.style.empty())
    score.remark = "there is no music style \"" + plan.style.substr(0, 60) + "\"; composed as " + score.style;
  score.seconds = static_cast<double>(samples) / kSampleRate;
  score.samples = samples;
  score.bpm = grid.bpm;
  score.period = grid.period;
  score.anchors = grid.anchors;
  score.bars = grid.bars;
  score.final_beat = grid.final_beat;
  score.final_at = grid.final_at;
  score.cuts = grid.cuts;
  return score;
}

}  // namespace

double beat_seconds(const Score& score, double beat) {
  return beat_seconds(score.anchors, score.period, beat);
}

Result<Score> compose(const ScorePlan& plan) {
  VIDGEN_TRY(samples, checked_samples(plan));
  const StyleChoice choice = find_style(plan.style);
  const double seconds = static_cast<double>(samples) / kSampleRate;
  const Grid grid = fit_tempo(*choice.row, seconds, plan.cuts, plan.end_card, plan.pace, plan.bpm);
  Draft draft(*choice.row, grid, seed_for(plan.seed, choice.row->name));
  draft.score = start_score(plan, samples, choice, grid);
  choose_chords(draft);
  write_layers(draft);
  write_ending(draft);
  write_drums(draft);
  place_effects(draft);
  settle_notes(draft.score);
  return std::move(draft.score);
}

Result<ScorePlan> score_plan(const MusicBrief& brief, Rational fps, std::uint64_t seed) {
  if (brief.samples <= 0) return Error(Errc::invalid_argument, "the music's brief has no length: set its samples");
  if (fps <= Rational(0)) return Error(Errc::invalid_argument, "the film has no frame rate: give a positive one");
  ScorePlan plan;
  plan.style = brief.audio.style;
  plan.samples = brief.samples;
  plan.seconds = static_cast<double>(brief.samples) / kSampleRate;
  for (Frames cut : brief.cuts) plan.cuts.push_back(seconds_at(cut, fps).to_double());
  if (brief.end_card > 0) plan.end_card = seconds_at(brief.end_card, fps).to_double();
  plan.pace = pace_of(brief.audio.tempo);
  plan.bpm = brief.audio.bpm.to_double();
  plan.seed = seed;
  return plan;
}

}  // namespace vidgen::local
