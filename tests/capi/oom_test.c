/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Memory that runs out: oom_test CLIP. Every function of the C face that can fail, and a whole film, with the n-th
 * allocation of the calling thread failing, for n = 1, 2, 3 … until the call works. Each time: a typed error, no abort,
 * nothing lost, and the same call works afterwards with the same handles.
 *
 * malloc is replaced in this program; other threads of the library get theirs. Of what allocates much,
 * every few allocations are tried; OOM_EVERY=1 tries all, as the slow tier does.
 */
#include <errno.h>
#include <pthread.h>
#include <unistd.h>

#include "check.h"
#include "scripted.h"

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);

static __thread long t_left = -1; /* allocations until one fails; negative: none does */
static __thread long t_failed = 0;
static atomic_long g_live = 0;

static int fails(void) {
  if (t_left < 0) return 0;
  if (t_left-- > 1) return 0;
  t_left = -1;
  ++t_failed;
  errno = ENOMEM;
  return 1;
}

static void *counted(void *p) {
  if (p != NULL) atomic_fetch_add(&g_live, 1);
  return p;
}

void *malloc(size_t size) {
  return fails() ? NULL : counted(__libc_malloc(size));
}
void *calloc(size_t n, size_t size) {
  return fails() ? NULL : counted(__libc_calloc(n, size));
}
void *realloc(void *old, size_t size) {
  if (fails()) return NULL;
  if (old == NULL) return counted(__libc_realloc(old, size));
  if (size == 0) atomic_fetch_sub(&g_live, 1);
  return __libc_realloc(old, size);
}
void *memalign(size_t align, size_t size) {
  return fails() ? NULL : counted(__libc_memalign(align, size));
}
void *aligned_alloc(size_t align, size_t size) {
  return memalign(align, size);
}
int posix_memalign(void **out, size_t align, size_t size) {
  void *p = memalign(align, size);
  if (p == NULL) return ENOMEM;
  *out = p;
  return 0;
}
void free(void *p) {
  if (p != NULL) atomic_fetch_sub(&g_live, 1);
  __libc_free(p);
}

/* ---- what is called */

static const char *g_clip;
static char g_folder[256];
static vg_pipeline *g_pipeline;
static vg_request *g_request;
static vg_timeline *g_timeline;
static vg_plan *g_plan;
static char *g_json;
static scripted g_self;
static int g_round;

typedef vg_status (*call_fn)(vg_error **error);

