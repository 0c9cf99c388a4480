// SPDX-License-Identifier: Apache-2.0
// What only the journal on PostgreSQL has: addresses with secrets in them, rights, a schema in a database.
#include "journal/postgres.hpp"

#include "stand.hpp"

namespace vidgen::test {
namespace {

constexpr const char* kSecret = "Sesam-0ffne-dich";

class JournalPostgres : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!home.there()) GTEST_SKIP() << "no PostgreSQL server is installed (Debian: postgresql)";
  }
  Error refused(const std::string& connection) {
    auto journal = journal::open_postgres(connection);
    EXPECT_FALSE(journal) << "it was opened";
    const Error error = journal ? Error() : journal.error();
    EXPECT_EQ(error.describe().find(kSecret), std::string::npos) << error.describe();
    return error;
  }
  std::string sql(const std::string& text) { return PostgresServer::get()->sql(text, home.address()); }
  // The home's URL for another user.
  std::string as(const std::string& user) {
    std::string url = home.address();
    return url.replace(url.find("//postgres@"), 11, "//" + user + "@");
  }

  Home home{Kind::postgres};
};

TEST_F(JournalPostgres, AWrongPasswordIsSaidWithoutIt) {
  sql("CREATE ROLE secret LOGIN PASSWORD 'another'");
  const Error error = refused(as(std::string("secret:") + kSecret));
  EXPECT_EQ(error.code(), Errc::journal);
  EXPECT_NE(error.message().find("password authentication failed"), std::string::npos) << error.message();
  sql("ALTER ROLE secret PASSWORD '" + std::string(kSecret) + "'; ALTER ROLE secret SUPERUSER");
  EXPECT_TRUE(journal::open_postgres(as(std::string("secret:") + kSecret)));
  sql("DROP ROLE secret");
}

TEST(JournalAddress, OneThatCannotBeReadIsSaidWithoutItsWords) {
  if (!journal::find_libpq()) GTEST_SKIP() << journal::find_libpq().error().message();
  const std::string secret = kSecret;
  for (const std::string& address :
       {"postgresql://me:" + secret + "@[::1/films", "postgresql://me@host/films?password=" + secret + "&sslmood=on",
        "password='" + secret, "pasword=" + secret, secret, "mysql://me:" + secret + "@host/films"}) {
    auto journal = journal::open_postgres(address);
    ASSERT_FALSE(journal) << address;
    EXPECT_EQ(journal.error().code(), Errc::config_invalid) << journal.error().describe();
    EXPECT_EQ(journal.error().describe().find(secret), std::string::npos) << journal.error().describe();
  }
}

TEST(JournalAddress, AServerThatIsNotThereIsSaidAtOnce) {
  if (!journal::find_libpq()) GTEST_SKIP() << journal::find_libpq().error().message();
  auto journal = journal::open_postgres("postgresql://me:" + std::string(kSecret) + "@/films?host=/nowhere");
  ASSERT_FALSE(journal);
  EXPECT_EQ(journal.error().code(), Errc::journal);
  EXPECT_NE(journal.error().message().find("/nowhere"), std::string::npos) << journal.error().message();
  EXPECT_EQ(journal.error().describe().find(kSecret), std::string::npos) << journal.error().describe();
}

TEST_F(JournalPostgres, ADatabaseThatIsNotThereIsSaid) {
  const Error error = refused(PostgresServer::get()->url("none"));
  EXPECT_EQ(error.code(), Errc::journal);
  EXPECT_NE(error.message().find("\"none\""), std::string::npos) << error.message();
}

TEST_F(JournalPostgres, WhoMayNotWriteHearsIt) {
  ASSERT_TRUE(home.open());
  sql("CREATE ROLE guest LOGIN");
  EXPECT_EQ(refused(as("guest")).code(), Errc::read_only);
  sql("GRANT USAGE ON SCHEMA vidgen TO guest; GRANT SELECT ON ALL TABLES IN SCHEMA vidgen TO guest");
  EXPECT_EQ(refused(as("guest")).code(), Errc::read_only);
  // A user with the rights of the tables alone can work in a schema that another made.
  sql("GRANT ALL ON ALL TABLES IN SCHEMA vidgen TO guest");
  auto journal = journal::open_postgres(as("guest"));
  ASSERT_TRUE(journal) << journal.error().describe();
  EXPECT_TRUE(commit(**journal, events("j", 1, 1)));
  journal->reset();
  sql("DROP OWNED BY guest; DROP ROLE guest");
}

// Where users may make no schemas, whoever may makes it for them.
TEST_F(JournalPostgres, AnEmptySchemaThatWasMadeForItIsUsed) {
  sql("CREATE ROLE guest LOGIN");
  EXPECT_EQ(refused(as("guest")).code(), Errc::read_only);
  sql("CREATE SCHEMA vidgen AUTHORIZATION guest");
  auto journal = journal::open_postgres(as("guest"));
  ASSERT_TRUE(journal) << journal.error().describe();
  EXPECT_TRUE(commit(**journal, events("j", 1, 1)));
  journal->reset();
  EXPECT_TRUE(home.open());
  sql("DROP OWNED BY guest; DROP ROLE guest");
}

