// SPDX-License-Identifier: Apache-2.0
#include "store/file_store.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "base/digest.hpp"
#include "base/files.hpp"
#include "support/child.hpp"
#include "support/temp.hpp"

namespace vidgen::test {
namespace {

using StorePtr = std::shared_ptr<Store>;

StorePtr open(const std::string& path) {
  return store::open_file_store(path).value();
}

class FileStore : public ::testing::Test {
 protected:
  TempFolder folder;
  StorePtr store = open(folder.file("store"));
};

TEST_F(FileStore, GivesBackWhatWasPut) {
  std::string bytes(
      "\0\xff"
      "clip",
      6);
  Asset asset = store->put(bytes, AssetKind::video, "video/mp4").value();
  EXPECT_EQ(asset.sha256, base::sha256_hex(bytes));
  EXPECT_EQ(asset.kind, AssetKind::video);
  EXPECT_EQ(asset.mime, "video/mp4");
  EXPECT_EQ(asset.bytes, 6);
  EXPECT_TRUE(store->contains(asset.sha256));
  EXPECT_EQ(store->read(asset.sha256).value(), bytes);
  EXPECT_EQ(base::read_file(store->path(asset.sha256).value()).value(), bytes);
}

TEST_F(FileStore, TheSameBytesAreOneBlob) {
  Asset a = store->put("same", AssetKind::other, "").value();
  Asset b = store->put("same", AssetKind::image, "image/png").value();
  ASSERT_TRUE(base::write_file(folder.file("c"), "same"));
  Asset c = store->put_file(folder.file("c"), AssetKind::other, "", false).value();
  EXPECT_EQ(a.sha256, b.sha256);
  EXPECT_EQ(a.sha256, c.sha256);
  EXPECT_EQ(store->list().value().size(), 1U);
  EXPECT_FALSE(base::file_exists(folder.file("c")));  // taken over, though it was there already
}

TEST_F(FileStore, AFileIsMovedOrCopied) {
  ASSERT_TRUE(base::write_file(folder.file("a"), "moved"));
  ASSERT_TRUE(base::write_file(folder.file("b"), "copied"));
  Asset a = store->put_file(folder.file("a"), AssetKind::video, "video/mp4", false).value();
  Asset b = store->put_file(folder.file("b"), AssetKind::image, "image/png", true).value();
  EXPECT_FALSE(base::file_exists(folder.file("a")));
  EXPECT_TRUE(base::file_exists(folder.file("b")));
  EXPECT_EQ(store->read(a.sha256).value(), "moved");
  std::ofstream(folder.file("b"), std::ios::in) << "edited";  // in place: a link would show it
  EXPECT_EQ(store->read(b.sha256).value(), "copied");
  ASSERT_TRUE(base::write_file(folder.file("b"), "changed later"));
  EXPECT_EQ(store->read(b.sha256).value(), "copied");
}

TEST_F(FileStore, AFileOfAnotherFileSystemIsTakenOverToo) {
  SmallDisk disk(256);
  if (!disk.mounted()) GTEST_SKIP() << "needs the right to mount";
  ASSERT_TRUE(base::write_file(disk.folder().file("x"), "from afar"));
  auto asset = store->put_file(disk.folder().file("x"), AssetKind::other, "", false);
  ASSERT_TRUE(asset) << asset.error().describe();
  EXPECT_EQ(store->read(asset->sha256).value(), "from afar");
  EXPECT_FALSE(base::file_exists(disk.folder().file("x")));
}

TEST_F(FileStore, WhatIsNotThereIsNotFound) {
  const std::string none(64, '0');
  EXPECT_FALSE(store->contains(none));
  EXPECT_EQ(store->path(none).error().code(), Errc::not_found);
  EXPECT_EQ(store->read(none).error().code(), Errc::not_found);
  EXPECT_EQ(store->remove(none).error().code(), Errc::not_found);
  EXPECT_EQ(store->put_file(folder.file("none"), AssetKind::other, "", true).error().code(), Errc::file_missing);
}

TEST_F(FileStore, ANameThatIsNoDigestNeverLeavesTheFolder) {
  ASSERT_TRUE(base::write_file(folder.file("secret"), "secret"));
  for (const char* name : {"", "..", "../secret", "../../secret", "/etc/passwd", "tmp", "ABC"}) {
    EXPECT_FALSE(store->contains(name)) << name;
    EXPECT_EQ(store->read(name).error().code(), Errc::not_found) << name;
    EXPECT_EQ(store->remove(name).error().code(), Errc::not_found) << name;
  }
  EXPECT_TRUE(base::file_exists(folder.file("secret")));
}

TEST_F(FileStore, ARemovedBlobIsGone) {
  Asset a = store->put("x", AssetKind::other, "").value();
  ASSERT_TRUE(store->remove(a.sha256));
  EXPECT_FALSE(store->contains(a.sha256));
  EXPECT_TRUE(store->list().value().empty());
  EXPECT_TRUE(store->put("x", AssetKind::other, ""));  // and may come back
}

// Two pipelines of one process may share a workspace.
TEST_F(FileStore, TwoStoresOfOneFolderNeverGiveTheSameScratch) {
  const StorePtr other = open(folder.file("store"));
  EXPECT_NE(store->scratch(".mp4").value(), other->scratch(".mp4").value());
}

TEST_F(FileStore, ScratchNamesAreNewAndOnTheSameFileSystem) {
  std::string a = store->scratch(".mp4").value();
  std::string b = store->scratch(".mp4").value();
  EXPECT_NE(a, b);
  EXPECT_TRUE(a.ends_with(".mp4"));
  ASSERT_TRUE(base::write_file(a, "clip"));
  EXPECT_TRUE(store->list().value().empty());  // no blob yet
  EXPECT_TRUE(store->put_file(a, AssetKind::video, "video/mp4", false));
}

TEST_F(FileStore, ScratchOfTheDeadIsSweptThatOfTheLivingIsNot) {
  std::string mine = store->scratch(".mp4").value();
  ASSERT_TRUE(base::write_file(mine, "under way"));
  ASSERT_TRUE(base::write_file(folder.file("store/tmp/999999999-0.mp4"), "left behind"));
  ASSERT_TRUE(base::write_file(folder.file("store/tmp/nobody.mp4"), "left behind"));
  StorePtr again = open(folder.file("store"));
  EXPECT_TRUE(base::file_exists(mine));
  EXPECT_FALSE(base::file_exists(folder.file("store/tmp/999999999-0.mp4")));
  EXPECT_FALSE(base::file_exists(folder.file("store/tmp/nobody.mp4")));
}

TEST_F(FileStore, ManyThreadsPutTheSameAndOthers) {
  std::vector<std::jthread> threads;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 20; ++i) EXPECT_TRUE(store->put("blob " + std::to_string(i), AssetKind::other, ""));
    });
  threads.clear();
  EXPECT_EQ(store->list().value().size(), 20U);
}

