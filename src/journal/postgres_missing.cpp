// SPDX-License-Identifier: Apache-2.0
// A build without libpq's header.
#include "journal/postgres.hpp"

namespace vidgen::journal {

Status find_libpq() {
  return Error(Errc::unsupported,
               "this build has no journal on PostgreSQL: build with VIDGEN_POSTGRES, which needs libpq's header (apt "
               "install libpq-dev), or unset VIDGEN_JOURNAL (journal_url) to keep the journal in the workspace");
}

Result<std::shared_ptr<Journal>> open_postgres(const std::string&, std::chrono::milliseconds) {
  return find_libpq().error();
}

Result<std::string> examine_postgres(const std::string&) {
  return find_libpq().error();
}

}  // namespace vidgen::journal
