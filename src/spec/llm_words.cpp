// SPDX-License-Identifier: Apache-2.0
#include "spec/llm_words.hpp"

#include <algorithm>

#include "spec/tables.hpp"
#include "spec/text.hpp"
#include "spec/words.hpp"

namespace vidgen::spec {
namespace {

using K = ProposedKind;
using V = Vocabulary;

constexpr ProposedField kFields[] = {
    {"style", "aesthetic", K::word, &V::aesthetics, [](Spec& s) -> std::string& { return s.style.aesthetic; },
     "how the film looks"},
    {"style", "mood", K::word, &V::moods, [](Spec& s) -> std::string& { return s.style.mood; }, "how it feels"},
    {"style", "lighting", K::text, nullptr, [](Spec& s) -> std::string& { return s.style.lighting; },
     "the light in at most 12 English words, the same for the whole film"},
    {"product", "name", K::name, nullptr, [](Spec& s) -> std::string& { return s.product.name; },
     "what is shown, in words of the brief, without brand or colour"},
    {"product", "category", K::word, &V::categories, [](Spec& s) -> std::string& { return s.product.category; },
     "the kind of thing; product when none fits"},
    {"product", "brand", K::brand, nullptr, [](Spec& s) -> std::string& { return s.product.brand; },
     "only a brand that the brief names, spelled as there"},
    {"product", "material", K::material, nullptr, [](Spec& s) -> std::string& { return s.product.material; },
     "only a material that the brief names"},
    {"product", "colour", K::colour, nullptr, [](Spec& s) -> std::string& { return s.product.colour; },
     "only a colour that the brief names for the product"},
    {"setting", "place", K::word, &V::places, [](Spec& s) -> std::string& { return s.setting.place; },
     "where it plays"},
    {"setting", "time", K::word, &V::times, [](Spec& s) -> std::string& { return s.setting.time; }, "the time of day"},
    {"audio", "style", K::word, &V::music, [](Spec& s) -> std::string& { return s.audio.style; }, "the music"},
    {"audio", "tempo", K::word, &V::tempos, [](Spec& s) -> std::string& { return s.audio.tempo; }, "its speed"},
    {"audio", "mood", K::word, &V::moods, [](Spec& s) -> std::string& { return s.audio.mood; }, "its feeling"},
};

// Words of film people that models use for one of ours.
constexpr Row kMeanings[] = {{"dolly_in", "push_in"},
                             {"slow_dolly_in", "push_in"},
                             {"zoom_in", "push_in"},
                             {"slow_zoom_in", "push_in"},
                             {"slow_push_in", "push_in"},
                             {"dolly_out", "pull_out"},
                             {"zoom_out", "pull_out"},
                             {"pan_across", "pan"},
                             {"slow_pan", "pan"},
                             {"pan_left", "pan"},
                             {"pan_right", "pan"},
                             {"tilt_up", "tilt"},
                             {"tilt_down", "tilt"},
                             {"slow_orbit", "orbit"},
                             {"arc", "orbit"},
                             {"locked", "static"},
                             {"still", "static"},
                             {"static_hold", "static"},
                             {"follow", "tracking"},
                             {"handheld_follow", "handheld"},
                             {"closeup", "close_up"},
                             {"extreme_closeup", "macro"},
                             {"overhead", "top_down"},
                             {"birds_eye", "top_down"},
                             {"establishing", "wide"},
                             {"extreme_wide", "wide"},
                             {"morning", "sunrise"},
                             {"dawn", "sunrise"},
                             {"golden_hour", "golden"},
                             {"sunset", "golden"},
                             {"noon", "midday"},
                             {"evening", "dusk"},
                             {"orchestral", "cinematic"},
                             {"cinematic_epic", "cinematic"}};

void tidy(std::vector<std::string>& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

std::vector<std::string> values_of(std::span<const Row> rows, bool names) {
  std::vector<std::string> out;
  for (const Row& row : rows) {
    std::string value(row.value);
    if (names) std::replace(value.begin(), value.end(), ' ', '_');
    if (!value.empty()) out.push_back(std::move(value));
  }
  return out;
}

template <std::size_t N>
std::vector<std::string> words_of(const std::array<std::string_view, N>& list) {
  return {list.begin(), list.end()};
}

void add_films(const TemplateSet& set, Vocabulary& v) {
  auto add = [&](const std::string& name, const AudioTemplate& audio) {
    v.templates.push_back(name);
    if (!audio.mood.empty()) v.moods.push_back(audio.mood);
    if (!audio.style.empty()) v.music.push_back(audio.style);
  };
  for (const auto& [name, beat] : set.beats) v.beats.push_back(name);
  for (const auto& [name, film] : set.templates) {
    add(name, film.audio);
    for (const BeatTemplate& beat : film.beats) v.beats.push_back(beat.name);
  }
  for (const auto& [name, film] : set.archetypes) add(name, film.audio);
}

const BeatTemplate* beat_in(const Template& film, std::string_view name) {
  for (const BeatTemplate& beat : film.beats)
    if (beat.name == name) return &beat;
  return nullptr;
}

std::string as_name(std::string_view text) {
  std::string out = folded(folded_spaces(text.substr(0, 64)));
  std::replace_if(
      out.begin(), out.end(), [](char c) { return c == ' ' || c == '-'; }, '_');
  return out;
}

}  // namespace

std::span<const ProposedField> proposed_fields() {
  return kFields;
}

std::string path_of(const ProposedField& field) {
  return std::string(field.object) + "." + std::string(field.key);
}

std::vector<std::string> reason_fields() {
  std::vector<std::string> out = {"template", "beats", "style.palette"};
  for (const ProposedField& field : kFields) out.push_back(path_of(field));
  return out;
}

Vocabulary vocabulary(const TemplateSet& set) {
  Vocabulary v;
  v.shots = words_of(kShots);
  v.cameras = words_of(kCameras);
  v.tempos = words_of(kTempos);
  v.aesthetics = values_of(style_rows(), false);
  for (std::string_view look : kLooks) v.aesthetics.emplace_back(look);
  v.moods = values_of(mood_rows(), false);
  v.categories = values_of(category_rows(), true);
  v.categories.push_back("product");
  v.places = values_of(place_rows(), true);
  v.times = values_of(time_rows(), true);
  v.music = values_of(music_rows(), true);
  add_films(set, v);
  std::erase(v.music, "none");  // silence is for the prompt to ask for
  for (auto* list : {&v.templates, &v.beats, &v.aesthetics, &v.moods, &v.categories, &v.places, &v.times, &v.music})
    tidy(*list);
  return v;
}

const BeatTemplate* find_beat(const TemplateSet& set, const Template& film, std::string_view name) {
  if (const BeatTemplate* own = beat_in(film, name)) return own;
  if (const BeatTemplate* beat = set.find_beat(std::string(name))) return beat;
  for (const auto& [key, other] : set.templates)
    if (const BeatTemplate* beat = beat_in(other, name)) return beat;
  return nullptr;
}

Pick pick(const std::vector<std::string>& list, std::string_view text) {
  Pick out;
  auto listed = [&](std::string_view w) { return std::find(list.begin(), list.end(), w) != list.end(); };
  if (listed(text)) {
    out.word = text;
    out.exact = true;
    return out;
  }
  if (first_invalid(text.substr(0, 64)) != text.npos) return out;
  std::string name = as_name(text);
  for (const Row& row : kMeanings)
    if (row.phrase == name && listed(row.value)) name = row.value;
  if (!listed(name)) name = nearest(list, name);
  out.word = name;
  return out;
}

}  // namespace vidgen::spec
