// SPDX-License-Identifier: Apache-2.0
#include "vidgen/template.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/files.hpp"
#include "base/json.hpp"
#include "make.hpp"
#include "spec/template_json.hpp"
#include "spec/upgrade.hpp"
#include "spec/words.hpp"

namespace vidgen {
namespace {

using base::Json;
using testing_spec::built_in;

const char kSmall[] = R"({"schema":"vidgen.template/1","name":"small","duration":4,"fps":25,
  "beats":[{"name":"a","start":0,"length":"3/2","shot":"wide","action":"look","camera":"pan","prompt":"x {product}","role":"opening","energy":"low"},
           {"name":"b","start":1.5,"length":2.5,"shot":"macro","action":"look","camera":"static","prompt":"y","role":"closing","energy":"high"}],
  "transitions":[{"kind":"fade","length":0.5}],"audio":{"style":"pop","tempo":"fast","mood":"calm"}})";

Json small() {
  return Json::parse(kSmall).value();
}

class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "vidgen_templates_XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  void write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories(std::filesystem::path(path_ + "/" + name).parent_path());
    std::ofstream(path_ + "/" + name) << text;
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

TEST(Templates, TheBuiltInOnesAreComplete) {
  const TemplateSet& set = built_in();
  EXPECT_EQ(set.templates.size(), 3u);
  EXPECT_EQ(set.archetypes.size(), 5u);
  EXPECT_EQ(set.beats.size(), 15u);
  EXPECT_EQ(set.luts.size(), 3u);
  for (const char* name : {"product_showcase", "lifestyle_ad", "announcement"}) {
    const Template* t = set.find(name);
    ASSERT_TRUE(t) << name;
    EXPECT_EQ(t->duration, Rational(30));
    EXPECT_EQ(t->beats.front().role, "opening");
    EXPECT_EQ(t->beats.back().role, "closing");
    EXPECT_TRUE(set.find_lut(t->grade.lut)) << name;
  }
  EXPECT_EQ(set.find("none such"), nullptr);
  EXPECT_EQ(set.find_lut("none such"), nullptr);
}

TEST(Templates, ShowcaseHasItsTimes) {
  const Template& t = *built_in().find("product_showcase");
  const std::pair<int, int> times[] = {{0, 3}, {3, 5}, {8, 7}, {15, 10}, {25, 5}};
  ASSERT_EQ(t.beats.size(), 5u);
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(t.beats[i].start, Rational(times[i].first));
    EXPECT_EQ(t.beats[i].length, Rational(times[i].second));
  }
  EXPECT_EQ(t.transitions[0].kind, "fade");
  EXPECT_EQ(t.transitions[0].length, Rational(1, 2));
  EXPECT_EQ(t.transitions[1].kind, "cut");
  EXPECT_EQ(t.grade.contrast, Rational(11, 10));
}

TEST(Templates, EveryArchetypeIsATemplateOfItsBeats) {
  for (const auto& [name, a] : built_in().archetypes) {
    Template t = spec::as_template(a, built_in());
    EXPECT_EQ(t.beats.size(), a.beats.size()) << name;
    EXPECT_EQ(t.transitions.size() + 1, t.beats.size()) << name;
    EXPECT_GE(t.duration, a.shortest) << name;
    EXPECT_FALSE(a.keywords.empty()) << name;
  }
}

TEST(Templates, ReadsFractionsAndDecimals) {
  auto t = spec::read_template(small());
  ASSERT_TRUE(t) << t.error().describe();
  EXPECT_EQ(t->beats[1].start, Rational(3, 2));
  EXPECT_EQ(t->beats[1].length, Rational(5, 2));
}

struct Bad {
  void (*spoil)(Json&);
  const char* says;
};

void set_in_beat(Json& j, const char* key, Json value) {
  Json beats = Json::array();
  for (std::size_t i = 0; i < j["beats"].items().size(); ++i) {
    Json beat = j["beats"].items()[i];
    if (i == 1) beat.set(key, value);
    beats.push(beat);
  }
  j.set("beats", beats);
}

