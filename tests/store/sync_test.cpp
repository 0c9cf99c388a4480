// SPDX-License-Identifier: Apache-2.0
// A blob that has its name has its bytes on the disk, and its folder the name: first the one, then the other.
#include "support/syncs.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>

#include "base/digest.hpp"
#include "base/files.hpp"
#include "store/file_store.hpp"
#include "support/temp.hpp"

namespace vidgen::test {
namespace {

TEST(StoreSync, BytesThenNameAreOnTheDisk) {
  TempFolder folder;
  auto store = store::open_file_store(folder.file("store")).value();
  ASSERT_TRUE(base::write_file(folder.file("kept"), "kept"));
  const std::string moved = store->scratch(".mp4").value();
  ASSERT_TRUE(base::write_file(moved, "moved"));
  const auto synced_by = [&](auto put) {
    (void)syncs().take();
    const Result<Asset> asset = put();
    EXPECT_TRUE(asset);
    const std::string place = store->path(asset->sha256).value();
    const auto synced = syncs().take();
    const std::string shelf = place.substr(0, place.rfind('/'));
    EXPECT_EQ(synced.size(), 3u);
    if (synced.size() != 3) return;
    EXPECT_EQ(synced[0], shelf.substr(0, shelf.rfind('/')));  // in which the shelf is new
    EXPECT_NE(synced[1], place);                              // while it had another name
    EXPECT_EQ(synced[2], shelf);
  };
  synced_by([&] { return store->put("bytes", AssetKind::other, ""); });
  synced_by([&] { return store->put_file(folder.file("kept"), AssetKind::other, "", true); });
  synced_by([&] { return store->put_file(moved, AssetKind::other, "", false); });
}

// Whoever made a shelf, or gave a blob its name, may have died before that was on the disk.
TEST(StoreSync, WhatAnotherProcessLeftIsSyncedBeforeItCounts) {
  TempFolder folder;
  const std::string root = folder.file("store"), sha = base::sha256_hex("bytes");
  const std::string shelf = root + "/" + sha.substr(0, 2);
  auto store = store::open_file_store(root).value();
  ASSERT_EQ(::mkdir(shelf.c_str(), 0777), 0);
  const auto count = [](const std::vector<std::string>& synced, const std::string& path) {
    return std::count(synced.begin(), synced.end(), path);
  };
  (void)syncs().take();
  ASSERT_TRUE(store->put("bytes", AssetKind::other, ""));
  auto synced = syncs().take();
  EXPECT_EQ(count(synced, root), 1) << "the shelf was there, its name perhaps not";
  auto other = store::open_file_store(root).value();
  ASSERT_TRUE(base::write_file(folder.file("same"), "bytes"));
  for (int i = 0; i < 2; ++i) {
    (void)syncs().take();
    ASSERT_TRUE(i == 0 ? other->put("bytes", AssetKind::other, "")
                       : other->put_file(folder.file("same"), AssetKind::other, "", true));
    synced = syncs().take();
    EXPECT_EQ(count(synced, root), i == 0 ? 1 : 0) << "once a process";
    EXPECT_EQ(count(synced, shelf), 1);
  }
  syncs().break_those_of(shelf);
  EXPECT_FALSE(other->put("bytes", AssetKind::other, ""));
  EXPECT_FALSE(other->put_file(folder.file("same"), AssetKind::other, "", false));
  syncs().break_those_of("");
  EXPECT_TRUE(base::file_exists(folder.file("same"))) << "it may be needed once more";
}

}  // namespace
}  // namespace vidgen::test
