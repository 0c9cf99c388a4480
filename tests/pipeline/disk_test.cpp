// SPDX-License-Identifier: Apache-2.0
// Disks that are full or may not be written to: each cause has its own code, nothing is lost, and once the cause is
// gone the same film comes out.
#include <sys/mount.h>

#include <fstream>

#include "support/temp.hpp"
#include "workspace.hpp"

namespace vidgen {
namespace {

// A workspace on a file system of its own.
class DiskWorkspace {
 public:
  explicit DiskWorkspace(int kilobytes) : disk_(kilobytes) {}
  bool mounted() const { return disk_.mounted(); }
  Config config() const {
    Config c;
    c.workspace = disk_.folder().file("films");
    c.backends.add(local_backend());
    return c;
  }
  bool resize(const char* options, unsigned long flags = 0) const {
    return ::mount("tmpfs", disk_.folder().path().c_str(), "tmpfs", MS_REMOUNT | flags, options) == 0;
  }
  void fill() const { disk_.fill(); }
  void clear() const { std::filesystem::remove(disk_.folder().file("ballast")); }

 private:
  test::SmallDisk disk_;
};

void expect_the_film(const DiskWorkspace& disk, const std::string& id) {
  Pipeline pipeline(disk.config());
  auto job = pipeline.submit(test::small_film(), id);
  ASSERT_TRUE(job) << job.error().describe();
  auto film = job->wait();
  ASSERT_TRUE(film) << film.error().describe();
  EXPECT_EQ(film->sha256, test::small_film_sha256());
}

// The disk has room for the journal, not for the film.
TEST(Disk, OneThatFillsUpWhileTheFilmIsMade) {
  DiskWorkspace disk(2600);
  if (!disk.mounted()) GTEST_SKIP() << "mounting needs root";
  {
    Pipeline pipeline(disk.config());
    auto job = pipeline.submit(test::small_film(), "tight");
    ASSERT_TRUE(job) << job.error().describe();
    auto film = job->wait();
    ASSERT_FALSE(film);
    EXPECT_EQ(film.error().code(), Errc::no_space) << film.error().describe();
  }
  ASSERT_TRUE(disk.resize("size=200m"));
  expect_the_film(disk, "tight");
}

TEST(Disk, OneThatIsFullFromTheStart) {
  DiskWorkspace disk(512);
  if (!disk.mounted()) GTEST_SKIP() << "mounting needs root";
  disk.fill();
  {
    Pipeline pipeline(disk.config());
    auto job = pipeline.submit(test::small_film(), "full");
    ASSERT_FALSE(job);
    EXPECT_EQ(job.error().code(), Errc::no_space) << job.error().describe();
  }
  disk.clear();
  ASSERT_TRUE(disk.resize("size=200m"));
  expect_the_film(disk, "full");
}

TEST(Disk, OneThatMayNotBeWrittenTo) {
  DiskWorkspace disk(200 << 10);
  if (!disk.mounted()) GTEST_SKIP() << "mounting needs root";
  ASSERT_TRUE(disk.resize("", MS_RDONLY));
  {
    Pipeline pipeline(disk.config());
    auto film = pipeline.render(test::small_film());
    ASSERT_FALSE(film);
    EXPECT_EQ(film.error().code(), Errc::read_only) << film.error().describe();
  }
  ASSERT_TRUE(disk.resize(""));
  expect_the_film(disk, "writable");
}

// A job that was stopped, on a disk that has become read-only since.
TEST(Disk, AJobOnADiskThatBecameReadOnlyWaitsForIt) {
  DiskWorkspace disk(200 << 10);
  if (!disk.mounted()) GTEST_SKIP() << "mounting needs root";
  {
    Pipeline pipeline(disk.config());
    auto job = pipeline.submit(test::small_film(), "half");
    ASSERT_TRUE(job) << job.error().describe();
    for (int i = 0; i < 12; ++i) (void)job->next_event();
    job->interrupt();
    (void)job->wait();
  }
  ASSERT_TRUE(disk.resize("", MS_RDONLY));
  {
    Pipeline pipeline(disk.config());
    auto job = pipeline.attach("half");
    ASSERT_FALSE(job);
    EXPECT_EQ(job.error().code(), Errc::read_only) << job.error().describe();
  }
  ASSERT_TRUE(disk.resize(""));
  expect_the_film(disk, "half");
}

TEST(Disk, AFileWhereTheWorkspaceShouldBe) {
  test::Workspace workspace;
  std::ofstream(workspace.path() + "/films") << "a file where the folder should be";
  {
    Pipeline pipeline(workspace.config());
    auto film = pipeline.render(test::small_film());
    ASSERT_FALSE(film);
    EXPECT_EQ(film.error().code(), Errc::file_missing) << film.error().describe();
    EXPECT_NE(film.error().message().find("films"), std::string::npos) << film.error().message();
  }
  std::filesystem::remove(workspace.path() + "/films");
  Pipeline pipeline(workspace.config());
  auto film = pipeline.render(test::small_film());
  ASSERT_TRUE(film) << film.error().describe();
  EXPECT_EQ(film->sha256, test::small_film_sha256());
}

}  // namespace
}  // namespace vidgen
