// SPDX-License-Identifier: Apache-2.0
// Upgrades of older timelines, one function a version. Version 0 is the draft form that had seconds in place of master
// frames ("start", "length" of items as numbers of seconds, "transition" inside the item after it).
#pragma once

#include "base/json.hpp"

namespace vidgen::timeline {

// The newest form of a document; itself when it is that already. Errc::timeline_invalid for names and versions that
// are not known; a newer version says so.
Result<base::Json> upgrade(base::Json document);

}  // namespace vidgen::timeline
