/* SPDX-License-Identifier: Apache-2.0 */
/* The C face as a host in C uses it: capi_test CLIP [what]. Each test is one promise of a header. */
#include <math.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "scripted.h"

static const char *g_clip;
static char g_folder[256];

static const char *folder(const char *name) {
  static char path[512];
  snprintf(path, sizeof path, "%s/%s", g_folder, name);
  return path;
}

static scripted fresh(void) {
  scripted one;
  memset(&one, 0, sizeof one);
  one.clip = g_clip;
  return one;
}

static vg_pipeline *pipeline_for(scripted *self, const char *name) {
  vg_config *config = NULL;
  vg_pipeline *pipeline = NULL;
  CHECK_OK(scripted_config(self, folder(name), &config, &error));
  CHECK_OK(vg_pipeline_new(config, &pipeline, &error));
  vg_config_free(config);
  return pipeline;
}

static vg_request *request_of_five_seconds(void) {
  vg_request *request = NULL;
  CHECK_OK(scripted_request(&request, &error));
  return request;
}

/* ---- values */

static void versions_and_statuses(void) {
  CHECK(vg_version_number() == VG_VERSION_MAJOR * 1000000 + VG_VERSION_MINOR * 1000 + VG_VERSION_PATCH);
  CHECK(strlen(vg_version()) >= 5);
  CHECK_TEXT(vg_status_name(VG_OK), "ok");
  CHECK_TEXT(vg_status_name(VG_E_INPUT_REFUSED), "input_refused");
  CHECK_TEXT(vg_status_name((vg_status)4711), "unknown");
  CHECK(vg_status_exit_code(VG_E_BUDGET) == 5 && vg_status_exit_code(VG_OK) == 0);
  CHECK_TEXT(vg_job_status_name(VG_JOB_GENERATING_CHUNKS), "generating_chunks");
}

static void requests_keep_what_is_set(void) {
  vg_request *a = NULL, *b = NULL;
  char *json = NULL;
  int width = 0, height = 0, batch = 0, has_seed = 0;
  int64_t num = 0, den = 0;
  CHECK_OK(vg_request_new("a ceramic mug on a walnut desk", &a, &error));
  vg_request_set_duration_ms(a, 12500);
  vg_request_set_size(a, 1080, 1920);
  vg_request_set_quality(a, VG_QUALITY_FINAL);
  vg_request_set_continuity(a, VG_CONTINUITY_BATCH, 4);
  vg_request_set_budget(a, 1230000);
  vg_request_set_on_ambiguous(a, VG_AMBIGUOUS_FAIL);
  vg_request_set_seed(a, 77);
  vg_request_set_crf(a, 30);
  vg_request_set_captions(a, 0);
  CHECK(vg_request_cut_to_beat(a) == 0 && vg_request_stems(a) == 0);
  vg_request_set_cut_to_beat(a, 1);
  vg_request_set_stems(a, 1);
  CHECK_OK(vg_request_set_fps(a, 30000, 1001, &error));
  CHECK_OK(vg_request_set_model(a, "wan", &error));
  CHECK_OK(vg_request_set_grade(a, "cinematic_warm", &error));
  CHECK_OK(vg_request_add_image(a, "photo.jpg", &error));
  CHECK_FAILS(vg_request_set_fps(a, 30, 0, &error), VG_E_INVALID_ARGUMENT, "denominator");
  CHECK_OK(vg_request_json(a, &json, &error));
  CHECK_OK(vg_request_from_json(json, &b, &error));
  CHECK(vg_request_duration_ms(b) == 12500);
  vg_request_size(b, &width, &height);
  CHECK(width == 1080 && height == 1920);
  vg_request_fps(b, &num, &den);
  CHECK(num == 30000 && den == 1001);
  CHECK(vg_request_quality(b) == VG_QUALITY_FINAL);
  CHECK(vg_request_continuity(b, &batch) == VG_CONTINUITY_BATCH && batch == 4);
  CHECK(vg_request_budget(b) == 1230000 && vg_request_on_ambiguous(b) == VG_AMBIGUOUS_FAIL);
  CHECK(vg_request_seed(b, &has_seed) == 77 && has_seed == 1);
  CHECK(vg_request_crf(b) == 30 && vg_request_captions(b) == 0);
  CHECK(vg_request_cut_to_beat(b) == 1 && vg_request_stems(b) == 1);
  CHECK_TEXT(vg_request_prompt(b), "a ceramic mug on a walnut desk");
  CHECK_TEXT(vg_request_model(b), "wan");
  CHECK_TEXT(vg_request_grade(b), "cinematic_warm");
  CHECK(vg_request_image_count(b) == 1);
  CHECK_TEXT(vg_request_image(b, 0), "photo.jpg");
  CHECK_TEXT(vg_request_image(b, 9), "");
  vg_request_free(b);
  CHECK_FAILS(vg_request_from_json("{", &b, &error), VG_E_JSON_INVALID, "");
  CHECK(b == NULL);
  CHECK_FAILS(vg_request_from_json(NULL, &b, &error), VG_E_INVALID_ARGUMENT, "json");
  vg_string_free(json);
  vg_request_free(a);
}

