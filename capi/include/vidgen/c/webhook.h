/* SPDX-License-Identifier: Apache-2.0 */
/* Webhooks of providers, for hosts that sort them before vg_pipeline_deliver(). Pure functions, any thread. */
#ifndef VIDGEN_C_WEBHOOK_H
#define VIDGEN_C_WEBHOOK_H

#include "vidgen/c/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Whether a body was signed with the secret ("whsec_…"), by the scheme of standardwebhooks.com, at most five minutes
 * from now_s (seconds since 1970). `id`, the caller's, may be NULL: the message's, the same when it is sent again.
 * VG_E_CREDENTIALS: it was not. VG_E_CONFIG_INVALID: the secret is none. */
VG_API vg_status vg_webhook_verify(const char *secret, const char *const *names, const char *const *values, size_t count,
                                   const void *body, size_t size, int64_t now_s, char **id, vg_error **error);
/* The id of the provider's job that a body speaks of, the caller's, and whether that job has ended. */
VG_API vg_status vg_webhook_read(const char *provider, const void *body, size_t size, char **job, int *ended,
                                 vg_error **error);

#ifdef __cplusplus
}
#endif
#endif
