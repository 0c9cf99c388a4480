// SPDX-License-Identifier: Apache-2.0
// Disks that are full, read-only or not there, each with its own code.
#include "base/files.hpp"
#include "stand.hpp"
#include "support/temp.hpp"

namespace vidgen::test {
namespace {

TEST(JournalDisk, AFullDiskIsSaidAndNothingDurableIsLost) {
  SmallDisk disk(1024);
  if (!disk.mounted()) GTEST_SKIP() << "needs the right to mount";
  const std::string path = disk.folder().file("vidgen.db");
  JournalPtr journal = open(path);
  ASSERT_TRUE(commit(*journal, events("j", 1, 3)));
  disk.fill();
  JournalBatch large;
  large.results.push_back(result("large", std::string(300000, 'x')));
  Status status = commit(*journal, large);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code(), Errc::no_space) << status.error().describe();
  EXPECT_EQ(journal->events("j", 0).value().size(), 3U);
  std::filesystem::remove(disk.folder().file("ballast"));
  EXPECT_TRUE(commit(*journal, events("j", 4, 4)));  // there is space again: it goes on
  EXPECT_FALSE(journal->result("large").value());
}

TEST(JournalDisk, ANewJournalOnAFullDiskIsRefused) {
  SmallDisk disk(64);
  if (!disk.mounted()) GTEST_SKIP() << "needs the right to mount";
  disk.fill();
  auto journal = journal::open_sqlite(disk.folder().file("vidgen.db"));
  ASSERT_FALSE(journal);
  EXPECT_EQ(journal.error().code(), Errc::no_space) << journal.error().describe();
}

TEST(JournalDisk, AReadOnlyPlaceIsSaid) {
  SmallDisk disk(1024);
  if (!disk.mounted()) GTEST_SKIP() << "needs the right to mount";
  ASSERT_TRUE(commit(*open(disk.folder().file("old.db")), events("j", 1, 3)));
  ASSERT_TRUE(disk.make_read_only());
  for (const char* name : {"old.db", "new.db"}) {
    auto journal = journal::open_sqlite(disk.folder().file(name));
    ASSERT_FALSE(journal) << name;
    EXPECT_EQ(journal.error().code(), Errc::read_only) << name << ": " << journal.error().describe();
  }
}

TEST(JournalDisk, AFolderThatIsNotThereIsSaid) {
  TempFolder folder;
  auto journal = journal::open_sqlite(folder.file("none/vidgen.db"));
  ASSERT_FALSE(journal);
  EXPECT_NE(journal.error().message().find("none/vidgen.db"), std::string::npos) << journal.error().message();
}

}  // namespace
}  // namespace vidgen::test
