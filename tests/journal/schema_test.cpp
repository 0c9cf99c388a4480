// SPDX-License-Identifier: Apache-2.0
// Versions of the file: an empty one is migrated, a newer one is refused and left as it is, a foreign one too.
#include "journal/schema.hpp"
#include "base/files.hpp"
#include "journal/database.hpp"
#include "stand.hpp"
#include "support/temp.hpp"

namespace vidgen::test {
namespace {

using journal::Database;

std::int64_t version_of(const std::string& path) {
  auto db = Database::open(path).value();
  auto statement = db->prepare("PRAGMA user_version");
  return statement && statement->step().value_or(false) ? statement->number(0) : -1;
}

TEST(JournalSchema, ThereIsAMigrationForEachVersion) {
  EXPECT_EQ(std::size(journal::kMigrations), static_cast<std::size_t>(journal::kSchemaVersion));
}

TEST(JournalSchema, AnEmptyFileIsMigrated) {
  TempFolder folder;
  ASSERT_TRUE(base::write_file(folder.file("empty.db"), ""));
  for (const char* name : {"empty.db", "none.db"}) {
    ASSERT_TRUE(commit(*open(folder.file(name)), events("j", 1, 1))) << name;
    EXPECT_EQ(version_of(folder.file(name)), journal::kSchemaVersion) << name;
    EXPECT_EQ(open(folder.file(name))->events("j", 0).value().size(), 1U) << name;  // opened again: nothing is lost
  }
}

TEST(JournalSchema, AHalfMadeFileIsMigratedFromTheStart) {
  // A migration is one transaction, so a process killed in it leaves version 0 and no table.
  TempFolder folder;
  auto db = Database::open(folder.file("x.db")).value();
  ASSERT_TRUE(db->run("BEGIN"));
  ASSERT_TRUE(db->run(journal::kMigrations[0]));
  ASSERT_TRUE(db->run("ROLLBACK"));
  db.reset();
  EXPECT_TRUE(commit(*open(folder.file("x.db")), events("j", 1, 1)));
}

TEST(JournalSchema, ANewerFileIsRefusedAndNotTouched) {
  TempFolder folder;
  const std::string path = folder.file("vidgen.db");
  {
    auto db = Database::open(path).value();
    ASSERT_TRUE(db->run("CREATE TABLE future (x); INSERT INTO future VALUES (42); PRAGMA user_version=9999"));
  }
  const std::string before = base::read_file(path).value();
  auto journal = journal::open_sqlite(path);
  ASSERT_FALSE(journal);
  EXPECT_EQ(journal.error().code(), Errc::journal_version);
  EXPECT_NE(journal.error().message().find(path), std::string::npos) << journal.error().message();
  EXPECT_TRUE(base::read_file(path).value() == before);
}

TEST(JournalSchema, WhatIsNoJournalIsRefusedAndNotTouched) {
  TempFolder folder;
  const std::string path = folder.file("vidgen.db");
  const std::string text(5000, 'x');
  ASSERT_TRUE(base::write_file(path, text));
  auto journal = journal::open_sqlite(path);
  ASSERT_FALSE(journal);
  EXPECT_EQ(journal.error().code(), Errc::journal);
  EXPECT_TRUE(base::read_file(path).value() == text);
}

}  // namespace
}  // namespace vidgen::test
