// SPDX-License-Identifier: Apache-2.0
#include "plan/chains.hpp"

#include <algorithm>

#include "base/try.hpp"
#include "plan/clips.hpp"
#include "plan/coverage.hpp"

namespace vidgen::plan {
namespace {

// What counts and lengths depend on.
struct Rules {
  Rules() = default;
  Rational fps, overlap;
  std::vector<Offer> on_offer;
  bool alone = false;  // Continuity::none: every clip is a chain of its own
  Frames longest_fade = 0;
};

Rational shortest_in_use(const std::vector<Offer>& on_offer) {
  // Of two or more clips in a chain none is shorter than this, as lengths are chosen evenly.
  const Rational half = on_offer.back().returned / Rational(2);
  Rational best = on_offer.back().returned;
  for (const Offer& o : on_offer)
    if (o.returned * Rational(5, 4) >= half && o.returned < best) best = o.returned;
  return best;
}

Rules rules_of(const Spec& spec, const ModelProfile& video, const PlanOptions& options) {
  Rules r;
  r.fps = spec.fps;
  r.alone = options.continuity == Continuity::none;
  r.on_offer = offers(video, spec.fps, r.alone);
  r.overlap = r.alone ? Rational(0) : Rational(1) / source_fps(video, spec.fps);
  if (!r.on_offer.empty()) r.longest_fade = (shortest_in_use(r.on_offer) * spec.fps / Rational(4)).floor();
  return r;
}

int count(const Rules& r, Frames frames) {
  return clip_count(r.on_offer, Rational(frames) / r.fps, r.overlap);
}

// Most frames that n clips cover.
Frames capacity(const Rules& r, int n) {
  const Rational seconds = Rational(n) * r.on_offer.back().returned - Rational(n - 1) * r.overlap;
  return (seconds * r.fps).floor();
}

std::string frames_text(Frames n) {
  return std::to_string(n) + (n == 1 ? " frame" : " frames");
}

// ---- transitions

struct Fades {
  std::vector<SpecTransition> rows;  // one a boundary between beats
  Frames before(std::size_t beat) const { return beat == 0 ? 0 : rows[beat - 1].frames; }
  Frames after(std::size_t beat) const { return beat < rows.size() ? rows[beat].frames : 0; }
  // What a beat needs beyond its own length.
  Frames handles(std::size_t beat) const { return before(beat) / 2 + after(beat) - after(beat) / 2; }
};

Fades fades_of(const Spec& spec, const Rules& r, Draft& draft) {
  Fades out;
  for (std::size_t i = 0; i + 1 < spec.beats.size(); ++i) {
    SpecTransition row = i < spec.transitions.size() ? spec.transitions[i] : SpecTransition();
    if (row.kind == "cut") row.frames = 0;
    const Frames most = std::min({r.longest_fade, spec.beats[i].length / 2, spec.beats[i + 1].length / 2});
    if (row.frames > most) {
      draft.notes.push_back("the " + row.kind + " after " + spec.beats[i].name + " is shortened from " +
                            frames_text(row.frames) + " to " + frames_text(most));
      row.frames = most;
    }
    out.rows.push_back(std::move(row));
  }
  return out;
}

// ---- boundaries

// Moves one boundary where that saves a clip: by the fewest frames, at most a tenth of the shorter beat beside it.
void move_boundary(Draft& draft, const Spec& spec, const Rules& r, const Fades& fades, std::size_t i) {
  Beat &a = draft.beats[i], &b = draft.beats[i + 1];
  const Frames limit = std::min(spec.beats[i].length, spec.beats[i + 1].length) / 10;
  const Frames la = a.length + fades.handles(i), lb = b.length + fades.handles(i + 1);
  const int na = count(r, la), nb = count(r, lb);
  Frames best = 0;
  const auto try_move = [&](Frames by) {
    if (by == 0 || std::abs(by) > limit) return;
    if (count(r, la + by) + count(r, lb - by) >= na + nb) return;
    if (best == 0 || std::abs(by) < std::abs(best)) best = by;
  };
  if (na > 1) try_move(capacity(r, na - 1) - la);
  if (nb > 1) try_move(lb - capacity(r, nb - 1));
  if (best == 0) return;
  a.length += best;
  b.start += best;
  b.length -= best;
  draft.notes.push_back("the boundary between " + a.name + " and " + b.name + " moved by " +
                        frames_text(std::abs(best)) + (best < 0 ? " earlier" : " later") + ": that saves a clip");
}

// ---- clips

ChainClip clip_of(const Offer& offer, Rational returned, Rational overlap) {
  ChainClip clip;
  clip.asked = offer.asked;
  clip.returned = returned;
  clip.overlap = overlap;
  return clip;
}

void fill(ChainLayout& chain, const Rules& r) {
  const std::vector<int> picks = choose(r.on_offer, Rational(chain.span()) / r.fps, r.overlap);
  for (std::size_t k = 0; k < picks.size(); ++k) {
    const Offer& offer = r.on_offer[static_cast<std::size_t>(picks[k])];
    chain.clips.push_back(clip_of(offer, offer.returned, k == 0 ? Rational(0) : r.overlap));
  }
  place_joins(chain, r.fps);
}

// The beat of the music that is nearest to `wish` and leaves each side what its clips have; `wish` where there is none.
Frames on_beat(const std::vector<Frames>& beats, Frames wish, Frames least, Frames most) {
  Frames best = wish;
  bool found = false;
  for (Frames beat : beats) {
    if (beat < least || beat > most || (found && std::abs(beat - wish) >= std::abs(best - wish))) continue;
    best = beat;
    found = true;
  }
  return best;
}

// Continuity::none: the beat's frames are dealt to its clips in proportion to their lengths.
// Where they meet is a cut, and it goes to a beat of the music when the film is cut to that.
void deal(const ChainLayout& beat, const Rules& r, const ModelProfile& video, const Spec& spec, Draft& draft) {
  const std::vector<Offer> really = offers(video, r.fps, false);
  const std::vector<int> picks = choose(r.on_offer, Rational(beat.span()) / r.fps, Rational(0));
  Rational total, sum;
  Frames room = 0;  // of the clips that are left
  for (int p : picks) total = total + r.on_offer[static_cast<std::size_t>(p)].returned;
  for (int p : picks) room += (really[static_cast<std::size_t>(p)].returned * r.fps).floor();
  const Frames origin = beat.start - beat.head();
  Frames from = origin;
  for (std::size_t k = 0; k < picks.size(); ++k) {
    const auto p = static_cast<std::size_t>(picks[k]);
    sum = sum + r.on_offer[p].returned;
    const Frames own = (really[p].returned * r.fps).floor(), end = origin + beat.span(), second = r.fps.ceil();
    room -= own;
    Frames to = origin + (Rational(beat.span()) * sum / total).floor();
    if (k + 1 < picks.size() && !spec.soundtrack.beats.empty()) {
      to = std::clamp(to, std::min(end - room, from + own), from + own);  // the cut before may have moved
      to = on_beat(spec.soundtrack.beats, to, std::max(from + second, end - room), std::min(from + own, end - second));
    }
    ChainLayout chain;
    chain.first_beat = chain.last_beat = beat.first_beat;
    chain.fade_in = k == 0 ? beat.fade_in : 0;
    chain.fade_out = k + 1 == picks.size() ? beat.fade_out : 0;
    chain.start = from + chain.head();
    chain.length = to - chain.tail() - chain.start;
    chain.clips.push_back(clip_of(really[p], really[p].returned, Rational(0)));
    draft.chains.push_back(std::move(chain));
    from = to;
  }
}

void chain_a_beat(Draft& draft, const Rules& r, const Fades& fades, const ModelProfile& video, const Spec& spec) {
  for (std::size_t i = 0; i < draft.beats.size(); ++i) {
    ChainLayout chain;
    chain.first_beat = chain.last_beat = static_cast<int>(i);
    chain.start = draft.beats[i].start;
    chain.length = draft.beats[i].length;
    chain.fade_in = fades.before(i);
    chain.fade_out = fades.after(i);
    if (r.alone) {
      deal(chain, r, video, spec, draft);
      continue;
    }
    fill(chain, r);
    draft.chains.push_back(std::move(chain));
  }
  for (std::size_t i = 0; i < fades.rows.size(); ++i) {
    if (fades.rows[i].frames == 0) continue;
    TimelineTransition t;
    t.kind = fades.rows[i].kind;
    t.at = draft.beats[i + 1].start;
    t.frames = fades.rows[i].frames;
    draft.transitions.push_back(std::move(t));
  }
}

void chain_of_all(Draft& draft, const Spec& spec, const Rules& r) {
  ChainLayout chain;
  chain.last_beat = static_cast<int>(draft.beats.size()) - 1;
  chain.length = spec.frames;
  fill(chain, r);
  draft.chains.push_back(std::move(chain));
  for (std::size_t i = 0; i < spec.transitions.size() && i + 1 < spec.beats.size(); ++i)
    draft.replaced.push_back(spec.transitions[i].kind + " between " + spec.beats[i].name + " and " +
                             spec.beats[i + 1].name);
}

Status check_spec(const Spec& spec) {
  if (spec.beats.empty()) return Error(Errc::spec_invalid, "the spec has no beats");
  Frames next = 0;
  for (const Beat& beat : spec.beats) {
    if (beat.start != next || beat.length < 1)
      return Error(Errc::spec_invalid, "beat " + beat.name + " does not start where the one before ends");
    next = beat.start + beat.length;
  }
  if (next != spec.frames) return Error(Errc::spec_invalid, "the beats do not end where the film ends");
  if (spec.fps < Rational(1) || spec.fps > Rational(240)) return Error(Errc::spec_invalid, "fps: expected 1 to 240");
  return {};
}

}  // namespace

bool is_free(const ModelProfile& model) {
  return model.prices.empty() || model.prices.front().kind == PriceKind::free;
}

Result<Draft> draft_of(const Spec& written, const ModelProfile& video, const PlanOptions& options) {
  VIDGEN_CHECK(check_spec(written));
  const Spec spec = follows_film(video) && !is_single(options.continuity) ? covered(written) : written;
  const Rules rules = rules_of(spec, video, options);
  if (rules.on_offer.empty() || rules.on_offer.back().returned <= rules.overlap * Rational(2))
    return Error(Errc::plan_impossible, "the model " + video.name + " has no usable clip length");
  Draft draft;
  draft.beats = spec.beats;
  if (is_single(options.continuity)) {
    chain_of_all(draft, spec, rules);
    return draft;
  }
  const Fades fades = fades_of(spec, rules, draft);
  // A cut that stands on a beat stays there.
  if (!is_free(video) && spec.soundtrack.beats.empty())
    for (std::size_t i = 0; i + 1 < draft.beats.size(); ++i) move_boundary(draft, spec, rules, fades, i);
  chain_a_beat(draft, rules, fades, video, spec);
  return draft;
}

}  // namespace vidgen::plan
