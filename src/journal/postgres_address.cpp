// SPDX-License-Identifier: Apache-2.0
#include "journal/postgres_address.hpp"

#include <algorithm>
#include <memory>

#include "journal/libpq.hpp"

namespace vidgen::journal {
namespace {

// A server that is gone without a word is noticed within about ten seconds, which is less than a lease lasts.
constexpr std::pair<const char*, const char*> kDefaults[] = {
    {"connect_timeout", "10"},    {"keepalives", "1"},       {"keepalives_idle", "4"},
    {"keepalives_interval", "2"}, {"keepalives_count", "3"}, {"tcp_user_timeout", "10000"},
    {"fallback_application_name", "vidgen"},
};
// Texts go to and fro as they are.
constexpr std::pair<const char*, const char*> kAlways[] = {{"client_encoding", "UTF8"}};

}  // namespace

void PgAddress::set_unless_named(const char* name, const char* value) {
  const auto named = [&](const auto& option) { return option.first == name; };
  if (std::none_of(options_.begin(), options_.end(), named)) options_.emplace_back(name, value);
}

Result<PgAddress> PgAddress::parse(const Libpq& pq, const std::string& connection) {
  char* why = nullptr;
  std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> read(pq.PQconninfoParse(connection.c_str(), &why),
                                                                      pq.PQconninfoFree);
  if (why != nullptr) pq.PQfreemem(why);  // it may quote all of the text
  if (!read)
    return Error(Errc::config_invalid,
                 "the journal's address is none that libpq can read: it has to be like "
                 "postgresql://user:password@host/database, with special characters of the password as %XX");
  PgAddress out;
  for (const auto& [name, value] : kAlways) out.options_.emplace_back(name, value);
  for (const PQconninfoOption* option = read.get(); option->keyword != nullptr; ++option) {
    if (option->val == nullptr || std::string_view(option->keyword) == "client_encoding") continue;
    out.options_.emplace_back(option->keyword, option->val);
    const bool secret = std::string_view(option->keyword).find("password") != std::string_view::npos;
    if (secret && *option->val != '\0') out.secrets_.emplace_back(option->val);
  }
  for (const auto& [name, value] : kDefaults) out.set_unless_named(name, value);
  return out;
}

std::string PgAddress::words(std::string_view text) const {
  std::string out(text);
  for (const std::string& secret : secrets_)
    for (std::size_t at = out.find(secret); at != std::string::npos; at = out.find(secret, at + 3))
      out.replace(at, secret.size(), "***");
  while (!out.empty() && (out.back() == '\n' || out.back() == ' ')) out.pop_back();
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

}  // namespace vidgen::journal
