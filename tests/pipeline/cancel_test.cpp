// SPDX-License-Identifier: Apache-2.0
// What a stop means for a job at a provider that outlives this process: a cancel reaches it, an interrupt leaves it
// running, to be joined again.
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <condition_variable>
#include <mutex>
#include <set>

#include "wrapped.hpp"

namespace vidgen {
namespace {

// Its jobs never end; what is followed and cancelled is remembered.
class Endless : public test::Wrapped {
 public:
  Async<Result<RemoteJob>> follow(RemoteJob job, BackendContext context) override {
    {
      std::lock_guard lock(mutex_);
      followed_.insert(job.id);
      changed_.notify_all();
    }
    auto executor = co_await asio::this_coro::executor;
    asio::steady_timer timer(executor);
    while (!context.stop.stop_requested()) {
      timer.expires_after(std::chrono::milliseconds(5));
      boost::system::error_code ignored;
      co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
    Error stopped(Errc::interrupted, "stopped");
    co_return stopped;
  }
  Async<Status> cancel(std::string id, BackendContext) override {
    std::lock_guard lock(mutex_);
    cancelled_.insert(id);
    co_return Status();
  }
  void wait_until_followed() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !followed_.empty(); });
  }
  std::set<std::string> followed() {
    std::lock_guard lock(mutex_);
    return followed_;
  }
  std::set<std::string> cancelled() {
    std::lock_guard lock(mutex_);
    return cancelled_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::set<std::string> followed_, cancelled_;
};

struct Stopped {
  explicit Stopped(void (Job::*stop)()) {
    Config config = workspace.config();
    config.backends.add(backend);
    Pipeline pipeline(config);
    auto job = pipeline.submit(test::small_film());
    EXPECT_TRUE(job);
    if (!job) return;
    backend->wait_until_followed();
    ((*job).*stop)();
    film = job->wait();
  }
  test::Workspace workspace;
  std::shared_ptr<Endless> backend = std::make_shared<Endless>();
  Result<Film> film;
};

TEST(Stop, ACancelReachesTheProviderForEveryJobThere) {
  Stopped run(&Job::cancel);
  ASSERT_FALSE(run.film);
  EXPECT_EQ(run.film.error().code(), Errc::cancelled);
  EXPECT_FALSE(run.backend->followed().empty());
  EXPECT_EQ(run.backend->cancelled(), run.backend->followed());
}

TEST(Stop, AnInterruptCancelsNothing) {
  Stopped run(&Job::interrupt);
  ASSERT_FALSE(run.film);
  EXPECT_EQ(run.film.error().code(), Errc::interrupted);
  EXPECT_FALSE(run.backend->followed().empty());
  EXPECT_TRUE(run.backend->cancelled().empty());
}

}  // namespace
}  // namespace vidgen
