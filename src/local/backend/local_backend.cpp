// SPDX-License-Identifier: Apache-2.0
// The embedded provider: a table of jobs that are worked on in the pool. It behaves as a hosted one does: a job is
// created, takes its time, is asked after and fetched. Its ids are the attempts' own keys, so that an answer that was
// lost is found again; a job that died with its process is not there, and is simply made again for nothing.
#include "vidgen/local.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <map>
#include <mutex>

#include "base/local_module.hpp"
#include "base/offload.hpp"
#include "base/timer.hpp"
#include "local/backend/storyboard.hpp"
#include "local/backend/work.hpp"
#include "local/titles/titles.hpp"

namespace vidgen::local {

Result<WorkResult> do_work(const GenerationRequest& request, const GenerationInputs& inputs,
                           const WorkContext& context) {
  switch (request.kind) {
    case ModelKind::video:
      return paint_clip(request, inputs, context);
    case ModelKind::image:
      return paint_still(request, inputs, context);
    case ModelKind::music:
      return compose_music(request, context);
    default:
      return Error(Errc::unsupported, "the embedded backend makes pictures, clips and music only");
  }
}

namespace {

constexpr auto kLook = std::chrono::milliseconds(200);  // after progress, and a stop

struct LocalJob {
  RemoteJob remote;
  std::optional<Result<WorkResult>> result;
  std::stop_source stop;
  std::vector<std::weak_ptr<base::Timer>> followers;  // whose wait its end cuts short
};

class LocalBackend final : public ModelBackend, public std::enable_shared_from_this<LocalBackend> {
 public:
  explicit LocalBackend(LocalOptions options) : options_(std::move(options)) {}

  std::string name() const override { return "local"; }
  Reconcile reconcile_kind() const override { return Reconcile::native_key; }

  Async<Result<RemoteJob>> create(GenerationRequest request, GenerationInputs inputs, Attempt attempt,
                                  BackendContext context) override {
    std::string id = id_of(attempt);
    std::shared_ptr<LocalJob> job = begin(id);
    if (job) {
      auto work = [self = shared_from_this(), job, request = std::move(request), inputs = std::move(inputs),
                   store = context.store] { self->carry_out(*job, request, inputs, store); };
      asio::post(context.pool, std::move(work));
    }
    co_return look_up(id);
  }

  Async<Result<RemoteJob>> get(std::string id, BackendContext) override { co_return look_up(id); }

