// SPDX-License-Identifier: Apache-2.0
// clean_store: which blobs no policy needs any more. Blocks on the disk.
#pragma once

#include <functional>

#include "vidgen/pipeline.hpp"

VIDGEN_NAMESPACE_BEGIN

struct Cleaning {
  Cleaning() = default;
  Keep keep = Keep::selected;
  bool dry_run = false;
  std::int64_t now_ms = 0;
  std::int64_t older_than_ms = 0;                  // jobs that were heard of since are left as they are
  std::function<bool(const std::string&)> is_run;  // somebody carries the job out, perhaps elsewhere
};

Result<CleanReport> clean_store(Store& store, Journal& journal, const Cleaning& how);

VIDGEN_NAMESPACE_END
