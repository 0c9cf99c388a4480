// SPDX-License-Identifier: Apache-2.0
// The built-in journal: one SQLite file, WAL, synchronous=FULL, a thread of its own that commits what has gathered in
// groups. The schema is versioned and migrated forward; a file of a newer version is refused, never touched.
#pragma once

#include <memory>
#include <string>

#include "vidgen/journal.hpp"

namespace vidgen::journal {

inline constexpr int kSchemaVersion = 3;

// Opens or makes the file. Errc::journal, journal_version, no_space, read_only.
Result<std::shared_ptr<Journal>> open_sqlite(const std::string& path);

}  // namespace vidgen::journal
