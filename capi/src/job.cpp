// SPDX-License-Identifier: Apache-2.0
#include <deque>

#include "capi/src/common.hpp"
#include "capi/src/handles.hpp"

using namespace vidgen;
using namespace vidgen::capi;

struct vg_events {
  std::deque<vg_event> list;
};

const char* vg_job_status_name(vg_job_status status) {
  return to_string(static_cast<JobStatus>(status)).data();
}
void vg_job_free(vg_job* job) {
  delete job;
}
const char* vg_job_id(const vg_job* job) {
  return job->job.id().c_str();
}
vg_job_status vg_job_status_of(const vg_job* job) {
  return static_cast<vg_job_status>(job->job.status());
}

vg_status vg_job_wait(vg_job* job, int64_t timeout_ms, vg_film** film, vg_error** error) {
  return give(film, error, [&]() -> Result<std::unique_ptr<vg_film>> {
    if (timeout_ms >= 0 && !job->job.wait_for(std::chrono::milliseconds(std::min<std::int64_t>(timeout_ms, 1LL << 40))))
      return Error(Errc::timeout, "job " + job->job.id() + " is not over yet; it goes on");
    VIDGEN_TRY(made, job->job.wait());
    auto out = std::make_unique<vg_film>();
    out->film = std::move(made);
    return out;
  });
}
void vg_job_cancel(vg_job* job) {
  job->job.cancel();
}
void vg_job_interrupt(vg_job* job) {
  job->job.interrupt();
}
vg_status vg_job_advance(vg_job* job, int64_t slice_ms, vg_job_status* status, vg_error** error) {
  return guard(error, [&]() -> Status {
    if (slice_ms < 0) return Error(Errc::invalid_argument, "a slice of time is not negative");
    const JobStatus now = job->job.advance(std::chrono::milliseconds(slice_ms));
    if (status != nullptr) *status = static_cast<vg_job_status>(now);
    return {};
  });
}

// ---- events

void vg_event_free(vg_event* event) {
  delete event;
}
vg_event_kind vg_event_kind_of(const vg_event* event) {
  return event->kind;
}
uint64_t vg_event_tag(const vg_event* event) {
  return event->tag;
}
const char* vg_event_job(const vg_event* event) {
  return event->event.job.c_str();
}
int64_t vg_event_seq(const vg_event* event) {
  return event->event.seq;
}
int64_t vg_event_time_ms(const vg_event* event) {
  return event->event.time_ms;
}
vg_job_status vg_event_status(const vg_event* event) {
  return static_cast<vg_job_status>(event->event.status);
}
int vg_event_phase(const vg_event* event) {
  return event->event.phase;
}
double vg_event_fraction(const vg_event* event) {
  return event->event.fraction;
}
int64_t vg_event_cost(const vg_event* event) {
  return event->event.cost.micros();
}
int64_t vg_event_eta_ms(const vg_event* event) {
  return ms(event->event.eta);
}
const char* vg_event_step(const vg_event* event) {
  return event->event.step.c_str();
}
const char* vg_event_message(const vg_event* event) {
  return event->event.message.c_str();
}
const vg_film* vg_event_film(const vg_event* event) {
  return event->film.get();
}
const vg_plan* vg_event_plan(const vg_event* event) {
  return event->plan.get();
}
const vg_error* vg_event_error(const vg_event* event) {
  return event->error;
}
vg_film* vg_event_take_film(vg_event* event) {
  return event->film.release();
}
vg_plan* vg_event_take_plan(vg_event* event) {
  return event->plan.release();
}
vg_error* vg_event_take_error(vg_event* event) {
  return std::exchange(event->error, nullptr);
}

vg_status vg_job_events(const vg_job* job, int64_t after, vg_events** events, vg_error** error) {
  return give(events, error, [&]() -> Result<std::unique_ptr<vg_events>> {
    VIDGEN_TRY(list, job->job.events(after));
    auto out = std::make_unique<vg_events>();
    for (Event& event : list) {
      vg_event& one = out->list.emplace_back();
      one.kind = kind_of(event.kind);
      one.event = std::move(event);
    }
    return out;
  });
}
void vg_events_free(vg_events* events) {
  delete events;
}
size_t vg_events_count(const vg_events* events) {
  return events->list.size();
}
const vg_event* vg_events_get(const vg_events* events, size_t index) {
  return index < events->list.size() ? &events->list[index] : nullptr;
}

static_assert(static_cast<int>(JobStatus::interrupted) == VG_JOB_INTERRUPTED);
