// SPDX-License-Identifier: Apache-2.0
// Captions from SubRip and WebVTT: times to frames, marks dropped, damage named by its line.
#include <gtest/gtest.h>

#include "vidgen/timeline.hpp"

namespace vidgen {
namespace {

std::vector<Title> read(const std::string& text, Frames frames = 300) {
  auto titles = captions_from_subtitles(text, 30, frames);
  EXPECT_TRUE(titles) << titles.error().message();
  return titles ? *titles : std::vector<Title>();
}

std::string refusal(const std::string& text) {
  auto titles = captions_from_subtitles(text, 30, 300);
  EXPECT_FALSE(titles);
  if (titles) return "";
  EXPECT_EQ(titles.error().code(), Errc::timeline_invalid);
  return titles.error().message();
}

TEST(Subtitles, SubRipWithMarksAndWindowsLines) {
  const auto t = read(
      "\xEF\xBB\xBF"
      "1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>Slow</i> mornings\r\n{\\an8}and coffee\r\n\r\n"
      "2\r\n00:00:03,000 --> 00:00:04,000\r\n2 < 3\r\n");
  ASSERT_EQ(t.size(), 2u);
  EXPECT_EQ(t[0].start, 30);
  EXPECT_EQ(t[0].length, 45);
  EXPECT_EQ(t[0].text, "Slow mornings\nand coffee");
  EXPECT_EQ(t[0].role, "caption");
  EXPECT_EQ(t[1].text, "2 < 3");
}

TEST(Subtitles, WebVttWithShortTimesAndSettings) {
  const auto t = read("WEBVTT\n\nNOTE a remark\n\nintro\n00:01.000 --> 00:02.000 align:start line:0\nHello\n");
  ASSERT_EQ(t.size(), 1u);
  EXPECT_EQ(t[0].start, 30);
  EXPECT_EQ(t[0].text, "Hello");
}

TEST(Subtitles, OneAtATimeInOrderAndInsideTheFilm) {
  const auto t = read(
      "00:00:05,000 --> 00:00:06,000\nc\n\n00:00:01,000 --> 00:00:04,000\na\n\n"
      "00:00:02,000 --> 00:00:03,000\nb\n\n00:00:09,500 --> 00:00:20,000\nd\n\n00:01:00,000 --> 00:01:01,000\ne\n");
  ASSERT_EQ(t.size(), 4u);
  Frames end = 0;
  for (const Title& title : t) {
    EXPECT_GE(title.start, end);
    end = title.start + title.length;
  }
  EXPECT_EQ(t[0].start + t[0].length, t[1].start);
  EXPECT_EQ(end, 300);
}

TEST(Subtitles, DamageIsNamedByItsLine) {
  EXPECT_NE(refusal("1\n00:00:01 --> 00:00:02\nx\n").find("line 2"), std::string::npos);
  EXPECT_NE(refusal("\n\n00:00:03,000 --> 00:00:02,000\nx\n").find("line 3"), std::string::npos);
  EXPECT_NE(refusal("1\n00:99:01,000 --> 00:99:02,000\nx\n").find("line 2"), std::string::npos);
  EXPECT_NE(refusal("1\n00:00:01,000 --> 00:00:02,000\nx\n00:00:03,000 --> 00:00:04,000\ny\n").find("line 4"),
            std::string::npos);
  refusal("");
  refusal("hello");
  refusal(std::string("\0\0", 2));
  refusal("99999999999999999999:00:00,000 --> 1:00:00,000\nx\n");
  refusal("-1:00:00,000 --> 1:00:00,000\nx\n");
}

}  // namespace
}  // namespace vidgen
