/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The pipeline: where plans are made and jobs run. It has an I/O thread and a pool, which the first call that needs them
 * starts. All its functions may be called from any thread at once.
 *
 * Two ways of use. Blocking: vg_pipeline_render(), or vg_pipeline_submit() and vg_job_wait(). With a loop of the host's
 * own: submit with a tag, and take events off the queue when the wakeup callback says so:
 *
 *     static void woken(void *loop) { post_to_my_loop(loop, drain); }      // any thread; only tell your loop
 *     static void drain(void) {
 *       vg_event *event;
 *       while ((event = vg_pipeline_wait_event(pipeline, 0)) != NULL) {     // 0: do not wait
 *         show(vg_event_fraction(event), vg_event_message(event));
 *         vg_event_free(event);
 *       }
 *     }
 */
#ifndef VIDGEN_C_PIPELINE_H
#define VIDGEN_C_PIPELINE_H

#include "vidgen/c/base.h"
#include "vidgen/c/config.h"
#include "vidgen/c/film.h"
#include "vidgen/c/job.h"
#include "vidgen/c/plan.h"
#include "vidgen/c/request.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct vg_pipeline vg_pipeline;

/* config NULL: as vg_config_new() makes one. Starts nothing and opens nothing. */
VG_API vg_status vg_pipeline_new(const vg_config *config, vg_pipeline **pipeline, vg_error **error);
/* Saves and detaches: running jobs become `interrupted` and can be resumed; nothing is cancelled at a provider. Waits
 * until they have saved, at most for what is being encoded at the moment. No other call may be under way; vg_job handles
 * of it may be freed before or after. */
VG_API void vg_pipeline_free(vg_pipeline *pipeline);

/* What a request would become and cost. No money, no network, no file written. Blocks for milliseconds. */
VG_API vg_status vg_pipeline_plan(vg_pipeline *pipeline, const vg_request *request, vg_plan **plan, vg_error **error);
/* The same without blocking: a VG_EVENT_PLANNED with this tag comes into the queue. */
VG_API vg_status vg_pipeline_plan_async(vg_pipeline *pipeline, const vg_request *request, uint64_t tag,
                                        vg_error **error);

/* Submits, reports, waits. `progress` (may be NULL) is called on this thread, with events that are borrowed for the
 * call; non-zero from it interrupts the job, which is saved: VG_E_INTERRUPTED. Blocks until the film is there. */
typedef int (*vg_progress_fn)(void *user, const vg_event *event);
VG_API vg_status vg_pipeline_render(vg_pipeline *pipeline, const vg_request *request, vg_progress_fn progress,
                                    void *user, vg_film **film, vg_error **error);

/* Makes the job durable and starts it; nothing is spent yet. Blocks on a disk for milliseconds. `id` NULL or "": a new
 * one; otherwise get-or-create: the job of that id is joined when it is there. Events of the job come into the queue with
 * this tag; tag 0: none do. `job` may be NULL. */
VG_API vg_status vg_pipeline_submit(vg_pipeline *pipeline, const vg_request *request, const char *id, uint64_t tag,
                                    vg_job **job, vg_error **error);
/* Joins a job of an earlier process, or of this one, and goes on with it. VG_E_NOT_FOUND. */
VG_API vg_status vg_pipeline_attach(vg_pipeline *pipeline, const char *id, uint64_t tag, vg_job **job,
                                    vg_error **error);
/* Ends a job by its id, whether it runs here or nowhere. Blocks until it has ended. */
VG_API vg_status vg_pipeline_cancel(vg_pipeline *pipeline, const char *id, vg_error **error);
/* Another budget, micro-dollars, for a job that no process runs: attach then goes on with it. VG_E_NEEDS_ATTENTION while
 * a process runs it, VG_E_INVALID_ARGUMENT when it is over. */
VG_API vg_status vg_pipeline_set_budget(vg_pipeline *pipeline, const char *id, int64_t micros, vg_error **error);
/* The answer to a job that asks about an unclear payment (VG_JOB_NEEDS_ATTENTION): VG_ON_AMBIGUOUS_RETRY pays once more,
 * with what is unclear still on the books. Then attach. Errors as vg_pipeline_set_budget(). */
VG_API vg_status vg_pipeline_set_on_ambiguous(vg_pipeline *pipeline, const char *id, vg_on_ambiguous what,
                                              vg_error **error);

