// SPDX-License-Identifier: Apache-2.0
// clean_prompt: what a prompt is before anybody reads it.
#include "spec/text.hpp"
#include "spec/words.hpp"
#include "vidgen/spec.hpp"

namespace vidgen::spec {
namespace {

struct Range {
  char32_t first, last;
};

// Code points that fold into one space.
constexpr Range kSpaces[] = {{0x09, 0x0D},     {0x20, 0x20},     {0x85, 0x85},     {0xA0, 0xA0},     {0x1680, 0x1680},
                             {0x2000, 0x200A}, {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}};
// Code points that vanish: controls, soft hyphen, marks that turn or hide text, byte order mark, tags, private ones.
constexpr Range kHidden[] = {{0x00, 0x1F},     {0x7F, 0x9F},       {0xAD, 0xAD},       {0x061C, 0x061C},
                             {0x180E, 0x180E}, {0x200B, 0x200F},   {0x202A, 0x202E},   {0x2060, 0x206F},
                             {0xE000, 0xF8FF}, {0xFDD0, 0xFDEF},   {0xFEFF, 0xFEFF},   {0xFFF0, 0xFFFB},
                             {0xFFFE, 0xFFFF}, {0xE0000, 0xE0FFF}, {0xF0000, 0x10FFFF}};

template <std::size_t N>
bool in(const Range (&ranges)[N], char32_t c) {
  for (const Range& r : ranges)
    if (c >= r.first && c <= r.last) return true;
  return false;
}

}  // namespace

std::string folded_spaces(std::string_view text) {
  std::string out;
  bool gap = false;
  for (std::size_t at = 0; at < text.size();) {
    char32_t c = next_code_point(text, at);
    if (in(kSpaces, c)) {
      gap = true;
    } else if (!in(kHidden, c)) {
      if (gap && !out.empty()) out += ' ';
      gap = false;
      append_utf8(out, c);
    }
  }
  return out;
}

}  // namespace vidgen::spec

VIDGEN_NAMESPACE_BEGIN
namespace {

Error refused(std::string what) {
  return Error(Errc::input_refused, std::move(what));
}

}  // namespace

Result<std::string> clean_prompt(std::string_view prompt) {
  if (std::size_t bad = spec::first_invalid(prompt); bad != prompt.npos)
    return refused("the prompt is not valid UTF-8 at byte " + std::to_string(bad) + "; save it as UTF-8");
  std::string out = spec::folded_spaces(prompt);
  std::size_t n = spec::count_code_points(out);
  if (n < spec::kPromptLeast)
    return refused("the prompt has " + std::to_string(n) + " characters; say in at least 10 what the film shows");
  if (n > spec::kPromptMost)
    return refused("the prompt has " + std::to_string(n) + " characters; at most 1000 are read, shorten it");
  return out;
}

VIDGEN_NAMESPACE_END