static void plans_say_what_a_film_costs(void) {
  scripted self = fresh();
  vg_pipeline *pipeline = pipeline_for(&self, "plans");
  vg_request *request = request_of_five_seconds();
  vg_plan *plan = NULL, *again = NULL;
  vg_timeline *timeline = NULL;
  char *json = NULL;
  int64_t start = -1, length = 0, bought = 0, sum = 0;
  size_t i;
  CHECK_OK(vg_pipeline_plan(pipeline, request, &plan, &error));
  CHECK(vg_plan_frames(plan) == 150);
  CHECK_TEXT(vg_plan_model(plan), "scripted-clips");
  CHECK_TEXT(vg_plan_continuity(plan), "none");
  CHECK(vg_plan_clip_count(plan) >= 1);
  CHECK(vg_plan_cost_likely(plan) == (int64_t)vg_plan_clip_count(plan) * 100000);
  CHECK(vg_plan_cost_least(plan) <= vg_plan_cost_likely(plan) && vg_plan_cost_likely(plan) <= vg_plan_cost_most(plan));
  CHECK(vg_plan_eta_ms(plan) > 0);
  vg_plan_clip(plan, 0, &start, &length, &bought);
  CHECK(start == 0 && length > 0 && bought == 5000);
  for (i = 0; i < vg_plan_step_count(plan); ++i) {
    CHECK(vg_plan_step_id(plan, i)[0] != '\0' && vg_plan_step_kind(plan, i)[0] != '\0');
    CHECK(vg_plan_step_phase(plan, i) >= 1 && vg_plan_step_phase(plan, i) <= 6);
    sum += vg_plan_step_cost_likely(plan, i);
  }
  CHECK(sum == vg_plan_cost_likely(plan));
  CHECK_TEXT(vg_plan_step_id(plan, 9999), "");
  CHECK_OK(vg_plan_json(plan, &json, &error));
  CHECK_OK(vg_plan_from_json(json, &again, &error));
  CHECK(vg_plan_cost_most(again) == vg_plan_cost_most(plan));
  CHECK_OK(vg_plan_timeline(plan, &timeline, &error));
  CHECK(vg_timeline_frames(timeline) == 150 && vg_timeline_item_count(timeline) == vg_plan_clip_count(plan));
  CHECK(atomic_load(&self.created) == 0);
  vg_timeline_free(timeline);
  vg_string_free(json);
  vg_plan_free(again);
  vg_plan_free(plan);
  vg_request_free(request);
  vg_pipeline_free(pipeline);
  CHECK(atomic_load(&self.destroyed) == 1);
}

static void a_plan_does_not_have_to_block(void) {
  scripted self = fresh();
  vg_pipeline *pipeline = pipeline_for(&self, "plans");
  vg_request *request = request_of_five_seconds();
  vg_event *event;
  vg_plan *plan;
  CHECK_OK(vg_pipeline_plan_async(pipeline, request, 42, &error));
  event = vg_pipeline_wait_event(pipeline, -1);
  CHECK(event != NULL && vg_event_kind_of(event) == VG_EVENT_PLANNED && vg_event_tag(event) == 42);
  CHECK(vg_event_plan(event) != NULL && vg_event_error(event) == NULL && vg_event_film(event) == NULL);
  plan = vg_event_take_plan(event);
  CHECK(plan != NULL && vg_event_take_plan(event) == NULL);
  vg_event_free(event);
  CHECK(vg_plan_frames(plan) == 150);
  vg_plan_free(plan);
  CHECK_OK(vg_request_set_prompt(request, "x", &error));
  CHECK_OK(vg_pipeline_plan_async(pipeline, request, 43, &error));
  event = vg_pipeline_wait_event(pipeline, -1);
  CHECK(vg_event_tag(event) == 43 && vg_error_code(vg_event_error(event)) == VG_E_INPUT_REFUSED);
  vg_event_free(event);
  vg_request_free(request);
  vg_pipeline_free(pipeline);
}

/* ---- films */

static int count_events(void *user, const vg_event *event) {
  double *last = user;
  CHECK(vg_event_fraction(event) >= *last);
  *last = vg_event_fraction(event);
  return 0;
}

