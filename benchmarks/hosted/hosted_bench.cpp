// SPDX-License-Identifier: Apache-2.0
// Many predictions through one hosted backend, each with the journal entries that a job writes, and what they cost this
// process: wall and CPU seconds, peak memory, how late its loop was. load.py starts it against the emulator.
//
//   hosted_bench URL --count 100 --jobs 100 --speed 60 --concurrent 50 [--journal FILE] [--cancel]
//
// Prints one line of JSON. --cancel: cancels each once it is accepted, and says how long that took.
#include <sys/resource.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <cstdio>
#include <cstring>

#include "backends/hosted.hpp"
#include "backends/table.hpp"
#include "base/commit.hpp"
#include "base/json.hpp"
#include "base/random.hpp"
#include "journal/sqlite.hpp"

namespace {

using namespace vidgen;
using Steady = std::chrono::steady_clock;

struct Load {
  std::string url, journal_file;
  int count = 100, jobs = 100, concurrent = 50;
  double speed = 1;
  bool cancel = false;

  asio::io_context loop{1};
  std::shared_ptr<backends::HostedBackend> backend;
  std::shared_ptr<Journal> journal;
  std::shared_ptr<const ModelProfile> model;
  Steady::time_point began = Steady::now();
  int ended = 0, failed = 0, under_way = 0, most_under_way = 0;
  std::vector<double> late_ms, cancel_s;
  std::vector<std::vector<double>> accepted;  // seconds, by job
  std::string first_error;
};

double since(Steady::time_point then) {
  return std::chrono::duration<double>(Steady::now() - then).count();
}

Async<void> note(Load& load, AttemptRecord& record, std::string state) {
  if (!load.journal) co_return;
  record.state = std::move(state);
  JournalBatch batch;
  batch.attempts.push_back(record);
  (void)co_await base::commit(load.journal, std::move(batch));
}

void over(Load& load, const std::string& error) {
  ++load.ended;
  if (!error.empty()) ++load.failed;
  if (load.first_error.empty()) load.first_error = error;
  if (load.ended == load.count) load.loop.stop();
}

Async<void> one(Load& load, int number) {
  AttemptRecord record;
  record.job = "job-" + std::to_string(number % load.jobs);
  record.step = "clip-" + std::to_string(number);
  record.key = record.step;
  record.provider = "replicate";
  record.seed = static_cast<std::uint32_t>(number + 1);
  co_await note(load, record, "intent");
  BackendContext context;
  context.job = record.job;
  context.model = load.model;
  context.size = Size(1280, 720);
  context.seconds = 5;
  GenerationRequest request;
  request.prompt = "a ceramic mug on a walnut desk, morning light, take " + std::to_string(number);
  request.role = "a clip";
  request.size = context.size;
  GenerationInputs inputs;
  Attempt attempt;
  attempt.job = record.job;
  attempt.key = record.key;
  attempt.seed = record.seed;
  attempt.sent_ms = machine_clock()->now_ms();
  attempt.deadline = 36000;
  Result<RemoteJob> made = co_await load.backend->create(request, inputs, attempt, context);
  if (!made) {
    over(load, made.error().describe());
    co_return;
  }
  load.accepted[static_cast<std::size_t>(number % load.jobs)].push_back(since(load.began));
  load.most_under_way = std::max(load.most_under_way, ++load.under_way);
  RemoteJob job = *made;
  record.provider_id = job.id;
  co_await note(load, record, "accepted");
  context.deadline = 36000;
  if (load.cancel) {
    const auto asked = Steady::now();
    Status cancelled = co_await load.backend->cancel(job.id, context);
    load.cancel_s.push_back(since(asked));
    over(load, cancelled ? "" : cancelled.error().describe());
    co_return;
  }
  Result<RemoteJob> end = co_await load.backend->follow(job, context);
  --load.under_way;
  if (end) co_await note(load, record, end->state == RemoteState::succeeded ? "succeeded" : "failed");
  const bool good = end && end->state == RemoteState::succeeded;
  over(load, good ? "" : end ? "state: " + end->error : end.error().describe());
}

// How late a timer of 10 ms is: what other work on the loop would wait.
Async<void> watch_loop(Load& load) {
  auto executor = co_await asio::this_coro::executor;
  asio::steady_timer timer(executor);
  for (;;) {
    timer.expires_after(std::chrono::milliseconds(10));
    const auto due = timer.expiry();
    co_await timer.async_wait(asio::use_awaitable);
    load.late_ms.push_back(1000 * std::chrono::duration<double>(Steady::now() - due).count());
  }
}

double part(std::vector<double> v, double q) {
  if (v.empty()) return 0;
  std::sort(v.begin(), v.end());
  return v[std::min(v.size() - 1, static_cast<std::size_t>(q * static_cast<double>(v.size())))];
}

// The model that the emulator knows, reading no picture: what is measured are calls.
std::shared_ptr<const ModelProfile> model_of_load() {
  auto set = ModelSet::load();
  auto model = std::make_shared<ModelProfile>(*set->find("wan-2.2-t2v-fast"));
  return model;
}

void print(const Load& load) {
  rusage use{};
  getrusage(RUSAGE_SELF, &use);
  const auto seconds = [](timeval t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
  std::vector<double> last;
  for (const auto& of_job : load.accepted)
    if (!of_job.empty()) last.push_back(of_job.back());
  base::Json out = base::Json::object();
  out.set("ended", load.ended).set("failed", load.failed).set("most_under_way", load.most_under_way);
  out.set("wall", since(load.began)).set("cpu", seconds(use.ru_utime) + seconds(use.ru_stime));
  out.set("rss_mb", static_cast<double>(use.ru_maxrss) / 1024);
  out.set("late_p50_ms", part(load.late_ms, 0.5)).set("late_p99_ms", part(load.late_ms, 0.99));
  out.set("job_done_min", part(last, 0)).set("job_done_max", part(last, 1));
  if (!load.cancel_s.empty())
    out.set("cancel_p50_s", part(load.cancel_s, 0.5)).set("cancel_max_s", part(load.cancel_s, 1));
  if (!load.first_error.empty()) out.set("first_error", load.first_error);
  std::printf("%s\n", out.dump().c_str());
}

bool read_arguments(int argc, char** argv, Load& load) {
  if (argc < 2) return false;
  load.url = argv[1];
  for (int i = 2; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--cancel") {
      load.cancel = true;
      continue;
    }
    if (++i >= argc) return false;
    if (word == "--count") load.count = std::atoi(argv[i]);
    if (word == "--jobs") load.jobs = std::atoi(argv[i]);
    if (word == "--concurrent") load.concurrent = std::atoi(argv[i]);
    if (word == "--speed") load.speed = std::atof(argv[i]);
    if (word == "--journal") load.journal_file = argv[i];
  }
  return load.count > 0 && load.jobs > 0;
}

}  // namespace

