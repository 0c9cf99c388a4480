/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Films in a program that has a loop of its own, as one with windows has: nothing here blocks the loop. The pipeline's
 * wakeup callback writes a byte into a pipe that the loop watches (a toolkit would post an event); the loop then takes
 * what is in the queue. Two films are made at once, told apart by their tags.
 */
#include <poll.h>
#include <stdio.h>
#include <unistd.h>
#include <vidgen.h>

static int g_pipe[2];

/* Called by a thread of the library: only tell the loop. */
static void woken(void *user) {
  (void)user;
  if (write(g_pipe[1], "!", 1) != 1) perror("write");
}

static vg_status begin(vg_pipeline *pipeline, const char *prompt, uint64_t tag, vg_error **error) {
  vg_request *request = NULL;
  vg_status status = vg_request_new(prompt, &request, error);
  if (status == VG_OK) {
    vg_request_set_duration_ms(request, 3000);
    vg_request_set_quality(request, VG_QUALITY_DRAFT);
    status = vg_pipeline_submit(pipeline, request, NULL, tag, NULL, error);
  }
  vg_request_free(request);
  return status;
}

/* What happened since the last time; gives how many films have ended. */
static int drain(vg_pipeline *pipeline, int *failed) {
  vg_event *event;
  int ended = 0;
  while ((event = vg_pipeline_wait_event(pipeline, 0)) != NULL) {
    const unsigned film = (unsigned)vg_event_tag(event);
    if (vg_event_film(event) != NULL) {
      vg_film *made = vg_event_take_film(event); /* ours now: the event may go */
      printf("film %u: %s\n", film, vg_film_path(made));
      vg_film_free(made);
      ++ended;
    } else if (vg_event_error(event) != NULL) {
      fprintf(stderr, "film %u: %s\n", film, vg_error_describe(vg_event_error(event)));
      ++*failed;
      ++ended;
    } else if (vg_event_kind_of(event) == VG_EVENT_STATUS) {
      fprintf(stderr, "film %u: %3.0f %%  %s\n", film, vg_event_fraction(event) * 100, vg_event_message(event));
    }
    vg_event_free(event);
  }
  return ended;
}

static int loop(vg_pipeline *pipeline) {
  int left = 2, failed = 0;
  while (left > 0) {
    struct pollfd watched = {g_pipe[0], POLLIN, 0};
    char bytes[64];
    if (poll(&watched, 1, 1000) > 0 && read(g_pipe[0], bytes, sizeof bytes) < 0) return 1;
    left -= drain(pipeline, &failed);
    /* … and here a window would be drawn … */
  }
  return failed > 0;
}

int main(void) {
  vg_pipeline *pipeline = NULL;
  vg_error *error = NULL;
  int code = 1;
  if (pipe(g_pipe) != 0) return 1;
  if (vg_pipeline_new(NULL, &pipeline, &error) == VG_OK) {
    vg_pipeline_set_wakeup(pipeline, woken, NULL);
    if (begin(pipeline, "a ceramic mug on a walnut desk, morning light", 1, &error) == VG_OK &&
        begin(pipeline, "a steel water bottle on a mountain trail at sunrise", 2, &error) == VG_OK)
      code = loop(pipeline);
  }
  if (error != NULL) fprintf(stderr, "%s\n", vg_error_describe(error));
  vg_error_free(error);
  vg_pipeline_free(pipeline);
  return code;
}