static void films_are_made_by_a_backend_in_c(void) {
  scripted self = fresh();
  vg_pipeline *pipeline = pipeline_for(&self, "films");
  vg_request *request = request_of_five_seconds();
  vg_film *film = NULL;
  vg_ledger *ledger = NULL;
  vg_media_info *info = NULL;
  double fraction = 0;
  int width = 0, height = 0;
  CHECK_OK(vg_pipeline_render(pipeline, request, count_events, &fraction, &film, &error));
  CHECK(fraction == 1.0);
  CHECK(vg_film_frames(film) == 150 && vg_film_reused(film) == 0);
  CHECK_TEXT(vg_film_backend(film), "scripted");
  CHECK_TEXT(vg_film_model(film), "scripted-clips");
  vg_film_size(film, &width, &height);
  CHECK(width == 320 && height == 180);
  CHECK(strlen(vg_film_sha256(film)) == 64);
  CHECK(vg_film_cost(film) == (int64_t)atomic_load(&self.created) * 100000 && atomic_load(&self.created) > 0);
  CHECK(atomic_load(&self.created) == atomic_load(&self.fetched));
  CHECK(access(vg_film_path(film), R_OK) == 0 && access(vg_film_report(film), R_OK) == 0);
  CHECK_OK(vg_probe(vg_film_path(film), &info, &error));
  CHECK(vg_media_info_frames(info) == 150);
  CHECK_TEXT(vg_media_info_video_codec(info), "h264");
  CHECK_OK(vg_pipeline_ledger(pipeline, vg_film_job(film), &ledger, &error));
  CHECK(vg_ledger_spent(ledger) == vg_film_cost(film) && vg_ledger_reserved(ledger) == 0);
  CHECK((int)vg_ledger_count(ledger) == atomic_load(&self.created));
  CHECK_TEXT(vg_ledger_provider(ledger, 0), "scripted");
  CHECK(strncmp(vg_ledger_provider_id(ledger, 0), "job-", 4) == 0);
  vg_ledger_free(ledger);
  vg_media_info_free(info);
  vg_film_free(film);
  /* The same again costs nothing and asks nobody. */
  CHECK_OK(vg_pipeline_render(pipeline, request, NULL, NULL, &film, &error));
  CHECK(vg_film_reused(film) == 1 && vg_film_cost(film) == 0);
  CHECK(atomic_load(&self.created) == atomic_load(&self.fetched));
  vg_film_free(film);
  vg_request_free(request);
  vg_pipeline_free(pipeline);
  CHECK(atomic_load(&self.destroyed) == 1);
}

static void jobs_tell_their_events_in_order(void) {
  scripted self = fresh();
  vg_pipeline *pipeline = pipeline_for(&self, "events");
  vg_request *request = request_of_five_seconds();
  vg_job *job = NULL;
  vg_event *event = NULL;
  vg_events *all = NULL;
  vg_film *film = NULL;
  vg_jobs *jobs = NULL;
  int64_t seq = 0;
  size_t n = 0;
  CHECK_OK(vg_pipeline_submit(pipeline, request, "my-job", 7, &job, &error));
  CHECK_TEXT(vg_job_id(job), "my-job");
  for (;;) {
    event = vg_pipeline_wait_event(pipeline, -1);
    CHECK(event != NULL && vg_event_tag(event) == 7);
    CHECK_TEXT(vg_event_job(event), "my-job");
    CHECK(vg_event_seq(event) == ++seq);
    ++n;
    if (vg_event_kind_of(event) == VG_EVENT_FILM) break;
    CHECK(vg_event_kind_of(event) != VG_EVENT_ERROR && vg_event_film(event) == NULL);
    vg_event_free(event);
  }
  CHECK(vg_event_status(event) == VG_JOB_COMPLETE && vg_event_fraction(event) == 1.0);
  film = vg_event_take_film(event);
  vg_event_free(event);
  CHECK(vg_film_frames(film) == 150);
  vg_film_free(film);
  CHECK(vg_pipeline_wait_event(pipeline, 0) == NULL);
  CHECK(vg_job_status_of(job) == VG_JOB_COMPLETE);
  CHECK_OK(vg_job_events(job, 0, &all, &error));
  CHECK(vg_events_count(all) == n);
  CHECK(vg_event_seq(vg_events_get(all, 1)) == 2 && vg_events_get(all, n) == NULL);
  vg_events_free(all);
  /* Get-or-create: the same id is the same job, and it is over. */
  vg_job_free(job);
  CHECK_OK(vg_pipeline_submit(pipeline, request, "my-job", 0, &job, &error));
  CHECK_OK(vg_job_wait(job, -1, &film, &error));
  CHECK_TEXT(vg_film_job(film), "my-job");
  vg_film_free(film);
  CHECK_OK(vg_pipeline_jobs(pipeline, &jobs, &error));
  CHECK(vg_jobs_count(jobs) == 1 && vg_jobs_status(jobs, 0) == VG_JOB_COMPLETE);
  CHECK_TEXT(vg_jobs_id(jobs, 0), "my-job");
  CHECK(strstr(vg_jobs_request_json(jobs, 0), "walnut") != NULL);
  vg_jobs_free(jobs);
  vg_job_free(job);
  vg_request_free(request);
  vg_pipeline_free(pipeline);
}

