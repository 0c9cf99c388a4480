// SPDX-License-Identifier: Apache-2.0
// The life of a job over a scripted transport: the place that it holds, what a stop does to its calls, what is said
// before it is sent, and whom a call goes to.
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "backends/stand.hpp"

namespace vidgen::backends::test {
namespace {

using ::testing::HasSubstr;
using namespace std::chrono_literals;

const char* const kStarting =
    R"({"id":"p1","model":"wan-video/wan-2.2-i2v-fast","status":"starting","input":{"seed":41}})";
const char* const kEnded = R"({"id":"p1","status":"succeeded","output":"https://files.example.net/a.mp4"})";
const char* const kNoJobs = R"({"results":[],"next":null})";

class Places : public Hosted {
 protected:
  Places() {
    concurrent = 1;
    settle = 0;
    lost.sent_ms = machine_clock()->now_ms();
  }
  Async<Result<RemoteJob>> create(int number = 1) {
    Attempt a = lost;
    a.number = number;
    return account->create(request("wan"), picture(), a, context("wan"));
  }
  // Whether another job may run there; what does not come, does not come soon.
  bool one_is_free(std::chrono::milliseconds patience = 20s) {
    script->answers = {answer(201, R"({"id":"next","status":"starting"})")};
    const auto next = try_for(create(2), patience);
    return next && *next && (**next).id == "next";
  }
  Attempt lost = attempt();
  std::shared_ptr<HostedBackend> account;

  void SetUp() override { account = backend(replicate()); }
  void create_and_lose_the_answer(const HttpResponse& bad = answer(502, "")) {
    script->answers = {bad};
    const auto unclear = wait(create());
    ASSERT_FALSE(unclear);
    ASSERT_EQ(unclear.error().code(), Errc::ambiguous);
  }
  std::string mine(const std::string& status) {
    return R"({"results":[{"id":"p1","model":"wan-video/wan-2.2-i2v-fast","status":")" + status +
           R"(","created_at":")" + iso_time(lost.sent_ms) + R"(","input":{"seed":41}}],"next":null})";
  }
};

TEST_F(Places, AreHeldUntilAJobHasEnded) {
  script->answers = {answer(201, kStarting)};
  ASSERT_TRUE(wait(create()));
  EXPECT_FALSE(one_is_free(100ms));
}

TEST_F(Places, AreFreeWhenAJobHasEnded) {
  script->answers = {answer(201, kStarting), answer(200, kEnded)};
  ASSERT_TRUE(wait(create()));
  ASSERT_TRUE(wait(account->get("p1", context("wan"))));
  EXPECT_TRUE(one_is_free());
}

TEST_F(Places, AreFreeWhenAJobIsCancelled) {
  for (const HttpResponse& said : {answer(200, "{}"), answer(404, "{}")}) {  // whatever came of it
    account = backend(replicate());
    script->answers = {answer(201, kStarting), said};
    ASSERT_TRUE(wait(create()));
    EXPECT_EQ(wait(account->cancel("p1", context("wan"))).has_value(), said.status == 200);
    EXPECT_TRUE(one_is_free()) << said.status;
  }
}

TEST_F(Places, AreHeldWhileNobodyKnowsWhetherAJobRuns) {
  create_and_lose_the_answer();
  EXPECT_FALSE(one_is_free(100ms));
}

TEST_F(Places, AreFreeWhenALostCreateWasNotAccepted) {
  for (const HttpResponse& bad : {answer(502, ""), broken(Sent::sent_unknown), answer(201, "not json")}) {
    account = backend(replicate());
    create_and_lose_the_answer(bad);
    script->answers = {answer(200, kNoJobs)};
    const auto none = wait(account->find(lost, context("wan")));
    ASSERT_TRUE(none && !*none);
    EXPECT_TRUE(one_is_free()) << bad.status << bad.body;
  }
}

TEST_F(Places, AreThoseOfTheJobThatWasFoundAgain) {
  create_and_lose_the_answer();
  script->answers = {answer(200, mine("processing"))};
  const auto found = wait(account->find(lost, context("wan")));
  ASSERT_TRUE(found && *found);
  script->answers = {answer(200, kEnded)};
  ASSERT_TRUE(wait(account->get("p1", context("wan"))));
  EXPECT_TRUE(one_is_free());
}

