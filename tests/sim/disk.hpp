// SPDX-License-Identifier: Apache-2.0
// SimDisk: a folder as a disk sees it. What was not synced may be lost when the power goes, sector by sector and in any
// order; names that no sync of their folder covered may be gone. It stands in front of libc's calls, so that SQLite and
// the library's own files meet the same disk.
//
// A process can be dead: what it still does while it is taken down changes nothing. Thread-safety: none; one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/random.hpp"

namespace vidgen::sim {

enum class DiskOp { create, write, sync, name, remove };

class SimDisk {
 public:
  SimDisk(std::string root, std::uint64_t seed);
  ~SimDisk();
  const std::string& root() const { return root_; }

  // Asked before every change: an errno to fail with, 0 to go on, or kDie: this process is dead from now on.
  static constexpr int kDie = -1;
  std::function<int(DiskOp)> before;
  // Set while a dead process is taken down, and while its changes must not count.
  bool dead = false;
  // Told of each name that is made, kept and lost, when somebody listens.
  std::function<void(const std::string&)> tell;

  // The power goes: what was not synced is lost in part.
  void lose_power();
  // Only the processes are gone: the disk keeps all that it was given.
  void forget_unsynced();

  // What libc's calls come to; -1 with errno.
  int open(const char* path, int flags, unsigned mode);
  long write(int fd, const void* bytes, std::size_t size, std::int64_t at);  // at -1: behind the last
  int sync(int fd);
  int rename(const char* from, const char* to);
  int link(const char* from, const char* to);
  int unlink(const char* path);
  int mkdir(const char* path, unsigned mode);
  int truncate(int fd, std::int64_t size);
  void close(int fd);
  bool has(const char* path) const;
  bool has(int fd) const { return fds_.count(fd) != 0; }
  // Whether a timer of the kernel's has to be set: the first time.
  bool first_alarm(int fd) { return alarms_.insert(fd).second; }

 private:
  struct Written {
    std::int64_t at = 0;
    std::string bytes;
  };
  struct File {
    std::string path;
    bool known = false;  // what it held before it was written to
    std::string synced;
    std::vector<Written> since;
  };
  struct Named {  // a change of a folder that is not synced
    std::string folder, path, from, kept;
    enum class Kind { made, moved, linked, removed, folder } kind = Kind::made;
  };
  bool refused(DiskOp op);
  void tear(File& file);
  void undo(const Named& change);
  std::string keep(const std::string& path);
  void now_at(const std::string& from, const std::string& to);

  std::string root_, trash_;
  base::Random random_;
  std::map<int, std::uint64_t> fds_;  // to inode
  std::set<int> alarms_;
  std::map<std::uint64_t, File> files_;
  std::vector<Named> names_;
  int kept_ = 0;
};

// The one that libc's calls go to; null: the real disk.
extern SimDisk* the_disk;

}  // namespace vidgen::sim