static void a_job_that_lasts_can_be_left_and_cancelled(void) {
  scripted self = fresh();
  vg_pipeline *pipeline = NULL;
  vg_request *request = request_of_five_seconds();
  vg_job *job = NULL;
  vg_film *film = NULL;
  vg_job_status status = VG_JOB_QUEUED;
  self.holds = 1;
  pipeline = pipeline_for(&self, "holds");
  CHECK_OK(vg_pipeline_submit(pipeline, request, "held", 0, &job, &error));
  CHECK_FAILS(vg_job_wait(job, 20, &film, &error), VG_E_TIMEOUT, "goes on");
  CHECK(film == NULL);
  while (atomic_load(&self.created) == 0) usleep(1000);
  CHECK_OK(vg_job_advance(job, 10, &status, &error));
  CHECK(status == VG_JOB_INTERRUPTED && atomic_load(&self.cancelled) == 0);
  vg_job_free(job);
  atomic_store(&self.asked, 0);
  CHECK_OK(vg_pipeline_attach(pipeline, "held", 0, &job, &error));
  while (atomic_load(&self.asked) == 0) usleep(1000); /* joined again, not made again */
  CHECK(atomic_load(&self.created) <= 4);
  vg_job_cancel(job);
  CHECK_FAILS(vg_job_wait(job, -1, &film, &error), VG_E_CANCELLED, "held");
  CHECK(vg_job_status_of(job) == VG_JOB_CANCELLED && atomic_load(&self.cancelled) > 0);
  vg_job_free(job);
  CHECK_FAILS(vg_pipeline_attach(pipeline, "nobody", 0, &job, &error), VG_E_NOT_FOUND, "nobody");
  vg_request_free(request);
  vg_pipeline_free(pipeline);
}

static void a_stop_does_not_wait_for_an_answer(void) {
  scripted self = fresh();
  vg_pipeline *pipeline = NULL;
  vg_request *request = request_of_five_seconds();
  vg_job *job = NULL;
  vg_film *film = NULL;
  vg_call *late;
  int i, answered = 0;
  self.holds = self.silent = 1;
  pipeline = pipeline_for(&self, "silent");
  CHECK_OK(vg_pipeline_submit(pipeline, request, "silent", 0, &job, &error));
  while (atomic_load(&self.unanswered[0]) == NULL) usleep(1000);
  vg_job_interrupt(job);
  CHECK_FAILS(vg_job_wait(job, 60000, &film, &error), VG_E_INTERRUPTED, "silent");
  CHECK(atomic_load(&self.asked) <= 16 && atomic_load(&self.cancelled) == 0);
  vg_job_free(job);
  vg_request_free(request);
  vg_pipeline_free(pipeline);
  CHECK(atomic_load(&self.destroyed) == 0); /* the calls are still the host's */
  for (i = 0; i < 16; ++i)
    if ((late = atomic_load(&self.unanswered[i])) != NULL) vg_call_job(late, "late", VG_REMOTE_SUCCEEDED, 1, 0, NULL), ++answered;
  CHECK(answered == atomic_load(&self.asked) && atomic_load(&self.destroyed) == 1);
}

static void a_budget_is_raised_and_the_job_goes_on(void) {
  scripted self = fresh();
  vg_pipeline *pipeline = pipeline_for(&self, "raised");
  vg_request *request = request_of_five_seconds();
  vg_job *job = NULL;
  vg_film *film = NULL;
  vg_request_set_budget(request, 10000);
  CHECK_OK(vg_pipeline_submit(pipeline, request, "film", 0, &job, &error));
  CHECK_FAILS(vg_job_wait(job, -1, &film, &error), VG_E_BUDGET, "budget");
  CHECK(vg_job_status_of(job) == VG_JOB_NEEDS_ATTENTION && atomic_load(&self.created) == 0);
  vg_job_free(job);
  CHECK_OK(vg_pipeline_set_budget(pipeline, "film", 2000000, &error));
  CHECK_OK(vg_pipeline_attach(pipeline, "film", 0, &job, &error));
  CHECK_OK(vg_job_wait(job, -1, &film, &error));
  CHECK(vg_film_frames(film) == 150 && atomic_load(&self.created) > 0);
  CHECK_FAILS(vg_pipeline_set_budget(pipeline, "film", 1, &error), VG_E_INVALID_ARGUMENT, "complete");
  CHECK_FAILS(vg_pipeline_set_budget(pipeline, "nobody", 1, &error), VG_E_NOT_FOUND, "nobody");
  vg_film_free(film);
  vg_job_free(job);
  vg_request_free(request);
  vg_pipeline_free(pipeline);
}

