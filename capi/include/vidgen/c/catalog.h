/* SPDX-License-Identifier: Apache-2.0 */
/* The models and templates that there are. Lists in the order of their names; immutable; the caller frees them. */
#ifndef VIDGEN_C_CATALOG_H
#define VIDGEN_C_CATALOG_H

#include "vidgen/c/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct vg_models vg_models;

/* folder: JSON files that override the built-in rows by name; NULL or "": none. */
VG_API vg_status vg_models_load(const char *folder, vg_models **models, vg_error **error);
VG_API void vg_models_free(vg_models *models);
VG_API size_t vg_models_count(const vg_models *models);
/* By name or alias. VG_E_MODEL_UNKNOWN names the nearest ones. */
VG_API vg_status vg_models_find(const vg_models *models, const char *name, size_t *index, vg_error **error);
VG_API const char *vg_models_name(const vg_models *models, size_t index);
VG_API const char *vg_models_provider(const vg_models *models, size_t index);
/* "video", "image", "music", "llm", "speech", "upscale". */
VG_API const char *vg_models_kind(const vg_models *models, size_t index);
/* The date it went away; "": it is there. */
VG_API const char *vg_models_retired(const vg_models *models, size_t index);
/* The shortest and the longest clip. */
VG_API int64_t vg_models_shortest_ms(const vg_models *models, size_t index);
VG_API int64_t vg_models_longest_ms(const vg_models *models, size_t index);
/* Micro-dollars a unit, and the unit: "free", "per_clip", "per_output_second" … */
VG_API int64_t vg_models_price(const vg_models *models, size_t index);
VG_API const char *vg_models_price_kind(const vg_models *models, size_t index);
/* When the row was last checked: "2026-04-28". */
VG_API const char *vg_models_date(const vg_models *models, size_t index);

typedef struct vg_templates vg_templates;

VG_API vg_status vg_templates_load(const char *folder, vg_templates **templates, vg_error **error);
VG_API void vg_templates_free(vg_templates *templates);
VG_API size_t vg_templates_count(const vg_templates *templates);
VG_API const char *vg_templates_name(const vg_templates *templates, size_t index);
VG_API const char *vg_templates_title(const vg_templates *templates, size_t index);
VG_API const char *vg_templates_description(const vg_templates *templates, size_t index);
VG_API int64_t vg_templates_duration_ms(const vg_templates *templates, size_t index);
VG_API size_t vg_templates_beat_count(const vg_templates *templates, size_t index);

#ifdef __cplusplus
}
#endif
#endif
