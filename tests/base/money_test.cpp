// SPDX-License-Identifier: Apache-2.0
#include "vidgen/money.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace vidgen {
namespace {

TEST(Money, IsPrintedWithTwoDecimalsAndMoreOnlyWhereNeeded) {
  EXPECT_EQ(Money().to_string(), "$0.00");
  EXPECT_EQ(usd(2).to_string(), "$2.00");
  EXPECT_EQ(usd(0.1).to_string(), "$0.10");
  EXPECT_EQ(usd(0.0055).to_string(), "$0.0055");
  EXPECT_EQ(Money::micros(1).to_string(), "$0.000001");
  EXPECT_EQ(Money::micros(-1500000).to_string(), "-$1.50");
  EXPECT_EQ(Money::micros(-1).to_string(), "-$0.000001");
}

TEST(Money, IsReadAsPeopleWriteIt) {
  EXPECT_EQ(Money::parse("2").value(), usd(2));
  EXPECT_EQ(Money::parse("2.00").value(), usd(2));
  EXPECT_EQ(Money::parse("$0.05").value(), usd(0.05));
  EXPECT_EQ(Money::parse("0.000001").value(), Money::micros(1));
  EXPECT_EQ(Money::parse("1000000000").value(), Money::micros(1000000000000000));
}

TEST(Money, RefusesWhatIsNoAmount) {
  for (const char* text : {"",
                           "$",
                           "-1",
                           "-0.5",
                           "$-0.5",
                           "+1",
                           "1.1234567",
                           "1,50",
                           "1e3",
                           "two",
                           " 2",
                           "2 ",
                           "0x10",
                           "1.2.3",
                           "1.-5",
                           "1000000001",
                           "99999999999999999999",
                           "nan",
                           "2$",
                           "$$2"})
    EXPECT_EQ(Money::parse(text).error().code(), Errc::invalid_argument) << '"' << text << '"';
}

TEST(Money, PrintAndParseAreInverse) {
  base::Random random(7);
  for (int i = 0; i < 20000; ++i) {
    Money m = Money::micros(static_cast<std::int64_t>(random.below(1000000000000ULL)));
    EXPECT_EQ(Money::parse(m.to_string()).value(), m);
  }
}

TEST(Money, AddsUpExactly) {
  Money sum;
  for (int i = 0; i < 1000000; ++i) sum += usd(0.1);
  EXPECT_EQ(sum, usd(100000));
  EXPECT_EQ(usd(0.05) * 6, usd(0.3));
}

}  // namespace
}  // namespace vidgen
