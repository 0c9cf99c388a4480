// SPDX-License-Identifier: Apache-2.0
// Where a PostgreSQL server is: a URL or a connection string, read by libpq, with the time-outs that a journal needs
// where it names none. Its secrets never leave it: words() takes them out of what others said.
// Thread-safety: a constant value.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "vidgen/error.hpp"

namespace vidgen::journal {

struct Libpq;

class PgAddress {
 public:
  // Errc::config_invalid, without the text, which may hold a password.
  static Result<PgAddress> parse(const Libpq& pq, const std::string& connection);

  const std::vector<std::pair<std::string, std::string>>& options() const { return options_; }
  // A text without the secrets, on one line.
  std::string words(std::string_view text) const;

 private:
  void set_unless_named(const char* name, const char* value);
  std::vector<std::pair<std::string, std::string>> options_;
  std::vector<std::string> secrets_;
};

}  // namespace vidgen::journal