static void a_shot_is_redone_within_a_budget_of_its_own(void) {
  scripted self = fresh();
  vg_pipeline *pipeline = pipeline_for(&self, "redone");
  vg_request *request = request_of_five_seconds();
  vg_redo *redo = NULL;
  vg_plan *plan = NULL;
  vg_job *job = NULL;
  vg_film *film = NULL;
  int64_t likely = -1, most = -1, blobs = -1;
  int created;
  vg_request_set_budget(request, 2000000);
  CHECK_OK(vg_pipeline_submit(pipeline, request, "film", 0, &job, &error));
  CHECK_OK(vg_job_wait(job, -1, &film, &error));
  vg_film_free(film);
  vg_job_free(job);
  created = atomic_load(&self.created);
  CHECK_OK(vg_redo_new(1, &redo, &error));
  vg_redo_set_mode(redo, VG_REDO_CASCADE);
  CHECK_OK(vg_pipeline_redo_plan(pipeline, "film", redo, &plan, &likely, &most, &error));
  CHECK(likely > 0 && most >= likely);
  CHECK_FAILS(vg_pipeline_redo(pipeline, "film", redo, 0, &job, &error), VG_E_BUDGET, "redo");
  CHECK_FAILS(vg_pipeline_redo(pipeline, "nobody", redo, 0, &job, &error), VG_E_NOT_FOUND, "nobody");
  CHECK(atomic_load(&self.created) == created);
  vg_redo_set_budget(redo, most);
  CHECK_OK(vg_pipeline_redo(pipeline, "film", redo, 0, &job, &error));
  CHECK_OK(vg_job_wait(job, -1, &film, &error));
  CHECK(vg_film_frames(film) == 150 && atomic_load(&self.created) == created + 1);
  vg_film_free(film);
  vg_job_free(job);
  vg_redo_set_take(redo, 1);
  CHECK_OK(vg_pipeline_redo(pipeline, "film", redo, 0, &job, &error));
  CHECK_OK(vg_job_wait(job, -1, NULL, &error));
  CHECK(atomic_load(&self.created) == created + 1);
  CHECK_OK(vg_pipeline_refresh(pipeline, plan, &likely, &most, &error));
  CHECK(likely == 0 && most == 0); /* every clip of that plan is there */
  CHECK_OK(vg_pipeline_clean_older(pipeline, VG_KEEP_FINAL, 3600, 1, &blobs, NULL, &error));
  CHECK(blobs == 0);
  vg_redo_set_take(redo, 9);
  CHECK_FAILS(vg_pipeline_redo(pipeline, "film", redo, 0, NULL, &error), VG_E_INVALID_ARGUMENT, "take 9");
  vg_job_free(job);
  vg_plan_free(plan);
  vg_redo_free(redo);
  vg_request_free(request);
  vg_pipeline_free(pipeline);
}

static void limits_stand_beside_the_budget(void) {
  vg_config *config = NULL;
  CHECK_OK(vg_config_new(&config, &error));
  CHECK(vg_config_budget_per_day(config) == -1 && vg_config_budget_per_account(config) == -1);
  vg_config_set_budget_per_day(config, 5);
  vg_config_set_budget_per_account(config, 7);
  CHECK(vg_config_budget_per_day(config) == 5 && vg_config_budget_per_account(config) == 7);
  vg_config_set_budget_per_day(config, -1);
  CHECK(vg_config_budget_per_day(config) == -1);
  vg_config_free(config);
}

static void a_journal_elsewhere_is_tried_and_its_password_kept(void) {
  vg_config *config = NULL;
  vg_pipeline *pipeline = NULL;
  vg_jobs *jobs = NULL;
  vg_error *why = NULL;
  CHECK_OK(vg_config_new(&config, &error));
  CHECK(*vg_config_journal_url(config) == '\0');
  CHECK_OK(vg_config_set_workspace(config, g_folder, &error));
  CHECK_OK(vg_config_set_journal_url(config, "postgresql://me:Sesam@/films?host=/nowhere", &error));
  CHECK(strstr(vg_config_journal_url(config), "films") != NULL);
  CHECK_OK(vg_pipeline_new(config, &pipeline, &error));
  const vg_status status = vg_pipeline_jobs(pipeline, &jobs, &why);
  CHECK(status == VG_E_JOURNAL || status == VG_E_UNSUPPORTED);
  CHECK(strstr(vg_error_message(why), "Sesam") == NULL);
  vg_error_free(why);
  vg_pipeline_free(pipeline);
  vg_config_free(config);
}

static int stop_at_once(void *user, const vg_event *event) {
  (void)event;
  (void)user;
  return 1;
}

static void errors_say_what_to_do(void) {
  scripted self = fresh();
  vg_pipeline *pipeline = NULL;
  vg_request *request = request_of_five_seconds();
  vg_film *film = NULL;
  vg_error *error = NULL;
  self.refusal = "that shows a logo";
  pipeline = pipeline_for(&self, "refused");
  CHECK(vg_pipeline_render(pipeline, request, NULL, NULL, &film, &error) == VG_E_INPUT_REFUSED);
  CHECK(film == NULL && strstr(vg_error_describe(error), "that shows a logo") != NULL);
  CHECK(vg_error_cost_so_far(error) == 0 && vg_error_retryable(error) == 0);
  vg_error_free(error);
  CHECK(vg_pipeline_render(pipeline, request, NULL, NULL, &film, NULL) == VG_E_INPUT_REFUSED); /* without an object */
  self.refusal = NULL;
  CHECK_FAILS(vg_pipeline_render(pipeline, request, stop_at_once, NULL, &film, &error), VG_E_INTERRUPTED, "resume");
  vg_request_set_budget(request, 10000);
  CHECK_FAILS(vg_pipeline_render(pipeline, request, NULL, NULL, &film, &error), VG_E_BUDGET, "budget");
  CHECK_OK(vg_request_set_prompt(request, "x", &error));
  CHECK_FAILS(vg_pipeline_render(pipeline, request, NULL, NULL, &film, &error), VG_E_INPUT_REFUSED, "10");
  CHECK_OK(vg_request_set_prompt(request, "a mug on a table, no music", &error));
  CHECK_OK(vg_request_set_model(request, "scripted-clip", &error));
  CHECK_FAILS(vg_pipeline_render(pipeline, request, NULL, NULL, &film, &error), VG_E_MODEL_UNKNOWN, "scripted-clips");
  vg_request_free(request);
  vg_pipeline_free(pipeline);
}

