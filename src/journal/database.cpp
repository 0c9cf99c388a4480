// SPDX-License-Identifier: Apache-2.0
#include "journal/database.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <new>

#include "base/try.hpp"

namespace vidgen::journal {

Result<std::unique_ptr<Database>> Database::open(const std::string& path) {
  sqlite3* raw = nullptr;
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  int rc = sqlite3_open_v2(path.c_str(), &raw, flags, nullptr);
  std::unique_ptr<sqlite3, int (*)(sqlite3*)> held(raw, &sqlite3_close_v2);
  std::unique_ptr<Database> db(new Database(raw));
  (void)held.release();
  if (rc != SQLITE_OK) return db->error("cannot open the journal " + path);
  sqlite3_extended_result_codes(raw, 1);
  sqlite3_busy_timeout(raw, 10000);
  return db;
}

Database::~Database() {
  for (sqlite3_stmt* statement : kept_) sqlite3_finalize(statement);
  sqlite3_close_v2(db_);
}

Error Database::error(std::string_view doing) const {
  int rc = db_ != nullptr ? sqlite3_extended_errcode(db_) : SQLITE_NOMEM;
  Errc code = Errc::journal;
  if ((rc & 0xff) == SQLITE_NOMEM) code = Errc::no_memory;
  if ((rc & 0xff) == SQLITE_FULL) code = Errc::no_space;
  if ((rc & 0xff) == SQLITE_READONLY || (rc & 0xff) == SQLITE_CANTOPEN) code = Errc::read_only;
  return Error(code, std::string(doing) + ": " + (db_ != nullptr ? sqlite3_errmsg(db_) : "no memory"));
}

bool Database::busy() const {
  const int rc = sqlite3_extended_errcode(db_) & 0xff;
  return rc == SQLITE_BUSY || rc == SQLITE_LOCKED;
}

Status Database::run(const char* sql) {
  if (sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) return error("the journal refused a statement");
  return {};
}

Result<Statement> Database::prepare(const char* sql) {
  const auto same = [sql](sqlite3_stmt* s) { return std::strcmp(sqlite3_sql(s), sql) == 0; };
  const auto kept = std::find_if(kept_.begin(), kept_.end(), same);
  if (kept != kept_.end()) {
    sqlite3_stmt* found = *kept;
    kept_.erase(kept);
    return Statement(this, found);
  }
  kept_.reserve(++compiled_);  // so that it can be kept without memory
  sqlite3_stmt* stmt = nullptr;
  if (sqlite3_prepare_v2(db_, sql, -1, &stmt, nullptr) != SQLITE_OK) return error("the journal refused a statement");
  return Statement(this, stmt);
}

void Database::keep(sqlite3_stmt* statement) {
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  kept_.push_back(statement);
}

Result<Transaction> Transaction::begin(Database& db) {
  VIDGEN_TRY(statement, db.prepare("BEGIN IMMEDIATE"));
  VIDGEN_CHECK(statement.done());
  return Transaction(&db);
}

Status Transaction::commit() {
  VIDGEN_TRY(statement, db_->prepare("COMMIT"));
  Status status = statement.done();
  if (status) db_ = nullptr;
  return status;
}

// Without memory for words about it: sqlite3_exec alone.
Transaction::~Transaction() {
  if (db_ != nullptr) (void)sqlite3_exec(db_->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

Statement::~Statement() {
  if (stmt_ != nullptr) db_->keep(stmt_);
}

Statement& Statement::bind(std::string_view text) {
  // Without memory for the copy the parameter would be NULL: a row that was never meant.
  if (sqlite3_bind_text(stmt_, next_++, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT) != SQLITE_OK)
    unbound_ = true;
  return *this;
}

Statement& Statement::bind(std::int64_t number) {
  if (sqlite3_bind_int64(stmt_, next_++, number) != SQLITE_OK) unbound_ = true;
  return *this;
}

Result<bool> Statement::step() {
  if (unbound_) return db_->error("the journal cannot take that in");
  int rc = sqlite3_step(stmt_);
  if (rc == SQLITE_ROW) return true;
  if (rc == SQLITE_DONE) return false;
  return db_->error("the journal cannot be read or written");
}

Status Statement::done() {
  auto row = step();
  sqlite3_reset(stmt_);
  next_ = 1;
  unbound_ = false;
  if (!row) return row.error();
  return {};
}

std::string Statement::text(int column) const {
  const void* p = sqlite3_column_blob(stmt_, column);
  int n = sqlite3_column_bytes(stmt_, column);
  if (p == nullptr && sqlite3_errcode(db_->handle()) == SQLITE_NOMEM) throw std::bad_alloc();
  return p == nullptr ? std::string() : std::string(static_cast<const char*>(p), static_cast<std::size_t>(n));
}

std::int64_t Statement::number(int column) const {
  return sqlite3_column_int64(stmt_, column);
}

}  // namespace vidgen::journal
