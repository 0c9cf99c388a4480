// SPDX-License-Identifier: Apache-2.0
// Phase 6: delivery into a folder: videos/<job>/ with the film, its clips and pictures as links into the store, the
// timeline, the spec and a report. A copy goes where the request says.
#include <algorithm>
#include <cctype>
#include <cstdio>
#include <filesystem>
#include <map>

#include "base/files.hpp"
#include "base/offload.hpp"
#include "base/try.hpp"
#include "phases/generate.hpp"
#include "phases/rows.hpp"
#include "vidgen/job.hpp"
#include "vidgen/pipeline.hpp"

namespace vidgen::phases {
namespace {

using base::Json;

struct Delivered {
  std::string step, file;  // file: relative to the job's folder
  std::string sha256;
};

// Where a step's result lies in the folder; empty: nowhere.
std::string place_of(const Step& step, const std::string& mime, std::map<std::string, int>& count) {
  char name[64];
  std::string ending = mime == "image/png"    ? ".png"
                       : mime == "image/jpeg" ? ".jpg"
                       : mime == "image/webp" ? ".webp"
                                              : ".png";
  if (step.kind == "clip")
    std::snprintf(name, sizeof name, "chunks/chunk_%02d.mp4", count["clip"]++);
  else if (step.kind == "keyframe")
    std::snprintf(name, sizeof name, "animatic/frame_%02d%s", count["keyframe"]++, ending.c_str());
  else if (step.kind == "reference")
    std::snprintf(name, sizeof name, "references/%s%s", step.id == "ref_product" ? "product" : "style_guide",
                  ending.c_str());
  else if (step.kind == "music")
    return "music.wav";
  else
    return {};
  return name;
}

Status link(const StepContext& context, const std::string& sha256, const std::string& to) {
  VIDGEN_TRY(path, context.store->path(sha256));
  return base::link_file(path, to);
}

struct Found {
  Step step;
  StepOutcome outcome;
};

// All but clips that the film does not show.
bool is_delivered(const StepContext& context, const Step& step) {
  const auto& clips = context.plan->clips;
  return step.kind != "clip" ||
         std::any_of(clips.begin(), clips.end(), [&](const PlanClip& clip) { return clip.step == step.id; });
}

Result<std::vector<Delivered>> deliver_parts(const StepContext& context, const std::vector<Found>& found,
                                             const std::string& folder) {
  for (const char* sub : {"animatic", "references", "chunks"}) VIDGEN_CHECK(base::make_folders(folder + "/" + sub));
  std::map<std::string, int> count;
  std::vector<Delivered> out;
  for (const Found& f : found) {
    if (f.outcome.outputs.empty() || !is_delivered(context, f.step)) continue;
    const Asset& asset = f.outcome.outputs.front();
    std::string file = place_of(f.step, asset.mime, count);
    if (file.empty()) continue;
    VIDGEN_CHECK(link(context, asset.sha256, folder + "/" + file));
    out.push_back({f.step.id, file, asset.sha256});
  }
  return out;
}

// "audio/wav; stem=bass" -> "bass"; only letters, digits and _ become a file's name.
std::string stem_of(const Asset& asset) {
  constexpr std::string_view kParameter = "; stem=";
  const auto at = asset.mime.find(kParameter);
  const std::string name = at == std::string::npos ? std::string() : asset.mime.substr(at + kParameter.size());
  const bool plain = std::all_of(name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) || c == '_'; });
  return plain ? name : std::string();
}

struct DeliveredStem {
  std::string name, path, sha256;
};

// Where a film's stems lie: stems/ of its folder, and, for a copy film.mp4, film.stems/ beside it.
std::string stems_beside(const std::string& out) {
  const std::filesystem::path film(out);
  return (film.parent_path() / (film.stem().string() + ".stems")).string();
}

Result<std::vector<DeliveredStem>> deliver_stems(const StepContext& context, const std::vector<Found>& found,
                                                 const std::string& folder) {
  std::vector<DeliveredStem> out;
  if (!context.request.stems) return out;
  const std::string inside = folder + "/stems";
  const std::string place = context.request.out.empty() ? inside : stems_beside(context.request.out);
  for (const std::string& where : {inside, place}) VIDGEN_CHECK(base::make_folders(where));
  base::remove_unfinished(place);
  for (const Found& f : found) {
    if (f.step.kind != "music") continue;
    for (const Asset& asset : f.outcome.outputs) {
      const std::string name = stem_of(asset);
      if (name.empty()) continue;
      const std::string file = "/" + name + ".wav";
      VIDGEN_CHECK(link(context, asset.sha256, inside + file));
      if (place != inside) VIDGEN_CHECK(base::copy_file(inside + file, place + file));
      out.push_back({name, place + file, asset.sha256});
    }
  }
  return out;
}

// The timeline with the folder's own files as sources: `vidgen assemble timeline.json` renders it again.
Timeline portable(Timeline timeline, const std::vector<Delivered>& parts) {
  for (TimelineSource& source : timeline.sources)
    for (const Delivered& part : parts)
      if (part.step == source.id) {
        source.path = part.file;
        source.sha256 = part.sha256;
      }
  return timeline;
}

Json steps_json(const std::vector<Found>& found) {
  Json out = Json::array();
  for (const Found& f : found) {
    Json j = Json::object();
    j.set("id", f.step.id).set("kind", f.step.kind).set("phase", f.step.phase).set("label", f.step.label);
    j.set("key", f.step.key).set("cost_micros", f.outcome.cost.micros());
    if (auto facts = Json::parse(f.outcome.facts)) j.set("facts", *facts);
    out.push(j);
  }
  return out;
}

