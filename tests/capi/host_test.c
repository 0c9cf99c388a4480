/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Parts of the host's own, in C: host_test CLIP. A film whose clock, store and journal are these here, and a provider that
 * is reached over a transport of ours. What they were told is looked at afterwards.
 */
#include <dirent.h>
#include <pthread.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "scripted.h"

static const char *g_clip;
static char g_folder[256];

/* ---- clock, log */

static int64_t noon(void *user) {
  return atomic_fetch_add((atomic_llong *)user, 1);
}

/* ---- a store: files named by their digest */

typedef struct shelf {
  char folder[300];
  atomic_int puts, destroyed;
} shelf;

static void place(const shelf *self, const char *sha256, char *out, size_t size) {
  snprintf(out, size, "%s/%s", self->folder, sha256);
}
static vg_status store_put(void *user, const char *sha256, const char *path, const char *mime) {
  shelf *self = user;
  char to[400], bytes[65536];
  size_t n;
  FILE *from = fopen(path, "rb"), *out;
  (void)mime;
  place(self, sha256, to, sizeof to);
  out = fopen(to, "wb");
  if (from == NULL || out == NULL) return VG_E_IO;
  while ((n = fread(bytes, 1, sizeof bytes, from)) > 0) {
    if (fwrite(bytes, 1, n, out) != n) return VG_E_NO_SPACE;
    usleep(2000); /* half a file can be seen for a while, and must not be read */
  }
  fclose(from);
  atomic_fetch_add(&self->puts, 1);
  return fclose(out) == 0 ? VG_OK : VG_E_IO;
}
static int store_contains(void *user, const char *sha256) {
  char path[400];
  place(user, sha256, path, sizeof path);
  return access(path, R_OK) == 0;
}
static vg_status store_path(void *user, const char *sha256, vg_texts *out) {
  char path[400];
  place(user, sha256, path, sizeof path);
  return access(path, R_OK) == 0 ? vg_texts_add(out, path, strlen(path)) : VG_E_NOT_FOUND;
}
static vg_status store_remove(void *user, const char *sha256) {
  char path[400];
  place(user, sha256, path, sizeof path);
  return unlink(path) == 0 ? VG_OK : VG_E_NOT_FOUND;
}
static vg_status store_list(void *user, vg_texts *out) {
  DIR *dir = opendir(((shelf *)user)->folder);
  struct dirent *entry;
  vg_status status = VG_OK;
  while (status == VG_OK && (entry = readdir(dir)) != NULL)
    if (strlen(entry->d_name) == 64) status = vg_texts_add(out, entry->d_name, 64);
  closedir(dir);
  return status;
}
static vg_status store_scratch(void *user, vg_texts *out) {
  return vg_texts_add(out, ((shelf *)user)->folder, strlen(((shelf *)user)->folder));
}
static void store_destroy(void *user) {
  atomic_fetch_add(&((shelf *)user)->destroyed, 1);
}

/* ---- a journal: the last document of each job, all the rest in the order in which it came */

typedef struct book {
  pthread_mutex_t lock;
  char *batches[4096];
  int count;
  vg_status refuse;
} book;

static void journal_commit(void *user, const char *batch, size_t size, vg_commit *done) {
  book *self = user;
  vg_status status = VG_OK;
  pthread_mutex_lock(&self->lock);
  status = self->refuse;
  if (status == VG_OK && self->count < 4096) {
    self->batches[self->count] = malloc(size + 1);
    memcpy(self->batches[self->count], batch, size);
    self->batches[self->count++][size] = '\0';
  }
  pthread_mutex_unlock(&self->lock);
  vg_commit_done(done, status);
}

/* The documents of a list of all batches: the bytes between matching braces. Enough of JSON for documents without braces in
 * their texts would not do, so texts are skipped. */
static const char *end_of(const char *at) {
  int depth = 0, text = 0;
  for (;; ++at) {
    if (text) {
      if (*at == '\\') ++at;
      else if (*at == '"') text = 0;
    } else if (*at == '"') text = 1;
    else if (*at == '{') ++depth;
    else if (*at == '}' && --depth == 0) return at + 1;
  }
}
typedef int (*wanted_fn)(const char *document, size_t size, const char *key, int64_t after);
static vg_status collect(book *self, const char *list, wanted_fn wanted, const char *key, int64_t after, int last_only,
                         vg_texts *out) {
  char name[32];
  const char *last = NULL;
  size_t last_size = 0;
  vg_status status = VG_OK;
  int i;
  snprintf(name, sizeof name, "\"%s\":[", list);
  pthread_mutex_lock(&self->lock);
  for (i = 0; i < self->count; ++i) {
    const char *at = strstr(self->batches[i], name);
    if (at == NULL) continue;
    for (at += strlen(name); *at == '{' || *at == ','; ) {
      const char *end;
      if (*at == ',') { ++at; continue; }
      end = end_of(at);
      if (wanted(at, (size_t)(end - at), key, after)) {
        if (last_only) last = at, last_size = (size_t)(end - at);
        else status = vg_texts_add(out, at, (size_t)(end - at));
      }
      at = end;
    }
  }
  if (last != NULL) status = vg_texts_add(out, last, last_size);
  pthread_mutex_unlock(&self->lock);
  return status;
}
static int has(const char *document, size_t size, const char *field, const char *value) {
  char pair[256];
  snprintf(pair, sizeof pair, "\"%s\":\"%s\"", field, value);
  return memmem(document, size, pair, strlen(pair)) != NULL;
}
static int by_id(const char *d, size_t n, const char *key, int64_t after) { (void)after; return has(d, n, "id", key); }
static int by_key(const char *d, size_t n, const char *key, int64_t after) { (void)after; return has(d, n, "key", key); }
static int by_job(const char *d, size_t n, const char *key, int64_t after) { (void)after; return has(d, n, "job", key); }
static int event_after(const char *d, size_t n, const char *key, int64_t after) {
  const char *seq = memmem(d, n, "\"seq\":", 6);
  return has(d, n, "job", key) && seq != NULL && atoll(seq + 6) > after;
}
static int any(const char *d, size_t n, const char *key, int64_t after) { (void)d, (void)n, (void)key, (void)after; return 1; }

