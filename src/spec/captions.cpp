// SPDX-License-Identifier: Apache-2.0
#include "spec/captions.hpp"

#include <algorithm>

#include "spec/tables.hpp"
#include "spec/text.hpp"

namespace vidgen::spec {
namespace {

constexpr std::size_t kOver = 34;  // letters of a small line

struct Purpose {
  std::string_view action, purpose;
};

constexpr Purpose kPurposes[] = {
    {"feature_highlight", "detail"}, {"visual_emphasis", "detail"}, {"partial_reveal", "detail"},
    {"usage_scenario", "use"},       {"use_product", "use"},        {"introduce_character", "use"},
    {"product_movement", "motion"},  {"action", "motion"},          {"show_benefit", "change"},
    {"transformation", "change"},    {"show_message", "message"},   {"brand_story", "brand"}};

// Matching columns count, a column that names something else rules the row out.
int score_of(const CaptionRow& row, const Spec& spec) {
  int score = 0;
  auto column = [&](std::string_view wanted, std::string_view is, int worth) {
    if (wanted.empty()) return true;
    score += worth;
    return wanted == is;
  };
  bool fits = column(row.place, spec.setting.place, 2) && column(row.time, spec.setting.time, 2) &&
              column(row.category, spec.product.category, 3) && column(row.mood, spec.style.mood, 1);
  return fits ? score : -1;
}

std::string setting_words(const Spec& spec) {
  std::string out(place_words(spec.setting.place));
  std::string_view time = time_words(spec.setting.place, spec.setting.time);
  if (!out.empty() && !time.empty()) out += ' ';
  return out + std::string(time);
}

std::string spaced(std::string text) {
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

std::string capitalised(std::string line) {
  if (!line.empty() && line[0] >= 'a' && line[0] <= 'z') line[0] = static_cast<char>(line[0] - 32);
  return line;
}

bool lacks(std::string_view text, std::string_view placeholder, const std::string& value) {
  return value.empty() && text.find(placeholder) != text.npos;
}

}  // namespace

std::string fill(std::string_view text, const Spec& spec) {
  const std::string product = spec.product.name.empty() ? "product" : spec.product.name;
  const std::pair<std::string_view, std::string> values[] = {{"{product}", product},
                                                             {"{brand}", spec.product.brand},
                                                             {"{style}", spec.style.aesthetic},
                                                             {"{setting}", setting_words(spec)},
                                                             {"{category}", spaced(spec.product.category)}};
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto* hit = std::find_if(std::begin(values), std::end(values),
                                   [&](const auto& v) { return text.substr(at).starts_with(v.first); });
    if (hit == std::end(values)) {
      out += text[at++];
    } else {
      out += hit->second;
      at += hit->first.size();
    }
  }
  return out;
}

std::span<const CaptionRow> caption_rows(std::string_view language) {
  using Rows = std::span<const CaptionRow> (*)();
  constexpr std::array<Rows, kCaptionLanguages.size()> kRows = {english_captions, german_captions, french_captions,
                                                               spanish_captions, japanese_captions};
  for (std::size_t i = 0; i < kRows.size(); ++i)
    if (kCaptionLanguages[i] == language) return kRows[i]();
  return english_captions();
}

std::string_view purpose_of(const BeatTemplate& beat) {
  if (beat.role == "opening" || beat.role == "closing") return beat.role;
  for (const Purpose& p : kPurposes)
    if (p.action == beat.action) return p.purpose;
  return "use";
}

std::string Captioner::filled(std::string_view text, std::size_t width) const {
  if (lacks(text, "{brand}", spec_.product.brand) || lacks(text, "{product}", spec_.product.name)) return {};
  return broken(capitalised(fill(text, spec_)), width);
}

// Japanese has no spaces to break at: a line of its own, or two of equal length.
std::string Captioner::broken(std::string_view text, std::size_t width) const {
  if (language_ != "ja") return wrapped(text, width, 2);
  std::size_t all = count_code_points(text);
  if (all <= width) return std::string(text);
  if (all > 2 * width) return {};
  std::size_t at = 0;
  for (std::size_t n = 0; n < (all + 1) / 2; ++n) next_code_point(text, at);
  return std::string(text.substr(0, at)) + "\n" + std::string(text.substr(at));
}

// What the prompt says for the product belongs where the film shows it.
std::string Captioner::benefit(std::string_view purpose, std::size_t width) {
  constexpr std::array<std::string_view, 5> kShowing = {"detail", "use", "change", "motion", "brand"};
  if (benefits_.empty() || std::find(kShowing.begin(), kShowing.end(), purpose) == kShowing.end()) return {};
  std::string words = broken(benefits_.front(), width);
  benefits_.erase(benefits_.begin());
  return words;
}

std::string Captioner::line(std::string_view purpose, std::size_t width) {
  const CaptionRow* best = nullptr;
  std::string words;
  int most = -1;
  for (const CaptionRow& row : caption_rows(language_)) {
    int score = row.purpose == purpose ? score_of(row, spec_) : -1;
    if (score <= most || std::find(used_.begin(), used_.end(), row.text) != used_.end()) continue;
    std::string fits = filled(row.text, width);
    if (fits.empty()) continue;
    best = &row;
    most = score;
    words = std::move(fits);
  }
  if (best) used_.push_back(best->text);
  return words;
}

std::string Captioner::caption(const BeatTemplate& beat, const std::string& slogan) {
  std::size_t width = beat.role == "opening" ? 22 : 28;
  if (beat.caption.empty()) return {};
  if (beat.caption != "{line}") return filled(beat.caption, width);
  if (beat.role == "closing" && !slogan.empty())
    if (std::string said = broken(slogan, width); !said.empty()) return said;
  if (std::string said = benefit(purpose_of(beat), width); !said.empty()) return said;
  return line(purpose_of(beat), width);
}

std::string Captioner::over(const BeatTemplate& beat, const std::string& caption) const {
  const Product& p = spec_.product;
  if (!lacks(beat.over, "{brand}", p.brand) && !lacks(beat.over, "{product}", p.name))
    return shortened(fill(beat.over, spec_), kOver);
  const bool named = folded(caption).find(folded(p.name)) != std::string::npos;
  // "Idea" names none.
  if (beat.role != "closing" || caption.empty() || named || p.name == p.category) return {};
  return count_code_points(p.name) > kOver ? std::string() : capitalised(p.name);
}

}  // namespace vidgen::spec
