// SPDX-License-Identifier: Apache-2.0
// TempFolder: a folder of its own for a test, removed with all in it; kMemory: where nothing waits for a disk. SmallDisk:
// a file system of a few kilobytes (it needs root; a test without it skips). kills(): how often a kill test kills,
// VIDGEN_KILLS or 10.
#pragma once

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>

namespace vidgen::test {

inline const std::filesystem::path kMemory = "/dev/shm";

class TempFolder {
 public:
  TempFolder() : TempFolder(std::filesystem::temp_directory_path()) {}
  explicit TempFolder(const std::filesystem::path& in) {
    std::string name = (in / "vidgen-test-XXXXXX").string();
    path_ = ::mkdtemp(name.data()) != nullptr ? name : std::string();
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  const std::string& path() const { return path_; }
  std::string file(const std::string& name) const { return path_ + "/" + name; }
  // Names of all files below it, relative to it.
  std::set<std::string> files() const {
    std::set<std::string> out;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path_))
      if (entry.is_regular_file()) out.insert(std::filesystem::relative(entry.path(), path_).string());
    return out;
  }

 private:
  std::string path_;
};

class SmallDisk {
 public:
  explicit SmallDisk(int kilobytes) {
    // In a mount namespace of our own, so that nothing stays behind whatever happens to the test.
    static const bool alone =
        ::unshare(CLONE_NEWNS) == 0 && ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
    std::string options = "size=" + std::to_string(kilobytes) + "k";
    mounted_ = alone && ::mount("tmpfs", folder_.path().c_str(), "tmpfs", 0, options.c_str()) == 0;
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(folder_.path().c_str(), MNT_DETACH);
  }
  bool mounted() const { return mounted_; }
  const TempFolder& folder() const { return folder_; }
  // Writes until nothing more fits.
  void fill() const {
    int fd = ::open(folder_.file("ballast").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
    static constexpr char kZeros[512] = {};
    while (::write(fd, kZeros, sizeof kZeros) > 0) {
    }
    ::close(fd);
  }
  bool make_read_only() const {
    return ::mount("tmpfs", folder_.path().c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, nullptr) == 0;
  }

 private:
  TempFolder folder_;
  bool mounted_ = false;
};

inline int kills() {
  const char* text = std::getenv("VIDGEN_KILLS");
  int count = text != nullptr ? std::atoi(text) : 0;
  return count > 0 ? count : 10;
}

}  // namespace vidgen::test
