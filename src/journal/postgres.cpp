// SPDX-License-Identifier: Apache-2.0
#include "journal/postgres.hpp"

#include <chrono>
#include <mutex>
#include <thread>
#include <utility>

#include "base/point.hpp"
#include "base/random.hpp"
#include "base/try.hpp"
#include "journal/groups.hpp"
#include "journal/libpq.hpp"
#include "journal/postgres_rows.hpp"
#include "journal/postgres_schema.hpp"

namespace vidgen::journal {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr auto kAgain = std::chrono::milliseconds(50);

// A session that stops in the middle of a transaction is ended, so that its locks are free before a lease runs out. What
// is durable is on a disk, whatever the database has as its default.
constexpr const char* kSession = R"sql(
SET idle_in_transaction_session_timeout = '5s';
SET lock_timeout = '10s';
SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
)sql";
constexpr const char* kForgetOldWriters = "DELETE FROM vidgen.writers WHERE at < now() - interval '30 days'";

// A connection that is made when it is needed, and again when it broke.
class Link {
 public:
  Link(const Libpq& pq, std::shared_ptr<const PgAddress> address) : pq_(pq), address_(std::move(address)) {}

  // True where it was made now.
  Result<bool> ready() {
    if (connection_ && !connection_->lost()) {
      connection_->forget();
      return false;
    }
    connection_.reset();
    VIDGEN_TRY(made, PgConnection::open(pq_, address_));
    VIDGEN_CHECK(made->run(kSession));
    connection_ = std::move(made);
    return true;
  }
  PgConnection& operator*() { return *connection_; }
  // The last failure has nothing to do with what was asked.
  bool passing() const { return !connection_ || connection_->passing(); }

 private:
  const Libpq& pq_;
  const std::shared_ptr<const PgAddress> address_;
  std::unique_ptr<PgConnection> connection_;
};

class PostgresJournal final : public Journal {
 private:
  // Tries until it succeeds, or fails for good, or patience ends.
  template <class F>
  auto patiently(Link& link, F&& attempt) -> decltype(attempt()) {
    const auto end = SteadyClock::now() + patience_;
    for (;;) {
      auto result = attempt();
      if (result || !link.passing() || SteadyClock::now() >= end) return result;
      std::this_thread::sleep_for(kAgain);
    }
  }

  template <class F, class... Args>
  auto read(F function, const Args&... args) -> decltype(function(std::declval<PgConnection&>(), args...)) {
    std::lock_guard lock(read_mutex_);
    return patiently(reader_, [&]() -> decltype(function(std::declval<PgConnection&>(), args...)) {
      VIDGEN_CHECK(reader_.ready());
      return function(*reader_, args...);
    });
  }

 public:
  PostgresJournal(const Libpq& pq, const std::shared_ptr<const PgAddress>& address, std::chrono::milliseconds patience)
      : writer_(pq, address), reader_(pq, address), patience_(patience) {
    self_.name = base::unique_id();
    groups_.start();
  }

  // Both connections, at once: whoever opens a journal hears now that its server is not there.
  Status connect() {
    VIDGEN_CHECK(writer_.ready());
    VIDGEN_CHECK(migrate(*writer_));
    VIDGEN_CHECK(last_durable(*writer_, self_));
    settled_ = true;
    VIDGEN_CHECK((*writer_).ask(kForgetOldWriters));
    VIDGEN_CHECK(reader_.ready());
    return {};
  }

  void commit(JournalBatch batch, Handler<Status> handler) override {
    groups_.add(std::move(batch), std::move(handler));
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
  // Where the answer was lost it is asked for again: whoever has a lease may take it.
  Result<Lease> take(const LeaseRequest& request) override {
    VIDGEN_TRY(lease, read(&take_lease, request));
    base::at(base::Point::lease_taken);
    return lease;
  }

 private:
  Status commit_group(Group group) {
    base::at(base::Point::group_begun);
    unanswered_ = 0;
    Status status = patiently(writer_, [&] { return try_group(group); });
    if (status) base::at(base::Point::group_durable);
    if (!status && unanswered_ != 0)
      return Error(Errc::journal, "whether the last writes came through is not known").because(status.error());
    return status;
  }

  Status try_group(Group group) {
    VIDGEN_TRY(anew, writer_.ready());
    settled_ = settled_ && !anew;
    if (!settled_) {
      VIDGEN_TRY(last, last_durable(*writer_, self_));
      settled_ = true;
      if (unanswered_ != 0 && std::exchange(unanswered_, 0) == last) return {};
    }
    ++self_.number;
    PgTransaction transaction(*writer_);
    VIDGEN_CHECK(write(*writer_, self_, group));
    base::at(base::Point::group_written);
    Status committed = transaction.commit();
    if (transaction.unanswered()) unanswered_ = self_.number;
    return committed;
  }

  Link writer_, reader_;
  const std::chrono::milliseconds patience_;
  PgWriter self_;
  bool settled_ = false;         // nothing of an earlier connection is under way
  std::int64_t unanswered_ = 0;  // the number of the group whose COMMIT got no answer
  std::mutex read_mutex_;
  // Last: it uses everything above. The connections are closed once all that was handed in is committed.
  Groups groups_{[this](Group group) { return commit_group(group); }, [this] { return writer_.passing(); }};
};

Result<std::shared_ptr<const PgAddress>> address_of(const Libpq& pq, const std::string& connection) {
  VIDGEN_TRY(address, PgAddress::parse(pq, connection));
  return std::shared_ptr<const PgAddress>(std::make_shared<PgAddress>(std::move(address)));
}

std::string release(int version) {
  return std::to_string(version / 10000) + "." + std::to_string(version % 10000);
}

}  // namespace

Status find_libpq() {
  VIDGEN_CHECK(load_libpq());
  return {};
}

Result<std::shared_ptr<Journal>> open_postgres(const std::string& connection, std::chrono::milliseconds patience) {
  VIDGEN_TRY(pq, load_libpq());
  VIDGEN_TRY(address, address_of(*pq, connection));
  auto journal = std::make_shared<PostgresJournal>(*pq, address, patience);
  VIDGEN_CHECK(journal->connect());
  return std::shared_ptr<Journal>(std::move(journal));
}

Result<std::string> examine_postgres(const std::string& connection) {
  VIDGEN_TRY(pq, load_libpq());
  VIDGEN_TRY(address, address_of(*pq, connection));
  VIDGEN_TRY(to, PgConnection::open(*pq, address));
  VIDGEN_TRY(version, postgres_version_of(*to));
  VIDGEN_TRY(fsync, to->ask("SELECT current_setting('fsync')"));
  return "PostgreSQL " + release(to->server_version()) + ", " +
         (version == 0 ? std::string("no journal yet") : "a journal of schema " + std::to_string(version)) +
         (fsync[0].text(0) == "off" ? "; its fsync is off, so that a power cut loses what was paid for" : "");
}

}  // namespace vidgen::journal
