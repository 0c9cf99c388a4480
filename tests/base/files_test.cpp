// SPDX-License-Identifier: Apache-2.0
#include "base/files.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cerrno>

#include "support/child.hpp"
#include "support/temp.hpp"

namespace vidgen::base {
namespace {

using Names = std::set<std::string>;

ino_t inode(const std::string& path) {
  struct stat st = {};
  return ::stat(path.c_str(), &st) == 0 ? st.st_ino : 0;
}

TEST(Files, WhatIsWrittenIsReadBack) {
  test::TempFolder folder;
  std::string bytes("a\0b\r\n\xff", 6);
  ASSERT_TRUE(write_file(folder.file("x"), bytes));
  EXPECT_EQ(read_file(folder.file("x")).value(), bytes);
  ASSERT_TRUE(write_file(folder.file("x"), ""));  // replaced, not appended to
  EXPECT_EQ(read_file(folder.file("x")).value(), "");
  EXPECT_EQ(folder.files(), Names{"x"});  // nothing temporary stays
}

TEST(Files, ErrorsAreTyped) {
  test::TempFolder folder;
  EXPECT_EQ(read_file(folder.file("none")).error().code(), Errc::file_missing);
  EXPECT_EQ(file_size(folder.file("none")).error().code(), Errc::file_missing);
  EXPECT_EQ(write_file(folder.file("none/x"), "a").error().code(), Errc::file_missing);
  EXPECT_EQ(copy_file(folder.file("none"), folder.file("to")).error().code(), Errc::file_missing);
  EXPECT_EQ(link_file(folder.file("none"), folder.file("to")).error().code(), Errc::file_missing);
  EXPECT_EQ(read_file(folder.path()).error().code(), Errc::io);  // a folder is no file
  EXPECT_EQ(folder.files(), Names{});
}

TEST(Files, ErrnosHaveTheirCodes) {
  EXPECT_EQ(errno_error("x", ENOSPC).code(), Errc::no_space);
  EXPECT_EQ(errno_error("x", EDQUOT).code(), Errc::no_space);
  EXPECT_EQ(errno_error("x", EROFS).code(), Errc::read_only);
  EXPECT_EQ(errno_error("x", EACCES).code(), Errc::read_only);
  EXPECT_EQ(errno_error("x", EPERM).code(), Errc::read_only);
  EXPECT_EQ(errno_error("x", EIO).code(), Errc::io);
  EXPECT_EQ(errno_error("cannot write a", ENOSPC).message(), "cannot write a: No space left on device");
}

TEST(Files, AFileAboveTheLimitIsRefused) {
  test::TempFolder folder;
  ASSERT_TRUE(write_file(folder.file("x"), std::string(100, 'x')));
  EXPECT_TRUE(read_file(folder.file("x"), 100));
  EXPECT_EQ(read_file(folder.file("x"), 99).error().code(), Errc::media_limit);
}

TEST(Files, ALinkIsTheSameFileAndReplacesWhatIsThere) {
  test::TempFolder folder;
  ASSERT_TRUE(write_file(folder.file("a"), "new"));
  ASSERT_TRUE(write_file(folder.file("b"), "old"));
  ASSERT_TRUE(link_file(folder.file("a"), folder.file("b")));
  EXPECT_EQ(inode(folder.file("a")), inode(folder.file("b")));
  ASSERT_TRUE(link_file(folder.file("a"), folder.file("b")));  // once more: rename() of two links does nothing
  EXPECT_EQ(read_file(folder.file("b")).value(), "new");
  EXPECT_EQ(folder.files(), (Names{"a", "b"}));
}

TEST(Files, ALinkAcrossFileSystemsIsACopy) {
  test::TempFolder folder;
  test::SmallDisk disk(256);
  if (!disk.mounted()) GTEST_SKIP() << "needs the right to mount";
  ASSERT_TRUE(write_file(folder.file("a"), "bytes"));
  ASSERT_TRUE(link_file(folder.file("a"), disk.folder().file("b")));
  EXPECT_EQ(read_file(disk.folder().file("b")).value(), "bytes");
}

TEST(Files, AFullDiskIsSaidAndLeavesTheOldFile) {
  test::SmallDisk disk(256);
  if (!disk.mounted()) GTEST_SKIP() << "needs the right to mount";
  test::TempFolder elsewhere;
  std::string path = disk.folder().file("x");
  std::string big(1 << 20, 'b');
  ASSERT_TRUE(write_file(path, "old"));
  ASSERT_TRUE(write_file(elsewhere.file("big"), big));
  EXPECT_EQ(write_file(path, big).error().code(), Errc::no_space);
  EXPECT_EQ(copy_file(elsewhere.file("big"), path).error().code(), Errc::no_space);
  EXPECT_EQ(read_file(path).value(), "old");
  EXPECT_EQ(disk.folder().files(), Names{"x"});
}

TEST(Files, AReadOnlyPlaceIsSaid) {
  test::SmallDisk disk(256);
  if (!disk.mounted()) GTEST_SKIP() << "needs the right to mount";
  ASSERT_TRUE(write_file(disk.folder().file("x"), "old"));
  ASSERT_TRUE(disk.make_read_only());
  EXPECT_EQ(write_file(disk.folder().file("x"), "new").error().code(), Errc::read_only);
  EXPECT_EQ(make_folders(disk.folder().file("a/b")).error().code(), Errc::read_only);
  EXPECT_EQ(link_file(disk.folder().file("x"), disk.folder().file("y")).error().code(), Errc::read_only);
  EXPECT_EQ(read_file(disk.folder().file("x")).value(), "old");
}

TEST(Files, WhatTheDeadLeftIsRemovedThatOfTheLivingIsNot) {
  test::TempFolder folder;
  const std::string mine = "b.json." + std::to_string(::getpid()) + ".3.tmp";
  const Names others = {"film.mp4", "a.tmp", ".tmp", "9.9.tmp", "a.999999999.tmp", "a.x1.2.tmp", mine};
  for (const std::string& name : others) ASSERT_TRUE(write_file(folder.file(name), "x"));
  for (const char* name : {"a.json.999999999.0.tmp", "b.json.999999999.12.tmp"})
    ASSERT_TRUE(write_file(folder.file(name), "x"));
  remove_unfinished(folder.path(), "b.json");
  Names left = others;
  left.insert("a.json.999999999.0.tmp");
  EXPECT_EQ(folder.files(), left);
  remove_unfinished(folder.path());
  EXPECT_EQ(folder.files(), others);
  remove_unfinished(folder.file("none"));
}

// A process is killed while it writes one of two contents over and over: the file is always one of them, whole.
TEST(Files, AKillLeavesOneWholeFile) {
  test::TempFolder folder;
  const std::string path = folder.file("x");
  const std::string contents[2] = {std::string(300000, 'a'), std::string(200000, 'b')};
  ASSERT_TRUE(write_file(path, contents[0]));
  for (int round = 0; round < test::kills(); ++round) {
    test::Child child([&](const std::function<void()>& report) {
      for (std::size_t i = 1;; ++i) {
        report();
        if (!write_file(path, contents[i % 2])) return;
      }
    });
    ASSERT_TRUE(child.wait_for(2 + round % 3));
    child.kill();
    std::string left = read_file(path).value();
    EXPECT_TRUE(left == contents[0] || left == contents[1]) << left.size();
  }
}

}  // namespace
}  // namespace vidgen::base
