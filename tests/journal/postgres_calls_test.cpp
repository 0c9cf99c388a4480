// SPDX-License-Identifier: Apache-2.0
// Each call of libpq fails in turn, once: the connection is cut before it, or it says no. Without patience, so that each is
// an error; what was said to be durable is there, and the next process goes on. And what an address says of itself.
#include <dlfcn.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>

#include "journal/libpq.hpp"
#include "journal/postgres_address.hpp"
#include "stand.hpp"

namespace vidgen::test {
namespace {

using journal::Libpq;

const Libpq* own = nullptr;        // the library's
int (*socket_of)(const PGconn*);   // PQsocket, which the journal does not use
std::atomic<int> calls_left{0};    // so many go well, then one fails
std::atomic<bool> says_no{false};  // that one; else the connection is cut before it
std::atomic<int> then_left{0};     // and so many later one says no; 0: none does

bool now() {
  if (calls_left <= 0 || --calls_left != 0) return false;
  calls_left = then_left.exchange(0);
  return true;
}
bool fails(PGconn* connection) {
  const bool no = says_no;
  if (!now()) return false;
  says_no = true;
  if (!no) ::shutdown(socket_of(connection), SHUT_RDWR);
  return no;
}

PGconn* connect(const char* const* names, const char* const* values, int expand) {
  if (says_no && now()) return nullptr;
  return own->PQconnectdbParams(names, values, expand);
}
PGresult* exec(PGconn* c, const char* sql) {
  return fails(c) ? nullptr : own->PQexec(c, sql);
}
int send(PGconn* c, const char* sql, int n, const Oid* types, const char* const* values, const int* sizes,
         const int* formats, int format) {
  return fails(c) ? 0 : own->PQsendQueryParams(c, sql, n, types, values, sizes, formats, format);
}
int enter(PGconn* c) {
  return fails(c) ? 0 : own->PQenterPipelineMode(c);
}
int leave(PGconn* c) {
  return fails(c) ? 0 : own->PQexitPipelineMode(c);
}
int sync_up(PGconn* c) {
  return fails(c) ? 0 : own->PQpipelineSync(c);
}
PGresult* get(PGconn* c) {
  return fails(c) ? nullptr : own->PQgetResult(c);
}

class PostgresCalls : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!home.there()) GTEST_SKIP() << "no PostgreSQL server is installed (Debian: postgresql)";
    own = journal::load_libpq().value();
    void* library = ::dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
    socket_of = reinterpret_cast<decltype(socket_of)>(::dlsym(library, "PQsocket"));
    ASSERT_NE(socket_of, nullptr);
    functions = *own;
    functions.PQconnectdbParams = &connect;
    functions.PQexec = &exec;
    functions.PQsendQueryParams = &send;
    functions.PQenterPipelineMode = &enter;
    functions.PQexitPipelineMode = &leave;
    functions.PQpipelineSync = &sync_up;
    functions.PQgetResult = &get;
    journal::use_libpq(&functions);
  }
  void TearDown() override {
    then_left = calls_left = 0;
    journal::use_libpq(nullptr);
  }
  std::string sql(const std::string& text) { return PostgresServer::get()->sql(text, home.address()); }
  // The server refuses rows of a table from now on, with this SQLSTATE.
  void refuse(const std::string& table, const std::string& state) {
    sql("CREATE OR REPLACE FUNCTION vidgen.refuse() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'no' "
        "USING ERRCODE='" + state + "'; END$$; CREATE OR REPLACE TRIGGER refuse BEFORE INSERT ON vidgen." + table +
        " FOR EACH ROW EXECUTE FUNCTION vidgen.refuse()");
  }
  Result<JournalPtr> impatient() { return patient(std::chrono::milliseconds(0)); }
  Result<JournalPtr> patient(std::chrono::milliseconds patience) {
    return journal::open_postgres(home.address(), patience);
  }
  template <class T>
  bool note(const T& answer) {
    if (answer) return true;
    EXPECT_TRUE(answer.error().code() == Errc::journal || answer.error().code() == Errc::no_memory)
        << answer.error().describe();
    return false;
  }
  static LeaseRequest lease_for(const std::string& job) {
    LeaseRequest r;
    r.job = job;
    r.holder = "me";
    r.until_ms = 60'000;
    return r;
  }
  static JournalBatch whole(const std::string& name) {
    JournalBatch batch = events(name, 1, 2);
    batch.jobs.push_back(job(name));
    batch.results.push_back(result(name, "{}"));
    batch.attempts.resize(2);
    for (int i = 0; i < 2; ++i) {
      batch.attempts[static_cast<std::size_t>(i)].job = name;
      batch.attempts[static_cast<std::size_t>(i)].step = "clip_" + std::to_string(i);
      batch.attempts[static_cast<std::size_t>(i)].state = "intent";
      batch.attempts[static_cast<std::size_t>(i)].reserved = usd(0.10);
    }
    batch.limits.emplace();
    batch.limits->job = usd(1);
    return batch;
  }
  // Runs `life` with one call less that goes well each time, until all do.
  void each(const std::function<void(const std::string&)>& life) {
    const bool all = kills() > 10;  // in the nightly tests; else every fifth, and every second that says no
    for (const bool no : {false, true})
      for (int n = 1; n < 500; n += all ? 1 : no ? 2 : 5) {
        says_no = no;
        calls_left = n;
        life((no ? "no" : "cut") + std::to_string(n));
        const bool met = calls_left == 0;
        calls_left = 0;
        if (HasFatalFailure()) return;
        if (!met) {
          EXPECT_GT(n, 8);
          break;
        }
      }
  }
  Home home{Kind::postgres};
  Libpq functions;
};

