// SPDX-License-Identifier: Apache-2.0
// clean_store: which blobs no policy needs any more. Blocks on the disk.
#pragma once

#include "vidgen/pipeline.hpp"

VIDGEN_NAMESPACE_BEGIN

Result<CleanReport> clean_store(Store& store, Journal& journal, Keep keep, bool dry_run);

VIDGEN_NAMESPACE_END
