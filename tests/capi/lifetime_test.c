/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Loaded, used, unloaded, twenty times: lifetime_test LIBRARY. Afterwards no thread, no descriptor, no child and no
 * temporary file of the library is left, and memory is flat.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <limits.h>
#include <malloc.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vidgen.h>

#include "check.h"

static int entries(const char *folder) {
  DIR *dir = opendir(folder);
  int n = 0;
  CHECK(dir != NULL);
  while (readdir(dir) != NULL) ++n;
  closedir(dir);
  return n;
}

/* Without what glibc keeps for later: on a busy machine it makes more arenas as threads meet, which is no loss. */
static long resident_kb(void) {
  FILE *file = fopen("/proc/self/statm", "r");
  long pages = 0, resident = 0;
  malloc_trim(0);
  CHECK(file != NULL && fscanf(file, "%ld %ld", &pages, &resident) == 2);
  fclose(file);
  return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

#define LOAD(name)                                \
  __typeof__(&name) p_##name;                     \
  *(void **)&p_##name = dlsym(library, #name);    \
  CHECK(p_##name != NULL)

static void one_life(const char *path, const char *clip, const char *folder, int round) {
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  const char *clips[2];
  char out[512];
  vg_timeline *timeline = NULL;
  vg_pipeline *pipeline = NULL;
  vg_config *config = NULL;
  vg_request *request = NULL;
  vg_jobs *jobs = NULL;
  vg_plan *plan = NULL;
  if (library == NULL) fprintf(stderr, "%s\n", dlerror());
  CHECK(library != NULL);
  {
    LOAD(vg_config_new);
    LOAD(vg_config_set_workspace);
    LOAD(vg_config_free);
    LOAD(vg_pipeline_new);
    LOAD(vg_pipeline_free);
    LOAD(vg_pipeline_plan);
    LOAD(vg_pipeline_plan_async);
    LOAD(vg_pipeline_wait_event);
    LOAD(vg_pipeline_jobs);
    LOAD(vg_jobs_free);
    LOAD(vg_event_free);
    LOAD(vg_plan_free);
    LOAD(vg_request_new);
    LOAD(vg_request_free);
    LOAD(vg_timeline_of_clips);
    LOAD(vg_timeline_free);
    LOAD(vg_assemble);
    snprintf(out, sizeof out, "%s/films", folder);
    CHECK(p_vg_config_new(&config, NULL) == VG_OK);
    CHECK(p_vg_config_set_workspace(config, out, NULL) == VG_OK);
    CHECK(p_vg_pipeline_new(config, &pipeline, NULL) == VG_OK);
    CHECK(p_vg_request_new("a ceramic mug on a walnut desk, 5 seconds", &request, NULL) == VG_OK);
    CHECK(p_vg_pipeline_plan(pipeline, request, &plan, NULL) == VG_OK);
    CHECK(p_vg_pipeline_plan_async(pipeline, request, 1, NULL) == VG_OK); /* the pool, and its threads */
    p_vg_event_free(p_vg_pipeline_wait_event(pipeline, -1));
    CHECK(p_vg_pipeline_jobs(pipeline, &jobs, NULL) == VG_OK); /* the journal, and its thread */
    clips[0] = clips[1] = clip;
    CHECK(p_vg_timeline_of_clips(clips, 2, "fade:0.5", 160, 90, 24, 1, VG_FPS_DUPLICATE, &timeline, NULL) == VG_OK);
    snprintf(out, sizeof out, "%s/out-%d.mp4", folder, round);
    CHECK(p_vg_assemble(timeline, out, NULL, NULL, NULL) == VG_OK); /* the encoder, and its threads */
    CHECK(unlink(out) == 0);
    p_vg_timeline_free(timeline);
    p_vg_jobs_free(jobs);
    p_vg_plan_free(plan);
    p_vg_request_free(request);
    p_vg_pipeline_free(pipeline);
    p_vg_config_free(config);
  }
  CHECK(dlclose(library) == 0);
}

/* A thread that ends stays in /proc for a moment after it was joined. */
static int threads(void) {
  int tries, now = 0;
  for (tries = 0; tries < 200; ++tries) {
    now = entries("/proc/self/task");
    if (now == 3) break;
    usleep(10000);
  }
  return now;
}

int main(int argc, char **argv) {
  char folder[] = "/tmp/vidgen_life_XXXXXX", command[512];
  int round, descriptors = 0, files = 0;
  /* The least of six lives each: with many threads at once glibc gives 10 MB back a life or two late. */
  long early = LONG_MAX, late = LONG_MAX, now;
  CHECK(argc == 3);
  CHECK(mkdtemp(folder) != NULL);
  for (round = 0; round < 20; ++round) {
    one_life(argv[1], argv[2], folder, round);
    now = resident_kb();
    if (round >= 2 && round < 8 && now < early) early = now;
    if (round >= 14 && now < late) late = now;
    if (round == 0) descriptors = entries("/proc/self/fd"), files = entries(folder);
    CHECK(entries("/proc/self/fd") == descriptors);
    CHECK(entries(folder) == files);
    CHECK(threads() == 3); /* ".", ".." and this one */
    CHECK(waitpid(-1, NULL, WNOHANG) == -1);
  }
  printf("20 lives: %d descriptors, 1 thread, %ld kB then, %ld kB now\n", descriptors - 3, early, late);
  CHECK(late < early + 12288); /* a megabyte a life */
  snprintf(command, sizeof command, "rm -rf '%s'", folder);
  CHECK(system(command) == 0);
  return 0;
}
