// SPDX-License-Identifier: Apache-2.0
// Pipeline: a prompt goes in, a film comes out. Config: what it works with.
//
// Thread-safety: all members from any thread. Nothing starts before the first call: no thread, no file, no socket.
// Destroying a Pipeline saves and detaches: running jobs become `interrupted` and can be resumed; nothing is cancelled
// at a provider by it. In a forked child every call of a Pipeline, or Job, of the parent is Errc::forked, and destroying
// it touches nothing; a new Pipeline may be made there.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "vidgen/backend.hpp"
#include "vidgen/clock.hpp"
#include "vidgen/job.hpp"
#include "vidgen/log.hpp"
#include "vidgen/media.hpp"
#include "vidgen/phase.hpp"
#include "vidgen/plan.hpp"
#include "vidgen/storyboard.hpp"

VIDGEN_NAMESPACE_BEGIN

// Limits beside the job's own budget: what all jobs of the workspace may come to, and those of one day (UTC). Unset ones
// do not limit. A job that runs into one becomes needs_attention, and goes on with attach() once it is raised.
struct Limits {
  Limits() = default;
  std::optional<Money> per_account, per_day;
};

struct Config {
  Config() = default;
  // Environment only, never a file: VIDGEN_WORKSPACE, VIDGEN_JOURNAL, VIDGEN_BUDGET,
  // VIDGEN_BUDGET_PER_ACCOUNT, VIDGEN_BUDGET_PER_DAY, VIDGEN_TEMPLATES, VIDGEN_MODELS, VIDGEN_THREADS, VIDGEN_LANGUAGE_MODEL,
  // VIDGEN_SOUNDFONT; the hosted providers, usable once their keys are set (REPLICATE_API_TOKEN, OPENAI_API_KEY, …) and
  // sent elsewhere by REPLICATE_BASE_URL and its like; VIDGEN_WEBHOOK_URL, VIDGEN_WEBHOOK_SECRET; HTTPS_PROXY,
  // NO_PROXY, SSL_CERT_FILE; VIDGEN_SETTLE_SECONDS. For tests: VIDGEN_ALLOW_PRIVATE_ADDRESSES=1,
  // VIDGEN_PROVIDER_SPEED.
  VIDGEN_EXPORT static Config from_env();

  std::string workspace = "films";  // folder of journal, store and videos; made when missing
  // A PostgreSQL database that holds the journal, for workspaces that several machines share (the folder too): a URL,
  // postgresql://user@host/database, or a libpq connection string. Empty: SQLite in the workspace.
  std::string journal_url;
  std::string template_folder;      // overrides the built-in templates by name
  std::string model_folder;         // overrides the built-in models by name
  std::string soundfont;            // for the composer; empty: the best installed one
  BackendSet backends;
  std::optional<Money> budget;  // default of Request::budget
  // The language model that reads the prompt in phase 1, at a price within the budget. Empty: the default one when its
  // provider can be used and the film is not made by the embedded backend; "rules": none.
  std::string language_model;
  Limits limits;
  // For hosts that providers can reach: asked for with every create (https; empty: none), and handed to deliver().
  std::string webhook_url;
  std::string webhook_secret;                          // "whsec_…"
  std::map<std::string, std::string> webhook_secrets;  // by provider, where they differ
  int threads = 0;  // of the pool; 0: as many as the machine has
  MediaLimits media;
  std::shared_ptr<TitleRenderer> titles;  // unset: that of the first backend that has one
  Logger log;
  std::vector<Phase> phases;         // empty: default_phases()
  std::shared_ptr<Store> store;      // unset: files in the workspace
  std::shared_ptr<Journal> journal;  // unset: what journal_url names
  std::shared_ptr<Clock> clock = machine_clock();
  // For work that blocks or computes; it outlives the Pipeline's work. Unset: `threads` and two of its own.
  std::optional<asio::any_io_executor> pool;
};

// What `clean` leaves in the store: `all` keeps every take of every clip, and all that the films are made of; `selected`
// the finished films with the clips, pictures and music that they show; `final_` the finished films alone. What a job that
// is not over needs is always kept, and so are its user's files.
enum class Keep { all, selected, final_ };

