// SPDX-License-Identifier: Apache-2.0
// HostedBackend over a scripted transport: which calls it makes, in which order, to whom, and with whose key.
#include "backends/stand.hpp"
#include "base/random.hpp"

namespace vidgen::backends::test {
namespace {

using ::testing::HasSubstr;

const char* const kStarting =
    R"({"id":"p1","model":"wan-video/wan-2.2-i2v-fast","status":"starting","input":{"seed":41}})";

TEST_F(Hosted, OnePostWithItsDeadlineSeedAndKey) {
  script->answers = {answer(201, kStarting)};
  auto b = backend(replicate());
  auto job = wait(b->create(request("wan"), picture(), attempt(), context("wan")));
  ASSERT_TRUE(job) << job.error().message();
  EXPECT_EQ(job->id, "p1");
  ASSERT_EQ(script->seen.size(), 1u);
  HttpRequest& post = script->seen[0];
  EXPECT_EQ(post.headers["cancel-after"], "600s");
  EXPECT_EQ(post.headers["authorization"], "Bearer secret-key");
  EXPECT_TRUE(post.fresh);
  EXPECT_EQ(body_of(post)["input"]["seed"].as_int(), 41);
  EXPECT_THAT(body_of(post)["input"]["image"].as_string(), HasSubstr("data:image/png;base64,"));
}

TEST_F(Hosted, WhatMayHaveBeenAcceptedIsNeverSentAgain) {
  for (const HttpResponse& lost :
       {answer(500, "{}"), answer(502, "<html>"), answer(504, ""), broken(Sent::sent_unknown), answer(200, "not json"),
        answer(201, R"({"id":"a/b"})")}) {
    script->seen.clear();
    script->answers = {lost, answer(201, kStarting)};
    auto b = backend(replicate());
    auto job = wait(b->create(request("wan"), picture(), attempt(), context("wan")));
    ASSERT_FALSE(job);
    EXPECT_EQ(job.error().code(), Errc::ambiguous) << lost.status;
    EXPECT_EQ(script->seen.size(), 1u) << lost.status;
  }
}

TEST_F(Hosted, WhatWasSurelyNotAcceptedIsSentAgain) {
  HttpResponse throttled = answer(429, R"({"detail":"Request was throttled. Your rate limit resets in ~3s."})");
  script->answers = {broken(Sent::not_sent), throttled, answer(201, kStarting)};
  auto b = backend(replicate());
  EXPECT_TRUE(wait(b->create(request("wan"), picture(), attempt(), context("wan"))));
  EXPECT_EQ(script->seen.size(), 3u);
}

TEST_F(Hosted, RefusalsEndAtOnceWithTheirCode) {
  const std::pair<HttpResponse, Errc> rows[] = {
      {answer(401, R"({"title":"Unauthenticated"})"), Errc::credentials},
      {answer(402, R"({"title":"Insufficient credit"})"), Errc::provider},
      {answer(422, R"({"title":"Input validation failed","detail":"- input.image: required"})"), Errc::provider},
      {answer(422, R"({"detail":"NSFW content"})"), Errc::input_refused}};
  for (const auto& [refusal, code] : rows) {
    script->seen.clear();
    script->answers = {refusal, answer(201, kStarting)};
    auto b = backend(replicate());
    auto job = wait(b->create(request("wan"), picture(), attempt(), context("wan")));
    ASSERT_FALSE(job);
    EXPECT_EQ(job.error().code(), code) << job.error().message();
    EXPECT_EQ(job.error().message().find("secret-key"), std::string::npos);
    EXPECT_EQ(script->seen.size(), 1u);
  }
}

TEST_F(Hosted, AModelWithoutASeedIsRecognisedByAnUploadOfItsOwn) {
  script->answers = {answer(201, R"({"urls":{"get":"https://api.example.com/v1/files/f1"}})"), answer(201, kStarting)};
  auto b = backend(replicate());
  const std::string name = "minimax/hailuo-02";
  ASSERT_EQ(model(name).seed_bits, 0);
  auto job = wait(b->create(request(name), picture(), attempt(), context(name)));
  ASSERT_TRUE(job) << job.error().message();
  ASSERT_EQ(script->seen.size(), 2u);
  EXPECT_EQ(script->seen[0].url, "https://api.example.com/v1/files");
  EXPECT_THAT(script->seen[1].body, HasSubstr("https://api.example.com/v1/files/f1"));
}

TEST_F(Hosted, ForeignUrlsNeverGetTheKey) {
  script->answers = {answer(201, kStarting),
                     answer(200, R"({"id":"p1","status":"succeeded","output":"https://evil.example.net/a.mp4"})"),
                     answer(200, "clip", "video/mp4")};
  auto b = backend(replicate());
  auto job = wait(b->create(request("wan"), picture(), attempt(), context("wan")));
  ASSERT_TRUE(job);
  auto ended = wait(b->get(job->id, context("wan")));
  ASSERT_TRUE(ended);
  auto assets = wait(b->fetch(job->id, context("wan")));
  ASSERT_TRUE(assets) << assets.error().message();
  EXPECT_EQ(*store->read(assets->at(0).sha256), "clip");
  HttpRequest& download = script->seen.back();
  EXPECT_EQ(download.trust, UrlTrust::foreign);
  EXPECT_EQ(download.headers.count("authorization"), 0u);
  for (const HttpRequest& r : script->seen)
    EXPECT_EQ(r.headers.count("authorization") != 0, r.url.rfind("https://api.example.com/v1/", 0) == 0) << r.url;
}

TEST_F(Hosted, ALostCreateIsFoundAgainByItsSeed) {
  Attempt lost = attempt();
  lost.sent_ms = machine_clock()->now_ms();
  const std::string made = "\",\"model\":\"wan-video/wan-2.2-i2v-fast\",\"status\":\"processing\",\"created_at\":\"" +
                           iso_time(lost.sent_ms) + "\",\"input\":{\"seed\":";
  script->answers = {
      answer(200, "{\"results\":[{\"id\":\"other" + made + "7}},{\"id\":\"mine" + made + "41}}],\"next\":null}")};
  auto b = backend(replicate());
  auto found = wait(b->find(lost, context("wan")));
  ASSERT_TRUE(found) << found.error().message();
  ASSERT_TRUE(*found);
  EXPECT_EQ((*found)->id, "mine");
  EXPECT_EQ(script->posts("/predictions"), 0);
}

TEST_F(Hosted, ALanguageModelAnswersAtOnceAndIsPaidByItsTokens) {
  script->answers = {answer(200, R"({"id":"chatcmpl-1","choices":[{"message":{"content":"{}"},"finish_reason":"stop"}],
    "usage":{"prompt_tokens":1000000,"completion_tokens":0}})")};
  auto b = backend(openai());
  GenerationRequest g = request("gpt-6-luna");
  g.llm.schema = "{}";
  auto job = wait(b->create(g, GenerationInputs(), attempt(), context("gpt-6-luna")));
  ASSERT_TRUE(job) << job.error().message();
  EXPECT_EQ(job->state, RemoteState::succeeded);
  EXPECT_EQ(*job->cost, usd(0.10));
  auto again = wait(b->follow(*job, context("gpt-6-luna")));
  ASSERT_TRUE(again);
  auto assets = wait(b->fetch(job->id, context("gpt-6-luna")));
  ASSERT_TRUE(assets) << assets.error().message();
  EXPECT_EQ(assets->at(0).kind, AssetKind::json);
  EXPECT_EQ(*store->read(assets->at(0).sha256), "{}");
  EXPECT_EQ(script->seen.size(), 1u);
}

TEST_F(Hosted, AnOldServerIsAskedOnceMoreInItsOwnWords) {
  script->answers = {
      answer(400, R"({"error":{"code":400,"message":"Either \"json_schema\" or \"grammar\" can be specified"}})"),
      answer(200, R"({"choices":[{"message":{"content":"{}"},"finish_reason":"stop"}]})")};
  auto b = backend(openai());
  GenerationRequest g = request("gpt-6-luna");
  g.llm.schema = "{}";
  auto job = wait(b->create(g, GenerationInputs(), attempt(), context("gpt-6-luna")));
  ASSERT_TRUE(job) << job.error().message();
  EXPECT_FALSE(job->id.empty());  // ours, where the server gives none
  ASSERT_EQ(script->seen.size(), 2u);
  EXPECT_EQ(body_of(script->seen[1])["response_format"]["type"].as_string(), "json_object");
}

TEST_F(Hosted, QuotaIsNeverTriedAgain) {
  script->answers = {answer(429, R"({"error":{"message":"quota","type":"insufficient_quota"}})"), answer(200, "{}")};
  auto b = backend(openai());
  auto job = wait(b->create(request("gpt-6-luna"), GenerationInputs(), attempt(), context("gpt-6-luna")));
  ASSERT_FALSE(job);
  EXPECT_EQ(job.error().code(), Errc::provider);
  EXPECT_EQ(script->seen.size(), 1u);
}

TEST_F(Hosted, AnAnswerThatDiedWithItsProcessIsAFailureThatMayBeTriedAgain) {
  auto b = backend(openai());
  auto job = wait(b->get("chatcmpl-old", context("gpt-6-luna")));
  ASSERT_TRUE(job);
  EXPECT_EQ(job->state, RemoteState::failed);
  EXPECT_EQ(flow::classify_failure(job->error), flow::Outcome::transient);
  EXPECT_TRUE(script->seen.empty());
}

TEST_F(Hosted, OnlyTheDefaultAddressNeedsAKey) {
  HostedOptions options;
  options.transport = script;
  options.base_url = "http://localhost:11434/v1";
  EXPECT_EQ(HostedBackend(openai(), options).unavailable(), "");
  options.base_url = "https://api.openai.com/v1";
  if (std::getenv("OPENAI_API_KEY") == nullptr) {
    EXPECT_THAT(HostedBackend(openai(), options).unavailable(), HasSubstr("OPENAI_API_KEY"));
  }
  options.base_url.clear();
  if (std::getenv("COMFYUI_BASE_URL") == nullptr) {
    EXPECT_THAT(HostedBackend(comfyui(), options).unavailable(), HasSubstr("COMFYUI_BASE_URL"));
  }
}

TEST_F(Hosted, FalBringsItsResultByASecondCallAndARefusalIsAFailure) {
  const char* submitted = R"({"request_id":"r1"})";
  script->answers = {answer(200, submitted), answer(200, R"({"status":"COMPLETED","request_id":"r1"})"),
                     answer(422, R"({"detail":[{"msg":"no","type":"content_policy_violation"}]})")};
  auto b = backend(fal(), "https://queue.example.com");
  auto job = wait(b->create(request("fal-wan-2.2-5b"), picture(), attempt(), context("fal-wan-2.2-5b")));
  ASSERT_TRUE(job) << job.error().message();
  auto ended = wait(b->get(job->id, context("fal-wan-2.2-5b")));
  ASSERT_TRUE(ended) << ended.error().message();
  EXPECT_EQ(ended->state, RemoteState::failed);
  EXPECT_TRUE(ended->cost->is_zero());
}

TEST_F(Hosted, ComfyUiUploadsThenAsksUnderAnIdOfOurs) {
  const std::string id = client_id_of(attempt());
  script->answers = {answer(200, R"({"name":"in.png"})"), answer(200, R"({"prompt_id":")" + id + "\"}"),
                     answer(200, "{}"), answer(200, R"({"queue_running":[[1,")" + id + R"("]],"queue_pending":[]})")};
  auto b = backend(comfyui(), "http://127.0.0.1:8188");
  const std::string name = "comfyui-wan-2.2-i2v";
  auto job = wait(b->create(request(name), picture(), attempt(), context(name)));
  ASSERT_TRUE(job) << job.error().message();
  auto now = wait(b->get(id, context(name)));
  ASSERT_TRUE(now) << now.error().message();
  EXPECT_EQ(now->state, RemoteState::running);
  const std::vector<std::string> calls = {"POST http://127.0.0.1:8188/upload/image",
                                          "POST http://127.0.0.1:8188/prompt",
                                          "GET http://127.0.0.1:8188/history/" + id, "GET http://127.0.0.1:8188/queue"};
  EXPECT_EQ(script->calls(), calls);
}

TEST_F(Hosted, ComfyUiKnowsAgainWhatItWasAsked) {
  const std::string name = "comfyui-sdxl", id = client_id_of(attempt());
  const std::string empty = R"({"queue_running":[],"queue_pending":[]})";
  script->answers = {answer(200, "{}"), answer(200, empty), answer(200, "{}")};
  settle = 0;
  auto b = backend(comfyui(), "http://127.0.0.1:8188");
  auto lost = wait(b->find(attempt(), context(name)));
  ASSERT_TRUE(lost) << lost.error().message();
  EXPECT_FALSE(*lost);
  // It ended between the two looks.
  const std::string done = "{\"" + id + R"(":{"status":{"status_str":"success"},"outputs":{}}})";
  script->answers = {answer(200, "{}"), answer(200, empty), answer(200, done)};
  auto found = wait(b->find(attempt(), context(name)));
  ASSERT_TRUE(found && *found);
  EXPECT_EQ((*found)->state, RemoteState::succeeded);
}

