// SPDX-License-Identifier: Apache-2.0
// A blob that has its name has its bytes on the disk, and its folder the name: first the one, then the other.
#include "support/syncs.hpp"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace vidgen::test
