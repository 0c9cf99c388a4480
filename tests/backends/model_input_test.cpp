// SPDX-License-Identifier: Apache-2.0
// What every row of models/ makes of the same request: nothing that the row does not name, all that it needs.
#include "backends/model_input.hpp"

#include <set>

#include "backends/support.hpp"
#include "vidgen/generation.hpp"

namespace vidgen::backends::test {
namespace {

const ModelSet& models() {
  static const ModelSet set = *ModelSet::load();
  return set;
}

CreateCall full_call(const ModelProfile& m) {
  CreateCall c;
  c.model = m;
  c.request.kind = m.kind;
  c.request.prompt = "a kettle boils";
  c.request.negative_prompt = "blur";
  if (!m.sizes.empty()) c.request.size = m.sizes.front();
  c.request.seconds = m.longest_seconds();
  c.seed = 0x7fffffffU;
  c.first_frame = "https://f.example.com/first.png";
  c.last_frame = "https://f.example.com/last.png";
  c.references.assign(static_cast<std::size_t>(std::max(1, m.references_max)) + 3, "https://f.example.com/ref.png");
  return c;
}

// The words that models/README.md names.
const std::set<std::string> kWords = {"prompt", "negative_prompt", "first_frame", "last_frame", "references",
                                      "seed",   "duration",        "frames",      "fps",        "width",
                                      "height", "aspect",          "ratio",       "resolution", "size",
                                      "audio",  "image_size",      "endpoint",    "max_tokens", "workflow"};

TEST(ModelInput, EveryRowUsesKnownWordsAndConstantsThatAreJson) {
  for (const auto& [name, m] : models().models)
    for (const auto& [word, field] : m.fields) {
      if (word.rfind('=', 0) == 0) {
        EXPECT_TRUE(Json::parse(field)) << name << " " << word;
        continue;
      }
      EXPECT_EQ(kWords.count(word), 1u) << name << " " << word;
      EXPECT_FALSE(field.empty()) << name;
    }
}

TEST(ModelInput, EveryRowSaysWhatItNeedsAndNothingElse) {
  for (const auto& [name, m] : models().models) {
    if (m.provider == "local" || m.kind == ModelKind::llm) continue;
    SCOPED_TRACE(name);
    const Json input = model_input(full_call(m));
    std::set<std::string> named;
    for (const auto& [word, field] : m.fields) named.insert(word.rfind('=', 0) == 0 ? word.substr(1) : field);
    for (const auto& [field, value] : input.members()) EXPECT_EQ(named.count(field), 1u) << field;
    EXPECT_EQ(input[m.fields.at("prompt")].as_string(), "a kettle boils");
    if (m.first_frame == Need::needs) {
      EXPECT_FALSE(input[m.fields.at("first_frame")].is_null());
    }
    if (m.seed_bits > 0) {
      const std::int64_t seed = input[m.fields.at("seed")].as_int(-1);
      EXPECT_GE(seed, 0);
      EXPECT_LE(seed, 0x7fffffff);
    }
  }
}

TEST(ModelInput, ARowWithoutASeedGetsNone) {
  for (const auto& [name, m] : models().models) {
    if (m.seed_bits > 0 || m.provider == "local") continue;
    EXPECT_EQ(model_input(full_call(m)).find("seed"), nullptr) << name;
  }
}

TEST(ModelInput, SeedsKeepToTheModelsBits) {
  CreateCall c = full_call(model("wan"));
  c.model.seed_bits = 16;
  EXPECT_EQ(model_input(c)["seed"].as_int(), 0xffff);
  c.model.seed_bits = 64;
  EXPECT_EQ(model_input(c)["seed"].as_int(), 0x7fffffff);
}

TEST(ModelInput, ConstantsWin) {
  CreateCall c = full_call(model("wan"));
  EXPECT_EQ(model_input(c)["num_frames"].as_int(), 81);
  c.model.fields["=prompt"] = "\"fixed\"";
  EXPECT_EQ(model_input(c)["prompt"].as_string(), "fixed");
}

TEST(ModelInput, LengthsComeInTheModelsUnit) {
  CreateCall c = full_call(model("wan"));
  c.model.duration.kind = Duration::Kind::range;
  c.model.fields = {{"duration", "n"}};
  c.model.duration.unit = "frames";
  c.request.seconds = 5;
  EXPECT_EQ(model_input(c)["n"].as_int(), 80);
  c.model.duration.unit = "s";
  EXPECT_EQ(model_input(c)["n"].as_int(), 5);
  c.request.seconds = Rational(11, 2);
  EXPECT_DOUBLE_EQ(model_input(c)["n"].as_double(), 5.5);
}

TEST(ModelInput, ReferencesKeepToWhatIsTaken) {
  CreateCall c = full_call(model("wan"));
  c.model.fields = {{"references", "refs"}};
  c.model.references_max = 3;
  EXPECT_EQ(model_input(c)["refs"].items().size(), 3u);
  c.model.references_max = 1;
  EXPECT_TRUE(model_input(c)["refs"].is_string());
}

TEST(ModelInput, SizesInEachWording) {
  EXPECT_EQ(aspect_words(Size(1280, 720)), "16:9");
  EXPECT_EQ(aspect_words(Size(832, 480)), "16:9");
  EXPECT_EQ(aspect_words(Size(480, 832)), "9:16");
  EXPECT_EQ(ratio_words(Size(1104, 832)), "1104:832");
  EXPECT_EQ(resolution_words(Size(720, 1280)), "720p");
}

TEST(ModelInput, ABriefForALanguageModelSurvivesAsJson) {
  GenerationRequest g;
  g.kind = ModelKind::llm;
  const std::string plain = to_json(g);
  EXPECT_EQ(plain.find("llm\":{"), std::string::npos);  // keys of other steps do not change
  g.llm.system = "s", g.llm.schema_name = "n", g.llm.schema = "{}", g.llm.max_tokens = 5;
  g.llm.earlier = "e", g.llm.repair = "r";
  auto back = generation_from_json(to_json(g));
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, g);
}

}  // namespace
}  // namespace vidgen::backends::test
