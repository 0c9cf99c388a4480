// SPDX-License-Identifier: Apache-2.0
// The books as one query, so that all three are of one instant.
#pragma once

#include "journal/postgres_connection.hpp"
#include "vidgen/journal.hpp"

namespace vidgen::journal {

// $1: the job, $2: the day. The columns: 0 job, 1 account or 2 day; then those of read_sums().
inline constexpr const char* kSums =
    "SELECT scope::bigint, held, sum(reserved)::bigint, sum(settled)::bigint,"
    " sum(greatest(settled - reserved, 0))::bigint, sum(settled * orphan)::bigint"
    " FROM vidgen.attempts, (VALUES (0), (1), (2)) AS scopes (scope)"
    " WHERE scope = 1 OR (scope = 0 AND job = $1) OR (scope = 2 AND day = $2) GROUP BY scope, held";

PgValues values_of_sums(const std::string& job, std::int64_t day);
Books books_in(const PgRows& rows);

}  // namespace vidgen::journal
