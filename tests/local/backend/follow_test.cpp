// SPDX-License-Identifier: Apache-2.0
// The embedded provider's jobs, followed to their end.
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#include <future>
#include <thread>

#include "base/timer.hpp"
#include "clips.hpp"
#include "store/file_store.hpp"
#include "vidgen/local.hpp"

namespace vidgen::local {
namespace {

// In which nothing is ever over: a wait ends only when somebody ends it.
class StandStill final : public base::TimeSource {
 public:
  StandStill() { base::set_time_source(this); }
  ~StandStill() override { base::set_time_source(nullptr); }
  std::chrono::nanoseconds now() override { return std::chrono::nanoseconds(0); }
  void waits(std::chrono::nanoseconds) override { std::this_thread::sleep_for(std::chrono::milliseconds(1)); }
};

GenerationRequest still() {
  GenerationRequest r;
  r.kind = ModelKind::image;
  r.role = "product";
  r.size = Size(320, 180);
  r.fps = 24;
  r.product.category = "mug";
  r.seed = 7;
  return r;
}

class LocalFollow : public testing::Test {
 protected:
  ~LocalFollow() override {
    pool_.join();
    work_.reset();
    loop_.join();
  }

  template <class T>
  std::future<T> start(Async<T> wait) {
    return asio::co_spawn(strand_, std::move(wait), asio::use_future);
  }
  template <class T>
  T done(std::future<T> future) {
    EXPECT_EQ(future.wait_for(std::chrono::minutes(1)), std::future_status::ready) << "nobody ends the wait";
    if (future.wait_for(std::chrono::seconds(0)) != std::future_status::ready) std::abort();
    return future.get();
  }
  BackendContext context() {
    BackendContext c;
    c.pool = pool_.get_executor();
    c.store = store_;
    return c;
  }
  Attempt attempt(int number) const {
    Attempt a;
    a.job = "job";
    a.key = "0123456789abcdef0123";
    a.number = number;
    return a;
  }
  RemoteJob created(int number) {
    Result<RemoteJob> job = done(start(backend_->create(still(), GenerationInputs(), attempt(number), context())));
    EXPECT_TRUE(job) << job.error().describe();
    return *job;
  }

  test::Folder folder_;
  std::shared_ptr<Store> store_ = *store::open_file_store(folder_ / "store");
  std::shared_ptr<ModelBackend> backend_ = local_backend();
  asio::thread_pool pool_{2};
  asio::io_context io_;
  asio::strand<asio::io_context::executor_type> strand_{io_.get_executor()};
  std::optional<asio::executor_work_guard<asio::io_context::executor_type>> work_{io_.get_executor()};
  std::thread loop_{[this] { io_.run(); }};
};

// With a clock that stands still no question after it would ever be due.
TEST_F(LocalFollow, HearsOfTheEndAtOnce) {
  const StandStill time;
  const RemoteJob job = created(1);
  int heard = 0;
  BackendContext at = context();
  at.heard = [&](const RemoteJob&) { ++heard; };
  auto first = start(backend_->follow(job, at)), second = start(backend_->follow(job, context()));
  for (auto* one : {&first, &second}) {
    const Result<RemoteJob> ended = done(std::move(*one));
    ASSERT_TRUE(ended) << ended.error().describe();
    EXPECT_EQ(ended->state, RemoteState::succeeded);
    EXPECT_EQ(ended->fraction, 1);
  }
  EXPECT_GE(heard, 1);
  EXPECT_LE(heard, 2) << "when it began to listen, and at the end";
  const auto outputs = done(start(backend_->fetch(job.id, context())));
  ASSERT_TRUE(outputs);
  EXPECT_EQ(outputs->size(), 1u);
}

TEST_F(LocalFollow, OfWhatHasEndedEndsAtOnce) {
  const RemoteJob job = created(2);
  ASSERT_TRUE(done(start(backend_->follow(job, context()))));
  const StandStill time;
  const Result<RemoteJob> again = done(start(backend_->follow(job, context())));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->state, RemoteState::succeeded);
}

TEST_F(LocalFollow, EndsWhenItIsStopped) {
  std::stop_source stop;
  stop.request_stop();
  BackendContext at = context();
  at.stop = stop.get_token();
  const RemoteJob job = created(3);
  const Result<RemoteJob> ended = done(start(backend_->follow(job, at)));
  if (!ended) {  // it may have been painted before
    EXPECT_EQ(ended.error().code(), Errc::interrupted);
  }
  EXPECT_TRUE(done(start(backend_->follow(job, context())))) << "the job itself goes on";
}

TEST_F(LocalFollow, OfAnUnknownJobSaysSo) {
  RemoteJob job;
  job.id = "nobody";
  const Result<RemoteJob> ended = done(start(backend_->follow(job, context())));
  ASSERT_FALSE(ended);
  EXPECT_EQ(ended.error().code(), Errc::not_found);
}

}  // namespace
}  // namespace vidgen::local