TEST_F(FileStore, AFullDiskIsSaidAndLeavesNoBlob) {
  SmallDisk disk(256);
  if (!disk.mounted()) GTEST_SKIP() << "needs the right to mount";
  StorePtr small = open(disk.folder().file("store"));
  Asset kept = small->put("kept", AssetKind::other, "").value();
  std::string big(1 << 20, 'x');
  ASSERT_TRUE(base::write_file(folder.file("big"), big));
  EXPECT_EQ(small->put(big, AssetKind::other, "").error().code(), Errc::no_space);
  EXPECT_EQ(small->put_file(folder.file("big"), AssetKind::other, "", true).error().code(), Errc::no_space);
  EXPECT_FALSE(small->contains(base::sha256_hex(big)));
  EXPECT_EQ(small->list().value().size(), 1U);
  EXPECT_EQ(small->read(kept.sha256).value(), "kept");
}

TEST_F(FileStore, AReadOnlyPlaceIsSaid) {
  SmallDisk disk(256);
  if (!disk.mounted()) GTEST_SKIP() << "needs the right to mount";
  StorePtr small = open(disk.folder().file("store"));
  ASSERT_TRUE(disk.make_read_only());
  EXPECT_EQ(small->put("x", AssetKind::other, "").error().code(), Errc::read_only);
}

// Killed in the middle of putting blobs: every name that is there has all of its bytes.
TEST_F(FileStore, AKillLeavesOnlyWholeBlobs) {
  for (int round = 0; round < kills(); ++round) {
    Child child([&](const std::function<void()>& report) {
      for (int i = 0;; ++i) {
        report();
        std::string bytes(200000, static_cast<char>('a' + i % 26));
        if (!store->put(bytes + std::to_string(round * 1000 + i), AssetKind::other, "")) return;
      }
    });
    ASSERT_TRUE(child.wait_for(2 + round % 3));
    child.kill();
  }
  StorePtr again = open(folder.file("store"));
  auto blobs = again->list().value();
  EXPECT_GE(blobs.size(), static_cast<std::size_t>(kills()));
  EXPECT_EQ(folder.files().size(), blobs.size());  // what was unfinished is swept
  for (const Asset& blob : blobs) EXPECT_EQ(base::sha256_file(again->path(blob.sha256).value()).value(), blob.sha256);
}

}  // namespace
}  // namespace vidgen::test
