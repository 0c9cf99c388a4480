// SPDX-License-Identifier: Apache-2.0
#include "base/errc_named.hpp"

#include <string>

namespace vidgen::base {
namespace {

constexpr Errc kCodes[] = {
#define VIDGEN_ERRC(name, number, retryable, exit_code, text) Errc::name,
#include "vidgen/errc.def"
#undef VIDGEN_ERRC
};

}  // namespace

Errc errc_named(std::string_view name) {
  for (const Errc code : kCodes)
    if (errc_row(code).name == name) return code;
  return Errc::unknown;
}

Error error_described(std::string_view text) {
  const auto end = text.find(": ");
  const Errc code = end == text.npos ? Errc::unknown : errc_named(text.substr(0, end));
  if (code == Errc::unknown) return Error(code, std::string(text));
  return Error(code, std::string(text.substr(end + 2)));
}

}  // namespace vidgen::base
