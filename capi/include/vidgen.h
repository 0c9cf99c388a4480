/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vidgen.h: one prompt goes in; one finished film comes out, inside your process. This is the C face of libvidgen; it
 * is also its ABI. It is C99, and C++ may include it.
 *
 *     vg_pipeline *pipeline = NULL;
 *     vg_request *request = NULL;
 *     vg_film *film = NULL;
 *     vg_error *error = NULL;
 *     if (vg_pipeline_new(NULL, &pipeline, &error) == VG_OK &&
 *         vg_request_new("a ceramic mug on a walnut desk, 10 seconds", &request, &error) == VG_OK &&
 *         vg_pipeline_render(pipeline, request, NULL, NULL, &film, &error) == VG_OK)
 *       puts(vg_film_path(film));
 *     else
 *       fprintf(stderr, "%s\n", vg_error_describe(error));
 *     vg_error_free(error);
 *     vg_film_free(film);
 *     vg_request_free(request);
 *     vg_pipeline_free(pipeline);
 *
 * RULES THAT HOLD EVERYWHERE
 *
 * Names. vg_noun_verb. A handle is opaque: vg_film is made by the library and freed with vg_film_free(). Every _free
 * takes NULL. Nothing is reference-counted: who has a handle owns it, unless its comment says "borrowed".
 *
 * Errors. What can fail returns a vg_status: VG_OK is 0, all others are positive and never change their number. The last
 * parameter of such a function is `vg_error **error`. It may be NULL. On failure it receives an error object that the
 * caller frees; on success it is set to NULL. Out-parameters of a function that failed are NULL or 0. Arguments that
 * were to be taken over stay the caller's when the call fails. Nothing throws, aborts or exits; memory that runs out is
 * VG_E_NO_MEMORY, and every handle stays usable.
 *
 * Strings are UTF-8 and end in a NUL. A `const char *` that a getter returns is borrowed from the handle it was asked
 * of: it lives until the handle is freed or changed. A `char *` is the caller's and freed with vg_string_free(). Getters
 * of strings never return NULL for a handle that is not NULL, unless they say so.
 *
 * Getters borrow, `take` moves: vg_event_film() shows a film that dies with its event, vg_event_take_film() hands it
 * over. Getters take no NULL handle.
 *
 * Units. Money is int64_t micro-dollars (1 USD = 1000000). Times are int64_t milliseconds, frames of the film, or samples
 * at 48 kHz, as the name says. Rates are two int64_t, numerator and denominator (30000/1001).
 *
 * Threads. Functions of vg_pipeline and vg_job may be called from any thread at once. All other handles are values: any
 * thread, one at a time. Functions that may block say so, and for how long. No thread is started, no file opened and no
 * socket made before the first call that needs it.
 *
 * Fork. In a forked child every call of a pipeline or job of the parent fails with VG_E_FORKED, at once; freeing them is
 * allowed and touches nothing. A new pipeline may be made there.
 *
 * Structs. What a host fills in (vg_log, vg_backend …) begins with its size: set it with sizeof, zero the rest. A newer
 * library knows by it what an older host did not fill in.
 *
 * What a host brings (a backend, a transport, a store …) is called from any thread of the library, several calls at
 * once, and must not call functions of the pipeline it belongs to. Its `destroy`, where it is not NULL, is called once,
 * when the last pipeline that uses it is gone; `user` belongs to the host until then.
 */
#ifndef VIDGEN_H
#define VIDGEN_H

#include "vidgen/c/base.h"     /* versions, status codes, errors, strings */
#include "vidgen/c/config.h"   /* what a pipeline works with */
#include "vidgen/c/request.h"  /* what the caller wants */
#include "vidgen/c/plan.h"     /* what it would become and cost */
#include "vidgen/c/film.h"     /* what it became */
#include "vidgen/c/job.h"      /* a request being carried out, and its events */
#include "vidgen/c/pipeline.h" /* where all of it happens */
#include "vidgen/c/ledger.h"   /* what was reserved and spent */
#include "vidgen/c/timeline.h" /* a film as frames and samples */
#include "vidgen/c/media.h"    /* assemble, probe, check: any files */
#include "vidgen/c/catalog.h"  /* models and templates */
#include "vidgen/c/webhook.h"  /* what providers call back with */
#include "vidgen/c/host.h"     /* log, clock, transport, store, journal of the host's own */
#include "vidgen/c/backend.h"  /* a provider of the host's own */

#endif
