// SPDX-License-Identifier: Apache-2.0
// Fuzz target: any bytes as a media file, through probe() and check().
#include <sys/mman.h>
#include <unistd.h>

#include <string>

#include "vidgen/media.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const int fd = ::memfd_create("fuzz", MFD_CLOEXEC);
  if (fd < 0 || ::write(fd, data, size) != static_cast<ssize_t>(size)) return 0;
  vidgen::MediaLimits limits;
  limits.max_pixels = 1 << 18;
  limits.max_seconds = 10;
  const std::string path = "/proc/self/fd/" + std::to_string(fd);
  if (vidgen::probe(path, limits)) (void)vidgen::check(path, limits).has_value();
  ::close(fd);
  return 0;
}