/* ---- media, catalogues, webhooks */

static int stop_assembling(void *user, int64_t done, int64_t total) {
  (void)user;
  return done < total ? 1 : 0;
}

static void clips_are_assembled(void) {
  const char *clips[2];
  const char *out = NULL;
  vg_timeline *timeline = NULL;
  vg_assemble_options *options = NULL;
  vg_check_report *report = NULL;
  char *json = NULL;
  int64_t frames = 0, start = 0, length = 0;
  clips[0] = clips[1] = g_clip;
  CHECK_OK(vg_timeline_of_clips(clips, 2, "fade:0.5", 320, 180, 30, 1, VG_FPS_DUPLICATE, &timeline, &error));
  CHECK(vg_timeline_frames(timeline) == 285 && vg_timeline_item_count(timeline) == 2);
  vg_timeline_item(timeline, 1, &start, &length);
  CHECK(start + length == 285);
  CHECK_OK(vg_timeline_set_grade(timeline, "cinematic_warm", &error));
  CHECK_OK(vg_assemble_options_new(&options, &error));
  vg_assemble_options_set_quality(options, VG_QUALITY_DRAFT);
  out = folder("joined.mp4");
  CHECK_OK(vg_assemble(timeline, out, options, &frames, &error));
  CHECK(frames == 285);
  CHECK_OK(vg_check(out, &report, &error));
  CHECK(vg_check_report_frames(report) == 285 && vg_check_report_samples(report) == 0);
  CHECK(isinf(vg_check_report_loudness(report)));
  vg_check_report_free(report);
  vg_assemble_options_set_progress(options, stop_assembling, NULL);
  out = folder("stopped.mp4");
  CHECK_FAILS(vg_assemble(timeline, out, options, &frames, &error), VG_E_CANCELLED, "");
  CHECK(access(out, F_OK) != 0);
  CHECK_OK(vg_timeline_set_grade(timeline, "no_such_grade", &error));
  CHECK(vg_assemble(timeline, out, NULL, &frames, NULL) != VG_OK);
  CHECK_OK(vg_timeline_json(timeline, &json, &error));
  vg_timeline_free(timeline);
  CHECK_OK(vg_timeline_from_json(json, &timeline, &error));
  CHECK_TEXT(vg_timeline_grade(timeline), "no_such_grade");
  vg_string_free(json);
  vg_timeline_free(timeline);
  vg_assemble_options_free(options);
  CHECK_FAILS(vg_timeline_of_clips(clips, 0, "cut", 320, 180, 30, 1, VG_FPS_DUPLICATE, &timeline, &error),
              VG_E_INVALID_ARGUMENT, "clips");
  CHECK_FAILS(vg_timeline_of_clips(clips, 2, "fade:0.5", 320, 180, 30, 0, VG_FPS_DUPLICATE, &timeline, &error),
              VG_E_INVALID_ARGUMENT, "rate");
}

static void files_are_probed(void) {
  vg_media_info *info = NULL;
  int width = 0, height = 0;
  int64_t num = 0, den = 0;
  CHECK_OK(vg_probe(g_clip, &info, &error));
  vg_media_info_size(info, &width, &height);
  vg_media_info_fps(info, &num, &den);
  CHECK(width == 320 && height == 180 && num == 24 && den == 1);
  CHECK(vg_media_info_frames(info) == 120 && vg_media_info_duration_ms(info) == 5000);
  CHECK(vg_media_info_channels(info) == 0 && vg_media_info_bytes(info) > 1000);
  CHECK_TEXT(vg_media_info_audio_codec(info), "");
  vg_media_info_free(info);
  CHECK_FAILS(vg_probe("/no/such/file.mp4", &info, &error), VG_E_FILE_MISSING, "/no/such/file.mp4");
  CHECK(info == NULL);
  CHECK_FAILS(vg_probe("/proc/self/exe", &info, &error), VG_E_MEDIA_UNSUPPORTED, "convert");
}

