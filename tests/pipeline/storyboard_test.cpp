// SPDX-License-Identifier: Apache-2.0
// A film on one page: of a request, of a job, of a finished film; its prices add up, and its page needs nothing else.
#include "vidgen/storyboard.hpp"

#include <gtest/gtest.h>

#include "base/board_words.hpp"
#include "base/files.hpp"
#include "inputs.hpp"
#include "pipeline/storyboard.hpp"
#include "stills.hpp"
#include "workspace.hpp"

namespace vidgen {
namespace {

StoryboardOptions small() {
  StoryboardOptions options;
  options.picture_width = 320;
  return options;
}

Storyboard board_of(Pipeline& pipeline, const Request& request, const StoryboardOptions& options = small()) {
  auto board = pipeline.storyboard(request, options);
  EXPECT_TRUE(board) << board.error().describe();
  return board ? *board : Storyboard();
}

double spread_of(const Bitmap& b) {
  int low = 255, high = 0;
  for (std::size_t i = 1; i < b.pixels.size(); i += 4)
    low = std::min<int>(low, b.pixels[i]), high = std::max<int>(high, b.pixels[i]);
  return high - low;
}

TEST(StoryboardOf, ARequestHasAPictureABeat) {
  test::Workspace workspace;
  Pipeline pipeline(workspace.config());
  const Request request = test::small_film(8);
  const auto spec = pipeline.spec(request);
  ASSERT_TRUE(spec);
  const Storyboard board = board_of(pipeline, request);
  ASSERT_EQ(board.panels.size(), spec->beats.size());
  EXPECT_FALSE(board.finished);
  EXPECT_EQ(board.panels.front().from, Rational(0));
  EXPECT_EQ(board.panels.back().to, board.seconds);
  for (std::size_t i = 0; i < board.panels.size(); ++i) {
    const StoryboardPanel& p = board.panels[i];
    EXPECT_EQ(p.shot, spec->beats[i].shot);
    EXPECT_EQ(p.caption, spec->beats[i].caption);
    EXPECT_EQ(p.picture.width, 320);
    EXPECT_GT(spread_of(p.picture), 60) << "nothing is painted in beat " << i;
    if (i > 0) {
      EXPECT_EQ(p.from, board.panels[i - 1].to);
    }
  }
  EXPECT_TRUE(board.total.own.is_zero()) << "the built-in backend costs nothing";
  EXPECT_FALSE(base::file_exists(workspace.path() + "/films")) << "looking writes nothing";
}

TEST(StoryboardOf, PricesAddUpToThePlans) {
  test::Workspace workspace;
  Pipeline pipeline(workspace.config());
  StoryboardOptions options = small();
  options.price_on = "wan";
  const Request request = test::small_film(8);
  const Storyboard board = board_of(pipeline, request, options);
  EXPECT_NE(board.price_on, "");
  Request hosted = request;
  hosted.backend = "auto";
  hosted.model = "wan";
  const auto plan = pipeline.plan(hosted);
  ASSERT_TRUE(plan) << plan.error().describe();
  EXPECT_EQ(board.total.other, plan->likely);
  EXPECT_EQ(board.most.other, plan->most);
  Money sum = board.shared.other;
  for (const StoryboardPanel& p : board.panels) {
    EXPECT_FALSE(p.price.other.is_zero());
    sum += p.price.other;
  }
  EXPECT_EQ(sum, plan->likely);
}

// Two beats share a clip by what each shows; rounding loses no micro-dollar.
TEST(StoryboardOf, ASharedClipIsSharedOut) {
  Plan plan;
  Spec spec;
  for (const Frames start : {0, 30}) {
    Beat beat;
    beat.start = start;
    beat.length = start == 0 ? 30 : 60;
    spec.beats.push_back(beat);
  }
  PlanClip clip;
  clip.step = "clip_00";
  clip.length = 90;
  plan.clips.push_back(clip);
  for (const char* id : {"key_00", "clip_00", "music"}) {
    Step step;
    step.id = id;
    step.likely = Money::micros(id[0] == 'c' ? 1000001 : 100);
    if (id[0] == 'c') step.inputs = {"key_00"};
    plan.steps.push_back(step);
  }
  const BeatPrices prices = prices_of(plan, spec);
  EXPECT_EQ(prices.beats[0], Money::micros(333333 + 33));
  EXPECT_EQ(prices.beats[1], Money::micros(666668 + 67));
  EXPECT_EQ(prices.shared, Money::micros(100));
  EXPECT_EQ(prices.total, Money::micros(1000201));
}

TEST(StoryboardOf, AFinishedFilmShowsItsOwnFrames) {
  test::Workspace workspace;
  Pipeline pipeline(workspace.config());
  auto film = pipeline.render(test::small_film());
  ASSERT_TRUE(film) << film.error().describe();
  auto board = pipeline.storyboard(film->job, small());
  ASSERT_TRUE(board) << board.error().describe();
  EXPECT_TRUE(board->finished);
  EXPECT_EQ(board->job, film->job);
  // The film's file is gone: its stills are painted.
  ASSERT_EQ(::remove(film->path.c_str()), 0);
  board = pipeline.storyboard(film->job, small());
  ASSERT_TRUE(board) << board.error().describe();
  EXPECT_FALSE(board->finished);
  EXPECT_GT(spread_of(board->panels.at(0).picture), 60);
}

TEST(StoryboardOf, PhotographsAreNamedAndShown) {
  test::Workspace workspace;
  Pipeline pipeline(workspace.config());
  const std::string path = workspace.path() + "/a.png";
  const auto red = [](int, int) { return test::Rgba{220, 40, 30, 255}; };
  ASSERT_TRUE(base::write_file(path, test::make_png(test::PngKind::rgb, 200, 150, red)));
  Request request = test::small_film(8);
  request.images = {path};
  const Storyboard board = board_of(pipeline, request);
  int shown = 0;
  for (const StoryboardPanel& p : board.panels) {
    if (p.photographs.empty()) continue;
    ++shown;
    EXPECT_EQ(p.photographs, std::vector<int>{1});
    int reds = 0;
    for (std::size_t i = 0; i < p.picture.pixels.size(); i += 4)
      reds += p.picture.pixels[i + 2] > 180 && p.picture.pixels[i + 1] < 70;
    EXPECT_GT(reds, 3000);
  }
  EXPECT_EQ(shown, 1);
}

TEST(StoryboardOf, WhatMakesNoSenseIsRefused) {
  test::Workspace workspace;
  Pipeline pipeline(workspace.config());
  StoryboardOptions options;
  options.price_on = "no-such-model";
  EXPECT_EQ(pipeline.storyboard(test::small_film(), options).error().code(), Errc::model_unknown);
  options = StoryboardOptions();
  options.picture_width = 8;
  EXPECT_EQ(pipeline.storyboard(test::small_film(), options).error().code(), Errc::invalid_argument);
  EXPECT_EQ(pipeline.storyboard("nowhere").error().code(), Errc::not_found);
}

Storyboard hostile() {
  Storyboard board;
  board.title = "<script>alert(1)</script>";
  board.prompt = "a \"mug\" & a <b>bottle</b>";
  board.size = Size(1280, 720);
  board.fps = 30;
  board.seconds = 3;
  StoryboardPanel panel;
  panel.name = "close_up";
  panel.to = 3;
  panel.caption = "<img src=x onerror=alert(1)>\nTwo lines.";
  panel.picture.width = panel.picture.height = 16;
  panel.picture.stride = 64;
  panel.picture.pixels.assign(1024, 255);
  board.panels.push_back(panel);
  return board;
}

TEST(StoryboardPage, HoldsEverythingAndNoCodeOfOthers) {
  const std::string page = to_html(hostile());
  EXPECT_EQ(page.find("<script"), std::string::npos);
  EXPECT_EQ(page.find("<img src=x"), std::string::npos);
  EXPECT_NE(page.find("&lt;img src=x onerror=alert(1)&gt;<br>Two lines."), std::string::npos);
  EXPECT_NE(page.find("a &quot;mug&quot; &amp; a &lt;b&gt;"), std::string::npos);
  EXPECT_NE(page.find("src=\"data:image/jpeg;base64,/9j/"), std::string::npos);
  for (const char* outside : {"http://", "https://", "url(", "<link", "@import"})
    EXPECT_EQ(page.find(outside), std::string::npos) << outside;
  EXPECT_NE(page.find("prefers-color-scheme: dark"), std::string::npos);
}

TEST(StoryboardPage, IsAPngToo) {
  Storyboard board = hostile();
  board.painter = local_storyboards();
  board.prompt = std::string(1000, 'w') + " " + std::string(3000, ' ');
  for (int i = 0; i < 12; ++i) board.panels.push_back(board.panels[0]);
  const auto png = to_png(board);
  ASSERT_TRUE(png) << png.error().describe();
  EXPECT_EQ(png->substr(1, 3), "PNG");
}

TEST(StoryboardWords, AreWhatPeopleSay) {
  EXPECT_EQ(base::clock_text(Rational(7, 2)), "0:03.5");
  EXPECT_EQ(base::clock_text(Rational(75)), "1:15.0");
  EXPECT_EQ(base::plain_words("medium_close_up"), "Medium close up");
  EXPECT_EQ(base::price_text(Money::micros(1)), "$0.01");
  EXPECT_EQ(base::price_text(Money()), "$0.00");
  EXPECT_EQ(base::price_text(Money::micros(1230000)), "$1.23");
}

}  // namespace
}  // namespace vidgen
