// SPDX-License-Identifier: Apache-2.0
// Rows of models/*.json ("vidgen.model/1"). Unknown keys are refused: a misspelt price must not be lost.
// Errors: Errc::invalid_argument with the path of the member. Thread-safety: functions.
#pragma once

#include <string_view>
#include <vector>

#include "vidgen/model.hpp"

namespace vidgen::plan {

Result<std::vector<ModelProfile>> models_from_json(std::string_view text);

// One price, as an attempt keeps it.
std::string to_json(const Price& price);
Result<Price> price_from_json(std::string_view text);

// Names of the rows that were last checked more than a year before `today` ("2026-11-21"), retired ones left out.
// Errc::invalid_argument when `today` is no date.
Result<std::vector<std::string>> stale_rows(const ModelSet& set, std::string_view today);

// Days since 1970-01-01 of "2026-11-21"; Errc::invalid_argument when it is no date of the calendar.
Result<std::int64_t> day_number(std::string_view date);

}  // namespace vidgen::plan