TEST_F(Hosted, WhatComfyUiHasForgottenMayBeMadeAgain) {
  script->answers = {answer(200, "{}"), answer(200, R"({"queue_running":[],"queue_pending":[]})"), answer(200, "{}")};
  auto b = backend(comfyui(), "http://127.0.0.1:8188");
  auto job = wait(b->get(client_id_of(attempt()), context("comfyui-sdxl")));
  ASSERT_TRUE(job) << job.error().message();
  EXPECT_EQ(job->state, RemoteState::failed);
  EXPECT_EQ(flow::classify_failure(job->error), flow::Outcome::transient);
}

TEST_F(Hosted, AModelOfNoProviderIsRefusedBeforeAnythingIsSentAndTakesNoPlace) {
  auto b = backend(replicate());
  BackendContext c = context("wan");
  ModelProfile wrong = *c.model;
  wrong.id = "nobody";
  c.model = std::make_shared<const ModelProfile>(wrong);
  for (int i = 0; i < 60; ++i)  // more than run at once
    EXPECT_EQ(wait(b->create(request("wan"), picture(), attempt(), c)).error().code(), Errc::model_unknown);
  EXPECT_TRUE(script->seen.empty());
  script->answers = {answer(201, kStarting)};
  EXPECT_TRUE(wait(b->create(request("wan"), picture(), attempt(), context("wan"))));
}

