// SPDX-License-Identifier: Apache-2.0
// A thin, typed layer over libpq: one connection, statements sent together and answered together, errors with codes.
// All values go as bytes, so that texts need no quoting and numbers no parsing.
// Thread-safety: a PgConnection belongs to one thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "journal/postgres_address.hpp"
#include "vidgen/error.hpp"

struct pg_conn;
struct pg_result;

namespace vidgen::journal {

// Parameters in their order: $1, $2 …
class PgValues {
 public:
  PgValues& bind(std::string_view text);
  PgValues& bind(std::int64_t number);
  const std::vector<std::string>& all() const { return values_; }

 private:
  std::vector<std::string> values_;
};

class PgRows;

class PgRow {
 public:
  PgRow(const PgRows& rows, int number) : rows_(rows), row_(number) {}
  std::string text(int column) const;
  std::int64_t number(int column) const;

 private:
  const PgRows& rows_;
  const int row_;
};

// What one statement gave.
class PgRows {
 public:
  PgRows(const Libpq& pq, std::shared_ptr<pg_result> result) : pq_(&pq), result_(std::move(result)) {}
  int count() const;
  PgRow operator[](int row) const { return PgRow(*this, row); }

 private:
  friend class PgRow;
  const Libpq* pq_;
  std::shared_ptr<pg_result> result_;
};

class PgConnection {
 public:
  static Result<std::unique_ptr<PgConnection>> open(const Libpq& pq, std::shared_ptr<const PgAddress> address);
  ~PgConnection();
  PgConnection(const PgConnection&) = delete;
  PgConnection& operator=(const PgConnection&) = delete;

  // Statements without parameters, with any number of them in the text; not within send() and finish().
  Status run(const std::string& sql);
  // Sends a statement without waiting for its answer.
  void send(const char* sql, const PgValues& values = PgValues());
  // Waits for the answers to all that was sent: one a statement, or the first error, after which none was carried out.
  Result<std::vector<PgRows>> finish();
  // One statement: send() and finish().
  Result<PgRows> ask(const char* sql, const PgValues& values = PgValues());

  // The connection is gone: it was, when the last error came.
  bool lost() const { return lost_; }
  // The last error says nothing about what was asked: the same may go well in a moment. Since forget().
  bool passing() const;
  void forget() { state_.clear(); }
  int server_version() const;

 private:
  PgConnection(const Libpq& pq, std::shared_ptr<const PgAddress> address, pg_conn* connection)
      : pq_(pq), address_(std::move(address)), connection_(connection) {}
  Error error(const pg_result* result);
  std::shared_ptr<pg_result> next();
  Result<PgRows> answer();
  bool synced();

  const Libpq& pq_;
  const std::shared_ptr<const PgAddress> address_;
  pg_conn* const connection_;
  int sent_ = 0;  // statements that were not answered yet
  bool lost_ = false;
  std::string state_;  // SQLSTATE of the last error
};

// A transaction that is undone unless it was committed, whatever happens in between.
class PgTransaction {
 public:
  // That it begins is only sent: it is answered first in the next finish().
  explicit PgTransaction(PgConnection& connection);
  ~PgTransaction();
  PgTransaction(const PgTransaction&) = delete;
  PgTransaction& operator=(const PgTransaction&) = delete;
  Status commit();
  // It failed, and whether it came through is not known.
  bool unanswered() const { return unanswered_; }

 private:
  PgConnection& connection_;
  bool over_ = false, unanswered_ = false;
};

}  // namespace vidgen::journal
