// SPDX-License-Identifier: Apache-2.0
// SHA-256, of bytes in memory and of files, and HMAC with it. Thread-safety: functions; a Sha256 belongs to one thread.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "vidgen/error.hpp"

namespace vidgen::base {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  void add(std::string_view bytes);
  std::string hex();  // ends it: 64 lower-case digits

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

std::string sha256_hex(std::string_view bytes);
std::string hmac_sha256(std::string_view key, std::string_view text);  // 32 bytes
// Takes as long for texts that differ early as for those that differ late.
bool same_secret(std::string_view a, std::string_view b);
// Errc::file_missing or io.
Result<std::string> sha256_file(const std::string& path);

}  // namespace vidgen::base
