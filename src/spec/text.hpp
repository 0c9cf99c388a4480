// SPDX-License-Identifier: Apache-2.0
// UTF-8 by hand: decoding, counting, cleaning, and breaking a caption into lines. No locale.
//
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>

namespace vidgen::spec {

// Decodes one code point at `at` and moves `at` behind it; 0xFFFFFFFF (and one byte) when the bytes are not valid.
char32_t next_code_point(std::string_view text, std::size_t& at);
void append_utf8(std::string& out, char32_t c);
// Code points of valid UTF-8.
std::size_t count_code_points(std::string_view text);
// Byte offset of the first invalid sequence, npos when there is none.
std::size_t first_invalid(std::string_view text);

// Lower case for ASCII; Latin letters with accents become plain ("Café" -> "cafe"). One character at a time, so it is
// for comparing only.
std::string folded(std::string_view text);

// Control and hidden characters (marks that turn or hide text among them) removed, white space folded to one space,
// none at the ends; `text` is valid UTF-8.
std::string folded_spaces(std::string_view text);

// Breaks `text` at spaces into at most `lines` lines of at most `width` code points, as evenly as it can, joined by
// '\n'. Empty when it does not fit.
std::string wrapped(std::string_view text, std::size_t width, std::size_t lines);
// The longest start of `text` that ends at a word and has at most `most` code points.
std::string shortened(std::string_view text, std::size_t most);

}  // namespace vidgen::spec
