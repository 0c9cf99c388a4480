// SPDX-License-Identifier: Apache-2.0
// spec_by_rules: phase 1 without a language model. Request wins over prompt, prompt over template.
#include <algorithm>

#include "base/try.hpp"
#include "spec/captions.hpp"
#include "spec/choose.hpp"
#include "spec/extract.hpp"
#include "spec/scale.hpp"
#include "spec/shot_words.hpp"
#include "spec/tables.hpp"
#include "spec/text.hpp"
#include "spec/words.hpp"
#include "vidgen/spec.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

using spec::Extract;
using spec::Found;

void reason(Spec& s, std::string field, std::string value, std::string why) {
  Reason r;
  r.field = std::move(field);
  r.value = std::move(value);
  r.why = std::move(why);
  s.reasons.push_back(std::move(r));
}

// The prompt's word when it has one, else `other`.
std::string take(Spec& s, const char* field, const Found& said, std::string other, const char* why_other) {
  std::string value = said ? said.value : std::move(other);
  reason(s, field, value, said ? "the prompt says \"" + said.words + "\"" : why_other);
  return value;
}

void set_product(Spec& s, const Extract& said) {
  const spec::FoundProduct& p = said.product;
  s.product.category = take(s, "product.category", p.category, "product", "the prompt names no product that is known");
  s.product.name = spec::shortened(p.name, 60);
  s.product.brand = p.brand.value;
  s.product.material = p.material.value;
  if (!p.name.empty()) reason(s, "product.name", s.product.name, "the prompt says \"" + p.category.words + "\"");
  if (p.brand) reason(s, "product.brand", p.brand.value, "the prompt says \"" + p.brand.words + "\"");
  if (p.material) reason(s, "product.material", p.material.value, "the prompt says \"" + p.material.words + "\"");
  for (const Found& colour : p.colours) s.style.palette.push_back(colour.value);
  if (!p.category)
    s.warnings.push_back("the prompt names no product that is known; the embedded backend shows a labelled box");
  if (p.colours.empty()) return;
  s.product.colour = p.colour.value;
  if (p.colour) reason(s, "product.colour", p.colour.value, "the prompt says \"" + p.colour.words + "\"");
  reason(s, "style.palette", p.colours.front().value, "the prompt says \"" + p.colours.front().words + "\"");
}

void set_setting(Spec& s, const Extract& said, const Template& film) {
  // Plain, typographic films play on a stage of their own.
  bool plain = film.look == "minimal";
  std::string usual(spec::usual_place(s.product.category, spec::folded(said.product.category.words)));
  s.setting.place = take(s, "setting.place", said.place, plain ? "stage" : usual,
                         plain ? "the prompt names no place; this is usual for the template's look"
                               : "the prompt names no place; this is usual for the product");
  s.setting.time = take(s, "setting.time", said.time, "", "the prompt names no time of day");
}

void set_style(Spec& s, const Extract& said, const Template& film) {
  s.style.look = film.look.empty() ? "cinematic" : film.look;
  s.style.aesthetic = take(s, "style.aesthetic", said.aesthetic, s.style.look, "the template's look");
  s.style.mood = take(s, "style.mood", said.mood, film.audio.mood, "the template's mood");
  s.style.lighting = std::string(spec::light_words(s.setting.place, s.setting.time));
  // Bars are for wide pictures only; on others they would take what little height or width there is.
  bool wide = s.size.width * 9 == s.size.height * 16;
  s.style.bars = wide ? film.bars : "";
}

std::string tempo_of(const std::string& mood, const std::string& other) {
  if (mood == "energetic") return "fast";
  return mood == "calm" || mood == "emotional" || mood == "luxurious" ? "slow" : other;
}

void set_audio(Spec& s, const Extract& said, const Template& film) {
  std::string_view fitting = said.mood ? spec::music_of_mood(s.style.mood) : std::string_view();
  s.audio.style = fitting.empty() ? take(s, "audio.style", said.music, film.audio.style, "the template's music")
                                  : take(s, "audio.style", said.music, std::string(fitting), "it goes with the mood");
  s.audio.mood = said.mood ? s.style.mood : film.audio.mood;
  s.audio.tempo = said.mood ? tempo_of(s.style.mood, film.audio.tempo) : film.audio.tempo;
}

