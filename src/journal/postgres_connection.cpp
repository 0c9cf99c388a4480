// SPDX-License-Identifier: Apache-2.0
#include "journal/postgres_connection.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/try.hpp"
#include "journal/libpq.hpp"

namespace vidgen::journal {
namespace {

// https://www.postgresql.org/docs/current/errcodes-appendix.html
constexpr std::string_view kNoSpace[] = {"53100"};
constexpr std::string_view kReadOnly[] = {"25006", "42501"};
constexpr std::string_view kNoMemory[] = {"53200"};
// A deadlock, a conflict, a lock that was not had in time, too many connections: the transaction was undone.
constexpr std::string_view kPassing[] = {"40P01", "40001", "55P03", "53300"};
// The server ends the session with these.
constexpr std::string_view kGone[] = {"57P01", "57P02", "57P03", "57P05", "25P03"};

template <std::size_t N>
bool one_of(const std::string_view (&states)[N], const std::string& state) {
  return std::find(std::begin(states), std::end(states), state) != std::end(states);
}

Errc code_of(const std::string& state) {
  if (one_of(kNoSpace, state)) return Errc::no_space;
  if (one_of(kReadOnly, state)) return Errc::read_only;
  if (one_of(kNoMemory, state)) return Errc::no_memory;
  return Errc::journal;
}

void say_nothing(void*, const char*) {}

}  // namespace

PgValues& PgValues::bind(std::string_view text) {
  values_.emplace_back(text);
  return *this;
}

PgValues& PgValues::bind(std::int64_t number) {
  std::string bytes(8, '\0');
  for (int i = 7; i >= 0; --i, number >>= 8) bytes[static_cast<std::size_t>(i)] = static_cast<char>(number & 0xff);
  values_.push_back(std::move(bytes));
  return *this;
}

std::string PgRow::text(int column) const {
  const pg_result* r = rows_.result_.get();
  const int size = rows_.pq_->PQgetlength(r, row_, column);
  return std::string(rows_.pq_->PQgetvalue(r, row_, column), static_cast<std::size_t>(size));
}

std::int64_t PgRow::number(int column) const {
  std::uint64_t out = 0;
  for (const char c : text(column)) out = out << 8 | static_cast<unsigned char>(c);
  return static_cast<std::int64_t>(out);
}

int PgRows::count() const {
  return pq_->PQntuples(result_.get());
}

Result<std::unique_ptr<PgConnection>> PgConnection::open(const Libpq& pq, std::shared_ptr<const PgAddress> address) {
  std::vector<const char*> names, values;
  for (const auto& [name, value] : address->options()) {
    names.push_back(name.c_str());
    values.push_back(value.c_str());
  }
  names.push_back(nullptr);
  values.push_back(nullptr);
  pg_conn* raw = pq.PQconnectdbParams(names.data(), values.data(), 0);
  if (raw == nullptr) return Error(Errc::no_memory, "no memory for a connection to the journal");
  std::unique_ptr<PgConnection> out(new PgConnection(pq, std::move(address), raw));
  if (pq.PQstatus(raw) != CONNECTION_OK)
    return Error(Errc::journal, "cannot reach the journal: " + out->address_->words(pq.PQerrorMessage(raw)));
  pq.PQsetNoticeProcessor(raw, &say_nothing, nullptr);  // else they go to stderr
  return out;
}

PgConnection::~PgConnection() {
  pq_.PQfinish(connection_);
}

int PgConnection::server_version() const {
  return pq_.PQserverVersion(connection_);
}

bool PgConnection::passing() const {
  return lost_ || one_of(kPassing, state_);
}

Error PgConnection::error(const pg_result* result) {
  const char* state = result != nullptr ? pq_.PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
  // The first line alone: the second one may quote a row.
  const char* words = result != nullptr ? pq_.PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : nullptr;
  state_ = state != nullptr ? state : "";
  lost_ = lost_ || pq_.PQstatus(connection_) != CONNECTION_OK || one_of(kGone, state_);
  const std::string why = address_->words(words != nullptr ? words : pq_.PQerrorMessage(connection_));
  if (lost_) return Error(Errc::journal, "the connection to the journal broke: " + why);
  return Error(code_of(state_), "the journal cannot be read or written: " + why);
}

Status PgConnection::run(const std::string& sql) {
  std::unique_ptr<pg_result, void (*)(pg_result*)> result(pq_.PQexec(connection_, sql.c_str()), pq_.PQclear);
  const ExecStatusType status = result ? pq_.PQresultStatus(result.get()) : PGRES_FATAL_ERROR;
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return {};
  return error(result.get());
}

void PgConnection::send(const char* sql, const PgValues& values) {
  if (sent_ == 0 && pq_.PQenterPipelineMode(connection_) == 0) lost_ = true;
  const std::size_t n = values.all().size();
  std::vector<const char*> bytes;
  std::vector<int> sizes, formats(n, 1);
  for (const std::string& value : values.all()) {
    bytes.push_back(value.data());
    sizes.push_back(static_cast<int>(value.size()));
  }
  if (pq_.PQsendQueryParams(connection_, sql, static_cast<int>(n), nullptr, bytes.data(), sizes.data(), formats.data(),
                            1) == 0)
    lost_ = true;
  ++sent_;
}

std::shared_ptr<pg_result> PgConnection::next() {
  return std::shared_ptr<pg_result>(pq_.PQgetResult(connection_), pq_.PQclear);
}

// The answer to one statement is a result and then none.
Result<PgRows> PgConnection::answer() {
  const std::shared_ptr<pg_result> result = next();
  const ExecStatusType status = result ? pq_.PQresultStatus(result.get()) : PGRES_FATAL_ERROR;
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_PIPELINE_ABORTED) {
    Error failed = error(result.get());
    if (!lost_) (void)next();
    return failed;
  }
  (void)next();
  return PgRows(pq_, result);
}

bool PgConnection::synced() {
  const std::shared_ptr<pg_result> last = next();
  return last && pq_.PQresultStatus(last.get()) == PGRES_PIPELINE_SYNC && pq_.PQexitPipelineMode(connection_) == 1;
}

Result<std::vector<PgRows>> PgConnection::finish() {
  std::vector<PgRows> out;
  std::optional<Error> first;
  if (lost_ || pq_.PQpipelineSync(connection_) == 0) {
    lost_ = true;
    first = error(nullptr);
  }
  for (int i = std::exchange(sent_, 0); i > 0 && !lost_; --i) {
    Result<PgRows> rows = answer();
    if (rows) out.push_back(std::move(*rows));
    if (!rows && !first) first = rows.error();
  }
  if (!lost_ && !synced()) {
    lost_ = true;
    if (!first) first = error(nullptr);
  }
  if (first) return *first;
  return out;
}

Result<PgRows> PgConnection::ask(const char* sql, const PgValues& values) {
  send(sql, values);
  VIDGEN_TRY(rows, finish());
  return rows.front();
}

PgTransaction::PgTransaction(PgConnection& connection) : connection_(connection) {
  // Whatever the database has as its default: later statements see what others committed before they ran.
  connection_.send("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE");
}

PgTransaction::~PgTransaction() {
  if (!over_ && !connection_.lost()) (void)connection_.ask("ROLLBACK");
}

Status PgTransaction::commit() {
  over_ = true;
  Result<PgRows> rows = connection_.ask("COMMIT");
  if (rows) return {};
  unanswered_ = connection_.lost();
  return rows.error();
}

}  // namespace vidgen::journal
