/* SPDX-License-Identifier: Apache-2.0 */
/* What a job reserved and spent, an entry an attempt at a paid step. Immutable; the caller frees it. */
#ifndef VIDGEN_C_LEDGER_H
#define VIDGEN_C_LEDGER_H

#include "vidgen/c/base.h"
#include "vidgen/c/pipeline.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct vg_ledger vg_ledger;

/* Reads the journal: blocks on a disk. */
VG_API vg_status vg_pipeline_ledger(vg_pipeline *pipeline, const char *job, vg_ledger **ledger, vg_error **error);
VG_API void vg_ledger_free(vg_ledger *ledger);
/* Micro-dollars: what ended attempts cost, and what those under way may cost at most. */
VG_API int64_t vg_ledger_spent(const vg_ledger *ledger);
VG_API int64_t vg_ledger_reserved(const vg_ledger *ledger);

VG_API size_t vg_ledger_count(const vg_ledger *ledger);
VG_API const char *vg_ledger_step(const vg_ledger *ledger, size_t index);
VG_API const char *vg_ledger_provider(const vg_ledger *ledger, size_t index);
/* The job's id there; "" before it has one. */
VG_API const char *vg_ledger_provider_id(const vg_ledger *ledger, size_t index);
/* "intent", "accepted", "stored", "failed", "cancelled", "ambiguous", "lost" … */
VG_API const char *vg_ledger_state(const vg_ledger *ledger, size_t index);
VG_API int vg_ledger_attempt(const vg_ledger *ledger, size_t index);
VG_API int64_t vg_ledger_entry_reserved(const vg_ledger *ledger, size_t index);
VG_API int64_t vg_ledger_entry_spent(const vg_ledger *ledger, size_t index);
VG_API int64_t vg_ledger_time_ms(const vg_ledger *ledger, size_t index);

#ifdef __cplusplus
}
#endif
#endif
