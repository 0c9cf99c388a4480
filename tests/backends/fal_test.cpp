// SPDX-License-Identifier: Apache-2.0
#include "backends/support.hpp"

namespace vidgen::backends::test {
namespace {

const std::string kId = "fal-ai/wan/requests/r-1";

Result<RemoteAnswer> status(const std::string& body) {
  return fal().read_get(access(), kId, answer(200, body));
}

TEST(Fal, SubmitsTheBareInput) {
  const CreateCall c = call_for("fal-wan-2.2-5b");
  auto r = fal().create(access("https://queue.example.com"), c);
  ASSERT_TRUE(r);
  EXPECT_EQ(r->url, "https://queue.example.com/fal-ai/wan/v2.2-5b/image-to-video");
  EXPECT_EQ(r->headers["authorization"], "Key secret-key");
  EXPECT_EQ(r->headers["x-fal-request-timeout"], "1800");
  EXPECT_EQ(body_of(*r)["image_url"].as_string(), c.first_frame);
  EXPECT_EQ(body_of(*r).find("model"), nullptr);
}

TEST(Fal, AnIdCarriesItsApp) {
  const CreateCall c = call_for("fal-wan-2.2-5b");
  auto read = fal().read_create(c, answer(200, R"({"request_id":"r-1","status_url":"https://evil.example.com/"})"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->job.id, kId);
  const Access a = access("https://queue.example.com");
  EXPECT_EQ(fal().get(a, kId).url, "https://queue.example.com/fal-ai/wan/requests/r-1/status");
  EXPECT_EQ(fal().result(a, kId).url, "https://queue.example.com/fal-ai/wan/requests/r-1");
  EXPECT_EQ(fal().cancel(a, kId).url, "https://queue.example.com/fal-ai/wan/requests/r-1/cancel");
  EXPECT_EQ(fal().cancel(a, kId).method, "PUT");
}

TEST(Fal, IdsAndModelsThatLeadElsewhereGoNowhere) {
  const Access a = access("https://queue.example.com");
  for (const char* id :
       {"", "x", "../requests/x", "a/b/requests/../../x", "a//b/requests/x", "a/b/requests/x?y", "/a/requests/x"})
    EXPECT_EQ(fal().get(a, id).url, "https://queue.example.com/-/status") << id;
  CreateCall c = call_for("fal-wan-2.2-5b");
  for (const char* id : {"", "wan", "../x", "a/../b", "a/b?c", "/a/b", "a/b/"}) {
    c.model.id = id;
    EXPECT_EQ(fal().create(a, c).error().code(), Errc::model_unknown) << id;
  }
}

TEST(Fal, CompletedIsNotSucceededWhenItHasAnError) {
  EXPECT_EQ(status(R"({"status":"IN_QUEUE","queue_position":3})")->job.state, RemoteState::queued);
  EXPECT_EQ(status(R"({"status":"IN_PROGRESS"})")->job.state, RemoteState::running);
  EXPECT_EQ(status(R"({"status":"COMPLETED"})")->job.state, RemoteState::succeeded);
  EXPECT_EQ(status(R"({"status":"COMPLETED","error":null})")->job.state, RemoteState::succeeded);
  EXPECT_EQ(status(R"({"status":"PONDERING"})")->job.state, RemoteState::unknown);
  auto bad = status(R"({"status":"COMPLETED","error":"boom","error_type":"internal_error"})");
  EXPECT_EQ(bad->job.state, RemoteState::failed);
  EXPECT_EQ(bad->job.error, "boom (internal_error)");
  auto off = status(R"({"status":"COMPLETED","error":"Request was cancelled","error_type":"request_cancelled"})");
  EXPECT_EQ(off->job.state, RemoteState::cancelled);
  EXPECT_FALSE(status(R"({"status":"COMPLETED","request_id":"another"})"));
}

TEST(Fal, ResultsOfEveryShape) {
  const auto files = [](const std::string& body) {
    return fal().read_result(access(), kId, answer(200, body))->outputs;
  };
  EXPECT_EQ(files(R"({"video":{"url":"https://x.example.com/a.mp4"},"prompt":"https://not.example.com/"})").size(), 1u);
  EXPECT_EQ(files(R"({"images":[{"url":"https://x.example.com/a.png"},{"url":"https://x.example.com/b.png"}]})").size(),
            2u);
  EXPECT_EQ(files(R"({"image":{"url":"data:image/png;base64,AA=="}})").size(), 1u);
  EXPECT_EQ(files(R"({"something":{"url":"https://x.example.com/a.glb"}})").size(), 1u);
  EXPECT_TRUE(files(R"({"video":null})").empty());
}

TEST(Fal, ARefusedResultIsAFailedJob) {
  auto read = fal().read_result(
      access(), kId,
      answer(422, R"({"detail":[{"loc":["body"],"msg":"not allowed","type":"content_policy_violation"}]})"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->job.state, RemoteState::failed);
  EXPECT_EQ(flow::classify_failure(read->job.error), flow::Outcome::refused) << read->job.error;
  EXPECT_EQ(fal().read_result(access(), kId, answer(404, "gone"))->job.error, "status 404");
}

TEST(Fal, HostileAnswersNameNoRequest) {
  for (const char* body : kHostile) {
    EXPECT_FALSE(fal().read_create(call_for("fal-flux-schnell"), answer(200, body))) << body;
    EXPECT_FALSE(status(body)) << body;
  }
}

}  // namespace
}  // namespace vidgen::backends::test
