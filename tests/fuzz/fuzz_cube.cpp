// SPDX-License-Identifier: Apache-2.0
// Fuzz target: any text as a .cube file; what parses must look up without leaving its table.
#include <string_view>

#include "media/lut.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto lut = vidgen::media::Lut::parse(std::string_view(reinterpret_cast<const char*>(data), size));
  if (!lut) return 0;
  for (const float v : {-1.0f, 0.0f, 0.3f, 0.999f, 1.0f, 2.0f}) (void)lut->at({v, 1 - v, 0.5f});
  return 0;
}
