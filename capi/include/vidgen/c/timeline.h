/* SPDX-License-Identifier: Apache-2.0 */
/* A film in integer frames and integer samples: what vg_assemble() renders. A value; the caller frees it. */
#ifndef VIDGEN_C_TIMELINE_H
#define VIDGEN_C_TIMELINE_H

#include "vidgen/c/base.h"
#include "vidgen/c/request.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct vg_timeline vg_timeline;

/* From "vidgen.timeline/1"; older versions are upgraded, keys that are not known are kept. Checked whole. */
VG_API vg_status vg_timeline_from_json(const char *json, vg_timeline **timeline, vg_error **error);
/* Clips laid end to end, each whole, with a transition between each pair: "cut", "fade:0.5". Transitions overlap the
 * clips: the film is shorter by their sum. Opens the clips. */
VG_API vg_status vg_timeline_of_clips(const char *const *paths, size_t count, const char *transition, int width,
                                      int height, int64_t fps_numerator, int64_t fps_denominator, vg_fps_mode mode,
                                      vg_timeline **timeline, vg_error **error);
VG_API void vg_timeline_free(vg_timeline *timeline);
VG_API vg_status vg_timeline_json(const vg_timeline *timeline, char **json, vg_error **error);

VG_API int64_t vg_timeline_frames(const vg_timeline *timeline);
VG_API void vg_timeline_fps(const vg_timeline *timeline, int64_t *numerator, int64_t *denominator);
VG_API void vg_timeline_size(const vg_timeline *timeline, int *width, int *height);
/* A grade's name or the path of a .cube file; "": none. */
VG_API const char *vg_timeline_grade(const vg_timeline *timeline);
VG_API vg_status vg_timeline_set_grade(vg_timeline *timeline, const char *grade, vg_error **error);
/* Lays music under the whole film, faded at both ends; repeated when it is shorter. */
VG_API vg_status vg_timeline_add_music(vg_timeline *timeline, const char *path, int64_t fade_in_ms, int64_t fade_out_ms,
                                       vg_error **error);
/* Captions from the text of a .srt or .vtt file. They need the embedded backend's type renderer. */
VG_API vg_status vg_timeline_add_captions(vg_timeline *timeline, const char *text, vg_error **error);

VG_API size_t vg_timeline_item_count(const vg_timeline *timeline);
/* [start, start + length) of the film shows this source, by its label. */
VG_API void vg_timeline_item(const vg_timeline *timeline, size_t index, int64_t *start, int64_t *length);
VG_API const char *vg_timeline_item_label(const vg_timeline *timeline, size_t index);

#ifdef __cplusplus
}
#endif
#endif
