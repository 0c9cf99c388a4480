// SPDX-License-Identifier: Apache-2.0
#include "media/part_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "base/files.hpp"
#include "base/try.hpp"

namespace vidgen::media {

PartFile::~PartFile() {
  if (!part_.empty()) ::unlink(part_.c_str());
}

Status PartFile::create() {
  for (int i = 0; i < 1000; ++i) {
    const std::string name = final_ + "." + std::to_string(::getpid()) + "." + std::to_string(i) + ".part";
    const int fd = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (fd >= 0) {
      ::close(fd);
      part_ = name;
      return {};
    }
    if (errno != EEXIST) return base::errno_error("cannot write " + final_);
  }
  return Error(Errc::io, "cannot write " + final_ + ": too many unfinished files beside it");
}

Status PartFile::publish() {
  VIDGEN_CHECK(base::publish_file(part_, final_));
  part_.clear();
  return {};
}

}  // namespace vidgen::media