static void there_are_models_and_templates(void) {
  vg_models *models = NULL;
  vg_templates *templates = NULL;
  size_t index = 0, i;
  CHECK_OK(vg_models_load(NULL, &models, &error));
  CHECK(vg_models_count(models) >= 20);
  CHECK_OK(vg_models_find(models, "wan", &index, &error));
  CHECK_TEXT(vg_models_name(models, index), "wan-2.2-i2v-fast");
  CHECK_TEXT(vg_models_provider(models, index), "replicate");
  CHECK_TEXT(vg_models_kind(models, index), "video");
  CHECK(vg_models_longest_ms(models, index) >= 5000 && vg_models_price(models, index) > 0);
  for (i = 0; i < vg_models_count(models); ++i) CHECK(vg_models_date(models, i)[0] == '2');
  CHECK_FAILS(vg_models_find(models, "wam", &index, &error), VG_E_MODEL_UNKNOWN, "wan");
  vg_models_free(models);
  CHECK_OK(vg_models_load(TEST_MODELS, &models, &error));
  CHECK_OK(vg_models_find(models, "scripted-clips", &index, &error));
  CHECK_TEXT(vg_models_price_kind(models, index), "per_clip");
  vg_models_free(models);
  CHECK_OK(vg_templates_load("", &templates, &error));
  CHECK(vg_templates_count(templates) == 3);
  CHECK_TEXT(vg_templates_name(templates, 2), "product_showcase");
  CHECK(vg_templates_duration_ms(templates, 2) > 0 && vg_templates_beat_count(templates, 2) > 2);
  vg_templates_free(templates);
}

static void webhooks_prove_their_sender(void) {
  /* The example of the scheme's own documentation. */
  const char *names[3] = {"webhook-id", "webhook-timestamp", "webhook-signature"};
  const char *values[3] = {"msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330",
                           "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="};
  const char *secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", *body = "{\"test\": 2432232314}";
  char *id = NULL;
  int ended = 0;
  CHECK_OK(vg_webhook_verify(secret, names, values, 3, body, strlen(body), 1614265330, &id, &error));
  CHECK_TEXT(id, "msg_p5jXN8AQM9LWM0D4loKWxJek");
  vg_string_free(id);
  CHECK_FAILS(vg_webhook_verify(secret, names, values, 3, body, strlen(body) - 1, 1614265330, &id, &error),
              VG_E_CREDENTIALS, "");
  CHECK_FAILS(vg_webhook_verify(secret, names, values, 3, body, strlen(body), 1614270000, &id, &error),
              VG_E_CREDENTIALS, "");
  CHECK(id == NULL);
  body = "{\"id\": \"p1\", \"status\": \"succeeded\", \"output\": \"https://x.example/a.mp4\"}";
  CHECK_OK(vg_webhook_read("replicate", body, strlen(body), &id, &ended, &error));
  CHECK_TEXT(id, "p1");
  CHECK(ended == 1);
  vg_string_free(id);
}

/* ---- queue, fork, structs */

static void woken(void *user) {
  atomic_fetch_add((atomic_int *)user, 1);
}

static void the_queue_wakes_a_loop(void) {
  scripted self = fresh();
  vg_pipeline *pipeline = pipeline_for(&self, "plans");
  vg_request *request = request_of_five_seconds();
  vg_event *event;
  atomic_int calls = 0;
  CHECK(vg_pipeline_wait_event(pipeline, 0) == NULL);
  vg_pipeline_wakeup(pipeline);
  CHECK(vg_pipeline_wait_event(pipeline, -1) == NULL); /* does not wait: it was woken */
  vg_pipeline_set_wakeup(pipeline, woken, &calls);
  CHECK_OK(vg_pipeline_plan_async(pipeline, request, 1, &error));
  event = vg_pipeline_wait_event(pipeline, -1);
  CHECK(event != NULL);
  vg_event_free(event);
  while (atomic_load(&calls) == 0) usleep(1000);
  vg_pipeline_set_wakeup(pipeline, NULL, NULL);
  CHECK_OK(vg_pipeline_plan_async(pipeline, request, 1, &error));
  vg_event_free(vg_pipeline_wait_event(pipeline, -1));
  CHECK(atomic_load(&calls) == 1);
  vg_request_free(request);
  vg_pipeline_free(pipeline);
}

static void a_fork_is_told_so(void) {
  scripted self = fresh();
  vg_pipeline *pipeline = pipeline_for(&self, "forks");
  vg_request *request = request_of_five_seconds();
  vg_job *job = NULL;
  vg_film *film = NULL;
  pid_t child;
  int status = 0;
  self.holds = 1;
  CHECK_OK(vg_pipeline_submit(pipeline, request, "forked", 1, &job, &error));
  while (atomic_load(&self.created) == 0) usleep(1000);
  child = fork();
  if (child == 0) {
    vg_plan *plan = NULL;
    vg_pipeline *own = NULL;
    alarm(20);
    CHECK_FAILS(vg_pipeline_plan(pipeline, request, &plan, &error), VG_E_FORKED, "fork");
    CHECK_FAILS(vg_job_wait(job, -1, &film, &error), VG_E_FORKED, "fork");
    CHECK_FAILS(vg_pipeline_render(pipeline, request, NULL, NULL, &film, &error), VG_E_FORKED, "fork");
    vg_job_cancel(job);
    vg_job_free(job);
    vg_pipeline_free(pipeline);
    own = pipeline_for(&self, "forks_own");
    CHECK_OK(vg_pipeline_plan(own, request, &plan, &error));
    vg_plan_free(plan);
    vg_pipeline_free(own);
    _exit(0);
  }
  CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0);
  CHECK(atomic_load(&self.cancelled) == 0);
  vg_job_cancel(job);
  CHECK(vg_job_wait(job, -1, &film, NULL) == VG_E_CANCELLED);
  vg_job_free(job);
  vg_request_free(request);
  vg_pipeline_free(pipeline);
}

