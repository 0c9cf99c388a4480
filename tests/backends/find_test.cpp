// SPDX-License-Identifier: Apache-2.0
// What became of a create whose answer was lost: what is looked for, how far back, how long, and what is never taken for
// it.
#include "backends/stand.hpp"

namespace vidgen::backends::test {
namespace {

using ::testing::HasSubstr;

constexpr std::int64_t kSent = 1'000'000'000'000;  // 2001-09-09T01:46:40Z
constexpr const char* kWan = "wan-video/wan-2.2-i2v-fast";
constexpr const char* kMine = R"({"seed":41})";

class At : public Clock {
 public:
  explicit At(std::int64_t ms) : ms_(ms) {}
  std::int64_t now_ms() override { return ms_; }

 private:
  std::int64_t ms_;
};

// A prediction as a list shows it.
std::string shown(const std::string& id, const std::string& input = kMine, std::int64_t created_ms = kSent,
                  const std::string& more = R"("status":"processing")", const std::string& model = kWan) {
  return R"({"id":")" + id + R"(","model":")" + model + R"(","created_at":")" + iso_time(created_ms) + R"(","input":)" +
         input + "," + more + "}";
}

HttpResponse page(const std::vector<std::string>& shown, const std::string& next = "null") {
  std::string all;
  for (const std::string& one : shown) all += (all.empty() ? "" : ",") + one;
  return answer(200, R"({"results":[)" + all + R"(],"next":)" + next + "}");
}

class Finding : public Hosted {
 protected:
  Finding() { clock = std::make_shared<At>(kSent); }

