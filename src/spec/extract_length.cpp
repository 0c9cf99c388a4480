// SPDX-License-Identifier: Apache-2.0
// Lengths and frames: "15 second", "half a minute", "1:30", "vertical", "4:5", "1080x1920".
#include <algorithm>

#include "spec/aspect.hpp"
#include "spec/extract.hpp"
#include "spec/tables.hpp"
#include "spec/words.hpp"

namespace vidgen::spec {
namespace {

struct NumberWord {
  std::string_view word;
  int value;
};
constexpr NumberWord kNumbers[] = {
    {"one", 1},       {"two", 2},       {"three", 3},    {"four", 4},     {"five", 5},      {"six", 6},
    {"seven", 7},     {"eight", 8},     {"nine", 9},     {"ten", 10},     {"eleven", 11},   {"twelve", 12},
    {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15}, {"sixteen", 16}, {"eighteen", 18}, {"twenty", 20},
    {"thirty", 30},   {"forty", 40},    {"fourty", 40},  {"fifty", 50},   {"sixty", 60},    {"seventy", 70},
    {"eighty", 80},   {"ninety", 90}};
constexpr std::string_view kSecondUnits[] = {"s",        "sec",      "secs",    "second", "seconds",
                                             "secound",  "secounds", "sekonds", "sekond", "seconde",
                                             "secondes", "sekunden", "scond",   "sconds"};
constexpr std::string_view kMinuteUnits[] = {"min", "mins", "minute", "minutes", "minut", "minuts", "minuite", "m"};
constexpr std::string_view kFilmWords[] = {"video",  "ad",       "film",   "clip",     "spot",   "commercial",
                                           "long",   "length",   "total",  "duration", "reel",   "teaser",
                                           "advert", "vertical", "square", "loop",     "trailer"};
constexpr std::string_view kNotALength[] = {"every", "each", "after", "under", "within", "first", "last", "per"};

struct Length {
  Length() = default;
  Rational seconds;
  std::size_t first = 0, last = 0;
  bool valid = true;  // inside 1 to 600 s
};

// A number of at most six digits, "1.5", or a word; nothing for anything else.
std::optional<Rational> number_of(std::string_view text) {
  for (const NumberWord& row : kNumbers)
    if (row.word == text) return Rational(row.value);
  if (text.empty() || text.find_first_not_of("0123456789.") != text.npos) return {};
  if (text.size() > 8) return Rational(100000000);  // absurd, but a number: refused later with a warning
  auto r = Rational::parse(text);
  if (!r) return {};
  return *r;
}

// Splits "30s" and "1.5min" into number and unit.
bool split_unit(const std::string& word, std::string& number, std::string& unit) {
  std::size_t at = word.find_first_not_of("0123456789.");
  if (at == 0 || at == word.npos) return false;
  number = word.substr(0, at);
  unit = word.substr(at);
  return true;
}

Rational unit_of(std::string_view unit) {
  if (is_any(unit, kSecondUnits)) return 1;
  return is_any(unit, kMinuteUnits) ? Rational(60) : Rational(0);
}

std::string low_at(const Prompt& p, std::size_t i) {
  return i < p.words.size() ? p.words[i].low : std::string();
}

// "0:30", "1:30": minutes and two digits of seconds, unless it is one of the aspects.
std::optional<Rational> clock_of(std::string_view text) {
  std::size_t colon = text.find(':');
  if (colon == text.npos || colon == 0 || text.size() - colon != 3 || size_of_aspect(text)) return {};
  auto minutes = number_of(text.substr(0, colon));
  auto seconds = number_of(text.substr(colon + 1));
  if (!minutes || !seconds || *minutes > Rational(10) || *seconds >= Rational(60)) return {};
  return *minutes * Rational(60) + *seconds;
}

// "a minute", "half a minute", "a minute and a half", "quarter of a minute".
std::optional<Length> spoken_at(const Prompt& p, std::size_t i) {
  Length out;
  out.first = i;
  std::string a = low_at(p, i), b = low_at(p, i + 1), c = low_at(p, i + 2);
  auto minute = [](const std::string& w) { return w == "minute" || w == "minut"; };
  if (a == "half" && ((b == "a" && minute(c)) || minute(b))) {
    out.seconds = 30;
    out.last = i + (minute(b) ? 2 : 3);
    return out;
  }
  if ((a == "a" || a == "one") && minute(b)) {
    bool half = c == "and" && low_at(p, i + 3) == "a" && low_at(p, i + 4) == "half";
    out.seconds = half ? 90 : 60;
    out.last = i + (half ? 5 : 2);
    return out;
  }
  return {};
}

// A number with a unit, glued, hyphenated or spaced, and "1 minute 30 seconds".
std::optional<Length> counted_at(const Prompt& p, std::size_t i) {
  Length out;
  out.first = i;
  std::string number, unit;
  if (split_unit(p.words[i].low, number, unit)) {
    out.last = i + 1;
  } else {
    number = p.words[i].low;
    unit = low_at(p, i + 1);
    out.last = i + 2;
    auto ones = number_of(low_at(p, i + 1));  // "twenty five seconds"
    auto tens = number_of(number);
    if (tens && ones && *ones < Rational(10) && *tens >= Rational(20) && tens->num() % 10 == 0 && number[0] > '9') {
      out.seconds = (*tens + *ones) * unit_of(low_at(p, i + 2));
      out.last = i + 3;
      if (out.seconds > Rational(0)) return out;
      return {};
    }
  }
  auto value = number_of(number);
  Rational scale = unit_of(unit);
  if (!value || scale == Rational(0)) return {};
  out.seconds = *value * scale;
  return out;
}

void add_rest(const Prompt& p, Length& length, bool minutes) {
  if (!minutes) return;
  std::size_t at = length.last;
  if (low_at(p, at) == "and") ++at;
  if (at >= p.words.size() || p.words[at].breaks) return;
  if (low_at(p, length.last) == "and" && low_at(p, at) == "a" && low_at(p, at + 1) == "half") {
    length.seconds = length.seconds + Rational(30);
    length.last = at + 2;
  } else if (auto rest = counted_at(p, at); rest && rest->seconds < Rational(60)) {
    length.seconds = length.seconds + rest->seconds;
    length.last = rest->last;
  }
}

bool is_decade(const Prompt& p, const Length& l) {
  const std::string& w = p.words[l.first].low;
  if (w.size() != 3 || w[2] != 's' || w[1] != '0' || w[0] < '5') return false;
  std::string before = l.first > 0 ? p.words[l.first - 1].low : "", after = low_at(p, l.last);
  constexpr std::string_view kAround[] = {"the",   "style", "vibe", "vibes",    "look",
                                          "retro", "music", "feel", "aesthetic"};
  return is_any(before, kAround) || is_any(after, kAround);
}

std::optional<Length> length_at(const Prompt& p, std::size_t i) {
  if (p.words[i].quoted) return {};
  if (auto spoken = spoken_at(p, i)) {
    add_rest(p, *spoken, spoken->seconds == Rational(60));
    return spoken;
  }
  if (auto counted = counted_at(p, i)) {
    bool minutes =
        unit_of(low_at(p, counted->last - 1)) == Rational(60) || p.words[i].low.find('m') != std::string::npos;
    add_rest(p, *counted, minutes);
    if (is_decade(p, *counted)) return {};
    return counted;
  }
  if (auto clock = clock_of(p.words[i].low)) {
    Length out;
    out.seconds = *clock;
    out.first = i;
    out.last = i + 1;
    return out;
  }
  return {};
}

int rank(const Prompt& p, const Length& l) {
  int score = 0;
  if (is_any(low_at(p, l.last), kFilmWords) || (l.first > 0 && is_any(p.words[l.first - 1].low, kFilmWords)))
    score += 2;
  if (l.first > 0 && is_any(p.words[l.first - 1].low, kNotALength)) score -= 3;
  return score;
}

std::optional<Length> best_length(const Prompt& p, std::vector<std::string>& warnings) {
  std::optional<Length> best;
  int most = -2;
  for (std::size_t i = 0; i < p.words.size();) {
    auto l = length_at(p, i);
    if (!l) {
      ++i;
      continue;
    }
    i = std::max(l->last, i + 1);
    l->valid = l->seconds >= Rational(kShortestSeconds) && l->seconds <= Rational(kLongestSeconds);
    if (!l->valid) {
      warnings.push_back("the prompt says \"" + text_of(p, l->first, l->last) +
                         "\": films last 1 to 600 s, so this was ignored");
    } else if (int score = rank(p, *l); score > most) {
      best = l;
      most = score;
    }
  }
  return best;
}

}  // namespace

void find_length(const Prompt& prompt, Extract& out) {
  if (auto best = best_length(prompt, out.warnings)) {
    out.seconds = best->seconds;
    out.seconds_words = text_of(prompt, best->first, best->last);
    return;
  }
  for (const Hit& hit : hits(prompt, loose_length_rows())) {
    out.seconds = *number_of(hit.row->value);
    out.seconds_words = text_of(prompt, hit.first, hit.last);
    return;
  }
}

void find_aspect(const Prompt& prompt, Extract& out) {
  for (const Word& w : prompt.words) {
    if (w.quoted) continue;
    if (w.low.size() > 6 && w.low.find('x') != w.low.npos) {
      if (auto size = Size::parse(w.low); size && check_size(*size, Errc::invalid_argument, "size")) {
        out.size = *size;
        out.aspect.words = w.text;
        return;
      }
    }
    if (size_of_aspect(w.low)) {
      out.aspect.value = out.aspect.words = w.low;
      return;
    }
  }
  out.aspect = find_best(prompt, aspect_rows());
}

}  // namespace vidgen::spec
