// SPDX-License-Identifier: Apache-2.0
// How long a server asks us to wait, in every form that servers use. All lengths come back clamped to 0 .. 300 s, so
// that neither a hostile nor a mistaken answer can park a job for a day.
// Thread-safety: pure functions. Errors: nullopt for what is not understood; nothing is guessed.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "flow/moment.hpp"
#include "flow/rate.hpp"

namespace vidgen::flow {

inline constexpr Nanos kLongestWait = std::chrono::seconds(300);

// "6m0s", "12ms", "1h2m3.5s", "1m2s"; a number without a unit is seconds. Spelled units ("20 seconds", "1.5 minutes")
// are read too. The whole text must be a duration.
std::optional<Nanos> parse_duration(std::string_view text);

// Seconds since 1970 of an HTTP date, in its three forms, or of an ISO date ("2026-11-21T08:00:00Z").
std::optional<std::int64_t> parse_http_date(std::string_view text);

// The header Retry-After: seconds, or a date that is compared with `now_unix`. Give the answer's own Date there when it
// has one, so that a wrong clock of ours does not matter.
std::optional<Nanos> parse_retry_after(std::string_view value, std::int64_t now_unix);

// "Your rate limit resets in ~30s.", "Please try again in 1m2s", "retry after 20 seconds".
std::optional<Nanos> wait_in_words(std::string_view text);

// "6 requests per minute with a burst of 1 requests": the limit that a throttle names.
std::optional<RateLimit> limit_in_words(std::string_view text);

// Everything an answer may say about waiting; empty texts were not there.
struct WaitFacts {
  WaitFacts() = default;
  std::string_view retry_after_ms;    // header
  std::string_view retry_after;       // header
  std::string_view body_retry_after;  // a number of seconds or a duration
  std::string_view reset;             // x-ratelimit-reset-requests, Go's durations
  std::string_view words;             // error.message or detail
  std::int64_t now_unix = 0;          // the answer's Date, else our clock
};

// The first form that can be read, the most exact one first; nullopt when the server says nothing.
std::optional<Nanos> server_wait(const WaitFacts& facts);

}  // namespace vidgen::flow
