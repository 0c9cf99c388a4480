// SPDX-License-Identifier: Apache-2.0
// The small public words: errors, rational time, sizes, money.
#include <charconv>
#include <cstdio>
#include <numeric>

#include "vidgen/asset.hpp"
#include "vidgen/error.hpp"
#include "vidgen/model.hpp"
#include "vidgen/money.hpp"
#include "vidgen/time.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

constexpr ErrcRow kRows[] = {
#define VIDGEN_ERRC(name, number, retryable, exit_code, text) {Errc::name, #name, retryable, exit_code, text},
#include "vidgen/errc.def"
#undef VIDGEN_ERRC
};

constexpr std::string_view kModelKinds[] = {"video", "image", "music", "llm", "speech", "upscale"};
constexpr std::string_view kPriceKinds[] = {"free",      "per_clip", "per_output_second", "per_gpu_second",
                                            "per_image", "per_run",  "per_token",         "per_character"};

using Wide = __int128;

// Reduces a fraction of 128-bit parts. A result that does not fit is a bug of the caller.
Rational reduced(Wide num, Wide den) {
  if (den < 0) {
    num = -num;
    den = -den;
  }
  Wide a = num < 0 ? -num : num, b = den;
  while (b != 0) {
    Wide t = a % b;
    a = b;
    b = t;
  }
  if (a > 1) {
    num /= a;
    den /= a;
  }
  assert(num <= INT64_MAX && num >= INT64_MIN && den <= INT64_MAX && den > 0);
  return Rational(static_cast<std::int64_t>(num), static_cast<std::int64_t>(den));
}

bool read_int(std::string_view s, std::int64_t& out) {
  auto [p, ec] = std::from_chars(s.data(), s.data() + s.size(), out);
  return ec == std::errc{} && p == s.data() + s.size() && !s.empty();
}

Error not_a_number(std::string_view text) {
  return Error(Errc::invalid_argument, "\"" + std::string(text.substr(0, 40)) + "\" is not a number");
}

}  // namespace

std::string_view to_string(ModelKind kind) {
  return kModelKinds[static_cast<std::size_t>(kind)];
}
std::string_view to_string(PriceKind kind) {
  return kPriceKinds[static_cast<std::size_t>(kind)];
}

const ErrcRow& errc_row(Errc code) {
  for (const ErrcRow& row : kRows)
    if (row.code == code) return row;
  return kRows[0];
}

Error Error::from(std::string provider, std::string request_id) const {
  auto origin = std::make_shared<ErrorOrigin>(this->origin());
  if (origin->provider.empty()) origin->provider = std::move(provider);
  if (origin->request_id.empty()) origin->request_id = std::move(request_id);
  Error e = *this;
  e.origin_ = std::move(origin);
  return e;
}

Error Error::after_spending(std::int64_t micros) const {
  auto origin = std::make_shared<ErrorOrigin>(this->origin());
  if (origin->cost_micros < 0) origin->cost_micros = micros;
  Error e = *this;
  e.origin_ = std::move(origin);
  return e;
}

std::string Error::describe() const {
  std::string out(errc_row(code_).name);
  out += ": " + message_;
  if (!phase_.empty()) out += " (" + phase_ + ")";
  if (cause_) out += ": " + cause_->describe();
  return out;
}

Rational::Rational(std::int64_t num, std::int64_t den) {
  assert(den != 0);
  std::int64_t g = std::gcd(num, den);
  if (g > 1) {
    num /= g;
    den /= g;
  }
  if (den < 0) {
    num = -num;
    den = -den;
  }
  num_ = num;
  den_ = den;
}

std::string Rational::to_string() const {
  return den_ == 1 ? std::to_string(num_) : std::to_string(num_) + "/" + std::to_string(den_);
}

Result<Rational> Rational::parse(std::string_view text) {
  std::int64_t a = 0, b = 1;
  if (auto slash = text.find('/'); slash != text.npos) {
    if (!read_int(text.substr(0, slash), a) || !read_int(text.substr(slash + 1), b) || b <= 0 || a == INT64_MIN)
      return not_a_number(text);
    return Rational(a, b);
  }
  // The NTSC rates people write in decimals.
  if (text == "23.976" || text == "23.98") return Rational(24000, 1001);
  if (text == "29.97") return Rational(30000, 1001);
  if (text == "59.94") return Rational(60000, 1001);
  auto dot = text.find('.');
  if (dot == text.npos) {
    if (!read_int(text, a) || a == INT64_MIN) return not_a_number(text);
    return Rational(a);
  }
  std::string digits = std::string(text.substr(0, dot)) + std::string(text.substr(dot + 1));
  std::size_t decimals = text.size() - dot - 1;
  if (decimals == 0 || decimals > 9 || digits.size() > 17 || !read_int(digits, a)) return not_a_number(text);
  for (std::size_t i = 0; i < decimals; ++i) b *= 10;
  return Rational(a, b);
}

