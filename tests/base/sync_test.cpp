// SPDX-License-Identifier: Apache-2.0
// A file that has its name has its bytes on the disk, and its folder the name; a folder that was made is in the one above.
#include "support/syncs.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "base/files.hpp"
#include "support/temp.hpp"

namespace vidgen::base {
namespace {

using Paths = std::vector<std::string>;
using test::syncs;
using test::TempFolder;

Paths synced_by(const std::function<Status()>& work) {
  (void)syncs().take();
  EXPECT_TRUE(work());
  return syncs().take();
}

TEST(FilesSync, EachNewFolderIsSyncedIntoTheOneAbove) {
  TempFolder folder;
  EXPECT_EQ(synced_by([&] { return make_folders(folder.file("a/b/c")); }),
            (Paths{folder.path(), folder.file("a"), folder.file("a/b")}));
  EXPECT_EQ(synced_by([&] { return make_folders(folder.file("a/b/d/")); }), Paths{folder.file("a/b")});
  EXPECT_EQ(synced_by([&] { return make_folders(folder.file("a/b/c")); }), Paths());
}

TEST(FilesSync, AFolderWhoseSyncFailedIsSyncedTheNextTime) {
  TempFolder folder;
  ASSERT_TRUE(make_folders(folder.file("a")));
  syncs().break_those_of(folder.file("a"));
  for (int i = 0; i < 2; ++i) {
    const Status failed = make_folders(folder.file("a/b/c"));
    ASSERT_FALSE(failed) << "it passed for durable";
    EXPECT_EQ(failed.error().code(), Errc::io);
  }
  syncs().break_those_of("");
  EXPECT_EQ(synced_by([&] { return make_folders(folder.file("a/b/c")); }),
            (Paths{folder.file("a"), folder.file("a/b")}));
}

TEST(FilesSync, BytesThenNameAreOnTheDisk) {
  TempFolder folder;
  const auto check = [&](const std::string& name, const std::function<Status()>& work) {
    const Paths synced = synced_by(work);
    ASSERT_EQ(synced.size(), 2U) << name;
    EXPECT_NE(synced[0], folder.file(name)) << "while it had another name";
    EXPECT_EQ(synced[0].rfind(folder.path() + "/", 0), 0U) << synced[0];
    EXPECT_EQ(synced[1], folder.path()) << name;
  };
  check("written", [&] { return write_file(folder.file("written"), "x"); });
  check("copied", [&] { return copy_file(folder.file("written"), folder.file("copied")); });
  check("published", [&] { return publish_file(folder.file("copied"), folder.file("published")); });
}

TEST(FilesSync, ANameThatIsNotOnTheDiskIsAnError) {
  TempFolder folder;
  syncs().break_those_of(folder.path());
  const Status failed = write_file(folder.file("x"), "x");
  syncs().break_those_of("");
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code(), Errc::io);
}

}  // namespace
}  // namespace vidgen::base
