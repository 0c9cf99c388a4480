// SPDX-License-Identifier: Apache-2.0
#include "cli/request_flags.hpp"

#include <charconv>

#include "base/try.hpp"

namespace vidgen::cli {
namespace {

Error flag_error(const char* flag, const Error& why) {
  return Error(why.code(), std::string(flag) + ": " + why.message());
}

Error setting_error(const Setting& set, const char* name, const std::string& why) {
  return Error(Errc::config_invalid, set.origin + ": " + name + ": " + why);
}

// "30", "30s", "7.5", "500ms", "1:30", "2m"
Result<std::chrono::milliseconds> parse_duration(std::string text) {
  std::int64_t scale = 1000;
  auto ends = [&](std::string_view unit) {
    return text.size() > unit.size() && text.compare(text.size() - unit.size(), unit.size(), unit) == 0;
  };
  Error bad(Errc::invalid_argument, "\"" + text + "\" is not a length: write 30, 7.5, 500ms, 1:30 or 2m");
  if (auto colon = text.find(':'); colon != text.npos) {
    auto minutes = Rational::parse(text.substr(0, colon)), seconds = Rational::parse(text.substr(colon + 1));
    if (!minutes || !seconds || *seconds >= Rational(60)) return bad;
    return std::chrono::milliseconds((*minutes * Rational(60000) + *seconds * Rational(1000)).round());
  }
  if (ends("ms"))
    scale = 1, text.resize(text.size() - 2);
  else if (ends("s"))
    text.resize(text.size() - 1);
  else if (ends("m"))
    scale = 60000, text.resize(text.size() - 1);
  auto number = Rational::parse(text);
  if (!number || *number <= Rational(0) || *number > Rational(100000)) return bad;
  return std::chrono::milliseconds((*number * Rational(scale)).round());
}

// One word of the request: from its flag, else from its setting. `apply` reads the text.
struct Word {
  const char* flag;
  const char* setting;  // null: there is none
  std::string RequestFlags::*text;
  Status (*apply)(const std::string& text, Request& r);
};

Status whole(const std::string& text, std::int64_t least, std::int64_t most, std::int64_t& out) {
  auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (ec != std::errc{} || end != text.data() + text.size() || out < least || out > most)
    return Error(Errc::invalid_argument, "\"" + text + "\" is not a whole number from " + std::to_string(least) +
                                             " to " + std::to_string(most));
  return {};
}

// Reads with `parse` into `target`, where any type of value that Request holds will do.
template <class Target, class Parsed>
Status put(Target& target, Parsed parsed) {
  if (!parsed) return parsed.error();
  target = *parsed;
  return {};
}

Status put_seed(const std::string& text, Request& r) {
  std::uint64_t v = 0;
  auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), v);
  if (ec != std::errc{} || end != text.data() + text.size())
    return Error(Errc::invalid_argument, "\"" + text + "\" is not a whole number");
  r.seed = v;
  return {};
}

Status put_crf(const std::string& text, Request& r) {
  std::int64_t v = 0;
  VIDGEN_CHECK(whole(text, 0, 51, v));
  r.crf = static_cast<int>(v);
  return {};
}

template <std::string Request::*member>
Status put_text(const std::string& text, Request& r) {
  r.*member = text;
  return {};
}

using F = RequestFlags;
using S = const std::string&;
constexpr Word kWords[] = {
    {"--template", "template", &F::template_name, &put_text<&Request::template_name>},
    {"--aspect", "aspect", &F::aspect, &put_text<&Request::aspect>},
    {"--backend", "backend", &F::backend, &put_text<&Request::backend>},
    {"--model", "model", &F::model, &put_text<&Request::model>},
    {"--preset", "preset", &F::preset, &put_text<&Request::preset>},
    {"--grade", "grade", &F::grade, &put_text<&Request::grade>},
    {"--music", nullptr, &F::music, &put_text<&Request::music_file>},
    {"--out", nullptr, &F::out, &put_text<&Request::out>},
    {"--crf", "crf", &F::crf, &put_crf},
    {"--seed", nullptr, &F::seed, &put_seed},
    {"--duration", "duration", &F::duration, [](S t, Request& r) { return put(r.duration, parse_duration(t)); }},
    {"--size", "size", &F::size, [](S t, Request& r) { return put(r.size, Size::parse(t)); }},
    {"--fps", "fps", &F::fps, [](S t, Request& r) { return put(r.fps, Rational::parse(t)); }},
    {"--fps-mode", "fps_mode", &F::fps_mode, [](S t, Request& r) { return put(r.fps_mode, parse_fps_mode(t)); }},
    {"--quality", "quality", &F::quality, [](S t, Request& r) { return put(r.quality, parse_quality(t)); }},
    {"--continuity", "continuity", &F::continuity, [](S t, Request& r) { return parse_continuity(t, r); }},
    {"--on-ambiguous", "on_ambiguous", &F::on_ambiguous,
     [](S t, Request& r) { return put(r.on_ambiguous, parse_on_ambiguous(t)); }},
    // The setting of this name is Config::budget: the pipeline's default.
    {"--budget", nullptr, &F::budget, [](S t, Request& r) { return put(r.budget, Money::parse(t)); }},
};