TEST_F(Places, AreHeldByAJobThatWasFoundAgainAndRuns) {
  create_and_lose_the_answer();
  script->answers = {answer(200, mine("processing"))};
  ASSERT_TRUE(wait(account->find(lost, context("wan"))));
  EXPECT_FALSE(one_is_free(100ms));
}

TEST_F(Places, AreFreeWhenWhatWasFoundAgainHasEnded) {
  create_and_lose_the_answer();
  script->answers = {answer(200, mine("succeeded"))};
  ASSERT_TRUE(wait(account->find(lost, context("wan"))));
  EXPECT_TRUE(one_is_free());
}

// A person decides about it, and may take long.
TEST_F(Places, AreFreeWhenNobodyCanTell) {
  create_and_lose_the_answer();
  Attempt unmarked = lost;
  unmarked.mark.clear();
  const std::string name = "minimax/hailuo-02";  // takes no seed
  const auto unknown = wait(account->find(unmarked, context(name)));
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code(), Errc::ambiguous);
  EXPECT_TRUE(one_is_free());
}

TEST_F(Places, AreHeldWhileTheSearchIsNotOver) {
  create_and_lose_the_answer();
  script->answers = {answer(401, "{}")};
  ASSERT_FALSE(wait(account->find(lost, context("wan"))));
  EXPECT_FALSE(one_is_free(100ms));
}

// ---- a transport that takes its time

class Slow : public Script {
 public:
  Async<HttpResponse> exchange(HttpRequest request) override {
    ++begun;
    asio::steady_timer timer(co_await asio::this_coro::executor, takes);
    co_await timer.async_wait(asio::use_awaitable);
    co_return co_await Script::exchange(std::move(request));
  }
  std::chrono::milliseconds takes{50};
  int begun = 0;
};

class Stops : public Hosted {
 protected:
  // What comes of it when the job is stopped while the first call is under way.
  template <class T>
  T stopped(const std::function<Async<T>(BackendContext)>& work, const std::string& name) {
    std::stop_source stop;
    BackendContext at = context(name);
    at.stop = stop.get_token();
    std::future<T> future = asio::co_spawn(loop, work(at), asio::use_future);
    for (int i = 0; i < 1000 && slow->begun == 0; ++i) loop.run_for(1ms);
    stop.request_stop();
    loop.run();
    return future.get();
  }
  std::shared_ptr<Slow> slow = std::make_shared<Slow>();
  void SetUp() override { script = slow; }
};

// What was sent may be paid for: its answer is waited for, a while.
TEST_F(Stops, LeaveACreateTimeForItsAnswer) {
  script->answers = {answer(201, kStarting)};
  auto b = backend(replicate());
  const auto made = stopped<Result<RemoteJob>>(
      [&](BackendContext at) { return b->create(request("wan"), picture(), attempt(), at); }, "wan");
  ASSERT_TRUE(made) << made.error().describe();
  EXPECT_EQ(made->id, "p1");
}

// Where no list would show it, the answer is all there is.
TEST_F(Stops, NeverCutACreateThatCannotBeFoundAgain) {
  script->answers = {answer(200, R"({"id":"c1","choices":[{"message":{"content":"{}"},"finish_reason":"stop"}]})")};
  auto b = backend(openai());
  const auto made = stopped<Result<RemoteJob>>(
      [&](BackendContext at) { return b->create(request("gpt-6-luna"), GenerationInputs(), attempt(), at); },
      "gpt-6-luna");
  ASSERT_TRUE(made) << made.error().describe();
  EXPECT_EQ(made->id, "c1");
}

TEST_F(Stops, EndAQuestionAtOnce) {
  slow->takes = std::chrono::hours(1);
  auto b = backend(replicate());
  const auto asked = stopped<Result<RemoteJob>>([&](BackendContext at) { return b->get("p1", at); }, "wan");
  ASSERT_FALSE(asked);
  EXPECT_EQ(asked.error().code(), Errc::interrupted);
  EXPECT_EQ(slow->begun, 1);
}

