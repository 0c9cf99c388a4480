// SPDX-License-Identifier: Apache-2.0
// What a webhook does to a job that is waited for: it ends the wait early and changes nothing else. The account's time
// goes so slowly that without a hint no job would be asked after while the test lasts.
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "backends/hosted.hpp"
#include "backends/table.hpp"
#include "flow/poll.hpp"

namespace vidgen {
namespace {

// The provider's side of the questions: what it would say of each job, and what it was asked.
class Provider : public Transport {
 public:
  Async<HttpResponse> exchange(HttpRequest request) override {
    const std::string id = request.url.substr(request.url.rfind('/') + 1);
    ++asked[id];
    bodies.push_back(request.body);
    HttpResponse response;
    response.sent = Sent::answered;
    response.status = 200;
    const auto it = status.find(id);
    response.body = R"({"id":")" + (it == status.end() ? std::string("new1") : id) + R"(","status":")" +
                    (it == status.end() ? std::string("starting") : it->second) + "\"}";
    if (on_answer) on_answer(id);
    co_return response;
  }
  std::map<std::string, std::string> status;
  std::map<std::string, int> asked;
  std::vector<std::string> bodies;
  std::function<void(const std::string&)> on_answer;
};

struct House {
  explicit House(double speed = 1e-4) {
    HostedOptions options;
    options.key = "key";
    options.base_url = "http://127.0.0.1:1/v1";
    options.transport = provider;
    options.speed = speed;
    options.seed = 1;
    backend = std::make_shared<backends::HostedBackend>(backends::replicate(), options);
  }
  void follow(const std::string& id, std::stop_token stop = {}) {
    RemoteJob job;
    job.id = id;
    BackendContext context;
    context.stop = stop;
    auto keep = [this, id](std::exception_ptr, Result<RemoteJob> result) { ended[id] = std::move(result); };
    asio::co_spawn(loop, backend->follow(job, context), keep);
    loop.poll();
  }
  Status deliver(const std::string& id, RemoteState state) {
    RemoteJob job;
    job.id = id;
    job.state = state;
    job.cost = usd(99);
    return backend->deliver(job);
  }
  // Runs until that many have ended; a wait that no hint ends would last for days.
  void run_until(std::size_t count) {
    while (ended.size() < count && loop.run_one_for(std::chrono::seconds(60)) > 0) {
    }
  }
  std::shared_ptr<Provider> provider = std::make_shared<Provider>();
  std::shared_ptr<backends::HostedBackend> backend;
  asio::io_context loop{1};
  std::map<std::string, Result<RemoteJob>> ended;
};

TEST(Hint, EndsTheWaitEarly) {
  House house;
  house.provider->status["a"] = "succeeded";
  house.follow("a");
  EXPECT_EQ(house.provider->asked["a"], 0);
  EXPECT_TRUE(house.deliver("a", RemoteState::succeeded));
  house.run_until(1);
  ASSERT_EQ(house.ended.count("a"), 1U);
  ASSERT_TRUE(house.ended["a"]);
  EXPECT_EQ(house.ended["a"]->state, RemoteState::succeeded);
  EXPECT_EQ(house.provider->asked["a"], 1);
}

TEST(Hint, NothingItSaysIsTaken) {
  House house;
  house.provider->status["a"] = "failed";
  house.follow("a");
  EXPECT_TRUE(house.deliver("a", RemoteState::succeeded));
  house.run_until(1);
  ASSERT_TRUE(house.ended["a"]);
  EXPECT_EQ(house.ended["a"]->state, RemoteState::failed);
  EXPECT_FALSE(house.ended["a"]->cost.has_value());
}

TEST(Hint, ALieIsAskedAfterOnceAndTheWaitGoesOn) {
  House house;
  house.provider->status["a"] = "processing";
  house.follow("a");
  EXPECT_TRUE(house.deliver("a", RemoteState::succeeded));
  house.loop.poll();
  EXPECT_EQ(house.provider->asked["a"], 1);
  EXPECT_TRUE(house.ended.empty());
  house.provider->status["a"] = "succeeded";
  EXPECT_TRUE(house.deliver("a", RemoteState::succeeded));
  house.run_until(1);
  EXPECT_EQ(house.ended["a"]->state, RemoteState::succeeded);
}

TEST(Hint, BeforeItIsWaitedForItIsRemembered) {
  House house;
  house.provider->status["a"] = "succeeded";
  EXPECT_EQ(house.deliver("a", RemoteState::succeeded).error().code(), Errc::not_found);
  house.follow("a");
  house.run_until(1);
  EXPECT_EQ(house.ended["a"]->state, RemoteState::succeeded);
}

TEST(Hint, WordsOfTheMiddleAskNothing) {
  House house;
  house.provider->status["a"] = "processing";
  house.follow("a");
  for (RemoteState state : {RemoteState::queued, RemoteState::running, RemoteState::unknown})
    EXPECT_TRUE(house.deliver("a", state));
  house.loop.poll();
  EXPECT_EQ(house.provider->asked["a"], 0);
}

// Any order, any number, for jobs of its own and of others: each job ends once, as the provider says.
TEST(Hint, OrderAndDuplicates) {
  base::Random random(7);
  for (int round = 0; round < 50; ++round) {
    House house;
    std::stop_source stop;
    for (int i = 0; i < 6; ++i) house.provider->status["j" + std::to_string(i)] = i % 2 ? "succeeded" : "failed";
    for (int i = 0; i < 6; ++i) house.follow("j" + std::to_string(i));
    std::set<std::string> told;
    for (int i = 0; i < 40; ++i) {
      const std::string id = "j" + std::to_string(random.below(8));  // two that nobody knows
      const auto state = static_cast<RemoteState>(random.below(6));
      (void)house.deliver(id, state);
      const bool over =
          state == RemoteState::succeeded || state == RemoteState::failed || state == RemoteState::cancelled;
      if (over && id < "j6") told.insert(id);
      if (random.below(3) == 0) house.loop.poll();
    }
    house.run_until(told.size());
    EXPECT_EQ(house.ended.size(), told.size());
    for (const auto& [id, result] : house.ended) {
      ASSERT_TRUE(result);
      EXPECT_EQ(result->state, house.provider->status[id] == "failed" ? RemoteState::failed : RemoteState::succeeded);
    }
  }
}

TEST(Hint, WhileAQuestionIsUnderWayThereIsOneMore) {
  flow::PollPlan plan(flow::PollPolicy(), 1);
  const auto at = [](int s) { return flow::Nanos(std::chrono::seconds(s)); };
  plan.add("a", at(0), at(20), at(1800), at(0));
  plan.hint("a", at(1));
  EXPECT_EQ(plan.due(at(1)).kind, flow::PollKind::get);
  plan.hint("a", at(2));
  EXPECT_EQ(plan.due(at(2)).kind, flow::PollKind::none);
  EXPECT_FALSE(plan.seen("a", RemoteState::running, at(3)));
  EXPECT_EQ(plan.due(at(3)).kind, flow::PollKind::get);
  plan.hint("nobody", at(3));
  EXPECT_TRUE(plan.seen("a", RemoteState::succeeded, at(4)));
  EXPECT_FALSE(plan.seen("a", RemoteState::succeeded, at(4)));
}

// Where enough are under way for a list, a hint still asks for its own job at once.
TEST(Hint, DoesNotWaitForTheList) {
  flow::PollPlan plan(flow::PollPolicy(), 1);
  const flow::Nanos now{0};
  for (const char* id : {"a", "b", "c", "d"})
    plan.add(id, now, std::chrono::seconds(20), std::chrono::seconds(1800), now);
  plan.hint("c", now);
  const flow::PollCall call = plan.due(now);
  EXPECT_EQ(call.kind, flow::PollKind::get);
  EXPECT_EQ(call.id, "c");
}

TEST(Create, AsksForAWebhookOnlyWhenThereIsAPlaceForIt) {
  for (const std::string url : {"", "https://studio.example/hook"}) {
    House house(1);
    BackendContext context;
    auto model = std::make_shared<ModelProfile>();
    model->name = "m";
    model->id = "owner/m";
    model->seed_bits = 31;
    context.model = model;
    context.webhook = url;
    auto keep = [](std::exception_ptr, Result<RemoteJob>) {};
    asio::co_spawn(house.loop, house.backend->create(GenerationRequest(), GenerationInputs(), Attempt(), context),
                   keep);
    while (house.provider->bodies.empty() && house.loop.run_one_for(std::chrono::seconds(60)) > 0) {
    }
    ASSERT_EQ(house.provider->bodies.size(), 1U);
    auto body = base::Json::parse(house.provider->bodies[0]);
    ASSERT_TRUE(body);
    EXPECT_EQ((*body)["webhook"].as_string(), url);
    EXPECT_EQ((*body)["webhook_events_filter"].items().size(), url.empty() ? 0U : 1U);
    if (!url.empty()) {
      EXPECT_EQ((*body)["webhook_events_filter"].items()[0].as_string(), "completed");
    }
  }
}

}  // namespace
}  // namespace vidgen
