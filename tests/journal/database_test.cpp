// SPDX-License-Identifier: Apache-2.0
// One connection: statements that are compiled once and are as new each time, transactions that leave nothing behind,
// and what stands in the way by its name.
#include "journal/database.hpp"

#include <sqlite3.h>

#include "stand.hpp"

namespace vidgen::test {
namespace {

using journal::Database;
using journal::Statement;
using journal::Transaction;

class JournalDatabase : public ::testing::Test {
 protected:
  TempFolder folder;
  std::string path = folder.file("vidgen.db");
  std::unique_ptr<Database> db = Database::open(path).value();

  void SetUp() override {
    ASSERT_TRUE(db->run("PRAGMA journal_mode=WAL; CREATE TABLE things (name);"
                        "INSERT INTO things VALUES ('one'), ('two')"));
  }
  int compiled() const {
    int n = 0;
    for (sqlite3_stmt* s = nullptr; (s = sqlite3_next_stmt(db->handle(), s)) != nullptr;) ++n;
    return n;
  }
  std::int64_t count(Database& of) {
    auto all = of.prepare("SELECT COUNT(*) FROM things").value();
    EXPECT_TRUE(all.step().value());
    return all.number(0);
  }
};

TEST_F(JournalDatabase, AStatementIsCompiledOnceForEachThatIsInUse) {
  for (int i = 0; i < 3; ++i) (void)db->prepare("SELECT 1").value();
  EXPECT_EQ(compiled(), 1);
  for (int i = 0; i < 3; ++i) {
    const auto one = db->prepare("SELECT 1").value(), same = db->prepare("SELECT 1").value();
    const auto other = db->prepare("SELECT 2").value();
    EXPECT_EQ(compiled(), 3);
  }
}

TEST_F(JournalDatabase, StatementsOfTheSameWordsKeepToThemselves) {
  for (int i = 0; i < 2; ++i) {
    auto one = db->prepare("SELECT ?").value(), same = db->prepare("SELECT ?").value();
    EXPECT_TRUE(one.bind("a").step().value());
    EXPECT_TRUE(same.bind("b").step().value());
    EXPECT_EQ(one.text(0) + same.text(0), "ab");
  }
}

TEST_F(JournalDatabase, EachOfSeveralKeptStatementsIsFoundByItsWords) {
  const char* all[] = {"SELECT 'a'", "SELECT 'b'", "SELECT 'c'"};
  for (int i = 0; i < 2; ++i)
    for (const char* sql : all) {
      auto one = db->prepare(sql).value();
      EXPECT_TRUE(one.step().value());
      EXPECT_EQ(one.text(0), std::string(1, sql[8]));
    }
}

// Who had it before, and how far, is nothing to whoever has it next.
TEST_F(JournalDatabase, AStatementIsAsNewEachTime) {
  const char* sql = "SELECT name, ? FROM things ORDER BY name";
  for (const char* mine : {"a", "b"}) {
    auto read = db->prepare(sql).value();
    EXPECT_TRUE(read.bind(mine).step().value());
    EXPECT_EQ(read.text(0) + read.text(1), std::string("one") + mine);
  }
  auto unbound = db->prepare(sql).value();
  EXPECT_TRUE(unbound.step().value());
  EXPECT_EQ(unbound.text(1), "");
  {
    auto refused = db->prepare("SELECT ?").value();
    EXPECT_FALSE(refused.bind("a").bind("too many").step());
  }
  EXPECT_TRUE(db->prepare("SELECT ?").value().bind("a").step().value());
}

// A row that nobody reads on holds neither a lock nor an old state of the file.
TEST_F(JournalDatabase, AStatementThatIsLeftHalfReadHoldsNothing) {
  auto other = Database::open(path).value();
  EXPECT_TRUE(db->prepare("SELECT name FROM things").value().step().value());
  ASSERT_TRUE(other->run("INSERT INTO things VALUES ('three')"));
  EXPECT_TRUE(Transaction::begin(*db));  // with a state of its own it would be told that it is too old
  EXPECT_EQ(count(*db), 3);
  EXPECT_TRUE(db->run("DROP TABLE things"));
}

TEST_F(JournalDatabase, AnErrorIsOfTheStepAndNotOfTheStatement) {
  ASSERT_TRUE(db->run("CREATE UNIQUE INDEX once ON things (name)"));
  const char* sql = "INSERT INTO things VALUES (?)";
  EXPECT_FALSE(db->prepare(sql).value().bind("one").done());
  EXPECT_TRUE(db->prepare(sql).value().bind("three").done());
  auto again = db->prepare(sql).value();
  EXPECT_FALSE(again.bind("one").done());
  EXPECT_TRUE(again.bind("four").done());
  EXPECT_EQ(count(*db), 4);
}

// The last one that closes the file takes its log away; a statement that were still there would keep both open.
TEST_F(JournalDatabase, ClosedNothingOfItStaysOpen) {
  (void)count(*db);
  ASSERT_EQ(folder.files().count("vidgen.db-wal"), 1U);
  db.reset();
  EXPECT_EQ(folder.files().count("vidgen.db-wal"), 0U);
}

TEST_F(JournalDatabase, ATransactionIsUndoneUnlessItWasCommitted) {
  for (const bool commits : {false, true}) {
    auto transaction = Transaction::begin(*db).value();
    ASSERT_TRUE(db->run("INSERT INTO things VALUES ('three')"));
    EXPECT_TRUE(!commits || transaction.commit());
  }
  EXPECT_EQ(count(*db), 3);
}

// A constraint that is looked at in the COMMIT alone.
TEST_F(JournalDatabase, ATransactionThatCannotBeCommittedIsUndone) {
  ASSERT_TRUE(db->run("PRAGMA foreign_keys=ON; CREATE TABLE whole (id PRIMARY KEY);"
                      "CREATE TABLE part (of REFERENCES whole (id) DEFERRABLE INITIALLY DEFERRED)"));
  {
    auto transaction = Transaction::begin(*db).value();
    ASSERT_TRUE(db->run("INSERT INTO things VALUES ('three'); INSERT INTO part VALUES (7)"));
    EXPECT_FALSE(transaction.commit());
  }
  EXPECT_EQ(count(*db), 2);
  auto other = Database::open(path).value();
  EXPECT_TRUE(other->run("INSERT INTO things VALUES ('four')"));  // nobody holds the file
}

// Without a disk that is full: a file that may grow no more.
TEST_F(JournalDatabase, AFullFileIsSaidToBeFull) {
  ASSERT_TRUE(db->run("PRAGMA max_page_count=1"));
  const Status full = db->run("INSERT INTO things VALUES (zeroblob(100000))");
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().code(), Errc::no_space) << full.error().describe();
  EXPECT_NE(full.error().message().find("full"), std::string::npos) << full.error().message();
}

TEST_F(JournalDatabase, APlaceThatTakesNoFileIsSaid) {
  const auto none = Database::open(folder.file("none/vidgen.db"));
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code(), Errc::read_only) << none.error().describe();
}

}  // namespace
}  // namespace vidgen::test
