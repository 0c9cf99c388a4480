// SPDX-License-Identifier: Apache-2.0
// The enums of Request as words.
#include <charconv>

#include "spec/words.hpp"
#include "vidgen/request.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

template <class E>
struct Row {
  E value;
  std::string_view word;
};

constexpr Row<Continuity> kContinuity[] = {{Continuity::beat, "beat"},     {Continuity::take, "take"},
                                           {Continuity::hybrid, "hybrid"}, {Continuity::batch, "batch"},
                                           {Continuity::none, "none"},     {Continuity::anchored, "anchored"}};
constexpr Row<FpsMode> kFpsMode[] = {
    {FpsMode::duplicate, "duplicate"}, {FpsMode::interpolate, "interpolate"}, {FpsMode::native, "native"}};
constexpr Row<Quality> kQuality[] = {
    {Quality::draft, "draft"}, {Quality::standard, "standard"}, {Quality::final_, "final"}};
constexpr Row<OnAmbiguous> kOnAmbiguous[] = {
    {OnAmbiguous::ask, "ask"}, {OnAmbiguous::retry, "retry"}, {OnAmbiguous::fail, "fail"}};

template <class E, std::size_t N>
std::string_view word_of(const Row<E> (&rows)[N], E value) {
  for (const Row<E>& row : rows)
    if (row.value == value) return row.word;
  return rows[0].word;
}

template <class E, std::size_t N>
Result<E> value_of(const Row<E> (&rows)[N], std::string_view what, std::string_view word) {
  std::string all;
  for (const Row<E>& row : rows) {
    if (row.word == word) return row.value;
    all += (all.empty() ? "" : ", ") + std::string(row.word);
  }
  return Error(Errc::invalid_argument,
               std::string(what) + ": \"" + std::string(word.substr(0, 40)) + "\" is none of " + all);
}

}  // namespace

std::string_view to_string(Continuity value) {
  return word_of(kContinuity, value);
}
std::string_view to_string(FpsMode value) {
  return word_of(kFpsMode, value);
}
std::string_view to_string(Quality value) {
  return word_of(kQuality, value);
}
std::string_view to_string(OnAmbiguous value) {
  return word_of(kOnAmbiguous, value);
}

Status parse_continuity(std::string_view text, Request& request) {
  int batch = request.batch;
  if (text.starts_with("batch:")) {
    std::string_view digits = text.substr(6);
    auto [end, ec] = std::from_chars(digits.data(), digits.data() + digits.size(), batch);
    if (ec != std::errc{} || end != digits.data() + digits.size() || batch < 1 || batch > 600)
      return Error(Errc::invalid_argument, "continuity: write batch:N with N from 1 to 600, for example batch:3");
    text = "batch";
  }
  auto value = value_of(kContinuity, "continuity", text);
  if (!value) return value.error();
  request.continuity = *value;
  request.batch = batch;
  return {};
}

Result<FpsMode> parse_fps_mode(std::string_view text) {
  return value_of(kFpsMode, "fps_mode", text);
}
Result<Quality> parse_quality(std::string_view text) {
  return value_of(kQuality, "quality", text);
}
Result<OnAmbiguous> parse_on_ambiguous(std::string_view text) {
  return value_of(kOnAmbiguous, "on_ambiguous", text);
}

VIDGEN_NAMESPACE_END