// Before it has its turn, and with its turn: nothing is sent, and no place is taken.
TEST_F(Stops, KeepWhatWasNotSentFromBeingSent) {
  slow->takes = 0ms;
  concurrent = 1;
  auto b = backend(replicate());
  std::stop_source stop;
  stop.request_stop();
  BackendContext at = context("wan");
  at.stop = stop.get_token();
  EXPECT_EQ(wait(b->create(request("wan"), picture(), attempt(), at)).error().code(), Errc::interrupted);
  EXPECT_TRUE(script->seen.empty());
  script->answers = {answer(201, kStarting)};
  ASSERT_TRUE(wait(b->create(request("wan"), picture(), attempt(), context("wan"))));
  std::stop_source later;
  at.stop = later.get_token();
  std::future<Result<RemoteJob>> waits =
      asio::co_spawn(loop, b->create(request("wan"), picture(), attempt(), at), asio::use_future);
  loop.restart();
  loop.run_for(20ms);
  later.request_stop();
  loop.run();
  EXPECT_EQ(waits.get().error().code(), Errc::interrupted);
  EXPECT_EQ(slow->begun, 1);
}

// A host's own transport may say it, too. It tells nothing of the provider: it is asked once.
TEST_F(Stops, OfATransportAreNoFaultOfTheProvider) {
  slow->takes = 0ms;
  for (const Errc code : {Errc::cancelled, Errc::interrupted}) {
    HttpResponse cut = broken(Sent::sent_unknown);
    cut.error = Error(code, "enough");
    script->seen.clear();
    script->answers = {cut, answer(200, kEnded)};
    const auto asked = wait(backend(replicate())->get("p1", context("wan")));
    ASSERT_FALSE(asked);
    EXPECT_EQ(asked.error().code(), code);
    EXPECT_EQ(script->seen.size(), 1u);
  }
}

// A stopped job is what is cancelled.
TEST_F(Stops, DoNotKeepAJobFromBeingCancelled) {
  script->answers = {answer(200, "{}")};
  auto b = backend(replicate());
  const auto done = stopped<Status>([&](BackendContext at) { return b->cancel("p1", at); }, "wan");
  EXPECT_TRUE(done) << done.error().describe();
  EXPECT_EQ(script->posts("/predictions/p1/cancel"), 1);
}

// ---- before it is sent

class Announced : public Hosted {
 protected:
  BackendContext announcing(const std::string& name, const Status& said = Status()) {
    BackendContext at = context(name);
    at.sending = [this, said](Sending what) -> Async<Status> {
      announced.push_back(what);
      sent_before.push_back(script->posts("/predictions"));
      co_return said;
    };
    return at;
  }
  std::vector<Sending> announced;
  std::vector<int> sent_before;
};

