/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A request being carried out, and what it tells meanwhile. The job is in the journal of the workspace; a vg_job is a
 * handle on it: freeing one stops and cancels nothing.
 */
#ifndef VIDGEN_C_JOB_H
#define VIDGEN_C_JOB_H

#include "vidgen/c/base.h"
#include "vidgen/c/film.h"
#include "vidgen/c/plan.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum vg_job_status {
  VG_JOB_QUEUED = 0,
  VG_JOB_VALIDATING = 1,
  VG_JOB_GENERATING_ANIMATIC = 2,
  VG_JOB_GENERATING_REFERENCES = 3,
  VG_JOB_GENERATING_CHUNKS = 4,
  VG_JOB_REFINING = 5,
  VG_JOB_EXPORTING = 6,
  VG_JOB_COMPLETE = 7,
  VG_JOB_FAILED = 8,
  VG_JOB_CANCELLED = 9,
  VG_JOB_NEEDS_ATTENTION = 10,
  VG_JOB_INTERRUPTED = 11
} vg_job_status;

/* "generating_chunks"; static. */
VG_API const char *vg_job_status_name(vg_job_status status);

typedef struct vg_job vg_job;

VG_API void vg_job_free(vg_job *job);
VG_API const char *vg_job_id(const vg_job *job);
VG_API vg_job_status vg_job_status_of(const vg_job *job);

/* Waits for the film for at most timeout_ms; negative: as long as it takes. VG_E_TIMEOUT when it is not over by then:
 * the job goes on. Otherwise the film, or why there is none. */
VG_API vg_status vg_job_wait(vg_job *job, int64_t timeout_ms, vg_film **film, vg_error **error);
/* Ends the job: stops new work, cancels at the provider, keeps what is finished. Returns at once. */
VG_API void vg_job_cancel(vg_job *job);
/* Stops the work here and saves; vg_pipeline_attach() goes on with it, in any process. Returns at once. */
VG_API void vg_job_interrupt(vg_job *job);
/* For workers that give a job slices of time: lets it run for at most slice_ms, then stops it here and saves. Blocks. */
VG_API vg_status vg_job_advance(vg_job *job, int64_t slice_ms, vg_job_status *status, vg_error **error);

/* ---- events */

/* One thing that happened. Immutable; the caller frees it. */
typedef struct vg_event vg_event;

/* What an event of the queue is about. Those of jobs come in order and without gaps: number n + 1 follows n. */
typedef enum vg_event_kind {
  VG_EVENT_STATUS = 1,   /* the job goes through another phase */
  VG_EVENT_STEP = 2,     /* a step began or ended */
  VG_EVENT_PROGRESS = 3, /* the fraction rose */
  VG_EVENT_NOTE = 4,     /* a remark for people */
  VG_EVENT_PLAN = 5,     /* the plan and its price are known */
  VG_EVENT_FILM = 6,     /* the film is there: vg_event_film(), vg_event_take_film(). The job's last */
  VG_EVENT_ERROR = 7,    /* the job ended without one: vg_event_error(). The job's last */
  VG_EVENT_PLANNED = 8   /* vg_pipeline_plan_async() is done: vg_event_plan() or vg_event_error() */
} vg_event_kind;

VG_API void vg_event_free(vg_event *event);
VG_API vg_event_kind vg_event_kind_of(const vg_event *event);
/* What the caller gave to tell jobs and calls apart. */
VG_API uint64_t vg_event_tag(const vg_event *event);
/* The job's id; "" for VG_EVENT_PLANNED. */
VG_API const char *vg_event_job(const vg_event *event);
/* 1, 2, 3 … within the job; 0 for the last one of a job and for VG_EVENT_PLANNED. */
VG_API int64_t vg_event_seq(const vg_event *event);
/* Since 1970, by the pipeline's clock. */
VG_API int64_t vg_event_time_ms(const vg_event *event);
VG_API vg_job_status vg_event_status(const vg_event *event);
/* 1 to 6. */
VG_API int vg_event_phase(const vg_event *event);
/* Of the whole job, 0 to 1; never falls. */
VG_API double vg_event_fraction(const vg_event *event);
/* Micro-dollars spent so far; likely milliseconds left. */
VG_API int64_t vg_event_cost(const vg_event *event);
VG_API int64_t vg_event_eta_ms(const vg_event *event);
/* The step's id, "" when it is about none; a line for people. */
VG_API const char *vg_event_step(const vg_event *event);
VG_API const char *vg_event_message(const vg_event *event);

/* What the event carries; borrowed, NULL when it carries none. */
VG_API const vg_film *vg_event_film(const vg_event *event);
VG_API const vg_plan *vg_event_plan(const vg_event *event);
VG_API const vg_error *vg_event_error(const vg_event *event);
/* The same, handed over to the caller: a second call gives NULL. */
VG_API vg_film *vg_event_take_film(vg_event *event);
VG_API vg_plan *vg_event_take_plan(vg_event *event);
VG_API vg_error *vg_event_take_error(vg_event *event);

typedef struct vg_events vg_events;
/* All events of a job after a number, from the journal. Blocks on a disk. */
VG_API vg_status vg_job_events(const vg_job *job, int64_t after, vg_events **events, vg_error **error);
VG_API void vg_events_free(vg_events *events);
VG_API size_t vg_events_count(const vg_events *events);
/* Borrowed from the list. */
VG_API const vg_event *vg_events_get(const vg_events *events, size_t index);

#ifdef __cplusplus
}
#endif
#endif
