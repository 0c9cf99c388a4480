// SPDX-License-Identifier: Apache-2.0
// Words that a language model may not bring into a film by itself, as rows: claims about the product, talk about its
// own instructions, and well-known marks. Adding one is adding a row.
//
// Thread-safety: constants.
#pragma once

#include <span>
#include <string_view>

#include "spec/prompt.hpp"

namespace vidgen::spec {

// Refused unless the prompt has the same row: prices, promises, praise that could be proved wrong.
std::span<const Row> claim_rows();
// Always refused: instructions, programs, words that should be read in the picture.
std::span<const Row> order_rows();
// The folded word is a mark that most people know; refused unless the prompt has it.
bool is_mark(std::string_view low);

}  // namespace vidgen::spec
