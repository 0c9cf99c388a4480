// SPDX-License-Identifier: Apache-2.0
// JSON of the small public records: events, outcomes, films; and the backends' list.
#include "base/json.hpp"
#include "base/try.hpp"
#include "vidgen/backend.hpp"
#include "vidgen/job.hpp"
#include "vidgen/phase.hpp"
#include "vidgen/progress.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

using base::Json;
using base::Reader;

struct StatusName {
  JobStatus status;
  std::string_view name;
};
constexpr StatusName kStatuses[] = {
    {JobStatus::queued, "queued"},
    {JobStatus::validating, "validating"},
    {JobStatus::generating_animatic, "generating_animatic"},
    {JobStatus::generating_references, "generating_references"},
    {JobStatus::generating_chunks, "generating_chunks"},
    {JobStatus::refining, "refining"},
    {JobStatus::exporting, "exporting"},
    {JobStatus::complete, "complete"},
    {JobStatus::failed, "failed"},
    {JobStatus::cancelled, "cancelled"},
    {JobStatus::needs_attention, "needs_attention"},
    {JobStatus::interrupted, "interrupted"},
};

Json to_value(const Asset& asset) {
  Json j = Json::object();
  j.set("sha256", asset.sha256).set("kind", to_string(asset.kind)).set("mime", asset.mime).set("bytes", asset.bytes);
  return j;
}

Result<Asset> asset_of(const Json& j, const std::string& path) {
  Asset a;
  std::string kind;
  Reader r(j, Errc::json_invalid, path);
  r.get("sha256", a.sha256).get("kind", kind).get("mime", a.mime).get("bytes", a.bytes);
  if (Status s = r.finish(true); !s) return s.error();
  for (AssetKind k : {AssetKind::image, AssetKind::video, AssetKind::audio, AssetKind::json, AssetKind::other})
    if (to_string(k) == kind) a.kind = k;
  return a;
}

}  // namespace

std::string_view to_string(JobStatus status) {
  for (const auto& row : kStatuses)
    if (row.status == status) return row.name;
  return "queued";
}

Result<JobStatus> parse_job_status(std::string_view text) {
  for (const auto& row : kStatuses)
    if (row.name == text) return row.status;
  return Error(Errc::invalid_argument, "\"" + std::string(text) + "\" is not a job's status");
}

bool is_final(JobStatus status) {
  return status == JobStatus::complete || status == JobStatus::failed || status == JobStatus::cancelled;
}

std::string to_json(const Event& event) {
  Json j = Json::object();
  j.set("type", "event").set("seq", event.seq).set("time_ms", event.time_ms).set("job", event.job);
  j.set("kind", event.kind).set("status", to_string(event.status)).set("phase", event.phase);
  j.set("fraction", event.fraction).set("cost_micros", event.cost.micros()).set("eta", event.eta);
  if (!event.step.empty()) j.set("step", event.step);
  if (!event.message.empty()) j.set("message", event.message);
  return j.dump();
}

Result<Event> event_from_json(std::string_view json) {
  VIDGEN_TRY(j, Json::parse(json));
  Event e;
  std::string type, status;
  std::int64_t micros = 0;
  Reader r(j, Errc::json_invalid, "event");
  r.get("type", type).get("seq", e.seq).get("time_ms", e.time_ms).get("job", e.job).get("kind", e.kind);
  r.get("status", status).get("phase", e.phase).get("fraction", e.fraction).get("cost_micros", micros);
  r.get("eta", e.eta).opt("step", e.step).opt("message", e.message);
  VIDGEN_CHECK(r.finish(false));
  VIDGEN_TRY(parsed, parse_job_status(status));
  e.status = parsed;
  e.cost = Money::micros(micros);
  return e;
}

std::string to_json(const StepOutcome& outcome) {
  Json j = Json::object();
  Json outputs = Json::array();
  for (const Asset& a : outcome.outputs) outputs.push(to_value(a));
  j.set("outputs", outputs).set("facts", outcome.facts).set("cost_micros", outcome.cost.micros());
  if (outcome.missing) j.set("missing", true);
  return j.dump();
}

Result<StepOutcome> step_outcome_from_json(std::string_view json) {
  VIDGEN_TRY(j, Json::parse(json));
  StepOutcome o;
  std::int64_t micros = 0;
  Reader r(j, Errc::json_invalid, "outcome");
  r.get("facts", o.facts).get("cost_micros", micros).opt("missing", o.missing);
  for (const Json& item : r.take("outputs").items()) {
    VIDGEN_TRY(asset, asset_of(item, "outcome.outputs"));
    o.outputs.push_back(asset);
  }
  VIDGEN_CHECK(r.finish(false));
  o.cost = Money::micros(micros);
  return o;
}

std::string to_json(const Film& film) {
  Json j = Json::object();
  j.set("type", "result").set("job", film.job).set("path", film.path).set("folder", film.folder);
  j.set("report", film.report).set("poster", film.poster).set("frames", film.frames).set("samples", film.samples);
  j.set("fps", film.fps).set("size", film.size.to_string()).set("cost_micros", film.cost.micros());
  j.set("cost_usd", film.cost.dollars()).set("backend", film.backend).set("model", film.model);
  j.set("sha256", film.sha256).set("stems", film.stems).set("missing", film.missing).set("notes", film.notes);
  j.set("reused", film.reused);
  return j.dump();
}

Result<Film> film_from_json(std::string_view json) {
  VIDGEN_TRY(j, Json::parse(json));
  Film f;
  std::int64_t micros = 0;
  Reader r(j, Errc::json_invalid, "film");
  r.get("job", f.job).get("path", f.path).get("folder", f.folder).get("report", f.report).get("poster", f.poster);
  r.get("frames", f.frames).get("samples", f.samples).get("fps", f.fps).get("size", f.size);
  r.get("cost_micros", micros).get("backend", f.backend).get("model", f.model).get("sha256", f.sha256);
  r.opt("stems", f.stems).get("missing", f.missing).get("notes", f.notes).get("reused", f.reused);
  VIDGEN_CHECK(r.finish(false));
  f.cost = Money::micros(micros);
  return f;
}

void BackendSet::add(std::shared_ptr<ModelBackend> backend) {
  for (auto& b : all_)
    if (b->name() == backend->name()) {
      b = std::move(backend);
      return;
    }
  all_.push_back(std::move(backend));
}

std::shared_ptr<ModelBackend> BackendSet::find(std::string_view name) const {
  for (const auto& b : all_)
    if (b->name() == name) return b;
  return nullptr;
}

VIDGEN_NAMESPACE_END
