// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "base/json.hpp"
#include "make.hpp"
#include "spec/words.hpp"

namespace vidgen {
namespace {

using base::Json;
using testing_spec::Dice;
using testing_spec::mug;

template <std::size_t N>
std::string any_of(Dice& dice, const std::array<std::string_view, N>& list) {
  return std::string(list[static_cast<std::size_t>(dice.below(static_cast<int>(N)))]);
}

Beat random_beat(Dice& dice, Frames start) {
  Beat b;
  b.name = dice.word();
  b.start = start;
  b.length = 1 + dice.below(1000);
  b.shot = any_of(dice, spec::kShots);
  b.action = dice.word();
  b.camera = any_of(dice, spec::kCameras);
  b.prompt = dice.word();
  b.caption = dice.word();
  b.over = dice.word();
  b.role = any_of(dice, spec::kRoles);
  b.energy = any_of(dice, spec::kEnergies);
  return b;
}

void random_lists(Dice& dice, Spec& s) {
  for (int i = dice.below(6); i > 0; --i) {
    s.beats.push_back(random_beat(dice, s.frames));
    s.frames += s.beats.back().length;
    SpecTransition t;
    if (dice.coin()) t.kind = "fade";
    t.frames = dice.below(30);
    s.transitions.push_back(t);
    Reason r;
    r.field = dice.word();
    r.value = dice.word();
    r.why = dice.word();
    s.reasons.push_back(r);
    s.warnings.push_back(dice.word());
    s.images.push_back("sha256:" + dice.word());
    s.style.palette.push_back(dice.word());
  }
}

Spec random_spec(Dice& dice) {
  Spec s;
  if (dice.coin()) s.source = "llm";
  s.prompt = dice.word();
  s.template_name = dice.word();
  s.fps = Rational(1 + dice.below(120000), 1 + dice.below(1001));
  s.size = Size(16 + dice.below(8000), 16 + dice.below(8000));
  s.style.aesthetic = dice.word();
  s.style.mood = dice.word();
  s.style.lighting = dice.word();
  s.style.look = dice.word();
  s.style.bars = dice.word();
  s.product.name = dice.word();
  s.product.category = dice.word();
  s.product.brand = dice.word();
  s.product.material = dice.word();
  s.product.colour = dice.word();
  s.setting.place = dice.word();
  s.setting.time = dice.word();
  s.audio.style = dice.word();
  s.audio.tempo = dice.word();
  s.audio.mood = dice.word();
  if (dice.coin()) s.audio.bpm = Rational(80 + dice.below(200), 2);
  for (int i = dice.below(4); i > 0; --i) {
    MusicStretch stretch;
    stretch.start = dice.below(1000000);
    stretch.length = 1 + dice.below(1000000);
    stretch.source_in = dice.below(1000000);
    stretch.fade_in = dice.below(5000);
    stretch.fade_out = dice.below(5000);
    s.soundtrack.stretches.push_back(stretch);
  }
  if (dice.coin()) s.soundtrack.gain = Rational(1 + dice.below(20000), 10000);
  for (int i = dice.below(4); i > 0; --i) s.soundtrack.beats.push_back(dice.below(18000));
  random_lists(dice, s);
  s.grade.lut = dice.word();
  s.grade.contrast = Rational(dice.below(100), 1 + dice.below(100));
  s.seed = dice.next();
  if (dice.coin()) s.ext = R"({"a":[1,2.5,null],"beats[0].b":{"c":"d"}})";
  return s;
}

TEST(SpecJson, RoundTripsWithTheSameBytes) {
  Dice dice(2);
  for (int i = 0; i < 2000; ++i) {
    Spec s = random_spec(dice);
    std::string json = to_json(s);
    auto back = spec_from_json(json);
    ASSERT_TRUE(back) << json << " " << back.error().describe();
    EXPECT_EQ(*back, s) << json;
    EXPECT_EQ(to_json(*back), json);
  }
}

Json changed(void (*change)(Json&)) {
  Json j = Json::parse(to_json(mug())).value();
  change(j);
  return j;
}

void in_beat(Json& j, std::size_t at, const char* key, Json value) {
  Json beats = Json::array();
  for (std::size_t i = 0; i < j["beats"].items().size(); ++i) {
    Json beat = j["beats"].items()[i];
    if (i == at) beat.set(key, value);
    beats.push(beat);
  }
  j.set("beats", beats);
}

TEST(SpecJson, UnknownKeysAreKeptUnderExt) {
  Json j = changed([](Json& d) {
    d.set("director", "Ana");
    in_beat(d, 1, "mood_board", Json::array().push(1));
    Json style = d["style"];
    style.set("grain", 2.5);
    d.set("style", style);
  });
  auto s = spec_from_json(j.dump());
  ASSERT_TRUE(s) << s.error().describe();
  EXPECT_EQ(s->ext, R"({"director":"Ana","style.grain":2.5,"beats[1].mood_board":[1]})");
  std::string once = to_json(*s);
  EXPECT_EQ(to_json(spec_from_json(once).value()), once);
  EXPECT_TRUE(validate(*s));
}

TEST(SpecJson, ComplaintsNameThePath) {
  struct Bad {
    void (*spoil)(Json&);
    const char* says;
  };
  const Bad all[] = {
      {[](Json& d) { in_beat(d, 2, "length", "long"); }, "beats[2].length: expected a whole number"},
      {[](Json& d) { in_beat(d, 0, "shot", Json()); }, "beats[0].shot: expected text"},
      {[](Json& d) { d.set("beats", "none"); }, "beats: expected a list"},
      {[](Json& d) { d.set("style", 3); }, "style: expected an object"},
      {[](Json& d) { d.set("fps", "fast"); }, "fps: \"fast\" is not a number"},
      {[](Json& d) { d.set("frames", 1.5); }, "frames: expected a whole number"},
      {[](Json& d) { d.set("images", Json::array().push(5)); }, "images: expected a list of text"},
      {[](Json& d) { d.set("ext", "x"); }, "ext: expected an object"},
      {[](Json& d) { d.set("seed", "-1"); }, "seed: expected a whole number"},
      {[](Json& d) { d.set("schema", "vidgen.spec/2"); }, "newer than this library"},
  };
  for (const Bad& bad : all) {
    auto s = spec_from_json(changed(bad.spoil).dump());
    ASSERT_FALSE(s) << bad.says;
    EXPECT_EQ(s.error().code(), Errc::spec_invalid);
    EXPECT_NE(s.error().message().find(bad.says), std::string::npos) << s.error().message();
  }
  EXPECT_EQ(spec_from_json("{").error().code(), Errc::json_invalid);
}

struct Refusal {
  void (*spoil)(Spec&);
  const char* says;
};

TEST(SpecCheck, NamesWhatIsWrong) {
  ASSERT_TRUE(validate(mug()));
  const Refusal all[] = {
      {[](Spec& s) { s.schema = "x"; }, "schema: "},
      {[](Spec& s) { s.source = "oracle"; }, "source: "},
      {[](Spec& s) { s.frames = 0; }, "frames: 0 is outside 30 to 18000"},
      {[](Spec& s) { s.frames = 18001; }, "frames: 18001 is outside"},
      {[](Spec& s) { s.fps = Rational(0); }, "fps: "},
      {[](Spec& s) { s.size = Size(1920, 1081); }, "the nearest to 1920x1081 is 1920x1080"},
      {[](Spec& s) { s.beats.clear(); }, "beats: expected 1 to 60, found 0"},
      {[](Spec& s) { s.beats.resize(61, s.beats[0]); }, "beats: expected 1 to 60, found 61"},
      {[](Spec& s) { s.beats[1].start += 1; }, "beats[1].start: expected"},
      {[](Spec& s) { s.beats.back().length += 1; }, "beats: they end at frame"},
      {[](Spec& s) { s.beats[0].length = -5; }, "beats[0].length: must be above 0"},
      {[](Spec& s) { s.beats[0].shot = "selfie"; }, "beats[0].shot: \"selfie\" is none of wide"},
      {[](Spec& s) { s.beats[0].camera = ""; }, "beats[0].camera: "},
      {[](Spec& s) { s.beats[0].caption = std::string("a\x07"); }, "beats[0].caption: holds a control character"},
      {[](Spec& s) { s.beats[0].prompt = std::string(2001, 'a'); }, "beats[0].prompt: is longer than 2000"},
      {[](Spec& s) { s.transitions.pop_back(); }, "transitions: expected one between"},
      {[](Spec& s) {
         s.transitions[0].kind = "fade";
         s.transitions[0].frames = 1;
       },
       "transitions[0].frames: 1 is outside 2"},
      {[](Spec& s) {
         s.transitions[0].kind = "fade";
         s.transitions[0].frames = 5000;
       },
       "transitions[0].frames: 5000"},
      {[](Spec& s) { s.images.assign(1, "/etc/passwd"); }, "images[0]: expected sha256:"},
      {[](Spec& s) { s.grade.lut = "../x.cube"; }, "grade.lut: "},
      {[](Spec& s) { s.ext = "[]"; }, "ext: expected one JSON object"},
      {[](Spec& s) {
         s.source = "llm";
         s.beats[0].prompt = "see https://evil.example";
       },
       "holds \"://\""},
  };
  for (const Refusal& refusal : all) {
    Spec s = mug();
    refusal.spoil(s);
    Status status = validate(s);
    ASSERT_FALSE(status) << refusal.says;
    EXPECT_EQ(status.error().code(), Errc::spec_invalid);
    EXPECT_NE(status.error().message().find(refusal.says), std::string::npos) << status.error().message();
  }
}

}  // namespace
}  // namespace vidgen
