// SPDX-License-Identifier: Apache-2.0
// What every function of the C face is made with: guard() turns all that may go wrong inside into a status and an error
// object, so that nothing of C++ leaves; small helpers for strings and lists.
#pragma once

#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "base/try.hpp"
#include "vidgen.h"
#include "vidgen/error.hpp"
#include "vidgen/money.hpp"
#include "vidgen/time.hpp"

namespace vidgen::capi {

// Writes the error object. Where there is no memory for one, it is the object that stands ready for that.
vg_status fail(vg_error** out, const Error& error) noexcept;
vg_status fail(vg_error** out, Errc code, const char* message) noexcept;
// The exception that is being handled.
vg_status fail_with_current_exception(vg_error** out) noexcept;

inline void clear(vg_error** out) noexcept {
  if (out != nullptr) *out = nullptr;
}

// Runs `body`, which gives a Status.
template <class Body>
vg_status guard(vg_error** error, Body&& body) noexcept {
  clear(error);
  try {
    const Status status = body();
    return status ? VG_OK : fail(error, status.error());
  } catch (...) {
    return fail_with_current_exception(error);
  }
}

// Runs `make`, which gives a Result<unique_ptr<Handle>>, and hands the handle over.
template <class Handle, class Make>
vg_status give(Handle** out, vg_error** error, Make&& make) noexcept {
  if (out != nullptr) *out = nullptr;
  return guard(error, [&]() -> Status {
    Result<std::unique_ptr<Handle>> made = make();
    if (!made) return made.error();
    if (out != nullptr) *out = made->release();
    return {};
  });
}

// For a C caller that forgot an argument.
inline Status needs(const void* argument, const char* name) {
  if (argument != nullptr) return {};
  return Error(Errc::invalid_argument, std::string(name) + " is NULL");
}

inline std::string text_or_empty(const char* text) {
  return text != nullptr ? text : "";
}

// A copy that is the caller's. Errc::no_memory.
Status put_string(char** out, const std::string& text);

inline void put(const Rational& value, std::int64_t* num, std::int64_t* den) {
  if (num != nullptr) *num = value.num();
  if (den != nullptr) *den = value.den();
}
inline void put(Size size, int* width, int* height) {
  if (width != nullptr) *width = size.width;
  if (height != nullptr) *height = size.height;
}
inline std::int64_t ms(const Rational& seconds) {
  return (seconds * Rational(1000)).round();
}
// The nth of a list; "" beyond its end.
inline const char* nth(const std::vector<std::string>& list, std::size_t index) {
  return index < list.size() ? list[index].c_str() : "";
}

inline vg_status status_of(Errc code) {
  return static_cast<vg_status>(static_cast<int>(code));
}
// What a host's function returned; numbers that are none are Errc::host.
Errc errc_of(vg_status status);

}  // namespace vidgen::capi
