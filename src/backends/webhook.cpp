// SPDX-License-Identifier: Apache-2.0
#include "vidgen/webhook.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "backends/outputs.hpp"
#include "backends/table.hpp"
#include "base/digest.hpp"
#include "base/try.hpp"

namespace vidgen::backends {
namespace {

constexpr std::string_view kPrefix = "whsec_";
constexpr std::string_view kVersion = "v1,";
constexpr std::size_t kMostBody = 16U << 20;
constexpr std::size_t kMostHeader = 4096;
constexpr std::size_t kMostEntries = 16;

Error refused(const std::string& why) {
  return Error(Errc::credentials, "the webhook was refused: " + why);
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string_view header(const webhook::Headers& headers, std::string_view name) {
  for (const auto& [key, value] : headers) {
    const auto same = [](char a, char b) { return lower(a) == b; };
    if (std::equal(key.begin(), key.end(), name.begin(), name.end(), same)) return value;
  }
  return {};
}

std::string_view next_word(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  const std::string_view word = text.substr(0, text.find(' '));
  text.remove_prefix(word.size());
  return word;
}

Result<std::vector<std::string>> keys_of(std::string_view secrets) {
  const Error bad(Errc::config_invalid, "the webhook secret is not one: it begins with whsec_ and goes on in base64");
  std::vector<std::string> keys;
  for (std::string_view word = next_word(secrets); !word.empty(); word = next_word(secrets)) {
    if (word.substr(0, kPrefix.size()) != kPrefix) return bad;
    auto key = decode_base64(word.substr(kPrefix.size()));
    if (!key || key->empty() || key->size() > 1024) return bad;
    keys.push_back(std::move(*key));
  }
  if (keys.empty()) return Error(Errc::credentials, "no webhook secret is set: VIDGEN_WEBHOOK_SECRET");
  return keys;
}

// Digits alone: no sign, no blank.
std::optional<std::int64_t> seconds_of(std::string_view text) {
  std::int64_t value = 0;
  if (text.empty() || text.size() > 15 || text.find_first_not_of("0123456789") != text.npos) return std::nullopt;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// True when one entry is the signature by one key. All are compared, so that the time tells nothing.
bool signed_by(const std::vector<std::string>& keys, std::string_view entries, const std::string& text) {
  bool found = false;
  std::size_t count = 0;
  for (std::string_view one = next_word(entries); !one.empty(); one = next_word(entries)) {
    if (++count > kMostEntries) break;
    if (one.substr(0, kVersion.size()) != kVersion) continue;
    auto bytes = decode_base64(one.substr(kVersion.size()));
    if (!bytes) continue;
    for (const std::string& key : keys) found = base::same_secret(*bytes, base::hmac_sha256(key, text)) || found;
  }
  return found;
}

}  // namespace
}  // namespace vidgen::backends

VIDGEN_NAMESPACE_BEGIN

namespace webhook {

Result<std::string> verify(std::string_view secret, const Headers& headers, std::string_view body, std::int64_t now,
                           std::int64_t tolerance) {
  using namespace backends;
  VIDGEN_TRY(keys, keys_of(secret));
  const std::string_view id = header(headers, "webhook-id"), stamp = header(headers, "webhook-timestamp"),
                         signature = header(headers, "webhook-signature");
  if (id.empty() || stamp.empty() || signature.empty()) return refused("it is not signed");
  if (id.size() > kMostHeader || signature.size() > kMostHeader || body.size() > kMostBody)
    return refused("it is too large");
  const auto sent = seconds_of(stamp);
  if (!sent) return refused("its time is not a number");
  if (*sent < now - tolerance) return refused("it is too old; is the clock of this machine right?");
  if (*sent > now + tolerance) return refused("it is from the future; is the clock of this machine right?");
  std::string text;
  text.reserve(id.size() + stamp.size() + body.size() + 2);
  text.append(id).append(".").append(stamp).append(".").append(body);
  if (!signed_by(keys, signature, text)) return refused("its signature is not by this secret");
  return std::string(id);
}

Result<RemoteJob> read(std::string_view provider, std::string_view body) {
  using namespace backends;
  const ProviderRow* row = find_provider(provider);
  if (row == nullptr) return Error(Errc::not_found, "there is no provider \"" + std::string(provider) + "\"");
  if (row->read_webhook == nullptr)
    return Error(Errc::unsupported, std::string(provider) + " sends no webhooks: its jobs are asked after");
  auto json = body.size() <= kMostBody ? base::Json::parse(body) : Error(Errc::provider, "");
  if (!json) return Error(Errc::provider, std::string(provider) + ": the webhook is not JSON");
  VIDGEN_TRY(answer, row->read_webhook(*json));
  return answer.job;
}

}  // namespace webhook

VIDGEN_NAMESPACE_END