TEST_F(Announced, ACreateIsBeforeItLeavesWithWhatRecognisesIt) {
  const std::string name = "minimax/hailuo-02";
  HttpResponse account = answer(200, "{}");
  account.headers["date"] = "Sun, 09 Sep 2001 01:46:40 GMT";
  script->answers = {answer(201, R"({"urls":{"get":"https://api.example.com/v1/files/f1"}})"), account,
                     answer(201, kStarting)};
  auto b = backend(replicate());
  ASSERT_TRUE(wait(b->create(request(name), picture(), attempt(), announcing(name))));
  ASSERT_EQ(announced.size(), 1u);
  EXPECT_EQ(announced[0].mark, "https://api.example.com/v1/files/f1");
  EXPECT_GE(announced[0].sent_ms, 1'000'000'000'000);  // by the provider's clock, which was asked first
  EXPECT_LT(announced[0].sent_ms, 1'000'000'060'000);
  EXPECT_EQ(sent_before[0], 0);
  EXPECT_EQ(script->posts("/predictions"), 1);
}

TEST_F(Announced, TheTimeThereIsAskedForOnce) {
  HttpResponse account = answer(200, "{}");
  account.headers["date"] = "Sun, 09 Sep 2001 01:46:40 GMT";
  script->answers = {account, answer(201, kStarting), answer(201, R"({"id":"p2","status":"starting"})")};
  auto b = backend(replicate());
  EXPECT_TRUE(wait(b->create(request("wan"), picture(), attempt(), announcing("wan"))));
  EXPECT_TRUE(wait(b->create(request("wan"), picture(), attempt(), announcing("wan"))));
  EXPECT_EQ(script->calls()[0], "GET https://api.example.com/v1/account");
  EXPECT_EQ(script->seen.size(), 3u);
}

TEST_F(Announced, OneAsksForTheTimeAndTheOthersWaitForIt) {
  auto slow = std::make_shared<Slow>();
  script = slow;
  HttpResponse account = answer(200, "{}");
  account.headers["date"] = "Sun, 09 Sep 2001 01:46:40 GMT";
  script->answers = {account, answer(201, kStarting), answer(201, R"({"id":"p2","status":"starting"})")};
  auto b = backend(replicate());
  std::vector<std::future<Result<RemoteJob>>> made;
  for (int i = 0; i < 2; ++i)
    made.push_back(asio::co_spawn(loop, b->create(request("wan"), picture(), attempt(), announcing("wan")),
                                  asio::use_future));
  loop.run();
  for (auto& one : made) EXPECT_TRUE(one.get());
  EXPECT_EQ(slow->begun, 3);
  for (const Sending& one : announced) EXPECT_GT(one.sent_ms, 0);
}

TEST_F(Announced, WhereNoCallIsFreeNobodyAsksForTheTime) {
  ProviderRow row = replicate();
  row.check_key = nullptr;
  script->answers = {answer(201, kStarting)};
  EXPECT_TRUE(wait(backend(row)->create(request("wan"), picture(), attempt(), announcing("wan"))));
  EXPECT_EQ(script->seen.size(), 1u);
}

TEST_F(Announced, ADateThatIsNoneTellsNoTime) {
  HttpResponse account = answer(200, "{}");
  account.headers["date"] = "tomorrow";
  script->answers = {account, answer(201, kStarting)};
  EXPECT_TRUE(wait(backend(replicate())->create(request("wan"), picture(), attempt(), announcing("wan"))));
  EXPECT_EQ(announced[0].sent_ms, 0);
}

// It matters little; a key that is refused does.
TEST_F(Announced, ATimeThatIsNotToldHoldsNobodyUp) {
  auto b = backend(replicate());
  for (int i = 0; i < 2; ++i) {
    script->answers = {answer(400, "{}"), answer(201, kStarting)};
    const auto made = try_for(b->create(request("wan"), picture(), attempt(), announcing("wan")), 20s);
    ASSERT_TRUE(made && *made) << i;
    EXPECT_EQ(announced.back().sent_ms, 0);
  }
  script->seen.clear();
  script->answers = {answer(401, "{}"), answer(201, kStarting)};
  const auto refused = wait(backend(replicate())->create(request("wan"), picture(), attempt(), announcing("wan")));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code(), Errc::credentials);
  EXPECT_EQ(script->posts("/predictions"), 0);
}

TEST_F(Announced, WhatCannotBeWrittenDownIsNotSent) {
  concurrent = 1;
  auto b = backend(openai());
  const Status full = Error(Errc::no_space, "the disk is full");
  for (int i = 0; i < 3; ++i) {  // and takes no place
    const auto made =
        wait(b->create(request("gpt-6-luna"), GenerationInputs(), attempt(), announcing("gpt-6-luna", full)));
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code(), Errc::no_space);
  }
  EXPECT_EQ(announced.size(), 3u);
  EXPECT_TRUE(script->seen.empty());
}

TEST_F(Announced, AJobWithoutItsModelsRowIsNotSent) {
  BackendContext bare = announcing("wan");
  bare.model.reset();
  const auto made = wait(backend(replicate())->create(request("wan"), picture(), attempt(), bare));
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code(), Errc::internal);
  EXPECT_TRUE(script->seen.empty());
}

// ---- answers

using Answers = Hosted;

TEST_F(Answers, OfAnEndedJobAreKnownWithoutAsking) {
  script->answers = {answer(201, kStarting), answer(200, kEnded)};
  auto b = backend(replicate());
  ASSERT_TRUE(wait(b->create(request("wan"), picture(), attempt(), context("wan"))));
  const auto first = wait(b->get("p1", context("wan"))), again = wait(b->get("p1", context("wan")));
  ASSERT_TRUE(first && again);
  EXPECT_EQ(again->state, RemoteState::succeeded);
  EXPECT_GT(again->cost.value_or(Money()), Money());
  EXPECT_EQ(again->cost, first->cost);
  BackendContext bare = context("wan");
  bare.model.reset();
  EXPECT_FALSE(wait(b->get("p1", bare))->cost);
  EXPECT_EQ(script->seen.size(), 2u);
}

