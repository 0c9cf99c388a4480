// SPDX-License-Identifier: Apache-2.0
// The host's own event loop: everything runs on it, and a cancelled wait leaves the job alone.
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "workspace.hpp"

namespace vidgen {
namespace {

struct Heard {
  int events = 0;
  Result<Film> film;
  Result<Plan> plan;
};

Async<void> make_one(Pipeline& pipeline, Heard& heard) {
  Request request = test::small_film();
  heard.plan = co_await pipeline.async_plan(request, asio::use_awaitable);
  Result<Job> job = co_await pipeline.async_submit(request, asio::use_awaitable);
  if (!job) co_return;
  for (;;) {
    std::optional<Event> event = co_await job->async_next_event(asio::use_awaitable);
    if (!event) break;
    ++heard.events;
  }
  heard.film = co_await job->async_wait(asio::use_awaitable);
}

TEST(HostLoop, PlansMakesAndReports) {
  test::Workspace workspace;
  asio::io_context loop(1);
  Pipeline pipeline(loop.get_executor(), workspace.config());
  Heard heard;
  asio::co_spawn(loop, make_one(pipeline, heard), asio::detached);
  loop.run();
  ASSERT_TRUE(heard.plan) << heard.plan.error().describe();
  EXPECT_EQ(heard.plan->frames, 90);
  ASSERT_TRUE(heard.film) << heard.film.error().describe();
  EXPECT_GT(heard.events, 5);
}

TEST(HostLoop, CancellingAWaitDetaches) {
  test::Workspace workspace;
  Pipeline pipeline(workspace.config());
  auto job = pipeline.submit(test::small_film());
  ASSERT_TRUE(job);
  asio::io_context loop(1);
  asio::cancellation_signal hang_up;
  Result<Film> waited;
  bool called = false;
  auto on_end = [&](Result<Film> film) {
    waited = std::move(film);
    called = true;
  };
  job->async_wait(asio::bind_executor(loop.get_executor(), asio::bind_cancellation_slot(hang_up.slot(), on_end)));
  hang_up.emit(asio::cancellation_type::terminal);
  loop.run();
  ASSERT_TRUE(called);
  ASSERT_FALSE(waited);
  EXPECT_EQ(waited.error().code(), Errc::interrupted);
  // The client hung up; the film is made all the same.
  EXPECT_TRUE(job->wait());
}

}  // namespace
}  // namespace vidgen
