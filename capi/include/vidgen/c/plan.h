/* SPDX-License-Identifier: Apache-2.0 */
/* What a request would become and cost: the graph of steps that makes the film. Immutable; the caller frees it. */
#ifndef VIDGEN_C_PLAN_H
#define VIDGEN_C_PLAN_H

#include "vidgen/c/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct vg_plan vg_plan;
struct vg_timeline;

VG_API void vg_plan_free(vg_plan *plan);
/* "vidgen.plan/1", the caller's; and back again. */
VG_API vg_status vg_plan_json(const vg_plan *plan, char **json, vg_error **error);
VG_API vg_status vg_plan_from_json(const char *json, vg_plan **plan, vg_error **error);

/* The film's length in frames, and its rate. */
VG_API int64_t vg_plan_frames(const vg_plan *plan);
VG_API void vg_plan_fps(const vg_plan *plan, int64_t *numerator, int64_t *denominator);
/* The clip model, and "beat", "take" … */
VG_API const char *vg_plan_model(const vg_plan *plan);
VG_API const char *vg_plan_continuity(const vg_plan *plan);
/* Micro-dollars. `most` is what a budget has to cover for nothing ever to stop. */
VG_API int64_t vg_plan_cost_least(const vg_plan *plan);
VG_API int64_t vg_plan_cost_likely(const vg_plan *plan);
VG_API int64_t vg_plan_cost_most(const vg_plan *plan);
/* Likely milliseconds to make it, along the critical path. */
VG_API int64_t vg_plan_eta_ms(const vg_plan *plan);
/* Milliseconds of clip that are bought and never shown. */
VG_API int64_t vg_plan_waste_ms(const vg_plan *plan);

/* The clips, in the film's order. */
VG_API size_t vg_plan_clip_count(const vg_plan *plan);
/* The film's frames that a clip shows, [start, start + length); milliseconds of it that are bought. */
VG_API void vg_plan_clip(const vg_plan *plan, size_t index, int64_t *start, int64_t *length, int64_t *bought_ms);

/* The steps; those a step takes its inputs from stand before it. */
VG_API size_t vg_plan_step_count(const vg_plan *plan);
VG_API const char *vg_plan_step_id(const vg_plan *plan, size_t index);
VG_API const char *vg_plan_step_kind(const vg_plan *plan, size_t index);
VG_API const char *vg_plan_step_label(const vg_plan *plan, size_t index);
/* 1 to 6. */
VG_API int vg_plan_step_phase(const vg_plan *plan, size_t index);
VG_API int64_t vg_plan_step_cost_likely(const vg_plan *plan, size_t index);

/* What people should know about it. */
VG_API size_t vg_plan_note_count(const vg_plan *plan);
VG_API const char *vg_plan_note(const vg_plan *plan, size_t index);

/* The film's timeline, a copy of the caller's; its sources are step ids. */
VG_API vg_status vg_plan_timeline(const vg_plan *plan, struct vg_timeline **timeline, vg_error **error);

#ifdef __cplusplus
}
#endif
#endif
