// SPDX-License-Identifier: Apache-2.0
// OpenAI and its like: what is sent in both shapes, how each end of an answer is read, and what it costs.
#include "backends/hosted.hpp"
#include "backends/openai_text.hpp"
#include "backends/outputs.hpp"
#include "backends/support.hpp"

namespace vidgen::backends::test {
namespace {

using ::testing::HasSubstr;

CreateCall text_call() {
  CreateCall c = call_for("gpt-6-luna");
  c.request.llm.system = "You plan films.";
  c.request.llm.schema_name = "film";
  c.request.llm.schema = R"({"type":"object","properties":{},"required":[],"additionalProperties":false})";
  c.request.llm.max_tokens = 4000;
  return c;
}

HttpResponse chat(const std::string& message, const std::string& finish, const std::string& usage = "{}") {
  return answer(200, R"({"id":"chatcmpl-1","model":"gpt-6-luna","choices":[{"message":)" + message +
                         R"(,"finish_reason":")" + finish + R"("}],"usage":)" + usage + "}");
}

TEST(OpenAi, ChatAsksForTheSchemaStrictly) {
  auto r = openai().create(access(), text_call());
  ASSERT_TRUE(r);
  EXPECT_EQ(r->url, "https://api.example.com/v1/chat/completions");
  EXPECT_EQ(r->headers["authorization"], "Bearer secret-key");
  const Json body = body_of(*r);
  EXPECT_EQ(body["model"].as_string(), "gpt-6-luna");
  EXPECT_EQ(body["max_completion_tokens"].as_int(), 4000);
  const Json& format = body["response_format"];
  EXPECT_EQ(format["type"].as_string(), "json_schema");
  EXPECT_TRUE(format["json_schema"]["strict"].as_bool());
  EXPECT_EQ(format["json_schema"]["name"].as_string(), "film");
  EXPECT_EQ(format["json_schema"]["schema"]["type"].as_string(), "object");
  ASSERT_EQ(body["messages"].items().size(), 2u);
  EXPECT_EQ(body["messages"].items()[0]["role"].as_string(), "system");
  EXPECT_EQ(body["messages"].items()[1]["content"].as_string(), "a kettle boils");
}

TEST(OpenAi, ResponsesHaveTheFormatAtOneLevel) {
  CreateCall c = text_call();
  c.model.fields["endpoint"] = "responses";
  auto r = openai().create(access(), c);
  ASSERT_TRUE(r);
  EXPECT_EQ(r->url, "https://api.example.com/v1/responses");
  const Json body = body_of(*r);
  EXPECT_EQ(body["text"]["format"]["type"].as_string(), "json_schema");
  EXPECT_EQ(body["text"]["format"]["name"].as_string(), "film");
  EXPECT_EQ(body["instructions"].as_string(), "You plan films.");
  EXPECT_EQ(body["max_output_tokens"].as_int(), 4000);
  EXPECT_EQ(body.find("messages"), nullptr);
}

TEST(OpenAi, ARepairRoundShowsTheEarlierAnswer) {
  CreateCall c = text_call();
  c.request.llm.earlier = "{\"title\":1}";
  c.request.llm.repair = "title: expected text";
  const Json body = body_of(*openai().create(access(), c));
  ASSERT_EQ(body["messages"].items().size(), 4u);
  EXPECT_EQ(body["messages"].items()[2]["role"].as_string(), "assistant");
  EXPECT_EQ(body["messages"].items()[3]["content"].as_string(), "title: expected text");
}

TEST(OpenAi, NoKeyNoHeader) {
  Access open = access("http://localhost:11434/v1");
  open.key.clear();
  EXPECT_EQ(openai().create(open, text_call())->headers.count("authorization"), 0u);
}

TEST(OpenAi, TextIsAnInlineOutput) {
  auto read = openai().read_create(text_call(), chat(R"({"content":"{\"a\":1}","refusal":null})", "stop"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->job.state, RemoteState::succeeded);
  EXPECT_EQ(read->job.id, "chatcmpl-1");
  ASSERT_EQ(read->outputs.size(), 1u);
  EXPECT_EQ(read->outputs[0].bytes, "{\"a\":1}");
  EXPECT_EQ(read->outputs[0].mime, "application/json");
}

TEST(OpenAi, RefusedCutOffAndFilteredAreFailuresThatSayWhy) {
  const auto why = [](const HttpResponse& r) {
    auto read = openai().read_create(text_call(), r);
    EXPECT_TRUE(read);
    if (!read) return std::string();
    EXPECT_EQ(read->job.state, RemoteState::failed);
    EXPECT_TRUE(read->outputs.empty());
    EXPECT_EQ(read->tokens_in, 10);  // they were paid for
    return read->job.error;
  };
  const std::string usage = R"({"prompt_tokens":10,"completion_tokens":5})";
  const std::string refused = why(chat(R"({"content":null,"refusal":"I can't"})", "stop", usage));
  EXPECT_EQ(flow::classify_failure(refused), flow::Outcome::refused) << refused;
  const std::string cut = why(chat(R"({"content":"{\"a\":"})", "length", usage));
  EXPECT_EQ(flow::classify_failure(cut), flow::Outcome::permanent) << cut;
  EXPECT_THAT(cut, HasSubstr("4000 tokens"));
  const std::string filtered = why(chat(R"({"content":""})", "content_filter", usage));
  EXPECT_EQ(flow::classify_failure(filtered), flow::Outcome::refused) << filtered;
  EXPECT_EQ(flow::classify_failure(why(chat(R"({"content":null})", "stop", usage))), flow::Outcome::permanent);
}

TEST(OpenAi, ResponsesAreReadInEachOfTheirEnds) {
  CreateCall c = text_call();
  c.model.fields["endpoint"] = "responses";
  auto good = openai().read_create(c, answer(200, R"({"id":"resp_1","status":"completed","output":[{"type":"reasoning"},
    {"type":"message","content":[{"type":"output_text","text":"{}"}]}],"usage":{"input_tokens":7,"output_tokens":3,
    "input_tokens_details":{"cached_tokens":4,"cache_write_tokens":2}}})"));
  ASSERT_TRUE(good);
  EXPECT_EQ(good->outputs.at(0).bytes, "{}");
  EXPECT_EQ(good->tokens_cached, 4);
  EXPECT_EQ(good->tokens_written, 2);
  auto cut = openai().read_create(c, answer(200, R"({"id":"r","status":"incomplete","incomplete_details":
    {"reason":"max_output_tokens"},"output":[{"content":[{"type":"output_text","text":"{"}]}]})"));
  EXPECT_THAT(cut->job.error, HasSubstr("cut off"));
  auto refused = openai().read_create(c, answer(200, R"({"id":"r","status":"completed",
    "output":[{"content":[{"type":"refusal","refusal":"no"}]}]})"));
  EXPECT_EQ(flow::classify_failure(refused->job.error), flow::Outcome::refused);
}

TEST(OpenAi, CostCountsTheCacheApart) {
  RemoteAnswer a;
  a.job.state = RemoteState::succeeded;
  a.tokens_in = 10000, a.tokens_cached = 4000, a.tokens_written = 2000, a.tokens_out = 1000;
  // 4000 x 0.10 + 4000 x 0.01 + 2000 x 0.125 + 1000 x 0.50 dollars a million
  EXPECT_EQ(settled_cost(model("gpt-6-luna"), Size(), 0, a), Money::micros(400 + 40 + 250 + 500));
  a.tokens_written = 0;
  EXPECT_EQ(settled_cost(model("gpt-5.6-terra"), Size(), 0, a), Money::micros(12000 + 800 + 12000));
  a.job.state = RemoteState::failed;  // a refusal is paid for
  EXPECT_EQ(settled_cost(model("gpt-5.6-terra"), Size(), 0, a), Money::micros(24800));
}

TEST(OpenAi, UsageThatIsNoNumberCountsNothing) {
  auto read = openai().read_create(
      text_call(),
      chat(R"({"content":"{}"})", "stop",
           R"({"prompt_tokens":-5,"completion_tokens":"many","prompt_tokens_details":{"cached_tokens":99}})"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->tokens_in, 0);
  EXPECT_EQ(read->tokens_cached, 0);
  EXPECT_EQ(read->tokens_out, 0);
}

TEST(OpenAi, AnOldServerIsAskedWithoutTheSchema) {
  CreateCall c = text_call();
  const HttpResponse grammar = answer(
      400,
      R"({"error":{"code":400,"message":"Either \"json_schema\" or \"grammar\" can be specified, but not both"}})");
  ASSERT_TRUE(openai().adjust(c, grammar));
  const Json body = body_of(*openai().create(access(), c));
  EXPECT_EQ(body["response_format"].dump(), R"({"type":"json_object"})");
  EXPECT_THAT(body["messages"].items()[0]["content"].as_string(), HasSubstr("additionalProperties"));
  EXPECT_FALSE(openai().adjust(c, grammar));  // once
  CreateCall other = text_call();
  EXPECT_FALSE(
      openai().adjust(other, answer(400, R"({"error":{"message":"Invalid schema for response_format 'film'"}})")));
  EXPECT_FALSE(openai().adjust(other, answer(500, R"({"error":{"message":"Either json_schema or grammar"}})")));
  EXPECT_FALSE(openai().adjust(other, broken(Sent::sent_unknown)));
}

TEST(OpenAi, QuotaIsMoneyAndRateIsPatience) {
  const auto quota =
      answer(429, R"({"error":{"message":"You exceeded your current quota","type":"insufficient_quota"}})");
  EXPECT_EQ(outcome_of(openai(), quota, true), flow::Outcome::money);
  const auto rate = answer(429, R"({"error":{"message":"Rate limit","code":"rate_limit_exceeded"}})");
  EXPECT_EQ(outcome_of(openai(), rate, true), flow::Outcome::throttled);
  EXPECT_EQ(outcome_of(openai(), answer(503, "{}"), true), flow::Outcome::not_sent);
  EXPECT_EQ(outcome_of(openai(), answer(502, "{}"), true), flow::Outcome::ambiguous);
  const auto key = answer(401, R"({"error":{"message":"Incorrect API key","code":"invalid_api_key"}})");
  EXPECT_EQ(outcome_of(openai(), key, true), flow::Outcome::credentials);
  const auto blocked =
      answer(400, R"({"error":{"message":"rejected by the safety system","code":"moderation_blocked"}})");
  EXPECT_EQ(outcome_of(openai(), blocked, true), flow::Outcome::refused);
  const auto numeric = answer(400, R"({"error":{"code":400,"message":"bad","type":"invalid_request_error"}})");
  EXPECT_EQ(error_words(numeric).code, "400");
}

TEST(OpenAi, PicturesComeInlineOrAsUrls) {
  CreateCall c = call_for("gpt-image-2.5");
  auto r = openai().create(access(), c);
  ASSERT_TRUE(r);
  EXPECT_EQ(r->url, "https://api.example.com/v1/images/generations");
  EXPECT_EQ(body_of(*r)["size"].as_string(), "1536x1024");
  const std::string png = "\x89PNG\r\n\x1a\n";
  const std::string uri = data_uri(png, "image/png");
  auto read = openai().read_create(c, answer(200, R"({"data":[{"b64_json":")" + uri.substr(uri.find(',') + 1) +
                                                      R"("},{"url":"https://x.example.com/a.png"}]})"));
  ASSERT_TRUE(read);
  ASSERT_EQ(read->outputs.size(), 2u);
  EXPECT_EQ(read->outputs[0].bytes, png);
  EXPECT_EQ(read->outputs[0].mime, "image/png");
  EXPECT_FALSE(read->outputs[1].trusted);
  EXPECT_FALSE(openai().read_create(c, answer(200, R"({"data":[{"b64_json":"***"}]})")));
  EXPECT_FALSE(openai().read_create(c, answer(200, R"({"data":[]})")));
}

TEST(OpenAi, SpeechIsTheBodyAndCountsCharacters) {
  CreateCall c = call_for("gpt-4o-mini-tts");
  c.request.prompt = "gr\xC3\xBC\xC3\x9F dich";
  auto r = openai().create(access(), c);
  EXPECT_EQ(r->url, "https://api.example.com/v1/audio/speech");
  EXPECT_EQ(body_of(*r)["input"].as_string(), c.request.prompt);
  EXPECT_EQ(body_of(*r)["voice"].as_string(), "alloy");
  auto read = openai().read_create(c, answer(200, "RIFF....", "audio/wav; rate=24000"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->outputs.at(0).mime, "audio/wav");
  EXPECT_EQ(read->characters, 9);
  EXPECT_EQ(settled_cost(c.model, Size(), 0, *read), Money::micros(108));
  EXPECT_FALSE(openai().read_create(c, answer(200, "{}", "application/json")));
  EXPECT_FALSE(openai().read_create(c, answer(200, "", "audio/wav")));
}

TEST(OpenAi, HostileAnswersAreErrorsOrFailures) {
  for (const char* body : kHostile)
    for (const char* name : {"gpt-6-luna", "gpt-image-2.5"}) {
      CreateCall c = call_for(name);
      auto read = openai().read_create(c, answer(200, body));
      EXPECT_TRUE(!read || read->job.state == RemoteState::failed) << body;
      if (read) {
        EXPECT_EQ(read->job.id.find('/'), std::string::npos);
      }
    }
}

TEST(OpenAi, ClipsAreNotMadeHere) {
  CreateCall c = text_call();
  c.request.kind = ModelKind::video;
  EXPECT_EQ(openai().create(access(), c).error().code(), Errc::unsupported);
  CreateCall bad = text_call();
  bad.request.llm.schema = "{";
  EXPECT_EQ(openai().create(access(), bad).error().code(), Errc::invalid_argument);
}

}  // namespace
}  // namespace vidgen::backends::test
