// SPDX-License-Identifier: Apache-2.0
// Any bytes as a prompt: refused as input, or a valid film.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "vidgen/spec.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const vidgen::TemplateSet set = vidgen::TemplateSet::load().value();
  vidgen::Request request;
  request.prompt.assign(reinterpret_cast<const char*>(data), size);
  auto spec = vidgen::spec_by_rules(request, set);
  if (!spec && spec.error().code() != vidgen::Errc::input_refused) std::abort();
  if (spec && !vidgen::validate(*spec)) std::abort();
  return 0;
}
