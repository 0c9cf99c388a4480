// SPDX-License-Identifier: Apache-2.0
// What a plan of a known film looks like.
#include "fixtures.hpp"

#include <algorithm>

#include "base/json.hpp"
#include "plan/prompt.hpp"
#include "plan/steps.hpp"
#include "vidgen/generation.hpp"

namespace vidgen::plan::test {
namespace {

PlanOptions with(Continuity c, int batch = 3) {
  PlanOptions o;
  o.continuity = c;
  o.batch = batch;
  return o;
}

std::size_t count(const Plan& p, std::string_view kind) {
  return static_cast<std::size_t>(
      std::count_if(p.steps.begin(), p.steps.end(), [&](const Step& s) { return s.kind == kind; }));
}

std::vector<std::string> inputs_of(const Plan& p, const std::string& id) {
  return p.find(id)->inputs;
}
using Ids = std::vector<std::string>;

TEST(Expand, ThirtySecondsInOneTakeAreSixClipsOfWan) {
  const Plan p = plan_of(showcase(30), "wan", with(Continuity::take)).value();
  ASSERT_EQ(p.clips.size(), 6u);
  for (const PlanClip& c : p.clips) EXPECT_EQ(c.seconds, Rational(81, 16));
  EXPECT_EQ(p.waste, Rational(6 * 81 - 5, 16) - Rational(30));
  EXPECT_EQ(p.chains.size(), 1u);
  EXPECT_EQ(inputs_of(p, "clip_00"), Ids{"ref_start"});
  EXPECT_EQ(inputs_of(p, "clip_05"), Ids{"last_04"});
  EXPECT_TRUE(p.timeline.transitions.empty());
  ASSERT_EQ(p.replaced_transitions.size(), 4u);
  EXPECT_EQ(p.replaced_transitions[0], "fade between hero_shot and detail_showcase");
}

TEST(Expand, AContinuationSkipsTheFrameThatRepeats) {
  const Plan p = plan_of(showcase(30), "wan", with(Continuity::take)).value();
  const TimelineItem& second = p.timeline.video[1];
  // Clip 0 ends at 81/16 s = frame 151.875, so clip 1 is first seen at frame 152: an eighth of a frame in.
  EXPECT_EQ(second.start, 152);
  EXPECT_EQ(second.source_in, Rational(1, 16) + Rational(152, 30) - Rational(81, 16));
}

TEST(Expand, BeatsAreChainsWithTheirOwnPictures) {
  const Plan p = plan_of(showcase(30), "wan", with(Continuity::beat)).value();
  EXPECT_EQ(p.chains.size(), 5u);
  EXPECT_EQ(count(p, "keyframe"), 5u);
  EXPECT_EQ(p.timeline.transitions.size(), 2u);
  // hero_shot needs its 3 s and half a fade: one clip, from its own keyframe.
  EXPECT_EQ(p.chains[0].clips.size(), 1u);
  EXPECT_EQ(inputs_of(p, "clip_00"), Ids{"key_00"});
  EXPECT_EQ(p.clips[0].handle, Rational(1, 2));
  EXPECT_TRUE(p.replaced_transitions.empty());
}

TEST(Expand, HybridAndBatchStartFromOneFrame) {
  const Plan hybrid = plan_of(showcase(30), "wan", with(Continuity::hybrid)).value();
  for (int i = 1; i < 6; ++i) EXPECT_EQ(inputs_of(hybrid, "clip_0" + std::to_string(i)), Ids{"last_00"});
  const Plan batch = plan_of(showcase(30), "wan", with(Continuity::batch, 3)).value();
  EXPECT_EQ(inputs_of(batch, "clip_02"), Ids{"last_01"});
  EXPECT_EQ(inputs_of(batch, "clip_03"), Ids{"last_02"});
  EXPECT_EQ(inputs_of(batch, "clip_05"), Ids{"last_02"});
  EXPECT_EQ(batch.continuity, "batch:3");
}

TEST(Expand, AnchoredGivesBothEnds) {
  const Plan p = plan_of(showcase(30), "wan", with(Continuity::anchored)).value();
  EXPECT_EQ(count(p, "last_frame"), 0u);
  EXPECT_EQ(count(p, "keyframe"), p.clips.size() + p.chains.size());
  for (const Step& s : p.steps) {
    if (s.kind != "clip") continue;
    EXPECT_EQ(s.inputs.size(), 2u) << s.id;
  }
}

TEST(Expand, NoneHasAPictureForEveryClipAndNoChains) {
  const Plan p = plan_of(showcase(30), "wan", with(Continuity::none)).value();
  EXPECT_EQ(p.chains.size(), p.clips.size());
  EXPECT_EQ(count(p, "keyframe"), p.clips.size());
  const Plan text = plan_of(showcase(30), "wan-2.2-t2v-fast", with(Continuity::none)).value();
  EXPECT_EQ(count(text, "keyframe"), 0u);
}

TEST(Expand, AModelThatLacksAnInputIsNamed) {
  auto p = plan_of(showcase(30), "zeroscope", with(Continuity::take));
  ASSERT_FALSE(p);
  EXPECT_EQ(p.error().code(), Errc::model_lacks);
  EXPECT_NE(p.error().message().find("zeroscope-v2-xl"), std::string::npos);
  EXPECT_NE(p.error().message().find("first_frame"), std::string::npos);
  p = plan_of(showcase(30), "hailuo-2.3", with(Continuity::anchored));
  ASSERT_FALSE(p);
  EXPECT_EQ(p.error().code(), Errc::model_lacks);
  EXPECT_NE(p.error().message().find("last_frame"), std::string::npos);
  Spec photo = showcase(30);
  photo.images = {"sha256:aa"};
  EXPECT_EQ(plan_of(photo, "zeroscope", with(Continuity::none)).error().code(), Errc::model_lacks);
}

TEST(Expand, ARetiredModelSaysWhatTakesItsPlace) {
  auto p = plan_of(showcase(30), "sora", with(Continuity::beat));
  ASSERT_FALSE(p);
  EXPECT_NE(p.error().message().find("2026-09-24"), std::string::npos);
  EXPECT_NE(p.error().message().find("veo-3.1-fast"), std::string::npos);
}

// Two beats of 5.2 s need two clips each with wan; moving the boundary saves one.
TEST(Expand, ABoundaryMovesToSaveAClip) {
  Spec s = film(2, Rational(102, 10), 30, 0);
  s.beats[0].length = 155;
  s.beats[1].start = 155;
  s.beats[1].length = 151;
  const Plan p = plan_of(s, "wan", with(Continuity::beat)).value();
  EXPECT_EQ(p.clips.size(), 3u);  // 306 frames are more than two clips hold
  s = film(2, 10, 30, 0);
  s.beats[0].length = 155;
  s.beats[1].start = 155;
  s.beats[1].length = 145;
  const Plan saved = plan_of(s, "wan", with(Continuity::beat)).value();
  EXPECT_EQ(saved.clips.size(), 2u);
  EXPECT_EQ(saved.chains[1].start, 151);
  ASSERT_EQ(saved.notes.size(), 1u);
  EXPECT_NE(saved.notes[0].find("moved by 4 frames earlier"), std::string::npos) << saved.notes[0];
  // Clips that cost nothing are no reason to touch the film.
  s.beats[0].length = 310;
  s.beats[1].start = 310;
  s.frames = 310 + 290;
  s.beats[1].length = 290;
  const Plan free = plan_of(s, "local-animatic", with(Continuity::beat)).value();
  EXPECT_TRUE(std::any_of(free.chains.begin(), free.chains.end(), [](const PlanChain& c) { return c.start == 310; }));
}

// 200 frames would have to shrink to 151 to save a clip: more than a tenth.
TEST(Expand, ABoundaryMovesByATenthAtMost) {
  Spec s = film(2, 10, 30, 0);
  s.beats[0].length = 200;
  s.beats[1].start = 200;
  s.beats[1].length = 100;
  const Plan p = plan_of(s, "wan", with(Continuity::beat)).value();
  EXPECT_EQ(p.chains[1].start, 200);
  EXPECT_EQ(p.clips.size(), 3u);
}

TEST(Expand, MoneyIsCountedByThePriceKind) {
  const Plan wan = plan_of(showcase(30), "wan", with(Continuity::take)).value();
  Money clips;
  for (const Step& s : wan.steps)
    if (s.kind == "clip") clips += s.likely;
  EXPECT_EQ(clips, usd(0.60));
  EXPECT_EQ(wan.find("ref_start")->likely, usd(0.003));
  const Plan hailuo = plan_of(showcase(30), "hailuo", with(Continuity::take)).value();
  for (const PlanClip& c : hailuo.clips)
    EXPECT_EQ(hailuo.find(c.step)->likely, Money::micros((Rational(31600) * c.seconds).ceil()));
  const Plan zeroscope = plan_of(showcase(30), "zeroscope", with(Continuity::none)).value();
  EXPECT_LT(zeroscope.find("clip_00")->likely, zeroscope.find("clip_00")->most);
  EXPECT_EQ(plan_of(showcase(30), "local-animatic", with(Continuity::beat))->most, Money());
}

TEST(Expand, TheCriticalPathOfATakeIsItsClips) {
  const Plan p = plan_of(showcase(30), "wan", with(Continuity::take)).value();
  const Ids& path = p.critical_path;
  EXPECT_NE(std::find(path.begin(), path.end(), "clip_05"), path.end());
  EXPECT_EQ(path.back(), "export");
  EXPECT_GT(p.eta, Rational(6 * 45));
  const Plan beats = plan_of(showcase(30), "wan", with(Continuity::none)).value();
  EXPECT_LT(beats.eta, Rational(6 * 45)) << "the music takes longest";
}

// A change of the film's own matters buys no clip again.
TEST(Expand, KeysOfPaidStepsHoldWhatTheProviderIsTold) {
  const Spec s = showcase(30);
  const Plan before = plan_of(s, "wan", with(Continuity::beat)).value();
  Spec changed = s;
  changed.beats[1].caption = "Other words";
  changed.style.look = "luxury";
  changed.grade.lut = "other";
  PlanOptions options = with(Continuity::beat);
  options.encode.crf = 30;
  options.quality = Quality::draft;
  const Plan after = plan_of(changed, "wan", options).value();
  for (const Step& step : before.steps) {
    if (step.kind != "clip" && step.kind != "keyframe" && step.kind != "last_frame" && step.kind != "music") continue;
    EXPECT_EQ(after.find(step.id)->key, step.key) << step.id;
  }
  EXPECT_NE(after.find("seg_00")->key, before.find("seg_00")->key);
  // A changed beat redoes its own clips and no others.
  changed = s;
  changed.beats[2].prompt = "something else";
  const Plan redo = plan_of(changed, "wan", with(Continuity::beat)).value();
  for (const PlanClip& c : before.clips) {
    if (c.chain == 2) {
      EXPECT_NE(redo.find(c.step)->key, before.find(c.step)->key) << c.step;
    } else {
      EXPECT_EQ(redo.find(c.step)->key, before.find(c.step)->key) << c.step;
    }
  }
}

TEST(Expand, AnotherRateOrSizeBuysNothingAgain) {
  Spec other = showcase(25);
  other.size = Size(1280, 720);
  const Plan a = plan_of(showcase(30), "wan", with(Continuity::beat)).value();
  const Plan b = plan_of(other, "wan", with(Continuity::beat)).value();
  for (const Step& s : a.steps) {
    if (s.kind == "clip" || s.kind == "keyframe" || s.kind == "music") {
      EXPECT_EQ(b.find(s.id)->key, s.key) << s.id;
    }
  }
}

TEST(Expand, ThreadsTitlesAndSettingsArePartOfSegmentKeys) {
  PlanOptions options = with(Continuity::beat);
  const std::string key = plan_of(showcase(30), "wan", options)->find("seg_00")->key;
  for (int what = 0; what < 4; ++what) {
    PlanOptions other = options;
    if (what == 0) other.encode.threads = 3;
    if (what == 1) other.title_version = "2";
    if (what == 2) other.grade = "noir";
    if (what == 3) other.media_version = "2";
    EXPECT_NE(plan_of(showcase(30), "wan", other)->find("seg_00")->key, key) << what;
  }
}

TEST(Expand, ThePhotographIsThePictureWhereTheImageModelCannotTakeIt) {
  Spec s = showcase(30);
  s.images = {"sha256:aa", "sha256:bb"};
  const Plan p = plan_of(s, "wan", with(Continuity::beat)).value();
  const Step& key = *p.find("key_01");
  auto g = generation_from_json(key.params);
  EXPECT_EQ(g->role, "photo");
  EXPECT_EQ(g->images, Ids{"sha256:bb"});
  EXPECT_EQ(key.resource, "cpu");
  EXPECT_EQ(key.most, Money());
  const ModelProfile takes = model("nano-banana");
  const Plan other = expand(s, model("wan"), takes, nullptr, with(Continuity::beat)).value();
  EXPECT_EQ(generation_from_json(other.find("key_01")->params)->role, "keyframe");
  EXPECT_EQ(other.find("music"), nullptr);
  EXPECT_TRUE(other.timeline.audio.empty());
}

TEST(Expand, MusicIsExactLoopedOrTheUsersOwn) {
  const Plan local = plan_of(showcase(30), "local-animatic", with(Continuity::beat)).value();
  auto g = generation_from_json(local.find("music")->params);
  EXPECT_EQ(g->music.samples, 30 * 48000);
  EXPECT_EQ(g->music.cuts.size(), 7u);  // of eight shots
  EXPECT_EQ(g->music.end_card, 780);
  EXPECT_FALSE(local.timeline.audio[0].loop);
  Spec longer = film(6, 60, 30, 0);
  const Plan looped = plan_of(longer, "wan", with(Continuity::beat)).value();
  // Whole bars, each part met by the next over two beats and on a beat, to the film's last sample.
  const auto& parts = looped.timeline.audio;
  ASSERT_GE(parts.size(), 2u);
  const Samples beat = kSampleRate * 60 / music_bpm(longer.audio);
  for (std::size_t i = 1; i < parts.size(); ++i) {
    EXPECT_EQ(parts[i].start % beat, 0);
    EXPECT_EQ(parts[i - 1].start + parts[i - 1].length - parts[i].start, 2 * beat);
    EXPECT_EQ(parts[i - 1].fade_out, 2 * beat);
    EXPECT_EQ(parts[i].fade_in, 2 * beat);
  }
  EXPECT_EQ(parts.back().start + parts.back().length, 60 * kSampleRate);
  EXPECT_EQ(looped.find("music")->on_failure, OnFailure::degrade);
  PlanOptions own = with(Continuity::beat);
  own.music_file_sha = "abc";
  const Plan mine = plan_of(showcase(30), "wan", own).value();
  EXPECT_EQ(mine.find("music"), nullptr);
  EXPECT_EQ(mine.timeline.sources.back().sha256, "abc");
}

TEST(Expand, ASilentFilmBuysNoMusicUnlessTheUserBringsSome) {
  Spec spec = showcase(30);
  spec.audio.style = "none";
  const Plan silent = plan_of(spec, "wan", with(Continuity::take)).value();
  EXPECT_EQ(silent.find("music"), nullptr);
  EXPECT_EQ(silent.music_model, "");
  EXPECT_TRUE(silent.timeline.audio.empty());
  PlanOptions own = with(Continuity::take);
  own.music_file_sha = std::string(64, 'a');
  EXPECT_EQ(plan_of(spec, "wan", own).value().timeline.audio.size(), 1u);
}

TEST(Expand, TheLocalPainterIsToldExactFrames) {
  const Plan p = plan_of(showcase(Rational(30000, 1001)), "local-animatic", with(Continuity::take)).value();
  Frames next = 0;
  for (const PlanClip& c : p.clips) {
    auto g = generation_from_json(p.find(c.step)->params);
    Frames frames = 0;
    for (const BeatSpan& s : g->spans) frames += s.to - s.from;
    EXPECT_EQ(Rational(frames) / p.fps, c.seconds) << c.step;
    // It begins with the frame that its predecessor ended with.
    const Frames first =
        p.chains[0].start + g->spans[0].from +
        (g->spans[0].index == 0
             ? 0
             : frame_at(std::vector<int>{0, 3, 8, 15, 25}[static_cast<std::size_t>(g->spans[0].index)], p.fps));
    if (c.index > 0) {
      EXPECT_EQ(first, next - 1) << c.step;
    }
    next = first + frames;
  }
}

// A longer first beat moves the others in time and changes none of their clips.
TEST(Expand, BeatsAreCountedFromTheirOwnStart) {
  const Spec s = showcase(30);
  Spec longer = s;
  longer.frames += 15;
  longer.beats[0].length += 15;
  for (std::size_t i = 1; i < longer.beats.size(); ++i) longer.beats[i].start += 15;
  const Plan a = plan_of(s, "local-animatic", with(Continuity::beat)).value();
  const Plan b = plan_of(longer, "local-animatic", with(Continuity::beat)).value();
  ASSERT_EQ(a.clips.size(), b.clips.size());
  for (const PlanClip& c : a.clips) {
    if (c.chain > 0) {
      EXPECT_EQ(b.find(c.step)->key, a.find(c.step)->key) << c.step;
    }
  }
}

// One encoder works at a time, so the film cannot be ready before all segments have passed through it.
TEST(Expand, SegmentsWaitForTheEncoder) {
  const Plan p = plan_of(showcase(30), "local-animatic", with(Continuity::none)).value();
  Rational encoding;
  for (const Step& s : p.steps)
    if (s.kind == "segment") encoding = encoding + s.seconds;
  EXPECT_GT(p.eta, encoding);
  std::size_t segments = 0;
  for (const std::string& id : p.critical_path) segments += id.rfind("seg_", 0) == 0 ? 1 : 0;
  EXPECT_GT(segments, 1u);
}

TEST(Expand, DraftIsSmall) {
  PlanOptions o = with(Continuity::beat);
  o.quality = Quality::draft;
  EXPECT_EQ(plan_of(showcase(30), "wan", o)->timeline.size, Size(640, 360));
}

// It is told so, and one that was made well is not taken for a draft's.
TEST(Expand, ADraftsSoundIsEncodedAsQuicklyAsItsPictures) {
  PlanOptions options = with(Continuity::beat);
  const Plan well = plan_of(showcase(30), "wan", options).value();
  options.encode.preset = "ultrafast";
  const Plan quick = plan_of(showcase(30), "wan", options).value();
  EXPECT_EQ(well.find("sound")->params.find("encode"), std::string::npos);
  EXPECT_NE(quick.find("sound")->params.find("\"preset\":\"ultrafast\""), std::string::npos);
}

// Nothing that the pictures need lies before it, so that it is there when they are.
TEST(Expand, TheSoundIsMadeBesideThePictures) {
  const Plan p = plan_of(showcase(30), "wan", with(Continuity::beat)).value();
  EXPECT_EQ(inputs_of(p, "sound"), Ids{"music"});
  EXPECT_EQ(inputs_of(p, "master").back(), "sound");
  EXPECT_EQ(p.find("master")->params.find("audio"), std::string::npos);
  EXPECT_EQ(p.find("sound")->resource, p.find("master")->resource);
}

// Steps of the host's own, as extend_plan() adds them behind the delivery.
TEST(Expand, TheDeliveryComesAfterWhatWasAddedUnlessThatTakesIt) {
  Plan p = plan_of(showcase(30), "wan", with(Continuity::take)).value();
  const std::string key = p.find("export")->key;
  const std::size_t before = p.find("export")->inputs.size();
  add_step(p, new_step("count", "count", 5, "{}", {"clip_00"}));
  add_step(p, new_step("sum", "sum", 5, "{}", {"count"}));
  add_step(p, new_step("upload", "upload", 6, "{}", {"export"}));
  add_step(p, new_step("tell", "tell", 6, "{}", {"upload", "sum"}));
  deliver_last(p);
  const Ids inputs = inputs_of(p, "export");
  EXPECT_EQ(inputs.size(), before + 1);
  EXPECT_EQ(inputs.back(), "sum");  // which takes "count"
  EXPECT_NE(p.find("export")->key, key);
  Ids order;
  for (std::size_t i = p.steps.size() - 5; i < p.steps.size(); ++i) order.push_back(p.steps[i].id);
  EXPECT_EQ(order, (Ids{"count", "sum", "export", "upload", "tell"}));
  const Plan once = p;
  deliver_last(p);
  EXPECT_EQ(p.steps, once.steps);
}

// Segments that are encoded at once share the cores, whatever their number.
TEST(Expand, EncodersShareTheCores) {
  EXPECT_EQ(segments_at_once(1) * encoder_threads(1), 1);
  for (int cores = 2; cores <= 256; ++cores) {
    EXPECT_EQ(segments_at_once(cores), 2);
    EXPECT_LE(segments_at_once(cores) * encoder_threads(cores), cores);
    EXPECT_GE(segments_at_once(cores) * encoder_threads(cores), cores - 1);
  }
}

// Two at once, each half as fast: the film is ready no later.
TEST(Expand, TwoSegmentsAtOnceEndNoLater) {
  PlanOptions o = with(Continuity::beat);
  const Rational one = plan_of(showcase(30), "local-animatic", o)->eta;
  o.segments_at_once = 2;
  const Rational two = plan_of(showcase(30), "local-animatic", o)->eta;
  EXPECT_LE(two.to_double(), one.to_double() * 1.1);
  EXPECT_GE(two.to_double(), one.to_double() * .5);
}

}  // namespace
}  // namespace vidgen::plan::test
