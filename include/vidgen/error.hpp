// SPDX-License-Identifier: Apache-2.0
// Error and Result: how every function here reports failure. Nothing in this library throws on its own, except
// Result::value(), for those who like exceptions.
//
// Thread-safety: values, like std::string. An Error is immutable once it is part of a Result.
#pragma once

#include <cassert>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "vidgen/export.hpp"
#include "vidgen/version.hpp"

VIDGEN_NAMESPACE_BEGIN

// What went wrong, for programs. The rows are in errc.def.
enum class Errc : int {
#define VIDGEN_ERRC(name, number, retryable, exit_code, text) name = number,
#include "vidgen/errc.def"
#undef VIDGEN_ERRC
};

struct ErrcRow {
  Errc code;
  std::string_view name;
  bool retryable;
  int exit_code;
  std::string_view text;
};

// The row of a code. Never fails: an unknown number gives the row of Errc::unknown.
VIDGEN_EXPORT const ErrcRow& errc_row(Errc code);

// What a provider adds to an error, where one had a part in it.
struct ErrorOrigin {
  ErrorOrigin() = default;
  std::string provider;    // "replicate"
  std::string request_id;  // what its support asks for: of the request, or of the job there
  std::int64_t cost_micros = -1;  // micro-dollars that the job had spent when it failed; negative: unknown
};

// What went wrong, for people: one line that says what to do, what was being done (`phase`) and, if another error
// led to it, the cause.
class Error {
 public:
  Error() : Error(Errc::unknown, "not set") {}
  Error(Errc code, std::string message) : code_(code), message_(std::move(message)) {}

  Errc code() const { return code_; }
  const std::string& message() const { return message_; }
  const std::string& phase() const { return phase_; }
  const Error* cause() const { return cause_.get(); }
  bool retryable() const { return errc_row(code_).retryable; }
  const ErrorOrigin& origin() const {
    static const ErrorOrigin kNone;
    return origin_ ? *origin_ : kNone;
  }

  // Copies with more said about them.
  Error in(std::string phase) const {
    Error e = *this;
    if (e.phase_.empty()) e.phase_ = std::move(phase);
    return e;
  }
  Error because(Error cause) const {
    Error e = *this;
    e.cause_ = std::make_shared<const Error>(std::move(cause));
    return e;
  }
  // What is known already stays.
  VIDGEN_EXPORT Error from(std::string provider, std::string request_id) const;
  VIDGEN_EXPORT Error after_spending(std::int64_t micros) const;

  // "code: message (while phase): cause"
  VIDGEN_EXPORT std::string describe() const;

 private:
  Errc code_;
  std::string message_;
  std::string phase_;
  std::shared_ptr<const Error> cause_;
  std::shared_ptr<const ErrorOrigin> origin_;
};

// Thrown by Result::value() only.
class VIDGEN_EXPORT Exception : public std::exception {
 public:
  explicit Exception(Error error) : error_(std::move(error)), what_(error_.describe()) {}
  const char* what() const noexcept override { return what_.c_str(); }
  const Error& error() const { return error_; }

 private:
  Error error_;
  std::string what_;
};

// A T or an Error. The member names are std::expected's, so that it can become an alias one day. The default
// constructor holds an error, because coroutine libraries ask for one.
template <class T>
class [[nodiscard]] Result {
 public:
  using value_type = T;
  Result() : error_(Error{}) {}
  Result(T value) : value_(std::move(value)) {}      // NOLINT: implicit on purpose
  Result(Error error) : error_(std::move(error)) {}  // NOLINT: implicit on purpose

  bool has_value() const { return value_.has_value(); }
  explicit operator bool() const { return has_value(); }
  T& operator*() & { return held(); }
  const T& operator*() const& { return const_cast<Result*>(this)->held(); }
  T&& operator*() && { return std::move(held()); }
  T* operator->() { return &held(); }
  const T* operator->() const { return &const_cast<Result*>(this)->held(); }
  const Error& error() const {
    assert(error_);
    return *error_;
  }
  T value_or(T other) const& { return has_value() ? **this : std::move(other); }

  // The value, or throws vidgen::Exception.
  T& value() & {
    if (!has_value()) throw Exception(error());
    return **this;
  }
  const T& value() const& {
    if (!has_value()) throw Exception(error());
    return **this;
  }
  T value() && {
    if (!has_value()) throw Exception(error());
    return std::move(*value_);
  }

 private:
  T& held() {
    assert(value_);
    return *value_;
  }
  // Exactly one of the two. Not a std::variant: that of GCC 12 destroys what it did not build when a copy throws.
  std::optional<T> value_;
  std::optional<Error> error_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  using value_type = void;
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT: implicit on purpose
  bool has_value() const { return !error_; }
  explicit operator bool() const { return has_value(); }
  const Error& error() const { return *error_; }
  void value() const {
    if (error_) throw Exception(*error_);
  }

 private:
  std::optional<Error> error_;
};

using Status = Result<void>;

VIDGEN_NAMESPACE_END
