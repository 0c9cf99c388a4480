// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "base/json.hpp"

namespace vidgen::base {
namespace {

Json json(const char* text) {
  return Json::parse(text).value();
}

TEST(Reader, TakesEveryType) {
  Json j =
      json(R"({"s":"x","b":true,"i":-3,"l":9007199254740993,"d":0.5,"r":"30000/1001","z":"640x360","v":["a","b"]})");
  std::string s;
  bool b = false;
  int i = 0;
  std::int64_t l = 0;
  double d = 0;
  Rational r;
  Size z;
  std::vector<std::string> v;
  Reader reader(j, Errc::spec_invalid);
  reader.get("s", s).get("b", b).get("i", i).get("l", l).get("d", d).get("r", r).get("z", z).get("v", v);
  ASSERT_TRUE(reader.finish(true));
  EXPECT_EQ(s, "x");
  EXPECT_TRUE(b);
  EXPECT_EQ(i, -3);
  EXPECT_EQ(l, 9007199254740993);
  EXPECT_EQ(d, 0.5);
  EXPECT_EQ(r, Rational(30000, 1001));
  EXPECT_EQ(z, Size(640, 360));
  EXPECT_EQ(v, (std::vector<std::string>{"a", "b"}));
}

TEST(Reader, RationalsMayBeNumbers) {
  Json j = json(R"({"a":30,"b":29.97,"c":0.5})");
  Rational a, b, c;
  Reader reader(j, Errc::spec_invalid);
  reader.get("a", a).get("b", b).get("c", c);
  ASSERT_TRUE(reader.finish(true));
  EXPECT_EQ(a, Rational(30));
  EXPECT_EQ(b, Rational(30000, 1001));
  EXPECT_EQ(c, Rational(1, 2));
}

// What is wrong, and what is said: code, whole path of the member, what was expected.
template <class T>
std::string complaint(const char* text, const char* key, T out) {
  Json j = json(text);
  Reader reader(j, Errc::template_invalid, "beats[2]");
  reader.get(key, out);
  Status status = reader.finish(false);
  if (status) return "nothing";
  EXPECT_EQ(status.error().code(), Errc::template_invalid);
  return status.error().message();
}

TEST(Reader, ComplaintsNameThePath) {
  EXPECT_EQ(complaint(R"({"shot":3})", "shot", std::string()), "beats[2].shot: expected text");
  EXPECT_EQ(complaint(R"({})", "shot", std::string()), "beats[2].shot: is missing");
  EXPECT_EQ(complaint(R"({"n":1.5})", "n", 0), "beats[2].n: expected a whole number");
  EXPECT_EQ(complaint(R"({"n":3000000000})", "n", 0), "beats[2].n: is out of range");
  EXPECT_EQ(complaint(R"({"n":"1"})", "n", 0.0), "beats[2].n: expected a number");
  EXPECT_EQ(complaint(R"({"n":1})", "n", false), "beats[2].n: expected true or false");
  EXPECT_EQ(complaint(R"({"n":"a"})", "n", std::vector<std::string>()), "beats[2].n: expected a list");
  EXPECT_EQ(complaint(R"({"n":[1]})", "n", std::vector<std::string>()), "beats[2].n: expected a list of text");
  EXPECT_NE(complaint(R"({"n":"fast"})", "n", Rational()).find("beats[2].n: \"fast\" is not a number"),
            std::string::npos);
  EXPECT_NE(complaint(R"({"n":"huge"})", "n", Size()).find("beats[2].n: \"huge\" is not a size"), std::string::npos);
}

TEST(Reader, TheFirstComplaintWins) {
  Json j = json(R"({"a":1,"b":2})");
  std::string a, b;
  Reader reader(j, Errc::spec_invalid);
  reader.get("a", a).get("b", b).fail("c", "too");
  EXPECT_EQ(reader.finish(true).error().message(), "a: expected text");
}

TEST(Reader, AWrongValueLeavesTheDefault) {
  Json j = json(R"({"i":3000000000,"s":1,"r":"x"})");
  int i = 7;
  std::string s = "d";
  Rational r = 5;
  Reader reader(j, Errc::spec_invalid);
  reader.get("i", i).get("s", s).get("r", r);
  EXPECT_FALSE(reader.finish(false));
  EXPECT_EQ(i, 7);
  EXPECT_EQ(s, "d");
  EXPECT_EQ(r, Rational(5));
}

TEST(Reader, OptionalMembersMayBeMissingOrNull) {
  Json j = json(R"({"b":null,"c":4})");
  int a = 1, b = 2, c = 3;
  Reader reader(j, Errc::spec_invalid);
  reader.opt("a", a).opt("b", b).opt("c", c);
  ASSERT_TRUE(reader.finish(true));
  EXPECT_EQ(a, 1);
  EXPECT_EQ(b, 2);
  EXPECT_EQ(c, 4);
}

TEST(Reader, AClosedObjectRefusesWhatItDoesNotKnow) {
  Json j = json(R"({"a":1,"colour":"red"})");
  int a = 0;
  Reader open(j, Errc::spec_invalid, "style");
  open.get("a", a);
  EXPECT_TRUE(open.finish(false));
  EXPECT_EQ(open.rest().dump(), R"({"colour":"red"})");
  Status status = open.finish(true);
  ASSERT_FALSE(status);
  EXPECT_NE(status.error().message().find("style.colour"), std::string::npos) << status.error().message();
}

TEST(Reader, WhatIsNoObjectIsSaid) {
  Json j = json("[1]");
  int a = 0;
  Reader reader(j, Errc::spec_invalid, "beats");
  reader.get("a", a);
  EXPECT_EQ(reader.finish(false).error().message(), "beats: expected an object");
}

}  // namespace
}  // namespace vidgen::base
