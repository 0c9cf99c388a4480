// SPDX-License-Identifier: Apache-2.0
// Fuzz target: any text as what a server says about waiting and about errors. Waits stay within 0 .. 300 s, and no
// words make a paid create repeatable after a 502.
#include <chrono>
#include <cstdlib>
#include <string_view>

#include "flow/outcome.hpp"
#include "flow/wait.hpp"
#include "vidgen/transport.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vidgen::flow;  // NOLINT: a small program
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  WaitFacts said;
  said.retry_after_ms = said.retry_after = said.body_retry_after = said.reset = said.words = text;
  said.now_unix = static_cast<std::int64_t>(size) << 24;
  for (const auto& wait :
       {server_wait(said), parse_duration(text), wait_in_words(text), parse_retry_after(text, said.now_unix)})
    if (wait && (*wait < Nanos(0) || *wait > kLongestWait)) std::abort();
  if (const auto limit = limit_in_words(text); limit && limit->interval() <= Nanos(0)) std::abort();
  (void)classify_failure(text);
  Facts facts;
  facts.sent = vidgen::Sent::answered;
  facts.paid = true;
  facts.status = 502;
  facts.code = facts.type = facts.words = text;
  if (classify(facts) != Outcome::ambiguous) std::abort();
  return 0;
}
