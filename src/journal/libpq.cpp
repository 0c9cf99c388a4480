// SPDX-License-Identifier: Apache-2.0
#include "journal/libpq.hpp"

#include <dlfcn.h>

#include <atomic>

#include "base/try.hpp"

namespace vidgen::journal {
namespace {

std::atomic<const Libpq*> in_its_place{nullptr};

Result<Libpq> find_functions() {
  void* handle = ::dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (handle == nullptr)
    return Error(Errc::unsupported,
                 "libpq, which a journal on PostgreSQL is reached with, is not installed: apt install libpq5");
  Libpq out;
  bool all = true;
#define VIDGEN_LIBPQ_FIND(name)                                             \
  out.name = reinterpret_cast<decltype(out.name)>(::dlsym(handle, #name)); \
  all = all && out.name != nullptr;
  VIDGEN_LIBPQ_FUNCTIONS(VIDGEN_LIBPQ_FIND)
#undef VIDGEN_LIBPQ_FIND
  if (!all) return Error(Errc::unsupported, "this libpq lacks functions: install version 14 or newer");
  return out;
}

}  // namespace

Result<const Libpq*> load_libpq() {
  if (const Libpq* functions = in_its_place) return functions;
  static const Result<Libpq> loaded = find_functions();
  if (!loaded) return loaded.error();
  return &*loaded;
}

void use_libpq(const Libpq* functions) {
  in_its_place = functions;
}

}  // namespace vidgen::journal
