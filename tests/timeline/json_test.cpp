// SPDX-License-Identifier: Apache-2.0
// vidgen.timeline/1 as JSON: nothing is lost, older documents are upgraded.
#include <gtest/gtest.h>

#include "vidgen/timeline.hpp"

namespace vidgen {
namespace {

Timeline everything() {
  Timeline t;
  t.fps = Rational(30000, 1001);
  t.size = Size(1280, 720);
  t.frames = 100;
  t.fps_mode = FpsMode::native;
  t.sources.resize(2);
  t.sources[0].id = "a";
  t.sources[0].path = "clips/a.mp4";
  t.sources[1].id = "b";
  t.sources[1].sha256 = std::string(64, 'f');
  t.video.resize(2);
  t.video[0].source = "a";
  t.video[0].length = 60;
  t.video[1].source = "b";
  t.video[1].start = 60;
  t.video[1].length = 40;
  t.video[1].source_in = Rational(7, 16);
  t.video[1].speed = Rational(23, 25);
  t.video[1].fit = Fit::fill;
  t.video[1].grade = "none";
  t.video[1].hold = 3;
  t.video[1].label = "second \"one\"";
  t.transitions.resize(1);
  t.transitions[0].at = 60;
  t.transitions[0].frames = 15;
  t.audio.resize(1);
  t.audio[0].source = "b";
  t.audio[0].start = 10;
  t.audio[0].length = 48000;
  t.audio[0].source_in = 5;
  t.audio[0].loop = true;
  t.audio[0].fade_in = 100;
  t.audio[0].fade_out = 200;
  t.audio[0].gain = {GainPoint(0, 0.25), GainPoint(100, 1)};
  t.titles.resize(1);
  t.titles[0].length = 20;
  t.titles[0].role = "end_card";
  t.titles[0].text = "two\nlines";
  t.titles[0].over = "over";
  t.titles[0].brand = "Brand";
  t.titles[0].action = "Go";
  t.titles[0].look = "luxury";
  t.titles[0].place = "centre";
  t.titles[0].ink = "#ffffff";
  t.titles[0].accent = "#ff0000";
  t.titles[0].scrim = "#000000";
  t.titles[0].mark = "bottle";
  t.grade = "noir";
  t.contrast = Rational(11, 10);
  t.saturation = Rational(21, 20);
  t.finish.grain = 2.5;
  t.finish.bars = "2.0";
  t.ext = R"({"editor":{"zoom":3}})";
  return t;
}

TEST(TimelineJson, RoundTripOfEveryField) {
  const Timeline t = everything();
  ASSERT_TRUE(validate(t)) << validate(t).error().describe();
  auto back = timeline_from_json(to_json(t));
  ASSERT_TRUE(back) << back.error().describe();
  EXPECT_EQ(*back, t);
  EXPECT_EQ(to_json(*back), to_json(t));
}

TEST(TimelineJson, UnknownKeysAreKeptUnderExt) {
  const std::string with = R"({"schema":"vidgen.timeline/1","fps":30,"size":"64x64","frames":1,"colour_space":"x",
    "ext":{"a":1}})";
  auto t = timeline_from_json(with);
  ASSERT_TRUE(t) << t.error().describe();
  EXPECT_EQ(t->ext, R"({"a":1,"colour_space":"x"})");
  EXPECT_EQ(timeline_from_json(to_json(*t))->ext, t->ext);
}

TEST(TimelineJson, AMisspeltKeyOfAnItemIsAMistake) {
  auto t = timeline_from_json(R"({"schema":"vidgen.timeline/1","fps":30,"size":"64x64","frames":1,
    "video":[{"source":"a","start":0,"length":1,"sorce_in":2}]})");
  ASSERT_FALSE(t);
  EXPECT_EQ(t.error().code(), Errc::timeline_invalid);
  EXPECT_NE(t.error().message().find("video[0].sorce_in"), std::string::npos) << t.error().message();
}

TEST(TimelineJson, DamageSaysWhere) {
  const char* texts[] = {
      "",
      "[]",
      "{}",
      R"({"schema":"vidgen.spec/1"})",
      R"({"schema":"vidgen.timeline/1"})",
      R"({"schema":"vidgen.timeline/1","fps":30,"size":"64x64","frames":1,"fps_mode":"fast"})",
      R"({"schema":"vidgen.timeline/1","fps":30,"size":"64x64","frames":1,"video":{}})",
      R"({"schema":"vidgen.timeline/1","fps":30,"size":"64x64","frames":1,"audio":[{"source":"a","gain":[[1]]}]})",
      R"({"schema":"vidgen.timeline/1","fps":30,"size":"64x64","frames":1,"video":[{"source":"a","start":0,"length":1,"fit":"squeeze"}]})",
  };
  for (const char* text : texts) {
    auto t = timeline_from_json(text);
    ASSERT_FALSE(t) << text;
    EXPECT_FALSE(t.error().message().empty());
  }
}

TEST(TimelineJson, ANewerVersionSaysSo) {
  auto t = timeline_from_json(R"({"schema":"vidgen.timeline/2","fps":30,"size":"64x64","frames":1})");
  ASSERT_FALSE(t);
  EXPECT_NE(t.error().message().find("newer"), std::string::npos);
}

// Version 0 counted in seconds; boundaries are rounded from absolute time, so nothing drifts.
TEST(TimelineJson, Version0IsUpgraded) {
  auto t = timeline_from_json(R"({"schema":"vidgen.timeline/0","fps":"30000/1001","size":"1280x720","grade":"noir",
    "sources":[{"id":"a","path":"a.mp4"},{"id":"b","path":"b.mp4"}],
    "video":[{"source":"a","start":0,"length":"10.01"},
             {"source":"b","start":"10.01","length":5,"transition":{"kind":"fade","length":0.5}}]})");
  ASSERT_TRUE(t) << t.error().describe();
  EXPECT_EQ(t->schema, "vidgen.timeline/1");
  EXPECT_EQ(t->video[0].length, 300);
  EXPECT_EQ(t->video[1].start, 300);
  EXPECT_EQ(t->frames, 450);
  ASSERT_EQ(t->transitions.size(), 1u);
  EXPECT_EQ(t->transitions[0].at, 300);
  EXPECT_EQ(t->transitions[0].frames, 15);
  EXPECT_EQ(t->grade, "noir");
  EXPECT_TRUE(validate(*t)) << validate(*t).error().describe();
}

}  // namespace
}  // namespace vidgen
