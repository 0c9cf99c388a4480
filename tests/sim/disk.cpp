// SPDX-License-Identifier: Apache-2.0
#include "disk.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdarg>
#include <cstring>
#include <filesystem>

namespace vidgen::sim {
namespace {

constexpr std::int64_t kSector = 512;

std::string folder_of(const std::string& path) {
  return path.substr(0, path.rfind('/'));
}


bool there(const std::string& path) {
  struct stat facts {};
  return ::lstat(path.c_str(), &facts) == 0;
}

int real_open(const char* path, int flags, unsigned mode) {
  return static_cast<int>(::syscall(SYS_openat, AT_FDCWD, path, flags, mode));
}

std::string content(const std::string& path) {
  std::string out;
  const int fd = real_open(path.c_str(), O_RDONLY, 0);
  char buffer[1 << 16];
  for (ssize_t n = 0; fd >= 0 && (n = ::read(fd, buffer, sizeof buffer)) > 0;) out.append(buffer, static_cast<std::size_t>(n));
  if (fd >= 0) ::syscall(SYS_close, fd);
  return out;
}

void put(const std::string& path, const std::string& bytes) {
  const int fd = real_open(path.c_str(), O_WRONLY | O_TRUNC, 0);
  if (fd < 0) return;
  (void)!::syscall(SYS_write, fd, bytes.data(), bytes.size());
  ::syscall(SYS_close, fd);
}

// SQLite's shared memory is no file that outlives anybody.
bool fleeting(const std::string& path) {
  return path.size() > 4 && path.compare(path.size() - 4, 4, "-shm") == 0;
}

}  // namespace

SimDisk* the_disk = nullptr;

SimDisk::SimDisk(std::string root, std::uint64_t seed) : root_(std::move(root)), trash_(root_ + ".trash"), random_(seed) {
  std::filesystem::create_directories(root_);
  std::filesystem::create_directories(trash_);
}

SimDisk::~SimDisk() {
  std::error_code ignored;
  std::filesystem::remove_all(root_, ignored);
  std::filesystem::remove_all(trash_, ignored);
}

bool SimDisk::has(const char* path) const {
  return std::strncmp(path, root_.c_str(), root_.size()) == 0 && path[root_.size()] == '/';
}

// True: the call is over, with errno set. All that a dead process still tries fails: a call that claimed to have come
// through would be believed, and told to the others through SQLite's shared memory.
bool SimDisk::refused(DiskOp op) {
  const int answer = dead ? kDie : before ? before(op) : 0;
  if (answer == kDie) dead = true;
  if (answer != 0) errno = dead ? EIO : answer;
  return answer != 0;
}

std::string SimDisk::keep(const std::string& path) {
  std::string kept = trash_ + "/" + std::to_string(kept_++);
  return ::syscall(SYS_link, path.c_str(), kept.c_str()) == 0 ? kept : std::string();
}

// A file has another name, or lies only in the trash: its old name may be a new file's.
void SimDisk::now_at(const std::string& from, const std::string& to) {
  for (auto& [number, file] : files_)
    if (file.path == from) file.path = to;
}

int SimDisk::open(const char* path, int flags, unsigned mode) {
  const bool makes = (flags & O_CREAT) != 0 && !there(path);
  if ((makes || (flags & O_TRUNC) != 0) && refused(DiskOp::create)) return -1;
  const int fd = real_open(path, flags, mode);
  if (fd < 0 || fleeting(path)) return fd;
  struct stat facts {};
  if (::fstat(fd, &facts) == 0 && S_ISREG(facts.st_mode) && (flags & O_ACCMODE) != O_RDONLY) {
    fds_[fd] = facts.st_ino;
    File& file = files_[facts.st_ino];
    if (makes) file = File();
    file.path = path;
  }
  if (makes) {
    Named change;
    change.folder = folder_of(path);
    change.path = path;
    names_.push_back(change);
  }
  return fd;
}

long SimDisk::write(int fd, const void* bytes, std::size_t size, std::int64_t at) {
  if (refused(DiskOp::write)) return -1;
  File& file = files_[fds_[fd]];
  if (!file.known) file.synced = content(file.path);
  file.known = true;
  Written one;
  one.at = at >= 0 ? at : ::lseek(fd, 0, SEEK_CUR);
  one.bytes.assign(static_cast<const char*>(bytes), size);
  file.since.push_back(std::move(one));
  return at >= 0 ? ::syscall(SYS_pwrite64, fd, bytes, size, at) : ::syscall(SYS_write, fd, bytes, size);
}

int SimDisk::truncate(int fd, std::int64_t size) {
  if (refused(DiskOp::write)) return -1;
  File& file = files_[fds_[fd]];
  if (file.known) file.synced.resize(std::min(file.synced.size(), static_cast<std::size_t>(size)));
  for (Written& one : file.since)
    if (one.at + static_cast<std::int64_t>(one.bytes.size()) > size)
      one.bytes.resize(static_cast<std::size_t>(std::max<std::int64_t>(0, size - one.at)));
  return static_cast<int>(::syscall(SYS_ftruncate, fd, size));
}

int SimDisk::sync(int fd) {
  if (refused(DiskOp::sync)) return -1;
  struct stat facts {};
  if (::fstat(fd, &facts) != 0) return 0;
  if (S_ISDIR(facts.st_mode)) {
    const std::string folder = std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(fd));
    std::erase_if(names_, [&](const Named& n) { return n.folder == folder; });
    return 0;
  }
  const auto found = files_.find(facts.st_ino);
  if (found == files_.end()) return 0;
  File& file = found->second;
  for (const Written& one : file.since) {
    const auto at = static_cast<std::size_t>(one.at);
    if (file.synced.size() < at + one.bytes.size()) file.synced.resize(at + one.bytes.size());
    std::copy(one.bytes.begin(), one.bytes.end(), file.synced.begin() + one.at);
  }
  file.since.clear();
  return 0;
}