// What one job loses. `job` empty: blobs that no record leads to any more.
struct CleanedJob {
  CleanedJob() = default;
  std::string job;
  std::int64_t blobs = 0, bytes = 0;
};

struct CleanReport {
  CleanReport() = default;
  // Removed, or what would be.
  std::int64_t blobs = 0, bytes = 0;
  std::int64_t kept_blobs = 0, kept_bytes = 0;
  std::vector<CleanedJob> jobs;  // newest first; those that lose nothing are left out
};

struct RedoRequest {
  RedoRequest() = default;
  int shot = 0;        // from 1, in the film's order: "clip 3 of 6" is 3
  int take = 0;        // an earlier take to show again, from 1; 0: a new one is made
  std::string prompt;  // the clip's words from now on; empty: those that it has. New takes only
  // Unset: cascade; with `take`, cascade where that buys nothing, else cut.
  std::optional<RedoMode> mode;
  // What the redo itself may cost, beside what the job came to so far. Unset: Config::budget; nothing is bought without.
  std::optional<Money> budget;
};

// What carrying a plan out would still do.
struct Refresh {
  Refresh() = default;
  std::vector<std::string> stale;    // steps that have to be done, in the plan's order
  std::vector<std::string> evicted;  // of them: done once, and their results are cleaned
  Money least, likely, most;         // their price
};
VIDGEN_EXPORT std::string to_json(const Refresh& refresh);

struct RedoPlan {
  RedoPlan() = default;
  Plan plan;
  Refresh refresh;
  RedoMode mode = RedoMode::cascade;
};

class VIDGEN_EXPORT Pipeline {
 public:
  // With an I/O thread of its own.
  explicit Pipeline(Config config);
  // On the host's executor; completions go to each handler's associated executor.
  Pipeline(asio::any_io_executor executor, Config config);
  ~Pipeline();
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;

  // What a request would become and cost. No money, no network but to a journal that is on PostgreSQL, no file written.
  template <asio::completion_token_for<void(Result<Plan>)> Token>
  auto async_plan(const Request& request, Token&& token) {
    return asio::async_initiate<Token, void(Result<Plan>)>(
        [this, request](auto handler) { start_plan(request, Handler<Result<Plan>>(std::move(handler))); }, token);
  }
  // Makes the job durable and starts it.
  template <asio::completion_token_for<void(Result<Job>)> Token>
  auto async_submit(const Request& request, Token&& token) {
    return async_submit(request, std::string(), std::forward<Token>(token));
  }
  // With `id`, get-or-create: the same id joins the job that is there.
  template <asio::completion_token_for<void(Result<Job>)> Token>
  auto async_submit(const Request& request, std::string id, Token&& token) {
    return asio::async_initiate<Token, void(Result<Job>)>(
        [this, request, id](auto handler) { start_submit(request, id, Handler<Result<Job>>(std::move(handler))); },
        token);
  }
  // Joins a job: one that no process runs goes on here; one that another process runs is watched, and goes on here when
  // that one ends without finishing it. Errc::not_found.
  template <asio::completion_token_for<void(Result<Job>)> Token>
  auto async_attach(const std::string& id, Token&& token) {
    return asio::async_initiate<Token, void(Result<Job>)>(
        [this, id](auto handler) { start_attach(id, Handler<Result<Job>>(std::move(handler))); }, token);
  }

  // Makes a shot of a job again, or shows an earlier take of it, and delivers the film anew: the job is open again, what
  // does not change is kept, and the film that is there stays until the new one is. The handle tells what happens from now
  // on. Errc::needs_attention: the job is being run, or one of the clip's attempts is under way; budget: not allowed, with
  // the price; model_lacks: the model takes no last frame (pin); invalid_argument: no such shot or take, no plan yet, or
  // cancelled; not_found.
  template <asio::completion_token_for<void(Result<Job>)> Token>
  auto async_redo(const std::string& id, const RedoRequest& request, Token&& token) {
    return asio::async_initiate<Token, void(Result<Job>)>(
        [this, id, request](auto handler) { start_redo(id, request, Handler<Result<Job>>(std::move(handler))); }, token);
  }

