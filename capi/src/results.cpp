// SPDX-License-Identifier: Apache-2.0
// Plans and films: values that are read.
#include "capi/src/common.hpp"
#include "capi/src/handles.hpp"

using namespace vidgen;
using namespace vidgen::capi;

namespace {
const Step* step_at(const vg_plan* plan, size_t index) {
  return index < plan->plan.steps.size() ? &plan->plan.steps[index] : nullptr;
}
}  // namespace

// ---- plan

void vg_plan_free(vg_plan* plan) {
  delete plan;
}
vg_status vg_plan_json(const vg_plan* plan, char** json, vg_error** error) {
  *json = nullptr;
  return guard(error, [&]() -> Status {
    return put_string(json, to_json(plan->plan));
  });
}
vg_status vg_plan_from_json(const char* json, vg_plan** plan, vg_error** error) {
  return give(plan, error, [&]() -> Result<std::unique_ptr<vg_plan>> {
    VIDGEN_CHECK(needs(json, "json"));
    VIDGEN_TRY(read, plan_from_json(json));
    auto made = std::make_unique<vg_plan>();
    made->plan = std::move(read);
    return made;
  });
}
int64_t vg_plan_frames(const vg_plan* plan) {
  return plan->plan.frames;
}
void vg_plan_fps(const vg_plan* plan, int64_t* numerator, int64_t* denominator) {
  put(plan->plan.fps, numerator, denominator);
}
const char* vg_plan_model(const vg_plan* plan) {
  return plan->plan.model.c_str();
}
const char* vg_plan_continuity(const vg_plan* plan) {
  return plan->plan.continuity.c_str();
}
int64_t vg_plan_cost_least(const vg_plan* plan) {
  return plan->plan.least.micros();
}
int64_t vg_plan_cost_likely(const vg_plan* plan) {
  return plan->plan.likely.micros();
}
int64_t vg_plan_cost_most(const vg_plan* plan) {
  return plan->plan.most.micros();
}
int64_t vg_plan_eta_ms(const vg_plan* plan) {
  return ms(plan->plan.eta);
}
int64_t vg_plan_waste_ms(const vg_plan* plan) {
  return ms(plan->plan.waste);
}
size_t vg_plan_clip_count(const vg_plan* plan) {
  return plan->plan.clips.size();
}
void vg_plan_clip(const vg_plan* plan, size_t index, int64_t* start, int64_t* length, int64_t* bought_ms) {
  const PlanClip* clip = index < plan->plan.clips.size() ? &plan->plan.clips[index] : nullptr;
  if (start != nullptr) *start = clip != nullptr ? clip->start : 0;
  if (length != nullptr) *length = clip != nullptr ? clip->length : 0;
  if (bought_ms != nullptr) *bought_ms = clip != nullptr ? ms(clip->seconds) : 0;
}
size_t vg_plan_step_count(const vg_plan* plan) {
  return plan->plan.steps.size();
}
const char* vg_plan_step_id(const vg_plan* plan, size_t index) {
  const Step* step = step_at(plan, index);
  return step != nullptr ? step->id.c_str() : "";
}
const char* vg_plan_step_kind(const vg_plan* plan, size_t index) {
  const Step* step = step_at(plan, index);
  return step != nullptr ? step->kind.c_str() : "";
}
const char* vg_plan_step_label(const vg_plan* plan, size_t index) {
  const Step* step = step_at(plan, index);
  return step != nullptr ? step->label.c_str() : "";
}
int vg_plan_step_phase(const vg_plan* plan, size_t index) {
  const Step* step = step_at(plan, index);
  return step != nullptr ? step->phase : 0;
}
int64_t vg_plan_step_cost_likely(const vg_plan* plan, size_t index) {
  const Step* step = step_at(plan, index);
  return step != nullptr ? step->likely.micros() : 0;
}
size_t vg_plan_note_count(const vg_plan* plan) {
  return plan->plan.notes.size();
}
const char* vg_plan_note(const vg_plan* plan, size_t index) {
  return nth(plan->plan.notes, index);
}
vg_status vg_plan_timeline(const vg_plan* plan, vg_timeline** timeline, vg_error** error) {
  return give(timeline, error, [&]() -> Result<std::unique_ptr<vg_timeline>> {
    auto made = std::make_unique<vg_timeline>();
    made->timeline = plan->plan.timeline;
    return made;
  });
}

// ---- film

void vg_film_free(vg_film* film) {
  delete film;
}
vg_status vg_film_json(const vg_film* film, char** json, vg_error** error) {
  *json = nullptr;
  return guard(error, [&]() -> Status {
    return put_string(json, to_json(film->film));
  });
}
const char* vg_film_job(const vg_film* film) {
  return film->film.job.c_str();
}
const char* vg_film_path(const vg_film* film) {
  return film->film.path.c_str();
}
const char* vg_film_folder(const vg_film* film) {
  return film->film.folder.c_str();
}
const char* vg_film_report(const vg_film* film) {
  return film->film.report.c_str();
}
const char* vg_film_poster(const vg_film* film) {
  return film->film.poster.c_str();
}
int64_t vg_film_frames(const vg_film* film) {
  return film->film.frames;
}
int64_t vg_film_samples(const vg_film* film) {
  return film->film.samples;
}
void vg_film_fps(const vg_film* film, int64_t* numerator, int64_t* denominator) {
  put(film->film.fps, numerator, denominator);
}
void vg_film_size(const vg_film* film, int* width, int* height) {
  put(film->film.size, width, height);
}
int64_t vg_film_cost(const vg_film* film) {
  return film->film.cost.micros();
}
const char* vg_film_backend(const vg_film* film) {
  return film->film.backend.c_str();
}
const char* vg_film_model(const vg_film* film) {
  return film->film.model.c_str();
}
const char* vg_film_sha256(const vg_film* film) {
  return film->film.sha256.c_str();
}
int vg_film_reused(const vg_film* film) {
  return film->film.reused ? 1 : 0;
}
size_t vg_film_stem_count(const vg_film* film) {
  return film->film.stems.size();
}
const char* vg_film_stem(const vg_film* film, size_t index) {
  return nth(film->film.stems, index);
}
size_t vg_film_missing_count(const vg_film* film) {
  return film->film.missing.size();
}
const char* vg_film_missing(const vg_film* film, size_t index) {
  return nth(film->film.missing, index);
}
size_t vg_film_note_count(const vg_film* film) {
  return film->film.notes.size();
}
const char* vg_film_note(const vg_film* film, size_t index) {
  return nth(film->film.notes, index);
}