TEST_F(JournalPostgres, ANewerSchemaIsRefusedAndNotTouched) {
  sql("CREATE SCHEMA vidgen; CREATE TABLE vidgen.version (number bigint); INSERT INTO vidgen.version VALUES (9999);"
      "CREATE TABLE vidgen.jobs (shape text)");
  const char* all = "SELECT oid, relname, relfilenode FROM pg_class WHERE relnamespace = 'vidgen'::regnamespace ORDER BY oid";
  const std::string before = sql(all);
  const Error error = refused(home.address());
  EXPECT_EQ(error.code(), Errc::journal_version);
  EXPECT_NE(error.message().find("9999"), std::string::npos) << error.message();
  EXPECT_EQ(sql(all), before);
  EXPECT_EQ(sql("SELECT number FROM vidgen.version"), "9999\n");
}

TEST_F(JournalPostgres, AHalfMadeSchemaCannotBe) {
  // A migration is one transaction: what stands in its way leaves nothing behind.
  sql("CREATE SCHEMA vidgen; CREATE TABLE vidgen.jobs (of_somebody_else text)");
  EXPECT_EQ(refused(home.address()).code(), Errc::journal);
  EXPECT_EQ(sql("SELECT count(*) FROM pg_class WHERE relnamespace = 'vidgen'::regnamespace"), "1\n");
  sql("DROP SCHEMA vidgen CASCADE");
  EXPECT_TRUE(home.open());
}

TEST_F(JournalPostgres, OneDatabaseHoldsItBesideWhatIsThere) {
  sql("CREATE TABLE jobs (of_the_host text)");
  ASSERT_TRUE(commit(*home.open(), events("j", 1, 1)));
  EXPECT_EQ(sql("SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE relkind = 'r' AND "
                "nspname NOT IN ('vidgen', 'pg_catalog', 'information_schema')"),
            "1\n");
  EXPECT_EQ(sql("SELECT job, seq FROM vidgen.events"), "j|1\n");
}

TEST_F(JournalPostgres, DoctorSeesItAndChangesNothing) {
  auto empty = journal::examine_postgres(home.address());
  ASSERT_TRUE(empty) << empty.error().describe();
  EXPECT_NE(empty->find("no journal yet"), std::string::npos) << *empty;
  EXPECT_EQ(sql("SELECT count(*) FROM pg_namespace WHERE nspname = 'vidgen'"), "0\n");
  ASSERT_TRUE(home.open());
  const std::string there = journal::examine_postgres(home.address()).value();
  EXPECT_NE(there.find("a journal of schema 1"), std::string::npos) << there;
  std::string release = sql("SELECT n / 10000 || '.' || n % 10000 FROM (SELECT current_setting('server_version_num')::int"
                            " AS n) AS of");
  release.pop_back();
  EXPECT_EQ(there.find("PostgreSQL " + release + ", "), 0U) << there;
  EXPECT_NE(there.find("fsync is off"), std::string::npos) << there;  // as it is on the tests' own server
}

// Machines whose clocks are wrong by years agree on who has a job.
TEST_F(JournalPostgres, LeasesGoByTheClockOfTheDatabase) {
  JournalPtr journal = home.open();
  home.set_clock(1'000'000);
  LeaseRequest slow, fast;
  slow.job = fast.job = "j";
  slow.holder = "slow";
  slow.now_ms = 5;
  slow.until_ms = 105;
  fast.holder = "fast";
  fast.now_ms = 9'000'000'000'000;
  fast.until_ms = fast.now_ms + 100;
  const Lease lease = journal->take(slow).value();
  EXPECT_EQ(lease.until_ms, 1'000'100);
  EXPECT_EQ(journal->take(fast)->holder, "slow");
  JournalBatch batch = events("j", 1, 1);
  batch.lease = lease;
  batch.lease->until_ms = 107;  // by a clock that counts for nothing here
  home.set_clock(1'000'050);
  ASSERT_TRUE(commit(*journal, batch));
  EXPECT_EQ(journal->lease("j")->until_ms, 1'000'150);
  home.set_clock(1'000'149);
  EXPECT_EQ(journal->take(fast)->holder, "slow");
  home.set_clock(1'000'150);
  EXPECT_EQ(journal->take(fast)->holder, "fast");
}

// It asks five times a second, and must not hold up who works.
TEST_F(JournalPostgres, WhoOnlyWatchesAJobLeavesItsLeaseAlone) {
  JournalPtr journal = home.open();
  home.set_clock(1000);
  LeaseRequest want;
  want.job = "j";
  want.holder = "works";
  want.until_ms = 100;
  ASSERT_EQ(journal->take(want)->holder, "works");
  const char* row = "SELECT ctid, xmin, xmax FROM vidgen.leases";  // what a lock or a write changes
  const std::string before = sql(row);
  want.holder = "watches";
  EXPECT_EQ(journal->take(want)->holder, "works");
  EXPECT_EQ(sql(row), before);
}

// Durable means on the disk, whatever the database has as its default.
TEST_F(JournalPostgres, ADefaultOfLazyCommitsDoesNotCount) {
  sql("ALTER DATABASE " + sql("SELECT quote_ident(current_database())") + " SET synchronous_commit = off");
  JournalPtr journal = home.open();
  sql("CREATE TABLE seen (setting text); CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS "
      "$$BEGIN INSERT INTO seen VALUES (current_setting('synchronous_commit')); RETURN NULL; END$$;"
      "CREATE TRIGGER see AFTER INSERT ON vidgen.events FOR EACH ROW EXECUTE FUNCTION see()");
  ASSERT_TRUE(commit(*journal, events("j", 1, 1)));
  EXPECT_EQ(sql("SELECT setting FROM seen"), "on\n");
}

}  // namespace
}  // namespace vidgen::test
