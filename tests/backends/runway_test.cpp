// SPDX-License-Identifier: Apache-2.0
#include "backends/hosted.hpp"
#include "backends/support.hpp"

namespace vidgen::backends::test {
namespace {

Result<RemoteAnswer> read(const std::string& body, const std::string& id = "t1") {
  return runway().read_get(access(), id, answer(200, body));
}

TEST(Runway, PicturesHavePositionsAndTheVersionIsSaid) {
  CreateCall c = call_for("runway-gen4-turbo");
  c.last_frame = "https://files.example.com/last.png";
  auto r = runway().create(access("https://runway.example.com"), c);
  ASSERT_TRUE(r);
  EXPECT_EQ(r->url, "https://runway.example.com/v1/image_to_video");
  EXPECT_EQ(r->headers["x-runway-version"], "2024-11-06");
  EXPECT_EQ(r->headers["authorization"], "Bearer secret-key");
  const Json body = body_of(*r);
  EXPECT_EQ(body["model"].as_string(), "gen4_turbo");
  EXPECT_EQ(body["ratio"].as_string(), "1280:720");
  EXPECT_EQ(body["duration"].as_int(), 5);
  EXPECT_EQ(body["seed"].as_int(), 41);
  ASSERT_EQ(body["promptImage"].items().size(), 2u);
  EXPECT_EQ(body["promptImage"].items()[0]["position"].as_string(), "first");
  EXPECT_EQ(body["promptImage"].items()[1]["uri"].as_string(), c.last_frame);
}

TEST(Runway, WithoutAPictureItIsTextToVideo) {
  CreateCall c = call_for("runway-gen4.5");
  c.first_frame.clear();
  auto r = runway().create(access("https://runway.example.com"), c);
  EXPECT_EQ(r->url, "https://runway.example.com/v1/text_to_video");
  EXPECT_EQ(body_of(*r).find("promptImage"), nullptr);
  c.request.kind = ModelKind::image;
  EXPECT_EQ(runway().create(access(), c).error().code(), Errc::unsupported);
}

TEST(Runway, LongPromptsAreCutBehindAWord) {
  CreateCall c = call_for("runway-gen4-turbo");
  c.request.prompt.clear();
  for (int i = 0; i < 300; ++i) c.request.prompt += "\xF0\x9F\x8E\xAC ab ";  // six units each
  const std::string sent = body_of(*runway().create(access(), c))["promptText"].as_string();
  EXPECT_EQ(c.request.prompt.rfind(sent, 0), 0u);
  EXPECT_EQ(c.request.prompt[sent.size()], ' ');
  EXPECT_LE(sent.size(), 1000u / 6 * 8 + 8);
  EXPECT_GT(sent.size(), 1000u / 6 * 8 - 16);
}

TEST(Runway, EveryStatusIsRead) {
  EXPECT_EQ(read(R"({"id":"t1","status":"PENDING"})")->job.state, RemoteState::queued);
  EXPECT_EQ(read(R"({"id":"t1","status":"THROTTLED"})")->job.state, RemoteState::queued);
  EXPECT_EQ(read(R"({"id":"t1","status":"RUNNING","progress":0.25})")->job.fraction, 0.25);
  EXPECT_EQ(read(R"({"id":"t1","status":"RUNNING","progress":7})")->job.fraction, 1);
  EXPECT_EQ(read(R"({"id":"t1","status":"CANCELLED"})")->job.state, RemoteState::cancelled);
  EXPECT_EQ(read(R"({"id":"t1","status":"DREAMING"})")->job.state, RemoteState::unknown);
  EXPECT_EQ(read(R"({"id":"t1"})")->job.state, RemoteState::unknown);
  auto gone = read(R"({"id":"t1","status":"SUCCEEDED","output":[]})");
  EXPECT_TRUE(gone->removed);
}

TEST(Runway, TheTaskSaysWhatItCost) {
  auto done =
      read(R"({"id":"t1","status":"SUCCEEDED","output":["https://x.example.com/a.mp4"],"cost":{"credits":25}})");
  ASSERT_TRUE(done);
  EXPECT_EQ(done->outputs.at(0).url, "https://x.example.com/a.mp4");
  EXPECT_EQ(settled_cost(model("runway-gen4-turbo"), Size(), 5, *done), usd(0.25));
  EXPECT_FALSE(read(R"({"id":"t1","status":"RUNNING","estimatedCost":{"credits":25}})")->cost);
  EXPECT_FALSE(read(R"({"id":"t1","status":"SUCCEEDED","cost":{"credits":-3}})")->cost);
}

TEST(Runway, RefusalsOfContentAreTold) {
  auto safety = read(R"({"id":"t1","status":"FAILED","failure":"no","failureCode":"SAFETY.INPUT.TEXT"})");
  EXPECT_EQ(flow::classify_failure(safety->job.error), flow::Outcome::refused) << safety->job.error;
  auto other = read(R"({"id":"t1","status":"FAILED","failureCode":"INTERNAL.BAD_OUTPUT.CODE01"})");
  EXPECT_NE(flow::classify_failure(other->job.error), flow::Outcome::refused) << other->job.error;
}

TEST(Runway, HostileAnswersNameNoTask) {
  for (const char* body : kHostile) {
    EXPECT_FALSE(runway().read_create(CreateCall(), answer(200, body))) << body;
    EXPECT_FALSE(read(body)) << body;
  }
  EXPECT_FALSE(read(R"({"id":"t2","status":"SUCCEEDED"})"));
}

TEST(Runway, TasksAreDeletedToCancelThem) {
  const HttpRequest r = runway().cancel(access("https://runway.example.com"), "t1");
  EXPECT_EQ(r.method, "DELETE");
  EXPECT_EQ(r.url, "https://runway.example.com/v1/tasks/t1");
  EXPECT_GE(runway().shortest_poll, std::chrono::seconds(5));
  EXPECT_LE(runway().inline_limit * 4 / 3 + 64, 5 << 20);
}

}  // namespace
}  // namespace vidgen::backends::test
