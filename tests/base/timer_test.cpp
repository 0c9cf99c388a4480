// SPDX-License-Identifier: Apache-2.0
#include "base/timer.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

namespace vidgen::base {
namespace {

// Who waits for another with pauses that are over at once would keep the only thread otherwise.
TEST(SleepFor, LetsOthersRunHoweverShortItIs) {
  for (const int nanos : {-1, 0, 1}) {
    const std::chrono::nanoseconds time(nanos);
    asio::io_context loop;
    bool done = false;
    int pauses = 0;
    asio::co_spawn(
        loop,
        [&]() -> Async<void> {
          while (!done && pauses < 1000) {
            ++pauses;
            co_await sleep_for(time);
          }
        },
        asio::detached);
    asio::post(loop, [&] { done = true; });
    loop.run();
    EXPECT_LT(pauses, 1000) << nanos;
  }
}

TEST(SleepFor, AStopThatIsThereEndsItAtOnce) {
  std::stop_source stop;
  stop.request_stop();
  asio::io_context loop;
  bool ended = false;
  asio::co_spawn(
      loop,
      [&]() -> Async<void> {
        co_await sleep_for(std::chrono::hours(24), stop.get_token());
        ended = true;
      },
      asio::detached);
  loop.run();
  EXPECT_TRUE(ended);
}

}  // namespace
}  // namespace vidgen::base