static void structs_without_a_size_are_refused(void) {
  scripted self = fresh();
  vg_config *config = NULL;
  vg_backend backend = scripted_backend(&self);
  vg_log log;
  memset(&log, 0, sizeof log);
  CHECK_OK(vg_config_new(&config, &error));
  CHECK_FAILS(vg_config_set_log(config, &log, &error), VG_E_INVALID_ARGUMENT, "vg_log.size");
  log.size = sizeof log;
  CHECK_FAILS(vg_config_set_log(config, &log, &error), VG_E_INVALID_ARGUMENT, "vg_log.write");
  backend.size = 4;
  CHECK_FAILS(vg_config_add_backend(config, &backend, &error), VG_E_INVALID_ARGUMENT, "vg_backend.size");
  backend.size = sizeof backend;
  backend.find = NULL;
  CHECK_FAILS(vg_config_add_backend(config, &backend, &error), VG_E_INVALID_ARGUMENT, "find");
  CHECK(atomic_load(&self.destroyed) == 0); /* what failed took nothing over */
  backend = scripted_backend(&self);
  CHECK_OK(vg_config_add_backend(config, &backend, &error));
  vg_config_free(config);
  CHECK(atomic_load(&self.destroyed) == 1);
}

static void frees_take_null(void) {
  vg_error_free(NULL), vg_string_free(NULL), vg_config_free(NULL), vg_request_free(NULL), vg_plan_free(NULL);
  vg_film_free(NULL), vg_job_free(NULL), vg_event_free(NULL), vg_events_free(NULL), vg_pipeline_free(NULL);
  vg_jobs_free(NULL), vg_ledger_free(NULL), vg_timeline_free(NULL), vg_assemble_options_free(NULL);
  vg_media_info_free(NULL), vg_check_report_free(NULL), vg_models_free(NULL), vg_templates_free(NULL);
  vg_error *error = NULL;
  CHECK(vg_error_code(error) == VG_E_NO_MEMORY && vg_error_message(error)[0] != '\0');
}

struct row {
  const char *name;
  void (*run)(void);
};
#define ROW(name) {#name, name}
static const struct row k_tests[] = {
    ROW(versions_and_statuses),      ROW(requests_keep_what_is_set),
    ROW(plans_say_what_a_film_costs), ROW(a_plan_does_not_have_to_block),
    ROW(films_are_made_by_a_backend_in_c), ROW(jobs_tell_their_events_in_order),
    ROW(a_job_that_lasts_can_be_left_and_cancelled), ROW(a_stop_does_not_wait_for_an_answer), ROW(errors_say_what_to_do),
    ROW(a_budget_is_raised_and_the_job_goes_on), ROW(a_shot_is_redone_within_a_budget_of_its_own),
    ROW(limits_stand_beside_the_budget),
    ROW(clips_are_assembled),        ROW(files_are_probed),
    ROW(there_are_models_and_templates), ROW(webhooks_prove_their_sender),
    ROW(a_journal_elsewhere_is_tried_and_its_password_kept),
    ROW(the_queue_wakes_a_loop),     ROW(a_fork_is_told_so),
    ROW(structs_without_a_size_are_refused), ROW(frees_take_null),
};

int main(int argc, char **argv) {
  size_t i, ran = 0;
  CHECK(argc >= 2);
  g_clip = argv[1];
  snprintf(g_folder, sizeof g_folder, "%s", "/tmp/vidgen_capi_XXXXXX");
  CHECK(mkdtemp(g_folder) != NULL);
  for (i = 0; i < sizeof k_tests / sizeof k_tests[0]; ++i) {
    if (argc > 2 && strcmp(argv[2], k_tests[i].name) != 0) continue;
    /* In a child, what the stacks of the parent's threads held is lost by nature: nothing for a leak checker. */
    if (getenv("NO_FORK") && k_tests[i].run == a_fork_is_told_so) continue;
    printf("%s\n", k_tests[i].name);
    fflush(stdout);
    k_tests[i].run();
    ++ran;
  }
  CHECK(ran > 0);
  {
    char command[512];
    snprintf(command, sizeof command, "rm -rf '%s'", g_folder);
    CHECK(system(command) == 0);
  }
  printf("%d tests passed\n", (int)ran);
  return 0;
}