static vg_status journal_job(void *user, const char *id, vg_texts *out) { return collect(user, "jobs", by_id, id, 0, 1, out); }
static vg_status journal_jobs(void *user, vg_texts *out) { return collect(user, "jobs", any, "", 0, 1, out); }
static vg_status journal_events(void *user, const char *job, int64_t after, vg_texts *out) {
  return collect(user, "events", event_after, job, after, 0, out);
}
static vg_status journal_result(void *user, const char *key, vg_texts *out) {
  return collect(user, "results", by_key, key, 0, 1, out);
}
static vg_status journal_attempts(void *user, const char *job, vg_texts *out) {
  return collect(user, "attempts", by_job, job, 0, 0, out);
}

/* ---- tests */

static vg_journal journal_of(book *self) {
  vg_journal journal;
  memset(&journal, 0, sizeof journal);
  memset(self, 0, sizeof *self);
  pthread_mutex_init(&self->lock, NULL);
  journal.size = sizeof journal;
  journal.user = self;
  journal.commit = journal_commit;
  journal.job = journal_job;
  journal.jobs = journal_jobs;
  journal.events = journal_events;
  journal.result = journal_result;
  journal.attempts = journal_attempts;
  return journal;
}

static void a_film_with_the_hosts_own_parts(void) {
  scripted self;
  shelf shelf;
  static book book;
  atomic_llong now = 1700000000000;
  vg_config *config = NULL;
  vg_pipeline *pipeline = NULL;
  vg_request *request = NULL;
  vg_film *film = NULL;
  vg_jobs *jobs = NULL;
  vg_job *job = NULL;
  vg_events *events = NULL;
  vg_store store;
  vg_clock clock;
  const vg_journal journal = journal_of(&book);
  char path[512];
  memset(&self, 0, sizeof self), memset(&shelf, 0, sizeof shelf), memset(&store, 0, sizeof store);
  memset(&clock, 0, sizeof clock);
  self.clip = g_clip;
  snprintf(shelf.folder, sizeof shelf.folder, "%s/shelf", g_folder);
  CHECK(mkdir(shelf.folder, 0755) == 0);
  store.size = sizeof store, store.user = &shelf, store.put = store_put, store.path = store_path;
  store.contains = store_contains, store.remove = store_remove, store.list = store_list;
  store.scratch = store_scratch, store.destroy = store_destroy;
  clock.size = sizeof clock, clock.user = &now, clock.now_ms = noon;
  snprintf(path, sizeof path, "%s/films", g_folder);
  CHECK_OK(scripted_config(&self, path, &config, &error));
  CHECK_OK(vg_config_set_store(config, &store, &error));
  CHECK_OK(vg_config_set_journal(config, &journal, &error));
  CHECK_OK(vg_config_set_clock(config, &clock, &error));
  CHECK_OK(vg_pipeline_new(config, &pipeline, &error));
  vg_config_free(config);
  CHECK_OK(scripted_request(&request, &error));
  CHECK_OK(vg_pipeline_submit(pipeline, request, "ours", 0, &job, &error));
  CHECK_OK(vg_job_wait(job, -1, &film, &error));
  CHECK(vg_film_frames(film) == 150 && vg_film_cost(film) > 0);
  CHECK(atomic_load(&shelf.puts) > atomic_load(&self.created)); /* clips, segments, the master */
  vg_film_free(film);
  /* What was written down is what is read again, and it was noon. */
  CHECK_OK(vg_job_events(job, 0, &events, &error));
  CHECK(vg_events_count(events) > 10 && vg_event_time_ms(vg_events_get(events, 0)) / 1000000 == 1700000);
  CHECK_OK(vg_pipeline_jobs(pipeline, &jobs, &error));
  CHECK(vg_jobs_count(jobs) == 1 && vg_jobs_status(jobs, 0) == VG_JOB_COMPLETE);
  CHECK(vg_jobs_created_ms(jobs, 0) / 1000000 == 1700000);
  snprintf(path, sizeof path, "%s/films/vidgen.db", g_folder);
  CHECK(access(path, F_OK) != 0); /* no journal of the library's own */
  /* Results are found again in it: nothing is bought twice. */
  CHECK_OK(vg_pipeline_render(pipeline, request, NULL, NULL, &film, &error));
  CHECK(vg_film_reused(film) == 1 && atomic_load(&self.created) == atomic_load(&self.fetched));
  vg_film_free(film);
  /* A journal that cannot be written stops the film before anything is bought. */
  book.refuse = VG_E_NO_SPACE;
  vg_request_set_seed(request, 99);
  CHECK_FAILS(vg_pipeline_render(pipeline, request, NULL, NULL, &film, &error), VG_E_NO_SPACE, "journal");
  CHECK(atomic_load(&self.created) == atomic_load(&self.fetched));
  vg_jobs_free(jobs);
  vg_events_free(events);
  vg_job_free(job);
  vg_request_free(request);
  vg_pipeline_free(pipeline);
  CHECK(atomic_load(&shelf.destroyed) == 1);
}

