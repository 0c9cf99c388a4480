// SPDX-License-Identifier: Apache-2.0
// A struct of functions that the host filled in, kept for as long as something uses it.
#pragma once

#include <atomic>
#include <string>

#include "vidgen/error.hpp"

namespace vidgen::capi {

// Calls `destroy` once, when the last owner is gone. Take it only after all that may fail has been done: a call that
// fails leaves `user` to the host.
template <class Part>
struct HostStruct {
  explicit HostStruct(const Part& p) : part(p) {}
  ~HostStruct() {
    if (part.destroy != nullptr) part.destroy(part.user);
  }
  HostStruct(const HostStruct&) = delete;
  HostStruct& operator=(const HostStruct&) = delete;
  const Part part;
};

// Structs only grow: one that is shorter than the first version was not zeroed, or is not one.
inline Status check_size(std::size_t given, std::size_t wanted, const char* name) {
  if (given >= wanted) return {};
  return Error(Errc::invalid_argument, std::string(name) + ".size is " + std::to_string(given) + ": set it with sizeof");
}
inline Status check_function(bool there, const char* name) {
  if (there) return {};
  return Error(Errc::invalid_argument, std::string(name) + " must not be NULL");
}

}  // namespace vidgen::capi