Status apply(const Word& word, const RequestFlags& flags, const Settings& settings, Request& r) {
  if (const std::string& text = flags.*word.text; !text.empty()) {
    Status read = word.apply(text, r);
    return read ? read : Status(flag_error(word.flag, read.error()));
  }
  const Setting* set = word.setting != nullptr ? settings.find(word.setting) : nullptr;
  if (set == nullptr || set->value.empty()) return {};
  Status read = word.apply(set->value, r);
  return read ? read : Status(setting_error(*set, word.setting, read.error().message()));
}

Status refuse_what_is_not_there(const RequestFlags& f) {
  if (!f.voice) return {};
  return Error(Errc::unsupported, "--voice: this version cannot do that yet; leave it away");
}

}  // namespace

Result<Request> RequestFlags::request(const Settings& settings) const {
  VIDGEN_CHECK(refuse_what_is_not_there(*this));
  Request r;
  r.prompt = prompt;
  r.images = images;
  r.cut_to_beat = cut_to_beat;
  r.stems = stems;
  for (const Word& word : kWords) VIDGEN_CHECK(apply(word, *this, settings, r));
  // A size or a model of the settings gives way to an aspect or a backend that was asked for.
  if (!aspect.empty() && size.empty()) r.size.reset();
  if (!backend.empty() && model.empty()) r.model.clear();
  if (!model.empty() && backend.empty()) r.backend = "auto";
  if (captions) {
    r.captions = *captions;
  } else if (const Setting* set = settings.find("captions")) {
    if (set->value != "true" && set->value != "false")
      return setting_error(*set, "captions", "\"" + set->value + "\" is neither true nor false");
    r.captions = set->value == "true";
  }
  return r;
}

std::shared_ptr<RequestFlags> add_request_flags(CLI::App& app) {
  auto f = std::make_shared<RequestFlags>();
  app.add_option("prompt", f->prompt, "what the film is about, 10 to 1000 characters")->required()->type_name("PROMPT");
  app.add_option("--template", f->template_name,
                 "product_showcase, lifestyle_ad, announcement or an archetype (vidgen templates)")
      ->type_name("NAME");
  app.add_option("--duration", f->duration, "length of the film: 30, 7.5, 1:30 (wins over prompt and template)")
      ->type_name("TIME");
  app.add_option("--size", f->size, "pixels, such as 1920x1080 (wins over --aspect)")->type_name("WxH");
  app.add_option("--aspect", f->aspect, "16:9, 9:16, 1:1, 4:5 or 21:9")->type_name("RATIO");
  app.add_option("--fps", f->fps, "frames a second of the film: 24, 25, 29.97, 30, 60 (default 30)")->type_name("RATE");
  app.add_option("--fps-mode", f->fps_mode, "duplicate or native, when clips have another rate")->type_name("MODE");
  app.add_option("--image", f->images, "a photograph of yours; repeat it for more, at most 8")
      ->type_name("FILE")
      ->expected(1)
      ->take_all();
  app.add_option("--backend", f->backend, "auto, local or a provider's name")->type_name("NAME");
  app.add_option("--model", f->model, "the model that makes the clips (vidgen models)")->type_name("NAME");
  app.add_option("--continuity", f->continuity, "beat, take, hybrid, batch:N, none or anchored (default beat)")
      ->type_name("HOW");
  app.add_option("--quality", f->quality, "draft, standard or final (default standard)")->type_name("NAME");
  app.add_option("--preset", f->preset, "the encoder's preset, over what quality sets")->type_name("NAME");
  app.add_option("--crf", f->crf, "the encoder's quality, 0 (best) to 51")->type_name("N");
  app.add_option("--grade", f->grade, "a grade's name, or a .cube file")->type_name("NAME|FILE");
  app.add_option("--music", f->music, "your own music instead of composed music, fitted to the film at its bars")
      ->type_name("FILE");
  app.add_flag("--cut-to-beat", f->cut_to_beat, "the film's cuts stand on beats of the music");
  app.add_flag("--stems", f->stems, "the composed music's parts too, as WAV files beside the film");
  auto* words = app.add_flag_callback("--captions", [f] { f->captions = true; }, "words in the picture (the default)");
  app.add_flag_callback("--no-captions", [f] { f->captions = false; }, "no words in the picture")->excludes(words);
  app.add_flag("--voice", f->voice, "not there yet")->group("");
  app.add_option("--budget", f->budget, "US dollars that this film may cost; nothing is bought without one")
      ->type_name("USD");
  app.add_option("--on-ambiguous", f->on_ambiguous, "ask, retry or fail, when a paid request got no answer")
      ->type_name("HOW");
  app.add_option("--seed", f->seed, "a whole number; the same request and seed make the same film")->type_name("N");
  app.add_option("--out", f->out, "where the finished film is copied to")->type_name("FILE");
  return f;
}

}  // namespace vidgen::cli
