// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "spec/text.hpp"
#include "vidgen/spec.hpp"

namespace vidgen {
namespace {

std::string times(std::string_view s, int n) {
  std::string out;
  for (int i = 0; i < n; ++i) out += s;
  return out;
}

TEST(CleanPrompt, FoldsSpaceAndDropsWhatCannotBeSeen) {
  EXPECT_EQ(clean_prompt("  a\tmug \r\n on a\u00a0desk  ").value(), "a mug on a desk");
  EXPECT_EQ(clean_prompt(std::string("a\0mug\x1b[31m on a desk", 20)).value(), "amug[31m on a desk");
  EXPECT_EQ(clean_prompt("m\u200bu\u200bg and \u202edesk\u202c here").value(), "mug and desk here");
}

TEST(CleanPrompt, CountsCodePointsNotBytes) {
  EXPECT_TRUE(clean_prompt(times("\u6c34", 10)));
  EXPECT_TRUE(clean_prompt(times("\U0001F525", 1000)));
  auto few = clean_prompt(times("\u6c34", 9));
  ASSERT_FALSE(few);
  EXPECT_EQ(few.error().code(), Errc::input_refused);
  EXPECT_NE(few.error().message().find("9 characters"), std::string::npos);
  auto many = clean_prompt(times("\u6c34", 1001));
  ASSERT_FALSE(many);
  EXPECT_NE(many.error().message().find("1001 characters"), std::string::npos);
}

TEST(CleanPrompt, RefusesBytesThatAreNotUtf8) {
  for (const char* bad : {"a mug on a desk \xff", "a mug \xc0\xaf on a desk", "a mug on a desk \xed\xa0\x80",
                          "a mug on a \xf5 desk", "a mug on a desk \xe6\xb0"}) {
    auto r = clean_prompt(bad);
    ASSERT_FALSE(r) << bad;
    EXPECT_EQ(r.error().code(), Errc::input_refused);
    EXPECT_NE(r.error().message().find("UTF-8"), std::string::npos);
  }
}

TEST(Wrap, BreaksEvenlyAndKeepsTheLimit) {
  EXPECT_EQ(spec::wrapped("Empty streets, early light", 22, 2), "Empty streets,\nearly light");
  EXPECT_EQ(spec::wrapped("Lights down", 22, 2), "Lights down");
  EXPECT_EQ(spec::wrapped("unbreakableandfartoolongword", 22, 2), "");
  EXPECT_EQ(spec::wrapped("one two three four five six seven eight nine ten", 10, 2), "");
}

TEST(Fold, MakesAccentsPlain) {
  EXPECT_EQ(spec::folded("Caf\u00c9 \u2019n"), "cafe 'n");
}

}  // namespace
}  // namespace vidgen
