// SPDX-License-Identifier: Apache-2.0
#include "backends/answer.hpp"

#include <cstdio>
#include <ctime>

#include "base/try.hpp"
#include "flow/wait.hpp"

namespace vidgen::backends {
namespace {

using base::Json;

std::string text_in(const Json& j) {
  if (j.is_string()) return j.as_string();
  if (j.is_int()) return std::to_string(j.as_int());
  if (j.is_number()) return j.dump();
  return {};
}

// A list of complaints, as web frameworks write them: [{"loc": …, "msg": "…"}].
std::string complaints(const Json& list) {
  std::string out;
  for (const Json& one : list.items()) {
    std::string text = text_in(one["msg"]);
    if (text.empty()) text = text_in(one["message"]);
    if (text.empty()) text = text_in(one);
    if (!text.empty()) out += (out.empty() ? "" : "; ") + text;
  }
  return out;
}

std::string header(const HttpResponse& r, const char* name) {
  auto it = r.headers.find(name);
  return it == r.headers.end() ? std::string() : it->second;
}

// What the provider's support asks for. Replicate names none of its own; its edge does.
std::string request_id_of(const HttpResponse& r) {
  for (const char* name : {"x-request-id", "x-fal-request-id", "cf-ray"})
    if (std::string id = header(r, name); !id.empty()) return shortened(id, 128);
  return {};
}

Errc code_for(flow::Outcome outcome) {
  switch (outcome) {
    case flow::Outcome::credentials:
      return Errc::credentials;
    case flow::Outcome::ambiguous:
      return Errc::ambiguous;
    case flow::Outcome::refused:
      return Errc::input_refused;
    default:
      return Errc::provider;
  }
}

std::string advice(const ProviderRow& row, flow::Outcome outcome) {
  switch (outcome) {
    case flow::Outcome::credentials:
      return row.key_variable.empty() ? "" : ": set " + std::string(row.key_variable) + " to a key that is valid";
    case flow::Outcome::money:
      return ": the account there cannot pay; add credit and resume";
    case flow::Outcome::ambiguous:
      return ": the answer was lost, so it may or may not have been accepted";
    case flow::Outcome::refused:
      return ": the content was refused; change the prompt or the picture";
    default:
      return "";
  }
}

}  // namespace

Result<Json> json_of(const HttpResponse& response) {
  if (response.error) return *response.error;
  auto parsed = Json::parse(response.body);
  if (!parsed) return Error(Errc::provider, "the answer is not JSON");
  return *parsed;
}

ErrorWords error_words(const HttpResponse& response) {
  ErrorWords out;
  if (response.sent != Sent::answered) {
    if (response.error) out.words = response.error->message();
    return out;
  }
  auto parsed = Json::parse(response.body);
  if (!parsed || !parsed->is_object()) return out;
  const Json& body = *parsed;
  const Json& error = body["error"].is_object() ? body["error"] : body;
  out.code = text_in(error["code"]);
  out.type = text_in(error["type"]);
  if (out.type.empty()) out.type = text_in(error["title"]);
  for (const char* key : {"message", "detail", "error", "failure"})
    if (out.words.empty()) out.words = error[key].is_array() ? complaints(error[key]) : text_in(error[key]);
  out.words = shortened(out.words);
  out.retry_after = text_in(body["retry_after"]);
  return out;
}

flow::Outcome outcome_of(const ProviderRow& row, const HttpResponse& response, bool paid) {
  const ErrorWords words = error_words(response);
  flow::Facts facts;
  facts.sent = response.sent;
  facts.paid = paid;
  facts.status = response.status;
  facts.understood = !response.error;
  facts.code = words.code;
  facts.type = words.type;
  facts.words = words.words;
  facts.means_not_executed = row.means_not_executed;
  return flow::classify(facts);
}

flow::Feedback feedback_of(const HttpResponse& response, std::int64_t now_unix) {
  flow::Feedback out;
  if (response.status != 429 && response.status != 503) return out;
  const ErrorWords words = error_words(response);
  const std::string ms = header(response, "retry-after-ms"), seconds = header(response, "retry-after");
  const std::string reset = header(response, "x-ratelimit-reset-requests"), date = header(response, "date");
  flow::WaitFacts facts;
  facts.retry_after_ms = ms;
  facts.retry_after = seconds;
  facts.body_retry_after = words.retry_after;
  facts.reset = reset;
  facts.words = words.words;
  facts.now_unix = flow::parse_http_date(date).value_or(now_unix);
  out.wait = flow::server_wait(facts);
  out.limit = flow::limit_in_words(words.words);
  return out;
}

Error error_of(const ProviderRow& row, const HttpResponse& response, flow::Outcome outcome, const std::string& doing) {
  const ErrorWords words = error_words(response);
  std::string text = std::string(row.name) + ", " + doing;
  if (response.sent == Sent::answered) text += ": status " + std::to_string(response.status);
  if (!words.type.empty()) text += ", " + shortened(words.type, 80);
  if (!words.words.empty()) text += ": " + words.words;
  return Error(code_for(outcome), text + advice(row, outcome)).from(std::string(row.name), request_id_of(response));
}

std::int64_t time_ms(std::string_view iso) {
  const auto seconds = flow::parse_http_date(iso);
  if (!seconds) return 0;
  std::int64_t ms = *seconds * 1000;
  const std::size_t dot = iso.find('.');
  int scale = 100;
  for (std::size_t i = dot == iso.npos ? iso.size() : dot + 1; i < iso.size() && scale > 0; ++i, scale /= 10) {
    if (iso[i] < '0' || iso[i] > '9') break;
    ms += (iso[i] - '0') * scale;
  }
  return ms;
}

std::string iso_time(std::int64_t ms) {
  const std::time_t seconds = static_cast<std::time_t>(ms / 1000);
  std::tm tm{};
  ::gmtime_r(&seconds, &tm);
  char text[80];
  std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
                tm.tm_hour, tm.tm_min, tm.tm_sec, static_cast<int>(ms % 1000));
  return text;
}

Error missing(const Error& error) {
  return Error(Errc::not_found, error.message()).from(error.origin().provider, error.origin().request_id);
}

std::string shortened(std::string_view text, std::size_t most) {
  std::string out(text.substr(0, most));
  if (text.size() > most) {
    while (!out.empty() && (static_cast<unsigned char>(out.back()) & 0xC0) == 0x80) out.pop_back();
    if (!out.empty() && static_cast<unsigned char>(out.back()) >= 0xC0) out.pop_back();
    out += "…";
  }
  for (char& c : out)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  return out;
}

bool is_plain_id(std::string_view id) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:";
  return !id.empty() && id.size() <= 128 && id.find_first_not_of(kLetters) == id.npos &&
         id.find_first_not_of('.') != id.npos;
}

std::string url_encoded(std::string_view text) {
  constexpr std::string_view kSafe = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";
  std::string out;
  for (char c : text) {
    if (kSafe.find(c) != kSafe.npos) {
      out += c;
      continue;
    }
    char hex[4];
    std::snprintf(hex, sizeof hex, "%%%02X", static_cast<unsigned char>(c));
    out += hex;
  }
  return out;
}

}  // namespace vidgen::backends
