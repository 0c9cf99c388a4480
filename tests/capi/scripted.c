/* SPDX-License-Identifier: Apache-2.0 */
#include "scripted.h"

#include <stdio.h>
#include <string.h>

static void create(void *user, const vg_generation *generation, vg_call *call) {
  scripted *self = user;
  char id[64];
  if (self->refusal != NULL) {
    vg_call_fail(call, VG_E_INPUT_REFUSED, self->refusal);
    return;
  }
  snprintf(id, sizeof id, "job-%d-%u", atomic_fetch_add(&self->created, 1), (unsigned)vg_generation_seed(generation));
  vg_call_job(call, id, self->holds ? VG_REMOTE_RUNNING : VG_REMOTE_SUCCEEDED, self->holds ? 0.5 : 1, 100000, NULL);
}

static void get(void *user, const char *id, vg_call *call) {
  scripted *self = user;
  const int ended = atomic_load(&self->cancelled) > 0;
  const int question = atomic_fetch_add(&self->asked, 1);
  if (self->silent)
    atomic_store(&self->unanswered[question], call);
  else if (self->holds)
    vg_call_job(call, id, ended ? VG_REMOTE_CANCELLED : VG_REMOTE_RUNNING, 0.5, -1, NULL);
  else
    vg_call_job(call, id, VG_REMOTE_SUCCEEDED, 1, 100000, NULL);
}

static void fetch(void *user, const char *id, vg_call *call) {
  scripted *self = user;
  vg_status status;
  (void)id;
  atomic_fetch_add(&self->fetched, 1);
  status = vg_call_add_file(call, self->clip, "video/mp4");
  if (status == VG_OK)
    vg_call_done(call);
  else
    vg_call_fail(call, status, "the clip cannot be stored");
}

static void cancel(void *user, const char *id, vg_call *call) {
  (void)id;
  atomic_fetch_add(&((scripted *)user)->cancelled, 1);
  vg_call_done(call);
}

static void find(void *user, const vg_generation *generation, vg_call *call) {
  (void)user;
  (void)generation;
  vg_call_done(call); /* there is no such job */
}

static void destroy(void *user) {
  atomic_fetch_add(&((scripted *)user)->destroyed, 1);
}

vg_backend scripted_backend(scripted *self) {
  vg_backend backend;
  memset(&backend, 0, sizeof backend);
  backend.size = sizeof backend;
  backend.user = self;
  backend.name = "scripted";
  backend.reconcile = VG_RECONCILE_CLIENT_ID;
  backend.create = create;
  backend.get = get;
  backend.fetch = fetch;
  backend.cancel = cancel;
  backend.find = find;
  backend.destroy = destroy;
  return backend;
}

vg_status scripted_config(scripted *self, const char *workspace, vg_config **config, vg_error **error) {
  const vg_backend backend = scripted_backend(self);
  vg_config *made = NULL;
  vg_status status = vg_config_new(&made, error);
  if (status == VG_OK) status = vg_config_set_workspace(made, workspace, error);
  if (status == VG_OK) status = vg_config_set_model_folder(made, TEST_MODELS, error);
  if (status == VG_OK) status = vg_config_set_language_model(made, "rules", error);
  if (status == VG_OK) status = vg_config_add_backend(made, &backend, error);
  if (status == VG_OK) {
    vg_config_set_threads(made, 2);
    *config = made;
    return VG_OK;
  }
  vg_config_free(made);
  *config = NULL;
  return status;
}

vg_status scripted_request(vg_request **request, vg_error **error) {
  vg_status status = vg_request_new("a ceramic mug on a walnut desk, no music", request, error);
  if (status != VG_OK) return status;
  vg_request_set_duration_ms(*request, 5000);
  vg_request_set_size(*request, 320, 180);
  vg_request_set_quality(*request, VG_QUALITY_DRAFT);
  vg_request_set_continuity(*request, VG_CONTINUITY_NONE, 0);
  vg_request_set_captions(*request, 0);
  vg_request_set_budget(*request, 2000000);
  status = vg_request_set_model(*request, "scripted-clips", error);
  if (status == VG_OK) return VG_OK;
  vg_request_free(*request);
  *request = NULL;
  return status;
}