static vg_status config(vg_error **error) {
  vg_config *made = NULL;
  scripted unused = g_self;
  const vg_status status = scripted_config(&unused, g_folder, &made, error);
  vg_config_free(made);
  return status;
}
static vg_status config_texts(vg_error **error) {
  vg_config *made = NULL;
  const char *text = "a text that is too long to be kept without an allocation";
  vg_status status = vg_config_new(&made, error);
  if (status == VG_OK) status = vg_config_set_template_folder(made, text, error);
  if (status == VG_OK) status = vg_config_set_soundfont(made, text, error);
  if (status == VG_OK) status = vg_config_set_journal_url(made, text, error);
  if (status == VG_OK) status = vg_config_set_webhook(made, text, text, error);
  vg_config_free(made);
  return status;
}
static vg_status pipeline(vg_error **error) {
  vg_pipeline *made = NULL;
  const vg_status status = vg_pipeline_new(NULL, &made, error);
  vg_pipeline_free(made);
  return status;
}
static vg_status request(vg_error **error) {
  vg_request *made = NULL;
  vg_status status = scripted_request(&made, error);
  if (status == VG_OK) status = vg_request_add_image(made, "a/path/that/is/quite/long/for/a/photograph.jpg", error);
  if (status == VG_OK) status = vg_request_set_out(made, "a/path/that/is/quite/long/for/a/film.mp4", error);
  vg_request_free(made);
  return status;
}
static vg_status request_json(vg_error **error) {
  vg_request *made = NULL;
  char *json = NULL;
  vg_status status = vg_request_json(g_request, &json, error);
  if (status == VG_OK) status = vg_request_from_json(json, &made, error);
  vg_string_free(json);
  vg_request_free(made);
  return status;
}
static vg_status plan(vg_error **error) {
  vg_plan *made = NULL;
  const vg_status status = vg_pipeline_plan(g_pipeline, g_request, &made, error);
  CHECK((status == VG_OK) == (made != NULL));
  vg_plan_free(made);
  return status;
}
static vg_status plan_json(vg_error **error) {
  vg_plan *made = NULL;
  char *json = NULL;
  vg_status status = vg_plan_json(g_plan, &json, error);
  if (status == VG_OK) status = vg_plan_from_json(json, &made, error);
  vg_string_free(json);
  vg_plan_free(made);
  return status;
}
static vg_status plan_timeline(vg_error **error) {
  vg_timeline *made = NULL;
  const vg_status status = vg_plan_timeline(g_plan, &made, error);
  vg_timeline_free(made);
  return status;
}
static vg_status plan_async(vg_error **error) {
  const vg_status status = vg_pipeline_plan_async(g_pipeline, g_request, 1, error);
  if (status == VG_OK) vg_event_free(vg_pipeline_wait_event(g_pipeline, -1));
  return status;
}
static vg_status jobs(vg_error **error) {
  vg_jobs *made = NULL;
  const vg_status status = vg_pipeline_jobs(g_pipeline, &made, error);
  vg_jobs_free(made);
  return status;
}
static vg_status ledger(vg_error **error) {
  vg_ledger *made = NULL;
  const vg_status status = vg_pipeline_ledger(g_pipeline, "known", &made, error);
  vg_ledger_free(made);
  return status;
}
static vg_status attach(vg_error **error) {
  vg_job *job = NULL;
  vg_film *film = NULL;
  vg_events *events = NULL;
  vg_status status = vg_pipeline_attach(g_pipeline, "known", 0, &job, error);
  if (status == VG_OK) status = vg_job_wait(job, -1, &film, error);
  if (status == VG_OK) status = vg_job_events(job, 0, &events, error);
  vg_events_free(events);
  vg_film_free(film);
  vg_job_free(job);
  return status;
}
static vg_status clean(vg_error **error) {
  return vg_pipeline_clean(g_pipeline, VG_KEEP_ALL, 1, NULL, NULL, error);
}
static vg_status timeline_json(vg_error **error) {
  vg_timeline *made = NULL;
  const vg_status status = vg_timeline_from_json(g_json, &made, error);
  vg_timeline_free(made);
  return status;
}
static vg_status timeline_parts(vg_error **error) {
  vg_timeline *made = NULL;
  vg_status status = vg_timeline_from_json(g_json, &made, error);
  if (status == VG_OK) status = vg_timeline_add_music(made, "a/path/that/is/quite/long/for/music.m4a", 10, 10, error);
  if (status == VG_OK)
    status = vg_timeline_add_captions(made, "1\n00:00:00,000 --> 00:00:02,000\nA caption of some length.\n", error);
  vg_timeline_free(made);
  return status;
}
static vg_status models(vg_error **error) {
  vg_models *made = NULL;
  size_t index;
  vg_status status = vg_models_load("", &made, error);
  if (status == VG_OK) status = vg_models_find(made, "wan", &index, error);
  vg_models_free(made);
  return status;
}
static vg_status set_budget(vg_error **error) {
  return vg_pipeline_set_budget(g_pipeline, "poor", 20000, error);
}
static vg_status templates(vg_error **error) {
  vg_templates *made = NULL;
  const vg_status status = vg_templates_load("", &made, error);
  vg_templates_free(made);
  return status;
}
static vg_status webhook(vg_error **error) {
  char *job = NULL;
  const char *body = "{\"id\": \"a-prediction-with-a-long-name\", \"status\": \"succeeded\"}";
  const vg_status status = vg_webhook_read("replicate", body, strlen(body), &job, NULL, error);
  vg_string_free(job);
  return status;
}
static vg_status media_probe(vg_error **error) {
  vg_media_info *info = NULL;
  const vg_status status = vg_probe(g_clip, &info, error);
  vg_media_info_free(info);
  return status;
}
/* A film from its prompt to its file, each time another one, so that nothing is there yet. */
static vg_status film(vg_error **error) {
  vg_film *made = NULL;
  vg_request_set_seed(g_request, (uint64_t)++g_round);
  const vg_status status = vg_pipeline_render(g_pipeline, g_request, NULL, NULL, &made, error);
  CHECK((status == VG_OK) == (made != NULL));
  vg_film_free(made);
  return status;
}
/* The same from an empty folder: the workspace, its journal and its threads are begun under the same conditions. */
static vg_status first_film(vg_error **error) {
  char folder[512];
  vg_config *config = NULL;
  vg_pipeline *pipeline = NULL;
  vg_film *made = NULL;
  scripted self = g_self;
  vg_status status;
  snprintf(folder, sizeof folder, "%s/%d", g_folder, ++g_round);
  status = scripted_config(&self, folder, &config, error);
  if (status == VG_OK) status = vg_pipeline_new(config, &pipeline, error);
  if (status == VG_OK) status = vg_pipeline_render(pipeline, g_request, NULL, NULL, &made, error);
  vg_film_free(made);
  vg_config_free(config);
  vg_pipeline_free(pipeline);
  return status;
}
/* A pipeline that has worked is closed: that cannot fail, so it must not need what may not be there. */
static vg_status closing(vg_error **error) {
  const long left = t_left;
  char folder[512];
  vg_config *config = NULL;
  vg_pipeline *pipeline = NULL;
  vg_jobs *jobs = NULL;
  scripted self = g_self;
  vg_status status;
  t_left = -1;
  snprintf(folder, sizeof folder, "%s/closed", g_folder);
  status = scripted_config(&self, folder, &config, error);
  if (status == VG_OK) status = vg_pipeline_new(config, &pipeline, error);
  if (status == VG_OK) status = vg_pipeline_jobs(pipeline, &jobs, error);
  vg_jobs_free(jobs);
  vg_config_free(config);
  t_left = left;
  vg_pipeline_free(pipeline);
  return status;
}

