// SPDX-License-Identifier: Apache-2.0
#include "backends/support.hpp"

namespace vidgen::backends::test {
namespace {

std::string prediction(const std::string& status, const std::string& more = "") {
  return R"({"id":"p1","model":"wan-video/wan-2.2-i2v-fast","input":{"seed":41,"image":"https://f.example.com/1"},"status":")" +
         status + "\",\"created_at\":\"2026-11-21T01:00:00.123Z\"" + more + "}";
}

Result<RemoteAnswer> read(const std::string& body) {
  return replicate().read_get(access(), "p1", answer(200, body));
}

TEST(Replicate, EachKindOfModelHasItsPath) {
  CreateCall c = call_for("wan");
  const auto url = [&c](const char* id) {
    c.model.id = id;
    return replicate().create(access(), c)->url;
  };
  EXPECT_EQ(url("owner/name"), "https://api.example.com/v1/models/owner/name/predictions");
  EXPECT_EQ(url("owner/name:abc"), "https://api.example.com/v1/predictions");
  EXPECT_EQ(url("deployments/owner/name"), "https://api.example.com/v1/deployments/owner/name/predictions");
  c.model.id = "owner/name:abc";
  EXPECT_EQ(body_of(*replicate().create(access(), c))["version"].as_string(), "abc");
  for (const char* id : {"wan", "a b/c", "a/b?c", "a/b#c"}) {
    c.model.id = id;
    EXPECT_EQ(replicate().create(access(), c).error().code(), Errc::model_unknown) << id;
  }
}

TEST(Replicate, AnOrphanEndsByItself) {
  CreateCall c = call_for("wan");
  c.deadline = Rational(901, 2);
  EXPECT_EQ(replicate().create(access(), c)->headers["cancel-after"], "451s");
  c.deadline = 1;
  EXPECT_EQ(replicate().create(access(), c)->headers["cancel-after"], "5s");
}

TEST(Replicate, EveryStatusIsRead) {
  const std::pair<const char*, RemoteState> rows[] = {
      {"starting", RemoteState::queued},     {"processing", RemoteState::running},
      {"succeeded", RemoteState::succeeded}, {"failed", RemoteState::failed},
      {"canceled", RemoteState::cancelled},  {"aborted", RemoteState::cancelled},
      {"musing", RemoteState::unknown},      {"", RemoteState::unknown}};
  for (const auto& [word, state] : rows) EXPECT_EQ(read(prediction(word))->job.state, state) << word;
  EXPECT_NE(read(prediction("aborted"))->job.error, read(prediction("canceled"))->job.error);
}

TEST(Replicate, WhatRecognisesAPredictionIsRead) {
  auto p =
      read(prediction("processing", R"(,"logs":" 10%|# | 1/10\n 42%|####  | 4/10","metrics":{"predict_time":12.5})"));
  ASSERT_TRUE(p);
  EXPECT_EQ(*p->seed, 41u);
  EXPECT_EQ(p->urls, std::vector<std::string>{"https://f.example.com/1"});
  EXPECT_EQ(p->model, "wan-video/wan-2.2-i2v-fast");
  EXPECT_EQ(p->created_ms % 1000, 123);
  EXPECT_DOUBLE_EQ(p->job.fraction, 0.42);
  EXPECT_EQ(*p->gpu_seconds, Rational(25, 2));
  EXPECT_TRUE(read(prediction("succeeded", R"(,"output":null,"data_removed":true)"))->removed);
}

TEST(Replicate, NumbersThatAreNoneAreNotBelieved) {
  auto p = read(prediction("succeeded", R"(,"metrics":{"predict_time":-1},"logs":5,"error":[])"));
  ASSERT_TRUE(p);
  EXPECT_FALSE(p->gpu_seconds);
  EXPECT_FALSE(read(prediction("succeeded", R"(,"metrics":{"predict_time":1e300})"))->gpu_seconds);
}

TEST(Replicate, HostileAnswersAreNoPredictions) {
  for (const char* body : kHostile) {
    EXPECT_FALSE(replicate().read_create(CreateCall(), answer(200, body))) << body;
    EXPECT_FALSE(read(body)) << body;
  }
  EXPECT_FALSE(replicate().read_get(access(), "p2", answer(200, prediction("succeeded"))));
}

TEST(Replicate, OnlyTheQueryOfTheNextPageIsTaken) {
  auto page = replicate().read_list(answer(200, R"({"results":[)" + prediction("starting") +
                                                    R"(,5,{}],"next":"https://evil.example.com/steal?cursor=abc"})"));
  ASSERT_TRUE(page);
  EXPECT_EQ(page->jobs.size(), 1u);
  EXPECT_EQ(replicate().list(access(), 0, page->cursor).url, "https://api.example.com/v1/predictions?cursor=abc");
  EXPECT_FALSE(replicate().read_list(answer(200, R"({"results":{}})")));
}

TEST(Replicate, ErrorsAreToldApart) {
  const auto of = [](int status, const char* body) { return outcome_of(replicate(), answer(status, body), true); };
  EXPECT_EQ(of(401, R"({"title":"Unauthenticated","detail":"x"})"), flow::Outcome::credentials);
  EXPECT_EQ(of(402, R"({"title":"Insufficient credit","detail":"You have insufficient credit"})"),
            flow::Outcome::money);
  EXPECT_EQ(of(422, R"({"title":"Input validation failed"})"), flow::Outcome::permanent);
  EXPECT_EQ(of(429, R"({"detail":"Request was throttled. Your rate limit resets in ~30s."})"),
            flow::Outcome::throttled);
  EXPECT_EQ(of(500, "<html>"), flow::Outcome::ambiguous);
  EXPECT_EQ(outcome_of(replicate(), broken(Sent::not_sent), true), flow::Outcome::not_sent);
  EXPECT_EQ(outcome_of(replicate(), broken(Sent::sent_unknown), true), flow::Outcome::ambiguous);
  EXPECT_EQ(outcome_of(replicate(), broken(Sent::sent_unknown), false), flow::Outcome::transient);
}

}  // namespace
}  // namespace vidgen::backends::test
