// SPDX-License-Identifier: Apache-2.0
#include "base/errc_named.hpp"
#include "vidgen/error.hpp"

#include <gtest/gtest.h>

#include <set>

#include "base/try.hpp"

namespace vidgen {
namespace {

constexpr Errc kAll[] = {
#define VIDGEN_ERRC(name, number, retryable, exit_code, text) Errc::name,
#include "vidgen/errc.def"
#undef VIDGEN_ERRC
};

TEST(Errc, EveryRowHasANumberANameAndASentenceOfItsOwn) {
  std::set<int> numbers;
  std::set<std::string_view> names, texts;
  for (Errc code : kAll) {
    const ErrcRow& row = errc_row(code);
    EXPECT_EQ(row.code, code);
    EXPECT_TRUE(numbers.insert(static_cast<int>(code)).second) << row.name;
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_TRUE(texts.insert(row.text).second) << row.text;
    EXPECT_GE(row.text.size(), 10U) << row.name;
  }
}

TEST(Errc, ExitCodesAreTheDocumentedOnes) {
  const std::set<int> documented = {1, 2, 4, 5, 6, 7, 130};
  for (Errc code : kAll) EXPECT_TRUE(documented.count(errc_row(code).exit_code)) << errc_row(code).name;
}

TEST(Errc, AnUnknownNumberIsUnknown) {
  EXPECT_EQ(errc_row(static_cast<Errc>(9999)).code, Errc::unknown);
}

TEST(Errc, ComesBackFromWhatAnErrorSaid) {
  for (const Errc code : kAll) {
    const Error back = base::error_described(Error(code, "why: so").describe());
    EXPECT_EQ(back.code(), code);
    EXPECT_EQ(back.message(), code == Errc::unknown ? "unknown: why: so" : "why: so");
  }
  EXPECT_EQ(base::error_described("budgets: too many").code(), Errc::unknown);
  EXPECT_EQ(base::error_described("").message(), "");
}

TEST(Error, SaysWhatWhereAndWhy) {
  Error inner(Errc::no_space, "cannot write a.mp4");
  Error outer = Error(Errc::verify_failed, "the film is short").in("export").because(inner);
  EXPECT_EQ(outer.describe(), "verify_failed: the film is short (export): no_space: cannot write a.mp4");
  EXPECT_FALSE(outer.retryable());
  EXPECT_TRUE(outer.cause()->retryable());
}

TEST(Error, KeepsTheInnermostPhase) {
  Error e = Error(Errc::io, "x").in("decode").in("export");
  EXPECT_EQ(e.phase(), "decode");
}

TEST(Result, HoldsAValueOrAnError) {
  Result<int> good = 7;
  Result<int> bad = Error(Errc::not_found, "no");
  EXPECT_EQ(*good, 7);
  EXPECT_EQ(bad.value_or(3), 3);
  EXPECT_FALSE(bad);
  EXPECT_FALSE(Result<int>());  // not set is an error
  EXPECT_TRUE(Status());        // nothing went wrong
}

TEST(Result, ValueThrowsTheErrorForThoseWhoLikeThat) {
  Result<int> bad = Error(Errc::not_found, "no such job");
  try {
    (void)bad.value();
    FAIL() << "did not throw";
  } catch (const Exception& e) {
    EXPECT_EQ(e.error().code(), Errc::not_found);
    EXPECT_STREQ(e.what(), "not_found: no such job");
  }
}

Result<int> half(int n) {
  if (n % 2 != 0) return Error(Errc::invalid_argument, "odd");
  return n / 2;
}
Status check_even(int n) {
  return n % 2 == 0 ? Status() : Status(Error(Errc::invalid_argument, "odd"));
}
Result<int> quarter(int n) {
  VIDGEN_TRY(h, half(n));
  VIDGEN_CHECK(check_even(h));
  VIDGEN_TRY(q, half(h));
  return q;
}

TEST(Try, ReturnsTheFirstError) {
  EXPECT_EQ(quarter(8).value(), 2);
  EXPECT_EQ(quarter(6).error().message(), "odd");
  EXPECT_EQ(quarter(7).error().message(), "odd");
}

}  // namespace
}  // namespace vidgen
