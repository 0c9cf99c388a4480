// SPDX-License-Identifier: Apache-2.0
// A thin, typed layer over SQLite's C functions: one connection, prepared statements, errors with codes.
// Thread-safety: a Database belongs to one thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "vidgen/error.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace vidgen::journal {

class Statement;

class Database {
 public:
  static Result<std::unique_ptr<Database>> open(const std::string& path);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  Status run(const char* sql);
  // Compiled once: a statement that is no longer used is kept for the next who asks for the same words.
  Result<Statement> prepare(const char* sql);
  Error error(std::string_view doing) const;
  bool busy() const;  // the last thing failed because another connection holds the file
  sqlite3* handle() const { return db_; }

 private:
  friend class Statement;
  explicit Database(sqlite3* db) : db_(db) {}
  void keep(sqlite3_stmt* statement);

  sqlite3* db_;
  std::size_t compiled_ = 0;
  std::vector<sqlite3_stmt*> kept_;  // unused, reset and unbound
};

// A transaction that is undone unless it was committed, whatever happens in between.
class Transaction {
 public:
  static Result<Transaction> begin(Database& db);
  Transaction(Transaction&& o) noexcept : db_(std::exchange(o.db_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  Status commit();

 private:
  explicit Transaction(Database* db) : db_(db) {}
  Database* db_;
};

class Statement {
 public:
  Statement(Database* db, sqlite3_stmt* s) : db_(db), stmt_(s) {}
  Statement(Statement&& o) noexcept : db_(o.db_), stmt_(o.stmt_), next_(o.next_), unbound_(o.unbound_) { o.stmt_ = nullptr; }
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  // Parameters in their order.
  Statement& bind(std::string_view text);
  Statement& bind(std::int64_t number);
  Result<bool> step();  // true: a row is there
  Status done();        // runs to the end, then ready to be bound again
  std::string text(int column) const;
  std::int64_t number(int column) const;

 private:
  Database* db_;
  sqlite3_stmt* stmt_;
  int next_ = 1;
  bool unbound_ = false;  // a parameter could not be bound
};

}  // namespace vidgen::journal
