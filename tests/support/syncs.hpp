// SPDX-License-Identifier: Apache-2.0
// Which files this process has synced to the disk: the program's own fsync and fdatasync note each call and pass it on.
// SQLite's library finds them too. Include it in one source of a test program only.
#pragma once

#include <sys/syscall.h>
#include <unistd.h>

#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace vidgen::test {

class Syncs {
 public:
  void note(int fd) {
    char name[4096];
    const auto n = ::readlink(("/proc/self/fd/" + std::to_string(fd)).c_str(), name, sizeof name);
    std::lock_guard lock(mutex_);
    paths_.emplace_back(name, n > 0 ? static_cast<std::size_t>(n) : 0);
  }
  // Those since the last call.
  std::vector<std::string> take() {
    std::lock_guard lock(mutex_);
    return std::exchange(paths_, {});
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> paths_;
};

inline Syncs& syncs() {
  static Syncs all;
  return all;
}

}  // namespace vidgen::test

extern "C" {
__attribute__((visibility("default"))) int fsync(int fd) {
  vidgen::test::syncs().note(fd);
  return static_cast<int>(::syscall(SYS_fsync, fd));
}
__attribute__((visibility("default"))) int fdatasync(int fd) {
  vidgen::test::syncs().note(fd);
  return static_cast<int>(::syscall(SYS_fdatasync, fd));
}
}
