/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Parts of the host's own in place of the built-in ones: log, clock, transport, store, journal. Zero the struct, set
 * `size` with sizeof, fill in the rest; the config copies it. Functions are called from any thread of the library, several
 * at once, and may block unless they say otherwise. They must not call functions of the pipeline that they serve.
 *
 * A function that fails returns a vg_status other than VG_OK; what it wants to say besides goes into a log of its own.
 */
#ifndef VIDGEN_C_HOST_H
#define VIDGEN_C_HOST_H

#include "vidgen/c/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What the library hands to a function that answers with a text, or with several: add each once. The bytes are copied. */
typedef struct vg_texts vg_texts;
VG_API vg_status vg_texts_add(vg_texts *texts, const char *bytes, size_t size);

/* ---- log */

typedef enum vg_log_level { VG_LOG_OFF = 0, VG_LOG_ERROR = 1, VG_LOG_WARN = 2, VG_LOG_INFO = 3, VG_LOG_DEBUG = 4 } vg_log_level;

typedef struct vg_log {
  size_t size;
  void *user;
  vg_log_level level; /* nothing above it is written */
  void (*write)(void *user, vg_log_level level, const char *line); /* one call at a time; must not block */
  void (*destroy)(void *user);
} vg_log;

/* ---- clock */

typedef struct vg_clock {
  size_t size;
  void *user;
  int64_t (*now_ms)(void *user); /* since 1970, UTC; must not block. For what is written down, not for waits */
  void (*destroy)(void *user);
} vg_clock;

/* ---- transport: all HTTP of the hosted backends */

/* One exchange under way. Its strings live until it is finished. It is finished exactly once, from any thread, by
 * vg_exchange_finish() or vg_exchange_fail(), which free it. */
typedef struct vg_exchange vg_exchange;

/* How far a request got: it decides whether it may be sent again. */
typedef enum vg_sent {
  VG_NOT_SENT = 0,     /* not one byte of it reached the peer */
  VG_SENT_UNKNOWN = 1, /* it may have been carried out */
  VG_ANSWERED = 2      /* a status arrived */
} vg_sent;

VG_API const char *vg_exchange_method(const vg_exchange *exchange);
VG_API const char *vg_exchange_url(const vg_exchange *exchange);
/* 1 when an answer named the URL, not the user: https and public addresses only. */
VG_API int vg_exchange_foreign(const vg_exchange *exchange);
/* How many redirects may be followed. */
VG_API int vg_exchange_redirects(const vg_exchange *exchange);
VG_API int64_t vg_exchange_deadline_ms(const vg_exchange *exchange);
VG_API size_t vg_exchange_header_count(const vg_exchange *exchange);
VG_API const char *vg_exchange_header_name(const vg_exchange *exchange, size_t index);
VG_API const char *vg_exchange_header_value(const vg_exchange *exchange, size_t index);
/* The request's body; size 0: none. */
VG_API const void *vg_exchange_body(const vg_exchange *exchange, size_t *size);
/* 1 once nobody waits for the answer any more: finish it soon. */
VG_API int vg_exchange_cancelled(const vg_exchange *exchange);

/* The answer: its status, its headers, its body in as many pieces as one likes. Anything but VG_OK: stop, and finish. */
VG_API vg_status vg_exchange_set_status(vg_exchange *exchange, int status);
VG_API vg_status vg_exchange_add_header(vg_exchange *exchange, const char *name, const char *value);
VG_API vg_status vg_exchange_write(vg_exchange *exchange, const void *bytes, size_t size);
VG_API void vg_exchange_finish(vg_exchange *exchange);
/* `message` says what went wrong, without secrets. With VG_ANSWERED: the answer is not whole. */
VG_API void vg_exchange_fail(vg_exchange *exchange, vg_sent sent, vg_status status, const char *message);

typedef struct vg_transport {
  size_t size;
  void *user;
  /* Begins an exchange; it may carry it out before it returns, or anywhere later. Never repeats a request. */
  void (*exchange)(void *user, vg_exchange *exchange);
  void (*destroy)(void *user);
} vg_transport;

/* ---- store: blobs by the SHA-256 of their bytes, 64 lower-case digits, which the library computes */

typedef struct vg_store {
  size_t size;
  void *user;
  /* Takes a copy of a file in. Durable on return. Never two at once for one blob, nor for one that contains() has. */
  vg_status (*put)(void *user, const char *sha256, const char *path, const char *mime);
  /* Adds a path that stays readable until the blob is removed. VG_E_NOT_FOUND. */
  vg_status (*path)(void *user, const char *sha256, vg_texts *path);
  int (*contains)(void *user, const char *sha256);
  vg_status (*remove)(void *user, const char *sha256);
  /* Adds every blob's SHA-256. */
  vg_status (*list)(void *user, vg_texts *all);
  /* Adds the path of a folder on a disk with room for scratch files. */
  vg_status (*scratch)(void *user, vg_texts *folder);
  void (*destroy)(void *user);
} vg_store;

/* ---- journal: the durable record of jobs, attempts, results and events, as JSON documents. Leases and budgets are
 * judged in this process, from what the journal has: it serves one process at a time. */

/* A batch on its way to the disk; answered exactly once, from any thread. */
typedef struct vg_commit vg_commit;
VG_API void vg_commit_done(vg_commit *commit, vg_status status);

typedef struct vg_journal {
  size_t size;
  void *user;
  /* Makes a batch durable, all of it or nothing, in the order of the calls: {"jobs": [{"id": …}], "attempts": [{"job":
   * …, "step": …, "attempt": …}], "results": [{"key": …}], "events": [{"job": …, "seq": …}]}. The keys named here are
   * the primary keys; a document replaces the one of the same key. Must not block for long. */
  void (*commit)(void *user, const char *batch, size_t size, vg_commit *done);
  /* Each adds documents as they were committed; none where there is none. `jobs`: newest first. `events`: in order. */
  vg_status (*job)(void *user, const char *id, vg_texts *out);
  vg_status (*jobs)(void *user, vg_texts *out);
  vg_status (*events)(void *user, const char *job, int64_t after, vg_texts *out);
  vg_status (*result)(void *user, const char *key, vg_texts *out);
  vg_status (*attempts)(void *user, const char *job, vg_texts *out);
  void (*destroy)(void *user);
} vg_journal;

#ifdef __cplusplus
}
#endif
#endif
