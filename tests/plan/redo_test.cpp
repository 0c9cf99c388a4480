// SPDX-License-Identifier: Apache-2.0
// Another take of one clip: what changes its key, what keeps it, and what has to be bought.
#include "plan/redo.hpp"

#include "fixtures.hpp"
#include "vidgen/generation.hpp"

namespace vidgen::plan::test {
namespace {

struct Case {
  Case(const char* name, Continuity continuity) : spec(showcase(30)), video(model(name)) {
    options.continuity = continuity;
    plan = plan_of(spec, name, options).value();
  }
  Result<Plan> redone(const Plan& from, const Redo& wanted) const {
    const ModelProfile music = model("musicgen");
    return redo(from, spec, video, model("flux-schnell"), &music, options, wanted);
  }
  Spec spec;
  ModelProfile video;
  PlanOptions options;
  Plan plan;
};

Redo shot(int index, RedoMode mode) {
  Redo r;
  r.shot = index;
  r.mode = mode;
  return r;
}

GenerationRequest request_of(const Plan& plan, std::size_t clip) {
  return generation_from_json(plan.find(plan.clips[clip].step)->params).value();
}

std::set<std::string> keys_of(const Plan& plan) {
  std::set<std::string> out;
  for (const Step& s : plan.steps) out.insert(s.key);
  return out;
}

// Ids of steps that have to be done when all of `before` was.
std::vector<std::string> stale(const Plan& before, const Plan& after, std::string_view kind) {
  const std::set<std::string> known = keys_of(before);
  std::set<std::string> made;
  for (const Step& s : after.steps)
    if (known.count(s.key) > 0) made.insert(s.id);
  std::vector<std::string> out;
  for (const std::string& id : outstanding(after, made))
    if (after.find(id)->kind == kind) out.push_back(id);
  return out;
}

using Ids = std::vector<std::string>;

TEST(Redo, CascadeMakesTheClipAndAllThatFollowsAgain) {
  const Case c("wan", Continuity::take);
  ASSERT_EQ(c.plan.clips.size(), 6U);
  const Plan p = c.redone(c.plan, shot(3, RedoMode::cascade)).value();
  EXPECT_EQ(stale(c.plan, p, "clip"), (Ids{"clip_03_take_2", "clip_04_take_2", "clip_05_take_2"}));
  EXPECT_EQ(p.clips[2].step, "clip_02");
  EXPECT_EQ(p.find("clip_04_take_2")->inputs, (Ids{"last_03_take_2"}));
  EXPECT_EQ(request_of(p, 3).take, 2);
  EXPECT_EQ(request_of(p, 4).take, 1) << "what follows differs by what it follows";
  EXPECT_EQ(broken_rule(p, c.spec, c.video), "");
  EXPECT_EQ(p.revision, 1);
}

TEST(Redo, OtherChainsAndTheirSegmentsStay) {
  const Case c("wan", Continuity::beat);
  const Plan p = c.redone(c.plan, shot(1, RedoMode::cascade)).value();
  EXPECT_EQ(stale(c.plan, p, "clip"), (Ids{"clip_01_take_2"}));
  EXPECT_EQ(stale(c.plan, p, "keyframe"), Ids());
  EXPECT_EQ(stale(c.plan, p, "music"), Ids());
  const std::size_t segments = stale(c.plan, p, "segment").size();
  EXPECT_GE(segments, 1U);
  EXPECT_LT(segments, stale(Plan(), p, "segment").size());
}

TEST(Redo, CutLeavesTheNextClipAsItIs) {
  const Case c("wan", Continuity::take);
  const Plan p = c.redone(c.plan, shot(2, RedoMode::cut)).value();
  EXPECT_EQ(stale(c.plan, p, "clip"), (Ids{"clip_02_take_2"}));
  EXPECT_EQ(p.clips[2].step, "clip_02_take_2");
  EXPECT_EQ(*p.find("clip_03"), *c.plan.find("clip_03"));
  ASSERT_NE(p.find("clip_02"), nullptr) << "the next one still continues from it";
  const Ids delivered = p.find("export")->inputs;
  EXPECT_EQ(std::count(delivered.begin(), delivered.end(), "clip_02"), 0);
  EXPECT_EQ(std::count(delivered.begin(), delivered.end(), "clip_02_take_2"), 1);
}

TEST(Redo, PinKeepsBothNeighboursFrames) {
  const Case c("wan", Continuity::take);
  const Plan p = c.redone(c.plan, shot(2, RedoMode::pin)).value();
  EXPECT_EQ(stale(c.plan, p, "clip"), (Ids{"clip_02_take_2"}));
  EXPECT_EQ(p.find("clip_02_take_2")->inputs, (Ids{"last_01", "last_02"}));
  EXPECT_TRUE(request_of(p, 2).has_last_frame);
  EXPECT_EQ(*p.find("last_02"), *c.plan.find("last_02"));
  EXPECT_EQ(broken_rule(p, c.spec, c.video), "");
  // The next new take is free at its end again.
  const Plan q = c.redone(p, shot(2, RedoMode::cascade)).value();
  EXPECT_FALSE(request_of(q, 2).has_last_frame);
  EXPECT_EQ(q.find("clip_02_take_3")->inputs, (Ids{"last_01"}));
  EXPECT_EQ(q.find("clip_02"), nullptr) << "nothing continues from it any more";
}

TEST(Redo, PinNeedsAModelThatTakesALastFrame) {
  const Case c("hailuo-2.3", Continuity::beat);
  const auto p = c.redone(c.plan, shot(0, RedoMode::pin));
  ASSERT_FALSE(p);
  EXPECT_EQ(p.error().code(), Errc::model_lacks);
  EXPECT_NE(p.error().message().find("hailuo-2.3"), std::string::npos) << p.error().message();
}

TEST(Redo, AnEarlierTakeComesBackToTheKey) {
  const Case c("wan", Continuity::take);
  const Plan second = c.redone(c.plan, shot(3, RedoMode::cascade)).value();
  Redo back = shot(3, RedoMode::cascade);
  back.take = 1;
  const Plan first = c.redone(second, back).value();
  for (const Step& s : c.plan.steps) {
    ASSERT_NE(first.find(s.id), nullptr) << s.id;
    EXPECT_EQ(first.find(s.id)->key, s.key) << s.id;
  }
  EXPECT_EQ(first.timeline, c.plan.timeline);
  ASSERT_EQ(first.takes.size(), 6U) << "two of each of three clips";
  back.take = 2;
  EXPECT_EQ(keys_of(c.redone(first, back).value()), keys_of(second));
  EXPECT_FALSE(c.redone(c.plan, back)) << "there is no second take of that plan";
}

TEST(Redo, ATakeIsNeverOrderedUnderAnothersName) {
  const Case c("wan", Continuity::take);
  Plan p = c.plan;
  std::map<std::string, std::string> key_of_id;
  for (const auto& [index, mode] : {std::pair{3, RedoMode::cascade},
                                    {2, RedoMode::cut},
                                    {4, RedoMode::cascade},
                                    {2, RedoMode::pin},
                                    {1, RedoMode::cascade},
                                    {3, RedoMode::cut}}) {
    p = c.redone(p, shot(index, mode)).value();
    EXPECT_EQ(broken_rule(p, c.spec, c.video), "");
    for (const Step& s : p.steps) {
      if (s.kind != "clip" && s.kind != "last_frame") continue;
      EXPECT_EQ(key_of_id.emplace(s.id, s.key).first->second, s.key) << s.id;
    }
    EXPECT_EQ(plan_from_json(to_json(p)).value(), p);
  }
}

// A clip that came back short was planned around; another shot's take does not undo that.
TEST(Redo, WhatCameBackOtherThanPromisedStaysPlannedFor) {
  const Case c("wan", Continuity::beat);
  std::vector<Outcome> outcomes;
  for (std::size_t i = 0; i < 2; ++i) {
    Outcome o;
    o.step = c.plan.clips[i].step;
    o.fps = 16;
    o.seconds = c.plan.clips[i].seconds - Rational(1, 4);
    outcomes.push_back(o);
  }
  const ModelProfile music = model("musicgen");
  const Plan amended =
      amend(c.plan, c.spec, c.video, model("flux-schnell"), &music, c.options, outcomes, usd(1)).value();
  const Plan p = c.redone(amended, shot(static_cast<int>(amended.clips.size()) - 1, RedoMode::cascade)).value();
  for (std::size_t i = 0; i + 1 < amended.clips.size(); ++i)
    EXPECT_EQ(p.clips[i].seconds, amended.clips[i].seconds) << i;
  EXPECT_LE(stale(amended, p, "segment").size(), 2U);
}

// Two clips of a long beat that are asked for in the same words are two clips, and so are their takes.
TEST(Redo, TwinsAreNeverTakenForEachOther) {
  const Case c("hunyuan-video", Continuity::none);  // starts from no picture
  const auto words = [](const Plan& plan, std::size_t clip) { return plan.find(plan.clips[clip].step)->params; };
  std::size_t twin = 0;
  while (twin + 1 < c.plan.clips.size() && words(c.plan, twin) != words(c.plan, twin + 1)) ++twin;
  ASSERT_LT(twin + 1, c.plan.clips.size()) << "no beat of this film has two clips";
  const int first = static_cast<int>(twin);
  const Plan one = c.redone(c.plan, shot(first, RedoMode::cascade)).value();
  EXPECT_EQ(stale(c.plan, one, "clip"), (Ids{one.clips[twin].step}));
  EXPECT_EQ(*one.find(one.clips[twin + 1].step), *c.plan.find(c.plan.clips[twin + 1].step));
  const Plan both = c.redone(one, shot(first + 1, RedoMode::cascade)).value();
  EXPECT_EQ(words(both, twin), words(both, twin + 1));
  EXPECT_EQ(broken_rule(both, c.spec, c.video), "");
  Redo back = shot(first, RedoMode::cascade);
  back.take = 1;
  const Plan half = c.redone(both, back).value();
  EXPECT_EQ(half.find(half.clips[twin].step)->key, c.plan.find(c.plan.clips[twin].step)->key);
  EXPECT_EQ(broken_rule(half, c.spec, c.video), "");
}

TEST(Redo, OtherWordsStayWithTheClip) {
  const Case c("wan", Continuity::beat);
  Redo wanted = shot(0, RedoMode::cascade);
  wanted.prompt = "the bottle falls";
  const Plan p = c.redone(c.plan, wanted).value();
  EXPECT_EQ(request_of(p, 0).prompt, "the bottle falls");
  EXPECT_EQ(request_of(c.redone(p, shot(0, RedoMode::cascade)).value(), 0).prompt, "the bottle falls");
}

TEST(Redo, AShotThatIsNotThere) {
  const Case c("wan", Continuity::beat);
  for (int index : {-1, static_cast<int>(c.plan.clips.size())})
    EXPECT_EQ(c.redone(c.plan, shot(index, RedoMode::cascade)).error().code(), Errc::invalid_argument);
}

// A clip that is only there for others to continue from is not made again for the sake of it.
TEST(Outstanding, WhatLeadsOnlyToResultsThatAreThereIsLeft) {
  const Case c("wan", Continuity::take);
  const Plan p = c.redone(c.plan, shot(2, RedoMode::cut)).value();
  std::set<std::string> made;
  for (const Step& s : p.steps)
    if (s.id != "clip_02" && s.id != "last_02" && s.kind != "segment") made.insert(s.id);
  made.erase("master");
  for (const std::string& id : outstanding(p, made)) EXPECT_TRUE(id != "clip_02" && id != "last_02") << id;
  made.erase("clip_03");
  const Ids left = outstanding(p, made);
  EXPECT_EQ(std::count(left.begin(), left.end(), "clip_02"), 1);
  EXPECT_EQ(outstanding(p, {}).size(), p.steps.size());
}

TEST(Outstanding, TheDeliveryAlwaysIs) {
  Plan p = Case("wan", Continuity::beat).plan;
  Step told;  // a host's, with the delivered film
  told.id = "told";
  told.inputs = {"export"};
  p.steps.push_back(told);
  std::set<std::string> made;
  for (const Step& s : p.steps) made.insert(s.id);
  EXPECT_EQ(outstanding(p, made), (Ids{"export"}));
}

}  // namespace
}  // namespace vidgen::plan::test
