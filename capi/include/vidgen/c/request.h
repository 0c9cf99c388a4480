/* SPDX-License-Identifier: Apache-2.0 */
/* What the caller wants. A value; nothing is checked until it is planned or submitted, except words that are none. */
#ifndef VIDGEN_C_REQUEST_H
#define VIDGEN_C_REQUEST_H

#include "vidgen/c/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct vg_request vg_request;

/* What a clip starts from; see docs/concepts. */
typedef enum vg_continuity {
  VG_CONTINUITY_BEAT = 0, /* one chain a beat, beats in parallel (the default) */
  VG_CONTINUITY_TAKE = 1, /* one chain for the whole film */
  VG_CONTINUITY_HYBRID = 2, /* the first clip alone, all others from its last frame */
  VG_CONTINUITY_BATCH = 3,  /* the first N in sequence, the rest in parallel */
  VG_CONTINUITY_NONE = 4,   /* every clip from its own picture */
  VG_CONTINUITY_ANCHORED = 5 /* every clip between a first and a last picture */
} vg_continuity;

typedef enum vg_quality { VG_QUALITY_DRAFT = 0, VG_QUALITY_STANDARD = 1, VG_QUALITY_FINAL = 2 } vg_quality;

/* How a source's frame rate becomes the film's. */
typedef enum vg_fps_mode {
  VG_FPS_DUPLICATE = 0,
  VG_FPS_INTERPOLATE = 1, /* refused until it is there */
  VG_FPS_NATIVE = 2
} vg_fps_mode;

/* What happens when a paid request may or may not have been accepted. */
typedef enum vg_on_ambiguous {
  VG_AMBIGUOUS_ASK = 0,
  VG_AMBIGUOUS_RETRY = 1,
  VG_AMBIGUOUS_FAIL = 2
} vg_on_ambiguous;

/* `prompt`: 10 to 1000 characters after cleaning. The caller frees the request. */
VG_API vg_status vg_request_new(const char *prompt, vg_request **request, vg_error **error);
/* From "vidgen.request/1". Keys that are not known are refused. */
VG_API vg_status vg_request_from_json(const char *json, vg_request **request, vg_error **error);
VG_API void vg_request_free(vg_request *request);
/* The caller's; the same request gives the same bytes. */
VG_API vg_status vg_request_json(const vg_request *request, char **json, vg_error **error);

VG_API const char *vg_request_prompt(const vg_request *request);
VG_API vg_status vg_request_set_prompt(vg_request *request, const char *prompt, vg_error **error);
/* A template's name; "": chosen from the prompt. */
VG_API const char *vg_request_template(const vg_request *request);
VG_API vg_status vg_request_set_template(vg_request *request, const char *name, vg_error **error);
/* The film's length, which wins over prompt and template; 0: theirs. */
VG_API int64_t vg_request_duration_ms(const vg_request *request);
VG_API void vg_request_set_duration_ms(vg_request *request, int64_t ms);
/* Pixels; wins over the aspect. 0, 0: as the aspect and the template say. */
VG_API void vg_request_size(const vg_request *request, int *width, int *height);
VG_API void vg_request_set_size(vg_request *request, int width, int height);
/* "16:9", "9:16", "1:1", "4:5", "21:9"; "": the template's. */
VG_API const char *vg_request_aspect(const vg_request *request);
VG_API vg_status vg_request_set_aspect(vg_request *request, const char *aspect, vg_error **error);
/* Frames a second of the film; 0, 0: 30, or the template's. VG_E_INVALID_ARGUMENT for a denominator below 1. */
VG_API void vg_request_fps(const vg_request *request, int64_t *numerator, int64_t *denominator);
VG_API vg_status vg_request_set_fps(vg_request *request, int64_t numerator, int64_t denominator, vg_error **error);
VG_API vg_fps_mode vg_request_fps_mode(const vg_request *request);
VG_API void vg_request_set_fps_mode(vg_request *request, vg_fps_mode mode);
/* The user's photographs, by path, at most 8; they are copied when the request is submitted. */
VG_API vg_status vg_request_add_image(vg_request *request, const char *path, vg_error **error);
VG_API size_t vg_request_image_count(const vg_request *request);
VG_API const char *vg_request_image(const vg_request *request, size_t index);
/* "auto", "local", or a provider's name. */
VG_API const char *vg_request_backend(const vg_request *request);
VG_API vg_status vg_request_set_backend(vg_request *request, const char *name, vg_error **error);
/* The clip model; implies its backend. "": the default one. */
VG_API const char *vg_request_model(const vg_request *request);
VG_API vg_status vg_request_set_model(vg_request *request, const char *name, vg_error **error);
/* `batch` counts for VG_CONTINUITY_BATCH only. */
VG_API vg_continuity vg_request_continuity(const vg_request *request, int *batch);
VG_API void vg_request_set_continuity(vg_request *request, vg_continuity continuity, int batch);
VG_API vg_quality vg_request_quality(const vg_request *request);
VG_API void vg_request_set_quality(vg_request *request, vg_quality quality);
/* Override what the quality sets: an x264 preset ("": the quality's), a rate factor from 0 to 51 (-1: the quality's). */
VG_API const char *vg_request_preset(const vg_request *request);
VG_API vg_status vg_request_set_preset(vg_request *request, const char *preset, vg_error **error);
VG_API int vg_request_crf(const vg_request *request);
VG_API void vg_request_set_crf(vg_request *request, int crf);
/* A grade's name, or the path of a .cube file; "": the template's. */
VG_API const char *vg_request_grade(const vg_request *request);
VG_API vg_status vg_request_set_grade(vg_request *request, const char *grade, vg_error **error);
/* The user's own music instead of composed music; "": composed. It is fitted to the film at its bars. */
VG_API const char *vg_request_music(const vg_request *request);
VG_API vg_status vg_request_set_music(vg_request *request, const char *path, vg_error **error);
/* 1: the film's cuts stand on beats of the music; 0 unless set. */
VG_API int vg_request_cut_to_beat(const vg_request *request);
VG_API void vg_request_set_cut_to_beat(vg_request *request, int cut_to_beat);
/* 1: the composed music's parts too, as WAV files beside the film (vg_film_stem); 0 unless set. */
VG_API int vg_request_stems(const vg_request *request);
VG_API void vg_request_set_stems(vg_request *request, int stems);
/* Words in the picture; 1 unless set. */
VG_API int vg_request_captions(const vg_request *request);
VG_API void vg_request_set_captions(vg_request *request, int captions);
/* Micro-dollars this job may spend; negative: the config's. Nothing is bought without a budget. */
VG_API int64_t vg_request_budget(const vg_request *request);
VG_API void vg_request_set_budget(vg_request *request, int64_t micros);
VG_API vg_on_ambiguous vg_request_on_ambiguous(const vg_request *request);
VG_API void vg_request_set_on_ambiguous(vg_request *request, vg_on_ambiguous what);
/* The same request and seed give the same film. has_seed 0: the workspace's. */
VG_API uint64_t vg_request_seed(const vg_request *request, int *has_seed);
VG_API void vg_request_set_seed(vg_request *request, uint64_t seed);
/* Where the finished film is copied to; "": it stays in the workspace. */
VG_API const char *vg_request_out(const vg_request *request);
VG_API vg_status vg_request_set_out(vg_request *request, const char *path, vg_error **error);

#ifdef __cplusplus
}
#endif
#endif