  // Hears of the end at once: a shot takes less time than two questions after it.
  Async<Result<RemoteJob>> follow(RemoteJob known, BackendContext context) override {
    auto timer = std::make_shared<base::Timer>(co_await asio::this_coro::executor);
    attend(known.id, timer);
    for (;;) {
      Result<RemoteJob> now = look_up(known.id);
      if (!now) co_return now.error();
      if (context.heard) context.heard(*now);
      if (context.progress) context.progress(now->fraction);
      if (now->state != RemoteState::queued && now->state != RemoteState::running) co_return *now;
      if (context.stop.stop_requested()) co_return Error(Errc::interrupted, "the wait for the picture was stopped");
      timer->expires_after(kLook);
      boost::system::error_code ignored;
      co_await timer->async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
  }

  Async<Result<std::vector<Asset>>> fetch(std::string id, BackendContext) override {
    std::lock_guard lock(mutex_);
    auto it = jobs_.find(id);
    if (it == jobs_.end() || !it->second->result) co_return missing(id);
    Result<WorkResult> result = *it->second->result;
    jobs_.erase(it);  // fetched: the store has it now
    if (!result) co_return result.error();
    co_return result->outputs;
  }

  Async<Status> cancel(std::string id, BackendContext) override {
    std::lock_guard lock(mutex_);
    auto it = jobs_.find(id);
    if (it != jobs_.end()) it->second->stop.request_stop();
    co_return Status();
  }

  Async<Result<std::optional<RemoteJob>>> find(Attempt attempt, BackendContext) override {
    Result<RemoteJob> known = look_up(id_of(attempt));
    co_return known ? std::optional<RemoteJob>(*known) : std::optional<RemoteJob>();
  }

  bool ends_with_process() const override { return true; }
  std::shared_ptr<TitleRenderer> titles() const override { return local_titles(); }
  std::shared_ptr<StoryboardPainter> storyboards() const override { return local_storyboards(); }

 private:
  static std::string id_of(const Attempt& attempt) {
    return attempt.job + "-" + attempt.key.substr(0, 16) + "-" + std::to_string(attempt.number);
  }
  static Error missing(const std::string& id) {
    return Error(Errc::not_found, "the embedded backend has no job " + id);
  }

  // A new job, or null when it is there already.
  std::shared_ptr<LocalJob> begin(const std::string& id) {
    std::lock_guard lock(mutex_);
    if (jobs_.count(id) != 0) return nullptr;
    auto job = std::make_shared<LocalJob>();
    job->remote.id = id;
    jobs_[id] = job;
    return job;
  }

  Result<RemoteJob> look_up(const std::string& id) {
    std::lock_guard lock(mutex_);
    auto it = jobs_.find(id);
    if (it == jobs_.end()) return missing(id);
    return it->second->remote;
  }

  void attend(const std::string& id, const std::shared_ptr<base::Timer>& timer) {
    std::lock_guard lock(mutex_);
    if (auto it = jobs_.find(id); it != jobs_.end()) it->second->followers.push_back(timer);
  }

  // Where the followers wait, since a timer is not for two threads; they have begun to wait when this runs.
  static void wake(LocalJob& job) {
    for (const std::weak_ptr<base::Timer>& follower : job.followers)
      if (const auto timer = follower.lock()) asio::post(timer->get_executor(), [timer] { timer->cancel(); });
    job.followers.clear();
  }

  void carry_out(LocalJob& job, const GenerationRequest& request, const GenerationInputs& inputs,
                 const std::shared_ptr<Store>& store) {
    WorkContext context;
    context.store = store;
    context.options = options_;
    context.shots = shots_;
    context.photos = photos_;
    context.stop = job.stop.get_token();
    context.progress = [this, &job](double part) {
      std::lock_guard lock(mutex_);
      job.remote.fraction = part;
    };
    {
      std::lock_guard lock(mutex_);
      job.remote.state = RemoteState::running;
    }
    Result<WorkResult> result = do_work(request, inputs, context);
    std::lock_guard lock(mutex_);
    job.remote.state = result ? RemoteState::succeeded : RemoteState::failed;
    if (!result && result.error().code() == Errc::cancelled) job.remote.state = RemoteState::cancelled;
    job.remote.fraction = result ? 1.0 : job.remote.fraction;
    if (!result) job.remote.error = result.error().describe();
    if (result) job.remote.remarks = result->remarks;
    job.remote.cost = Money();
    job.result = std::move(result);
    wake(job);
  }

  LocalOptions options_;
  std::shared_ptr<ShotCache> shots_ = std::make_shared<ShotCache>();
  std::shared_ptr<PhotoCache> photos_ = std::make_shared<PhotoCache>();
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<LocalJob>> jobs_;
};

}  // namespace
}  // namespace vidgen::local

VIDGEN_NAMESPACE_BEGIN

std::shared_ptr<ModelBackend> local_backend(const LocalOptions& options) {
  return std::make_shared<local::LocalBackend>(options);
}

std::shared_ptr<TitleRenderer> local_titles() {
  return local::make_title_renderer();
}

std::shared_ptr<StoryboardPainter> local_storyboards() {
  return local::make_storyboard_painter();
}

VIDGEN_NAMESPACE_END

// The one symbol that the core looks for when it loads this library by itself.
extern "C" VIDGEN_EXPORT const vidgen::base::LocalModule* vidgen_local_module() {
  static constexpr vidgen::base::LocalModule kModule = {vidgen::kVersion, &vidgen::local_backend,
                                                        &vidgen::local_titles, &vidgen::local_storyboards};
  return &kModule;
}