// What was spent before there was a plan belongs to phase 1: its parts sum up to `spent`.
Json phases_json(const std::vector<Found>& found, Money spent) {
  std::map<int, Money> cost;
  Money sum;
  for (const Found& f : found) cost[f.step.phase] += f.outcome.cost, sum += f.outcome.cost;
  if (spent > sum) cost[1] += spent - sum;
  Json out = Json::object();
  for (const auto& [phase, money] : cost) out.set("phase_" + std::to_string(phase), money.micros());
  return out;
}

Json stems_json(const std::vector<DeliveredStem>& stems) {
  Json out = Json::array();
  for (const DeliveredStem& stem : stems) {
    Json j = Json::object();
    j.set("name", stem.name).set("path", stem.path).set("sha256", stem.sha256);
    out.push(j);
  }
  return out;
}

Status write_report(const StepContext& context, const Film& film, const std::vector<Found>& found,
                    const std::vector<DeliveredStem>& stems) {
  Json j = Json::object();
  j.set("schema", "vidgen.report/1").set("job", film.job).set("film", "final.mp4").set("sha256", film.sha256);
  j.set("prompt", context.spec->prompt).set("template", context.spec->template_name);
  j.set("frames", film.frames).set("samples", film.samples).set("fps", film.fps).set("size", film.size.to_string());
  j.set("backend", film.backend).set("model", film.model).set("continuity", context.plan->continuity);
  j.set("cost_micros", film.cost.micros()).set("cost_by_phase_micros", phases_json(found, film.cost));
  j.set("waste_seconds", context.plan->waste).set("replaced_transitions", context.plan->replaced_transitions);
  j.set("missing", film.missing).set("notes", film.notes);
  if (context.request.stems) j.set("stems", stems_json(stems));
  Json reasons = Json::array();
  for (const Reason& r : context.spec->reasons) {
    Json one = Json::object();
    one.set("field", r.field).set("value", r.value).set("why", r.why);
    reasons.push(one);
  }
  j.set("reasons", reasons).set("steps", steps_json(found));
  return base::write_file(film.report, j.dump_pretty());
}

Film film_of(const StepContext& context, const StepOutcome& master, const std::string& folder) {
  Film film;
  Json facts = facts_of(master);
  film.job = context.job;
  film.folder = folder;
  film.path = context.request.out.empty() ? folder + "/final.mp4" : context.request.out;
  film.report = folder + "/report.json";
  film.poster = folder + "/poster.png";
  film.frames = facts["frames"].as_int();
  film.samples = facts["samples"].as_int();
  film.fps = context.plan->fps;
  film.size = context.plan->timeline.size;
  film.cost = context.spent;
  film.backend = context.backend;
  film.model = context.plan->model;
  film.sha256 = master.outputs.front().sha256;
  film.missing = context.missing;
  film.notes = context.notes;
  film.reused = context.reused;
  return film;
}

// What an earlier process of this job was writing when it died.
void sweep(const std::string& folder, const std::string& out) {
  for (const char* sub : {"", "/animatic", "/references", "/chunks", "/stems"}) base::remove_unfinished(folder + sub);
  const std::filesystem::path copy(out);
  const std::string beside = copy.parent_path().string();
  if (!out.empty()) base::remove_unfinished(beside.empty() ? "." : beside, copy.filename().string());
}

Result<StepOutcome> deliver(const StepContext& context, const std::vector<Found>& found) {
  std::string folder = context.config->workspace + "/videos/" + context.job;
  sweep(folder, context.request.out);
  VIDGEN_TRY(parts, deliver_parts(context, found, folder));
  const StepOutcome& master = context.inputs.front();
  if (master.outputs.size() < 3) return Error(Errc::internal, "the master has no poster");
  VIDGEN_TRY(stems, deliver_stems(context, found, folder));
  Film film = film_of(context, master, folder);
  for (const DeliveredStem& stem : stems) film.stems.push_back(stem.path);
  VIDGEN_CHECK(link(context, master.outputs[0].sha256, folder + "/final.mp4"));
  VIDGEN_CHECK(link(context, master.outputs[1].sha256, film.poster));
  VIDGEN_CHECK(link(context, master.outputs[2].sha256, folder + "/thumbnail.png"));
  VIDGEN_CHECK(base::write_file(folder + "/timeline.json", to_json(portable(context.plan->timeline, parts))));
  VIDGEN_CHECK(base::write_file(folder + "/spec.json", to_json(*context.spec)));
  VIDGEN_CHECK(write_report(context, film, found, stems));
  // A copy, not a link: what the user does to it must not reach the store.
  if (!context.request.out.empty()) VIDGEN_CHECK(base::copy_file(folder + "/final.mp4", context.request.out));
  StepOutcome out;
  out.facts = to_json(film);
  return out;
}

Async<Result<StepOutcome>> run_export(std::shared_ptr<StepContext> context) {
  std::vector<Found> found;  // taken on the strand
  for (const Step& step : context->plan->steps) {
    const StepOutcome* outcome = context->outcome_of(step.id);
    if (outcome != nullptr) found.push_back({step, *outcome});
  }
  std::function<Result<StepOutcome>()> work = [context, found = std::move(found)] { return deliver(*context, found); };
  return base::on_pool<Result<StepOutcome>>(context->pool, std::move(work));
}

}  // namespace

Phase export_phase() {
  Phase phase = make_phase(6, "export", JobStatus::exporting);
  phase.kinds.push_back(std::make_shared<PlainKind>("export", &run_export));
  return phase;
}

}  // namespace vidgen::phases