  // The same without an event loop. They block; not from a handler of this Pipeline.
  Result<Spec> spec(const Request& request);
  Result<Plan> plan(const Request& request);
  Result<Job> submit(const Request& request, const std::string& id = {});
  Result<Job> attach(const std::string& id);
  Result<Job> redo(const std::string& id, const RedoRequest& request);
  // What a redo would make, keep and cost. Nothing is written.
  Result<RedoPlan> redo_plan(const std::string& id, const RedoRequest& request);
  // What of a plan is not in the workspace, and what that costs. No money, no network, no file written.
  Result<Refresh> refresh(const Plan& plan);
  // The film on one page: of a request, or of a job as it stands. Of a finished film the pictures are the film's own. No
  // money, no network; nothing is written. Errc::not_found: no such job, or the embedded backend that paints is not
  // installed; invalid_argument: the job has no plan yet, or an option makes no sense; model_unknown: price_on.
  Result<Storyboard> storyboard(const Request& request, const StoryboardOptions& options = StoryboardOptions());
  Result<Storyboard> storyboard(const std::string& job, const StoryboardOptions& options = StoryboardOptions());
  // Submits, reports, waits. `progress` is called on this thread; an exception of its own interrupts the job, which is
  // saved, and comes through.
  Result<Film> render(const Request& request, std::function<void(const Event&)> progress = {});

  // The newest job that was to make the same film, is neither over nor being cancelled, and that no process runs: attach()
  // goes on with it, and with what is under way for it and paid. Its budget may be another one, and its answer to an unclear
  // payment. A process that cannot be seen from here is listened to for fifteen seconds.
  Result<std::optional<JobRecord>> unfinished(const Request& request);
  // A job that is neither over nor run by anybody is `interrupted`.
  Result<std::vector<JobRecord>> jobs();
  Result<JobRecord> job(const std::string& id);
  Result<std::vector<AttemptRecord>> attempts(const std::string& id);
  // Ends a job that runs here or nowhere, at the provider too, and blocks until it has ended. One that another process
  // runs: Errc::needs_attention.
  Status cancel(const std::string& id);
  // Another budget for a job that no process runs, in place of its request's: attach() then goes on with it.
  // Errc::needs_attention while a process runs it, invalid_argument when it is over.
  Status set_budget(const std::string& id, Money budget);
  // The answer to a job that asks about an unclear payment (needs_attention): what its request says from now on. `retry`
  // pays once more, with what is unclear still on the books; attach() then goes on with it. Errors as set_budget().
  Status set_on_ambiguous(const std::string& id, OnAmbiguous what);

  // A webhook as it came in: its secret proves the sender, and a job that waits for it asks at once instead of later.
  // Nothing else is taken from it, and a lost one costs only time. Errc::credentials: not from the provider, or no
  // secret is set; not_found: nobody waits for it (answer 404, or 200: it makes no difference); provider: not a job.
  Status deliver(const std::string& provider, const std::map<std::string, std::string>& headers, std::string_view body);

  // Removes blobs from the store by policy, of jobs of which nothing was heard for `older_than`. Their keys stay in the
  // journal: a plan that needs one again says so and shows its price. Films in videos/ and copies made with `out` are left
  // alone, and blobs that nobody knows of until they are ten minutes old: they may be on their way into the journal.
  Result<CleanReport> clean(Keep keep, bool dry_run, std::chrono::seconds older_than = std::chrono::seconds(0));

  // Of its I/O: the host's, or that of the thread of its own, which this starts. Handlers that have no executor of their
  // own complete on it.
  asio::any_io_executor executor();

  // Folder of a job's files: <workspace>/videos/<id>.
  std::string folder(const std::string& id) const;
  Result<std::shared_ptr<Store>> store();
  Result<std::shared_ptr<Journal>> journal();

 private:
  void start_plan(const Request& request, Handler<Result<Plan>> handler);
  void start_submit(const Request& request, const std::string& id, Handler<Result<Job>> handler);
  void start_attach(const std::string& id, Handler<Result<Job>> handler);
  void start_redo(const std::string& id, const RedoRequest& request, Handler<Result<Job>> handler);
  class Impl;
  std::shared_ptr<Impl> impl_;
};

VIDGEN_NAMESPACE_END
