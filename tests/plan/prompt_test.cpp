// SPDX-License-Identifier: Apache-2.0
#include "plan/prompt.hpp"

#include "fixtures.hpp"

namespace vidgen::plan::test {
namespace {

Passage passage(const std::string& text, Rational from, Rational to) {
  Passage p;
  p.beat.prompt = text;
  p.beat.shot = "close_up";
  p.beat.camera = "push_in";
  p.from = from;
  p.to = to;
  return p;
}

TEST(Prompt, SaysTextShotCameraStyleAndLight) {
  Spec s = showcase(30);
  s.style.lighting = "soft morning light";
  const std::string text = clip_prompt(s, {passage("the bottle turns", 0, 5)}, 100);
  EXPECT_EQ(text, "the bottle turns, close up shot, camera: push in, cinematic style, soft morning light");
}

TEST(Prompt, SaysNothingTwice) {
  Spec s = showcase(30);
  s.style.lighting = "soft morning light";
  const std::string text = "The bottle turns. Close-up, slow push-in, soft morning light.";
  EXPECT_EQ(clip_prompt(s, {passage(text, 0, 5)}, 100), text + " cinematic style");
}

TEST(Prompt, ColoursOnlyWhenNamed) {
  Spec s = showcase(30);
  EXPECT_EQ(clip_prompt(s, {passage("x", 0, 5)}, 100).find("colour"), std::string::npos);
  s.style.palette = {"teal", "copper"};
  EXPECT_NE(clip_prompt(s, {passage("x", 0, 5)}, 100).find("colours: teal and copper"), std::string::npos);
}

TEST(Prompt, NeverTooManyWords) {
  Spec s = showcase(30);
  s.style.mood = "calm and quiet and slow";
  std::string text;
  for (int i = 0; i < 300; ++i) text += "word ";
  for (int most : {10, 40, 100}) {
    EXPECT_LE(count_words(clip_prompt(s, {passage(text, 0, 5)}, most)), most);
    EXPECT_LE(count_words(keyframe_prompt(s, passage(text, 0, 5).beat, most)), most);
  }
  EXPECT_LE(count_words(clip_prompt(s, {passage(text, 0, 5)}, 0)), kMostWords);
}

TEST(Prompt, SeveralBeatsInOrderWithTheirSeconds) {
  const Spec s = showcase(30);
  const std::string text =
      clip_prompt(s, {passage("the reveal", 0, 3), passage("the detail", 3, Rational(81, 16))}, 100);
  EXPECT_EQ(text.find("From 0 to 3 s: the reveal. From 3 to 5.1 s: the detail."), 0u) << text;
}

TEST(Prompt, MusicSaysStyleTempoMoodAndLength) {
  Audio a;
  a.style = "cinematic_epic";
  a.tempo = "fast";
  a.mood = "proud";
  EXPECT_EQ(music_prompt(a, 30),
            "instrumental cinematic epic music, fast tempo, 128 BPM, proud, 30 seconds, no voice, ends on a final chord");
}

}  // namespace
}  // namespace vidgen::plan::test
