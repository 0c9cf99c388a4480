/* SPDX-License-Identifier: Apache-2.0 */
/* What a pipeline works with. A value: copied by vg_pipeline_new(), free to be changed or freed afterwards. */
#ifndef VIDGEN_C_CONFIG_H
#define VIDGEN_C_CONFIG_H

#include "vidgen/c/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct vg_config vg_config;
struct vg_log;
struct vg_clock;
struct vg_transport;
struct vg_store;
struct vg_journal;
struct vg_backend;

/* As the environment says (VIDGEN_WORKSPACE, VIDGEN_BUDGET, REPLICATE_API_TOKEN …), never a file; with the embedded
 * backend, which is loaded when something is first made with it. The caller frees it. */
VG_API vg_status vg_config_new(vg_config **config, vg_error **error);
VG_API void vg_config_free(vg_config *config);

/* Folder of journal, store and films; made when missing. "films" unless set. */
VG_API vg_status vg_config_set_workspace(vg_config *config, const char *folder, vg_error **error);
VG_API const char *vg_config_workspace(const vg_config *config);
/* A PostgreSQL database for the journal, where several machines share the folder: a URL, postgresql://user@host/database,
 * or a libpq connection string; "": SQLite in the workspace. VG_E_UNSUPPORTED when it is first used: no libpq. */
VG_API vg_status vg_config_set_journal_url(vg_config *config, const char *url, vg_error **error);
VG_API const char *vg_config_journal_url(const vg_config *config);
/* Micro-dollars a job may spend when its request does not say; negative: nothing is set, and nothing is bought. */
VG_API void vg_config_set_budget(vg_config *config, int64_t micros);
VG_API int64_t vg_config_budget(const vg_config *config);
/* Beside the job's own: what all jobs of the workspace may come to, and those of one day (UTC). Negative: no limit. */
VG_API void vg_config_set_budget_per_account(vg_config *config, int64_t micros);
VG_API int64_t vg_config_budget_per_account(const vg_config *config);
VG_API void vg_config_set_budget_per_day(vg_config *config, int64_t micros);
VG_API int64_t vg_config_budget_per_day(const vg_config *config);
/* Threads of the pool, 1 to 256; 0: as many as the machine has. */
VG_API void vg_config_set_threads(vg_config *config, int threads);
/* Folders that override the built-in templates and models by name; "": none. */
VG_API vg_status vg_config_set_template_folder(vg_config *config, const char *folder, vg_error **error);
VG_API vg_status vg_config_set_model_folder(vg_config *config, const char *folder, vg_error **error);
/* An .sf2 or .sf3 file for the composer; "": the best that is installed. */
VG_API vg_status vg_config_set_soundfont(vg_config *config, const char *path, vg_error **error);
/* The language model that reads prompts; "": the default one where its provider can be used; "rules": none. */
VG_API vg_status vg_config_set_language_model(vg_config *config, const char *model, vg_error **error);
/* For hosts that providers can reach: an https URL, and the secret of what arrives there ("whsec_…"). */
VG_API vg_status vg_config_set_webhook(vg_config *config, const char *url, const char *secret, vg_error **error);

/* Parts of the host's own; see host.h and backend.h. Each struct is copied; its `user` is not. NULL puts the built-in
 * part back. A backend replaces one of the same name. */
VG_API vg_status vg_config_set_log(vg_config *config, const struct vg_log *log, vg_error **error);
VG_API vg_status vg_config_set_clock(vg_config *config, const struct vg_clock *clock, vg_error **error);
VG_API vg_status vg_config_set_transport(vg_config *config, const struct vg_transport *transport, vg_error **error);
VG_API vg_status vg_config_set_store(vg_config *config, const struct vg_store *store, vg_error **error);
VG_API vg_status vg_config_set_journal(vg_config *config, const struct vg_journal *journal, vg_error **error);
VG_API vg_status vg_config_add_backend(vg_config *config, const struct vg_backend *backend, vg_error **error);

#ifdef __cplusplus
}
#endif
#endif
