// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"

#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <limits>

namespace vidgen::base {
namespace {

constexpr int kMaxDepth = 64;

Error bad(std::string what) {
  return Error(Errc::json_invalid, "not valid JSON: " + std::move(what));
}

Result<Json> convert(const simdjson::dom::element& e, int depth);

// Members are compared once, sorted: a hostile document has keys by the ten thousand.
Status refuse_double_keys(const Json& object) {
  std::vector<std::string_view> keys;
  for (const auto& member : object.members()) keys.push_back(member.first);
  std::sort(keys.begin(), keys.end());
  auto twice = std::adjacent_find(keys.begin(), keys.end());
  if (twice != keys.end()) return bad("the key \"" + std::string(twice->substr(0, 40)) + "\" stands twice");
  return {};
}

Result<Json> convert_object(const simdjson::dom::object& object, int depth) {
  Json::Object members;
  for (auto [key, item] : object) {
    auto child = convert(item, depth + 1);
    if (!child) return child.error();
    members.emplace_back(std::string(key), std::move(*child));
  }
  Json out = Json::object(std::move(members));
  if (Status status = refuse_double_keys(out); !status) return status.error();
  return out;
}

Result<Json> convert(const simdjson::dom::element& e, int depth) {
  using T = simdjson::dom::element_type;
  if (depth >= kMaxDepth && (e.type() == T::ARRAY || e.type() == T::OBJECT))
    return bad("more than " + std::to_string(kMaxDepth) + " levels deep");
  switch (e.type()) {
    case T::ARRAY: {
      Json out = Json::array();
      for (auto item : simdjson::dom::array(e)) {
        auto child = convert(item, depth + 1);
        if (!child) return child.error();
        out.push(std::move(*child));
      }
      return out;
    }
    case T::OBJECT:
      return convert_object(simdjson::dom::object(e), depth);
    case T::INT64:
      return Json(std::int64_t(e));
    case T::UINT64:
      return Json(std::uint64_t(e));
    case T::DOUBLE:
      return Json(double(e));
    case T::STRING:
      return Json(std::string_view(e));
    case T::BOOL:
      return Json(bool(e));
    case T::NULL_VALUE:
      return Json();
  }
  return bad("unknown value");
}

void quote(std::string& out, std::string_view s) {
  out += '"';
  for (unsigned char c : s) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\r':
        out += "\\r";
        break;
      default:
        if (c < 0x20) {
          char buf[8];
          std::snprintf(buf, sizeof buf, "\\u%04x", c);
          out += buf;
        } else {
          out += static_cast<char>(c);
        }
    }
  }
  out += '"';
}

void number(std::string& out, double v) {
  if (!std::isfinite(v)) {
    out += "null";
    return;
  }
  char buf[64];
  if (v == 0) v = 0;  // "-0" would be read as the whole number 0
  // Written with an exponent above 10^15: as a row of digits it would be a whole number, too large for any reader.
  auto [end, ec] = std::abs(v) < 1e15 ? std::to_chars(buf, buf + sizeof buf, v)
                                      : std::to_chars(buf, buf + sizeof buf, v, std::chars_format::scientific);
  out.append(buf, end);
}

void newline(std::string& out, int indent) {
  if (indent < 0) return;
  out += '\n';
  out.append(static_cast<std::size_t>(indent) * 2, ' ');
}

void write(std::string& out, const Json& j, int indent) {
  if (j.is_null())
    out += "null";
  else if (j.is_bool())
    out += j.as_bool() ? "true" : "false";
  else if (j.is_int())
    out += std::to_string(j.as_int());
  else if (j.is_number())
    number(out, j.as_double());
  else if (j.is_string())
    quote(out, j.as_string());
  else if (j.is_array()) {
    out += '[';
    bool first = true;
    for (const Json& item : j.items()) {
      if (!first) out += ',';
      first = false;
      newline(out, indent < 0 ? -1 : indent + 1);
      write(out, item, indent < 0 ? -1 : indent + 1);
    }
    if (!first) newline(out, indent);
    out += ']';
  } else {
    out += '{';
    bool first = true;
    for (const auto& [key, item] : j.members()) {
      if (!first) out += ',';
      first = false;
      newline(out, indent < 0 ? -1 : indent + 1);
      quote(out, key);
      out += indent < 0 ? ":" : ": ";
      write(out, item, indent < 0 ? -1 : indent + 1);
    }
    if (!first) newline(out, indent);
    out += '}';
  }
}

}  // namespace

