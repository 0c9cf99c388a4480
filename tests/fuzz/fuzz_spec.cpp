// SPDX-License-Identifier: Apache-2.0
// Any bytes as a spec and as a request: refused or read, and what was read is written the same way for good.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "vidgen/spec.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  if (auto spec = vidgen::spec_from_json(text)) {
    std::string once = vidgen::to_json(*spec);
    auto again = vidgen::spec_from_json(once);
    if (!again || vidgen::to_json(*again) != once) std::abort();
    bool valid = vidgen::validate(*spec).has_value();
    if (vidgen::validate(*again).has_value() != valid) std::abort();
  }
  if (auto request = vidgen::request_from_json(text)) {
    std::string once = vidgen::to_json(*request);
    (void)vidgen::validate(*request);
    auto again = vidgen::request_from_json(once);
    if (!again || vidgen::to_json(*again) != once) std::abort();
  }
  return 0;
}