/* A provider that knows nobody, reached from a thread of the host's. */
typedef struct wire {
  atomic_int asked;
  char url[256], key[64];
} wire;

static void *answer(void *user) {
  vg_exchange *exchange = user;
  CHECK(vg_exchange_set_status(exchange, 401) == VG_OK);
  CHECK(vg_exchange_add_header(exchange, "X-Request-Id", "req-7") == VG_OK);
  CHECK(vg_exchange_write(exchange, "{\"detail\": \"Unauth", 18) == VG_OK);
  CHECK(vg_exchange_write(exchange, "enticated\"}", 11) == VG_OK);
  vg_exchange_finish(exchange);
  return NULL;
}

static void ask(void *user, vg_exchange *exchange) {
  wire *self = user;
  pthread_t thread;
  size_t i;
  if (atomic_fetch_add(&self->asked, 1) == 0) {
    snprintf(self->url, sizeof self->url, "%s", vg_exchange_url(exchange));
    for (i = 0; i < vg_exchange_header_count(exchange); ++i)
      if (strcasecmp(vg_exchange_header_name(exchange, i), "authorization") == 0)
        snprintf(self->key, sizeof self->key, "%s", vg_exchange_header_value(exchange, i));
  }
  CHECK(pthread_create(&thread, NULL, answer, exchange) == 0);
  pthread_detach(thread);
}

static void a_provider_over_the_hosts_transport(void) {
  wire wire;
  vg_transport transport;
  vg_config *config = NULL;
  vg_pipeline *pipeline = NULL;
  vg_request *request = NULL;
  vg_film *film = NULL;
  vg_error *error = NULL;
  char path[512];
  memset(&wire, 0, sizeof wire), memset(&transport, 0, sizeof transport);
  transport.size = sizeof transport, transport.user = &wire, transport.exchange = ask;
  setenv("REPLICATE_API_TOKEN", "r8_of_the_test", 1);
  snprintf(path, sizeof path, "%s/over", g_folder);
  CHECK_OK(vg_config_new(&config, &error));
  CHECK_OK(vg_config_set_workspace(config, path, &error));
  CHECK_OK(vg_config_set_language_model(config, "rules", &error));
  CHECK_OK(vg_config_set_transport(config, &transport, &error));
  CHECK_OK(vg_pipeline_new(config, &pipeline, &error));
  vg_config_free(config);
  CHECK_OK(vg_request_new("a ceramic mug on a walnut desk, 5 seconds", &request, &error));
  vg_request_set_budget(request, 5000000);
  CHECK(vg_pipeline_render(pipeline, request, NULL, NULL, &film, &error) == VG_E_CREDENTIALS);
  CHECK_TEXT(vg_error_provider(error), "replicate");
  CHECK_TEXT(vg_error_request_id(error), "req-7");
  CHECK(vg_error_cost_so_far(error) == 0 && strstr(vg_error_describe(error), "r8_of") == NULL);
  vg_error_free(error);
  CHECK(atomic_load(&wire.asked) > 0 && strstr(wire.url, "replicate.com/v1/") != NULL);
  CHECK_TEXT(wire.key, "Bearer r8_of_the_test");
  vg_request_free(request);
  vg_pipeline_free(pipeline);
  unsetenv("REPLICATE_API_TOKEN");
}

int main(int argc, char **argv) {
  char command[512];
  CHECK(argc >= 2);
  g_clip = argv[1];
  snprintf(g_folder, sizeof g_folder, "%s", "/tmp/vidgen_host_XXXXXX");
  CHECK(mkdtemp(g_folder) != NULL);
  a_film_with_the_hosts_own_parts();
  a_provider_over_the_hosts_transport();
  snprintf(command, sizeof command, "rm -rf '%s'", g_folder);
  CHECK(system(command) == 0);
  printf("2 tests passed\n");
  return 0;
}
