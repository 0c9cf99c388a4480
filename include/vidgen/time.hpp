// SPDX-License-Identifier: Apache-2.0
// Time is integers: rational seconds, master frames, and samples at 48 kHz. Nothing here is a floating-point second.
//
// Thread-safety: values.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "vidgen/error.hpp"

VIDGEN_NAMESPACE_BEGIN

// A fraction in lowest terms with a positive denominator. Used for seconds (3/2 s) and for rates (30000/1001 frames
// a second). Arithmetic runs through 128 bits and saturates never: results that do not fit are a bug and asserted.
class Rational {
 public:
  constexpr Rational() = default;
  constexpr Rational(std::int64_t whole) : num_(whole) {}  // NOLINT: a whole number is a rational one
  VIDGEN_EXPORT Rational(std::int64_t num, std::int64_t den);

  constexpr std::int64_t num() const { return num_; }
  constexpr std::int64_t den() const { return den_; }
  constexpr double to_double() const { return static_cast<double>(num_) / static_cast<double>(den_); }
  // "30", "30000/1001"
  VIDGEN_EXPORT std::string to_string() const;
  // Reads "30", "29.97" (becomes 30000/1001), "30000/1001", "0.5". Refuses text, zero denominators, NaN.
  VIDGEN_EXPORT static Result<Rational> parse(std::string_view text);

  friend VIDGEN_EXPORT Rational operator+(Rational a, Rational b);
  friend VIDGEN_EXPORT Rational operator-(Rational a, Rational b);
  friend VIDGEN_EXPORT Rational operator*(Rational a, Rational b);
  friend VIDGEN_EXPORT Rational operator/(Rational a, Rational b);
  friend VIDGEN_EXPORT std::strong_ordering operator<=>(Rational a, Rational b);
  friend constexpr bool operator==(Rational, Rational) = default;

  // Rounded to a whole number.
  VIDGEN_EXPORT std::int64_t floor() const;
  VIDGEN_EXPORT std::int64_t ceil() const;
  VIDGEN_EXPORT std::int64_t round() const;  // halves away from zero

 private:
  std::int64_t num_ = 0;
  std::int64_t den_ = 1;
};

// A count of frames of the finished film, or the index of one (the first is 0).
using Frames = std::int64_t;
// A count of samples a channel at 48 kHz.
using Samples = std::int64_t;

inline constexpr std::int64_t kSampleRate = 48000;

// The nearest frame to an absolute time. Round boundaries from absolute time; never add up rounded lengths.
VIDGEN_EXPORT Frames frame_at(Rational seconds, Rational fps);
VIDGEN_EXPORT Rational seconds_at(Frames frame, Rational fps);
// The nearest sample to the start of a frame.
VIDGEN_EXPORT Samples sample_at(Frames frame, Rational fps);

// Pixels.
struct Size {
  constexpr Size() = default;
  constexpr Size(int w, int h) : width(w), height(h) {}
  int width = 0;
  int height = 0;
  bool operator==(const Size&) const = default;
  bool empty() const { return width <= 0 || height <= 0; }
  VIDGEN_EXPORT std::string to_string() const;  // "1920x1080"
  VIDGEN_EXPORT static Result<Size> parse(std::string_view text);
};

VIDGEN_NAMESPACE_END
