// SPDX-License-Identifier: Apache-2.0
// --storyboard and --price-on: a film on one page, as HTML and as a PNG beside it. The library makes it.
#pragma once

#include "cli/session.hpp"

namespace vidgen::cli {

struct BoardFlags {
  std::string file, price_on;
  bool wanted() const { return !file.empty(); }
};

void add_board_flags(CLI::App& app, BoardFlags& flags);
// Before anything is looked at. Errc::invalid_argument.
Status check(const BoardFlags& flags);
StoryboardOptions options_of(const BoardFlags& flags);
// Writes both files and prints their paths.
int write_board(const Session& session, const BoardFlags& flags, const Result<Storyboard>& board);

}  // namespace vidgen::cli
