// SPDX-License-Identifier: Apache-2.0
// vidgen assemble, probe, check: the media engine alone, on any files, without a workspace.
#include <cmath>
#include <cstdio>

#include "base/files.hpp"
#include "base/try.hpp"
#include "cli/progress_view.hpp"
#include "cli/session.hpp"
#include "cli/signals.hpp"

namespace vidgen::cli {
namespace {

using base::Json;

struct AssembleFlags {
  std::vector<std::string> inputs;
  std::string out, transition = "cut", size, fps, fps_mode = "duplicate", grade, music, captions, quality = "standard",
                   preset;
  int crf = -1;
  bool copy = false;
};

bool is_timeline(const std::string& path) {
  return path.size() > 5 && path.rfind(".json") == path.size() - 5;
}

std::string folder_of(const std::string& path) {
  auto slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash + 1);
}

Result<Timeline> read_timeline(const std::string& path) {
  VIDGEN_TRY(text, base::read_file(path));
  VIDGEN_TRY(timeline, timeline_from_json(text));
  for (TimelineSource& s : timeline.sources)
    if (!s.path.empty() && s.path.front() != '/') s.path = folder_of(path) + s.path;
  return timeline;
}

// Flags that a timeline answers itself are refused, never silently without effect.
bool shapes_the_film(const AssembleFlags& f) {
  const AssembleFlags none;
  return f.transition != none.transition || f.size != none.size || f.fps != none.fps || f.fps_mode != none.fps_mode ||
         f.music != none.music || f.captions != none.captions;
}

// Copied pictures keep their own size and rate: those of the first clip.
struct Shape {
  Shape() = default;
  Size size{1920, 1080};
  Rational fps = 30;
};

Result<Shape> shape_of(const AssembleFlags& f) {
  Shape out;
  if (f.copy && !f.inputs.empty()) {
    VIDGEN_TRY(info, probe(f.inputs.front()));
    out.size = info.size;
    out.fps = info.fps;
  }
  if (!f.size.empty()) {
    VIDGEN_TRY(size, Size::parse(f.size));
    out.size = size;
  }
  if (!f.fps.empty()) {
    VIDGEN_TRY(fps, Rational::parse(f.fps));
    out.fps = fps;
  }
  return out;
}

Status add_captions(Timeline& timeline, const std::string& path) {
  VIDGEN_TRY(text, base::read_file(path, 4 << 20));
  Result<std::vector<Title>> titles = captions_from_subtitles(text, timeline.fps, timeline.frames);
  if (!titles) return Error(titles.error().code(), path + ": " + titles.error().message());
  timeline.titles = *titles;
  return {};
}

Result<Timeline> timeline_of(const AssembleFlags& f) {
  if (f.inputs.size() == 1 && is_timeline(f.inputs.front())) {
    if (shapes_the_film(f))
      return Error(Errc::invalid_argument,
                   "a timeline has its own size, rate, transitions and music: leave --size, --fps, "
                   "--fps-mode, --transition, --music and --captions away, or change " +
                       f.inputs.front());
    return read_timeline(f.inputs.front());
  }
  VIDGEN_TRY(mode, parse_fps_mode(f.fps_mode));
  VIDGEN_TRY(shape, shape_of(f));
  VIDGEN_TRY(timeline, timeline_of_clips(f.inputs, f.transition, shape.size, shape.fps, mode));
  if (!f.music.empty()) {
    VIDGEN_TRY(notes, fit_music(timeline, f.music));
    for (const std::string& note : notes) say("note: " + note);
  }
  if (!f.captions.empty()) VIDGEN_CHECK(add_captions(timeline, f.captions));
  return timeline;
}

Result<AssembleOptions> options_of(const AssembleFlags& f, Timeline& timeline) {
  Request request;
  VIDGEN_TRY(quality, parse_quality(f.quality));
  request.quality = quality;
  request.preset = f.preset;
  if (f.crf >= 0) request.crf = f.crf;
  VIDGEN_TRY(options, assemble_options(encode_settings(request)));
  options.copy = f.copy;
  if (!f.grade.empty()) timeline.grade = f.grade;
  return options;
}

int run_assemble(const Session& session, const AssembleFlags& flags) {
  Signals signals;
  Result<Timeline> timeline = timeline_of(flags);
  if (!timeline) return fail(session, timeline.error());
  Result<AssembleOptions> options = options_of(flags, *timeline);
  if (!options) return fail(session, options.error());
  std::stop_source stop;
  signals.on_stop([&stop] { stop.request_stop(); });
  options->stop = stop.get_token();
  ProgressView view(session);
  options->progress = [&view, seq = std::int64_t{0}](const AssembleProgress& p) mutable {
    Event e;
    e.seq = ++seq;
    e.kind = "progress";
    e.status = JobStatus::refining;
    e.phase = 5;
    e.fraction = p.total > 0 ? static_cast<double>(p.done) / static_cast<double>(p.total) : 0;
    view.show(e);
  };
  Result<AssembleReport> report = assemble(*timeline, flags.out, *options);
  view.end();
  if (!report) return fail(session, report.error());
  for (const std::string& note : report->notes) say("note: " + note);
  if (!session.json) print_data(flags.out);
  Json j = Json::object();
  j.set("path", flags.out)
      .set("frames", report->frames)
      .set("samples", report->samples)
      .set("encoder", report->encoder);
  j.set("notes", report->notes);
  return done(session, j);
}

void print_members(const Json& j) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& [key, value] : j.members())
    if (!value.is_array()) rows.push_back({key, value.is_string() ? value.as_string() : value.dump()});
  print_table(rows);
}

