// SPDX-License-Identifier: Apache-2.0
#include "base/files.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <memory>

#include "base/point.hpp"

namespace vidgen::base {
namespace {

namespace fs = std::filesystem;

class Fd {
 public:
  explicit Fd(int fd) : fd_(fd) {}
  ~Fd() {
    if (fd_ >= 0) ::close(fd_);
  }
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

Status write_all(int fd, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return errno_error("cannot write " + path);
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return {};
}

// Unique within the process and, through the process id, among those that share a workspace.
std::string temporary_name(const std::string& path) {
  static std::atomic<unsigned> counter{0};
  return path + "." + std::to_string(::getpid()) + "." + std::to_string(counter++) + ".tmp";
}

// The process that writes a temporary file, and the name that it is to get; 0: it is none.
std::pair<pid_t, std::string> writer_of(const std::string& name) {
  constexpr std::string_view kEnding = ".tmp";
  if (!name.ends_with(kEnding)) return {};
  const auto counter = name.rfind('.', name.size() - kEnding.size() - 1);
  const auto number = counter == std::string::npos || counter == 0 ? std::string::npos : name.rfind('.', counter - 1);
  if (number == std::string::npos) return {};
  pid_t pid = 0;
  const auto read = std::from_chars(name.data() + number + 1, name.data() + counter, pid);
  if (read.ec != std::errc() || read.ptr != name.data() + counter || pid <= 0) return {};
  return {pid, name.substr(0, number)};
}

std::string parent(const std::string& path) {
  fs::path p = fs::path(path).parent_path();
  return p.empty() ? "." : p.string();
}

// std::filesystem::copy_file would do, but says "I/O error" of a full disk.
Status copy_bytes(int from, int to, const std::string& from_path, const std::string& to_path) {
  if (::ioctl(to, FICLONE, from) == 0) return {};
  char buffer[1 << 16];
  for (;;) {
    ssize_t n = ::read(from, buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return errno_error("cannot read " + from_path);
    if (n == 0) return {};
    Status status = write_all(to, {buffer, static_cast<std::size_t>(n)}, to_path);
    if (!status) return status;
  }
}

}  // namespace

Error errno_error(std::string what) {
  return errno_error(std::move(what), errno);
}

Error errno_error(std::string what, int number) {
  Errc code = Errc::io;
  if (number == ENOENT || number == ENOTDIR) code = Errc::file_missing;
  if (number == ENOSPC || number == EDQUOT) code = Errc::no_space;
  if (number == EACCES || number == EROFS || number == EPERM) code = Errc::read_only;
  return Error(code, what + ": " + std::strerror(number));
}

Result<std::string> read_file(const std::string& path, std::size_t limit) {
  Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (fd.get() < 0) return errno_error("cannot open " + path);
  std::string out;
  char buffer[1 << 16];
  for (;;) {
    ssize_t n = ::read(fd.get(), buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return errno_error("cannot read " + path);
    if (n == 0) return out;
    if (out.size() + static_cast<std::size_t>(n) > limit)
      return Error(Errc::media_limit, path + " is larger than " + std::to_string(limit) + " bytes");
    out.append(buffer, static_cast<std::size_t>(n));
  }
}

Status sync_file(const std::string& path) {
  Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (fd.get() < 0) return errno_error("cannot open " + path);
  if (::fsync(fd.get()) != 0) return errno_error("cannot sync " + path);
  return {};
}

Status sync_folder(const std::string& path) {
  Fd fd(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd.get() < 0) return errno_error("cannot open folder " + path);
  if (::fsync(fd.get()) != 0 && errno != EINVAL) return errno_error("cannot sync folder " + path);
  return {};
}

Status publish_file(const std::string& temporary, const std::string& path) {
  at(Point::file_written);
  if (Status s = sync_file(temporary); !s) return s;
  at(Point::file_synced);
  if (::rename(temporary.c_str(), path.c_str()) != 0) return errno_error("cannot write " + path);
  at(Point::file_named);
  return sync_folder(parent(path));
}

Status write_file(const std::string& path, std::string_view bytes) {
  std::string temporary = temporary_name(path);
  Status status;
  {
    Fd fd(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
    if (fd.get() < 0) return errno_error("cannot write " + path);
    status = write_all(fd.get(), bytes, path);
  }
  if (status) status = publish_file(temporary, path);
  if (!status) ::unlink(temporary.c_str());
  return status;
}

Result<std::vector<FolderEntry>> list_folder(const std::string& path) {
  const std::unique_ptr<DIR, int (*)(DIR*)> dir(::opendir(path.c_str()), &::closedir);
  if (!dir) return errno_error("cannot list " + path);
  std::vector<FolderEntry> out;
  errno = 0;
  while (const dirent* found = ::readdir(dir.get())) {
    FolderEntry entry;
    entry.name = found->d_name;
    if (entry.name == "." || entry.name == "..") continue;
    entry.path = path + "/" + entry.name;
    struct stat facts {};
    if (::stat(entry.path.c_str(), &facts) != 0) continue;  // gone since, or a link to nothing
    entry.is_folder = S_ISDIR(facts.st_mode);
    entry.bytes = facts.st_size;
    out.push_back(std::move(entry));
    errno = 0;
  }
  if (errno != 0) return errno_error("cannot list " + path);
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return out;
}

// Each new one is synced into the one above it: else what is put into it later could go with it.
Status make_folders(const std::string& path) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) == 0 && S_ISDIR(facts.st_mode)) return {};
  const std::string above = parent(path);
  if (!path.empty() && path.back() == '/') return make_folders(above);
  if (above != path)
    if (Status made = make_folders(above); !made) return made;
  if (::mkdir(path.c_str(), 0777) != 0 && errno != EEXIST) return errno_error("cannot make folder " + path);
  if (::stat(path.c_str(), &facts) == 0 && !S_ISDIR(facts.st_mode))
    return errno_error("cannot make folder " + path, ENOTDIR);
  Status synced = sync_folder(above);
  if (!synced && synced.error().code() == Errc::read_only) return {};  // it may be written to, but not looked into
  if (!synced) ::rmdir(path.c_str());  // else it would pass for durable the next time
  return synced;
}

Status copy_file(const std::string& from, const std::string& to) {
  Fd source(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
  if (source.get() < 0) return errno_error("cannot open " + from);
  std::string temporary = temporary_name(to);
  Status status;
  {
    Fd target(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
    if (target.get() < 0) return errno_error("cannot write " + to);
    status = copy_bytes(source.get(), target.get(), from, to);
  }
  if (status) status = publish_file(temporary, to);
  if (!status) ::unlink(temporary.c_str());
  return status;
}

Status link_file(const std::string& from, const std::string& to) {
  std::string temporary = temporary_name(to);
  if (::link(from.c_str(), temporary.c_str()) != 0) return copy_file(from, to);
  if (::rename(temporary.c_str(), to.c_str()) != 0) {
    Status status = errno_error("cannot write " + to);
    ::unlink(temporary.c_str());
    return status;
  }
  ::unlink(temporary.c_str());  // rename of two links to one file leaves both
  return {};
}

void remove_unfinished(const std::string& folder, const std::string& name) {
  const auto files = list_folder(folder);
  if (!files) return;
  for (const FolderEntry& file : *files) {
    const auto [pid, wanted] = writer_of(file.name);
    if (file.is_folder || pid == 0 || (!name.empty() && wanted != name)) continue;
    const bool alive = ::kill(pid, 0) == 0 || errno == EPERM;
    if (!alive) ::unlink(file.path.c_str());
  }
}

bool file_exists(const std::string& path) {
  struct stat st;
  return ::stat(path.c_str(), &st) == 0;
}

Result<std::int64_t> file_size(const std::string& path) {
  struct stat st;
  if (::stat(path.c_str(), &st) != 0) return errno_error("cannot read " + path);
  return static_cast<std::int64_t>(st.st_size);
}

}  // namespace vidgen::base
