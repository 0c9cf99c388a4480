// SPDX-License-Identifier: Apache-2.0
// Copying: the same coded pictures, exact counts, and a refusal in words for all that needs new pictures.
#include <gtest/gtest.h>

#include "base/files.hpp"
#include "clips.hpp"
#include "vidgen/media.hpp"

namespace vidgen::media {
namespace {

using test::Folder;

std::string clip(const Folder& folder, const std::string& name, const test::ClipSpec& spec) {
  test::make_clip(folder / name, spec);
  return folder / name;
}

test::ClipSpec plain(int frames = 30) {
  test::ClipSpec spec;
  spec.frames = frames;
  return spec;
}

Timeline ends_to_end(const std::vector<std::string>& paths, const std::string& transition = "cut") {
  auto info = probe(paths.front());
  EXPECT_TRUE(info);
  auto t = timeline_of_clips(paths, transition, info->size, info->fps, FpsMode::duplicate);
  EXPECT_TRUE(t) << t.error().describe();
  return *t;
}

Result<AssembleReport> copy(const Timeline& t, const std::string& out) {
  AssembleOptions options;
  options.copy = true;
  return assemble(t, out, options);
}

TEST(Copy, WholeClipsAreJoinedFrameForFrame) {
  const Folder folder;
  auto one = plain(), two = plain(17);
  two.base = 100;
  one.sound = 48000;
  const Timeline t = ends_to_end({clip(folder, "a.mp4", one), clip(folder, "b.mp4", two), clip(folder, "c.mp4", one)});
  auto report = copy(t, folder / "film.mp4");
  ASSERT_TRUE(report) << report.error().describe();
  EXPECT_EQ(report->frames, 77);
  EXPECT_EQ(report->samples, 77 * 2000);
  std::vector<int> wanted;
  for (const char* name : {"a.mp4", "b.mp4", "c.mp4"})
    for (int number : test::numbers_of(folder / name)) wanted.push_back(number);
  EXPECT_EQ(test::numbers_of(folder / "film.mp4"), wanted);
}

void expect_refused(const Timeline& t, const Folder& folder, const std::string& says) {
  auto report = copy(t, folder / "no.mp4");
  ASSERT_FALSE(report) << says;
  EXPECT_EQ(report.error().code(), Errc::unsupported);
  EXPECT_NE(report.error().message().find(says), std::string::npos) << report.error().message();
  EXPECT_FALSE(base::read_file(folder / "no.mp4"));
}

TEST(Copy, WhatNeedsNewPicturesIsRefused) {
  const Folder folder;
  auto fast = plain(), small = plain();
  fast.fps = 25;
  small.size = Size(160, 90);
  const std::string a = clip(folder, "a.mp4", plain()), b = clip(folder, "b.mp4", plain());
  const Timeline whole = ends_to_end({a, b});
  expect_refused(ends_to_end({a, b}, "fade:0.2"), folder, "a transition");
  Timeline t = whole;
  t.grade = "some";
  expect_refused(t, folder, "a grade");
  t = whole;
  t.titles.emplace_back();
  t.titles[0].length = 5;
  t.titles[0].text = "x";
  expect_refused(t, folder, "captions");
  t = whole;
  t.finish.grain = 2;
  expect_refused(t, folder, "grain");
  t = whole;
  t.video[0].source_in = Rational(1, 30);
  expect_refused(t, folder, "only whole clips");
  expect_refused(ends_to_end({a, clip(folder, "fast.mp4", fast)}), folder, "25 frames a second");
  expect_refused(ends_to_end({a, clip(folder, "small.mp4", small)}), folder, "160x90");
}

}  // namespace
}  // namespace vidgen::media