int SimDisk::rename(const char* from, const char* to) {
  if (refused(DiskOp::name)) return -1;
  Named change;
  change.kind = Named::Kind::moved;
  change.folder = folder_of(to);
  change.path = to;
  change.from = from;
  if (there(to)) change.kept = keep(to);
  const int done = static_cast<int>(::syscall(SYS_rename, from, to));
  if (done != 0) return done;
  names_.push_back(change);
  now_at(to, change.kept);
  now_at(from, to);
  return done;
}

int SimDisk::link(const char* from, const char* to) {
  if (refused(DiskOp::name)) return -1;
  const int done = static_cast<int>(::syscall(SYS_link, from, to));
  Named change;
  change.kind = Named::Kind::linked;
  change.folder = folder_of(to);
  change.path = to;
  if (done == 0) names_.push_back(change);
  return done;
}

int SimDisk::unlink(const char* path) {
  if (refused(DiskOp::remove)) return -1;
  Named change;
  change.kind = Named::Kind::removed;
  change.folder = folder_of(path);
  change.path = path;
  change.kept = keep(path);
  const int done = static_cast<int>(::syscall(SYS_unlink, path));
  if (done == 0 && !fleeting(path)) names_.push_back(change);
  if (done == 0) now_at(path, change.kept);
  return done;
}

int SimDisk::mkdir(const char* path, unsigned mode) {
  if (there(path)) return static_cast<int>(::syscall(SYS_mkdir, path, mode));
  if (refused(DiskOp::create)) return -1;
  const int done = static_cast<int>(::syscall(SYS_mkdir, path, mode));
  Named change;
  change.kind = Named::Kind::folder;
  change.folder = folder_of(path);
  change.path = path;
  if (done == 0) names_.push_back(change);
  return done;
}

void SimDisk::close(int fd) {
  fds_.erase(fd);
  alarms_.erase(fd);
}

// Each sector is as it was at one of the moments since the last sync.
void SimDisk::tear(File& file) {
  if (file.since.empty() || !there(file.path)) return;
  std::string now = file.synced;
  std::map<std::int64_t, int> versions;
  for (const Written& one : file.since)
    for (std::int64_t s = one.at / kSector; s * kSector < one.at + static_cast<std::int64_t>(one.bytes.size()); ++s)
      ++versions[s];
  const bool all_or_nothing = random_.below(3) == 0, all = random_.below(2) == 0;
  for (const auto& [sector, count] : versions) {
    std::uint64_t kept = random_.below(static_cast<std::uint64_t>(count) + 1);
    if (all_or_nothing) kept = all ? static_cast<std::uint64_t>(count) : 0;
    for (const Written& one : file.since) {
      const std::int64_t begin = std::max(one.at, sector * kSector);
      const std::int64_t end = std::min(one.at + static_cast<std::int64_t>(one.bytes.size()), (sector + 1) * kSector);
      if (begin >= end) continue;
      if (kept-- == 0) break;
      if (now.size() < static_cast<std::size_t>(end)) now.resize(static_cast<std::size_t>(end));
      std::copy(one.bytes.begin() + (begin - one.at), one.bytes.begin() + (end - one.at), now.begin() + begin);
    }
  }
  put(file.path, now);
}

