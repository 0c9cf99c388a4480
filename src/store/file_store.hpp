// SPDX-License-Identifier: Apache-2.0
// The built-in store: <folder>/<first two hex digits>/<sha256>, scratch files in <folder>/tmp. A blob appears under its
// name only when all of it is on the disk.
#pragma once

#include <memory>
#include <string>

#include "vidgen/store.hpp"

namespace vidgen::store {

// Makes the folder, and removes scratch files and unfinished blobs that no living process writes.
// Errc::io, no_space, read_only.
Result<std::shared_ptr<Store>> open_file_store(const std::string& folder);

}  // namespace vidgen::store
