// SPDX-License-Identifier: Apache-2.0
// Json: a small value tree, read by simdjson and written canonically (members in the order they were added, no spaces).
// It is for specs, plans, timelines and models, which are kilobytes; not for bulk data.
//
// Thread-safety: a value.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "vidgen/error.hpp"
#include "vidgen/time.hpp"

namespace vidgen::base {

class Json {
 public:
  using Array = std::vector<Json>;
  using Member = std::pair<std::string, Json>;
  using Object = std::vector<Member>;

  Json() = default;
  // Written out, because the variant of GCC 12 destroys what it did not build when a copy throws.
  Json(const Json& other) { copy(other); }
  Json(Json&& other) noexcept = default;
  Json& operator=(const Json& other) {
    if (this != &other) *this = Json(other);
    return *this;
  }
  Json& operator=(Json&& other) noexcept = default;
  ~Json() = default;
  Json(std::nullptr_t) {}                            // NOLINT: values convert
  Json(bool v) : v_(v) {}                            // NOLINT
  Json(int v) : v_(static_cast<std::int64_t>(v)) {}  // NOLINT
  Json(std::int64_t v) : v_(v) {}                    // NOLINT
  Json(std::uint64_t v);                             // NOLINT: above 2^63-1 it becomes decimal text
  Json(double v) : v_(v) {}                          // NOLINT
  Json(const char* v) : v_(std::string(v)) {}        // NOLINT
  Json(std::string_view v) : v_(std::string(v)) {}   // NOLINT
  Json(std::string v) : v_(std::move(v)) {}          // NOLINT
  Json(Rational v) : v_(v.to_string()) {
    if (v.den() == 1) v_ = v.num();
  }                                         // NOLINT: 30 or "30000/1001"
  Json(const std::vector<std::string>& v);  // NOLINT
  static Json array() {
    Json j;
    j.v_ = Array{};
    return j;
  }
  static Json object() { return object(Object{}); }
  static Json object(Object members) {
    Json j;
    j.v_ = std::move(members);
    return j;
  }  // keys differ

  // Refuses trailing text, more than 64 levels, a key that stands twice, invalid UTF-8 (Errc::json_invalid).
  static Result<Json> parse(std::string_view text);
  std::string dump() const;
  std::string dump_pretty() const;  // two spaces, for files people read

  bool is_null() const { return v_.index() == 0; }
  bool is_bool() const { return std::holds_alternative<bool>(v_); }
  bool is_int() const { return std::holds_alternative<std::int64_t>(v_); }
  bool is_number() const { return is_int() || std::holds_alternative<double>(v_); }
  bool is_string() const { return std::holds_alternative<std::string>(v_); }
  bool is_array() const { return std::holds_alternative<Array>(v_); }
  bool is_object() const { return std::holds_alternative<Object>(v_); }

  // Lenient getters: the default when the type is another.
  bool as_bool(bool other = false) const;
  std::int64_t as_int(std::int64_t other = 0) const;
  double as_double(double other = 0) const;
  std::string as_string(std::string other = {}) const;
  const Array& items() const;     // empty when not an array
  const Object& members() const;  // empty when not an object

  Json& set(std::string key, Json value);  // adds or replaces; turns null into an object
  Json& push(Json value);                  // turns null into an array
  const Json* find(std::string_view key) const;
  const Json& operator[](std::string_view key) const;  // null when missing
  bool operator==(const Json&) const = default;

 private:
  void copy(const Json& other) {
    std::visit(
        [this](const auto& held) {
          auto own = held;
          v_ = std::move(own);
        },
        other.v_);
  }
  std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> v_;
};

// Reads an object strictly: each get takes a member, finish() complains about those that are left. The first
// complaint wins and names the path ("beats[2].shot: expected text").
class Reader {
 public:
  Reader(const Json& object, Errc code, std::string path = {});
  Reader& get(std::string_view key, std::string& out);
  Reader& get(std::string_view key, bool& out);
  Reader& get(std::string_view key, std::int64_t& out);
  Reader& get(std::string_view key, int& out);
  Reader& get(std::string_view key, double& out);
  Reader& get(std::string_view key, Rational& out);
  Reader& get(std::string_view key, Size& out);
  Reader& get(std::string_view key, std::vector<std::string>& out);
  Reader& get(std::string_view key, std::vector<int>& out);
  // All gets above are required; these leave `out` alone when the member is missing or null.
  template <class T>
  Reader& opt(std::string_view key, T& out) {
    const Json* j = object_.find(key);
    if (!j || j->is_null()) {
      taken_.push_back(std::string(key));
      return *this;
    }
    return get(key, out);
  }
  // The member itself, null Json when missing.
  const Json& take(std::string_view key);
  void fail(std::string_view key, std::string_view what);
  // Members that no get asked for, as an object; empty object when there are none.
  Json rest() const;
  // The first complaint; with `closed`, unknown members are one.
  Status finish(bool closed) const;
  std::string path(std::string_view key) const;

 private:
  const Json* need(std::string_view key);
  const Json& object_;
  Errc code_;
  std::string path_;
  std::vector<std::string> taken_;
  Status status_;
};

}  // namespace vidgen::base