// A document of the library's own, so it parses.
Json parsed(const std::string& document) {
  Result<Json> j = Json::parse(document);
  return j ? std::move(*j) : Json::object();
}

int run_probe(const Session& session, const std::string& path) {
  auto info = probe(path);
  if (!info) return fail(session, info.error());
  Json j = parsed(to_json(*info));
  if (!session.json) print_members(j);
  return done(session, j);
}

void print_findings(const std::vector<Finding>& findings) {
  for (const Finding& f : findings) {
    char span[64];
    std::snprintf(span, sizeof span, "%.2f to %.2f s", f.from.to_double(), f.to.to_double());
    print_line("found  " + f.kind + " at " + span + (f.detail.empty() ? "" : ": " + f.detail));
  }
  if (findings.empty()) print_line("nothing to complain about");
}

int run_check(const Session& session, const std::string& path) {
  auto report = check(path);
  if (!report) return fail(session, report.error());
  Json j = parsed(to_json(*report));
  if (!session.json) {
    print_members(j);
    print_findings(report->findings);
  }
  return done(session, j);
}

void add_assemble(CLI::App& root, Session& session) {
  CLI::App* app = sub_command(root, session, "assemble", "join clips, or render a timeline, to one film");
  auto f = std::make_shared<AssembleFlags>();
  app->add_option("inputs", f->inputs, "clips in their order, or one TIMELINE.json")
      ->required()
      ->type_name("FILE")
      ->expected(-1);
  app->add_option("-o,--out", f->out, "the film")->required()->type_name("FILE");
  app->add_option("--transition", f->transition, "cut, or a transition and its seconds: fade:0.5")->type_name("KIND");
  app->add_option("--size", f->size, "pixels of the film (default 1920x1080)")->type_name("WxH");
  app->add_option("--fps", f->fps, "frames a second of the film (default 30; with --copy the clips')")
      ->type_name("RATE");
  app->add_option("--fps-mode", f->fps_mode, "duplicate or native")->type_name("MODE");
  app->add_option("--grade", f->grade, "a grade's name (vidgen templates), or a .cube file")->type_name("NAME|FILE");
  app->add_option("--music", f->music, "music to lay under, fitted to the film at its bars")->type_name("FILE");
  app->add_option("--captions", f->captions, "words to set in the picture: SubRip or WebVTT")->type_name("SRT");
  app->add_flag("--copy", f->copy, "keep the clips' pictures as they are: cuts only, one codec, size and rate");
  app->add_option("--quality", f->quality, "draft, standard or final: the encoder's settings")->type_name("NAME");
  app->add_option("--preset", f->preset, "the encoder's preset, over what quality sets")->type_name("NAME");
  app->add_option("--crf", f->crf, "the encoder's quality, 0 (best) to 51")->type_name("N")->check(CLI::Range(0, 51));
  app->add_flag("--quiet", session.quiet, "no progress");
  app->callback([&session, f] { session.command = [&session, f] { return run_assemble(session, *f); }; });
}

}  // namespace

void add_media(CLI::App& root, Session& session) {
  add_assemble(root, session);
  CLI::App* facts = sub_command(root, session, "probe", "facts of a media file");
  auto file = std::make_shared<std::string>();
  facts->add_option("file", *file, "a media file")->required()->type_name("FILE");
  facts->callback([&session, file] { session.command = [&session, file] { return run_probe(session, *file); }; });

  CLI::App* report = sub_command(root, session, "check",
                                 "decode a film and report black, frozen and silent parts, length and loudness");
  auto film = std::make_shared<std::string>();
  report->add_option("file", *film, "a media file")->required()->type_name("FILE");
  report->callback([&session, film] { session.command = [&session, film] { return run_check(session, *film); }; });
}

}  // namespace vidgen::cli