TEST(Templates, ComplaintsNameThePlace) {
  const Bad all[] = {
      {[](Json& j) { j.set("extra", 1); }, "extra: is not a known key"},
      {[](Json& j) { set_in_beat(j, "extra", 1); }, "beats[1].extra: is not a known key"},
      {[](Json& j) { set_in_beat(j, "shot", "close-up"); },
       "beats[1].shot: \"close-up\" is not one of the known words; did you mean \"close_up\"?"},
      {[](Json& j) { set_in_beat(j, "camera", 5); }, "beats[1].camera: expected text"},
      {[](Json& j) { set_in_beat(j, "start", 2); }, "beats[1].start: expected 3/2"},
      {[](Json& j) { set_in_beat(j, "length", "1/7"); }, "beats[1].length: expected seconds"},
      {[](Json& j) { set_in_beat(j, "length", 2); }, "duration: the beats end at 7/2 s"},
      {[](Json& j) { set_in_beat(j, "name", "Not A Name"); }, "beats[1].name: expected a name"},
      {[](Json& j) { j.set("beats", Json::array()); }, "beats: expected 1 to 60"},
      {[](Json& j) { j.set("transitions", Json::array().push(Json::object().set("kind", "cut").set("length", 1))); },
       "transitions[0].length: a cut has no length"},
      {[](Json& j) { j.set("audio", "loud"); }, "audio: expected an object"},
      {[](Json& j) { j.set("size", "1921x1080"); }, "size: both sides must be even"},
      {[](Json& j) { j.set("fps", 1000); }, "fps: 1000 frames a second is outside"},
      {[](Json& j) { j.set("schema", "vidgen.template/9"); }, "newer than this library"},
      {[](Json& j) { j.set("schema", "something/1"); }, "schema: expected \"vidgen.template/1\""},
  };
  for (const Bad& bad : all) {
    Json j = small();
    bad.spoil(j);
    auto t = spec::read_template(j);
    ASSERT_FALSE(t) << bad.says;
    EXPECT_EQ(t.error().code(), Errc::template_invalid);
    EXPECT_NE(t.error().message().find(bad.says), std::string::npos) << t.error().message();
  }
}

TEST(TemplateFolder, OverridesByNameAndAdds) {
  Folder folder;
  std::string own = kSmall;
  folder.write("mine.json", own);
  folder.write("luts/night.cube", "TITLE \"night\"\n");
  folder.write("notes.txt", "not read");
  auto set = TemplateSet::load(folder.path());
  ASSERT_TRUE(set) << set.error().describe();
  EXPECT_TRUE(set->find("small"));
  EXPECT_TRUE(set->find("announcement"));
  EXPECT_EQ(*set->find_lut("night"), "TITLE \"night\"\n");
  own.replace(own.find("\"small\""), 7, "\"announcement\"");
  folder.write("mine.json", own);
  EXPECT_EQ(TemplateSet::load(folder.path())->find("announcement")->duration, Rational(4));
}

TEST(TemplateFolder, SaysWhichFileIsWrong) {
  Folder folder;
  folder.write("bad.json", R"({"schema":"vidgen.template/1","name":"x"})");
  auto set = TemplateSet::load(folder.path());
  ASSERT_FALSE(set);
  EXPECT_NE(set.error().describe().find("bad.json"), std::string::npos) << set.error().describe();
  EXPECT_NE(set.error().message().find("duration: is missing"), std::string::npos) << set.error().message();
  EXPECT_EQ(TemplateSet::load("/nowhere/at/all").error().code(), Errc::file_missing);
}

TEST(Upgrade, StepsLeadToTheCurrentVersion) {
  for (const spec::UpgradeStep& step : spec::upgrade_steps()) {
    int known = -1, follow = 0;
    for (const spec::SchemaVersion& row : spec::schema_versions())
      known = row.family == step.family ? row.current : known;
    ASSERT_GT(known, step.from) << step.family;
    for (const spec::UpgradeStep& next : spec::upgrade_steps())
      follow += next.family == step.family && next.from == step.from + 1 ? 1 : 0;
    EXPECT_EQ(follow, step.from + 1 == known ? 0 : 1) << step.family << "/" << step.from;
  }
}

TEST(Upgrade, ATemplateOfVersionZeroIsStillRead) {
  auto text = base::read_file(VIDGEN_SOURCE_DIR "/tests/spec/samples/template_0.json");
  ASSERT_TRUE(text);
  auto t = spec::read_template(Json::parse(*text).value());
  ASSERT_TRUE(t) << t.error().describe();
  EXPECT_EQ(t->size, Size(1920, 1080));
  EXPECT_EQ(t->beats[0].shot, "close_up");
  EXPECT_EQ(t->beats[0].camera, "push_in");
  EXPECT_EQ(t->beats[0].prompt, "The {product} in {style} light");
  EXPECT_EQ(t->beats[1].role, "closing");
  EXPECT_EQ(t->transitions[0].kind, "fade");
  EXPECT_EQ(t->audio.style, "cinematic");
  EXPECT_EQ(t->grade.lut, "cinematic_warm");
}

}  // namespace
}  // namespace vidgen
