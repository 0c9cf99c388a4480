/* SPDX-License-Identifier: Apache-2.0 */
/* A provider in C whose jobs end at once and all give the same clip, with books of its own. */
#ifndef VIDGEN_TESTS_CAPI_SCRIPTED_H
#define VIDGEN_TESTS_CAPI_SCRIPTED_H

#include <stdatomic.h>
#include <vidgen.h>

typedef struct scripted {
  const char *clip;          /* path of what every job gives */
  const char *refusal;       /* not NULL: creates fail with VG_E_INPUT_REFUSED and these words */
  int holds;                 /* 1: jobs never end by themselves */
  int silent;                /* 1: with holds, get is not answered; its calls are in `unanswered` */
  atomic_int created, asked, fetched, cancelled, destroyed;
  vg_call *_Atomic unanswered[16]; /* by the number of the question */
} scripted;

/* The struct for vg_config_add_backend(), named "scripted". */
vg_backend scripted_backend(scripted *self);

/* A config for it: a workspace of its own, the model's row, the backend. NULL when it fails. */
vg_status scripted_config(scripted *self, const char *workspace, vg_config **config, vg_error **error);
/* A film of five seconds without music and words. */
vg_status scripted_request(vg_request **request, vg_error **error);

#endif
