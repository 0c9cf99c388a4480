// SPDX-License-Identifier: Apache-2.0
#include "spec/llm_beats.hpp"

#include <algorithm>
#include <cmath>

#include "spec/captions.hpp"
#include "spec/llm_text.hpp"
#include "spec/scale.hpp"
#include "spec/shot_words.hpp"
#include "spec/words.hpp"

namespace vidgen::spec {
namespace {

constexpr double kLeastSeconds = 0.1, kMostSeconds = 600;

struct Context {
  Spec& spec;
  const Template& film;
  const Prompt& prompt;
  const Vocabulary& words;
  const TemplateSet& set;
};

void note(Spec& spec, const std::string& field, const std::string& kept, const std::string& why) {
  add_reason(spec, field, kept, "rules: the model's value " + why);
}

// The library's beat, or the one that stands at this place in the film when the name is unknown.
const BeatTemplate* known_beat(const Context& c, const std::string& name, std::size_t i, const std::string& path) {
  Pick found = pick(c.words.beats, name);
  const BeatTemplate* beat = found.word.empty() ? nullptr : find_beat(c.set, c.film, found.word);
  if (beat && found.exact) return beat;
  if (beat) {
    add_reason(c.spec, path + ".name", beat->name, "model: the nearest to its own word");
    return beat;
  }
  beat = i < c.film.beats.size() ? &c.film.beats[i] : nullptr;
  note(c.spec, path + ".name", beat ? beat->name : "", beat ? "is no beat" : "is no beat, so it is left out");
  return beat;
}

void choose(const Context& c, const std::optional<std::string>& said, const std::vector<std::string>& list,
            const std::string& path, std::string& value) {
  if (!said) return;
  Pick found = pick(list, *said);
  if (found.word.empty()) return note(c.spec, path, value, "is not on the list");
  value = found.word;
  if (!found.exact) add_reason(c.spec, path, value, "model: the nearest to its own word");
}

void set_action(const Context& c, const ProposedBeat& said, const std::string& path, BeatTemplate& beat) {
  if (is_foreign(beat.prompt)) beat.prompt = "The {product} {setting}";
  if (!said.action) return;
  Judged text = judge_clip_text(*said.action, c.prompt, kMostActionWords);
  if (text)
    beat.prompt = text.text;
  else
    note(c.spec, path + ".action", beat.action, text.refused);
}

void set_share(const Context& c, const ProposedBeat& said, const std::string& path, BeatTemplate& beat) {
  if (!said.seconds) return;
  if (!(*said.seconds > 0)) return note(c.spec, path + ".seconds", beat.length.to_string(), "is not above 0");
  double seconds = std::clamp(*said.seconds, kLeastSeconds, kMostSeconds);
  if (seconds != *said.seconds) note(c.spec, path + ".seconds", seconds > 1 ? "600" : "1/10", "is outside its limits");
  beat.length = Rational(std::llround(seconds * 100), 100);
}

// An opening that comes later and a closing that comes earlier are part of the middle.
void place_roles(std::vector<BeatTemplate>& beats) {
  for (std::size_t i = 0; i < beats.size(); ++i) {
    bool early = i + 1 < beats.size() && beats[i].role == "closing";
    bool late = i > 0 && beats[i].role == "opening";
    if (early || late) beats[i].role = "middle";
  }
}

std::string harmless(Spec& spec, std::string text, const std::string& path) {
  if (!is_foreign(text)) return text;
  note(spec, path, "", "is not asked for, and the prompt's holds an address or a filter");
  return {};
}

}  // namespace

void add_reason(Spec& spec, std::string field, std::string value, std::string why) {
  Reason r;
  r.field = std::move(field);
  r.value = std::move(value);
  r.why = std::move(why);
  spec.reasons.push_back(std::move(r));
}

bool is_foreign(std::string_view text) {
  return std::any_of(kForeign.begin(), kForeign.end(),
                     [&](std::string_view bad) { return text.find(bad) != text.npos; });
}

Template proposed_film(Spec& spec, const Template& film, const Proposal& proposal, const Prompt& prompt,
                       const Vocabulary& words, const TemplateSet& set) {
  Context c{spec, film, prompt, words, set};
  std::vector<BeatTemplate> beats;
  for (std::size_t i = 0; i < proposal.beats.size(); ++i) {
    const ProposedBeat& said = proposal.beats[i];
    std::string path = "beats[" + std::to_string(i) + "]";
    const BeatTemplate* known = known_beat(c, said.name, i, path);
    if (!known) continue;
    BeatTemplate beat = *known;
    choose(c, said.shot, words.shots, path + ".shot", beat.shot);
    choose(c, said.camera, words.cameras, path + ".camera", beat.camera);
    set_action(c, said, path, beat);
    set_share(c, said, path, beat);
    beats.push_back(std::move(beat));
  }
  Template out = film;
  if (beats.empty()) {
    note(spec, "beats", film.name, "gives none, so the template's are taken");
    for (BeatTemplate& beat : out.beats)
      if (is_foreign(beat.prompt)) beat.prompt = "The {product} {setting}";
    return out;
  }
  place_roles(beats);
  out.beats = std::move(beats);
  return out;
}

void lay_out(Spec& spec, const Template& film, bool captions, const Extract& said) {
  spec.beats.clear();
  spec.transitions.clear();
  Scaled scaled = scale(film, spec.frames, spec.fps);
  Captioner captioner(spec, said.language, said.product.benefits);
  for (const ScaledBeat& place : scaled.beats) {
    const BeatTemplate& t = film.beats[place.index];
    std::string path = "beats[" + std::to_string(spec.beats.size()) + "]";
    Beat b;
    b.name = t.name;
    b.start = place.start;
    b.length = place.length;
    b.shot = t.shot;
    b.action = t.action;
    b.camera = t.camera;
    b.role = t.role;
    b.energy = t.energy;
    b.prompt = clip_prompt(spec, t);
    if (captions) {
      b.caption = harmless(spec, captioner.caption(t, said.product.slogan), path + ".caption");
      b.over = harmless(spec, captioner.over(t, b.caption), path + ".over");
    }
    spec.beats.push_back(std::move(b));
  }
  for (const ScaledTransition& t : scaled.transitions) {
    SpecTransition out;
    out.kind = t.kind;
    out.frames = t.frames;
    spec.transitions.push_back(std::move(out));
  }
  for (const std::string& name : scaled.dropped)
    add_reason(spec, "beats", name, "left out: the film is too short to give every beat a second");
  for (const std::string& what : scaled.shortened)
    add_reason(spec, "transitions", what, "at most half of the shorter beat");
}

}  // namespace vidgen::spec