struct row {
  const char *name;
  call_fn call;
  int balanced; /* all that was allocated is freed by the end of the call */
  long stride;  /* allocations from one try to the next */
};
#define ROW(name, balanced, stride) {#name, name, balanced, stride}
static const struct row k_calls[] = {
    ROW(config, 1, 1),        ROW(config_texts, 1, 1),  ROW(pipeline, 1, 1),      ROW(request, 1, 1),
    ROW(request_json, 1, 1),  ROW(plan, 1, 11),         ROW(plan_json, 1, 7),     ROW(plan_timeline, 1, 1),
    ROW(plan_async, 0, 1),    ROW(jobs, 0, 3),          ROW(ledger, 0, 5),        ROW(attach, 0, 17),
    ROW(clean, 0, 23),        ROW(timeline_json, 1, 1), ROW(timeline_parts, 1, 1), ROW(models, 1, 47),
    ROW(templates, 1, 13),    ROW(webhook, 1, 1),       ROW(media_probe, 1, 7),   ROW(film, 0, 5),
    ROW(first_film, 0, 61),   ROW(set_budget, 0, 3), ROW(closing, 0, 1),
};

/* How many blocks the call leaves when its n-th allocation fails. */
static long left_behind(const struct row *row, long n) {
  const long before = atomic_load(&g_live);
  vg_error *error = NULL;
  t_left = n;
  (void)row->call(&error);
  t_left = -1;
  vg_error_free(error);
  return atomic_load(&g_live) - before;
}

