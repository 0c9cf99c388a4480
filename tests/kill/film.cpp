// SPDX-License-Identifier: Apache-2.0
// Makes one small film with hosted clips, as `vidgen make` does, and dies at a named point when it is told to:
//
//   kill_film WORKSPACE [--at POINT N] [--cancel POINT] [--continuity WORD] [--model NAME] [--deliver]
//
// --at: SIGKILL to itself at the N-th time of a point. --cancel: the job is cancelled when that point is reached, or at
// once if the job was there already. --deliver: lines of standard input are webhooks, {"headers": {…}, "body": "…"}.
// The job's id is always "film", so the same command goes on with it. Prints lines of JSON: `going` (the time in
// milliseconds) once the first step is under way, and at the end `film` or `error`, `points`: how often each was reached, and
// how many webhooks were taken and refused.
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>

#include "base/json.hpp"
#include "base/point.hpp"
#include "vidgen/pipeline.hpp"

namespace vidgen {
namespace {

constexpr const char* kJob = "film";

std::atomic<int> reached[std::size(base::kPointNames)];
std::optional<base::Point> die_at, cancel_at;
int die_nth = 1;
std::atomic<bool> cancel_now{false};
std::atomic<int> hints_taken{0}, hints_refused{0};  // webhooks; refused: not from the provider

void at_point(base::Point point) {
  const int times = ++reached[static_cast<int>(point)];
  if (die_at == point && times == die_nth) {
    ::kill(::getpid(), SIGKILL);
    for (;;) ::pause();
  }
  if (cancel_at == point) cancel_now = true;
}

Request request() {
  Request r;
  r.prompt = "a ceramic mug in a quiet cafe, morning light";
  r.duration = std::chrono::milliseconds(2000);
  r.size = Size{128, 72};
  r.fps = Rational(8);
  r.quality = Quality::draft;
  r.backend = "replicate";
  r.model = "short";
  r.captions = false;
  r.budget = usd(50);
  r.seed = 1;
  return r;
}

void print(const base::Json& line) {
  std::cout << line.dump() << std::endl;
}

// One webhook a line, until there are no more.
void deliver_from_input(Pipeline& pipeline) {
  for (std::string line; std::getline(std::cin, line);) {
    auto message = base::Json::parse(line);
    if (!message) continue;
    std::map<std::string, std::string> headers;
    for (const auto& [name, value] : (*message)["headers"].members()) headers[name] = value.as_string();
    const Status taken = pipeline.deliver("replicate", headers, (*message)["body"].as_string());
    if (taken) ++hints_taken;
    if (!taken && taken.error().code() == Errc::credentials) ++hints_refused;
  }
}

// Who waits for the end hears of the cancelling, too.
Result<Film> followed(Job job) {
  bool going = false;
  const std::int64_t began = machine_clock()->now_ms();
  std::thread canceller([&job] {
    while (!job.wait_for(std::chrono::milliseconds(2)))
      if (cancel_now.exchange(false)) job.cancel();
  });
  while (auto event = job.next_event()) {
    if (going || event->time_ms < began || (event->kind != "step" && event->kind != "film")) continue;
    going = true;
    base::Json line = base::Json::object();
    line.set("going", event->time_ms);
    print(line);
  }
  canceller.join();
  return job.wait();
}

int make_film(const Request& wanted, Config config, bool delivers) {
  Pipeline pipeline(std::move(config));
  if (delivers) std::thread([&pipeline] { deliver_from_input(pipeline); }).detach();
  const bool known = pipeline.job(kJob).has_value();
  Result<Job> job = pipeline.submit(wanted, kJob);
  if (job && known && cancel_at) cancel_now = true;
  Result<Film> film = job ? followed(*job) : Result<Film>(job.error());
  base::Json line = base::Json::object(), points = base::Json::object();
  for (std::size_t i = 0; i < std::size(reached); ++i) points.set(std::string(base::kPointNames[i]), std::int64_t{reached[i]});
  if (film) line.set("film", film->sha256).set("missing", film->missing);
  if (!film) line.set("error", film.error().describe()).set("code", errc_row(film.error().code()).name);
  line.set("points", points).set("taken", hints_taken.load()).set("refused", hints_refused.load());
  print(line);
  if (delivers) ::_exit(film ? 0 : 1);  // the thread that waits for webhooks still reads
  return film ? 0 : 1;
}

}  // namespace
}  // namespace vidgen

int main(int argc, char** argv) {
  using namespace vidgen;
  if (argc < 2) return 2;
  Request wanted = request();
  Config config = Config::from_env();
  config.workspace = argv[1];
  bool delivers = false;
  for (int i = 2; i < argc; ++i) {
    const std::string flag = argv[i];
    if (flag == "--at" && i + 2 < argc) {
      die_at = base::point_named(argv[++i]);
      die_nth = std::atoi(argv[++i]);
      if (!die_at) return 2;
    } else if (flag == "--cancel" && i + 1 < argc) {
      cancel_at = base::point_named(argv[++i]);
      if (!cancel_at) return 2;
    } else if (flag == "--continuity" && i + 1 < argc) {
      if (!parse_continuity(argv[++i], wanted)) return 2;
    } else if (flag == "--model" && i + 1 < argc) {
      wanted.model = argv[++i];
    } else if (flag == "--deliver") {
      delivers = true;
    } else {
      return 2;
    }
  }
  base::point_hook = &at_point;
  return make_film(wanted, std::move(config), delivers);
}