TEST_F(PostgresCalls, ThatFailWhileTheSchemaIsMadeLeaveNoneOrAWholeOne) {
  each([&](const std::string& name) {
    sql("DROP SCHEMA IF EXISTS vidgen CASCADE");
    (void)note(impatient());
    const int left = calls_left.exchange(0);
    const auto next = impatient();
    ASSERT_TRUE(next) << name << ": " << next.error().describe();
    EXPECT_TRUE(commit(**next, whole("j"))) << name;
    EXPECT_EQ((*next)->events("j", 0).value().size(), 2U) << name;
    calls_left = left;
  });
}

TEST_F(PostgresCalls, ThatFailLoseNothingThatWasSaidToBeThere) {
  ASSERT_TRUE(home.open());
  each([&](const std::string& name) {
    bool took = false, wrote = false;
    {
      auto journal = impatient();
      if (note(journal)) {
        const auto lease = (*journal)->take(lease_for(name));
        took = note(lease);
        JournalBatch batch = whole(name);
        if (took) batch.lease = *lease;
        wrote = note(commit(**journal, batch));
        (void)note((*journal)->books(name, 0));
        (void)note((*journal)->jobs());
        (void)note((*journal)->job(name));
        (void)note((*journal)->events(name, 0));
        (void)note((*journal)->attempts(name));
        (void)note((*journal)->result(name));
        (void)note((*journal)->lease(name));
        (void)note(journal::examine_postgres(home.address()));
      }
    }
    const int left = calls_left.exchange(0);
    JournalPtr next = opened(impatient());
    ASSERT_TRUE(next) << name;
    const bool there = next->job(name).value().has_value();
    EXPECT_TRUE(there || !wrote) << name;
    EXPECT_EQ(next->events(name, 0).value().size(), there ? 2U : 0U) << name;
    EXPECT_EQ(next->attempts(name).value().size(), there ? 2U : 0U) << name;
    EXPECT_EQ(next->result(name).value().has_value(), there) << name;
    EXPECT_EQ(next->books(name, 0).value().job.reserved, there ? usd(0.20) : Money()) << name;
    EXPECT_TRUE(next->lease(name).value().holder == "me" || !took) << name;
    calls_left = left;
  });
}

