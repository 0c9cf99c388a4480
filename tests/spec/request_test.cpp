// SPDX-License-Identifier: Apache-2.0
#include "vidgen/request.hpp"

#include <gtest/gtest.h>

#include "make.hpp"
#include "spec/aspect.hpp"

namespace vidgen {
namespace {

Request good() {
  Request r;
  r.prompt = "a ceramic mug on a walnut desk";
  return r;
}

Request random_request(testing_spec::Dice& dice) {
  Request r;
  r.prompt = dice.word() + " and more " + dice.word();
  r.template_name = dice.word();
  if (dice.coin()) r.duration = std::chrono::milliseconds(dice.below(600001));
  if (dice.coin()) r.size = Size(16 + dice.below(8177), 16 + dice.below(8177));
  r.aspect = dice.word();
  if (dice.coin()) r.fps = Rational(1 + dice.below(120000), 1 + dice.below(1001));
  r.fps_mode = static_cast<FpsMode>(dice.below(3));
  for (int i = dice.below(4); i > 0; --i) r.images.push_back(dice.word());
  r.backend = dice.word();
  r.model = dice.word();
  r.continuity = static_cast<Continuity>(dice.below(6));
  if (r.continuity == Continuity::batch) r.batch = 1 + dice.below(600);
  r.quality = static_cast<Quality>(dice.below(3));
  r.preset = dice.word();
  if (dice.coin()) r.crf = dice.below(52);
  r.grade = dice.word();
  r.music_file = dice.word();
  r.cut_to_beat = dice.coin();
  r.stems = dice.coin();
  r.captions = dice.coin();
  if (dice.coin()) r.budget = Money::micros(dice.below(2000000000));
  r.on_ambiguous = static_cast<OnAmbiguous>(dice.below(3));
  if (dice.coin()) r.seed = dice.next();
  r.out = dice.word();
  return r;
}

TEST(RequestJson, RoundTripsWithTheSameBytes) {
  testing_spec::Dice dice(1);
  for (int i = 0; i < 2000; ++i) {
    Request r = random_request(dice);
    std::string json = to_json(r);
    auto back = request_from_json(json);
    ASSERT_TRUE(back) << json << " " << back.error().describe();
    EXPECT_EQ(*back, r) << json;
    EXPECT_EQ(to_json(*back), json);
  }
}

TEST(RequestJson, ComplaintsNameTheKey) {
  struct Bad {
    const char *json, *says;
  };
  for (const Bad& bad : std::initializer_list<Bad>{
           {R"({"schema":"vidgen.request/1"})", "prompt: is missing"},
           {R"({"schema":"vidgen.request/1","prompt":5})", "prompt: expected text"},
           {R"({"schema":"vidgen.request/1","prompt":"x","colour":"red"})", "colour: is not a known key"},
           {R"({"schema":"vidgen.request/1","prompt":"x","duration":"1/7"})", "duration: expected seconds"},
           {R"({"schema":"vidgen.request/1","prompt":"x","duration":-1})", "duration: expected seconds"},
           {R"({"schema":"vidgen.request/1","prompt":"x","size":"big"})", "size: \"big\" is not a size"},
           {R"({"schema":"vidgen.request/1","prompt":"x","quality":"best"})",
            "quality: \"best\" is none of draft, standard, final"},
           {R"({"schema":"vidgen.request/1","prompt":"x","continuity":"batch:0"})", "write batch:N"},
           {R"({"schema":"vidgen.request/1","prompt":"x","budget":"-1"})", "budget: "},
           {R"({"schema":"vidgen.request/1","prompt":"x","seed":-1})", "seed: expected a whole number"},
           {R"({"schema":"vidgen.request/2","prompt":"x"})", "newer than this library"},
           {R"({"prompt":"x"})", "schema: expected"}}) {
    auto r = request_from_json(bad.json);
    ASSERT_FALSE(r) << bad.json;
    EXPECT_NE(r.error().message().find(bad.says), std::string::npos) << bad.json << " said: " << r.error().message();
    for (const char* twice : {"quality: quality", "continuity: continuity"})
      EXPECT_EQ(r.error().message().find(twice), std::string::npos) << r.error().message();
  }
}

TEST(RequestWords, EveryEnumReadsWhatItWrites) {
  for (auto v : {FpsMode::duplicate, FpsMode::interpolate, FpsMode::native})
    EXPECT_EQ(parse_fps_mode(to_string(v)).value(), v);
  for (auto v : {Quality::draft, Quality::standard, Quality::final_}) EXPECT_EQ(parse_quality(to_string(v)).value(), v);
  for (auto v : {OnAmbiguous::ask, OnAmbiguous::retry, OnAmbiguous::fail})
    EXPECT_EQ(parse_on_ambiguous(to_string(v)).value(), v);
  for (auto v : {Continuity::beat, Continuity::take, Continuity::hybrid, Continuity::batch, Continuity::none,
                 Continuity::anchored}) {
    Request r;
    ASSERT_TRUE(parse_continuity(to_string(v), r));
    EXPECT_EQ(r.continuity, v);
    EXPECT_EQ(r.batch, 3);
  }
  Request r;
  ASSERT_TRUE(parse_continuity("batch:7", r));
  EXPECT_EQ(r.batch, 7);
  EXPECT_FALSE(parse_continuity("batch:x", r));
  EXPECT_EQ(r.batch, 7) << "a refused word changes nothing";
}

struct Refusal {
  void (*spoil)(Request&);
  Errc code;
  const char* says;
};

TEST(RequestCheck, RefusesWithTheWayOut) {
  ASSERT_TRUE(validate(good()));
  const Refusal all[] = {
      {[](Request& r) { r.prompt = "mug"; }, Errc::input_refused, "3 characters"},
      {[](Request& r) { r.size = Size(1921, 1080); }, Errc::invalid_argument, "the nearest to 1921x1080 is 1920x1080"},
      {[](Request& r) { r.size = Size(8, 1080); }, Errc::invalid_argument, "16 to 8192"},
      {[](Request& r) { r.size = Size(9000, 1080); }, Errc::invalid_argument, "16 to 8192"},
      {[](Request& r) { r.fps = Rational(0); }, Errc::invalid_argument, "1 to 120"},
      {[](Request& r) { r.fps = Rational(241, 2); }, Errc::invalid_argument, "1 to 120"},
      {[](Request& r) { r.duration = std::chrono::milliseconds(999); }, Errc::invalid_argument, "1 to 600 s"},
      {[](Request& r) { r.duration = std::chrono::milliseconds(600001); }, Errc::invalid_argument, "1 to 600 s"},
      {[](Request& r) { r.crf = 52; }, Errc::invalid_argument, "0 (lossless) to 51"},
      {[](Request& r) { r.crf = -1; }, Errc::invalid_argument, "0 (lossless) to 51"},
      {[](Request& r) { r.aspect = "5:4"; }, Errc::invalid_argument, "16:9, 9:16, 1:1, 4:5, 21:9"},
      {[](Request& r) { r.preset = "veryfats"; }, Errc::invalid_argument, "did you mean veryfast?"},
      {[](Request& r) { r.images.assign(9, "a.png"); }, Errc::invalid_argument, "at most 8"},
  };
  for (const Refusal& refusal : all) {
    Request r = good();
    refusal.spoil(r);
    Status s = validate(r);
    ASSERT_FALSE(s) << refusal.says;
    EXPECT_EQ(s.error().code(), refusal.code) << s.error().message();
    EXPECT_NE(s.error().message().find(refusal.says), std::string::npos) << s.error().message();
  }
}

TEST(Aspect, HasItsSizesAndDraftIsSmall) {
  EXPECT_EQ(spec::size_of_aspect("16:9"), Size(1920, 1080));
  EXPECT_EQ(spec::size_of_aspect("9:16"), Size(1080, 1920));
  EXPECT_EQ(spec::size_of_aspect("1:1"), Size(1080, 1080));
  EXPECT_EQ(spec::size_of_aspect("4:5"), Size(1080, 1350));
  EXPECT_EQ(spec::size_of_aspect("21:9"), Size(2520, 1080));
  EXPECT_EQ(spec::size_at(Size(1920, 1080), Quality::draft), Size(640, 360));
  EXPECT_EQ(spec::size_at(Size(1080, 1350), Quality::draft), Size(512, 640));
  EXPECT_EQ(spec::size_at(Size(2520, 1080), Quality::draft), Size(640, 274));
  EXPECT_EQ(spec::size_at(Size(320, 180), Quality::draft), Size(320, 180));
  EXPECT_EQ(spec::size_at(Size(1920, 1080), Quality::final_), Size(1920, 1080));
}

}  // namespace
}  // namespace vidgen