void SimDisk::undo(const Named& change) {
  if (tell) tell("is lost: " + change.path);
  const char* path = change.path.c_str();
  std::error_code ignored;
  switch (change.kind) {
    case Named::Kind::made:
    case Named::Kind::linked:
      ::syscall(SYS_unlink, path);
      return;
    case Named::Kind::folder:
      std::filesystem::remove_all(change.path, ignored);
      return;
    case Named::Kind::moved:
      ::syscall(SYS_rename, path, change.from.c_str());
      break;
    case Named::Kind::removed:
      break;
  }
  if (!change.kept.empty()) ::syscall(SYS_link, change.kept.c_str(), path);
}

// A folder keeps its changes in their order: some of the last are lost.
void SimDisk::lose_power() {
  for (auto& [number, file] : files_) tear(file);
  std::map<std::string, std::uint64_t> count, kept;
  for (const Named& change : names_) ++count[change.folder];
  for (const auto& [folder, n] : count) kept[folder] = random_.below(n + 1);
  for (auto change = names_.rbegin(); change != names_.rend(); ++change)
    if (count[change->folder]-- > kept[change->folder]) undo(*change);
  forget_unsynced();
}

void SimDisk::forget_unsynced() {
  files_.clear();
  names_.clear();
  fds_.clear();
}

}  // namespace vidgen::sim

// ---- in front of libc's

using vidgen::sim::the_disk;

// To be seen by the libraries as well: SQLite's calls have to come here.
#pragma GCC visibility push(default)
extern "C" {

int open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const unsigned mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, unsigned) : 0;
  va_end(rest);
  if (the_disk != nullptr && the_disk->has(path)) return the_disk->open(path, flags, mode);
  return static_cast<int>(::syscall(SYS_openat, AT_FDCWD, path, flags, mode));
}
int open64(const char* path, int flags, ...) __attribute__((alias("open")));

ssize_t write(int fd, const void* bytes, size_t size) {
  if (the_disk != nullptr && the_disk->has(fd)) return the_disk->write(fd, bytes, size, -1);
  return ::syscall(SYS_write, fd, bytes, size);
}
ssize_t pwrite(int fd, const void* bytes, size_t size, off_t at) {
  if (the_disk != nullptr && the_disk->has(fd)) return the_disk->write(fd, bytes, size, at);
  return ::syscall(SYS_pwrite64, fd, bytes, size, at);
}
ssize_t pwrite64(int fd, const void* bytes, size_t size, off64_t at) __attribute__((alias("pwrite")));
int fsync(int fd) {
  return the_disk != nullptr ? the_disk->sync(fd) : static_cast<int>(::syscall(SYS_fsync, fd));
}
int fdatasync(int fd) {
  return the_disk != nullptr ? the_disk->sync(fd) : static_cast<int>(::syscall(SYS_fdatasync, fd));
}
int ftruncate(int fd, off_t size) noexcept {
  if (the_disk != nullptr && the_disk->has(fd)) return the_disk->truncate(fd, size);
  return static_cast<int>(::syscall(SYS_ftruncate, fd, size));
}
int ftruncate64(int fd, off64_t size) noexcept __attribute__((alias("ftruncate")));
int rename(const char* from, const char* to) noexcept {
  if (the_disk != nullptr && the_disk->has(to)) return the_disk->rename(from, to);
  return static_cast<int>(::syscall(SYS_rename, from, to));
}
int link(const char* from, const char* to) noexcept {
  if (the_disk != nullptr && the_disk->has(to)) return the_disk->link(from, to);
  return static_cast<int>(::syscall(SYS_link, from, to));
}
int unlink(const char* path) noexcept {
  if (the_disk != nullptr && the_disk->has(path)) return the_disk->unlink(path);
  return static_cast<int>(::syscall(SYS_unlink, path));
}
int mkdir(const char* path, mode_t mode) noexcept {
  if (the_disk != nullptr && the_disk->has(path)) return the_disk->mkdir(path, mode);
  return static_cast<int>(::syscall(SYS_mkdir, path, mode));
}
// Asio sets a timer of the kernel's for each of its own. In a simulation one that has run out stays so: the loop looks
// at its timers whenever it runs.
int timerfd_settime(int fd, int flags, const struct itimerspec* next, struct itimerspec* last) noexcept {
  if (the_disk != nullptr && !the_disk->first_alarm(fd)) return 0;
  return static_cast<int>(::syscall(SYS_timerfd_settime, fd, flags, next, last));
}
int close(int fd) {
  if (the_disk != nullptr) the_disk->close(fd);
  return static_cast<int>(::syscall(SYS_close, fd));
}

}  // extern "C"
#pragma GCC visibility pop