TEST_F(Answers, ThatSayItIsNotThereAreOneThing) {
  for (const int status : {404, 410}) {
    script->answers = {answer(status, "{}")};
    const auto none = wait(backend(replicate())->get("p1", context("wan")));
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code(), Errc::not_found) << status;
  }
}

TEST_F(Answers, ThatDiedWithAProcessCostWhatTheyWereGoingTo) {
  const auto by_token = wait(backend(openai())->get("old", context("gpt-6-luna")));
  ASSERT_TRUE(by_token);
  EXPECT_FALSE(by_token->cost);  // nobody knows how many
  BackendContext bare = context("wan");
  bare.model.reset();
  EXPECT_FALSE(wait(backend(openai())->get("old", bare))->cost);
  const auto by_price = wait(backend(openai())->get("old", context("wan")));
  ASSERT_TRUE(by_price);
  EXPECT_GT(by_price->cost.value_or(Money()), Money());
}

TEST_F(Answers, ACancelThatNeedsTwoCallsMakesBoth) {
  auto b = backend(comfyui(), "http://127.0.0.1:8188");
  script->answers = {answer(200, ""), answer(200, "")};
  EXPECT_TRUE(wait(b->cancel("i1", context("comfyui-sdxl"))));
  const std::vector<std::string> both = {"POST http://127.0.0.1:8188/queue", "POST http://127.0.0.1:8188/interrupt"};
  EXPECT_EQ(script->calls(), both);
  script->answers = {answer(400, "")};
  EXPECT_FALSE(wait(b->cancel("i1", context("comfyui-sdxl"))));
  script->answers = {answer(200, ""), answer(400, "")};
  EXPECT_FALSE(wait(b->cancel("i1", context("comfyui-sdxl"))));
  script->seen.clear();
  EXPECT_TRUE(wait(backend(openai())->cancel("c1", context("gpt-6-luna"))));  // which has nothing to cancel
  EXPECT_TRUE(script->seen.empty());
}

// A server that fails is not asked again at once.
TEST_F(Answers, ThatAreErrorsAreAskedForAgainAfterAWhile) {
  speed = 0.5;
  const auto began = std::chrono::steady_clock::now();
  script->answers = {answer(500, ""), answer(500, ""), answer(200, kEnded)};
  EXPECT_TRUE(wait(backend(replicate())->get("p1", context("wan"))));
  EXPECT_GE(std::chrono::steady_clock::now() - began, 100ms);
}

TEST_F(Answers, WithoutSenseAreErrors) {
  for (const char* body : {"not json", "{}", R"({"id":"another","status":"succeeded"})"}) {
    script->answers = {answer(200, body)};
    const auto none = wait(backend(replicate())->get("p1", context("wan")));
    ASSERT_FALSE(none) << body;
    EXPECT_EQ(none.error().code(), Errc::provider) << body;
  }
  script->answers = {answer(200, R"({"id":"p1","status":"dancing"})")};  // a state of later
  EXPECT_EQ(wait(backend(replicate())->get("p1", context("wan")))->state, RemoteState::unknown);
  script->answers = {answer(422, R"({"detail":"NSFW content"})")};
  EXPECT_EQ(wait(backend(replicate())->get("p1", context("wan"))).error().code(), Errc::input_refused);
}

// Another way to say it is tried where that is what was wrong, and only there.
TEST_F(Answers, ThatRefuseForGoodEndIt) {
  script->answers = {answer(400, R"({"error":{"message":"the model is too small"}})"), answer(200, "{}")};
  GenerationRequest g = request("gpt-6-luna");
  g.llm.schema = "{}";
  const auto made = wait(backend(openai())->create(g, GenerationInputs(), attempt(), context("gpt-6-luna")));
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code(), Errc::provider);
  EXPECT_EQ(script->seen.size(), 1u);
}

class SecondCall : public Hosted {
 protected:
  Result<RemoteJob> got(const std::vector<HttpResponse>& answers) {
    script->seen.clear();
    script->answers.assign(answers.begin(), answers.end());
    return wait(backend(fal(), "https://queue.example.com")->get("fal-ai/wan/r1", context("fal-wan-2.2-5b")));
  }
  const HttpResponse completed = answer(200, R"({"status":"COMPLETED","request_id":"r1"})");
};

