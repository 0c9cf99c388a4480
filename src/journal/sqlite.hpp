// SPDX-License-Identifier: Apache-2.0
// The built-in journal: one SQLite file, WAL, synchronous=FULL, a thread of its own that commits what has gathered in
// groups. The schema is versioned and migrated forward; a file of a newer version is refused, never touched.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "vidgen/journal.hpp"

namespace vidgen::journal {

inline constexpr int kSchemaVersion = 3;

// Opens or makes the file. Errc::journal, journal_version, no_space, read_only.
// `writer`: commits there instead of on a thread of the journal's own, so that one thread can carry a whole history. What
// is committed by a caller that has no executor, and so waits, is written at once.
Result<std::shared_ptr<Journal>> open_sqlite(const std::string& path,
                                             std::optional<asio::any_io_executor> writer = std::nullopt);

}  // namespace vidgen::journal
