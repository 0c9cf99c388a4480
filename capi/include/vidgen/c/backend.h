/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A provider of the host's own. Work there is a remote job: created once, asked after, fetched, cancelled. The model that
 * a film is made with names it as its provider (models/x.json, vg_config_set_model_folder()), or it takes the place of a
 * built-in backend of the same name.
 *
 * Every function gets a call, which is answered exactly once, from any thread, at any time, by one of vg_call_job(),
 * vg_call_done() and vg_call_fail(); that frees it. The functions are called on a thread of the pool: they may block, but
 * each then holds one thread. A job that is stopped waits for create and cancel, which money hangs on, and not for get,
 * fetch and find: their answers, still due, are then thrown away.
 */
#ifndef VIDGEN_C_BACKEND_H
#define VIDGEN_C_BACKEND_H

#include "vidgen/c/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How a lost answer to a create is cleared up: see docs/adding-a-backend. */
typedef enum vg_reconcile {
  VG_RECONCILE_NATIVE_KEY = 0, /* the provider takes a key of ours and returns the same job for it */
  VG_RECONCILE_CLIENT_ID = 1,  /* we choose the job's id */
  VG_RECONCILE_LIST = 2,       /* jobs are listed and recognised by their input */
  VG_RECONCILE_NONE = 3        /* nothing: a person is asked */
} vg_reconcile;

typedef enum vg_remote_state {
  VG_REMOTE_QUEUED = 0,
  VG_REMOTE_RUNNING = 1,
  VG_REMOTE_SUCCEEDED = 2,
  VG_REMOTE_FAILED = 3,
  VG_REMOTE_CANCELLED = 4
} vg_remote_state;

/* What is to be made, and the attempt that is being made at it. Borrowed: lives until the call is answered. */
typedef struct vg_generation vg_generation;

/* "video", "image", "music"; what for: "clip", "keyframe", "style_guide", "product", "music". */
VG_API const char *vg_generation_kind(const vg_generation *generation);
VG_API const char *vg_generation_role(const vg_generation *generation);
VG_API const char *vg_generation_model(const vg_generation *generation);
VG_API const char *vg_generation_prompt(const vg_generation *generation);
VG_API const char *vg_generation_negative_prompt(const vg_generation *generation);
VG_API void vg_generation_size(const vg_generation *generation, int *width, int *height);
VG_API void vg_generation_fps(const vg_generation *generation, int64_t *numerator, int64_t *denominator);
VG_API int64_t vg_generation_duration_ms(const vg_generation *generation);
/* Paths of pictures; NULL where there is none. */
VG_API const char *vg_generation_first_frame(const vg_generation *generation);
VG_API const char *vg_generation_last_frame(const vg_generation *generation);
VG_API size_t vg_generation_reference_count(const vg_generation *generation);
VG_API const char *vg_generation_reference(const vg_generation *generation, size_t index);
/* 31 bits, different for every attempt. */
VG_API uint32_t vg_generation_seed(const vg_generation *generation);
/* What makes the attempt recognisable: our job, the content key of the step, the attempt's number, and one text of the
 * three that a provider can take as a key. */
VG_API const char *vg_generation_job(const vg_generation *generation);
VG_API const char *vg_generation_key(const vg_generation *generation);
VG_API int vg_generation_attempt(const vg_generation *generation);
VG_API const char *vg_generation_attempt_key(const vg_generation *generation);
/* All of it as JSON, beats and all; "{}" within `find`. */
VG_API const char *vg_generation_json(const vg_generation *generation);

typedef struct vg_call vg_call;

/* Answers create, get and find: the job there. `cost`: micro-dollars, negative when not known. `error`: why it failed;
 * else NULL. */
VG_API void vg_call_job(vg_call *call, const char *id, vg_remote_state state, double fraction, int64_t cost,
                        const char *error);
/* Before vg_call_done() of fetch: an output, the result proper first. The file is copied. */
VG_API vg_status vg_call_add_file(vg_call *call, const char *path, const char *mime);
VG_API vg_status vg_call_add_bytes(vg_call *call, const void *bytes, size_t size, const char *mime);
/* Answers cancel and fetch; and find: there is no such job. */
VG_API void vg_call_done(vg_call *call);
/* Answers any of them. For create: VG_E_AMBIGUOUS when it may have been accepted, and anything else when it surely was
 * not. VG_E_PROVIDER may be tried again. */
VG_API void vg_call_fail(vg_call *call, vg_status status, const char *message);

typedef struct vg_backend {
  size_t size;
  void *user;
  const char *name; /* copied */
  vg_reconcile reconcile;
  int ends_with_process; /* 1: its jobs die with this process, so that a stop is their end */
  /* NULL, or why it cannot be used now; the string lives until the next call. May be NULL itself. */
  const char *(*unavailable)(void *user);
  /* Starts a job. Called at most once an attempt: whatever it starts may cost money. */
  void (*create)(void *user, const vg_generation *generation, vg_call *call);
  void (*get)(void *user, const char *id, vg_call *call);
  void (*fetch)(void *user, const char *id, vg_call *call);
  void (*cancel)(void *user, const char *id, vg_call *call);
  /* After a lost answer or a crash: the job of this attempt, if the provider has it. */
  void (*find)(void *user, const vg_generation *generation, vg_call *call);
  void (*destroy)(void *user);
} vg_backend;

#ifdef __cplusplus
}
#endif
#endif
