// SPDX-License-Identifier: Apache-2.0
// Backends and phases written in Python, behind the interfaces that the pipeline knows. Both speak JSON with a bridge
// object of vidgen/_backend.py and vidgen/_phase.py; a call is answered once, from any thread.
#pragma once

#include <memory>

#include "python/src/common.hpp"
#include "vidgen/phase.hpp"

namespace vidgen::python {

std::shared_ptr<ModelBackend> backend_of(const py::object& bridge);
Phase phase_of(const py::object& bridge);

// How a stop ends a call: not at all; by cancelling its coroutine; or at once, whatever becomes of the call.
enum class Stop { never, cancels, leaves };

struct Question {
  Question() = default;
  const char* attribute = "call";  // of the bridge
  std::string first, payload;      // its arguments: the method or kind, and JSON
  Stop how = Stop::never;
  std::stop_token stop;
};

// Asks Python on the pool, with the GIL, and resumes with the answer: JSON, "null" for None.
Async<Result<std::string>> asked(asio::any_io_executor pool, Kept bridge, Question question);

// {"files": [{"path": …, "mime": …}]} put into the store.
Result<std::vector<Asset>> files_of(const std::string& answer, Store& store);

}  // namespace vidgen::python
