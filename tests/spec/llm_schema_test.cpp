// SPDX-License-Identifier: Apache-2.0
// The schema that is sent: strict, within the limits of hosted structured output, and made from the tables.
#include "spec/llm_schema.hpp"

#include <algorithm>

#include "llm_make.hpp"
#include "spec/llm_words.hpp"
#include "spec/tables.hpp"
#include "spec/words.hpp"

namespace vidgen::testing_spec {
namespace {

struct Sizes {
  int depth = 0, properties = 0, words = 0;
  std::size_t characters = 0;
};

bool nullable(const Json& type) {
  return type.is_array() && type.items().size() == 2 && type.items()[1] == Json("null");
}

// Every rule of strict schemas, for this node and all below it.
void check(const Json& node, const std::string& path, int depth, Sizes& sizes) {
  sizes.depth = std::max(sizes.depth, depth);
  for (const auto& [key, value] : node.members()) {
    static const char* const kKnown[] = {"type",     "description",          "enum", "properties",
                                         "required", "additionalProperties", "items"};
    EXPECT_TRUE(std::find(std::begin(kKnown), std::end(kKnown), key) != std::end(kKnown)) << path << " has " << key;
  }
  ASSERT_NE(node.find("type"), nullptr) << path;
  if (const Json* words = node.find("enum")) {
    EXPECT_FALSE(words->items().empty()) << path;
    sizes.words += static_cast<int>(words->items().size());
    for (const Json& word : words->items()) sizes.characters += word.as_string().size();
    bool holds_null = std::count(words->items().begin(), words->items().end(), Json()) == 1;
    EXPECT_EQ(holds_null, nullable(node["type"])) << path;
  }
  if (const Json* items = node.find("items")) check(*items, path + "[]", depth, sizes);
  if (node["type"] != Json("object")) return;
  EXPECT_EQ(node["additionalProperties"], Json(false)) << path;
  const auto& properties = node["properties"].members();
  ASSERT_EQ(node["required"].items().size(), properties.size()) << path;
  for (std::size_t i = 0; i < properties.size(); ++i) {
    EXPECT_EQ(node["required"].items()[i].as_string(), properties[i].first) << path;
    sizes.properties++;
    sizes.characters += properties[i].first.size();
    check(properties[i].second, path + "." + properties[i].first, depth + 1, sizes);
  }
}

Json checked(const TemplateSet& set) {
  auto schema = Json::parse(spec::llm_schema(set));
  EXPECT_TRUE(schema);
  if (!schema) return {};
  EXPECT_EQ((*schema)["type"], Json("object"));
  Sizes sizes;
  check(*schema, "root", 1, sizes);
  EXPECT_LE(sizes.depth, 5);
  EXPECT_LE(sizes.properties, 100);
  EXPECT_LE(sizes.words, 1000);
  EXPECT_LE(sizes.characters, 15000u);
  return *schema;
}

bool lists(const Json& schema, const std::string& word) {
  return schema.dump().find("\"" + word + "\"") != std::string::npos;
}

TEST(LlmSchema, IsStrictAndWithinTheLimitsForEveryTemplateSet) {
  checked(built_in());
  checked(TemplateSet());
  TemplateSet own = built_in();
  own.archetypes.clear();
  Template film = own.templates.begin()->second;
  film.name = "my_own_film";
  film.audio.mood = "smoky";
  film.beats.front().name = "my_own_beat";
  own.templates[film.name] = film;
  Json schema = checked(own);
  for (const char* word : {"my_own_film", "my_own_beat", "smoky"}) EXPECT_TRUE(lists(schema, word)) << word;
  EXPECT_FALSE(lists(schema, "luxury_showcase"));
}

TEST(LlmSchema, HoldsEveryWordOfTheTables) {
  Json schema = checked(built_in());
  auto all = [&](std::span<const spec::Row> rows, bool names) {
    for (const spec::Row& row : rows) {
      std::string value(row.value);
      if (names) std::replace(value.begin(), value.end(), ' ', '_');
      bool wanted = !value.empty() && value != "none";
      EXPECT_TRUE(!wanted || lists(schema, value)) << value;
    }
  };
  all(spec::category_rows(), true);
  all(spec::place_rows(), true);
  all(spec::time_rows(), true);
  all(spec::music_rows(), true);
  all(spec::mood_rows(), false);
  all(spec::style_rows(), false);
  for (std::string_view w : spec::kShots) EXPECT_TRUE(lists(schema, std::string(w))) << w;
  for (std::string_view w : spec::kCameras) EXPECT_TRUE(lists(schema, std::string(w))) << w;
  for (const auto& [name, beat] : built_in().beats) EXPECT_TRUE(lists(schema, name)) << name;
  for (const auto& [name, film] : built_in().templates) EXPECT_TRUE(lists(schema, name)) << name;
  for (const auto& [name, film] : built_in().archetypes) EXPECT_TRUE(lists(schema, name)) << name;
}

TEST(LlmSchema, AsksForNoLengthModelPriceOrAddress) {
  Json schema = checked(built_in());
  for (const char* key : {"model", "budget", "duration", "frames", "fps", "size", "url", "images", "grade", "seed",
                          "caption", "captions", "transitions", "backend"})
    EXPECT_EQ(schema["properties"].find(key), nullptr) << key;
}

TEST(LlmSchema, IsTheSameBytesEveryTime) {
  EXPECT_EQ(spec::llm_schema(built_in()), spec::llm_schema(TemplateSet::load().value()));
}

TEST(LlmSchema, EveryRowIsThereAndBlankAnswersFollowIt) {
  Json schema = checked(built_in()), answer = blank();
  for (const spec::ProposedField& row : spec::proposed_fields()) {
    const Json& object = schema["properties"][row.object]["properties"];
    EXPECT_NE(object.find(row.key), nullptr) << spec::path_of(row);
    EXPECT_NE(answer[row.object].find(row.key), nullptr) << spec::path_of(row);
  }
  EXPECT_EQ(schema["properties"].members().size(), answer.members().size());
}

TEST(LlmSchema, WordsThatPeopleUseFindTheirWord) {
  spec::Vocabulary v = spec::vocabulary(built_in());
  EXPECT_EQ(spec::pick(v.cameras, "dolly in").word, "push_in");
  EXPECT_EQ(spec::pick(v.cameras, "Slow-Pan").word, "pan");
  EXPECT_EQ(spec::pick(v.shots, "close-up").word, "close_up");
  EXPECT_EQ(spec::pick(v.times, "golden hour").word, "golden");
  EXPECT_TRUE(spec::pick(v.shots, "wide").exact);
  EXPECT_FALSE(spec::pick(v.shots, "Wide").exact);
  EXPECT_EQ(spec::pick(v.shots, "http://example.org/x").word, "");
  EXPECT_EQ(spec::pick(v.shots, std::string(100000, 'w')).word, "");
}

}  // namespace
}  // namespace vidgen::testing_spec