TEST_F(Hosted, ResultsThatWereDeletedAreSaidToBeLost) {
  script->answers = {answer(200, R"({"id":"p1","status":"succeeded","output":null,"data_removed":true})")};
  auto b = backend(replicate());
  auto assets = wait(b->fetch("p1", context("wan")));
  ASSERT_FALSE(assets);
  EXPECT_EQ(assets.error().code(), Errc::expired);
  EXPECT_THAT(assets.error().message(), HasSubstr("deleted"));
}

TEST_F(Hosted, APictureSaysItselfWhatItIs) {
  const std::pair<std::string, const char*> kinds[] = {{"\x89PNG", "image/png"},
                                                       {"\xFF\xD8", "image/jpeg"},
                                                       {"RIFF", "image/webp"},
                                                       {"GIF", "image/gif"},
                                                       {"?", "application/octet-stream"}};
  for (const auto& [head, mime] : kinds) {
    script->answers = {answer(201, kStarting)};
    auto b = backend(replicate());
    GenerationInputs in;
    in.first_frame = *store->put(head + std::string(100, 'x'), AssetKind::image, "image/png");
    in.first_frame->mime.clear();
    ASSERT_TRUE(wait(b->create(request("wan"), in, attempt(), context("wan")))) << mime;
    EXPECT_THAT(body_of(script->seen.back())["input"]["image"].as_string(), HasSubstr("data:" + std::string(mime)));
    in.first_frame->mime = "image/bmp";  // what is said counts, also where the size is not known
    in.first_frame->bytes = 0;
    script->answers = {answer(201, kStarting)};
    ASSERT_TRUE(wait(b->create(request("wan"), in, attempt(), context("wan")))) << mime;
    EXPECT_THAT(body_of(script->seen.back())["input"]["image"].as_string(), HasSubstr("data:image/bmp"));
  }
}

