// SPDX-License-Identifier: Apache-2.0
// PostgresServer: a real PostgreSQL server of the tests' own, in a temporary folder, on a Unix socket alone. One a test
// program, started when it is first asked for and stopped, by its process id, when the program ends. PostgreSQL refuses
// root: it then runs as the user postgres. Where its programs are not installed there is none, and tests skip.
#pragma once

#include <string>
#include <vector>

#include "support/temp.hpp"

namespace vidgen::test {

class PostgresServer {
 public:
  // Null: no server is installed, in VIDGEN_POSTGRES_BIN or where Debian has it; or it does not start, which why() says.
  static PostgresServer* get();
  static const std::string& why();

  // A new, empty database; its URL.
  std::string make_database();
  std::string url(const std::string& database, const std::string& user = "postgres") const;
  // SQL as the superuser, in a database of a URL or in that of the server; what psql says, one row a line.
  std::string sql(const std::string& text, const std::string& database = "postgres") const;
  // As a crash does: SIGKILL to the server's first process, whose others then end themselves. Waits for that one.
  void kill();
  // After kill(): waits until it takes connections.
  bool start();

  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;
  ~PostgresServer();

 private:
  explicit PostgresServer(std::string programs) : programs_(std::move(programs)) {}
  bool make_cluster(std::string& words);
  bool run(const std::vector<std::string>& command, std::string* output = nullptr) const;
  int spawn(const std::vector<std::string>& command, int output) const;

  const std::string programs_;
  TempFolder folder_;
  int pid_ = -1;
  int databases_ = 0;
};

}  // namespace vidgen::test
