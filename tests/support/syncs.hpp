// SPDX-License-Identifier: Apache-2.0
// Which files this process has synced to the disk: the program's own fsync and fdatasync note each call and pass it on, or
// fail it where a test says so. SQLite's library finds them too. Include it in one source of a test program only.
#pragma once

#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace vidgen::test {

class Syncs {
 public:
  // The errno that the call fails with, or 0.
  int note(int fd) {
    char name[4096];
    const auto n = ::readlink(("/proc/self/fd/" + std::to_string(fd)).c_str(), name, sizeof name);
    std::lock_guard lock(mutex_);
    paths_.emplace_back(name, n > 0 ? static_cast<std::size_t>(n) : 0);
    return paths_.back() == broken_ ? EIO : 0;
  }
  // From now on syncs of this path fail; of none when it is empty.
  void break_those_of(const std::string& path) {
    std::lock_guard lock(mutex_);
    broken_ = path;
  }
  // Those since the last call.
  std::vector<std::string> take() {
    std::lock_guard lock(mutex_);
    return std::exchange(paths_, {});
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> paths_;
  std::string broken_;
};

inline Syncs& syncs() {
  static Syncs all;
  return all;
}

inline int sync_or_fail(long call, int fd) {
  const int failure = syncs().note(fd);
  if (failure == 0) return static_cast<int>(::syscall(call, fd));
  errno = failure;
  return -1;
}

}  // namespace vidgen::test

extern "C" {
__attribute__((visibility("default"))) int fsync(int fd) {
  return vidgen::test::sync_or_fail(SYS_fsync, fd);
}
__attribute__((visibility("default"))) int fdatasync(int fd) {
  return vidgen::test::sync_or_fail(SYS_fdatasync, fd);
}
}
