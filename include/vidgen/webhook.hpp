// SPDX-License-Identifier: Apache-2.0
// Webhooks of providers, for hosts with a public address: whether one is genuine, and what it says. Not here: the
// server that receives it. Pipeline::deliver() does both and wakes the job; these are for hosts that sort them first.
//
// The scheme is that of standardwebhooks.com. Thread-safety: pure functions. Errors never hold the secret or the body.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "vidgen/backend.hpp"

VIDGEN_NAMESPACE_BEGIN

namespace webhook {

// Names in any case.
using Headers = std::map<std::string, std::string>;

constexpr std::int64_t kTolerance = 300;  // seconds, both ways

// The message's id: the same when it is sent again. `secret`: "whsec_…"; while it is being changed, several with spaces
// between. `body`: the bytes as they came. `now`: seconds since 1970. Errc::credentials: a header is missing, it is too
// old or too new, or it was not signed with the secret; config_invalid: the secret is not one.
VIDGEN_EXPORT Result<std::string> verify(std::string_view secret, const Headers& headers, std::string_view body,
                                         std::int64_t now, std::int64_t tolerance = kTolerance);

// The job that a body speaks of, as the provider's row reads it. Errc::provider: it speaks of none; unsupported: the
// provider sends no webhooks that are known; not_found: there is no such provider.
VIDGEN_EXPORT Result<RemoteJob> read(std::string_view provider, std::string_view body);

}  // namespace webhook

VIDGEN_NAMESPACE_END
