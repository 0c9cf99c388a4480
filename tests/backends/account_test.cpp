// SPDX-License-Identifier: Apache-2.0
// What those hear that wait for their turn when the account is refused: the provider's own words, and whose they are.
#include "backends/account.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <gtest/gtest.h>

namespace vidgen::backends::test {
namespace {

class AccountOfOne : public ::testing::Test {
 protected:
  static flow::AccountLimits one_at_a_time() {
    flow::AccountLimits limits;
    limits.concurrent = 1;
    return limits;
  }
  std::future<Result<flow::TicketId>> ask(const char* step) {
    flow::Ticket ticket;
    ticket.job = "job";
    ticket.step = step;
    ticket.kind = flow::CallKind::create;
    auto future = asio::co_spawn(io, account->turn(std::move(ticket), std::stop_token()), asio::use_future);
    run();
    return future;
  }
  void run() {
    io.restart();
    io.poll();
  }
  static bool ready(std::future<Result<flow::TicketId>>& future) {
    return future.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  }

  asio::io_context io;
  std::shared_ptr<Account> account = std::make_shared<Account>(one_at_a_time(), true, flow::Nanos(0), 1.0, 7);
};

TEST_F(AccountOfOne, ThoseThatWaitHearWhyAndFromWhom) {
  for (flow::Outcome outcome : {flow::Outcome::credentials, flow::Outcome::money}) {
    auto first = ask("clip_00"), second = ask("clip_01");
    ASSERT_TRUE(ready(first));
    ASSERT_FALSE(ready(second));
    const flow::TicketId id = first.get().value();
    account->report(id, outcome, flow::Feedback(), Error(Errc::credentials, "no such key").from("replicate", "req-7"));
    account->release(id);
    run();
    ASSERT_TRUE(ready(second));
    const Result<flow::TicketId> refused = second.get();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), Errc::credentials);
    EXPECT_EQ(refused.error().origin().provider, "replicate");
    EXPECT_EQ(refused.error().origin().request_id, "req-7");
  }
}

}  // namespace
}  // namespace vidgen::backends::test
