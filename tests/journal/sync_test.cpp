// SPDX-License-Identifier: Apache-2.0
// A kill leaves the kernel's memory alone, so kill tests cannot see it: a durable batch has been synced to the disk.
#include "support/syncs.hpp"

#include <algorithm>

#include "stand.hpp"
#include "support/temp.hpp"

namespace vidgen::test {
namespace {

TEST(JournalSync, ABatchIsOnTheDiskBeforeItsHandlerRuns) {
  TempFolder folder;
  JournalPtr journal = open(folder.file("vidgen.db"));
  ASSERT_TRUE(commit(*journal, events("j", 1, 1)));
  for (int i = 2; i < 6; ++i) {
    (void)syncs().take();
    ASSERT_TRUE(commit(*journal, events("j", i, i)));
    const auto synced = syncs().take();
    EXPECT_TRUE(std::any_of(synced.begin(), synced.end(),
                            [](const std::string& path) { return path.ends_with("vidgen.db-wal"); }))
        << "batch " << i;
  }
}

// SQLite syncs its folder too, but says nothing when that fails.
TEST(JournalSync, AFileWhoseNameIsNotOnTheDiskIsNotOpened) {
  TempFolder folder;
  syncs().break_those_of(folder.path());
  for (int i = 0; i < 2; ++i) {
    const auto refused = journal::open_sqlite(folder.file("vidgen.db"));
    ASSERT_FALSE(refused) << (i == 0 ? "new" : "an earlier attempt made it");
    EXPECT_EQ(refused.error().code(), Errc::io);
  }
  syncs().break_those_of("");
  (void)syncs().take();
  ASSERT_TRUE(journal::open_sqlite(folder.file("vidgen.db")));
  const auto synced = syncs().take();
  EXPECT_EQ(std::count(synced.begin(), synced.end(), folder.path()), 1);
}

}  // namespace
}  // namespace vidgen::test