/* Another take of a shot, or an earlier one. A value; the caller frees it. `shot`: from 1, in the film's order. */
typedef struct vg_redo vg_redo;
typedef enum vg_redo_mode {
  VG_REDO_CASCADE = 0, /* the clip and all that continue from it */
  VG_REDO_PIN = 1,     /* between the frames that its neighbours end and begin with */
  VG_REDO_CUT = 2      /* the clip alone, and a cut where the next one continued from it */
} vg_redo_mode;
VG_API vg_status vg_redo_new(int shot, vg_redo **redo, vg_error **error);
VG_API void vg_redo_free(vg_redo *redo);
/* Unset: cascade; with a take, cascade where that buys nothing, else cut. */
VG_API void vg_redo_set_mode(vg_redo *redo, vg_redo_mode mode);
/* What the clip shows from now on. */
VG_API void vg_redo_set_prompt(vg_redo *redo, const char *prompt);
/* Show this earlier take again, from 1. */
VG_API void vg_redo_set_take(vg_redo *redo, int take);
/* Micro-dollars that the redo itself may cost. Unset: the config's budget; nothing is bought without. */
VG_API void vg_redo_set_budget(vg_redo *redo, int64_t micros);
/* What a redo would make, and what it would cost: `likely` and `most`, micro-dollars, of what is not in the workspace.
 * Nothing is written. Each out parameter may be NULL. Errors as vg_pipeline_redo(). */
VG_API vg_status vg_pipeline_redo_plan(vg_pipeline *pipeline, const char *id, const vg_redo *redo, vg_plan **plan,
                                       int64_t *likely, int64_t *most, vg_error **error);
/* Opens a job again and delivers its film anew; what does not change is kept. Events from now on come into the queue with
 * this tag; tag 0: none do. `job` may be NULL. VG_E_NEEDS_ATTENTION: the job is being run, or the clip is still under way.
 * VG_E_BUDGET: not allowed, with the price. VG_E_MODEL_LACKS: the model takes no last frame (pin). VG_E_INVALID_ARGUMENT:
 * no such shot or take, no plan yet, or cancelled. VG_E_NOT_FOUND. */
VG_API vg_status vg_pipeline_redo(vg_pipeline *pipeline, const char *id, const vg_redo *redo, uint64_t tag, vg_job **job,
                                  vg_error **error);
/* What of a plan is not in the workspace, micro-dollars. Nothing is written. Each out parameter may be NULL. */
VG_API vg_status vg_pipeline_refresh(vg_pipeline *pipeline, const vg_plan *plan, int64_t *likely, int64_t *most,
                                     vg_error **error);

/* The next event of the queue, the caller's; NULL after timeout_ms without one (0: do not wait; negative: for ever), or
 * after vg_pipeline_wakeup(). */
VG_API vg_event *vg_pipeline_wait_event(vg_pipeline *pipeline, int64_t timeout_ms);
/* Makes one vg_pipeline_wait_event() return NULL, now or the next time. */
VG_API void vg_pipeline_wakeup(vg_pipeline *pipeline);
/* Called whenever the queue was empty and is not any more. From any thread of the library; it must not block and must
 * not call this library: tell your loop to drain the queue. NULL: none. When it returns, the earlier one is not called
 * any more. */
VG_API void vg_pipeline_set_wakeup(vg_pipeline *pipeline, void (*wakeup)(void *user), void *user);

/* Jobs of the workspace, newest first. Immutable; the caller frees the list. */
typedef struct vg_jobs vg_jobs;
VG_API vg_status vg_pipeline_jobs(vg_pipeline *pipeline, vg_jobs **jobs, vg_error **error);
VG_API void vg_jobs_free(vg_jobs *jobs);
VG_API size_t vg_jobs_count(const vg_jobs *jobs);
VG_API const char *vg_jobs_id(const vg_jobs *jobs, size_t index);
VG_API vg_job_status vg_jobs_status(const vg_jobs *jobs, size_t index);
VG_API int64_t vg_jobs_created_ms(const vg_jobs *jobs, size_t index);
/* Why it failed or waits; "" otherwise. */
VG_API const char *vg_jobs_reason(const vg_jobs *jobs, size_t index);
/* "vidgen.request/1". */
VG_API const char *vg_jobs_request_json(const vg_jobs *jobs, size_t index);

/* A webhook as it came in: proves the sender by the config's secret, and makes the job ask at once instead of later.
 * `names` and `values` are its headers, `count` of them. VG_E_CREDENTIALS: not from the provider. VG_E_NOT_FOUND: nobody
 * waits for it. */
VG_API vg_status vg_pipeline_deliver(vg_pipeline *pipeline, const char *provider, const char *const *names,
                                     const char *const *values, size_t count, const void *body, size_t size,
                                     vg_error **error);

/* Removes blobs from the store by policy: what `keep` names stays, and what an open job needs. ALL: every take of every clip;
 * SELECTED: films and what they show; FINAL: films alone. */
typedef enum vg_keep { VG_KEEP_ALL = 0, VG_KEEP_SELECTED = 1, VG_KEEP_FINAL = 2 } vg_keep;
VG_API vg_status vg_pipeline_clean(vg_pipeline *pipeline, vg_keep keep, int dry_run, int64_t *blobs, int64_t *bytes,
                                   vg_error **error);
/* The same for jobs of which nothing was heard for that many seconds. */
VG_API vg_status vg_pipeline_clean_older(vg_pipeline *pipeline, vg_keep keep, int64_t seconds, int dry_run, int64_t *blobs,
                                         int64_t *bytes, vg_error **error);

#ifdef __cplusplus
}
#endif
#endif
