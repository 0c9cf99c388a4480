// SPDX-License-Identifier: Apache-2.0
// FileIo: one file for libav, through a descriptor and callbacks. libav never sees a name, so it cannot open another
// file or a socket. What is read in all is bounded by a multiple of the file's size, so that a damaged index cannot
// make a demuxer read in circles for ever.
//
// Thread-safety: none; one owner. Errors: those of base/files.hpp, Errc::media_limit for a file that is too large.
#pragma once

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>

#include "av/handles.hpp"
#include "vidgen/error.hpp"

namespace vidgen::av {

class FileIo {
 public:
  static Result<std::unique_ptr<FileIo>> open_read(const std::string& path, std::int64_t max_bytes,
                                                   std::stop_token stop = {});
  // Creates or empties the file.
  static Result<std::unique_ptr<FileIo>> create(const std::string& path);
  ~FileIo();
  FileIo(const FileIo&) = delete;

  AVIOContext* context() { return io_.get(); }
  std::int64_t size() const { return size_; }
  // Writes what is buffered and closes; further writes fail. The error of any earlier write is returned.
  Status close();
  std::string path() const { return path_; }
  int fd() const { return fd_; }

 private:
  struct Cursor {
    FileIo* file = nullptr;
    std::int64_t at = 0;
  };
  FileIo(std::string path, int fd) : path_(std::move(path)), fd_(fd) {}
  IoContext make_context(Cursor& cursor, bool writable);
  static int read(void* opaque, std::uint8_t* to, int size);
  static int write(void* opaque, const std::uint8_t* from, int size);
  static std::int64_t seek(void* opaque, std::int64_t offset, int whence);

  std::string path_;
  int fd_ = -1;
  std::int64_t size_ = 0;
  std::int64_t budget_ = 0;  // bytes that may still be read
  int error_ = 0;            // errno of the first write that failed
  std::stop_token stop_;
  Cursor main_;
  IoContext io_;  // after the cursor that it points at
};

}  // namespace vidgen::av
