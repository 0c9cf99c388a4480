// SPDX-License-Identifier: Apache-2.0
// Timelines, assembling, probing, checking.
#include "vidgen/media.hpp"

#include "base/json.hpp"
#include "base/try.hpp"
#include "python/src/common.hpp"

namespace vidgen::python {
namespace {

using base::Json;

// A text of JSON through a function that changes a timeline.
template <class F>
std::string changed(const std::string& json, F&& change) {
  Result<Timeline> read = timeline_from_json(json);
  Timeline timeline = take(std::move(read));
  take(change(timeline));
  take(validate(timeline));
  return to_json(timeline);
}

EncodeSettings settings_of(const py::dict& options) {
  Request request;
  if (options.contains("quality")) request.quality = take(parse_quality(std::string(py::str(options["quality"]))));
  if (options.contains("preset")) request.preset = py::str(options["preset"]);
  if (options.contains("crf") && !options["crf"].is_none()) request.crf = options["crf"].cast<int>();
  EncodeSettings out = encode_settings(request);
  if (options.contains("threads")) out.threads = options["threads"].cast<int>();
  return out;
}

// What a progress callback raised, kept until the work has stopped.
struct Raised {
  std::mutex mutex;
  std::unique_ptr<py::error_already_set> what;
};

std::string assemble_timeline(const std::string& json, const std::string& out, const py::dict& options,
                              const py::object& progress) {
  const Timeline timeline = take(timeline_from_json(json));
  AssembleOptions how = take(assemble_options(settings_of(options)));
  if (options.contains("copy")) how.copy = options["copy"].cast<bool>();
  std::stop_source failed;
  auto raised = std::make_shared<Raised>();
  if (!progress.is_none()) {
    how.progress = [call = keep(progress), raised, &failed](const AssembleProgress& p) {
      py::gil_scoped_acquire gil;
      try {
        (*call)(p.done, p.total);
      } catch (py::error_already_set& e) {
        if (!raised->what) raised->what = std::make_unique<py::error_already_set>(e);
        failed.request_stop();
      }
    };
  }
  std::function<Result<AssembleReport>(std::stop_token)> work = [&](std::stop_token stop) {
    std::stop_callback also(stop, [&] { failed.request_stop(); });
    how.stop = failed.get_token();
    return assemble(timeline, out, how);
  };
  Result<AssembleReport> report = run_with_signals<Result<AssembleReport>>(work);
  if (raised->what) throw *raised->what;
  const AssembleReport done = take(std::move(report));
  Json j = Json::object();
  j.set("frames", done.frames).set("samples", done.samples).set("encoder", done.encoder).set("notes", done.notes);
  return j.dump();
}

}  // namespace

void bind_media(py::module_& m) {
  m.def(
      "timeline_of_clips",
      [](const std::vector<std::string>& paths, const std::string& transition, int width, int height,
         const std::string& fps, const std::string& mode) {
        const Rational rate = take(Rational::parse(fps));
        const FpsMode how = take(parse_fps_mode(mode));
        return to_json(take(
            without_gil([&] { return timeline_of_clips(paths, transition, Size(width, height), rate, how); })));
      },
      py::arg("paths"), py::arg("transition"), py::arg("width"), py::arg("height"), py::arg("fps"),
      py::arg("fps_mode"));
  m.def("timeline_check", [](const std::string& json) { return changed(json, [](Timeline&) { return Status(); }); },
        py::arg("timeline"));
  m.def(
      "timeline_add_music",
      [](const std::string& json, const std::string& path, Samples fade_in, Samples fade_out) {
        return changed(json, [&](Timeline& t) {
          add_music(t, path, fade_in, fade_out);
          return Status();
        });
      },
      py::arg("timeline"), py::arg("path"), py::arg("fade_in"), py::arg("fade_out"));
  m.def(
      "timeline_add_captions",
      [](const std::string& json, const std::string& text) {
        return changed(json, [&](Timeline& t) -> Status {
          VIDGEN_TRY(titles, captions_from_subtitles(text, t.fps, t.frames));
          t.titles = std::move(titles);
          return {};
        });
      },
      py::arg("timeline"), py::arg("subtitles"));
  m.def("assemble", &assemble_timeline, py::arg("timeline"), py::arg("out"), py::arg("options"), py::arg("progress"));
  m.def(
      "probe", [](const std::string& path) { return to_json(take(without_gil([&] { return probe(path); }))); },
      py::arg("path"));
  m.def(
      "check",
      [](const std::string& path) {
        std::function<Result<CheckReport>(std::stop_token)> work = [&](std::stop_token stop) {
          return check(path, MediaLimits(), stop);
        };
        return to_json(take(run_with_signals<Result<CheckReport>>(work)));
      },
      py::arg("path"));
  m.def("transitions", [] {
    std::vector<std::pair<std::string, std::string>> out;
    for (const TransitionRow& row : transition_rows()) out.emplace_back(row.name, row.what);
    return out;
  });
}

}  // namespace vidgen::python