// With patience a second failure, while the first is being mended, is no failure either.
TEST_F(PostgresCalls, ThatFailTwiceAreMadeAgain) {
  JournalPtr journal = opened(patient(std::chrono::seconds(20)));
  int seq = 0;
  for (int n = 1; n < 16; n += 3)
    for (int then = 1; then < 12; then += 2)
      for (const bool reading : {false, true}) {
        const std::string where = std::to_string(n) + ", " + std::to_string(then) + (reading ? ", read" : ", written");
        says_no = false;
        then_left = then;
        calls_left = n;
        if (reading) {
          const auto all = journal->events("j", 0);
          ASSERT_TRUE(all) << where << ": " << all.error().describe();
          EXPECT_EQ(static_cast<int>(all->size()), seq) << where;
        } else {
          ++seq;
          const Status done = commit(*journal, events("j", seq, seq));
          ASSERT_TRUE(done) << where << ": " << done.error().describe();
        }
        then_left = calls_left = 0;
      }
  EXPECT_EQ(static_cast<int>(journal->events("j", 0).value().size()), seq);
}

TEST_F(PostgresCalls, WhatTheServerLacksIsSaid) {
  JournalPtr journal = home.open();
  for (const auto& [state, code] : {std::pair("53100", Errc::no_space), {"53200", Errc::no_memory},
                                    {"25006", Errc::read_only}, {"22012", Errc::journal}}) {
    refuse("results", state);
    JournalBatch batch;
    batch.results.push_back(result("k", "{}"));
    const Status refused = commit(*journal, batch);
    ASSERT_FALSE(refused) << state;
    EXPECT_EQ(refused.error().code(), code) << refused.error().describe();
    EXPECT_TRUE(commit(*journal, JournalBatch())) << state;
  }
}

// What passes by itself is tried again as long as there is patience.
TEST_F(PostgresCalls, AConflictIsAnErrorWithoutPatience) {
  JournalPtr journal = opened(impatient());
  refuse("results", "40001");
  JournalBatch batch;
  batch.results.push_back(result("k", "{}"));
  EXPECT_EQ(commit(*journal, batch).error().code(), Errc::journal);
  sql("DROP TRIGGER refuse ON vidgen.results");
  EXPECT_TRUE(commit(*journal, batch));
}

// A group that fails is tried batch by batch, unless its trouble is everybody's. An earlier group's is over.
TEST_F(PostgresCalls, AConflictThatIsOverIsNotTakenForTheNextOnes) {
  JournalPtr journal = opened(impatient());
  refuse("results", "40001");
  JournalBatch refused, stale = events("other", 1, 1);
  refused.results.push_back(result("k", "{}"));
  EXPECT_FALSE(commit(*journal, refused));
  stale.lease.emplace();
  stale.lease->job = "other";
  stale.lease->holder = "me";
  stale.lease->fence = 1;  // nobody has it
  auto last = commit_later(*journal, stale), good = commit_later(*journal, events("j", 1, 1));
  const Status taken = last.get();
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code(), Errc::taken_over);
  EXPECT_TRUE(good.get());
}

// Whoever opens a journal hears at once that it cannot be used.
TEST_F(PostgresCalls, AJournalThatCannotBeWrittenOrReadIsNotOpened) {
  ASSERT_TRUE(home.open());
  static int connections;
  connections = 0;
  functions.PQconnectdbParams = [](const char* const* names, const char* const* values, int expand) -> PGconn* {
    return ++connections == 2 ? nullptr : own->PQconnectdbParams(names, values, expand);
  };
  const auto without_reader = impatient();
  ASSERT_FALSE(without_reader);
  EXPECT_EQ(without_reader.error().code(), Errc::no_memory);
  refuse("writers", "53100");
  const auto unknown_writer = impatient();
  ASSERT_FALSE(unknown_writer);
  EXPECT_EQ(unknown_writer.error().code(), Errc::no_space);
}

