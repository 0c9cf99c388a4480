// SPDX-License-Identifier: Apache-2.0
// Any bytes: refused with a code, or a value that is written and read back the same.
#include <cstdint>
#include <cstdlib>

#include "base/json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using vidgen::base::Json;
  auto value = Json::parse({reinterpret_cast<const char*>(data), size});
  if (!value) {
    if (value.error().code() != vidgen::Errc::json_invalid) std::abort();
    return 0;
  }
  std::string text = value->dump();
  auto again = Json::parse(text);
  if (!again || again->dump() != text) std::abort();
  if (Json::parse(value->dump_pretty()).value().dump() != text) std::abort();
  return 0;
}
