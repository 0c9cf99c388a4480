// SPDX-License-Identifier: Apache-2.0
#include "cli/request_flags.hpp"

#include <charconv>

#include "base/try.hpp"

namespace vidgen::cli {
namespace {

Error flag_error(const char* flag, const Error& why) {
  return Error(why.code(), std::string(flag) + ": " + why.message());
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

}  // namespace

Result<Request> RequestFlags::request() const {
  Request r;
  r.prompt = prompt;
  r.template_name = template_name;
  r.aspect = aspect;
  r.images = images;
  r.backend = backend;
  r.model = model;
  r.preset = preset;
  r.grade = grade;
  r.music_file = music;
  r.out = out;
  r.captions = !no_captions;
  if (crf >= 0) r.crf = crf;
  if (!duration.empty()) {
    auto v = parse_duration(duration);
    if (!v) return flag_error("--duration", v.error());
    r.duration = *v;
  }
  if (!size.empty()) {
    auto v = Size::parse(size);
    if (!v) return flag_error("--size", v.error());
    r.size = *v;
  }
  if (!fps.empty()) {
    auto v = Rational::parse(fps);
    if (!v) return flag_error("--fps", v.error());
    r.fps = *v;
  }
  if (!fps_mode.empty()) {
    VIDGEN_TRY(v, parse_fps_mode(fps_mode));
    r.fps_mode = v;
  }
  if (!quality.empty()) {
    VIDGEN_TRY(v, parse_quality(quality));
    r.quality = v;
  }
  if (!continuity.empty()) VIDGEN_CHECK(parse_continuity(continuity, r));
  if (!on_ambiguous.empty()) {
    VIDGEN_TRY(v, parse_on_ambiguous(on_ambiguous));
    r.on_ambiguous = v;
  }
  if (!budget.empty()) {
    auto v = Money::parse(budget);
    if (!v) return flag_error("--budget", v.error());
    r.budget = *v;
  }
  if (!seed.empty()) {
    std::uint64_t v = 0;
    auto [end, ec] = std::from_chars(seed.data(), seed.data() + seed.size(), v);
    if (ec != std::errc{} || end != seed.data() + seed.size())
      return Error(Errc::invalid_argument, "--seed: \"" + seed + "\" is not a whole number");
    r.seed = v;
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
  app.add_option("--crf", f->crf, "the encoder's quality, 0 (best) to 51")->type_name("N")->check(CLI::Range(0, 51));
  app.add_option("--grade", f->grade, "a grade's name, or a .cube file")->type_name("NAME|FILE");
  app.add_option("--music", f->music, "your own music instead of composed music")->type_name("FILE");
  app.add_flag("--no-captions", f->no_captions, "no words in the picture");
  app.add_option("--budget", f->budget, "US dollars that this film may cost; nothing is bought without one")
      ->type_name("USD");
  app.add_option("--on-ambiguous", f->on_ambiguous, "ask, retry or fail, when a paid request got no answer")
      ->type_name("HOW");
  app.add_option("--seed", f->seed, "a whole number; the same request and seed make the same film")->type_name("N");
  app.add_option("--out", f->out, "where the finished film is copied to")->type_name("FILE");
  return f;
}

}  // namespace vidgen::cli
