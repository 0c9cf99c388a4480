// SPDX-License-Identifier: Apache-2.0
#include "flow/outcome.hpp"

#include <algorithm>

#include "flow/words.hpp"
#include "vidgen/transport.hpp"

namespace vidgen::flow {
namespace {

// Statuses of which HTTP itself says that the request was not carried out. 408, 409, 425, 499 and every 5xx are not
// among them: gateways send those after the request went on.
struct StatusRow {
  int status;
  Outcome outcome;
};
constexpr StatusRow kStatuses[] = {
    {301, Outcome::permanent}, {302, Outcome::permanent},   {307, Outcome::permanent}, {308, Outcome::permanent},
    {400, Outcome::permanent}, {401, Outcome::credentials}, {402, Outcome::money},     {403, Outcome::credentials},
    {404, Outcome::permanent}, {405, Outcome::permanent},   {406, Outcome::permanent}, {407, Outcome::credentials},
    {410, Outcome::permanent}, {411, Outcome::permanent},   {413, Outcome::permanent}, {414, Outcome::permanent},
    {415, Outcome::permanent}, {417, Outcome::permanent},   {421, Outcome::permanent}, {422, Outcome::permanent},
    {426, Outcome::permanent}, {428, Outcome::permanent},   {429, Outcome::throttled}, {431, Outcome::permanent},
    {451, Outcome::refused},
};

// Codes and phrases. A throttle that names credit ("while you have less than $5.0 in credit") is no lack of money.
constexpr std::string_view kMoney[] = {
    "insufficient_quota",          "credit_balance_exhausted", "spend_limit_exceeded", "usage_limit_exceeded",
    "billing_hard_limit",          "insufficient credit",      "insufficient_credit",  "insufficient funds",
    "exceeded your current quota", "not enough credits",       "payment required"};
constexpr std::string_view kCredentials[] = {"invalid_api_key", "invalid_authentication", "unauthenticated",
                                             "authentication token"};
constexpr std::string_view kRefused[] = {
    "content_policy", "content policy",   "content_filter", "moderation",         "nsfw",
    "safety system",  "safety_violation", "sensitive",      "prohibited content", "usage policies",
    "responsible ai", "(e005)",           "copyright",      "public figure",      "inappropriate"};
constexpr std::string_view kTransientFailure[] = {
    "please retry",    "interrupted",      "e1000",     "e1001",      "out of memory",        "timed out",
    "try again later", "unexpected error", "director:", "overloaded", "internal server error"};

template <std::size_t N>
bool any_of(const std::string_view (&table)[N], std::string_view text) {
  return std::any_of(std::begin(table), std::end(table), [&](std::string_view w) { return contains_word(text, w); });
}

template <std::size_t N>
bool said(const std::string_view (&table)[N], const Facts& f) {
  return any_of(table, f.code) || any_of(table, f.type) || any_of(table, f.words);
}

Outcome unknown(const Facts& f) {
  return f.paid ? Outcome::ambiguous : Outcome::transient;
}

// The provider's words may make a known refusal more exact; they never turn an unknown answer into a known one.
Outcome refine(Outcome by_status, const Facts& f) {
  if (by_status == Outcome::refused) return by_status;
  if (said(kMoney, f)) return Outcome::money;
  if (f.status == 400 || f.status == 403 || f.status == 422) {
    if (said(kCredentials, f)) return Outcome::credentials;
    if (said(kRefused, f)) return Outcome::refused;
  }
  return by_status;
}

Outcome classify_status(const Facts& f) {
  if (f.status >= 200 && f.status < 300) return f.understood ? Outcome::ok : unknown(f);
  const auto& rows = f.means_not_executed;
  const bool documented = std::find(rows.begin(), rows.end(), f.status) != rows.end();
  const auto row = std::find_if(std::begin(kStatuses), std::end(kStatuses),
                                [&](const StatusRow& r) { return r.status == f.status; });
  if (row != std::end(kStatuses)) return refine(row->outcome, f);
  if (documented) return Outcome::not_sent;
  if (!f.paid && (f.status == 501 || f.status == 505)) return Outcome::permanent;
  return unknown(f);
}

}  // namespace

std::string_view to_string(Outcome outcome) {
  constexpr std::string_view kNames[] = {"ok",      "not_sent",  "throttled",   "transient", "ambiguous",
                                         "refused", "permanent", "credentials", "money"};
  const auto i = static_cast<std::size_t>(outcome);
  return i < std::size(kNames) ? kNames[i] : "unknown";
}

Outcome classify(const Facts& facts) {
  switch (facts.sent) {
    case Sent::not_sent:
      return Outcome::not_sent;
    case Sent::answered:
      return classify_status(facts);
    case Sent::sent_unknown:
      break;
  }
  return unknown(facts);
}

bool is_local(Errc code) {
  switch (code) {
    case Errc::io:
    case Errc::no_space:
    case Errc::read_only:
    case Errc::journal:
    case Errc::journal_version:
    case Errc::taken_over:
    case Errc::no_memory:
    case Errc::interrupted:
    case Errc::closed:
      return true;
    default:
      return false;
  }
}

Outcome classify_failure(std::string_view error) {
  if (any_of(kRefused, error)) return Outcome::refused;
  if (any_of(kTransientFailure, error)) return Outcome::transient;
  return Outcome::permanent;
}

}  // namespace vidgen::flow
