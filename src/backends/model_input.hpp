// SPDX-License-Identifier: Apache-2.0
// A model's input object from its profile: our words become the fields that the row names; constants ("=field") fill
// what nothing of ours decides. Nothing that the row does not name is sent: bodies of providers are closed.
//
// Thread-safety: pure functions.
#pragma once

#include "backends/provider.hpp"

namespace vidgen::backends {

base::Json model_input(const CreateCall& call);
// The named ratio nearest to a size: "16:9".
std::string aspect_words(Size size);
// "1280:720": the pixels themselves.
std::string ratio_words(Size size);
// "720p": the short side.
std::string resolution_words(Size size);

}  // namespace vidgen::backends
