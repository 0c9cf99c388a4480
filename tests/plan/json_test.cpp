// SPDX-License-Identifier: Apache-2.0
#include "vidgen/generation.hpp"

#include "fixtures.hpp"

namespace vidgen::plan::test {
namespace {

TEST(GenerationJson, RoundTrip) {
  GenerationRequest g;
  g.kind = ModelKind::image;
  g.model = "local-still";
  g.role = "keyframe";
  g.prompt = "a \"quoted\" mug\nand a line";
  g.negative_prompt = "blur";
  g.size = Size(1280, 720);
  g.fps = Rational(30000, 1001);
  g.seconds = Rational(81, 16);
  g.spans.emplace_back();
  g.spans[0].index = 2;
  g.spans[0].beat = showcase(30).beats[2];
  g.spans[0].from = -7;
  g.spans[0].to = 144;
  g.beat_count = 5;
  g.product.name = "mug";
  g.setting.place = "cafe";
  g.style.palette = {"red"};
  g.captions = false;
  g.images = {"sha256:aa"};
  g.music.audio.style = "tech";
  g.music.audio.bpm = Rational(231, 2);
  g.music.stems = true;
  g.music.samples = 1440000;
  g.music.cuts = {90, 240};
  g.music.end_card = 750;
  g.has_first_frame = g.has_last_frame = g.repeats_first_frame = true;
  g.seed = ~std::uint64_t{0};
  g.take = 3;
  auto back = generation_from_json(to_json(g));
  ASSERT_TRUE(back) << back.error().describe();
  EXPECT_EQ(*back, g);
  EXPECT_EQ(to_json(*back), to_json(g));
}

TEST(GenerationJson, DefaultsAreLeftOut) {
  EXPECT_EQ(to_json(GenerationRequest()), R"({"kind":"video"})");
}

TEST(GenerationJson, RefusesWhatItDoesNotKnow) {
  EXPECT_FALSE(generation_from_json(R"({"kind":"video","promt":"x"})"));
  EXPECT_FALSE(generation_from_json(R"({"kind":"film"})"));
  EXPECT_FALSE(generation_from_json(R"({"kind":"video","seed":-1})"));
  EXPECT_FALSE(generation_from_json("[]"));
}

TEST(PlanJson, RefusesDamage) {
  const std::string good = to_json(*plan_of(showcase(30), "wan", PlanOptions()));
  EXPECT_TRUE(plan_from_json(good));
  EXPECT_FALSE(plan_from_json(good.substr(0, good.size() / 2)));
  std::string other = good;
  other.replace(other.find("vidgen.plan/1"), 13, "vidgen.plan/9");
  EXPECT_FALSE(plan_from_json(other));
}

}  // namespace
}  // namespace vidgen::plan::test
