/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The media engine alone, on any files: facts of a file, its quality, clips and timelines rendered to a film. No
 * pipeline, no workspace, no network, no subprocess. All functions block; any thread, any number at once. Media files are
 * hostile input: only listed containers and codecs are opened, within limits.
 */
#ifndef VIDGEN_C_MEDIA_H
#define VIDGEN_C_MEDIA_H

#include "vidgen/c/base.h"
#include "vidgen/c/timeline.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- assembling */

/* How a film is encoded. A value. vg_assemble_options_new() gives the settings of VG_QUALITY_STANDARD. */
typedef struct vg_assemble_options vg_assemble_options;
VG_API vg_status vg_assemble_options_new(vg_assemble_options **options, vg_error **error);
VG_API void vg_assemble_options_free(vg_assemble_options *options);
VG_API void vg_assemble_options_set_quality(vg_assemble_options *options, vg_quality quality);
/* An x264 preset; a rate factor from 0 to 51; threads of the encoder, 0: as many as the machine has. */
VG_API vg_status vg_assemble_options_set_preset(vg_assemble_options *options, const char *preset, vg_error **error);
VG_API void vg_assemble_options_set_crf(vg_assemble_options *options, int crf);
VG_API void vg_assemble_options_set_threads(vg_assemble_options *options, int threads);
/* 1: take the pictures as they are: whole clips of one codec, size and rate, joined by cuts. */
VG_API void vg_assemble_options_set_copy(vg_assemble_options *options, int copy);
/* Called on the rendering thread, at most ten times a second; non-zero stops: VG_E_CANCELLED, and no file is left. */
typedef int (*vg_assemble_fn)(void *user, int64_t done, int64_t total);
VG_API void vg_assemble_options_set_progress(vg_assemble_options *options, vg_assemble_fn progress, void *user);

/* Renders a timeline to an .mp4 file: H.264 and AAC. It appears under its name only when it is whole and was checked.
 * options NULL: standard. `frames` may be NULL. */
VG_API vg_status vg_assemble(const vg_timeline *timeline, const char *out, const vg_assemble_options *options,
                             int64_t *frames, vg_error **error);

/* ---- facts of a file */

typedef struct vg_media_info vg_media_info;
VG_API vg_status vg_probe(const char *path, vg_media_info **info, vg_error **error);
VG_API void vg_media_info_free(vg_media_info *info);
VG_API const char *vg_media_info_container(const vg_media_info *info);
VG_API int64_t vg_media_info_bytes(const vg_media_info *info);
/* "" where there is none. */
VG_API const char *vg_media_info_video_codec(const vg_media_info *info);
VG_API const char *vg_media_info_audio_codec(const vg_media_info *info);
VG_API const char *vg_media_info_pixel_format(const vg_media_info *info);
VG_API const char *vg_media_info_color(const vg_media_info *info);
/* As shown, after rotation. */
VG_API void vg_media_info_size(const vg_media_info *info, int *width, int *height);
VG_API int vg_media_info_rotation(const vg_media_info *info);
VG_API void vg_media_info_fps(const vg_media_info *info, int64_t *numerator, int64_t *denominator);
VG_API int vg_media_info_variable_rate(const vg_media_info *info);
VG_API int64_t vg_media_info_frames(const vg_media_info *info);
VG_API int64_t vg_media_info_duration_ms(const vg_media_info *info);
VG_API int vg_media_info_channels(const vg_media_info *info);
VG_API int vg_media_info_sample_rate(const vg_media_info *info);
/* A channel, at 48 kHz. */
VG_API int64_t vg_media_info_samples(const vg_media_info *info);

/* ---- its quality */

/* What a viewer would complain about: the whole file is decoded. */
typedef struct vg_check_report vg_check_report;
VG_API vg_status vg_check(const char *path, vg_check_report **report, vg_error **error);
VG_API void vg_check_report_free(vg_check_report *report);
VG_API int64_t vg_check_report_frames(const vg_check_report *report);
VG_API int64_t vg_check_report_samples(const vg_check_report *report);
/* LUFS, LU, dBTP. Without sound: -HUGE_VAL, 0, -HUGE_VAL. */
VG_API double vg_check_report_loudness(const vg_check_report *report);
VG_API double vg_check_report_loudness_range(const vg_check_report *report);
VG_API double vg_check_report_true_peak(const vg_check_report *report);
VG_API size_t vg_check_report_finding_count(const vg_check_report *report);
/* "black", "frozen", "flash", "silence", "length", "loudness", "peak". */
VG_API const char *vg_check_report_finding_kind(const vg_check_report *report, size_t index);
VG_API const char *vg_check_report_finding_detail(const vg_check_report *report, size_t index);
VG_API void vg_check_report_finding_time(const vg_check_report *report, size_t index, int64_t *from_ms, int64_t *to_ms);

#ifdef __cplusplus
}
#endif
#endif
