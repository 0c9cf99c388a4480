// SPDX-License-Identifier: Apache-2.0
// validate(Spec): what must hold for any spec, whoever wrote it. The first complaint names its place.
#include "base/json.hpp"
#include "base/try.hpp"
#include "spec/text.hpp"
#include "spec/words.hpp"
#include "vidgen/spec.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

Error wrong(const std::string& path, const std::string& what) {
  return Error(Errc::spec_invalid, path + ": " + what);
}

std::string at(std::string_view list, std::size_t i, std::string_view key = {}) {
  return std::string(list) + "[" + std::to_string(i) + "]" + (key.empty() ? "" : "." + std::string(key));
}

template <std::size_t N>
Status word(const std::string& path, const std::array<std::string_view, N>& list, const std::string& value) {
  if (spec::one_of(list, value)) return {};
  std::string all;
  for (std::string_view w : list) all += (all.empty() ? "" : ", ") + std::string(w);
  return wrong(path, "\"" + value.substr(0, 40) + "\" is none of " + all);
}

Status name(const std::string& path, const std::string& value) {
  if (spec::is_name(value)) return {};
  return wrong(path, "\"" + value.substr(0, 40) + "\" is not a name of small letters, digits and _");
}

// Words for people: valid UTF-8 without control characters (a line break may stand in captions).
Status text(const std::string& path, const std::string& value, std::size_t most, bool lines = false) {
  if (spec::first_invalid(value) != value.npos) return wrong(path, "is not valid UTF-8");
  if (spec::count_code_points(value) > most)
    return wrong(path, "is longer than " + std::to_string(most) + " characters");
  for (char c : value)
    if ((static_cast<unsigned char>(c) < 0x20 && !(lines && c == '\n')) || c == 0x7F)
      return wrong(path, "holds a control character");
  return {};
}

// A language model may write words, never addresses, paths or filters.
Status harmless(const Spec& s, const std::string& path, const std::string& value) {
  if (s.source != "llm") return {};
  for (std::string_view bad : spec::kForeign)
    if (value.find(bad) != value.npos)
      return wrong(path, "holds \"" + std::string(bad) + "\", which only people may write");
  return {};
}

Status check_head(const Spec& s) {
  if (s.schema != "vidgen.spec/1") return wrong("schema", "expected \"vidgen.spec/1\"");
  if (s.source != "rules" && s.source != "llm") return wrong("source", "expected \"rules\" or \"llm\"");
  VIDGEN_CHECK(text("prompt", s.prompt, spec::kPromptMost));
  if (!s.template_name.empty()) VIDGEN_CHECK(name("template", s.template_name));
  VIDGEN_CHECK(spec::check_fps(s.fps, Errc::spec_invalid, "fps"));
  VIDGEN_CHECK(spec::check_size(s.size, Errc::spec_invalid, "size"));
  Frames least = frame_at(Rational(spec::kShortestSeconds), s.fps),
         most = frame_at(Rational(spec::kLongestSeconds), s.fps);
  if (s.frames < least || s.frames > most)
    return wrong("frames", std::to_string(s.frames) + " is outside " + std::to_string(least) + " to " +
                               std::to_string(most) + " (1 to 600 s)");
  return {};
}

