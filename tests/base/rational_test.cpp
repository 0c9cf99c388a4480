// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cstdlib>
#include <limits>
#include <numeric>

#include "base/random.hpp"
#include "vidgen/time.hpp"

namespace vidgen {
namespace {

constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();

// A whole number of up to `bits` bits, small ones as likely as large ones.
std::int64_t some(base::Random& random, unsigned bits) {
  auto v = static_cast<std::int64_t>(random.next() >> (64 - bits + random.below(bits)));
  return random.below(2) == 0 ? v : -v;
}
Rational some_rational(base::Random& random, unsigned bits) {
  std::int64_t den = std::abs(some(random, bits));
  return Rational(some(random, bits), den == 0 ? 1 : den);
}

TEST(Rational, IsKeptInLowestTerms) {
  EXPECT_EQ(Rational(6, 4), Rational(3, 2));
  EXPECT_EQ(Rational(6, -4), Rational(-3, 2));
  EXPECT_EQ(Rational(0, -7).den(), 1);
  EXPECT_EQ(Rational(60000, 2002).to_string(), "30000/1001");
}

TEST(Rational, ReadsWhatPeopleWrite) {
  EXPECT_EQ(Rational::parse("30").value(), Rational(30));
  EXPECT_EQ(Rational::parse("29.97").value(), Rational(30000, 1001));
  EXPECT_EQ(Rational::parse("23.976").value(), Rational(24000, 1001));
  EXPECT_EQ(Rational::parse("59.94").value(), Rational(60000, 1001));
  EXPECT_EQ(Rational::parse("30000/1001").value(), Rational(30000, 1001));
  EXPECT_EQ(Rational::parse("0.5").value(), Rational(1, 2));
  EXPECT_EQ(Rational::parse("-0.25").value(), Rational(-1, 4));
  EXPECT_EQ(Rational::parse("6/4").value(), Rational(3, 2));
}

TEST(Rational, RefusesWhatIsNoNumber) {
  for (const char* text : {"",
                           "x",
                           "nan",
                           "inf",
                           "1/0",
                           "1/-2",
                           "/2",
                           "2/",
                           "1//2",
                           "1 ",
                           " 1",
                           "1.",
                           ".",
                           "1.2.3",
                           "1e3",
                           "1.-5",
                           "--1",
                           "9223372036854775808",
                           "-9223372036854775808",
                           "0.1234567890",
                           "123456789012345678.5",
                           "30fps",
                           "0x1e"})
    EXPECT_EQ(Rational::parse(text).error().code(), Errc::invalid_argument) << '"' << text << '"';
}

TEST(Rational, PrintAndParseAreInverse) {
  base::Random random(1);
  for (int i = 0; i < 20000; ++i) {
    Rational r = some_rational(random, 63);
    EXPECT_EQ(Rational::parse(r.to_string()).value(), r);
  }
}

TEST(Rational, KeepsTheLawsOfArithmetic) {
  base::Random random(2);
  for (int i = 0; i < 20000; ++i) {
    Rational a = some_rational(random, 20), b = some_rational(random, 20), c = some_rational(random, 20);
    EXPECT_EQ(a + b, b + a);
    EXPECT_EQ((a + b) - b, a);
    EXPECT_EQ(a * (b + c), a * b + a * c);
    if (b.num() != 0) {
      EXPECT_EQ(a / b * b, a);
    }
    EXPECT_EQ(std::gcd(a.num(), a.den()), 1);
  }
}

TEST(Rational, ComparesWithoutOverflow) {
  EXPECT_LT(Rational(kMax - 1, kMax), Rational(1));
  EXPECT_LT(Rational(kMax - 2, kMax - 1), Rational(kMax - 1, kMax));
  EXPECT_GT(Rational(-1, kMax), Rational(-1, kMax - 1));
  base::Random random(3);
  for (int i = 0; i < 20000; ++i) {
    Rational a = some_rational(random, 62), b = some_rational(random, 62);
    EXPECT_EQ(a<b, b> a);
    EXPECT_EQ(a == b, !(a < b) && !(b < a));
  }
}

TEST(Rational, RoundsAtTheLimitsToo) {
  EXPECT_EQ(Rational(3, 2).round(), 2);
  EXPECT_EQ(Rational(-3, 2).round(), -2);  // halves go away from zero
  EXPECT_EQ(Rational(-3, 2).floor(), -2);
  EXPECT_EQ(Rational(-3, 2).ceil(), -1);
  EXPECT_EQ(Rational(kMax, 2).round(), kMax / 2 + 1);
  EXPECT_EQ(Rational(-kMax, kMax - 1).floor(), -2);
  EXPECT_EQ(Rational(-kMax, kMax - 1).ceil(), -1);
  EXPECT_EQ(Rational(kMax, kMax - 1).ceil(), 2);
  EXPECT_EQ(Rational(kMax).round(), kMax);
}

TEST(Rational, RoundsToTheNeighbours) {
  base::Random random(4);
  for (int i = 0; i < 50000; ++i) {
    Rational r = some_rational(random, 62);
    std::int64_t low = r.floor(), high = r.ceil(), near = r.round();
    EXPECT_LE(Rational(low), r);
    EXPECT_GE(Rational(high), r);
    EXPECT_EQ(high - low, r.den() == 1 ? 0 : 1);
    EXPECT_TRUE(near == low || near == high);
    EXPECT_EQ(Rational(-r.num(), r.den()).round(), -near);
  }
}

// The sum of the lengths between rounded boundaries is the rounded whole, whatever the rate: nothing drifts.
TEST(Frames, BoundariesFromAbsoluteTimeNeverDrift) {
  for (Rational fps : {Rational(30), Rational(25), Rational(24000, 1001), Rational(30000, 1001), Rational(16)}) {
    Frames sum = 0;
    for (int i = 0; i < 1000; ++i) sum += frame_at(Rational(i + 1, 7), fps) - frame_at(Rational(i, 7), fps);
    EXPECT_EQ(sum, frame_at(Rational(1000, 7), fps));
    for (Frames f = 0; f < 5000; ++f) EXPECT_EQ(frame_at(seconds_at(f, fps), fps), f);
  }
  EXPECT_EQ(sample_at(30, 30), 48000);
  EXPECT_EQ(sample_at(1, Rational(30000, 1001)), 1602);  // 1601.6
}

TEST(Size, IsReadAndRefused) {
  EXPECT_EQ(Size::parse("1920x1080").value(), Size(1920, 1080));
  EXPECT_EQ(Size(640, 360).to_string(), "640x360");
  for (const char* text : {"", "x", "1920", "1920x", "x1080", "1920X1080", "1920x1080x2", "-16x16", "8x8", "9000x100",
                           "1920 x 1080", "99999999999999999999x16"})
    EXPECT_EQ(Size::parse(text).error().code(), Errc::invalid_argument) << '"' << text << '"';
}

}  // namespace
}  // namespace vidgen