void set_length(Spec& s, const Request& request, const Extract& said, const Template& film) {
  s.fps = request.fps.value_or(film.fps);
  Rational seconds = film.duration;
  std::string why = "the template's length";
  if (request.duration) {
    seconds = Rational(request.duration->count(), 1000);
    why = "the request says " + seconds.to_string() + " s";
  } else if (said.seconds) {
    seconds = *said.seconds;
    why = "the prompt says \"" + said.seconds_words + "\"";
  }
  s.frames = frame_at(seconds, s.fps);
  reason(s, "frames", std::to_string(s.frames), why);
}

Status set_grade(Spec& s, const Request& request, const Template& film, const TemplateSet& set) {
  s.grade.lut = film.grade.lut;
  s.grade.contrast = film.grade.contrast;
  s.grade.saturation = film.grade.saturation;
  const std::string& asked = request.grade;
  // A path is the caller's: it becomes "sha256:…" once the file is in the store.
  if (asked.empty() || asked.find('/') != asked.npos || asked.ends_with(".cube")) return {};
  s.grade = Grade();
  if (asked == "none") return {};
  if (set.find_lut(asked)) {
    s.grade.lut = asked;
    return {};
  }
  std::vector<std::string> all;
  for (const auto& [key, text] : set.luts) all.push_back(key);
  std::string_view near = spec::nearest(all, asked);
  return Error(Errc::not_found, "there is no grade \"" + asked.substr(0, 64) + "\"" +
                                    (near.empty() ? std::string("; give a name or the path of a .cube file")
                                                  : "; did you mean \"" + std::string(near) + "\"?"));
}

Beat make_beat(const Spec& s, const BeatTemplate& t, const spec::ScaledBeat& place) {
  Beat b;
  b.name = t.name;
  b.start = place.start;
  b.length = place.length;
  b.shot = t.shot;
  b.action = t.action;
  b.camera = t.camera;
  b.role = t.role;
  b.energy = t.energy;
  b.prompt = spec::clip_prompt(s, t);
  return b;
}

void set_beats(Spec& s, const Request& request, const Template& film, const Extract& said) {
  spec::Scaled scaled = spec::scale(film, s.frames, s.fps);
  spec::Captioner captioner(s, said.language, said.product.benefits);
  std::vector<BeatTemplate> beats;
  for (const spec::ScaledBeat& place : scaled.beats) beats.push_back(film.beats[place.index]);
  spec::vary_sizes(beats);
  const bool words = request.captions && !said.wordless;
  for (std::size_t i = 0; i < beats.size(); ++i) {
    const BeatTemplate& t = beats[i];
    Beat b = make_beat(s, t, scaled.beats[i]);
    if (words) {
      b.caption = captioner.caption(t, said.product.slogan);
      b.over = captioner.over(t, b.caption);
    }
    s.beats.push_back(std::move(b));
  }
  if (request.captions && said.wordless)
    reason(s, "captions", "none", "the prompt says that it wants none");
  else if (words && said.language != "en")
    reason(s, "captions", said.language, "the prompt is written in this language");
  for (const spec::ScaledTransition& t : scaled.transitions) {
    SpecTransition out;
    out.kind = t.kind;
    out.frames = t.frames;
    s.transitions.push_back(std::move(out));
  }
  for (const std::string& name : scaled.dropped)
    reason(s, "beats", name, "left out: the film is too short to give every beat a second");
  for (const std::string& what : scaled.shortened) reason(s, "transitions", what, "at most half of the shorter beat");
}

}  // namespace

Result<Spec> spec_by_rules(const Request& request, const TemplateSet& templates) {
  VIDGEN_TRY(text, clean_prompt(request.prompt));
  VIDGEN_CHECK(validate(request));
  spec::Prompt prompt = spec::read_prompt(text);
  Extract said = spec::extract(prompt);
  VIDGEN_TRY(choice, spec::choose_template(request, prompt, said, templates));
  const Template& film = choice.film;
  spec::SizeChoice size = spec::choose_size(request, said, film);
  Spec s;
  s.prompt = text;
  s.template_name = film.name;
  s.warnings = said.warnings;
  s.seed = request.seed.value_or(0);
  reason(s, "template", film.name, choice.why);
  s.size = size.size;
  reason(s, "size", size.size.to_string(), size.why);
  set_product(s, said);
  set_setting(s, said, film);
  set_style(s, said, film);
  set_audio(s, said, film);
  set_length(s, request, said, film);
  VIDGEN_CHECK(set_grade(s, request, film, templates));
  set_beats(s, request, film, said);
  VIDGEN_CHECK(validate(s));
  return s;
}

VIDGEN_NAMESPACE_END