TEST_F(PostgresCalls, AnAddressThatIsNoneIsSaid) {
  EXPECT_EQ(journal::examine_postgres("mysql://host/films").error().code(), Errc::config_invalid);
}

TEST_F(PostgresCalls, TheServersReleaseIsSaid) {
  functions.PQserverVersion = [](const PGconn*) { return 170000; };
  EXPECT_EQ(journal::examine_postgres(home.address()).value().find("PostgreSQL 17.0, "), 0U);
}

TEST_F(PostgresCalls, AServerThatIsNotThereIsSaid) {
  EXPECT_EQ(journal::examine_postgres("host=/nonexistent dbname=films").error().code(), Errc::journal);
}

TEST_F(PostgresCalls, ASchemaWithoutAVersionIsNoJournalYet) {
  ASSERT_TRUE(home.open());
  sql("DELETE FROM vidgen.version");
  EXPECT_NE(journal::examine_postgres(home.address()).value().find("no journal yet"), std::string::npos);
}

TEST_F(PostgresCalls, ALeaseThatNobodyEverHadIsAnothers) {
  JournalBatch batch = events("j", 1, 1);
  batch.lease.emplace();
  batch.lease->job = "j";
  batch.lease->holder = "me";
  batch.lease->fence = 1;
  EXPECT_EQ(commit(*home.open(), batch).error().code(), Errc::taken_over);
}

TEST_F(PostgresCalls, ADamagedEventIsSaid) {
  JournalPtr journal = home.open();
  ASSERT_TRUE(commit(*journal, events("j", 1, 2)));
  sql("UPDATE vidgen.events SET event='nonsense' WHERE seq=1");
  EXPECT_FALSE(journal->events("j", 0));
  EXPECT_EQ(journal->events("j", 1).value().size(), 1U);
}

// Its words about an address may quote the password: they do not stay in memory.
std::atomic<int> words_given_back{0};

TEST_F(PostgresCalls, WordsAboutAnAddressAreGivenBackAtOnce) {
  Libpq counted = *own;
  counted.PQfreemem = [](void* words) {
    words_given_back += words != nullptr ? 1 : 0;
    own->PQfreemem(words);
  };
  EXPECT_TRUE(journal::PgAddress::parse(counted, "host=h password=s3cret"));
  EXPECT_EQ(words_given_back, 0);
  EXPECT_FALSE(journal::PgAddress::parse(counted, "pasword=s3cret"));
  EXPECT_EQ(words_given_back, 1);
}

TEST_F(PostgresCalls, AnAddressHidesItsSecretsWhereverTheyStand) {
  const auto parse = [](const std::string& text) { return journal::PgAddress::parse(*own, text).value(); };
  const auto address = parse("host=h password=s3cret sslpassword=other client_encoding=LATIN1");
  EXPECT_EQ(address.words("s3cret and s3crets3cret, other\n at \n"), "*** and ******, ***  at");
  EXPECT_EQ(address.words("\n \n"), "");
  EXPECT_EQ(address.words(""), "");
  for (const auto& [name, value] : address.options()) EXPECT_NE(value, "LATIN1") << name;
  int named = 0;
  const auto hurried = parse("host=h connect_timeout=3");
  for (const auto& [name, value] : hurried.options()) {
    named += name == "connect_timeout" ? 1 : 0;
    EXPECT_TRUE(name != "connect_timeout" || value == "3");
  }
  EXPECT_EQ(named, 1);
  const std::pair<std::string, std::string> idle("keepalives_idle", "4");  // what it does not name has our value
  EXPECT_EQ(std::count(hurried.options().begin(), hurried.options().end(), idle), 1);
  EXPECT_EQ(parse("host=h password=''").words("nothing is hidden"), "nothing is hidden");
  EXPECT_EQ(parse("host=h password=**").words("***"), "****");  // what stands in a secret's place is none
}

}  // namespace
}  // namespace vidgen::test
