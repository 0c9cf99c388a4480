// SPDX-License-Identifier: Apache-2.0
// Whatever a prompt says and whatever a model answers: the message stays one JSON document that holds the prompt as
// one string, and the spec stays inside schema, limits and lists.
#include <algorithm>

#include "llm_attacks.hpp"
#include "spec/llm_prompt.hpp"
#include "spec/llm_text.hpp"
#include "spec/llm_words.hpp"
#include "spec/words.hpp"

namespace vidgen::testing_spec {
namespace {

// All that an answer could have written, one a line. Captions and the rules' own brand may quote the prompt.
std::string written(const Spec& s, const Spec& rules) {
  std::string out = s.template_name + "\n" + s.product.name + "\n" + s.product.category + "\n";
  if (s.product.brand != rules.product.brand) out += s.product.brand + "\n";
  out += s.product.material + "\n" + s.product.colour + "\n" + s.setting.place + "\n" + s.setting.time + "\n";
  out += s.style.aesthetic + "\n" + s.style.mood + "\n" + s.style.lighting + "\n" + s.style.look + "\n";
  out += s.audio.style + "\n" + s.audio.tempo + "\n" + s.audio.mood + "\n";
  for (const std::string& c : s.style.palette) out += c + "\n";
  for (const Beat& b : s.beats)
    out += b.name + "\n" + b.action + "\n" + b.shot + "\n" + b.camera + "\n" + b.prompt + "\n";
  for (const Reason& r : s.reasons)
    if (r.why.rfind("model", 0) == 0 || r.why.rfind("rules", 0) == 0)
      out += r.field + "\n" + r.value + "\n" + r.why + "\n";
  return out;
}

template <class List>
bool in(const List& list, const std::string& word) {
  return word.empty() || std::find(list.begin(), list.end(), word) != list.end();
}

void expect_inside(const Spec& s, const Spec& rules, const std::string& name) {
  spec::Vocabulary v = spec::vocabulary(built_in());
  EXPECT_TRUE(validate(s)) << name << validate(s).error().describe();
  EXPECT_EQ(s.source, "llm") << name;
  EXPECT_EQ(s.prompt, rules.prompt) << name;
  EXPECT_EQ(s.size, rules.size) << name;
  EXPECT_EQ(s.fps, rules.fps) << name;
  EXPECT_EQ(s.seed, rules.seed) << name;
  EXPECT_TRUE(s.images.empty() && s.ext.empty()) << name;
  EXPECT_TRUE(in(v.templates, s.template_name)) << name;
  EXPECT_TRUE(s.template_name != rules.template_name || s.frames == rules.frames) << name;
  EXPECT_LE(s.beats.size(), 60u) << name;
  EXPECT_LE(s.reasons.size(), 400u) << name;
  for (const Beat& b : s.beats) {
    EXPECT_TRUE(in(v.beats, b.name) && in(v.shots, b.shot) && in(v.cameras, b.camera)) << name;
    EXPECT_LE(b.prompt.size(), 1500u) << name;
  }
  EXPECT_TRUE(in(v.categories, s.product.category) && in(v.places, s.setting.place) && in(v.times, s.setting.time))
      << name;
  EXPECT_TRUE(in(v.aesthetics, s.style.aesthetic) && in(v.moods, s.style.mood) && in(v.moods, s.audio.mood)) << name;
  EXPECT_TRUE(in(v.music, s.audio.style) && in(v.tempos, s.audio.tempo)) << name;
  std::string all = written(s, rules);
  for (const char* bad : {"://", "../", "${", "[0:v]", "file:", "data:", "<", ">", "`", "|", "\\", "{", "}", "@", "="})
    EXPECT_EQ(all.find(bad), std::string::npos) << name << ": " << bad << " in\n" << all;
  EXPECT_EQ(all.find('\0'), std::string::npos) << name;
}

TEST(LlmHostile, ThereAreEnoughAttacksAndNamesDiffer) {
  auto all = attacks();
  EXPECT_GE(all.size(), 100u);
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) EXPECT_STRNE(all[i].name, all[j].name);
}

TEST(LlmHostile, TheMessageHoldsThePromptAsOneString) {
  for (const Attack& a : attacks()) {
    auto message = spec::llm_user_message(asking(a.prompt), built_in());
    ASSERT_TRUE(message) << a.name << message.error().describe();
    auto parsed = Json::parse(*message);
    ASSERT_TRUE(parsed) << a.name;
    ASSERT_EQ(parsed->members().size(), 2u) << a.name;
    EXPECT_EQ((*parsed)["brief"].as_string(), clean_prompt(a.prompt).value()) << a.name;
    EXPECT_TRUE((*parsed)["facts"].is_object()) << a.name;
    EXPECT_EQ(message->rfind("{\"brief\":\"", 0), 0u) << a.name;
    for (unsigned char c : *message) EXPECT_GE(c, 0x20) << a.name;
  }
}

TEST(LlmHostile, AModelThatObeyedChangesNothingThatItMayNot) {
  for (const Attack& a : attacks()) {
    auto rules = spec_by_rules(asking(a.prompt), built_in());
    ASSERT_TRUE(rules) << a.name;
    auto s = spec::spec_from_proposal(a.answer, asking(a.prompt), built_in());
    EXPECT_EQ(!s, a.refused) << a.name << (s ? "" : s.error().describe());
    if (!s) {
      EXPECT_EQ(s.error().code(), Errc::spec_invalid) << a.name;
      EXPECT_FALSE(s.error().message().empty()) << a.name;
      EXPECT_LE(s.error().message().size(), 1200u) << a.name;
      EXPECT_TRUE(Json::parse(spec::llm_repair_message(s.error().message()))) << a.name;
      continue;
    }
    expect_inside(*s, *rules, a.name);
    std::string all = written(*s, *rules);
    for (const std::string& never : a.never)
      EXPECT_EQ(all.find(never), std::string::npos) << a.name << ": " << never << "\n" << all;
  }
}

// The same answers, to a film of which the request settles everything.
TEST(LlmHostile, WhatTheRequestSettlesStaysSettled) {
  for (const Attack& a : attacks()) {
    Request r = asking(a.prompt);
    r.duration = std::chrono::milliseconds(12345);
    r.size = Size(720, 720);
    r.fps = 24;
    r.template_name = "minimalist_reveal";
    r.grade = "elegant_muted";
    r.captions = false;
    auto s = spec::spec_from_proposal(a.answer, r, built_in());
    if (!s) continue;
    EXPECT_EQ(s->frames, 296) << a.name;
    EXPECT_EQ(s->size, Size(720, 720)) << a.name;
    EXPECT_EQ(s->template_name, "minimalist_reveal") << a.name;
    EXPECT_EQ(s->grade.lut, "elegant_muted") << a.name;
    for (const Beat& b : s->beats) EXPECT_TRUE(b.caption.empty() && b.over.empty()) << a.name;
    for (const Beat& b : s->beats) EXPECT_GE(b.length, 24) << a.name;
  }
}

TEST(LlmHostile, WhatThePromptNamesMayBeSaid) {
  struct Row {
    const char* prompt;
    const char* action;
  };
  const Row rows[] = {
      {"an ad for the award winning Rolex watch", "The award winning watch rests on dark velvet"},
      {"an ad for a turquoise bottle by Reebok", "A turquoise bottle beside Reebok shoes, low sun."},
      {"our new bottle keeps tea warm for 12 hours, waterproof", "A waterproof bottle steams for 12 hours."},
      {"an ad for a caf\u00e9 with a terrace",
       "The caf\u00e9\u2019s terrace wakes up: chairs, steam, first guests\u2026"},
      {"a plain film about a chair", "Soft golden light, a hand - slow and calm - touches the chair!"},
      {"a plain film about a chair", "Close-up; the camera glides. I look (almost) away, then back?"},
  };
  for (const Row& row : rows) {
    spec::Judged j = spec::judge_clip_text(row.action, spec::read_prompt(row.prompt), 60);
    EXPECT_TRUE(j) << row.action << ": " << j.refused;
  }
}

TEST(LlmHostile, OrdinaryActionsAreTaken) {
  spec::Prompt prompt = spec::read_prompt(kBottle);
  for (const char* action :
       {"A hiker's gloved hand sets the red steel bottle on a mossy rock as sunlight spills over distant peaks.",
        "Extreme close-up of beads sliding down the brushed steel, catching warm golden light.",
        "Wide aerial view of a winding mountain trail at dawn; thin fog in the valley below.",
        "The bottle stands alone against the sky, the Aqua Pure logo catching the light.",
        "Two friends share a drink, laughing, with snow-capped mountains behind them.",
        "A slow reveal: shadow gives way to light along the curve of the bottle.",
        "Soft, premium studio-like glow. The lid clicks shut."}) {
    spec::Judged j = spec::judge_clip_text(action, prompt, spec::kMostActionWords);
    EXPECT_TRUE(j) << action << ": " << j.refused;
  }
}

// What a person typed never makes the model's spec invalid: foreign marks in rules' values are left out.
TEST(LlmHostile, PromptsWithAddressesStillGiveAFilm) {
  for (const char* prompt :
       {"an ad for our shop \"https://shop.example/a\" with a mug", "a mug called \"../../etc\" on a desk",
        "a mug with the slogan \"data: it is hot\" on a desk", "a mug by \"file:x\" with [in] and [out]"}) {
    auto rules = spec_by_rules(asking(prompt), built_in());
    ASSERT_TRUE(rules);
    auto s = proposed(blank(), asking(prompt));
    ASSERT_TRUE(s) << prompt << s.error().describe();
    EXPECT_TRUE(validate(*s));
  }
}

TEST(LlmHostile, APromptThatIsRefusedGivesNoMessage) {
  EXPECT_EQ(spec::llm_user_message(asking(std::string(5000, 'a')), built_in()).error().code(), Errc::input_refused);
  EXPECT_EQ(spec::llm_user_message(asking("a bottle \xff\xfe here"), built_in()).error().code(), Errc::input_refused);
}

}  // namespace
}  // namespace vidgen::testing_spec