// What cannot be sent with its pictures is not sent.
TEST_F(Hosted, PicturesThatCannotBeSentEndItBeforeAnythingIsBought) {
  Asset gone = *picture().first_frame;
  gone.sha256 = std::string(64, '0');
  Asset unknown = gone;
  unknown.bytes = 0;
  Asset large = *picture().first_frame;
  large.bytes = (100LL << 20) + 1;
  const std::string uploads = "minimax/hailuo-02";  // by its URL, also a small one
  for (const auto& [asset, code] : {std::pair(gone, Errc::not_found), {unknown, Errc::not_found}, {large, Errc::media_limit}})
    for (const bool last : {false, true})
      for (const std::string& name : {std::string("wan"), uploads}) {
        script->seen.clear();
        script->answers = {answer(201, R"({"urls":{"get":"https://api.example.com/v1/files/f1"}})")};
        auto b = backend(replicate());
        GenerationInputs in;
        (last ? in.last_frame : in.first_frame) = asset;
        auto job = wait(b->create(request(name), in, attempt(), context(name)));
        ASSERT_FALSE(job);
        EXPECT_EQ(job.error().code(), code) << name << ": " << job.error().describe();
        EXPECT_EQ(script->posts("/predictions"), 0);
        EXPECT_TRUE(script->seen.empty());
      }
  script->answers = {answer(403, "{}")};
  auto refused = wait(backend(replicate())->create(request(uploads), picture(), attempt(), context(uploads)));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code(), Errc::credentials);
}

class Results : public Hosted {
 protected:
  Result<std::vector<Asset>> fetched(const std::string& output, std::vector<HttpResponse> downloads, std::stop_token stop = {}) {
    script->seen.clear();
    script->answers = {answer(200, "{\"id\":\"p1\",\"status\":\"succeeded\",\"output\":\"" + output + "\"}")};
    for (HttpResponse& one : downloads) script->answers.push_back(std::move(one));
    BackendContext at = context("wan");
    at.stop = std::move(stop);
    return wait(backend(replicate())->fetch("p1", at));
  }
  const std::string there = "https://files.example.net/a";
};

TEST_F(Results, AreOfTheKindThatTheServerSays) {
  HttpResponse silent = answer(200, "bytes");
  silent.headers.clear();
  EXPECT_EQ(fetched(there, {silent})->at(0).kind, AssetKind::other);
  EXPECT_EQ(fetched(there, {answer(200, "{}", "application/json; charset=utf-8")})->at(0).kind, AssetKind::json);
  EXPECT_EQ(fetched(there, {answer(200, "x", "audio/wav")})->at(0).kind, AssetKind::audio);
  EXPECT_EQ(fetched(there, {answer(200, "x", "image/png")})->at(0).kind, AssetKind::image);
  EXPECT_EQ(fetched(there, {answer(200, "x", "video/mp4")})->at(0).kind, AssetKind::video);
}

TEST_F(Results, ThatAreInTheAnswerAreTakenFromIt) {
  const auto inside = fetched("data:image/png;base64,aGVsbG8=", {});
  ASSERT_TRUE(inside) << inside.error().describe();
  EXPECT_EQ(*store->read(inside->at(0).sha256), "hello");
  EXPECT_EQ(inside->at(0).kind, AssetKind::image);
  EXPECT_FALSE(fetched("data:image/png;base64,***", {}));
}

TEST_F(Results, AreFetchedAgainWhereThatMayHelp) {
  HttpResponse cut = broken(Sent::answered);
  for (const HttpResponse& bad : {answer(500, ""), answer(429, ""), broken(Sent::not_sent), broken(Sent::sent_unknown), cut}) {
    const auto got = fetched(there, {bad, answer(200, "x", "video/mp4")});
    EXPECT_TRUE(got) << bad.status << ": " << got.error().describe();
  }
  HttpResponse refused = broken(Sent::not_sent);
  refused.error = Error(Errc::url_refused, "a private address");
  EXPECT_EQ(fetched(there, std::vector<HttpResponse>(20, refused)).error().code(), Errc::url_refused);
  EXPECT_EQ(fetched(there, {answer(403, "no"), answer(200, "x", "video/mp4")}).error().code(), Errc::credentials);
  EXPECT_EQ(script->seen.size(), 2u);
}

// A link may have expired where the result has not: it is asked for once more.
TEST_F(Results, AreAskedForAnewWhenTheirLinkIsGone) {
  const HttpResponse again = answer(200, "{\"id\":\"p1\",\"status\":\"succeeded\",\"output\":\"" + there + "2\"}");
  for (const int status : {404, 410}) {
    const auto got = fetched(there, {answer(status, ""), again, answer(200, "x", "video/mp4")});
    ASSERT_TRUE(got) << got.error().describe();
    EXPECT_EQ(script->seen.back().url, there + "2");
    EXPECT_EQ(fetched(there, {answer(status, ""), again, answer(404, "")}).error().code(), Errc::expired);
  }
  EXPECT_EQ(fetched(there, {answer(404, ""), answer(401, "{}")}).error().code(), Errc::credentials);
}

TEST_F(Results, OfAStoppedJobWait) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(fetched(there, {broken(Sent::answered)}, stop.get_token()).error().code(), Errc::interrupted);
}

TEST_F(Results, ThatAreNoneAreSaid) {
  for (const auto& [body, code] :
       {std::pair(R"({"id":"p1","status":"succeeded","output":null})", Errc::provider),
        {R"({"id":"p1","status":"processing"})", Errc::expired}}) {
    script->answers = {answer(200, body), answer(200, body)};
    const auto none = wait(backend(replicate())->fetch("p1", context("wan")));
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code(), code) << none.error().describe();
  }
}

}  // namespace
}  // namespace vidgen::backends::test
