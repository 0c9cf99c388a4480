// SPDX-License-Identifier: Apache-2.0
// Orphans: jobs at a provider that carry the marks of a job's attempts and that no attempt owns: a request that was
// accepted twice on its way, or appeared in the list after it was taken for lost. They are cancelled where they still
// run, put on the books, and told to people.
//
// Thread-safety: a coroutine of the pipeline's strand. Errors: of the journal and of the provider's list.
#pragma once

#include <string>
#include <vector>

#include "vidgen/phase.hpp"

namespace vidgen::phases {

struct Sweep {
  Sweep() = default;
  std::string job;
  std::shared_ptr<const Plan> plan;  // may be null
  std::shared_ptr<const Services> services;
  const Config* config = nullptr;
  asio::any_io_executor pool;
  bool over = false;  // for good: what is still under way is not gone on with, so it is closed too
};

// A remark for each orphan.
Async<Result<std::vector<std::string>>> sweep_orphans(Sweep sweep);

}  // namespace vidgen::phases