Json::Json(std::uint64_t v) {
  if (v <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
    v_ = static_cast<std::int64_t>(v);
  else
    v_ = std::to_string(v);
}

Json::Json(const std::vector<std::string>& v) {
  Array a;
  for (const auto& s : v) a.emplace_back(s);
  v_ = std::move(a);
}

Result<Json> Json::parse(std::string_view text) {
  if (text.empty()) return bad("it is empty");  // simdjson would copy from a null pointer
  // One parser a thread: it keeps its buffers, and simdjson's parsers may not be shared.
  thread_local simdjson::dom::parser parser;
  simdjson::dom::element root;
  auto err = parser.parse(text.data(), text.size()).get(root);
  if (err) return bad(simdjson::error_message(err));
  return convert(root, 0);
}

std::string Json::dump() const {
  std::string out;
  write(out, *this, -1);
  return out;
}

std::string Json::dump_pretty() const {
  std::string out;
  write(out, *this, 0);
  out += '\n';
  return out;
}

bool Json::as_bool(bool other) const {
  return is_bool() ? std::get<bool>(v_) : other;
}
std::int64_t Json::as_int(std::int64_t other) const {
  return is_int() ? std::get<std::int64_t>(v_) : other;
}
double Json::as_double(double other) const {
  if (is_int()) return static_cast<double>(std::get<std::int64_t>(v_));
  return is_number() ? std::get<double>(v_) : other;
}
std::string Json::as_string(std::string other) const {
  return is_string() ? std::get<std::string>(v_) : other;
}

const Json::Array& Json::items() const {
  static const Array none;
  return is_array() ? std::get<Array>(v_) : none;
}
const Json::Object& Json::members() const {
  static const Object none;
  return is_object() ? std::get<Object>(v_) : none;
}

Json& Json::set(std::string key, Json value) {
  if (!is_object()) v_ = Object{};
  auto& object = std::get<Object>(v_);
  for (auto& [k, v] : object)
    if (k == key) {
      v = std::move(value);
      return *this;
    }
  object.emplace_back(std::move(key), std::move(value));
  return *this;
}

Json& Json::push(Json value) {
  if (!is_array()) v_ = Array{};
  std::get<Array>(v_).push_back(std::move(value));
  return *this;
}

const Json* Json::find(std::string_view key) const {
  for (const auto& [k, v] : members())
    if (k == key) return &v;
  return nullptr;
}

const Json& Json::operator[](std::string_view key) const {
  static const Json none;
  const Json* j = find(key);
  return j ? *j : none;
}

// ---- Reader

Reader::Reader(const Json& object, Errc code, std::string path) : object_(object), code_(code), path_(std::move(path)) {
  if (!object.is_object()) status_ = Error(code_, (path_.empty() ? "the document" : path_) + ": expected an object");
}

std::string Reader::path(std::string_view key) const {
  return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
}

void Reader::fail(std::string_view key, std::string_view what) {
  if (status_) status_ = Error(code_, path(key) + ": " + std::string(what));
}

const Json* Reader::need(std::string_view key) {
  taken_.emplace_back(key);
  const Json* j = object_.find(key);
  if (!j) fail(key, "is missing");
  return j;
}

Reader& Reader::get(std::string_view key, std::string& out) {
  if (const Json* j = need(key)) {
    if (j->is_string())
      out = j->as_string();
    else
      fail(key, "expected text");
  }
  return *this;
}
Reader& Reader::get(std::string_view key, bool& out) {
  if (const Json* j = need(key)) {
    if (j->is_bool())
      out = j->as_bool();
    else
      fail(key, "expected true or false");
  }
  return *this;
}
Reader& Reader::get(std::string_view key, std::int64_t& out) {
  if (const Json* j = need(key)) {
    if (j->is_int())
      out = j->as_int();
    else
      fail(key, "expected a whole number");
  }
  return *this;
}
Reader& Reader::get(std::string_view key, int& out) {
  std::int64_t wide = out;
  get(key, wide);
  if (wide < std::numeric_limits<int>::min() || wide > std::numeric_limits<int>::max())
    fail(key, "is out of range");
  else
    out = static_cast<int>(wide);
  return *this;
}
Reader& Reader::get(std::string_view key, double& out) {
  if (const Json* j = need(key)) {
    if (j->is_number())
      out = j->as_double();
    else
      fail(key, "expected a number");
  }
  return *this;
}
Reader& Reader::get(std::string_view key, Rational& out) {
  const Json* j = need(key);
  if (!j) return *this;
  if (j->is_int()) {
    out = Rational(j->as_int());
    return *this;
  }
  if (!j->is_string() && !j->is_number()) {
    fail(key, "expected a number or \"30000/1001\"");
    return *this;
  }
  auto r = Rational::parse(j->is_string() ? j->as_string() : j->dump());
  if (r)
    out = *r;
  else
    fail(key, r.error().message());
  return *this;
}
Reader& Reader::get(std::string_view key, Size& out) {
  std::string text;
  get(key, text);
  if (!status_) return *this;
  auto s = Size::parse(text);
  if (s)
    out = *s;
  else
    fail(key, s.error().message());
  return *this;
}
namespace {

// Each item by `read`, which says no to what is none.
template <class T, class Read>
bool read_list(const Json& list, std::vector<T>& out, Read read) {
  out.clear();
  for (const Json& item : list.items()) {
    T value{};
    if (!read(item, value)) return false;
    out.push_back(std::move(value));
  }
  return true;
}

}  // namespace

Reader& Reader::get(std::string_view key, std::vector<std::string>& out) {
  const auto text = [](const Json& item, std::string& value) {
    if (item.is_string()) value = item.as_string();
    return item.is_string();
  };
  const Json* j = need(key);
  if (j && (!j->is_array() || !read_list(*j, out, text))) fail(key, j->is_array() ? "expected a list of text" : "expected a list");
  return *this;
}
Reader& Reader::get(std::string_view key, std::vector<int>& out) {
  const auto whole = [](const Json& item, int& value) {
    const bool fits = item.is_int() && item.as_int() >= INT32_MIN && item.as_int() <= INT32_MAX;
    if (fits) value = static_cast<int>(item.as_int());
    return fits;
  };
  const Json* j = need(key);
  if (j && (!j->is_array() || !read_list(*j, out, whole)))
    fail(key, j->is_array() ? "expected a list of whole numbers" : "expected a list");
  return *this;
}

const Json& Reader::take(std::string_view key) {
  taken_.emplace_back(key);
  return object_[key];
}

Json Reader::rest() const {
  Json out = Json::object();
  for (const auto& [k, v] : object_.members()) {
    bool known = false;
    for (const auto& t : taken_) known = known || t == k;
    if (!known) out.set(k, v);
  }
  return out;
}

Status Reader::finish(bool closed) const {
  if (!status_) return status_;
  if (closed) {
    Json left = rest();
    if (!left.members().empty()) return Error(code_, path(left.members().front().first) + ": is not a known key");
  }
  return {};
}

}  // namespace vidgen::base
