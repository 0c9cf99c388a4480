// SPDX-License-Identifier: Apache-2.0
#include "flow/wait.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include "flow/words.hpp"

namespace vidgen::flow {
namespace {

constexpr std::int64_t kNano = 1'000'000'000;

// Reads forward through a text. Every method leaves the place alone when it does not find what it looks for.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}
  bool done() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }

  void blanks() {
    while (!rest_.empty() && is_blank(rest_.front())) rest_.remove_prefix(1);
  }
  bool skip(std::string_view word) {
    if (!begins(rest_, word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  // Digits; more than fit saturate at 10^12, which every caller clamps.
  std::optional<std::int64_t> whole() {
    if (rest_.empty() || !is_digit(rest_.front())) return std::nullopt;
    std::int64_t v = 0;
    while (!rest_.empty() && is_digit(rest_.front())) {
      v = std::min<std::int64_t>(v * 10 + (rest_.front() - '0'), 1'000'000'000'000);
      rest_.remove_prefix(1);
    }
    return v;
  }
  // "12" or "1.5", in units of 1/1000.
  std::optional<std::int64_t> thousandths() {
    const auto v = whole();
    if (!v) return std::nullopt;
    std::int64_t part = 0, scale = 100;
    if (rest_.size() > 1 && rest_[0] == '.' && is_digit(rest_[1])) {
      rest_.remove_prefix(1);
      for (; !rest_.empty() && is_digit(rest_.front()); rest_.remove_prefix(1), scale /= 10)
        part += scale * (rest_.front() - '0');
    }
    return *v * 1000 + part;
  }
  std::string_view letters() {
    std::size_t n = 0;
    while (n < rest_.size() && lower(rest_[n]) >= 'a' && lower(rest_[n]) <= 'z') ++n;
    const std::string_view word = rest_.substr(0, n);
    rest_.remove_prefix(n);
    return word;
  }

 private:
  std::string_view rest_;
};

struct Unit {
  std::string_view name;
  std::int64_t nanos;
};
constexpr Unit kUnits[] = {{"ns", 1},
                           {"us", 1000},
                           {"ms", 1'000'000},
                           {"milliseconds", 1'000'000},
                           {"s", kNano},
                           {"sec", kNano},
                           {"secs", kNano},
                           {"second", kNano},
                           {"seconds", kNano},
                           {"m", 60 * kNano},
                           {"min", 60 * kNano},
                           {"mins", 60 * kNano},
                           {"minute", 60 * kNano},
                           {"minutes", 60 * kNano},
                           {"h", 3600 * kNano},
                           {"hour", 3600 * kNano},
                           {"hours", 3600 * kNano},
                           {"d", 86400 * kNano},
                           {"day", 86400 * kNano},
                           {"days", 86400 * kNano}};

const Unit* unit_of(std::string_view word) {
  for (const Unit& u : kUnits)
    if (u.name.size() == word.size() && begins(word, u.name)) return &u;
  return nullptr;
}

Nanos clamped(std::int64_t thousandths, std::int64_t unit) {
  // The largest count that matters is far below what would run over.
  const std::int64_t most = kLongestWait.count() / unit * 1000 + 1000;
  const std::int64_t t = std::min(thousandths, most);
  const std::int64_t nanos = unit >= 1000 ? unit / 1000 * t : t * unit / 1000;
  return std::clamp(Nanos(nanos), Nanos(0), kLongestWait);
}

// The longest duration that stands at the scanner: "1m2s", "20 seconds". `bare`: a number alone is seconds.
std::optional<Nanos> duration_at(Scanner& in, bool bare) {
  Nanos sum(0);
  bool any = false;
  for (;;) {
    Scanner next = in;
    next.blanks();
    const auto count = next.thousandths();
    if (!count) break;
    const Scanner number_only = next;
    next.blanks();
    const Unit* unit = unit_of(next.letters());
    if (!unit) {
      if (any || !bare) break;
      in = number_only;
      return clamped(*count, kNano);
    }
    sum = std::min(sum + clamped(*count, unit->nanos), kLongestWait);
    any = true;
    in = next;
  }
  if (!any) return std::nullopt;
  return sum;
}

struct Civil {
  std::int64_t year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  std::optional<std::int64_t> unix_seconds() const {
    if (year < 1970 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
    if (hour > 23 || minute > 59 || second > 60) return std::nullopt;
    const std::chrono::sys_days date = std::chrono::year(static_cast<int>(year)) /
                                       static_cast<int>(month) / static_cast<int>(day);
    return date.time_since_epoch().count() * 86400LL + hour * 3600 + minute * 60 + second;
  }
};

bool month_at(Scanner& in, Civil& c) {
  constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                        "jul", "aug", "sep", "oct", "nov", "dec"};
  for (std::size_t i = 0; i < kMonths.size(); ++i)
    if (in.skip(kMonths[i])) {
      c.month = static_cast<std::int64_t>(i) + 1;
      return true;
    }
  return false;
}

bool number_at(Scanner& in, std::int64_t& out) {
  const auto v = in.whole();
  if (v) out = *v;
  return v.has_value();
}

bool clock_at(Scanner& in, Civil& c) {
  return number_at(in, c.hour) && in.skip(":") && number_at(in, c.minute) && in.skip(":") && number_at(in, c.second);
}

bool iso_at(Scanner& in, Civil& c) {
  if (!number_at(in, c.year) || !in.skip("-") || !number_at(in, c.month) || !in.skip("-")) return false;
  if (!number_at(in, c.day) || !(in.skip("t") || in.skip(" ")) || !clock_at(in, c)) return false;
  if (in.skip(".")) (void)in.whole();
  return in.skip("z") || in.skip("+00:00");
}

// "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"
bool http_date_at(Scanner& in, Civil& c) {
  if (in.letters().empty()) return false;
  const bool comma = in.skip(",");
  in.blanks();
  if (!comma) {
    if (!month_at(in, c)) return false;
    in.blanks();
    if (!number_at(in, c.day)) return false;
    in.blanks();
    if (!clock_at(in, c)) return false;
    in.blanks();
    return number_at(in, c.year);
  }
  if (!number_at(in, c.day) || !(in.skip("-") || in.skip(" ")) || !month_at(in, c)) return false;
  if (!(in.skip("-") || in.skip(" ")) || !number_at(in, c.year)) return false;
  if (c.year < 100) c.year += c.year < 70 ? 2000 : 1900;
  in.blanks();
  if (!clock_at(in, c)) return false;
  in.blanks();
  return in.skip("gmt") || in.skip("utc");
}

}  // namespace

std::optional<Nanos> parse_duration(std::string_view text) {
  Scanner in(trim(bounded(text)));
  const auto length = duration_at(in, true);
  if (!length || !in.done()) return std::nullopt;
  return length;
}

std::optional<std::int64_t> parse_http_date(std::string_view text) {
  text = trim(bounded(text));
  for (auto* form : {&iso_at, &http_date_at}) {
    Scanner in(text);
    Civil c;
    if (form(in, c) && in.done()) return c.unix_seconds();
  }
  return std::nullopt;
}

std::optional<Nanos> parse_retry_after(std::string_view value, std::int64_t now_unix) {
  value = trim(bounded(value));
  if (!value.empty() && is_digit(value.front()))
    if (const auto seconds = parse_duration(value)) return seconds;
  const auto date = parse_http_date(value);
  if (!date) return std::nullopt;
  now_unix = std::clamp<std::int64_t>(now_unix, 0, 1LL << 40);
  return std::chrono::seconds(std::clamp<std::int64_t>(*date - now_unix, 0, kLongestWait / std::chrono::seconds(1)));
}

std::optional<Nanos> wait_in_words(std::string_view text) {
  constexpr std::string_view kPhrases[] = {"resets in", "reset in", "again in", "again after", "retry after",
                                           "retry in",  "wait for", "wait",     "available in"};
  text = bounded(text);
  for (const std::string_view phrase : kPhrases) {
    for (std::size_t at = find_word(text, phrase); at != std::string_view::npos; at = find_word(text, phrase, at + 1)) {
      Scanner in(text.substr(at + phrase.size()));
      in.skip(":");
      in.blanks();
      for (const std::string_view about : {"~", "about ", "approximately ", "at least "}) in.skip(about);
      if (const auto length = duration_at(in, false)) return length;
    }
  }
  return std::nullopt;
}

std::optional<RateLimit> limit_in_words(std::string_view text) {
  text = bounded(text);
  const std::size_t at = find_word(text, " requests per ");
  if (at == std::string_view::npos) return std::nullopt;
  std::size_t first = at;
  while (first > 0 && is_digit(text[first - 1])) --first;
  if (first > 0 && (text[first - 1] == ',' || text[first - 1] == '.')) return std::nullopt;  // half a number
  const auto count = Scanner(text.substr(first)).whole();
  Scanner in(text.substr(at + std::string_view(" requests per ").size()));
  const Unit* unit = unit_of(in.letters());
  if (!count || *count == 0 || !unit || unit->nanos < kNano) return std::nullopt;
  RateLimit limit(*count, Nanos(unit->nanos), 1);
  const std::size_t burst = find_word(text, "burst of ");
  if (burst == std::string_view::npos) return limit;
  const auto many = Scanner(text.substr(burst + 9)).whole();
  if (many && *many > 0) limit.burst = std::min(*many, *count);
  return limit;
}

std::optional<Nanos> server_wait(const WaitFacts& f) {
  if (const std::string_view ms = trim(bounded(f.retry_after_ms)); !ms.empty()) {
    Scanner in(ms);
    const auto v = in.thousandths();
    if (v && in.done()) return clamped(*v, 1'000'000);
  }
  if (const auto v = parse_retry_after(f.retry_after, f.now_unix)) return v;
  if (const auto v = parse_retry_after(f.body_retry_after, f.now_unix)) return v;
  if (const auto v = wait_in_words(f.words)) return v;
  return parse_duration(f.reset);
}

}  // namespace vidgen::flow
