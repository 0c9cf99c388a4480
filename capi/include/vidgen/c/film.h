/* SPDX-License-Identifier: Apache-2.0 */
/* What a job leaves. Immutable; its strings live as long as it does. Paths are those of its workspace. */
#ifndef VIDGEN_C_FILM_H
#define VIDGEN_C_FILM_H

#include "vidgen/c/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct vg_film vg_film;

VG_API void vg_film_free(vg_film *film);
VG_API vg_status vg_film_json(const vg_film *film, char **json, vg_error **error);

VG_API const char *vg_film_job(const vg_film *film);
/* The finished film: `out` of the request, else final.mp4 of the workspace. */
VG_API const char *vg_film_path(const vg_film *film);
/* The job's folder with clips, references, timeline.json; the paths of report.json and poster.png. */
VG_API const char *vg_film_folder(const vg_film *film);
VG_API const char *vg_film_report(const vg_film *film);
VG_API const char *vg_film_poster(const vg_film *film);
VG_API int64_t vg_film_frames(const vg_film *film);
/* At 48 kHz; 0: without sound. */
VG_API int64_t vg_film_samples(const vg_film *film);
VG_API void vg_film_fps(const vg_film *film, int64_t *numerator, int64_t *denominator);
VG_API void vg_film_size(const vg_film *film, int *width, int *height);
/* Micro-dollars. */
VG_API int64_t vg_film_cost(const vg_film *film);
/* Which backend and model made the clips. */
VG_API const char *vg_film_backend(const vg_film *film);
VG_API const char *vg_film_model(const vg_film *film);
/* 64 hexadecimal digits. */
VG_API const char *vg_film_sha256(const vg_film *film);
/* 1 when nothing was made anew. */
VG_API int vg_film_reused(const vg_film *film);
/* Paths of the composed music's parts, when vg_request_set_stems asked for them. */
VG_API size_t vg_film_stem_count(const vg_film *film);
VG_API const char *vg_film_stem(const vg_film *film, size_t index);
/* What it was delivered without; what people should know. */
VG_API size_t vg_film_missing_count(const vg_film *film);
VG_API const char *vg_film_missing(const vg_film *film, size_t index);
VG_API size_t vg_film_note_count(const vg_film *film);
VG_API const char *vg_film_note(const vg_film *film, size_t index);

#ifdef __cplusplus
}
#endif
#endif
