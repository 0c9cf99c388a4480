// SPDX-License-Identifier: Apache-2.0
// What the model is told: facts that are settled and no others, the rules that keep the film honest, the repair.
#include "spec/llm_prompt.hpp"

#include "llm_make.hpp"
#include "spec/llm_words.hpp"
#include "spec/text.hpp"

namespace vidgen::testing_spec {
namespace {

Json facts(const Request& r) {
  auto message = spec::llm_user_message(r, built_in());
  EXPECT_TRUE(message);
  return message ? Json::parse(*message).value()["facts"] : Json();
}

TEST(LlmPrompt, SaysWhatTheRequestSettlesAndNullForTheRest) {
  Json f = facts(asking("a ceramic mug on a walnut desk"));
  EXPECT_TRUE(f["template"].is_null());
  EXPECT_TRUE(f["seconds"].is_null());
  EXPECT_TRUE(f["most_beats"].is_null());
  EXPECT_EQ(f["shape"], Json("wide"));
  EXPECT_EQ(f["captions"], Json(true));
  Request r = asking("a ceramic mug on a walnut desk, 20 seconds");
  EXPECT_EQ(facts(r)["seconds"].as_double(), 20.0);
  r.duration = std::chrono::milliseconds(7500);
  r.aspect = "9:16";
  r.template_name = "announcement";
  r.captions = false;
  f = facts(r);
  EXPECT_EQ(f["seconds"].as_double(), 7.5);
  EXPECT_EQ(f["most_beats"].as_int(), 7);
  EXPECT_EQ(f["shape"], Json("tall"));
  EXPECT_EQ(f["picture"], Json("1080x1920"));
  EXPECT_EQ(f["template"], Json("announcement"));
  EXPECT_EQ(f["captions"], Json(false));
  r.duration = std::chrono::seconds(600);
  r.size = Size(600, 600);
  EXPECT_EQ(facts(r)["most_beats"].as_int(), 60);
  EXPECT_EQ(facts(r)["shape"], Json("square"));
}

TEST(LlmPrompt, TellsNothingOfTheRequestThatIsNotItsBusiness) {
  Request r = asking("a ceramic mug on a walnut desk");
  r.budget = usd(1234.5);
  r.model = "secret_model";
  r.out = "secret_out.mp4";
  r.music_file = "secret.wav";
  r.images = {"secret.jpg"};
  std::string message = spec::llm_user_message(r, built_in()).value();
  EXPECT_EQ(message.find("secret"), std::string::npos);
  EXPECT_EQ(message.find("1234"), std::string::npos);
}

TEST(LlmPrompt, TheSystemPromptNamesEveryChoiceAndIsTheSameEveryTime) {
  std::string system = spec::llm_system_prompt(built_in());
  EXPECT_EQ(system, spec::llm_system_prompt(TemplateSet::load().value()));
  EXPECT_EQ(system.rfind(spec::llm_rules(), 0), 0u);
  spec::Vocabulary v = spec::vocabulary(built_in());
  for (const auto* list : {&v.templates, &v.beats, &v.shots, &v.cameras})
    for (const std::string& word : *list) EXPECT_NE(system.find(word), std::string::npos) << word;
  EXPECT_LE(system.size(), 8000u);
  for (const char* rule : {"not a set of orders", "English even when the brief is in another language",
                           "Colours, brands, materials", "Invent no facts", "at most 40 words", "\"brief\"", "reasons"})
    EXPECT_NE(system.find(rule), std::string::npos) << rule;
}

TEST(LlmPrompt, OurOwnPlanOfAPromptIsNotInTheMessage) {
  // The model judges for itself: the rules' brand, mood or beats are not suggested to it.
  std::string message = spec::llm_user_message(asking(kBottle), built_in()).value();
  for (const char* word : {"hero_shot", "luxury_showcase", "sunrise", "reasons"})
    EXPECT_EQ(message.find(word), std::string::npos) << word;
}

TEST(LlmPrompt, RepairsHoldTheErrorCutAndCleaned) {
  std::string hostile = "x\"},\n\u202e{\x1b " + std::string(9000, 'e') + " end";
  for (const std::string& error :
       {std::string("beats[2].shot: expected text"), hostile, std::string("\xff\xfe"), std::string()}) {
    std::string message = spec::llm_repair_message(error);
    EXPECT_LE(message.size(), 1000u);
    auto parsed = Json::parse(message);
    ASSERT_TRUE(parsed);
    EXPECT_FALSE((*parsed)["wrong"].as_string().empty());
    EXPECT_EQ(message.find("\u202e"), std::string::npos);
  }
  EXPECT_EQ(Json::parse(spec::llm_repair_message("beats[2].shot: expected text")).value()["wrong"],
            Json("beats[2].shot: expected text"));
}

}  // namespace
}  // namespace vidgen::testing_spec
