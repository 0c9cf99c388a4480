// SPDX-License-Identifier: Apache-2.0
// Film: what a job leaves. Job: a handle on one request being carried out. It outlives the process that started it:
// the journal is the job, the handle is not.
//
// Thread-safety: a Job may be copied and used from any thread; copies share their place in the events. Destroying
// handles cancels nothing.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "vidgen/async.hpp"
#include "vidgen/progress.hpp"

VIDGEN_NAMESPACE_BEGIN

struct Film {
  Film() = default;
  std::string job;
  std::string path;    // the finished film: `out` of the request, else final.mp4 of the workspace
  std::string folder;  // videos/<job>: chunks, references, report.json, timeline.json …
  std::string report;  // path of report.json
  std::string poster;  // path of poster.png
  Frames frames = 0;
  Samples samples = 0;
  Rational fps;
  Size size;
  Money cost;
  std::string backend, model;
  std::string sha256;
  std::vector<std::string> stems;    // paths of the composed music's parts, when they were asked for
  std::vector<std::string> missing;  // what it was delivered without
  std::vector<std::string> notes;
  bool reused = false;  // nothing was made anew: every step's result was in the workspace
};

VIDGEN_EXPORT std::string to_json(const Film& film);
VIDGEN_EXPORT Result<Film> film_from_json(std::string_view json);

class JobState;

class VIDGEN_EXPORT Job {
 public:
  Job() = default;
  // `seen`: the last event that is no news to this handle.
  explicit Job(std::shared_ptr<JobState> state, std::int64_t seen = 0)
      : state_(std::move(state)), seen_(std::make_shared<std::atomic<std::int64_t>>(seen)) {}
  bool valid() const { return state_ != nullptr; }
  const std::string& id() const;
  JobStatus status() const;

  // The next event after those this handle has seen; nullopt after the last. Cancelling the wait detaches: it completes
  // with nullopt and the job goes on.
  template <asio::completion_token_for<void(std::optional<Event>)> Token>
  auto async_next_event(Token&& token) {
    return asio::async_initiate<Token, void(std::optional<Event>)>(
        [this](auto handler) { next_event(Handler<std::optional<Event>>(std::move(handler))); }, token);
  }
  // The film, or why there is none. Cancelling the wait detaches: it completes with Errc::interrupted, the job goes on.
  template <asio::completion_token_for<void(Result<Film>)> Token>
  auto async_wait(Token&& token) {
    return asio::async_initiate<Token, void(Result<Film>)>(
        [this](auto handler) { wait(Handler<Result<Film>>(std::move(handler))); }, token);
  }
  // Blocks. Not from a completion handler of the Pipeline.
  std::optional<Event> next_event();
  Result<Film> wait();
  // Whether it has ended, after at most that time: for those who have to look up now and then.
  bool wait_for(std::chrono::milliseconds time);

  // For workers that give a job slices of time: lets it run for at most `slice`, then stops it here and saves. Blocks.
  // The status: `complete`, `failed` … when it ended within the slice; `interrupted` when it is paused. Attach again
  // (in any process) for the next slice: nothing that was made is made again.
  JobStatus advance(std::chrono::milliseconds slice);

  // All events after a number, from the journal. Blocks on a disk.
  Result<std::vector<Event>> events(std::int64_t after = 0) const;
  // Ends the job: stops new work, cancels at the provider, keeps what is finished. Returns at once.
  void cancel();
  // Stops the work here and saves; the job can be resumed. Returns at once.
  void interrupt();

 private:
  void next_event(Handler<std::optional<Event>> handler);
  void wait(Handler<Result<Film>> handler);
  std::shared_ptr<JobState> state_;
  std::shared_ptr<std::atomic<std::int64_t>> seen_ = std::make_shared<std::atomic<std::int64_t>>(0);
};

VIDGEN_NAMESPACE_END
