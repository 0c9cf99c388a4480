// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "make.hpp"
#include "spec/captions.hpp"
#include "spec/prompt.hpp"
#include "spec/shot_words.hpp"
#include "spec/tables.hpp"
#include "spec/text.hpp"
#include "spec/words.hpp"

namespace vidgen {
namespace {

using testing_spec::built_in;
using testing_spec::spec_of;

const char kMug[] = "a ceramic mug on a walnut desk, morning light";

Spec of(const Request& r) {
  auto s = spec_by_rules(r, built_in());
  EXPECT_TRUE(s) << (s ? "" : s.error().describe());
  return s ? *s : Spec();
}

TEST(ByRules, IsPure) {
  for (const char* prompt : {kMug, "15 second vertical ad for Nimbus running shoes, energetic, city street at night"})
    EXPECT_EQ(to_json(spec_of(prompt)), to_json(spec_of(prompt)));
}

TEST(ByRules, TheRequestWinsOverThePromptAndThePromptOverTheTemplate) {
  Request r;
  r.prompt = "a mug in a cafe, 20 seconds, vertical";
  EXPECT_EQ(of(r).frames, 600);
  EXPECT_EQ(of(r).size, Size(1080, 1920));
  r.duration = std::chrono::milliseconds(7500);
  r.aspect = "1:1";
  r.fps = Rational(24);
  EXPECT_EQ(of(r).frames, 180);
  EXPECT_EQ(of(r).size, Size(1080, 1080));
  r.size = Size(1280, 720);
  r.quality = Quality::draft;
  EXPECT_EQ(of(r).size, Size(1280, 720)) << "a stated size is not made smaller";
  r.size.reset();
  EXPECT_EQ(of(r).size, Size(640, 640));
  r.prompt = kMug;
  r.duration.reset();
  EXPECT_EQ(of(r).frames, 720) << "the template's 30 s";
}

TEST(ByRules, UnknownNamesSuggestNearOnes) {
  Request r;
  r.prompt = kMug;
  r.template_name = "product_showcse";
  auto s = spec_by_rules(r, built_in());
  ASSERT_FALSE(s);
  EXPECT_EQ(s.error().code(), Errc::not_found);
  EXPECT_NE(s.error().message().find("did you mean \"product_showcase\"?"), std::string::npos) << s.error().message();
  r.template_name = "xyzzy_plugh_nothing_like_it";
  EXPECT_NE(spec_by_rules(r, built_in()).error().message().find("announcement"), std::string::npos);
  r.template_name.clear();
  r.grade = "cinematic_wram";
  s = spec_by_rules(r, built_in());
  ASSERT_FALSE(s);
  EXPECT_NE(s.error().message().find("did you mean \"cinematic_warm\"?"), std::string::npos) << s.error().message();
}

TEST(ByRules, EveryTemplateAndArchetypeMakesAValidFilm) {
  std::vector<std::string> names;
  for (const auto& [name, t] : built_in().templates) names.push_back(name);
  for (const auto& [name, a] : built_in().archetypes) names.push_back(name);
  for (const std::string& name : names)
    for (int seconds : {1, 2, 3, 5, 7, 10, 30, 61, 600}) {
      Request r;
      r.prompt = kMug;
      r.template_name = name;
      r.duration = std::chrono::seconds(seconds);
      Spec s = of(r);
      EXPECT_EQ(s.frames, 30 * seconds) << name;
      EXPECT_TRUE(validate(s)) << name << " " << seconds;
      EXPECT_EQ(to_json(spec_from_json(to_json(s)).value()), to_json(s));
    }
}

TEST(ByRules, SaysWhyForEveryChoice) {
  Spec s = spec_of(
      "Luxury perfume called \"Aurelia\", gold and black, dark studio, at night, 12 seconds, vertical, piano music");
  std::set<std::string> fields;
  for (const Reason& r : s.reasons) {
    EXPECT_FALSE(r.why.empty()) << r.field;
    fields.insert(r.field);
  }
  for (const char* f : {"template", "size", "frames", "product.category", "product.name", "product.brand",
                        "setting.place", "setting.time", "style.mood", "style.palette", "audio.style"})
    EXPECT_TRUE(fields.count(f)) << f;
}

TEST(ByRules, ShortFilmsSayWhatWasLeftOut) {
  Request r;
  r.prompt = kMug;
  r.duration = std::chrono::seconds(3);
  Spec s = of(r);
  EXPECT_EQ(s.beats.size(), 3u);
  int dropped = 0;
  for (const Reason& x : s.reasons) dropped += x.field == "beats" ? 1 : 0;
  EXPECT_EQ(dropped, 2);
}

TEST(ByRules, ColoursOnlyIfNamed) {
  EXPECT_TRUE(spec_of("a sports car in the desert at golden hour").style.palette.empty());
  EXPECT_EQ(spec_of("a blue sports car, not red, in the desert").style.palette, std::vector<std::string>{"blue"});
  EXPECT_EQ(spec_of("green tea on Black Friday in the kitchen").style.palette, std::vector<std::string>{});
}

TEST(ByRules, TheProductHasItsOwnColourAndNotTheBackgrounds) {
  EXPECT_EQ(spec_of("headphones in a white studio").product.colour, "");
  EXPECT_EQ(spec_of("a matte black bottle on a white background").product.colour, "matte black");
  EXPECT_EQ(spec_of("wireless headphones, matte black, on a desk").product.colour, "matte black");
  EXPECT_EQ(spec_of("a perfume in black and gold").product.colour, "black and gold");
  EXPECT_EQ(spec_of("Eine mattschwarze Flasche in der K\u00fcche").product.colour, "matte black");
  EXPECT_EQ(spec_of("una botella negra mate en la cocina").product.colour, "matte black");
}

TEST(ByRules, NeighboursDifferInSize) {
  for (int seconds : {2, 3, 5, 8, 12, 20, 30, 60})
    for (const char* words : {"a mug in a cafe", "sneakers, energetic, fast", "an app, explain its features",
                              "a luxury watch, elegant", "an emotional story about a book", "announcing a lamp"}) {
      Request r;
      r.prompt = words;
      r.duration = std::chrono::seconds(seconds);
      Spec s = of(r);
      for (std::size_t i = 1; i < s.beats.size(); ++i)
        EXPECT_NE(spec::shot_size(s.beats[i].shot), spec::shot_size(s.beats[i - 1].shot)) << words << seconds << i;
    }
}

TEST(ByRules, AbsurdLengthsAreIgnoredAndSaidSo) {
  Spec s = spec_of("a car in the desert for 99999999999999999999999999999 seconds or 0 s");
  EXPECT_EQ(s.frames, 900);
  EXPECT_EQ(s.warnings.size(), 2u);
}

TEST(ByRules, SlogansCloseTheFilmAndAreNoBrand) {
  Spec s = spec_of("a steel bottle on a mountain with the words \"Carry the cold\", by Northwind");
  EXPECT_EQ(s.product.brand, "Northwind");
  EXPECT_EQ(s.beats.back().caption, "Carry the cold");
}

TEST(ByRules, WithoutCaptionsThereAreNone) {
  Request r;
  r.prompt = kMug;
  r.captions = false;
  for (const Beat& b : of(r).beats) EXPECT_TRUE(b.caption.empty() && b.over.empty());
}

TEST(ByRules, BarsAreForWidePicturesOnly) {
  EXPECT_EQ(spec_of("a steel bottle on a mountain, cinematic").style.bars, "2.0");
  EXPECT_EQ(spec_of("a steel bottle on a mountain, cinematic, vertical").style.bars, "");
}

TEST(ByRules, HostileWordsStayWords) {
  for (const char* prompt :
       {"%s%n%x {product} ${HOME} $(reboot) mug on a desk", "\"\"\" \\ ' ; DROP TABLE x; -- mug",
        "((((((((((((((((((((((((((((((((((((", "0:0:0:0:0:0 1:99 :::: ....... 99:99:99 ....",
        "a a a a a a a a a a a a a a a a a a a a a a a a a a a", "\u202e\u202e\u202e\u202e mug on a desk here"}) {
    Request r;
    r.prompt = prompt;
    auto s = spec_by_rules(r, built_in());
    ASSERT_TRUE(s) << prompt << s.error().describe();
    EXPECT_TRUE(validate(*s));
  }
}

TEST(Captions, FitTheirLinesAndDoNotRepeat) {
  const char* const prompts[] = {"a steel bottle called \"A Very Long Brand Name Of Forty Letters\" on a mountain",
                                 "an elegant watch in a studio",
                                 "running shoes on a city street at night, fast",
                                 "a meditation app, calm",
                                 "a touching story about a book in the forest at dusk",
                                 "our wireless noise cancelling travel headphones in a cafe"};
  for (const char* prompt : prompts)
    for (const auto& [name, t] : built_in().templates) {
      Spec s = spec_of(prompt, name);
      std::set<std::string> seen;
      for (const Beat& b : s.beats) {
        EXPECT_FALSE(b.caption.empty()) << name << " " << b.name;
        EXPECT_TRUE(seen.insert(b.caption).second) << b.caption;
        std::size_t width = b.role == "opening" ? 22 : 28, lines = 1, start = 0;
        for (std::size_t nl = b.caption.find('\n'); nl != b.caption.npos; nl = b.caption.find('\n', start), ++lines) {
          EXPECT_LE(spec::count_code_points(b.caption.substr(start, nl - start)), width);
          start = nl + 1;
        }
        EXPECT_LE(spec::count_code_points(b.caption.substr(start)), width) << b.caption;
        EXPECT_LE(lines, 2u);
        EXPECT_EQ(b.caption.find_first_of("0123456789$%{}"), std::string::npos) << b.caption;
      }
    }
}

TEST(Captions, DependOnPlaceAndTime) {
  EXPECT_EQ(spec_of("a steel bottle on a mountain at sunrise").beats[0].caption, "Before the world wakes");
  EXPECT_EQ(spec_of("a mug in a cafe in the morning").beats[0].caption, "Mornings taste\nbetter slow");
  EXPECT_NE(spec_of("a car on a city street at night").beats[0].caption,
            spec_of("a car on the beach").beats[0].caption);
}

// Each row can be reached, fits its lines, and claims nothing.
TEST(Captions, EveryRowFits) {
  for (std::string_view language : spec::kCaptionLanguages)
    for (const spec::CaptionRow& row : spec::caption_rows(language)) {
      EXPECT_FALSE(spec::wrapped(row.text, row.purpose == "opening" ? 22 : 28, 2).empty()) << row.text;
      EXPECT_EQ(row.text.find_first_of("0123456789$%"), row.text.npos) << row.text;
      for (std::string_view claim :
           {"best", "free", "guarantee", "cheap", "first ever", "proven", "better than", "number one"})
        EXPECT_EQ(spec::folded(row.text).find(claim), std::string::npos) << row.text;
    }
}

// A film of five beats in any language has words for each of them.
TEST(Captions, EveryLanguageHasAnyLine) {
  for (std::string_view language : spec::kCaptionLanguages)
    for (std::string_view purpose : {"opening", "detail", "use", "motion", "change", "message", "brand", "closing"}) {
      auto rows = spec::caption_rows(language);
      EXPECT_TRUE(std::any_of(rows.begin(), rows.end(), [&](const spec::CaptionRow& row) {
        return row.purpose == purpose && row.place.empty() && row.time.empty() && row.category.empty() &&
               row.mood.empty() && row.text.find('{') == row.text.npos;
      })) << language << " " << purpose;
    }
}

TEST(Captions, SayWhatThePromptSaysForTheProduct) {
  Spec s = spec_of("an insulated bottle that keeps coffee hot for 12 hours, in an office");
  std::string all;
  for (const Beat& b : s.beats) all += b.caption + "|";
  EXPECT_NE(all.find("Keeps coffee hot\nfor 12 hours"), all.npos) << all;
  EXPECT_NE(all.find("Insulated"), all.npos) << all;
}

TEST(Prompts, ClipTextsAreShortAndComplete) {
  Spec s = spec_of("a red steel bottle on a mountain at sunrise");
  for (const Beat& b : s.beats) {
    EXPECT_EQ(b.prompt.find('{'), std::string::npos) << b.prompt;
    EXPECT_NE(b.prompt.find("red"), std::string::npos) << b.prompt;
    EXPECT_LE(std::count(b.prompt.begin(), b.prompt.end(), ' '), 100) << b.prompt;
  }
}

TEST(Words, EveryShotAndCameraHasItsText) {
  for (std::string_view w : spec::kShots) EXPECT_FALSE(spec::shot_words(w).empty()) << w;
  for (std::string_view w : spec::kCameras) EXPECT_FALSE(spec::camera_words(w).empty()) << w;
}

// Every row of every table is found when a prompt is that phrase, and means its own value.
TEST(Tables, EveryRowIsReachable) {
  const std::pair<const char*, std::span<const spec::Row>> tables[] = {
      {"category", spec::category_rows()}, {"material", spec::material_rows()},  {"colour", spec::colour_rows()},
      {"place", spec::place_rows()},       {"time", spec::time_rows()},          {"music", spec::music_rows()},
      {"mood", spec::mood_rows()},         {"style", spec::style_rows()},        {"aspect", spec::aspect_rows()},
      {"template", spec::template_rows()}, {"length", spec::loose_length_rows()}};
  for (const auto& [name, rows] : tables)
    for (const spec::Row& row : rows) {
      spec::Prompt p = spec::read_prompt(std::string(row.phrase));
      auto hit = spec::match_at(p, rows, 0);
      ASSERT_TRUE(hit) << name << ": " << row.phrase;
      EXPECT_EQ(hit->last, p.words.size()) << name << ": " << row.phrase;
      EXPECT_EQ(hit->row->value, row.value)
          << name << ": \"" << row.phrase << "\" is hidden by \"" << hit->row->phrase << "\"";
    }
  for (const spec::Row& row : spec::place_rows()) EXPECT_EQ(spec::place_words(row.value).empty(), row.value.empty());
}

}  // namespace
}  // namespace vidgen
