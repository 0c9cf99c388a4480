// SPDX-License-Identifier: Apache-2.0
// Text before it is shaped: cleaning, capitals, and the words between which a line may break.
#include <algorithm>

#include "base/try.hpp"
#include "local/titles/shape.hpp"

namespace vidgen::local::titles {
namespace {

// Pictographs, and what only modifies them. Symbols that text fonts have (stars, arrows, dingbats) stay.
bool emoji(gunichar c) {
  return (c >= 0x1f000 && c <= 0x1faff) || (c >= 0xe0020 && c <= 0xe007f) || c == 0xfe0e || c == 0xfe0f || c == 0x20e3;
}

constexpr gunichar kJoiner = 0x200d;

// One character of clean text, or 0 for none.
gunichar shown(gunichar c, gunichar before, gunichar after) {
  if (emoji(c)) return 0;
  if (c == kJoiner && (emoji(before) || emoji(after))) return 0;
  if (c == '\n') return c;
  if (c == 0xfeff || c == 0xfffd || c == 0xad) return 0;
  if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || c == 0x85) return ' ';
  return c;
}

void append(std::string& out, gunichar c) {
  char buffer[6];
  out.append(buffer, static_cast<std::size_t>(g_unichar_to_utf8(c, buffer)));
}

// No space at the ends of lines, no two in a row, no empty line.
std::string squeeze(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n';
    if (space && (out.empty() || out.back() == '\n')) continue;
    if (c == ' ' && out.back() == ' ') continue;
    if (c == '\n' && out.back() == ' ') out.pop_back();
    out += c;
  }
  while (!out.empty() && (out.back() == ' ' || out.back() == '\n')) out.pop_back();
  return out;
}

std::string shortened(std::string text) {
  if (g_utf8_strlen(text.c_str(), static_cast<gssize>(text.size())) <= kMostLetters) return text;
  std::size_t end = static_cast<std::size_t>(g_utf8_offset_to_pointer(text.c_str(), kMostLetters - 1) - text.c_str());
  const std::size_t space = text.find_last_of(" \n", end);
  if (space != std::string::npos && space > end / 2) end = space;
  return text.substr(0, end) + "\u2026";
}

// Where line breaks are allowed: attribute i stands before character i.
std::vector<PangoLogAttr> attributes_of(const std::string& text) {
  const auto characters = static_cast<std::size_t>(g_utf8_strlen(text.c_str(), static_cast<gssize>(text.size())));
  std::vector<PangoLogAttr> attributes(characters + 1);
  pango_get_log_attrs(text.c_str(), static_cast<int>(text.size()), -1, pango_language_from_string("en"),
                      attributes.data(), static_cast<int>(attributes.size()));
  return attributes;
}

// Advance of the clusters that begin in [from, to).
double advance_of(const ShapedLine& line, std::size_t from, std::size_t to) {
  double sum = 0;
  for (const Cluster& c : line.clusters)
    if (c.byte >= from && c.byte < to) sum += c.advance + line.tracking;
  return sum;
}

struct Cut {
  std::size_t from = 0, end = 0, next = 0;  // the word is [from, end), the next one starts at `next`
  int letters = 0;
};

std::vector<Cut> cuts_of(const std::string& line) {
  const std::vector<PangoLogAttr> attributes = attributes_of(line);
  std::vector<Cut> cuts;
  Cut cut;
  const char* begin = line.c_str();
  std::size_t index = 0;
  for (const char* at = begin; *at; at = g_utf8_next_char(at), ++index) {
    const auto byte = static_cast<std::size_t>(at - begin);
    if (byte > cut.from && attributes[index].is_line_break) {
      cut.next = byte;
      cuts.push_back(cut);
      cut = Cut{byte, byte, byte, 0};
    }
    if (attributes[index].is_cursor_position && *at != ' ') ++cut.letters;
    if (*at != ' ') cut.end = static_cast<std::size_t>(g_utf8_next_char(at) - begin);
  }
  cut.next = line.size();
  if (cut.end > cut.from) cuts.push_back(cut);
  return cuts;
}

}  // namespace

std::string clean_text(std::string_view text) {
  char* valid = g_utf8_make_valid(text.data(), static_cast<gssize>(text.size()));
  std::string out;
  gunichar before = 0;
  for (const char* at = valid; *at; at = g_utf8_next_char(at)) {
    const gunichar c = g_utf8_get_char(at);
    const char* next = g_utf8_next_char(at);
    if (const gunichar keep = shown(c, before, *next ? g_utf8_get_char(next) : 0)) append(out, keep);
    before = c;
  }
  g_free(valid);
  return shortened(squeeze(out));
}

std::string to_capitals(std::string_view text) {
  std::string out;
  for (const char* at = text.data(); at < text.data() + text.size(); at = g_utf8_next_char(at)) {
    const gunichar c = g_utf8_get_char(at);
    if (c == 0xdf)
      out += "SS";
    else
      append(out, g_unichar_toupper(c));
  }
  return out;
}

Result<std::vector<Word>> Shaper::words(const std::string& text, const Type& type) {
  std::vector<Word> out;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    const std::string cased = text.substr(from, end - from);
    const std::string line = type.capitals ? to_capitals(cased) : cased;
    VIDGEN_TRY(shaped, shape(line, type));
    for (const Cut& cut : cuts_of(line)) {
      Word word;
      word.text = line.substr(cut.from, cut.end - cut.from);
      word.width = advance_of(shaped, cut.from, cut.end);
      word.gap = advance_of(shaped, cut.end, cut.next);
      word.letters = cut.letters;
      word.spaced = cut.next > cut.end;
      out.push_back(std::move(word));
    }
    if (!out.empty() && end < text.size()) out.back().forced = true;
    from = end + 1;
  }
  return out;
}

}  // namespace vidgen::local::titles
