// SPDX-License-Identifier: Apache-2.0
// Money is an integer count of micro-dollars (1 USD = 1,000,000). Thread-safety: values.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "vidgen/error.hpp"

VIDGEN_NAMESPACE_BEGIN

class Money {
 public:
  constexpr Money() = default;
  static constexpr Money micros(std::int64_t value) { return Money(value); }
  constexpr std::int64_t micros() const { return micros_; }
  constexpr double dollars() const { return static_cast<double>(micros_) / 1e6; }
  constexpr bool is_zero() const { return micros_ == 0; }
  // "$2.00", "$0.0055": at least two decimals, more only where they are not zero.
  VIDGEN_EXPORT std::string to_string() const;
  // Reads "2", "2.00", "$0.05". Refuses negative amounts and more than six decimals.
  VIDGEN_EXPORT static Result<Money> parse(std::string_view text);

  friend constexpr Money operator+(Money a, Money b) { return Money(a.micros_ + b.micros_); }
  friend constexpr Money operator-(Money a, Money b) { return Money(a.micros_ - b.micros_); }
  friend constexpr Money operator*(Money a, std::int64_t n) { return Money(a.micros_ * n); }
  constexpr Money& operator+=(Money b) {
    micros_ += b.micros_;
    return *this;
  }
  friend constexpr auto operator<=>(Money, Money) = default;

 private:
  constexpr explicit Money(std::int64_t micros) : micros_(micros) {}
  std::int64_t micros_ = 0;
};

// usd(2.00): rounded to the nearest micro-dollar.
constexpr Money usd(double dollars) {
  return Money::micros(static_cast<std::int64_t>(dollars * 1e6 + (dollars < 0 ? -0.5 : 0.5)));
}

VIDGEN_NAMESPACE_END
