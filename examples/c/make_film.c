/* SPDX-License-Identifier: Apache-2.0 */
/* One prompt, one film, from C: cc make_film.c $(pkg-config --cflags --libs vidgen) */
#include <stdio.h>
#include <vidgen.h>

static int show(void *user, const vg_event *event) {
  (void)user;
  fprintf(stderr, "\r%3.0f %%  %s", vg_event_fraction(event) * 100, vg_event_message(event));
  return 0; /* anything else would stop the film, to be gone on with another day */
}

static vg_status make(vg_pipeline *pipeline, const char *prompt, vg_film **film, vg_error **error) {
  vg_request *request = NULL;
  vg_status status = vg_request_new(prompt, &request, error);
  if (status == VG_OK) {
    vg_request_set_duration_ms(request, 3000);
    vg_request_set_quality(request, VG_QUALITY_DRAFT);
    status = vg_pipeline_render(pipeline, request, show, NULL, film, error);
  }
  vg_request_free(request);
  return status;
}

int main(int argc, char **argv) {
  const char *prompt = argc > 1 ? argv[1] : "a ceramic mug on a walnut desk, morning light";
  vg_pipeline *pipeline = NULL;
  vg_film *film = NULL;
  vg_error *error = NULL;
  vg_status status = vg_pipeline_new(NULL, &pipeline, &error);
  if (status == VG_OK) status = make(pipeline, prompt, &film, &error);
  if (status == VG_OK)
    printf("%s\n", vg_film_path(film));
  else
    fprintf(stderr, "\n%s\n", vg_error_describe(error));
  vg_film_free(film);
  vg_error_free(error);
  vg_pipeline_free(pipeline);
  return vg_status_exit_code(status);
}