  static Attempt lost() {
    Attempt a;
    a.job = "job", a.key = "key", a.seed = 41, a.sent_ms = kSent;
    return a;
  }
  Result<std::optional<RemoteJob>> find(const std::vector<HttpResponse>& answers, const Attempt& attempt = lost(),
                                        const std::string& name = "wan") {
    return find_at(replicate(), answers, attempt, context(name));
  }
  Result<std::optional<RemoteJob>> find_at(const ProviderRow& row, const std::vector<HttpResponse>& answers,
                                           const Attempt& attempt, const BackendContext& at) {
    script->seen.clear();
    script->answers.assign(answers.begin(), answers.end());
    return wait(backend(row)->find(attempt, at));
  }
  // The id of what is found; "none", when it was not accepted; else why that cannot be told.
  static std::string told(const Result<std::optional<RemoteJob>>& found) {
    if (!found) return std::string(found.error().message());
    return *found ? (*found)->id : "none";
  }
};

TEST_F(Finding, GoesThroughTheWholeListFromBeforeItWasSent) {
  const auto found = find({page({shown("a", R"({"seed":1})")}, R"("https://elsewhere.example.net/x?cursor=two")"),
                           page({shown("b", R"({"seed":2})")}, R"("https://elsewhere.example.net/x?cursor=three")"),
                           page({shown("mine")})});
  EXPECT_EQ(told(found), "mine");
  ASSERT_EQ(script->seen.size(), 3u);
  EXPECT_THAT(script->seen[0].url, HasSubstr("created_after=2001-09-09T01%3A44%3A40"));  // two minutes: clocks differ
  EXPECT_EQ(script->seen[1].url, "https://api.example.com/v1/predictions?cursor=two");
  EXPECT_EQ(script->seen[2].url, "https://api.example.com/v1/predictions?cursor=three");
}

// A list without an end is never read in full, so nothing is lost by it: a person has to look.
TEST_F(Finding, DoesNotTakeAListWithoutAnEndForOneWithoutTheJob) {
  const HttpResponse more = page({shown("a", R"({"seed":1})")}, R"("https://api.example.com/x?cursor=more")");
  const auto found = find(std::vector<HttpResponse>(2000, more));
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code(), Errc::ambiguous);
  EXPECT_THAT(told(found), HasSubstr("could not be read in full"));
  EXPECT_EQ(script->seen.size() % kMostListPages, 0u);
}

TEST_F(Finding, ReadsAsManyPagesAsThereMayBe) {
  std::vector<HttpResponse> pages(kMostListPages - 1, page({}, R"("https://api.example.com/x?cursor=more")"));
  pages.push_back(page({shown("mine")}));
  EXPECT_EQ(told(find(pages)), "mine");
}

TEST_F(Finding, LooksAgainWhileTheListCannotBeRead) {
  for (const HttpResponse& bad : {answer(200, "not json"), answer(200, "{}"), answer(400, "{}"), answer(500, "")}) {
    const auto found = find({bad, page({shown("mine")})});
    EXPECT_TRUE(found && *found && (*found)->id == "mine") << bad.status << bad.body << ": " << told(found);
  }
}

TEST_F(Finding, EndsAtOnceWithoutAKeyThatIsTaken) {
  const auto found = find({answer(401, "{}"), page({shown("mine")})});
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code(), Errc::credentials);
  EXPECT_EQ(script->seen.size(), 1u);
}

// Lists lag: before the settle window is over, nothing is lost.
TEST_F(Finding, WaitsForAListThatLags) {
  settle = 1'000'000'000;
  EXPECT_EQ(told(find({page({}), page({shown("mine")})})), "mine");
}

TEST_F(Finding, TakesNothingForLostWithinTheSettleWindow) {
  speed = 1000;
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(told(find(std::vector<HttpResponse>(50, page({})))), "none");
  EXPECT_GE((std::chrono::steady_clock::now() - began) * 1000, std::chrono::seconds(60));
  EXPECT_GT(script->seen.size(), 1u);
  EXPECT_LT(script->seen.size(), 10u);  // and not all the time
}

TEST_F(Finding, TakesNoJobOfAnother) {
  settle = 0;
  Attempt owned = lost();
  owned.owned = {"mine"};
  Attempt moved = lost();
  moved.model = "wan-video/another";
  const std::vector<HttpResponse> mine(2, page({shown("mine")}));
  EXPECT_EQ(told(find(mine)), "mine");
  EXPECT_EQ(told(find(mine, owned)), "none");
  EXPECT_EQ(told(find(mine, moved)), "none");
  EXPECT_EQ(told(find({page({shown("x", R"({"seed":42})")})})), "none");
  EXPECT_EQ(told(find({page({shown("x", kMine, kSent - 121'000)})})), "none");  // before it was sent
  EXPECT_EQ(told(find({page({shown("x", kMine, kSent + 121'000)})})), "none");  // after all was over
  EXPECT_EQ(told(find({page({shown("x", kMine, kSent, R"("status":"processing")", "wan-video/another")})})), "none");
}

// What it was sent to counts, also where the model's row names another one since.
TEST_F(Finding, GoesByTheModelThatItWasSentTo) {
  settle = 0;
  Attempt attempt = lost();
  attempt.model = "wan-video/of-then";
  const std::string of_then = shown("mine", kMine, kSent, R"("status":"processing")", attempt.model);
  EXPECT_EQ(told(find({page({of_then})}, attempt)), "mine");
  BackendContext bare = context("wan");
  bare.model.reset();
  attempt.mark = "https://files.example.com/f1";  // whether it takes a seed nobody knows
  const std::string by_url = shown("mine", R"({"image":"https://files.example.com/f1"})", kSent,
                                   R"("status":"succeeded")", attempt.model);
  const auto found = find_at(replicate(), {page({of_then, by_url})}, attempt, bare);
  EXPECT_EQ(told(found), "mine");
  EXPECT_FALSE((*found)->cost);
  attempt.model.clear();
  EXPECT_EQ(told(find_at(replicate(), {page({by_url})}, attempt, bare)), "mine");
}

TEST_F(Finding, KnowsAModelWithoutASeedByItsUpload) {
  settle = 0;
  const std::string name = "minimax/hailuo-02";
  Attempt attempt = lost();
  attempt.mark = "https://files.example.com/f1";
  const auto with = [&](const std::string& id, const std::string& input) {
    return shown(id, input, kSent, R"("status":"starting")", name);
  };
  EXPECT_EQ(told(find({page({with("x", kMine), with("mine", R"({"first_frame_image":"https://files.example.com/f1"})")})},
                      attempt, name)),
            "mine");
  EXPECT_EQ(told(find({page({with("x", kMine)})}, attempt, name)), "none");
}

// Of a job whose input is gone nobody can say whose it was.
TEST_F(Finding, AsksAPersonWhereAnInputWasRemoved) {
  settle = 0;
  const std::string removed = R"("status":"succeeded","data_removed":true)";
  const auto found = find({page({shown("x", "{}", kSent, removed)})});
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code(), Errc::ambiguous);
  EXPECT_THAT(told(found), HasSubstr("replicate"));
  EXPECT_THAT(told(found), HasSubstr("no longer shows"));
  // What is left of it says that it is another's.
  EXPECT_EQ(told(find({page({shown("x", R"({"seed":7})", kSent, removed)})})), "none");
  EXPECT_EQ(told(find({page({shown("x", R"({"image":"https://a.example.com/b"})", kSent, removed)})})), "none");
  EXPECT_EQ(told(find({page({shown("x", "{}")})})), "none");
}

// Our clock may be hours off: an answer says what time it is there.
TEST_F(Finding, GoesByTheClockOfTheProvider) {
  settle = 0;
  clock = std::make_shared<At>(kSent - 7'200'000);
  HttpResponse dated = page({shown("mine", kMine, kSent + 60'000)});
  EXPECT_EQ(told(find({dated})), "none");  // where it never says, ours
  dated.headers["date"] = "Sun, 09 Sep 2001 01:47:50 GMT";
  EXPECT_EQ(told(find({dated})), "mine");
}

TEST_F(Finding, WhatIsFoundCostsWhatItCost) {
  const auto found = find({page({shown("mine", kMine, kSent, R"("status":"succeeded")")})});
  ASSERT_TRUE(found && *found) << told(found);
  EXPECT_EQ((*found)->state, RemoteState::succeeded);
  EXPECT_EQ((*found)->created_ms, kSent);
  EXPECT_GT((*found)->cost.value_or(Money()), Money());
}

TEST_F(Finding, AProviderWithoutAListIsNotAsked) {
  const auto found = find_at(openai(), {}, lost(), context("gpt-6-luna"));
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code(), Errc::ambiguous);
  EXPECT_THAT(told(found), HasSubstr("lists no jobs"));
  EXPECT_TRUE(script->seen.empty());
}

TEST_F(Finding, WhereTheIdIsOursItIsAskedFor) {
  settle = 0;
  const BackendContext at = context("comfyui-sdxl");
  const std::string id = client_id_of(lost());
  const HttpResponse ended = answer(200, "{\"" + id + R"(":{"status":{"status_str":"success"},"outputs":{}}})");
  EXPECT_EQ(told(find_at(comfyui(), {ended}, lost(), at)), id);
  EXPECT_THAT(script->seen[0].url, HasSubstr("/history/" + id));
  EXPECT_EQ(told(find_at(comfyui(), {answer(404, "{}")}, lost(), at)), "none");
  const auto refused = find_at(comfyui(), {answer(401, "{}")}, lost(), at);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code(), Errc::credentials);
  Attempt owned = lost();
  owned.owned = {id};
  EXPECT_EQ(told(find_at(comfyui(), {ended, ended}, owned, at)), "none");
}

TEST_F(Finding, AServerThatCannotBeReachedDecidesNothing) {
  const std::string id = client_id_of(lost());
  const HttpResponse ended = answer(200, "{\"" + id + R"(":{"status":{"status_str":"success"},"outputs":{}}})");
  std::vector<HttpResponse> answers(40, broken(Sent::not_sent));
  const auto never = find_at(comfyui(), answers, lost(), context("comfyui-sdxl"));
  ASSERT_FALSE(never);
  EXPECT_EQ(never.error().code(), Errc::ambiguous) << told(never);
}

TEST_F(Finding, AStopEndsTheSearch) {
  std::stop_source stop;
  BackendContext at = context("wan");
  at.stop = stop.get_token();
  settle = 1'000'000'000;
  speed = 1;
  script->answers = {page({})};
  auto b = backend(replicate());
  std::future<Result<std::optional<RemoteJob>>> found = asio::co_spawn(loop, b->find(lost(), at), asio::use_future);
  loop.run_for(std::chrono::milliseconds(20));
  stop.request_stop();
  loop.run();
  const auto stopped = found.get();
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code(), Errc::interrupted);
  EXPECT_LE(script->seen.size(), 1u);
}

class Sighted : public Finding {
 protected:
  static std::vector<Attempt> attempts() {
    std::vector<Attempt> out(3, lost());
    out[0].seed = 1, out[1].seed = 2, out[2].seed = 3;
    out[1].sent_ms = kSent - 60'000;
    return out;
  }
  Result<std::vector<Sighting>> sighted(const ProviderRow& row, const std::vector<HttpResponse>& answers,
                                        const std::vector<Attempt>& of, const BackendContext& at) {
    script->seen.clear();
    script->answers.assign(answers.begin(), answers.end());
    return wait(backend(row)->sightings(of, at));
  }
};

// Orphans: each job in the list that carries the marks of an attempt, whenever it was made, with what it cost.
TEST_F(Sighted, EachJobOfAnAttemptIsNamedWithIt) {
  const auto seen = sighted(replicate(),
                            {page({shown("a", R"({"seed":3})", kSent + 1000, R"("status":"succeeded")"),
                                   shown("x", R"({"seed":9})"), shown("b", R"({"seed":1})")}, R"("https://h/x?c=2")"),
                             page({shown("c", R"({"seed":3})", kSent + 2000, R"("status":"canceled")")})},
                            attempts(), context("wan"));
  ASSERT_TRUE(seen) << seen.error().describe();
  ASSERT_EQ(seen->size(), 3u);
  EXPECT_THAT(script->seen[0].url, HasSubstr("created_after=2001-09-09T01%3A43%3A40"));  // before the first of them
  EXPECT_EQ(seen->at(0).attempt, 2u);
  EXPECT_EQ(seen->at(0).job.id, "a");
  EXPECT_EQ(seen->at(0).job.created_ms, kSent + 1000);
  EXPECT_GT(seen->at(0).job.cost.value_or(Money()), Money());
  EXPECT_EQ(seen->at(1).attempt, 0u);
  EXPECT_EQ(seen->at(1).job.id, "b");
  EXPECT_FALSE(seen->at(1).job.cost);  // it runs
  EXPECT_EQ(seen->at(2).job.id, "c");
  EXPECT_TRUE(seen->at(2).job.cost);
}

TEST_F(Sighted, WithoutTheModelsRowNothingIsPriced) {
  BackendContext bare = context("wan");
  bare.model.reset();
  std::vector<Attempt> marked(1, lost());
  marked[0].mark = "https://files.example.com/f1";
  const std::string by_url =
      shown("mine", R"({"image":"https://files.example.com/f1"})", kSent, R"("status":"succeeded")");
  const auto seen = sighted(replicate(), {page({by_url})}, marked, bare);
  ASSERT_TRUE(seen) << seen.error().describe();
  ASSERT_EQ(seen->size(), 1u);
  EXPECT_FALSE(seen->at(0).job.cost);
}

TEST_F(Sighted, WhereNothingCouldBeSeenNobodyIsAsked) {
  EXPECT_TRUE(sighted(replicate(), {}, {}, context("wan"))->empty());
  EXPECT_TRUE(sighted(comfyui(), {}, attempts(), context("comfyui-sdxl"))->empty());
  EXPECT_TRUE(sighted(openai(), {}, attempts(), context("gpt-6-luna"))->empty());
  EXPECT_TRUE(script->seen.empty());
}

TEST_F(Sighted, AListThatCannotBeReadIsNoEmptyOne) {
  for (const HttpResponse& bad : {answer(200, "{}"), answer(401, "{}")})
    EXPECT_FALSE(sighted(replicate(), {bad}, attempts(), context("wan"))) << bad.status;
}

}  // namespace
}  // namespace vidgen::backends::test