int main(int argc, char** argv) {
  Load load;
  if (!read_arguments(argc, argv, load)) {
    std::fprintf(stderr,
                 "usage: hosted_bench URL --count N --jobs N --concurrent N --speed X [--journal FILE] [--cancel]\n");
    return 2;
  }
  if (!load.journal_file.empty()) {
    auto journal = journal::open_sqlite(load.journal_file);
    if (!journal) return std::fprintf(stderr, "%s\n", journal.error().describe().c_str()), 1;
    load.journal = *journal;
  }
  load.model = model_of_load();
  HostedOptions options;
  options.key = "r8_benchmark";
  options.base_url = load.url;
  TransportOptions transport;
  transport.allow_private = true;
  transport.max_idle_per_origin = 64;
  options.transport = beast_transport(transport);
  options.speed = load.speed;
  options.concurrent = load.concurrent;
  options.seed = 1;
  load.backend = std::make_shared<backends::HostedBackend>(backends::replicate(), options);
  load.accepted.resize(static_cast<std::size_t>(load.jobs));
  load.began = Steady::now();
  asio::co_spawn(load.loop, watch_loop(load), asio::detached);
  for (int i = 0; i < load.count; ++i) asio::co_spawn(load.loop, one(load, i), asio::detached);
  load.loop.run();
  print(load);
  return load.failed == 0 ? 0 : 1;
}
