// SPDX-License-Identifier: Apache-2.0
// Good answers: what is taken over, what the request keeps, and what is refused by shape.
#include "spec/llm_spec.hpp"

#include "llm_make.hpp"

namespace vidgen::testing_spec {
namespace {

struct Row {
  const char* object;
  const char* key;
  const char* said;
  const char* prompt;
  std::string (*value)(const Spec&);
  const char* expected;
};

const Row kGood[] = {
    {"style", "aesthetic", "noir", kBottle, [](const Spec& s) { return s.style.aesthetic; }, "noir"},
    {"style", "mood", "calm", kBottle, [](const Spec& s) { return s.style.mood; }, "calm"},
    {"style", "lighting", "low sun through thin mist, long shadows", kBottle,
     [](const Spec& s) { return s.style.lighting; }, "low sun through thin mist, long shadows"},
    {"product", "name", "Water Bottle", kBottle, [](const Spec& s) { return s.product.name; }, "water bottle"},
    {"product", "category", "jar", kBottle, [](const Spec& s) { return s.product.category; }, "jar"},
    {"product", "brand", "aqua", kBottle, [](const Spec& s) { return s.product.brand; }, "Aqua"},
    {"product", "material", "trail", "a film about our bottle on a trail of iron and moss",
     [](const Spec& s) { return s.product.material; }, "trail"},
    {"product", "colour", "Red", "a film about my little car, it is scarlet and red",
     [](const Spec& s) { return s.product.colour; }, "red"},
    {"setting", "place", "beach", kBottle, [](const Spec& s) { return s.setting.place; }, "beach"},
    {"setting", "time", "night", kBottle, [](const Spec& s) { return s.setting.time; }, "night"},
    {"audio", "style", "ambient", kBottle, [](const Spec& s) { return s.audio.style; }, "ambient"},
    {"audio", "tempo", "fast", kBottle, [](const Spec& s) { return s.audio.tempo; }, "fast"},
    {"audio", "mood", "dramatic", kBottle, [](const Spec& s) { return s.audio.mood; }, "dramatic"},
};

TEST(LlmSpec, EveryFieldIsTakenOverWithTheModelsReason) {
  for (const Row& row : kGood) {
    std::string path = std::string(row.object) + "." + row.key;
    Json answer = with(blank(), row.object, row.key, row.said);
    answer.set("reasons", Json::array().push(object_of({{"field", path}, {"why", "the brief speaks of \"it\""}})));
    auto s = proposed(answer, asking(row.prompt));
    ASSERT_TRUE(s) << path << s.error().describe();
    EXPECT_EQ(row.value(*s), row.expected) << path;
    EXPECT_EQ(why_of(*s, path), "model: the brief speaks of \"it\"") << path;
    EXPECT_EQ(s->source, "llm");
  }
}

TEST(LlmSpec, NothingProposedIsTheRulesFilmWithTheModelsBeats) {
  Spec rules = spec_of(kBottle);
  auto s = proposed(blank(), asking(kBottle));
  ASSERT_TRUE(s) << s.error().describe();
  EXPECT_EQ(s->style, rules.style);
  EXPECT_EQ(s->product, rules.product);
  EXPECT_EQ(s->setting, rules.setting);
  EXPECT_EQ(s->audio, rules.audio);
  EXPECT_EQ(s->grade, rules.grade);
  EXPECT_EQ(s->frames, rules.frames);
  ASSERT_EQ(s->beats.size(), 2u);
  EXPECT_EQ(why_of(*s, "style.mood"), why_of(rules, "style.mood"));
  auto none = proposed(blank().set("beats", nullptr), asking(kBottle));
  ASSERT_TRUE(none);
  EXPECT_EQ(none->beats, rules.beats);
}

TEST(LlmSpec, BeatsAreTakenInOrderWithTextsShotsAndShares) {
  Json beats = Json::array();
  beats.push(beat_of("atmospheric_setup", "Mist drifts over a silent ridge before sunrise.", "wide", "crane_down", 10));
  beats.push(beat_of("detail_showcase", "Drops run down the brushed side of the bottle.", "macro", "tilt", 5));
  beats.push(beat_of("call_to_action", Json(), Json(), Json(), 5));
  auto s = proposed(blank().set("beats", beats), asking(kBottle));
  ASSERT_TRUE(s) << s.error().describe();
  ASSERT_EQ(s->beats.size(), 3u);
  EXPECT_EQ(s->frames, 900);
  EXPECT_EQ(s->beats[0].length, 450);
  EXPECT_EQ(s->beats[1].length, 225);
  EXPECT_EQ(s->beats[1].shot, "macro");
  EXPECT_EQ(s->beats[1].camera, "tilt");
  EXPECT_EQ(s->beats[0].prompt.rfind("Mist drifts over a silent ridge before sunrise. Wide shot, camera sinking", 0),
            0u);
  EXPECT_NE(s->beats[0].prompt.find("colours: red"), std::string::npos);
  EXPECT_EQ(s->beats[0].role, "opening");
  EXPECT_EQ(s->beats[2].role, "closing");
  EXPECT_EQ(s->transitions.size(), 2u);
  EXPECT_EQ(s->beats[2].action, built_in().find_beat("call_to_action")->action);
  EXPECT_EQ(why_of(*s, "beats"), "model: it gives no reason");
}

TEST(LlmSpec, SharesThatMakeNoSenseKeepTheBeatsOwnLength) {
  for (double seconds : {0.0, -5.0, -1e300}) {
    Json beats = Json::array();
    beats.push(beat_of("hero_shot", Json(), Json(), Json(), seconds)).push(beat_of("call_to_action"));
    auto s = proposed(blank().set("beats", beats), asking(kBottle));
    ASSERT_TRUE(s) << s.error().describe();
    EXPECT_EQ(s->beats[0].length, 450);
    EXPECT_EQ(why_of(*s, "beats[0].seconds"), "rules: the model's value is not above 0");
  }
}

TEST(LlmSpec, OpeningsComeFirstAndClosingsLast) {
  Json beats = Json::array();
  for (const char* name : {"call_to_action", "hero_shot", "detail_showcase", "call_to_action"})
    beats.push(beat_of(name));
  auto s = proposed(blank().set("beats", beats), asking(kBottle));
  ASSERT_TRUE(s) << s.error().describe();
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(s->beats[i].role, "middle") << i;
  EXPECT_EQ(s->beats[3].role, "closing");
}

TEST(LlmSpec, HiddenCharactersVanishFromTextsThatAreTaken) {
  auto s = proposed(with_action(" The bot\u200btle\u202e  turns\u0007 \u2066slowly\u2069\u2026"), asking(kBottle));
  ASSERT_TRUE(s);
  EXPECT_EQ(s->beats[0].prompt.rfind("The bottle turns slowly. Close-up", 0), 0u) << s->beats[0].prompt;
}

TEST(LlmSpec, UnknownWordsBecomeTheNearestOrTheRulesAndSaySo) {
  Json beats = Json::array();
  beats.push(beat_of("hero_shots", Json(), "close-up", "dolly in"));
  beats.push(beat_of("zzzzqqqq", Json(), "zzzzqqqq", "zzzzqqqq"));
  Json answer = with(blank().set("beats", beats).set("template", "luxury_showcas"), "audio", "style", "cinematc");
  auto s = proposed(with(answer, "setting", "place", "zzzzqqqqzz"), asking(kBottle));
  ASSERT_TRUE(s) << s.error().describe();
  EXPECT_EQ(s->template_name, "luxury_showcase");
  EXPECT_EQ(s->beats[0].name, "hero_shot");
  EXPECT_EQ(s->beats[0].shot, "close_up");
  EXPECT_EQ(s->beats[0].camera, "push_in");
  EXPECT_EQ(s->audio.style, "cinematic");
  EXPECT_EQ(s->setting.place, "mountain");
  EXPECT_EQ(s->beats[1].name, built_in().find_archetype("luxury_showcase")->beats[1]);
  for (const char* field : {"beats[0].name", "beats[0].shot", "beats[0].camera"})
    EXPECT_EQ(why_of(*s, field), "model: the nearest to its own word") << field;
  for (const char* field : {"beats[1].name", "beats[1].shot", "beats[1].camera", "setting.place"})
    EXPECT_EQ(why_of(*s, field).rfind("rules: the model's value ", 0), 0u) << field;
}

TEST(LlmSpec, TheModelsTemplateIsTakenOnlyWhenTheRequestNamesNone) {
  Json answer = blank().set("template", "announcement");
  auto s = proposed(answer, asking(kBottle));
  ASSERT_TRUE(s);
  EXPECT_EQ(s->template_name, "announcement");
  EXPECT_EQ(why_of(*s, "template"), "model: it gives no reason");
  EXPECT_EQ(s->frames, 900);
  Request r = asking(kBottle);
  r.template_name = "lifestyle_ad";
  s = proposed(answer, r);
  ASSERT_TRUE(s);
  EXPECT_EQ(s->template_name, "lifestyle_ad");
  EXPECT_EQ(why_of(*s, "template"), "rules: the model's value loses to the request's");
}

TEST(LlmSpec, TheRequestsWordsAlwaysWin) {
  Request r = asking(kBottle);
  r.duration = std::chrono::milliseconds(7300);
  r.size = Size(640, 360);
  r.fps = Rational(24000, 1001);
  r.grade = "none";
  r.captions = false;
  r.seed = 77;
  r.template_name = "announcement";
  auto rules = spec_by_rules(r, built_in());
  ASSERT_TRUE(rules);
  Json beats = Json::array();
  for (const char* name : {"hero_shot", "detail_showcase", "benefit_showcase", "usage_scenario", "brand_moment",
                           "lifestyle_context", "product_in_motion", "action_montage", "call_to_action"})
    beats.push(beat_of(name, Json(), Json(), Json(), 100));
  auto s = proposed(blank().set("template", "product_showcase").set("beats", beats), r);
  ASSERT_TRUE(s) << s.error().describe();
  EXPECT_EQ(s->frames, rules->frames);
  EXPECT_EQ(s->fps, rules->fps);
  EXPECT_EQ(s->size, Size(640, 360));
  EXPECT_EQ(s->grade, Grade());
  EXPECT_EQ(s->seed, 77u);
  EXPECT_EQ(s->template_name, "announcement");
  EXPECT_EQ(s->beats.size(), 7u);  // a second each
  for (const Beat& b : s->beats) {
    EXPECT_GE(b.length, 24);
    EXPECT_EQ(b.caption + b.over, "");
  }
  EXPECT_EQ(s->beats.back().start + s->beats.back().length, s->frames);
}

TEST(LlmSpec, FramesAreExactAndBeatsLastASecondForEveryTemplateLengthAndRate) {
  Dice dice(4);
  std::vector<std::string> names;
  for (const auto& [name, beat] : built_in().beats) names.push_back(name);
  const Rational rates[] = {24, 25, 30, Rational(30000, 1001), 60};
  for (int round = 0; round < 120; ++round) {
    Request r = asking(kBottle);
    r.duration = std::chrono::milliseconds(1000 + dice.below(120000));
    r.fps = rates[dice.below(5)];
    Json beats = Json::array();
    for (int n = 1 + dice.below(60); n > 0; --n) {
      Json seconds;
      if (dice.coin()) seconds = dice.below(2000) / 7.0;
      beats.push(beat_of(names[static_cast<std::size_t>(dice.next() % names.size())].c_str(), {}, {}, {}, seconds));
    }
    auto s = proposed(blank().set("beats", beats), r);
    ASSERT_TRUE(s) << s.error().describe();
    auto rules = spec_by_rules(r, built_in());
    EXPECT_EQ(s->frames, rules->frames);
    EXPECT_EQ(s->transitions.size() + 1, s->beats.size());
    Frames end = 0;
    for (const Beat& b : s->beats) {
      EXPECT_GE(b.length, std::min(r.fps->floor(), s->frames));
      end += b.length;
    }
    EXPECT_EQ(end, s->frames);
  }
}

TEST(LlmSpec, ColoursComeFromThePrompt) {
  auto s = proposed(blank().set("colours", Json::array().push("gold").push("RED").push("white")), asking(kBottle));
  ASSERT_TRUE(s);
  EXPECT_EQ(s->style.palette, std::vector<std::string>{"red"});
  EXPECT_EQ(why_of(*s, "style.palette"), "rules: the model's value has 2 that the prompt does not name");
  s = proposed(blank().set("colours", Json::array().push("Ochre").push("red")),
               asking("a bottle in ochre and red but not blue"));
  ASSERT_TRUE(s);
  EXPECT_EQ(s->style.palette, (std::vector<std::string>{"ochre", "red"}));
  s = proposed(blank().set("colours", Json::array().push("blue")), asking("a bottle in ochre and red but not blue"));
  ASSERT_TRUE(s);
  EXPECT_EQ(s->style.palette, std::vector<std::string>{"red"});
}

TEST(LlmSpec, SilenceThatThePromptAsksForStays) {
  auto s = proposed(with(blank(), "audio", "style", "pop"), asking("a ceramic mug on a desk, no music please"));
  ASSERT_TRUE(s);
  EXPECT_EQ(s->audio.style, "none");
}

TEST(LlmSpec, WholeFencesAreReadCutAnswersAreNot) {
  std::string json = blank().dump();
  for (const std::string& whole : {json, "```json\n" + json + "\n```", "```\n" + json + "```", " \n" + json + "\n\n",
                                   "\xEF\xBB\xBF" + json, "\n```JSON\r\n" + json + "\r\n```\n"})
    EXPECT_TRUE(spec::spec_from_proposal(whole, asking(kBottle), built_in())) << whole;
  for (std::size_t cut = 0; cut < json.size(); ++cut) {
    auto bare = spec::spec_from_proposal(json.substr(0, cut), asking(kBottle), built_in());
    ASSERT_FALSE(bare) << cut;
    EXPECT_EQ(bare.error().code(), Errc::spec_invalid);
    auto fenced = spec::spec_from_proposal("```json\n" + json.substr(0, cut), asking(kBottle), built_in());
    ASSERT_FALSE(fenced) << cut;
    EXPECT_EQ(fenced.error().code(), Errc::spec_invalid);
  }
  EXPECT_FALSE(spec::spec_from_proposal("```json\n" + json, asking(kBottle), built_in()));
  EXPECT_FALSE(spec::spec_from_proposal("```json\n" + json + "\n``", asking(kBottle), built_in()));
  EXPECT_FALSE(spec::spec_from_proposal("Here you are: " + json, asking(kBottle), built_in()));
}

TEST(LlmSpec, WrongShapesAreRefusedWithTheirPlace) {
  struct Bad {
    Json answer;
    const char* place;
  };
  Json many = Json::array();
  for (int i = 0; i < 61; ++i) many.push(beat_of("hero_shot"));
  const Bad bad[] = {
      {Json::array(), "the answer: expected an object"},
      {blank().set("beats", 3), "beats: expected a list"},
      {blank().set("beats", many), "beats: at most 60, found 61"},
      {blank().set("beats", Json::array().push(7)), "beats[0]: expected an object"},
      {blank().set("beats", Json::array().push(beat_of("hero_shot", 5))), "beats[0].action: expected text"},
      {blank().set("beats", Json::array().push(beat_of("hero_shot", {}, Json::array()))),
       "beats[0].shot: expected text"},
      {blank().set("beats", Json::array().push(beat_of("hero_shot", {}, {}, {}, "9"))),
       "beats[0].seconds: expected a number"},
      {blank().set("beats", Json::array().push(Json::object())), "beats[0].name: is missing"},
      {blank().set("model", "x"), "model: is not a known key"},
      {with(blank(), "style", "look", "pop"), "style.look: is not a known key"},
      {with(blank(), "style", "mood", true), "style.mood: expected text"},
      {blank().set("style", "calm"), "style: expected an object"},
      {blank().set("colours", "red"), "colours: expected a list"},
      {blank().set("colours", Json::array().push(1)), "colours: expected a list of text"},
      {blank().set("reasons", Json::array().push("x")), "reasons[0]: expected an object"},
      {blank().set("template", 1), "template: expected text"},
  };
  for (const Bad& b : bad) {
    auto s = proposed(b.answer, asking(kBottle));
    ASSERT_FALSE(s) << b.place;
    EXPECT_EQ(s.error().code(), Errc::spec_invalid);
    EXPECT_EQ(s.error().message().rfind(b.place, 0), 0u) << s.error().message() << " for " << b.place;
  }
}

TEST(LlmSpec, ErrorsAreShortAndCleanWhateverTheKeyIs) {
  std::string key = "x\x1b[31m\n\u202e" + std::string(90000, 'k');
  auto s = proposed(blank().set(key, 1), asking(kBottle));
  ASSERT_FALSE(s);
  EXPECT_LE(s.error().message().size(), 300u);
  EXPECT_EQ(s.error().message().find_first_of("\x1b\n"), std::string::npos);
  EXPECT_EQ(s.error().message().find("\u202e"), std::string::npos);
}

TEST(LlmSpec, HugeAnswersAreRefusedAtOnce) {
  std::string pad(300000, ' ');
  auto s = spec::spec_from_proposal(blank().dump() + pad, asking(kBottle), built_in());
  ASSERT_FALSE(s);
  EXPECT_EQ(s.error().code(), Errc::spec_invalid);
  EXPECT_NE(s.error().message().find("too many"), std::string::npos);
  std::string keys = "{";
  for (int i = 0; i < 20000; ++i) keys += "\"k" + std::to_string(i) + "\":1,";
  EXPECT_NE(
      spec::spec_from_proposal(keys + "\"z\":1}", asking(kBottle), built_in()).error().message().find("20001 keys"),
      std::string::npos);
  EXPECT_FALSE(spec::spec_from_proposal(std::string(1000, '['), asking(kBottle), built_in()));
  std::string deep = std::string(70, '[') + std::string(70, ']');
  EXPECT_EQ(spec::spec_from_proposal(deep, asking(kBottle), built_in()).error().code(), Errc::spec_invalid);
}

TEST(LlmSpec, ARequestThatIsRefusedStaysRefusedWithItsOwnError) {
  EXPECT_EQ(proposed(blank(), asking("short")).error().code(), Errc::input_refused);
  Request r = asking(kBottle);
  r.template_name = "no_such_thing";
  EXPECT_EQ(proposed(blank(), r).error().code(), Errc::not_found);
}

}  // namespace
}  // namespace vidgen::testing_spec
