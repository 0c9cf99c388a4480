// SPDX-License-Identifier: Apache-2.0
#include "plan/prompt.hpp"

#include <algorithm>

namespace vidgen::plan {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t';
}

std::string first_words(std::string_view text, int most) {
  std::string out;
  int words = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool starts = !is_space(text[i]) && (i == 0 || is_space(text[i - 1]));
    if (starts && ++words > most) break;
    out += text[i];
  }
  while (!out.empty() && (is_space(out.back()) || out.back() == ',')) out.pop_back();
  return out;
}

std::string spaced(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

// "2.5": tenths of a second are enough for a model to understand.
std::string seconds_text(Rational seconds) {
  const std::int64_t tenths = (seconds * Rational(10)).round();
  return std::to_string(tenths / 10) + (tenths % 10 ? "." + std::to_string(tenths % 10) : "");
}

std::string joined(const std::vector<std::string>& words, std::string_view between) {
  std::string out;
  for (const std::string& w : words) out += (out.empty() ? "" : std::string(between)) + w;
  return out;
}

// Lower case, hyphens as spaces: "Close-up" and "close up" are the same.
std::string plain(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c == '-' ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

bool says(std::string_view text, std::string_view words) {
  return !words.empty() && plain(text).find(plain(words)) != std::string::npos;
}

std::string camera_text(const std::string& text, const std::string& camera) {
  const std::string name = spaced(camera);
  if (camera.empty() || says(text, name) || says(text, "camera")) return {};
  return camera == "static" ? "camera holds still" : "camera: " + name;
}

// What is said of every picture of the film, the most important first; what the text says already is left out.
std::vector<std::string> descriptors(const Spec& spec, const Beat& beat, bool moves) {
  std::vector<std::string> out;
  const std::string& text = beat.prompt;
  const auto add = [&](const std::string& words, const std::string& before, const std::string& after) {
    if (!words.empty() && !says(text, words)) out.push_back(before + words + after);
  };
  const Style& style = spec.style;
  add(spaced(beat.shot), "", " shot");
  if (const std::string camera = moves ? camera_text(text, beat.camera) : ""; !camera.empty()) out.push_back(camera);
  add(style.aesthetic, "", " style");
  add(spaced(style.lighting), "", says(style.lighting, "light") ? "" : " lighting");
  add(joined(style.palette, " and "), "colours: ", "");
  add(style.mood, "", " mood");
  return out;
}

// The text is shortened before the descriptors are dropped, but never below two thirds of the words.
std::string compose(std::string_view text, const std::vector<std::string>& details, int most) {
  int wanted = 0;
  for (const std::string& d : details) wanted += count_words(d);
  std::string out = first_words(text, std::max(most - wanted, most * 2 / 3));
  int words = count_words(out);
  for (const std::string& d : details) {
    if (words + count_words(d) > most) continue;
    words += count_words(d);
    const bool sentence = !out.empty() && out.back() == '.';
    out += (out.empty() ? "" : sentence ? " " : ", ") + d;
  }
  return out;
}

std::string text_of(const std::vector<Passage>& passages, int most) {
  if (passages.size() == 1) return passages.front().beat.prompt;
  const int share = std::max(8, most / static_cast<int>(std::max<std::size_t>(1, passages.size())) - 4);
  std::string out;
  for (const Passage& p : passages)
    out += (out.empty() ? "" : " ") + ("From " + seconds_text(p.from)) + " to " + seconds_text(p.to) +
           " s: " + first_words(p.beat.prompt, share) + ".";
  return out;
}

}  // namespace

int count_words(std::string_view text) {
  int words = 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (!is_space(text[i]) && (i == 0 || is_space(text[i - 1]))) ++words;
  return words;
}

std::string clip_prompt(const Spec& spec, const std::vector<Passage>& passages, int most_words) {
  const int most = most_words > 0 ? most_words : kMostWords;
  if (passages.empty()) return compose("", descriptors(spec, Beat(), true), most);
  return compose(text_of(passages, most), descriptors(spec, passages.front().beat, true), most);
}

std::string keyframe_prompt(const Spec& spec, const Beat& beat, int most_words) {
  std::vector<std::string> details = descriptors(spec, beat, false);
  details.push_back("high quality photograph, one clear subject");
  return compose(beat.prompt, details, most_words > 0 ? most_words : kMostWords);
}

std::string style_prompt(const Spec& spec) {
  const std::string place = spec.setting.place.empty() ? "plain set" : spaced(spec.setting.place);
  Beat none;
  return compose("Style guide: an empty " + place, descriptors(spec, none, false), kMostWords);
}

std::string product_prompt(const Spec& spec) {
  const std::string name = spec.product.name.empty() ? "the product" : spec.product.name;
  return compose("Product photograph of " + name + " on a plain ground, soft studio light",
                 descriptors(spec, Beat(), false), kMostWords);
}

int music_bpm(const Audio& audio) {
  if (audio.bpm > Rational(0)) return static_cast<int>(audio.bpm.round());
  constexpr std::pair<std::string_view, int> kTempi[] = {
      {"very slow", 60}, {"slow", 72}, {"calm", 80}, {"moderate", 100}, {"medium", 100}, {"very fast", 144},
      {"fast", 128},     {"driving", 124}, {"upbeat", 116}, {"brisk", 116}};
  for (const auto& [word, bpm] : kTempi)
    if (says(audio.tempo, word)) return bpm;
  return 100;
}

std::string music_prompt(const Audio& audio, Rational seconds) {
  std::string out = "instrumental " + spaced(audio.style.empty() ? "ambient" : audio.style) + " music";
  if (!audio.tempo.empty()) out += ", " + audio.tempo + " tempo";
  out += ", " + std::to_string(music_bpm(audio)) + " BPM";
  if (!audio.mood.empty()) out += ", " + audio.mood;
  return out + ", " + seconds_text(seconds) + " seconds, no voice, ends on a final chord";
}

const char* negative_prompt() {
  return "blurry, low quality, distorted, deformed, extra limbs, flicker, text, letters, watermark";
}

}  // namespace vidgen::plan
