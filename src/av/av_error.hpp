// SPDX-License-Identifier: Apache-2.0
// libav's return codes as Errors. `what` says what was being done, with the file's name.
#pragma once

#include <string>

#include "vidgen/error.hpp"

namespace vidgen::av {

// Codes of the operating system become Errc::io, no_space, file_missing or read_only; damaged data media_invalid; what
// libav cannot do media_unsupported; a stop cancelled; anything else `other`.
Error av_error(int code, const std::string& what, Errc other = Errc::media_invalid);

}  // namespace vidgen::av
