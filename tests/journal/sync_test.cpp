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

}  // namespace
}  // namespace vidgen::test
