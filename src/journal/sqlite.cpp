// SPDX-License-Identifier: Apache-2.0
#include "journal/sqlite.hpp"

#include <boost/asio/post.hpp>
#include <chrono>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "base/files.hpp"
#include "base/offload.hpp"
#include "base/point.hpp"
#include "base/try.hpp"
#include "journal/database.hpp"
#include "journal/groups.hpp"
#include "journal/rows.hpp"
#include "journal/schema.hpp"

namespace vidgen::journal {
namespace {

constexpr auto kOpening = std::chrono::seconds(10);
constexpr auto kAgain = std::chrono::milliseconds(2);

Result<int> version_of(Database& db) {
  VIDGEN_TRY(statement, db.prepare("PRAGMA user_version"));
  VIDGEN_CHECK(statement.step());  // it always has a row
  return static_cast<int>(statement.number(0));
}

// Before anything is written: even switching to WAL changes the file.
Status refuse_newer(Database& db, const std::string& path) {
  VIDGEN_TRY(version, version_of(db));
  if (version > kSchemaVersion)
    return Error(Errc::journal_version, path + " was written by a newer version of vidgen (schema " +
                                            std::to_string(version) + ", this one knows " +
                                            std::to_string(kSchemaVersion) +
                                            "): update vidgen or use another workspace");
  return {};
}

Status migrate(Database& db) {
  VIDGEN_TRY(version, version_of(db));
  if (version == kSchemaVersion) return {};
  VIDGEN_TRY(transaction, Transaction::begin(db));
  VIDGEN_TRY(now, version_of(db));  // another process may have migrated while this one waited
  for (int v = now; v < kSchemaVersion; ++v) VIDGEN_CHECK(db.run(kMigrations[v]));
  VIDGEN_CHECK(db.run(("PRAGMA user_version=" + std::to_string(kSchemaVersion)).c_str()));
  return transaction.commit();
}

Status prepare_connection(Database& db) {
  VIDGEN_CHECK(db.run("PRAGMA journal_mode=WAL"));
  VIDGEN_CHECK(db.run("PRAGMA synchronous=FULL"));
  return db.run("PRAGMA foreign_keys=ON");
}

// Two processes that switch a new file to WAL at the same time hold what the other waits for: SQLite then says "busy" at
// once, whatever its own patience (https://www.sqlite.org/c3ref/busy_handler.html, on deadlocks).
template <class F>
Status patiently(Database& db, F step) {
  const auto end = std::chrono::steady_clock::now() + kOpening;
  for (;;) {
    Status status = step();
    if (status || !db.busy() || std::chrono::steady_clock::now() > end) return status;
    std::this_thread::sleep_for(kAgain);
  }
}

Status set_up(Database& db, const std::string& path) {
  VIDGEN_CHECK(refuse_newer(db, path));
  VIDGEN_CHECK(prepare_connection(db));
  return migrate(db);
}

class SqliteJournal final : public Journal, public std::enable_shared_from_this<SqliteJournal> {
 private:
  template <class F, class... Args>
  auto read(F function, const Args&... args) {
    std::lock_guard lock(read_mutex_);
    return function(*reader_, args...);
  }

 public:
  SqliteJournal(std::unique_ptr<Database> writer, std::unique_ptr<Database> reader,
                std::optional<asio::any_io_executor> on)
      : writer_(std::move(writer)), reader_(std::move(reader)), on_(std::move(on)) {
    if (!on_) groups_.start();
  }

  void commit(JournalBatch batch, Handler<Status> handler) override {
    const bool waits = asio::get_associated_executor(handler, asio::any_completion_executor(base::Here())) ==
                       asio::any_completion_executor(base::Here());
    groups_.add(std::move(batch), std::move(handler));
    if (!on_) return;
    if (waits) return groups_.write_gathered();
    asio::post(*on_, [weak = weak_from_this()] {
      if (auto self = weak.lock()) self->groups_.write_gathered();
    });
  }

  Result<std::optional<JobRecord>> job(const std::string& id) override { return read(&find_job, id); }
  Result<std::vector<JobRecord>> jobs() override { return read(&all_jobs); }
  Result<std::vector<Event>> events(const std::string& id, std::int64_t after) override {
    return read(&events_after, id, after);
  }
  Result<std::optional<ResultRecord>> result(const std::string& key) override { return read(&find_result, key); }
  Result<std::vector<AttemptRecord>> attempts(const std::string& id) override { return read(&attempts_of, id); }
  Result<Books> books(const std::string& id, std::int64_t day) override { return read(&books_of, id, day); }

  Result<Lease> lease(const std::string& id) override { return read(&lease_of, id); }
  // On the reader's connection: it must not wait for batches that wait for it.
  Result<Lease> take(const LeaseRequest& request) override {
    std::lock_guard lock(read_mutex_);
    VIDGEN_TRY(transaction, Transaction::begin(*reader_));
    VIDGEN_TRY(lease, take_lease(*reader_, request));
    VIDGEN_CHECK(transaction.commit());
    base::at(base::Point::lease_taken);
    return lease;
  }

 private:
  Status commit_group(Group group) {
    base::at(base::Point::group_begun);
    VIDGEN_TRY(transaction, Transaction::begin(*writer_));
    for (const auto& entry : group) VIDGEN_CHECK(write(*writer_, entry.first));
    base::at(base::Point::group_written);
    VIDGEN_CHECK(transaction.commit());
    base::at(base::Point::group_durable);
    return {};
  }

  std::unique_ptr<Database> writer_, reader_;
  std::mutex read_mutex_;
  const std::optional<asio::any_io_executor> on_;
  // Last: it uses everything above. The file is closed once all that was handed in is committed.
  Groups groups_{[this](Group group) { return commit_group(group); }, [] { return false; }};
};

}  // namespace

Result<std::shared_ptr<Journal>> open_sqlite(const std::string& path, std::optional<asio::any_io_executor> on) {
  VIDGEN_TRY(writer, Database::open(path));
  VIDGEN_CHECK(patiently(*writer, [&] { return set_up(*writer, path); }));
  // SQLite does so too, but passes over a failure: the file's name has to be as durable as what is in it.
  const auto slash = path.rfind('/');
  VIDGEN_CHECK(base::sync_folder(slash == std::string::npos ? "." : path.substr(0, slash)));
  VIDGEN_TRY(reader, Database::open(path));
  VIDGEN_CHECK(patiently(*reader, [&] { return prepare_connection(*reader); }));
  return std::shared_ptr<Journal>(std::make_shared<SqliteJournal>(std::move(writer), std::move(reader), std::move(on)));
}

}  // namespace vidgen::journal
