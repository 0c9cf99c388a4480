// SPDX-License-Identifier: Apache-2.0
// Outcome: what an answer, or the lack of one, means for the next move. The table is careful with paid creates: what is
// not known to be unexecuted is ambiguous and is never sent again blindly.
// Not here: what is done about it (retry.hpp), how long a server asks to wait (wait.hpp).
// Thread-safety: pure functions. Errors: none; unknown statuses have a class too.
#pragma once

#include <span>
#include <string_view>

#include "vidgen/error.hpp"
#include "vidgen/version.hpp"

VIDGEN_NAMESPACE_BEGIN
enum class Sent;  // vidgen/transport.hpp
VIDGEN_NAMESPACE_END

namespace vidgen::flow {

enum class Outcome {
  ok,
  not_sent,     // nothing was executed: it may be sent again
  throttled,    // refused for now, nothing was executed: again after the wait
  transient,    // a read or a cancel failed: harmless to repeat
  ambiguous,    // a paid create may or may not have been executed: reconcile
  refused,      // the content was refused: the same words will be refused again
  permanent,    // wrong in itself: repeating cannot help
  credentials,  // the key is missing, wrong or not allowed
  money,        // the account cannot pay
};
std::string_view to_string(Outcome outcome);

// What is known about one exchange, in no provider's words but its own error fields.
struct Facts {
  Facts() = default;
  Sent sent{};             // how far the request got
  bool paid = false;       // a create that costs money; everything else may be repeated
  int status = 0;          // HTTP, when answered
  bool understood = true;  // a 2xx whose body made no sense is no success
  std::string_view code;   // error.code, "rate_limit_exceeded"
  std::string_view type;   // error.type or title
  std::string_view words;  // error.message or detail
  // The backend's row: statuses that this provider documents as "not executed, not billed".
  std::span<const int> means_not_executed;
};

Outcome classify(const Facts& facts);

// Whether an error speaks of this process or its disk, and says nothing about the work: that can go on as it was once
// the place is in order.
bool is_local(Errc code);

// What the error text of a job that ended as failed means: refused, transient (another attempt may succeed), or
// permanent.
Outcome classify_failure(std::string_view error);

}  // namespace vidgen::flow
