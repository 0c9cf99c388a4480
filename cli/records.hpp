// SPDX-License-Identifier: Apache-2.0
// How records of jobs are shown to people.
#pragma once

#include <string>

#include "vidgen/journal.hpp"

namespace vidgen::cli {

std::string when(std::int64_t ms);
std::string prompt_of(const JobRecord& job);
// On one line of at most that many bytes.
std::string shortened(std::string s, std::size_t most);

}  // namespace vidgen::cli