Rational operator+(Rational a, Rational b) {
  return reduced(Wide(a.num()) * b.den() + Wide(b.num()) * a.den(), Wide(a.den()) * b.den());
}
Rational operator-(Rational a, Rational b) {
  return reduced(Wide(a.num()) * b.den() - Wide(b.num()) * a.den(), Wide(a.den()) * b.den());
}
Rational operator*(Rational a, Rational b) {
  return reduced(Wide(a.num()) * b.num(), Wide(a.den()) * b.den());
}
Rational operator/(Rational a, Rational b) {
  assert(b.num() != 0);
  return reduced(Wide(a.num()) * b.den(), Wide(a.den()) * b.num());
}
std::strong_ordering operator<=>(Rational a, Rational b) {
  Wide x = Wide(a.num()) * b.den(), y = Wide(b.num()) * a.den();
  return x < y ? std::strong_ordering::less : x > y ? std::strong_ordering::greater : std::strong_ordering::equal;
}

std::int64_t Rational::floor() const {
  return num_ / den_ - (num_ % den_ < 0 ? 1 : 0);
}
std::int64_t Rational::ceil() const {
  return num_ / den_ + (num_ % den_ > 0 ? 1 : 0);
}
std::int64_t Rational::round() const {
  if (num_ < 0) return -Rational(-num_, den_).round();
  Wide twice = Wide(num_) * 2 + den_;
  return static_cast<std::int64_t>(twice / (Wide(den_) * 2));
}

Frames frame_at(Rational seconds, Rational fps) {
  return (seconds * fps).round();
}
Rational seconds_at(Frames frame, Rational fps) {
  return Rational(frame) / fps;
}
Samples sample_at(Frames frame, Rational fps) {
  return (Rational(frame) / fps * Rational(kSampleRate)).round();
}

std::string Size::to_string() const {
  return std::to_string(width) + "x" + std::to_string(height);
}

Result<Size> Size::parse(std::string_view text) {
  auto x = text.find('x');
  std::int64_t w = 0, h = 0;
  if (x == text.npos || !read_int(text.substr(0, x), w) || !read_int(text.substr(x + 1), h) || w < 16 || h < 16 ||
      w > 8192 || h > 8192)
    return Error(Errc::invalid_argument, "\"" + std::string(text.substr(0, 40)) +
                                             "\" is not a size: write it as 1920x1080, each side 16 to 8192");
  return Size(static_cast<int>(w), static_cast<int>(h));
}

std::string Money::to_string() const {
  std::int64_t v = micros_ < 0 ? -micros_ : micros_;
  char buf[48];
  std::snprintf(buf, sizeof buf, "%s$%lld.%06lld", micros_ < 0 ? "-" : "", static_cast<long long>(v / 1000000),
                static_cast<long long>(v % 1000000));
  std::string s = buf;
  std::size_t two = s.find('.') + 3;
  while (s.size() > two && s.back() == '0') s.pop_back();
  return s;
}

Result<Money> Money::parse(std::string_view text) {
  std::string_view t = text;
  if (!t.empty() && t.front() == '$') t.remove_prefix(1);
  std::string_view whole = t.substr(0, t.find('.'));
  std::string_view part = t.find('.') == t.npos ? std::string_view() : t.substr(t.find('.') + 1);
  std::int64_t dollars = 0, micros = 0;
  std::string padded(part);
  padded.resize(6, '0');
  auto only_digits = [](std::string_view s) { return s.find_first_not_of("0123456789") == s.npos; };
  bool digits = only_digits(whole) && only_digits(part);
  if (!read_int(whole, dollars) || dollars > 1000000000 || part.size() > 6 || !digits || !read_int(padded, micros))
    return Error(Errc::invalid_argument,
                 "\"" + std::string(text.substr(0, 40)) + "\" is not an amount of US dollars: write it as 2.00");
  return Money::micros(dollars * 1000000 + micros);
}

std::string_view to_string(AssetKind kind) {
  switch (kind) {
    case AssetKind::image:
      return "image";
    case AssetKind::video:
      return "video";
    case AssetKind::audio:
      return "audio";
    case AssetKind::json:
      return "json";
    case AssetKind::other:
      return "other";
  }
  return "other";
}

VIDGEN_NAMESPACE_END
