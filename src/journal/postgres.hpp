// SPDX-License-Identifier: Apache-2.0
// The journal on PostgreSQL, for workspaces of more than one machine: the promises of the built-in one, over libpq, which
// is opened when a journal first is. Leases go by the database's clock. A connection that breaks is made again: what was
// not committed is written again, and whether a COMMIT without an answer came through is looked up first.
//
// Thread-safety: functions, from any thread. Errors name the server, never a password.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "vidgen/journal.hpp"

namespace vidgen::journal {

// Opens or makes the schema vidgen in the database that a URL (postgresql://…) or a libpq connection string names.
// Errc::unsupported (no libpq), config_invalid, journal (it cannot be reached), journal_version, read_only. `patience`:
// how long a lost connection is tried again before a batch fails, which it does whole. Where even its COMMIT was on the
// way, it may still be there: the error says so.
inline constexpr auto kServerRestarts = std::chrono::seconds(30);
Result<std::shared_ptr<Journal>> open_postgres(const std::string& connection,
                                               std::chrono::milliseconds patience = kServerRestarts);

// For people: what server is there and what journal, without changing anything. The same errors.
Result<std::string> examine_postgres(const std::string& connection);
// Whether libpq can be loaded, without a server. Errc::unsupported.
Status find_libpq();

}  // namespace vidgen::journal
