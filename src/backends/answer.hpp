// SPDX-License-Identifier: Apache-2.0
// What an exchange with a provider amounts to: JSON, an outcome of flow/, or an error in words that help. Error bodies
// come in many shapes; none of them is trusted to be one.
//
// Thread-safety: pure functions. Texts of providers are cut to a length that fits a log line; no header and no body goes
// into an error as it is.
#pragma once

#include "backends/provider.hpp"
#include "flow/outcome.hpp"
#include "flow/retry.hpp"

namespace vidgen::backends {

// An object or list of a 2xx answer. Errc::provider.
Result<base::Json> json_of(const HttpResponse& response);
ErrorWords error_words(const HttpResponse& response);
flow::Outcome outcome_of(const ProviderRow& row, const HttpResponse& response, bool paid);
// What the server said about waiting and its limits.
flow::Feedback feedback_of(const HttpResponse& response, std::int64_t now_unix);
// `doing`: "creating a prediction".
Error error_of(const ProviderRow& row, const HttpResponse& response, flow::Outcome outcome, const std::string& doing);
// The same, of a thing that is not there.
Error missing(const Error& error);
// Milliseconds since 1970 of an ISO time; 0 when it is none.
std::int64_t time_ms(std::string_view iso);
std::string iso_time(std::int64_t ms);
// At most `most` bytes, cut at a character, control characters as spaces.
std::string shortened(std::string_view text, std::size_t most = 400);
// May be part of a path: 1 to 128 letters, digits and "-_.:", not only dots.
bool is_plain_id(std::string_view id);
std::string url_encoded(std::string_view text);

}  // namespace vidgen::backends
