// SPDX-License-Identifier: Apache-2.0
#include "journal/sqlite.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "base/offload.hpp"
#include "base/try.hpp"
#include "journal/database.hpp"
#include "journal/schema.hpp"

namespace vidgen::journal {
namespace {

constexpr auto kGather = std::chrono::milliseconds(2);
constexpr auto kOpening = std::chrono::seconds(10);
constexpr auto kAgain = std::chrono::milliseconds(2);

Result<int> version_of(Database& db) {
  VIDGEN_TRY(statement, db.prepare("PRAGMA user_version"));
  VIDGEN_TRY(row, statement.step());
  return row ? static_cast<int>(statement.number(0)) : 0;
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

Status migrate_from(Database& db, int version) {
  for (int v = version; v < kSchemaVersion; ++v) VIDGEN_CHECK(db.run(kMigrations[v]));
  VIDGEN_CHECK(db.run(("PRAGMA user_version=" + std::to_string(kSchemaVersion)).c_str()));
  return db.run("COMMIT");
}

Status migrate(Database& db) {
  VIDGEN_TRY(version, version_of(db));
  if (version == kSchemaVersion) return {};
  VIDGEN_CHECK(db.run("BEGIN IMMEDIATE"));
  auto again = version_of(db);  // another process may have migrated while this one waited
  Status status = again ? migrate_from(db, *again) : Status(again.error());
  if (!status) (void)db.run("ROLLBACK");
  return status;
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

Status write(Database& db, const JobRecord& j) {
  VIDGEN_TRY(s, db.prepare("INSERT OR REPLACE INTO jobs VALUES (?,?,?,?,?,?,?,?,?)"));
  s.bind(j.id).bind(j.created_ms).bind(j.request).bind(j.spec).bind(j.plan);
  return s.bind(to_string(j.status)).bind(j.reason).bind(j.film).bind(j.owner).done();
}

Status write(Database& db, const AttemptRecord& a) {
  VIDGEN_TRY(s, db.prepare("INSERT OR REPLACE INTO attempts VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"));
  s.bind(a.job).bind(a.step).bind(std::int64_t{a.attempt}).bind(a.key).bind(a.state).bind(a.provider);
  s.bind(a.provider_id).bind(std::int64_t{a.seed}).bind(a.reserved.micros()).bind(a.settled.micros());
  return s.bind(a.time_ms).bind(a.detail).done();
}

Status write(Database& db, const ResultRecord& r) {
  VIDGEN_TRY(s, db.prepare("INSERT OR REPLACE INTO results VALUES (?,?)"));
  return s.bind(r.key).bind(r.outcome).done();
}

Status write(Database& db, const Event& e) {
  VIDGEN_TRY(s, db.prepare("INSERT INTO events VALUES (?,?,?)"));
  return s.bind(e.job).bind(e.seq).bind(to_json(e)).done();
}

template <class T>
Status write_all(Database& db, const std::vector<T>& rows) {
  for (const T& row : rows) VIDGEN_CHECK(write(db, row));
  return {};
}

Status write(Database& db, const JournalBatch& batch) {
  VIDGEN_CHECK(write_all(db, batch.jobs));
  VIDGEN_CHECK(write_all(db, batch.attempts));
  VIDGEN_CHECK(write_all(db, batch.results));
  return write_all(db, batch.events);
}

JobRecord read_job(const Statement& s) {
  JobRecord j;
  j.id = s.text(0);
  j.created_ms = s.number(1);
  j.request = s.text(2);
  j.spec = s.text(3);
  j.plan = s.text(4);
  auto status = parse_job_status(s.text(5));
  j.status = status ? *status : JobStatus::failed;
  j.reason = s.text(6);
  j.film = s.text(7);
  j.owner = s.number(8);
  return j;
}

AttemptRecord read_attempt(const Statement& s) {
  AttemptRecord a;
  a.job = s.text(0);
  a.step = s.text(1);
  a.attempt = static_cast<int>(s.number(2));
  a.key = s.text(3);
  a.state = s.text(4);
  a.provider = s.text(5);
  a.provider_id = s.text(6);
  a.seed = static_cast<std::uint32_t>(s.number(7));
  a.reserved = Money::micros(s.number(8));
  a.settled = Money::micros(s.number(9));
  a.time_ms = s.number(10);
  a.detail = s.text(11);
  return a;
}

class SqliteJournal final : public Journal {
 public:
  SqliteJournal(std::unique_ptr<Database> writer, std::unique_ptr<Database> reader)
      : writer_(std::move(writer)), reader_(std::move(reader)), thread_([this] { write_loop(); }) {}

  // What was handed in is committed before the file is closed.
  ~SqliteJournal() override {
    {
      std::lock_guard lock(mutex_);
      closing_ = true;
    }
    wake_.notify_one();
    thread_.join();
  }

  void commit(JournalBatch batch, Handler<Status> handler) override {
    {
      std::lock_guard lock(mutex_);
      queue_.emplace_back(std::move(batch), std::move(handler));
    }
    wake_.notify_one();
  }

  Result<std::optional<JobRecord>> job(const std::string& id) override {
    std::lock_guard lock(read_mutex_);
    VIDGEN_TRY(s, reader_->prepare("SELECT * FROM jobs WHERE id=?"));
    VIDGEN_TRY(row, s.bind(id).step());
    return row ? std::optional<JobRecord>(read_job(s)) : std::nullopt;
  }

  Result<std::vector<JobRecord>> jobs() override {
    std::lock_guard lock(read_mutex_);
    std::vector<JobRecord> out;
    VIDGEN_TRY(s, reader_->prepare("SELECT * FROM jobs ORDER BY created_ms DESC, id DESC"));
    for (;;) {
      VIDGEN_TRY(row, s.step());
      if (!row) return out;
      out.push_back(read_job(s));
    }
  }

  Result<std::vector<Event>> events(const std::string& id, std::int64_t after) override {
    std::lock_guard lock(read_mutex_);
    std::vector<Event> out;
    VIDGEN_TRY(s, reader_->prepare("SELECT event FROM events WHERE job=? AND seq>? ORDER BY seq"));
    s.bind(id).bind(after);
    for (;;) {
      VIDGEN_TRY(row, s.step());
      if (!row) return out;
      VIDGEN_TRY(event, event_from_json(s.text(0)));
      out.push_back(std::move(event));
    }
  }

  Result<std::optional<ResultRecord>> result(const std::string& key) override {
    std::lock_guard lock(read_mutex_);
    VIDGEN_TRY(s, reader_->prepare("SELECT key, outcome FROM results WHERE key=?"));
    VIDGEN_TRY(row, s.bind(key).step());
    if (!row) return std::optional<ResultRecord>();
    ResultRecord r;
    r.key = s.text(0);
    r.outcome = s.text(1);
    return std::optional<ResultRecord>(std::move(r));
  }

  Result<std::vector<AttemptRecord>> attempts(const std::string& id) override {
    std::lock_guard lock(read_mutex_);
    std::vector<AttemptRecord> out;
    VIDGEN_TRY(s, reader_->prepare("SELECT * FROM attempts WHERE job=? ORDER BY step, attempt"));
    s.bind(id);
    for (;;) {
      VIDGEN_TRY(row, s.step());
      if (!row) return out;
      out.push_back(read_attempt(s));
    }
  }

 private:
  using Entry = std::pair<JournalBatch, Handler<Status>>;

  void write_loop() {
    for (;;) {
      std::deque<Entry> group;
      {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [this] { return closing_ || !queue_.empty(); });
        if (queue_.empty()) return;
        // A little patience makes one sync serve many.
        if (!closing_) wake_.wait_for(lock, kGather, [this] { return closing_; });
        group.swap(queue_);
      }
      Status all = commit_group(group);
      if (!all && group.size() > 1)
        return_one_by_one(group);
      else
        for (auto& [batch, handler] : group) base::complete(std::move(handler), all);
    }
  }

  Status commit_group(const std::deque<Entry>& group) {
    VIDGEN_CHECK(writer_->run("BEGIN IMMEDIATE"));
    Status status;
    for (const auto& entry : group)
      if (status) status = write(*writer_, entry.first);
    if (status) status = writer_->run("COMMIT");
    if (!status) (void)writer_->run("ROLLBACK");
    return status;
  }

  // One bad batch must not take its neighbours with it.
  void return_one_by_one(std::deque<Entry>& group) {
    for (auto& entry : group) {
      std::deque<Entry> one;
      one.push_back(std::move(entry));
      Status status = commit_group(one);
      base::complete(std::move(one.front().second), status);
    }
  }

  std::unique_ptr<Database> writer_, reader_;
  std::mutex read_mutex_, mutex_;
  std::condition_variable wake_;
  std::deque<Entry> queue_;
  bool closing_ = false;
  std::thread thread_;  // last: it uses everything above
};

}  // namespace

Result<std::shared_ptr<Journal>> open_sqlite(const std::string& path) {
  VIDGEN_TRY(writer, Database::open(path));
  VIDGEN_CHECK(patiently(*writer, [&] { return set_up(*writer, path); }));
  VIDGEN_TRY(reader, Database::open(path));
  VIDGEN_CHECK(patiently(*reader, [&] { return prepare_connection(*reader); }));
  return std::shared_ptr<Journal>(std::make_shared<SqliteJournal>(std::move(writer), std::move(reader)));
}

}  // namespace vidgen::journal
