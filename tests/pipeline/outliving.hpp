// SPDX-License-Identifier: Apache-2.0
// A provider whose jobs outlive a pipeline: answers get lost, jobs are held, and it counts what was bought by key.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "wrapped.hpp"

namespace vidgen::test {

class Outliving : public Wrapped {
 public:
  bool ends_with_process() const override { return false; }
  Async<Result<RemoteJob>> create(GenerationRequest request, GenerationInputs inputs, Attempt attempt,
                                  BackendContext context) override {
    const bool clip = request.kind == ModelKind::video;
    {
      std::lock_guard lock(mutex_);
      ++created[attempt.key];
    }
    if (clip && swallow.exchange(false)) co_return Error(Errc::ambiguous, "it was lost on its way");
    Result<RemoteJob> job =
        co_await Wrapped::create(std::move(request), std::move(inputs), std::move(attempt), std::move(context));
    if (clip && job) {
      std::lock_guard lock(mutex_);
      clips_.insert(job->id);
    }
    if (clip && lose_answer.exchange(false)) co_return Error(Errc::ambiguous, "the answer was lost");
    co_return job;
  }
  Async<Result<RemoteJob>> get(std::string id, BackendContext context) override {
    Result<RemoteJob> job = co_await Wrapped::get(id, std::move(context));
    std::lock_guard lock(mutex_);
    if (job && held && clips_.count(id) != 0) job->state = RemoteState::running;
    if (job && price && clips_.count(id) != 0) job->cost = *price;
    co_return job;
  }
  Async<Status> cancel(std::string id, BackendContext context) override {
    if (deaf) co_return Error(Errc::network, "the line is dead");
    ++cancelled;
    if (on_cancel) on_cancel();
    co_return co_await Wrapped::cancel(std::move(id), std::move(context));
  }
  Async<Result<std::optional<RemoteJob>>> find(Attempt attempt, BackendContext context) override {
    ++searched;
    if (blind) co_return Error(Errc::ambiguous, "it cannot be told");
    co_return co_await Wrapped::find(std::move(attempt), std::move(context));
  }
  Async<Result<std::vector<Sighting>>> sightings(std::vector<Attempt> attempts, BackendContext context) override {
    if (on_sightings) on_sightings();
    co_return co_await Wrapped::sightings(std::move(attempts), std::move(context));
  }
  int most_creates() const {
    int most = 0;
    for (const auto& [key, n] : created) most = std::max(most, n);
    return most;
  }

  std::atomic<bool> held{false}, lose_answer{false}, swallow{false}, blind{false}, deaf{false};
  std::atomic<int> cancelled{0}, searched{0};
  std::map<std::string, int> created;  // by key
  std::optional<Money> price;          // of a clip, as the provider says
  std::function<void()> on_cancel, on_sightings;

 private:
  std::mutex mutex_;
  std::set<std::string> clips_;
};

inline void until_a_clip_begins(Job& job) {
  while (auto event = job.next_event())
    if (event->kind == "step" && event->step.rfind("clip", 0) == 0) return;
}

// Later than that it begins: the provider has it, and the journal knows.
inline void until_a_clip_runs(Pipeline& pipeline) {
  for (int i = 0; i < 3000; ++i) {
    for (const AttemptRecord& a : pipeline.attempts("film").value())
      if (a.step.rfind("clip", 0) == 0 && a.state == "running") return;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  FAIL() << "no clip was made";
}

struct Stand {
  Workspace workspace;
  std::shared_ptr<Outliving> provider = std::make_shared<Outliving>();
  Config config() const {
    Config c = workspace.config();
    c.backends.add(provider);
    return c;
  }
};

}  // namespace vidgen::test