Status check_words(const Spec& s) {
  struct Field {
    const char* path;
    const std::string& value;
  };
  const Field fields[] = {{"style.aesthetic", s.style.aesthetic}, {"style.mood", s.style.mood},
                          {"style.lighting", s.style.lighting},   {"product.name", s.product.name},
                          {"product.brand", s.product.brand},     {"product.material", s.product.material},
                          {"product.colour", s.product.colour},   {"audio.mood", s.audio.mood}};
  for (const Field& f : fields) {
    VIDGEN_CHECK(text(f.path, f.value, 200));
    VIDGEN_CHECK(harmless(s, f.path, f.value));
  }
  const Field names[] = {{"product.category", s.product.category},
                         {"setting.place", s.setting.place},
                         {"setting.time", s.setting.time},
                         {"audio.style", s.audio.style}};
  for (const Field& f : names)
    if (!f.value.empty()) VIDGEN_CHECK(name(f.path, f.value));
  if (!s.style.look.empty()) VIDGEN_CHECK(word("style.look", spec::kLooks, s.style.look));
  if (!s.audio.tempo.empty()) VIDGEN_CHECK(word("audio.tempo", spec::kTempos, s.audio.tempo));
  if (s.style.palette.size() > 16) return wrong("style.palette", "at most 16 colours");
  for (std::size_t i = 0; i < s.style.palette.size(); ++i)
    VIDGEN_CHECK(text(at("style.palette", i), s.style.palette[i], 40));
  return {};
}

Status check_beat(const Spec& s, std::size_t i, Frames start) {
  const Beat& b = s.beats[i];
  if (b.length <= 0) return wrong(at("beats", i, "length"), "must be above 0");
  if (b.length > s.frames) return wrong(at("beats", i, "length"), "is longer than the film");
  if (b.start != start)
    return wrong(at("beats", i, "start"), "expected " + std::to_string(start) + ", where the beat before ends");
  VIDGEN_CHECK(name(at("beats", i, "name"), b.name));
  if (!b.action.empty()) VIDGEN_CHECK(name(at("beats", i, "action"), b.action));
  VIDGEN_CHECK(word(at("beats", i, "shot"), spec::kShots, b.shot));
  VIDGEN_CHECK(word(at("beats", i, "camera"), spec::kCameras, b.camera));
  VIDGEN_CHECK(word(at("beats", i, "role"), spec::kRoles, b.role));
  if (!b.time.empty()) VIDGEN_CHECK(name(at("beats", i, "time"), b.time));
  if (!b.energy.empty()) VIDGEN_CHECK(word(at("beats", i, "energy"), spec::kEnergies, b.energy));
  VIDGEN_CHECK(text(at("beats", i, "prompt"), b.prompt, 2000));
  VIDGEN_CHECK(text(at("beats", i, "caption"), b.caption, 200, true));
  VIDGEN_CHECK(text(at("beats", i, "over"), b.over, 100));
  for (const std::string* value : {&b.prompt, &b.caption, &b.over}) VIDGEN_CHECK(harmless(s, at("beats", i), *value));
  return {};
}

bool is_colour(std::string_view value) {
  return value.empty() || (value.size() == 7 && value[0] == '#' &&
                           value.find_first_not_of("0123456789abcdef", 1) == value.npos);
}

Status check_photographs(const Spec& s) {
  if (!s.photographs.empty() && s.photographs.size() != s.images.size())
    return wrong("photographs", "expected one for each of the " + std::to_string(s.images.size()) + " images");
  for (std::size_t i = 0; i < s.photographs.size(); ++i) {
    const Photograph& p = s.photographs[i];
    for (const std::string* colour : {&p.dark, &p.light, &p.accent})
      if (!is_colour(*colour)) return wrong(at("photographs", i), "expected colours as #rrggbb");
    if (!p.calm.empty() && p.calm != "left" && p.calm != "right")
      return wrong(at("photographs", i, "calm"), "expected left, right or nothing");
  }
  for (std::size_t b = 0; b < s.beats.size(); ++b)
    for (const int i : s.beats[b].photographs)
      if (i < 0 || static_cast<std::size_t>(i) >= s.images.size())
        return wrong(at("beats", b, "photographs"), "there is no image " + std::to_string(i));
  return {};
}

Status check_beats(const Spec& s) {
  if (s.beats.empty() || s.beats.size() > spec::kMostBeats)
    return wrong("beats", "expected 1 to 60, found " + std::to_string(s.beats.size()));
  Frames end = 0;
  for (std::size_t i = 0; i < s.beats.size(); ++i) {
    VIDGEN_CHECK(check_beat(s, i, end));
    end += s.beats[i].length;
  }
  if (end == s.frames) return {};
  return wrong("beats", "they end at frame " + std::to_string(end) + ", the film at " + std::to_string(s.frames));
}

