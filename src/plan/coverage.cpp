// SPDX-License-Identifier: Apache-2.0
#include "plan/coverage.hpp"

#include <algorithm>
#include <array>

namespace vidgen::plan {
namespace {

// Seconds. A shot may last a little longer than the longest where nobody can take the rest.
const Rational kLongest(9, 2), kSingle(5), kCard(4), kSingleCard(11, 2);
// Of a beat that is to feel fast.
const Rational kFast(13, 5), kFastSingle(3);

struct Setup {
  ShotSize size;
  std::string_view shot, camera;
};
// In the order in which an editor would reach for them.
constexpr std::array<Setup, 6> kSetups{{{ShotSize::medium, "medium_wide", "orbit"},
                                        {ShotSize::wide, "wide", "pan"},
                                        {ShotSize::low, "low_angle", "crane_up"},
                                        {ShotSize::close, "close_up", "push_in"},
                                        {ShotSize::above, "top_down", "slow_zoom"},
                                        {ShotSize::macro, "macro", "pan"}}};

// What nobody lays on a table to look down at it, and what has no surface to come near to.
constexpr std::string_view kStands[] = {"car", "chair",     "sofa", "lamp",    "bicycle", "plant", "food",
                                        "toy", "jewellery", "app",  "service", "event",   "idea"};
constexpr std::string_view kFlat[] = {"app", "service", "event", "idea"};

template <std::size_t N>
bool among(const std::string_view (&list)[N], std::string_view name) {
  return std::find(std::begin(list), std::end(list), name) != std::end(list);
}

bool suits(const Setup& setup, std::string_view category) {
  if (setup.size == ShotSize::above) return !among(kStands, category);
  return setup.size != ShotSize::macro || !among(kFlat, category);
}

struct Part {
  Part() = default;
  Frames length = 0;
  int shots = 1;
};

bool is_card(const Spec& spec, std::size_t i) {
  return i + 1 == spec.beats.size() && spec.beats[i].role == "closing";
}

Frames in_frames(Rational seconds, const Spec& spec) {
  return (seconds * spec.fps).round();
}

int over(Frames frames, Frames each) {
  return static_cast<int>((frames + each - 1) / each);
}

Frames longest_of(const Spec& spec, std::size_t i) {
  return in_frames(spec.beats[i].energy == "high" ? kFast : kLongest, spec);
}

int shots_for(const Spec& spec, std::size_t i) {
  const Frames length = spec.beats[i].length, longest = longest_of(spec, i);
  if (is_card(spec, i))
    return length <= in_frames(kSingleCard, spec) ? 1 : 1 + over(length - in_frames(kCard, spec), longest);
  return length <= in_frames(spec.beats[i].energy == "high" ? kFastSingle : kSingle, spec) ? 1 : over(length, longest);
}

// What a single shot has too much goes to a neighbour of several shots that has room for it. A cut that was laid on a
// beat of the music stays there.
void even_out(const Spec& spec, std::vector<Part>& parts) {
  if (!spec.soundtrack.beats.empty()) return;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Frames most = is_card(spec, i) ? in_frames(kCard, spec) : longest_of(spec, i);
    for (const std::size_t to : {i + 1, i - 1}) {
      if (parts[i].shots > 1 || parts[i].length <= most || to >= parts.size() || parts[to].shots < 2) continue;
      const Frames moved = std::min(parts[i].length - most,
                                    std::max<Frames>(0, parts[to].shots * longest_of(spec, to) - parts[to].length));
      parts[i].length -= moved;
      parts[to].length += moved;
    }
  }
}

// Words wait six frames, rise for fourteen, rest twelve and 2.2 a letter, and leave in twelve, at thirty a second.
Frames reading_time(const Beat& beat, const Spec& spec) {
  if (beat.caption.empty()) return 0;
  const auto letters =
      std::count_if(beat.caption.begin(), beat.caption.end(), [](char c) { return (c & 0xc0) != 0x80; });
  return ((Rational(44) + Rational(11, 5) * Rational(letters)) * spec.fps / Rational(30)).ceil();
}

// Even lengths, but that of the shot with the words.
std::vector<Frames> lengths_of(const Spec& spec, std::size_t i, const Part& part) {
  const Frames even = part.length / part.shots;
  const bool card = is_card(spec, i);
  const auto with_words = card ? static_cast<std::size_t>(part.shots - 1) : 0;
  const Frames wanted = card ? in_frames(kCard, spec) : std::max(even, reading_time(spec.beats[i], spec));
  const Frames its = part.shots == 1 ? part.length : std::min(wanted, in_frames(kSingle, spec));
  std::vector<Frames> out;
  Frames left = part.length - its;
  for (int k = 0; k < part.shots; ++k) {
    const bool words = static_cast<std::size_t>(k) == with_words;
    const int others = part.shots - k - (card ? 1 : 0);
    const Frames one = words ? its : left / std::max(1, others);
    if (!words) left -= one;
    out.push_back(one);
  }
  return out;
}

// The beat in [from, to] that is nearest to a cut; the cut itself where there is none.
Frames nearest(const std::vector<Frames>& beats, Frames cut, Frames from, Frames to) {
  Frames best = -1;
  for (const Frames beat : beats)
    if (beat >= from && beat <= to && (best < 0 || std::abs(beat - cut) < std::abs(best - cut))) best = beat;
  return best < 0 ? cut : best;
}

// The same lengths with their cuts on beats of the music, where the film's are.
std::vector<Frames> on_beats(const Spec& spec, Frames start, std::vector<Frames> lengths) {
  const Frames least = in_frames(1, spec);
  for (std::size_t k = 0; k + 1 < lengths.size(); ++k) {
    const Frames cut = start + lengths[k], end = cut + lengths[k + 1];
    const Frames best = nearest(spec.soundtrack.beats, cut, start + least, end - least);
    lengths[k] = best - start;
    lengths[k + 1] = end - best;
    start = best;
  }
  return lengths;
}

// ---- sizes

// How often each picture was there: a size, and the side that the subject stands on. Seen from below or above it stands
// in the middle.
class Seen {
 public:
  void add(ShotSize size, std::size_t beat) {
    ++times_[index(size)][centred(size) ? 0 : beat % 2];
    ++times_[index(size)][2];
  }
  // Less is fresher: a picture that was there weighs more than a size that was.
  int weight(ShotSize size, std::size_t beat) const {
    const auto& t = times_[index(size)];
    return centred(size) ? 11 * t[0] : 10 * t[beat % 2] + t[2];
  }

