// SPDX-License-Identifier: Apache-2.0
// What happens when clips come back other than promised.
#include "fixtures.hpp"

namespace vidgen::plan::test {
namespace {

Outcome came_back(const std::string& step, Rational seconds, Rational fps = Rational(16)) {
  Outcome o;
  o.step = step;
  o.seconds = seconds;
  o.fps = fps;
  o.frames = (seconds * fps).round();
  return o;
}

struct Case {
  Case(Spec s, const char* name, Continuity c) : spec(std::move(s)), video(name) {
    options.continuity = c;
    plan = plan_of(spec, video, options).value();
  }
  Plan amended(const std::vector<Outcome>& outcomes, Money left) const {
    const bool local = model(video).provider == "local";
    const ModelProfile music = model(local ? "local-composer" : "musicgen");
    return amend(plan, spec, model(video), model(local ? "local-still" : "flux-schnell"), &music, options, outcomes,
                 left)
        .value();
  }
  Spec spec;
  std::string video;
  PlanOptions options;
  Plan plan;
};

void expect_sources_kept(const Plan& before, const Plan& after) {
  for (const Step& s : before.steps) {
    if (s.kind == "segment" || s.kind == "sound" || s.kind == "master" || s.kind == "export") continue;
    ASSERT_NE(after.find(s.id), nullptr) << s.id;
    EXPECT_EQ(*after.find(s.id), s) << s.id;
  }
}

bool noted(const Plan& p, const std::string& what) {
  for (const std::string& n : p.notes)
    if (n.find(what) != std::string::npos) return true;
  return false;
}

TEST(Amend, AsPromisedChangesNothing) {
  const Case c(showcase(30), "wan", Continuity::beat);
  std::vector<Outcome> all;
  for (const PlanClip& clip : c.plan.clips) all.push_back(came_back(clip.step, clip.seconds));
  const Plan p = c.amended(all, usd(1));
  EXPECT_EQ(p.timeline, c.plan.timeline);
  EXPECT_EQ(p.steps, c.plan.steps);
  EXPECT_EQ(p.revision, 1);
}

// What clips of this model come back as was learned before the plan was made, or since.
TEST(Amend, APlanKeepsTheLengthsThatItWasLaidOutWith) {
  const Spec spec = showcase(30);
  PlanOptions options;
  options.continuity = Continuity::take;
  const ModelProfile row = model("wan"), image = model("flux-schnell"), music = model("musicgen");
  const Rational asked = row.longest_seconds(), returned = asked - Rational(1);
  ModelProfile learned = row;
  learned.measured = {MeasuredLength(asked, returned)};
  const Plan promised = expand(spec, row, image, &music, options).value();
  const Plan counted = expand(spec, learned, image, &music, options).value();
  EXPECT_EQ(counted.measured, learned.measured);
  EXPECT_GT(counted.clips.size(), promised.clips.size());
  EXPECT_EQ(counted.clips.front().seconds, returned);
  EXPECT_EQ(counted.timeline.video.back().start + counted.timeline.video.back().length, 900);
  EXPECT_EQ(plan_from_json(to_json(counted)).value(), counted);
  for (const Plan* plan : {&promised, &counted}) {
    std::vector<Outcome> all;
    for (const PlanClip& clip : plan->clips) all.push_back(came_back(clip.step, clip.seconds));
    for (const ModelProfile* now : {&row, static_cast<const ModelProfile*>(&learned)})
      EXPECT_EQ(amend(*plan, spec, *now, image, &music, options, all, Money()).value().timeline, plan->timeline);
  }
}

TEST(Amend, AShortClipIsMadeUpForByWaste) {
  const Case c(showcase(30), "wan", Continuity::beat);
  const Plan p = c.amended({came_back("clip_00", 4)}, Money());
  EXPECT_EQ(p.clips.size(), c.plan.clips.size());
  EXPECT_EQ(p.timeline.video[0].speed, Rational(1));
  expect_sources_kept(c.plan, p);
  EXPECT_EQ(broken_rule(p, c.spec, model("wan")), "");
}

TEST(Amend, AnotherClipIfTheBudgetAllows) {
  const Case c(showcase(30), "wan", Continuity::take);
  const Plan p = c.amended({came_back("clip_02", 4)}, usd(0.10));
  ASSERT_EQ(p.clips.size(), 7u);
  EXPECT_EQ(p.find("clip_06")->inputs, std::vector<std::string>{"last_05"});
  EXPECT_EQ(p.likely - c.plan.likely, usd(0.10));
  EXPECT_TRUE(noted(p, "clip_06 is added"));
  expect_sources_kept(c.plan, p);
  EXPECT_EQ(broken_rule(p, c.spec, model("wan")), "");
  // What was added stays when more is known.
  const Case again = [&] {
    Case next = c;
    next.plan = p;
    return next;
  }();
  const Plan later = again.amended({came_back("clip_02", 4), came_back("clip_03", Rational(81, 16))}, Money());
  EXPECT_EQ(later.clips.size(), 7u);
  expect_sources_kept(p, later);
  EXPECT_EQ(broken_rule(later, c.spec, model("wan")), "");
}

TEST(Amend, ElseSlowerByAtMostEightPercent) {
  const Case c(showcase(30), "wan", Continuity::take);
  const Plan p = c.amended({came_back("clip_02", 4)}, Money());
  EXPECT_EQ(p.clips.size(), 6u);
  const Rational speed = p.timeline.video[0].speed;
  EXPECT_LT(speed, Rational(1));
  EXPECT_GE(speed, Rational(92, 100));
  for (const TimelineItem& i : p.timeline.video) EXPECT_EQ(i.speed, speed);
  EXPECT_TRUE(noted(p, "slowed down"));
  EXPECT_EQ(broken_rule(p, c.spec, model("wan")), "");
}

TEST(Amend, ElseTheLastFrameIsHeld) {
  const Case c(showcase(30), "wan", Continuity::take);
  std::vector<Outcome> all;
  for (const PlanClip& clip : c.plan.clips) all.push_back(came_back(clip.step, 4));
  const Plan p = c.amended(all, Money());
  EXPECT_EQ(p.timeline.video[0].speed, Rational(1));
  EXPECT_GT(p.timeline.video.back().hold, 150);
  EXPECT_TRUE(noted(p, "held"));
  EXPECT_EQ(p.timeline.frames, 900);
  EXPECT_EQ(broken_rule(p, c.spec, model("wan")), "");
}

// 28.2 s for 30 are 6 % slower; 27.3 s would be 9 %.
TEST(Amend, EightPercentIsTheLimit) {
  const Case c(showcase(30), "wan", Continuity::take);
  std::vector<Outcome> near, far;
  for (const PlanClip& clip : c.plan.clips) {
    near.push_back(came_back(clip.step, Rational(19, 4)));
    far.push_back(came_back(clip.step, Rational(23, 5)));
  }
  EXPECT_LT(c.amended(near, Money()).timeline.video[0].speed, Rational(1));
  EXPECT_EQ(c.amended(far, Money()).timeline.video[0].speed, Rational(1));
}

TEST(Amend, WithoutMusicTheFilmGoesOn) {
  const Case c(showcase(30), "wan", Continuity::beat);
  Outcome o;
  o.step = "music";
  o.failed = true;
  const Plan p = c.amended({o}, Money());
  EXPECT_TRUE(p.timeline.audio.empty());
  EXPECT_EQ(p.find("sound"), nullptr);
  for (const std::string& id : p.find("master")->inputs) EXPECT_EQ(id.rfind("seg_", 0), 0U) << id;
  EXPECT_TRUE(noted(p, "music"));
}

// Whatever comes back, in whatever order: steps with an intent stay, and the film is whole.
TEST(Amend, AnyLengthsAnyBudget) {
  Random random(99);
  constexpr Continuity kAll[] = {Continuity::beat,  Continuity::take, Continuity::hybrid,
                                 Continuity::batch, Continuity::none, Continuity::anchored};
  for (int i = 0; i < 400; ++i) {
    const char* name = i % 3 == 0 ? "wan" : i % 3 == 1 ? "local-animatic" : "seedance-1-lite";
    Case c(random_film(random, i % 2 ? Rational(30) : Rational(24000, 1001)), name, kAll[i % 6]);
    std::vector<Outcome> outcomes;
    for (const PlanClip& clip : std::vector<PlanClip>(c.plan.clips)) {
      const Rational part(80 + random.below(30), 100);
      outcomes.push_back(came_back(clip.step, clip.seconds * part, random.below(2) ? Rational(24) : Rational(16)));
      const Plan p = c.amended(outcomes, random.below(2) ? usd(0.5) : Money());
      expect_sources_kept(c.plan, p);
      const Status whole = validate(p.timeline);
      ASSERT_TRUE(whole) << i << ": " << whole.error().describe();
      ASSERT_EQ(p.timeline.frames, c.spec.frames);
      for (const PlanClip& each : p.clips)
        ASSERT_EQ(each.used + each.handle + each.overlap + each.waste, each.seconds) << i << " " << each.step;
      c.plan = p;
    }
  }
}

TEST(Amend, APlanOfAnotherFilmIsRefused) {
  const Case c(showcase(30), "wan", Continuity::none);
  PlanOptions other;
  other.continuity = Continuity::take;
  auto p = amend(c.plan, c.spec, model("wan"), model("flux-schnell"), nullptr, other, {}, Money());
  EXPECT_FALSE(p);
}

}  // namespace
}  // namespace vidgen::plan::test
