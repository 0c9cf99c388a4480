// SPDX-License-Identifier: Apache-2.0
#include "av/file_io.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <new>

#include "av/av_error.hpp"
#include "av/compat.hpp"
#include "base/files.hpp"

namespace vidgen::av {
namespace {
constexpr int kBuffer = 1 << 17;
constexpr std::int64_t kReadTimes = 6;  // opening, probing, counting and decoding a sane file stays below this
}  // namespace

Result<std::unique_ptr<FileIo>> FileIo::open_read(const std::string& path, std::int64_t max_bytes,
                                                  std::stop_token stop) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return base::errno_error("cannot open " + path);
  std::unique_ptr<FileIo> file(new FileIo(path, fd));
  struct stat st;
  if (::fstat(fd, &st) != 0) return base::errno_error("cannot open " + path);
  if (!S_ISREG(st.st_mode)) return Error(Errc::media_invalid, path + " is not a file");
  if (st.st_size > max_bytes)
    return Error(Errc::media_limit, path + " is larger than " + std::to_string(max_bytes) + " bytes");
  file->size_ = st.st_size;
  file->budget_ = kReadTimes * st.st_size + (std::int64_t{16} << 20);
  file->stop_ = std::move(stop);
  file->io_ = file->make_context(file->main_, false);
  return file;
}

Result<std::unique_ptr<FileIo>> FileIo::create(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) return base::errno_error("cannot write " + path);
  std::unique_ptr<FileIo> file(new FileIo(path, fd));
  file->io_ = file->make_context(file->main_, true);
  return file;
}

FileIo::~FileIo() {
  if (fd_ >= 0) ::close(fd_);
}

IoContext FileIo::make_context(Cursor& cursor, bool writable) {
  cursor.file = this;
  auto* buffer = static_cast<unsigned char*>(av_malloc(kBuffer));
  if (!buffer) throw std::bad_alloc();
  auto* write_at = reinterpret_cast<int (*)(void*, compat::WriteByte*, int)>(reinterpret_cast<void*>(&FileIo::write));
  IoContext io(avio_alloc_context(buffer, kBuffer, writable ? 1 : 0, &cursor, &FileIo::read,
                                  writable ? write_at : nullptr, &FileIo::seek));
  if (!io) {
    av_free(buffer);
    throw std::bad_alloc();
  }
  return io;
}

Status FileIo::close() {
  if (fd_ < 0) return {};
  avio_flush(io_.get());
  if (::close(fd_) != 0 && error_ == 0) error_ = errno;
  fd_ = -1;
  if (error_ != 0) return base::errno_error("cannot write " + path_, error_);
  return {};
}

int FileIo::read(void* opaque, std::uint8_t* to, int size) {
  auto& cursor = *static_cast<Cursor*>(opaque);
  FileIo& file = *cursor.file;
  if (file.stop_.stop_requested()) return AVERROR_EXIT;
  if (file.budget_ < size) return AVERROR(EIO);
  ssize_t n;
  do n = ::pread(file.fd_, to, static_cast<std::size_t>(size), cursor.at);
  while (n < 0 && errno == EINTR);
  if (n < 0) return AVERROR(errno);
  if (n == 0) return AVERROR_EOF;
  cursor.at += n;
  file.budget_ -= n;
  return static_cast<int>(n);
}

int FileIo::write(void* opaque, const std::uint8_t* from, int size) {
  auto& cursor = *static_cast<Cursor*>(opaque);
  FileIo& file = *cursor.file;
  int done = 0;
  while (done < size) {
    const ssize_t n = ::pwrite(file.fd_, from + done, static_cast<std::size_t>(size - done), cursor.at + done);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      if (file.error_ == 0) file.error_ = errno;
      return AVERROR(errno);
    }
    done += static_cast<int>(n);
  }
  cursor.at += done;
  file.size_ = std::max(file.size_, cursor.at);
  return done;
}

std::int64_t FileIo::seek(void* opaque, std::int64_t offset, int whence) {
  auto& cursor = *static_cast<Cursor*>(opaque);
  if ((whence & AVSEEK_SIZE) != 0) return cursor.file->size_;
  std::int64_t base = 0;
  switch (whence & ~AVSEEK_FORCE) {
    case SEEK_SET:
      break;
    case SEEK_CUR:
      base = cursor.at;
      break;
    case SEEK_END:
      base = cursor.file->size_;
      break;
    default:
      return AVERROR(EINVAL);
  }
  if (offset > INT64_MAX - base || base + offset < 0) return AVERROR(EINVAL);
  return cursor.at = base + offset;
}

}  // namespace vidgen::av