Status check_transitions(const Spec& s) {
  if (s.transitions.size() + 1 != s.beats.size())
    return wrong("transitions", "expected one between each pair of beats, " + std::to_string(s.beats.size() - 1) +
                                    ", found " + std::to_string(s.transitions.size()));
  for (std::size_t i = 0; i < s.transitions.size(); ++i) {
    const SpecTransition& t = s.transitions[i];
    VIDGEN_CHECK(name(at("transitions", i, "kind"), t.kind));
    Frames half = std::min(s.beats[i].length, s.beats[i + 1].length) / 2;
    if (t.kind == "cut" && t.frames != 0) return wrong(at("transitions", i, "frames"), "a cut has none");
    if (t.kind != "cut" && (t.frames < 2 || t.frames > half))
      return wrong(
          at("transitions", i, "frames"),
          std::to_string(t.frames) + " is outside 2 to half of the shorter beat beside it, " + std::to_string(half));
  }
  return {};
}

Status check_soundtrack(const Spec& s) {
  const Rational bpm = s.audio.bpm;
  if (bpm != Rational(0) && (bpm < Rational(40) || bpm > Rational(220) || bpm.den() > 1000))
    return wrong("audio.bpm", "is outside 40 to 220");
  const Soundtrack& music = s.soundtrack;
  if (music.gain <= Rational(0) || music.gain > Rational(100) || music.gain.den() > 100000)
    return wrong("soundtrack.gain", "is outside 0 to 100");
  if (music.stretches.size() > 1000) return wrong("soundtrack.stretches", "more than 1000");
  for (std::size_t i = 0; i < music.stretches.size(); ++i) {
    const MusicStretch& m = music.stretches[i];
    if (m.start < 0 || m.length <= 0 || m.source_in < 0 || m.fade_in < 0 || m.fade_out < 0)
      return wrong(at("soundtrack.stretches", i), "times are 0 or above, and its length is above 0");
  }
  for (std::size_t i = 0; i < music.beats.size(); ++i)
    if (music.beats[i] < (i == 0 ? 0 : music.beats[i - 1]) || music.beats[i] > s.frames)
      return wrong(at("soundtrack.beats", i), "beats ascend and lie in the film");
  return {};
}

bool is_digest(std::string_view value) {
  if (value.size() != 71 || !value.starts_with("sha256:")) return false;
  return value.find_first_not_of("0123456789abcdef", 7) == value.npos;
}

Status check_rest(const Spec& s) {
  if (!s.grade.lut.empty() && !is_digest(s.grade.lut)) VIDGEN_CHECK(name("grade.lut", s.grade.lut));
  for (const Rational& v : {s.grade.contrast, s.grade.saturation})
    if (v < Rational(0) || v > Rational(4) || v.den() > 100000)
      return wrong("grade", "contrast and saturation go from 0 to 4");
  if (s.images.size() > spec::kMostImages) return wrong("images", "at most 8");
  for (std::size_t i = 0; i < s.images.size(); ++i)
    if (!is_digest(s.images[i])) return wrong(at("images", i), "expected sha256: and 64 hexadecimal digits");
  VIDGEN_CHECK(check_photographs(s));
  if (s.ext.empty()) return {};
  auto ext = base::Json::parse(s.ext);
  return ext && ext->is_object() ? Status() : wrong("ext", "expected one JSON object");
}

}  // namespace

Status validate(const Spec& spec) {
  VIDGEN_CHECK(check_head(spec));
  VIDGEN_CHECK(check_words(spec));
  VIDGEN_CHECK(check_beats(spec));
  VIDGEN_CHECK(check_transitions(spec));
  VIDGEN_CHECK(check_soundtrack(spec));
  return check_rest(spec);
}

VIDGEN_NAMESPACE_END
