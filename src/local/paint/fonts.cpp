// SPDX-License-Identifier: Apache-2.0
#include "local/paint/fonts.hpp"

#include <dlfcn.h>
#include <fontconfig/fontconfig.h>

#include <mutex>
#include <string>

#include "base/files.hpp"

namespace vidgen::local {
namespace {

void load() {
  Dl_info info{};
  if (::dladdr(reinterpret_cast<const void*>(&load), &info) == 0 || info.dli_fname == nullptr) return;
  const std::string own = info.dli_fname;
  const std::string file = own.substr(0, own.find_last_of('/') + 1) + "fonts/fonts.conf";
  if (!base::file_exists(file)) return;
  FcConfig* config = ::FcConfigCreate();
  if (config == nullptr) return;
  const bool read = ::FcConfigParseAndLoad(config, reinterpret_cast<const FcChar8*>(file.c_str()), FcTrue) == FcTrue;
  if (!read || ::FcConfigSetCurrent(config) != FcTrue) ::FcConfigDestroy(config);
}

}  // namespace

void use_fonts_beside_us() {
  static std::once_flag once;
  std::call_once(once, load);
}

}  // namespace vidgen::local