 private:
  static bool centred(ShotSize size) { return size == ShotSize::low || size == ShotSize::above; }
  static std::size_t index(ShotSize size) { return static_cast<std::size_t>(size); }
  std::array<std::array<int, 3>, kSetups.size()> times_{};
};

// The freshest one whose size neither neighbour has.
const Setup& pick(const Seen& seen, std::string_view category, std::size_t beat, ShotSize before, ShotSize after) {
  const Setup* best = nullptr;
  for (const Setup& s : kSetups) {
    if (s.size == before || s.size == after || !suits(s, category)) continue;
    if (best == nullptr || seen.weight(s.size, beat) < seen.weight(best->size, beat)) best = &s;
  }
  return *best;
}

// A beat that begins with its own shot keeps it, unless the one before has that size already.
void choose_sizes(std::vector<Beat>& shots, const std::vector<bool>& own, std::string_view category) {
  Seen seen;
  for (std::size_t i = 0; i < shots.size(); ++i)
    if (own[i]) seen.add(size_of_shot(shots[i].shot), i);
  for (std::size_t i = 1; i < shots.size(); ++i) {
    const ShotSize before = size_of_shot(shots[i - 1].shot);
    const bool again = size_of_shot(shots[i].shot) == before && shots[i].role != "closing";
    if (own[i] && !again) continue;
    const bool next_stays = i + 1 < shots.size() && own[i + 1] && shots[i + 1].role != "closing";
    const Setup& setup = pick(seen, category, i, before, next_stays ? size_of_shot(shots[i + 1].shot) : before);
    shots[i].shot = setup.shot;
    if (!own[i]) shots[i].camera = setup.camera;
    seen.add(setup.size, i);
  }
}

// Shot k of the n of a beat. Only one of them has its words and its role; its photographs are shared out, the first
// shot first.
Beat shot_of(const Beat& beat, std::size_t k, std::size_t n, bool words) {
  Beat out = beat;
  const auto share = [&](std::size_t i) {
    return beat.photographs.begin() + static_cast<std::ptrdiff_t>((i * beat.photographs.size() + n - 1) / n);
  };
  out.photographs.assign(share(k), share(k + 1));
  if (k > 0) out.name += "_" + std::to_string(k + 1);
  if (words) return out;
  out.caption.clear();
  out.over.clear();
  out.role = "middle";
  return out;
}

// Where type is the picture, words are as large in the middle of the film as at its beginning.
void set_headlines(Spec& film) {
  if (film.style.look != "minimal" && film.style.look != "pop") return;
  for (Beat& beat : film.beats)
    if (beat.role == "middle" && !beat.caption.empty()) beat.role = "headline";
}

// A plain stage has no hour: every third shot is dark, so that a name appears out of it.
void alternate_light(Spec& film) {
  if (film.setting.place != "stage" || !film.setting.time.empty()) return;
  for (std::size_t i = 2; i + 1 < film.beats.size(); i += 3)
    if (film.beats[i].photographs.empty()) film.beats[i].time = "night";
}

}  // namespace

ShotSize size_of_shot(std::string_view shot) {
  const auto has = [shot](std::string_view part) { return shot.find(part) != shot.npos; };
  if (has("macro") || has("extreme_close")) return ShotSize::macro;
  if (has("low")) return ShotSize::low;
  if (has("top") || has("overhead") || has("flat")) return ShotSize::above;
  if (has("medium")) return ShotSize::medium;
  if (has("close")) return ShotSize::close;
  return has("wide") ? ShotSize::wide : ShotSize::medium;
}

Spec covered(const Spec& spec) {
  std::vector<Part> parts(spec.beats.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    parts[i].length = spec.beats[i].length;
    parts[i].shots = shots_for(spec, i);
  }
  even_out(spec, parts);
  Spec out = spec;
  out.beats.clear();
  out.transitions.clear();
  std::vector<bool> own;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Frames start = out.beats.empty() ? 0 : out.beats.back().start + out.beats.back().length;
    const std::vector<Frames> lengths = on_beats(spec, start, lengths_of(spec, i, parts[i]));
    const std::size_t words = is_card(spec, i) ? lengths.size() - 1 : 0;
    for (std::size_t k = 0; k < lengths.size(); ++k) {
      Beat shot = shot_of(spec.beats[i], k, lengths.size(), k == words);
      shot.start = out.beats.empty() ? 0 : out.beats.back().start + out.beats.back().length;
      shot.length = lengths[k];
      const bool leads = k == 0 && i > 0 && i <= spec.transitions.size();
      if (!out.beats.empty()) out.transitions.push_back(leads ? spec.transitions[i - 1] : SpecTransition());
      own.push_back(k == words);
      out.beats.push_back(std::move(shot));
    }
  }
  choose_sizes(out.beats, own, spec.product.category);
  set_headlines(out);
  alternate_light(out);
  return out;
}

}  // namespace vidgen::plan
