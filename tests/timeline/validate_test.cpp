// SPDX-License-Identifier: Apache-2.0
// Each rule of a timeline, broken once.
#include <gtest/gtest.h>

#include <functional>

#include "vidgen/timeline.hpp"

namespace vidgen {
namespace {

Timeline good() {
  Timeline t;
  t.size = Size(1280, 720);
  t.frames = 90;
  t.sources.resize(2);
  t.sources[0].id = "a";
  t.sources[1].id = "b";
  t.video.resize(3);
  for (std::size_t i = 0; i < 3; ++i) {
    t.video[i].source = i % 2 ? "b" : "a";
    t.video[i].start = static_cast<Frames>(i) * 30;
    t.video[i].length = 30;
    t.video[i].source_in = 1;
  }
  t.transitions.resize(2);
  t.transitions[0].at = 30;
  t.transitions[0].frames = 15;
  t.transitions[1].at = 60;
  t.transitions[1].frames = 15;
  return t;
}

struct Broken {
  const char* says;
  std::function<void(Timeline&)> how;
};

TEST(TimelineValidate, EveryRule) {
  ASSERT_TRUE(validate(good()));
  const Broken rows[] = {
      {"schema", [](Timeline& t) { t.schema = "x"; }},
      {"fps", [](Timeline& t) { t.fps = 0; }},
      {"even", [](Timeline& t) { t.size = Size(1281, 720); }},
      {"frames", [](Timeline& t) { t.frames = 0; }},
      {"contrast", [](Timeline& t) { t.contrast = 0; }},
      {"grain", [](Timeline& t) { t.finish.grain = -1; }},
      {"twice", [](Timeline& t) { t.sources[1].id = "a"; }},
      {"no source", [](Timeline& t) { t.video[1].source = "c"; }},
      {"video[1].start", [](Timeline& t) { t.video[1].start = 31; }},
      {"length", [](Timeline& t) { t.video[2].length = 0; }},
      {"end at 90", [](Timeline& t) { t.frames = 91; }},
      {"speed", [](Timeline& t) { t.video[0].speed = 0; }},
      {"source_in", [](Timeline& t) { t.video[0].source_in = -1; }},
      {"hold", [](Timeline& t) { t.video[0].hold = 31; }},
      {"not where two items meet", [](Timeline& t) { t.transitions[0].at = 31; }},
      {"overlaps", [](Timeline& t) { t.transitions[0].frames = t.transitions[1].frames = 40; }},
      {"overlaps", [](Timeline& t) { t.transitions[0].frames = 62; }},
      {"ends after",
       [](Timeline& t) {
         t.transitions[1].frames = 62;
         t.transitions.erase(t.transitions.begin());
       }},
      {"longer than an item",
       [](Timeline& t) {
         t.video[1].length = 5;
         t.video[2].start = 35;
         t.video[2].length = 55;
         t.transitions.pop_back();
       }},
      {"no source", [](Timeline& t) { t.audio.resize(1); }},
      {"below 0",
       [](Timeline& t) {
         t.audio.resize(1);
         t.audio[0].source = "a";
         t.audio[0].start = -1;
       }},
      {"in order",
       [](Timeline& t) {
         t.audio.resize(1);
         t.audio[0].source = "a";
         t.audio[0].gain = {GainPoint(5, 1), GainPoint(4, 1)};
       }},
      {"inside the film",
       [](Timeline& t) {
         t.titles.resize(1);
         t.titles[0].start = 80;
         t.titles[0].length = 11;
       }},
      {"role",
       [](Timeline& t) {
         t.titles.resize(1);
         t.titles[0].length = 1;
         t.titles[0].role = "shout";
       }},
  };
  for (const Broken& row : rows) {
    Timeline t = good();
    row.how(t);
    const Status status = validate(t);
    ASSERT_FALSE(status) << row.says;
    EXPECT_EQ(status.error().code(), Errc::timeline_invalid);
    EXPECT_NE(status.error().message().find(row.says), std::string::npos)
        << row.says << ": " << status.error().message();
  }
}

}  // namespace
}  // namespace vidgen