static void starve(const struct row *row) {
  long n, most = 0;
  const long stride = getenv("OOM_EVERY") ? atol(getenv("OOM_EVERY")) : row->stride;
  CHECK(row->call(NULL) == VG_OK); /* what is made once is made now */
  for (n = 1;; n += stride) {
    vg_error *error = NULL;
    const long before = atomic_load(&g_live);
    long grown;
    vg_status status;
    t_failed = 0;
    t_left = n;
    status = row->call(&error);
    t_left = -1;
    if (status != VG_OK && error == NULL) fprintf(stderr, "%s, allocation %ld: status %d without an error\n", row->name, n, status);
    CHECK((status != VG_OK) == (error != NULL));
    if (status != VG_OK && strlen(vg_error_describe(error)) < 5) CHECK(!"an error without words");
    vg_error_free(error);
    grown = atomic_load(&g_live) - before;
    most = n;
    if (t_failed == 0) break;
    CHECK(n < 2000000);
    if (getenv("OOM_VERBOSE")) fprintf(stderr, "%s %ld: %s\n", row->name, n, vg_status_name(status));
    /* What is made once, at first use, is no leak: a leak comes again. */
    if (row->balanced && grown > 0 && left_behind(row, n) > 0 && left_behind(row, n) > 0) {
      fprintf(stderr, "%s, allocation %ld (%s): %ld blocks were not freed\n", row->name, n, vg_status_name(status), grown);
      exit(1);
    }
    if (n / stride % 16 == 0) CHECK(row->call(NULL) == VG_OK); /* usable all the while */
  }
  CHECK(row->call(NULL) == VG_OK);
  printf("%-16s %5ld allocations\n", row->name, most - 1);
  fflush(stdout);
}

int main(int argc, char **argv) {
  vg_config *made = NULL;
  vg_job *job = NULL;
  vg_film *first = NULL;
  vg_request *poor = NULL;
  const char *clips[2];
  size_t i;
  CHECK(argc >= 2);
  g_clip = clips[0] = clips[1] = argv[1];
  g_self.clip = g_clip;
  snprintf(g_folder, sizeof g_folder, "%s", "/tmp/vidgen_oom_XXXXXX");
  CHECK(mkdtemp(g_folder) != NULL);
  CHECK_OK(scripted_config(&g_self, g_folder, &made, &error));
  CHECK_OK(vg_pipeline_new(made, &g_pipeline, &error));
  vg_config_free(made);
  CHECK_OK(scripted_request(&g_request, &error));
  CHECK_OK(vg_pipeline_submit(g_pipeline, g_request, "known", 0, &job, &error));
  CHECK_OK(vg_job_wait(job, -1, &first, &error));
  vg_job_free(job);
  CHECK_OK(scripted_request(&poor, &error));
  vg_request_set_seed(poor, 77); /* another film, of which nothing is there */
  vg_request_set_budget(poor, 10000); /* too little: it waits for more */
  CHECK_OK(vg_pipeline_submit(g_pipeline, poor, "poor", 0, &job, &error));
  CHECK(vg_job_wait(job, -1, NULL, NULL) == VG_E_BUDGET);
  vg_request_free(poor);
  vg_request_set_budget(g_request, 2000000);
  CHECK_OK(vg_pipeline_plan(g_pipeline, g_request, &g_plan, &error));
  CHECK_OK(vg_timeline_of_clips(clips, 2, "fade:0.5", 320, 180, 30, 1, VG_FPS_DUPLICATE, &g_timeline, &error));
  CHECK_OK(vg_timeline_json(g_timeline, &g_json, &error));
  for (i = 0; i < sizeof k_calls / sizeof k_calls[0]; ++i)
    if (argc < 3 || strcmp(argv[2], k_calls[i].name) == 0) starve(&k_calls[i]);
  vg_string_free(g_json);
  vg_timeline_free(g_timeline);
  vg_plan_free(g_plan);
  vg_film_free(first);
  vg_job_free(job);
  vg_request_free(g_request);
  vg_pipeline_free(g_pipeline);
  {
    char command[512];
    snprintf(command, sizeof command, "rm -rf '%s'", g_folder);
    CHECK(system(command) == 0);
  }
  return 0;
}
