// SPDX-License-Identifier: Apache-2.0
#include "backends/hosted.hpp"
#include "backends/support.hpp"

namespace vidgen::backends::test {
namespace {

Access server() {
  Access a;
  a.base = "http://127.0.0.1:8188/api";
  return a;
}

Result<RemoteAnswer> history(const std::string& body) {
  return comfyui().read_get(server(), "p1", answer(200, body));
}

TEST(ComfyUi, OurWordsGoIntoTheirNodes) {
  CreateCall c = call_for("comfyui-wan-2.2-i2v");
  c.first_frame = "input-1.png";
  c.request.negative_prompt = "blur";
  auto r = comfyui().create(server(), c);
  ASSERT_TRUE(r) << r.error().message();
  EXPECT_EQ(r->url, "http://127.0.0.1:8188/api/prompt");
  EXPECT_EQ(r->headers.count("authorization"), 0u);
  const Json body = body_of(*r);
  EXPECT_EQ(body["prompt_id"].as_string(), c.client_id);
  const Json& flow = body["prompt"];
  EXPECT_EQ(flow["6"]["inputs"]["text"].as_string(), "a kettle boils");
  EXPECT_EQ(flow["7"]["inputs"]["text"].as_string(), "blur");
  EXPECT_EQ(flow["52"]["inputs"]["image"].as_string(), "input-1.png");
  EXPECT_EQ(flow["57"]["inputs"]["noise_seed"].as_int(), 41);
  EXPECT_EQ(flow["50"]["inputs"]["width"].as_int(), 832);
  EXPECT_EQ(flow["50"]["inputs"]["length"].as_int(), 81);
  EXPECT_EQ(flow["50"]["class_type"].as_string(), "WanImageToVideo");  // the rest is as it was
  EXPECT_EQ(flow["6"]["inputs"]["clip"].items().size(), 2u);
}

TEST(ComfyUi, ARowMayBringItsOwnWorkflow) {
  CreateCall c = call_for("comfyui-sdxl");
  c.model.id = "mine";
  EXPECT_EQ(comfyui().create(server(), c).error().code(), Errc::model_unknown);
  c.model.fields = {{"workflow", R"({"1":{"class_type":"CLIPTextEncode","inputs":{"text":""}}})"},
                    {"prompt", "1.text"}};
  EXPECT_EQ(body_of(*comfyui().create(server(), c))["prompt"]["1"]["inputs"]["text"].as_string(), "a kettle boils");
  c.model.fields["seed"] = "9.seed";
  EXPECT_EQ(comfyui().create(server(), c).error().code(), Errc::model_unknown);
  c.model.fields["workflow"] = "[]";
  EXPECT_EQ(comfyui().create(server(), c).error().code(), Errc::model_unknown);
}

TEST(ComfyUi, FilesAreFetchedFromTheServerItself) {
  auto read = history(R"({"p1":{"status":{"status_str":"success","completed":true,"messages":[]},"outputs":{
    "9":{"images":[{"filename":"a b&c.png","subfolder":"x/y","type":"output"},{"filename":"p.png","type":"temp"}]},
    "12":{"gifs":[{"filename":"v.mp4","subfolder":"","type":"output"}]}}}})");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->job.state, RemoteState::succeeded);
  ASSERT_EQ(read->outputs.size(), 2u);  // the preview is not a result
  EXPECT_EQ(read->outputs[0].url, "http://127.0.0.1:8188/api/view?filename=a%20b%26c.png&subfolder=x%2Fy&type=output");
  EXPECT_TRUE(read->outputs[0].trusted);
  auto old = history(R"({"p1":{"outputs":{"9":{"images":[{"filename":"p.png","type":"temp"}]}}}})");
  EXPECT_EQ(old->outputs.size(), 1u);
}

TEST(ComfyUi, EveryEndIsRead) {
  EXPECT_EQ(history("{}")->job.state, RemoteState::unknown);
  auto failed = history(R"({"p1":{"status":{"status_str":"error","messages":[["execution_start",{}],
    ["execution_error",{"exception_message":"CUDA out of memory"}]]}}})");
  EXPECT_EQ(failed->job.state, RemoteState::failed);
  EXPECT_EQ(failed->job.error, "CUDA out of memory");
  auto stopped = history(R"({"p1":{"status":{"status_str":"error","messages":[["execution_interrupted",{}]]}}})");
  EXPECT_EQ(stopped->job.state, RemoteState::cancelled);
  EXPECT_EQ(history(R"({"p1":{"status":{"status_str":"musing"}}})")->job.state, RemoteState::running);
  EXPECT_EQ(history(R"({"p1":{"status":{"status_str":"error","messages":[[],5,["x"]]}}})")->job.state,
            RemoteState::failed);
}

TEST(ComfyUi, TheQueueTellsWhatHasNotEnded) {
  auto page = comfyui().read_list(
      answer(200, R"({"queue_running":[[1,"p1",{},{},[]]],"queue_pending":[[2,"p2"],[],[3],[4,"a/b"],7]})"));
  ASSERT_TRUE(page);
  ASSERT_EQ(page->jobs.size(), 2u);
  EXPECT_EQ(page->jobs[0].job.state, RemoteState::running);
  EXPECT_EQ(page->jobs[1].job.state, RemoteState::queued);
  EXPECT_FALSE(comfyui().read_list(answer(200, "{}")));
}

TEST(ComfyUi, HostileAnswersAreNoPrompts) {
  for (const char* body : kHostile) EXPECT_FALSE(comfyui().read_create(CreateCall(), answer(200, body))) << body;
  for (const char* body : {"", "[]", "5", "<html>"}) EXPECT_FALSE(history(body)) << body;
}

TEST(ComfyUi, UploadsAreNamedBack) {
  const HttpRequest r = comfyui().upload(server(), "/tmp/x.png", "input-1.png", "image/png");
  ASSERT_EQ(r.parts.size(), 1u);
  EXPECT_EQ(r.parts[0].name, "image");
  EXPECT_EQ(*comfyui().read_upload(server(), answer(200, R"({"name":"a.png","subfolder":"s","type":"input"})")),
            "s/a.png");
  EXPECT_FALSE(comfyui().read_upload(server(), answer(200, "{}")));
}

TEST(ComfyUi, CancellingTakesTwoCalls) {
  EXPECT_EQ(body_of(comfyui().cancel(server(), "p1")).dump(), R"({"delete":["p1"]})");
  EXPECT_EQ(body_of(comfyui().cancel_also(server(), "p1")).dump(), R"({"prompt_id":"p1"})");
}

TEST(ComfyUi, AnAttemptHasOneIdHoweverOftenItIsAsked) {
  Attempt a;
  a.job = "j", a.key = "k";
  const std::string id = client_id_of(a);
  EXPECT_EQ(id, client_id_of(a));
  EXPECT_THAT(id, ::testing::MatchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"));
  a.number = 2;
  EXPECT_NE(id, client_id_of(a));
}

}  // namespace
}  // namespace vidgen::backends::test