TEST_F(SecondCall, ForTheResultIsMadeWhenThereIsOne) {
  EXPECT_EQ(got({answer(200, R"({"status":"IN_PROGRESS","request_id":"r1"})")})->state, RemoteState::running);
  EXPECT_EQ(script->seen.size(), 1u);
  EXPECT_EQ(got({completed, answer(200, R"({"video":{"url":"https://files.example.net/a.mp4"}})")})->state,
            RemoteState::succeeded);
  EXPECT_EQ(script->seen.size(), 2u);
}

TEST_F(SecondCall, ThatIsRefusedIsAJobThatFailed) {
  for (const HttpResponse& refusal :
       {answer(422, R"({"detail":[{"msg":"no"}]})"), answer(422, R"({"detail":"NSFW content"})")}) {
    const auto failed = got({completed, refusal});
    ASSERT_TRUE(failed) << failed.error().describe();
    EXPECT_EQ(failed->state, RemoteState::failed) << refusal.body;
  }
}

// It says nothing of the job.
TEST_F(SecondCall, ThatCannotBeReadIsAnError) {
  EXPECT_EQ(got({completed, answer(401, "{}")}).error().code(), Errc::credentials);
  HttpResponse cut = answer(422, "");
  cut.error = Error(Errc::answer_invalid, "longer than it said");
  EXPECT_FALSE(got({completed, cut, cut, cut, cut, cut, cut, cut, cut, cut, cut}));
}

// ---- whom a call goes to

TEST_F(Answers, ComeFromTheAddressThatWasMeant) {
  const std::pair<const char*, const char*> rows[] = {
      {"https://api.example.com/v1", "https://api.example.com/v1"},
      {"https://api.example.com/other//", "https://api.example.com/other"},
      {"https://api.example.com", "https://api.example.com/v1"},  // without a path: the provider's own
      {"https://api.example.com/", "https://api.example.com/v1"},
      {"api.example.com", "api.example.com"}};
  for (const auto& [given, meant] : rows) {
    script->seen.clear();
    script->answers = {answer(200, kEnded)};
    ASSERT_TRUE(wait(backend(replicate(), given)->get("p1", context("wan"))));
    EXPECT_EQ(script->seen[0].url, std::string(meant) + "/predictions/p1") << given;
  }
}

// A variable of the environment while it lives.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    ::setenv(name, value, 1);
  }
  ~Variable() { before_ ? ::setenv(name_, before_->c_str(), 1) : ::unsetenv(name_); }

 private:
  const char* name_;
  std::optional<std::string> before_;
};

TEST_F(Answers, WhatIsNotGivenIsOfTheEnvironment) {
  const Variable key("REPLICATE_API_TOKEN", "of-the-environment");
  const Variable base("REPLICATE_BASE_URL", "https://env.example.com/v9");
  HostedOptions options;
  options.transport = script;
  options.speed = 1e6;
  script->answers = {answer(200, kEnded)};
  auto b = *hosted_backend("replicate", options);
  EXPECT_EQ(b->unavailable(), "");
  ASSERT_TRUE(wait(b->get("p1", context("wan"))));
  EXPECT_EQ(script->seen[0].url, "https://env.example.com/v9/predictions/p1");
  EXPECT_EQ(script->seen[0].headers["authorization"], "Bearer of-the-environment");
}

TEST_F(Answers, WithoutAKeyAProviderIsNotThere) {
  const Variable key("REPLICATE_API_TOKEN", "");
  HostedOptions options;
  options.transport = script;
  options.base_url = "https://elsewhere.example.com/v1";  // another address needs the key as well
  EXPECT_EQ(HostedBackend(replicate(), options).unavailable(), "REPLICATE_API_TOKEN is not set");
  options.key = "given";
  EXPECT_EQ(HostedBackend(replicate(), options).unavailable(), "");
}

TEST_F(Answers, AProviderThatNobodyKnowsIsNone) {
  const auto none = hosted_backend("nobody");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code(), Errc::not_found);
  for (const std::string& name : hosted_providers()) EXPECT_EQ((*hosted_backend(name))->name(), name);
}

}  // namespace
}  // namespace vidgen::backends::test
