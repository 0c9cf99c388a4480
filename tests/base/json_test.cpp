// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>

#include "base/random.hpp"

namespace vidgen::base {
namespace {

std::string nested(int levels) {
  std::string out(static_cast<std::size_t>(levels), '[');
  return out + std::string(static_cast<std::size_t>(levels), ']');
}

TEST(Json, RefusesWhatIsNotJson) {
  for (const char* text :
       {"",         " ",       "{",     "}",      "[1,]",      "{\"a\":1,}", "{a:1}",       "{'a':1}",
        "[1 2]",    "01",      "+1",    ".5",     "1.",        "1e",         "nan",         "NaN",
        "Infinity", "-",       "\"",    "\"\t\"", "\"\\x41\"", "\"\\u12\"",  "\"\\ud800\"", "tru",
        "nul",      "// a\n1", "[1] x", "{} {}",  "1 2",       "\"\xff\"",   "\"\xc3(\"",   "\"\xed\xa0\x80\""})
    EXPECT_EQ(Json::parse(text).error().code(), Errc::json_invalid) << text;
}

TEST(Json, RefusesAKeyThatStandsTwice) {
  EXPECT_EQ(Json::parse(R"({"a":1,"b":2,"a":3})").error().code(), Errc::json_invalid);
  EXPECT_TRUE(Json::parse(R"([{"a":1},{"a":1}])"));
}

TEST(Json, RefusesMoreThan64Levels) {
  EXPECT_TRUE(Json::parse(nested(64)));
  EXPECT_EQ(Json::parse(nested(65)).error().code(), Errc::json_invalid);
  EXPECT_EQ(Json::parse(nested(100000)).error().code(), Errc::json_invalid);
}

TEST(Json, KeepsMembersInTheirOrder) {
  const char* text = R"({"z":1,"a":[true,false,null,"x"],"m":{"k":-2.5}})";
  EXPECT_EQ(Json::parse(text).value().dump(), text);
}

TEST(Json, WritesTextSoThatItIsReadBack) {
  std::string all;
  for (int c = 0; c < 128; ++c) all += static_cast<char>(c);
  all += "é漢🎬\u2028";
  std::string dumped = Json(all).dump();
  EXPECT_EQ(Json::parse(dumped).value().as_string(), all);
  EXPECT_EQ(dumped.find('\n'), std::string::npos);
}

TEST(Json, WholeNumbersSurvive) {
  for (std::int64_t v : {std::int64_t{0}, std::int64_t{-1}, std::numeric_limits<std::int64_t>::max(),
                         std::numeric_limits<std::int64_t>::min(), (std::int64_t{1} << 53) + 1}) {
    Json back = Json::parse(Json(v).dump()).value();
    EXPECT_TRUE(back.is_int());
    EXPECT_EQ(back.as_int(), v);
  }
  // Above what int64 holds a number becomes text, so no reader rounds it.
  EXPECT_EQ(Json(std::numeric_limits<std::uint64_t>::max()).dump(), "\"18446744073709551615\"");
}

TEST(Json, FractionsSurviveToTheLastBit) {
  Random random(5);
  for (int i = 0; i < 50000; ++i) {
    double v = std::bit_cast<double>(random.next());
    if (!std::isfinite(v)) continue;
    EXPECT_EQ(Json::parse(Json(v).dump()).value().as_double(), v);
  }
  EXPECT_EQ(Json(0.1).dump(), "0.1");
  EXPECT_EQ(Json(std::nan("")).dump(), "null");
  EXPECT_EQ(Json(std::numeric_limits<double>::infinity()).dump(), "null");
}

TEST(Json, RationalsAreNumbersOrText) {
  EXPECT_EQ(Json(Rational(30)).dump(), "30");
  EXPECT_EQ(Json(Rational(30000, 1001)).dump(), "\"30000/1001\"");
}

TEST(Json, PrettyIsTheSameValue) {
  Json j = Json::parse(R"({"a":[1,[],{}],"b":{"c":"d"}})").value();
  EXPECT_EQ(Json::parse(j.dump_pretty()).value(), j);
  EXPECT_EQ(j.dump_pretty(), "{\n  \"a\": [\n    1,\n    [],\n    {}\n  ],\n  \"b\": {\n    \"c\": \"d\"\n  }\n}\n");
}

TEST(Json, SetReplacesAndPushAppends) {
  Json j;
  j.set("a", 1).set("b", 2).set("a", 3);
  EXPECT_EQ(j.dump(), R"({"a":3,"b":2})");
  Json list;
  list.push(1).push("x");
  EXPECT_EQ(list.dump(), R"([1,"x"])");
}

TEST(Json, GettersGiveTheDefaultForAnotherType) {
  Json j = Json::parse(R"({"a":"x"})").value();
  EXPECT_EQ(j["a"].as_int(7), 7);
  EXPECT_EQ(j["none"].as_string("d"), "d");
  EXPECT_TRUE(j["none"].is_null());
  EXPECT_TRUE(j["a"].items().empty());
  EXPECT_TRUE(Json(2).is_number());
  EXPECT_EQ(Json(2).as_double(), 2.0);
}

// Keys by the ten thousand must not take quadratic time: a hostile document of a megabyte has that many.
TEST(Json, ManyKeysAreReadInOneGo) {
  std::string text = "{";
  for (int i = 0; i < 200000; ++i) text += (i ? ",\"" : "\"") + std::to_string(i) + "\":0";
  Json j = Json::parse(text + "}").value();
  EXPECT_EQ(j.members().size(), 200000U);
  EXPECT_EQ(j.members().back().first, "199999");
}

}  // namespace
}  // namespace vidgen::base
