/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A backend in C: films are made of clips that lie in a folder of yours. A "job" there is a copy of the next clip, which
 * is done at once; a backend that talks to a service answers its calls later, from any thread.
 *
 *     own_backend CLIP.mp4 [CLIP.mp4 …]
 *
 * What the clips are like is said in stock/stock.json, a model of the provider "stock".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vidgen.h>

typedef struct stock {
  char **clips;
  unsigned count;
} stock;

/* The job's id says which clip it is. It is made of the attempt's seed, so that the same attempt is the same job: one whose
 * answer was lost can be found again. */
static void create(void *user, const vg_generation *generation, vg_call *call) {
  const stock *shelf = user;
  char id[32];
  snprintf(id, sizeof id, "clip-%u", (unsigned)(vg_generation_seed(generation) % shelf->count));
  vg_call_job(call, id, VG_REMOTE_SUCCEEDED, 1, 0, NULL);
}

static void get(void *user, const char *id, vg_call *call) {
  (void)user;
  vg_call_job(call, id, VG_REMOTE_SUCCEEDED, 1, 0, NULL);
}

static void fetch(void *user, const char *id, vg_call *call) {
  const stock *shelf = user;
  const unsigned n = (unsigned)strtoul(id + strlen("clip-"), NULL, 10);
  if (vg_call_add_file(call, shelf->clips[n % shelf->count], "video/mp4") == VG_OK)
    vg_call_done(call);
  else
    vg_call_fail(call, VG_E_FILE_MISSING, "a clip of the shelf cannot be read");
}

static void cancel(void *user, const char *id, vg_call *call) {
  (void)user;
  (void)id;
  vg_call_done(call);
}

static vg_status make(const stock *shelf, vg_film **film, vg_error **error) {
  vg_backend backend;
  vg_config *config = NULL;
  vg_pipeline *pipeline = NULL;
  vg_request *request = NULL;
  vg_status status;
  memset(&backend, 0, sizeof backend);
  backend.size = sizeof backend;
  backend.user = (void *)shelf;
  backend.name = "stock";
  backend.reconcile = VG_RECONCILE_NATIVE_KEY;
  backend.create = create;
  backend.get = get;
  backend.fetch = fetch;
  backend.cancel = cancel;
  backend.find = create; /* the same attempt gives the same job */
  status = vg_config_new(&config, error);
  if (status == VG_OK) status = vg_config_set_model_folder(config, STOCK_MODELS, error);
  if (status == VG_OK) status = vg_config_add_backend(config, &backend, error);
  if (status == VG_OK) status = vg_pipeline_new(config, &pipeline, error);
  if (status == VG_OK) status = vg_request_new("a ceramic mug on a walnut desk, without music", &request, error);
  if (status == VG_OK) status = vg_request_set_model(request, "stock-clips", error);
  if (status == VG_OK) {
    vg_request_set_duration_ms(request, 6000);
    vg_request_set_quality(request, VG_QUALITY_DRAFT);
    vg_request_set_continuity(request, VG_CONTINUITY_NONE, 0);
    status = vg_pipeline_render(pipeline, request, NULL, NULL, film, error);
  }
  vg_request_free(request);
  vg_pipeline_free(pipeline);
  vg_config_free(config);
  return status;
}

int main(int argc, char **argv) {
  stock shelf;
  vg_film *film = NULL;
  vg_error *error = NULL;
  int code = 0;
  if (argc < 2) {
    fprintf(stderr, "usage: own_backend CLIP.mp4 [CLIP.mp4 ...]\n");
    return 2;
  }
  shelf.clips = argv + 1;
  shelf.count = (unsigned)(argc - 1);
  code = vg_status_exit_code(make(&shelf, &film, &error));
  if (film != NULL)
    printf("%s\n", vg_film_path(film));
  else
    fprintf(stderr, "%s\n", vg_error_describe(error));
  vg_film_free(film);
  vg_error_free(error);
  return code;
}
