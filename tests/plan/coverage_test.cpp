// SPDX-License-Identifier: Apache-2.0
// The shots of a film that the embedded painter makes: their rhythm, their sizes, and where words stand.
#include "plan/coverage.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "fixtures.hpp"
#include "plan/direction.hpp"
#include "plan/on_beat.hpp"

namespace vidgen::plan::test {
namespace {

double seconds(Frames n, const Spec& s) {
  return (Rational(n) / s.fps).to_double();
}

Spec written_for(const std::string& prompt, int seconds, Rational fps = 30) {
  Request request;
  request.prompt = prompt;
  request.duration = std::chrono::seconds(seconds);
  request.fps = fps;
  return spec_by_rules(request, TemplateSet::load("").value()).value();
}

// Everything that has to hold of any film's shots.
void expect_a_film(const Spec& written, const Spec& film) {
  Frames next = 0;
  for (std::size_t i = 0; i < film.beats.size(); ++i) {
    const Beat& shot = film.beats[i];
    SCOPED_TRACE(film.template_name + " " + std::to_string(i) + " " + shot.name + " " + shot.shot);
    EXPECT_EQ(shot.start, next);
    EXPECT_GT(shot.length, 0);
    next = shot.start + shot.length;
    if (i > 0 && shot.role != "closing") {
      EXPECT_NE(size_of_shot(shot.shot), size_of_shot(film.beats[i - 1].shot));
    }
    if (seconds(shot.length, film) > 5.02) {
      EXPECT_EQ(shot.role, "closing");
    }
  }
  EXPECT_EQ(next, written.frames);
  EXPECT_EQ(film.transitions.size(), film.beats.size() - 1);
  EXPECT_EQ(film.beats.back().role, written.beats.back().role);
  std::vector<std::string> before, after;
  for (const Beat& b : written.beats)
    if (!b.caption.empty()) before.push_back(b.caption);
  for (const Beat& b : film.beats)
    if (!b.caption.empty()) after.push_back(b.caption);
  EXPECT_EQ(before, after);
}

TEST(Coverage, ThirtySecondsAreEightShotsOfThreeToFourAndAHalfSecondsAndACardOfFour) {
  const Spec film = covered(showcase(30));
  ASSERT_EQ(film.beats.size(), 8u);
  for (std::size_t i = 0; i + 1 < film.beats.size(); ++i) {
    EXPECT_GE(seconds(film.beats[i].length, film), 2.9) << film.beats[i].name;
    EXPECT_LE(seconds(film.beats[i].length, film), 4.8) << film.beats[i].name;
  }
  EXPECT_EQ(seconds(film.beats.back().length, film), 4);
}

TEST(Coverage, HoldsForEveryLengthRateAndTemplate) {
  for (const char* prompt : {"a steel bottle on a mountain trail", "a lifestyle ad for a ceramic mug in a cafe",
                             "announce the launch of a new phone", "an energetic ad for sneakers in the city",
                             "a luxurious perfume", "a clean minimal lamp", "an emotional film about a book"})
    for (int length : {5, 6, 10, 15, 20, 30, 45, 60, 120})
      for (Rational fps : {Rational(24), Rational(30), Rational(30000, 1001)}) {
        const Spec spec = written_for(prompt, length, fps);
        expect_a_film(spec, covered(spec));
      }
}

TEST(Coverage, NoPictureComesTwiceInThirtySeconds) {
  const Spec film = covered(written_for("a steel bottle on a mountain trail", 30));
  std::map<std::pair<ShotSize, Side>, int> seen;
  for (std::size_t i = 0; i + 1 < film.beats.size(); ++i)
    ++seen[{size_of_shot(film.beats[i].shot), hero_side(static_cast<int>(i))}];
  for (const auto& [picture, times] : seen) EXPECT_EQ(times, 1) << static_cast<int>(picture.first);
}

TEST(Coverage, CutsInsideABeatFallOnTheMusicsToo) {
  Spec spec = written_for("a steel bottle on a mountain trail", 30);
  cut_to_composed(spec);
  const Spec film = covered(spec);
  EXPECT_GT(film.beats.size(), spec.beats.size());
  for (std::size_t i = 1; i < film.beats.size(); ++i) {
    const auto& beats = spec.soundtrack.beats;
    EXPECT_NE(std::find(beats.begin(), beats.end(), film.beats[i].start), beats.end()) << film.beats[i].name;
  }
}

TEST(Coverage, AShotWithWordsLastsAsLongAsTheyTakeToRead) {
  Spec spec = showcase(30);
  spec.beats[3].caption = "A line of words\nthat takes its time to read";
  const Spec film = covered(spec);
  for (const Beat& b : film.beats)
    if (b.caption == spec.beats[3].caption) {
      EXPECT_GE(b.length, 44 + 2.2 * static_cast<double>(b.caption.size()) - 1);
    }
}

TEST(Coverage, ACarIsNotLaidOnATable) {
  Spec spec = showcase(60);
  spec.product.category = "car";
  for (const Beat& b : covered(spec).beats) EXPECT_NE(size_of_shot(b.shot), ShotSize::above) << b.name;
}

// In films whose type is the picture every caption is a title; in the others only the first.
TEST(Coverage, WordsAreHeadlinesWhereTypeIsThePicture) {
  for (const char* look : {"minimal", "pop", "cinematic", "lifestyle", "luxury"}) {
    Spec spec = showcase(30);
    spec.style.look = look;
    const bool loud = spec.style.look == "minimal" || spec.style.look == "pop";
    const Spec film = covered(spec);
    int captions = 0;
    for (const Title& t : titles_of(film, film.beats, {}, Size(1920, 1080))) {
      if (t.start < spec.beats[1].start || t.role == "end_card") continue;
      ++captions;
      EXPECT_EQ(t.role, loud ? "title" : "caption") << look << " " << t.text;
    }
    EXPECT_GT(captions, 0) << look;
  }
}

// Out of the dark, with words that are light there.
TEST(Coverage, SomeShotsOfALightStageAreDark) {
  Spec spec = written_for("announce our new phone Lumen", 30);
  spec.setting.place = "stage";
  const Spec film = covered(spec);
  std::vector<std::size_t> dark;
  for (std::size_t i = 0; i < film.beats.size(); ++i)
    if (film.beats[i].time == "night") dark.push_back(i);
  EXPECT_EQ(dark, (std::vector<std::size_t>{2, 5}));
  for (const Title& t : titles_of(film, film.beats, {}, Size(1920, 1080)))
    for (const Beat& b : film.beats)
      if (t.start >= b.start && t.start < b.start + b.length) {
        EXPECT_EQ(t.ink == "#ffffff", b.time == "night") << t.text << " " << t.ink;
      }
  spec.setting.time = "dusk";
  for (const Beat& b : covered(spec).beats) EXPECT_EQ(b.time, "") << "dark already";
}

TEST(Coverage, BeatsOfModelsThatArePaidForStayWhole) {
  EXPECT_EQ(plan_of(showcase(30), "wan", PlanOptions())->chains.size(), 5u);
  EXPECT_EQ(plan_of(showcase(30), "local-animatic", PlanOptions())->chains.size(), 8u);
}

}  // namespace
}  // namespace vidgen::plan::test
