// SPDX-License-Identifier: Apache-2.0
// Fuzz target: headers and body of a webhook. The first four lines are the secret, the id, the time and the signatures,
// the rest is the body. Nothing that was not signed with the secret may pass, whatever it looks like.
#include <cstdlib>
#include <string>

#include "backends/outputs.hpp"
#include "base/digest.hpp"
#include "vidgen/webhook.hpp"

namespace {

using namespace vidgen;

std::string line(std::string& text) {
  const auto end = text.find('\n');
  std::string out = text.substr(0, end);
  text.erase(0, end == text.npos ? end : end + 1);
  return out;
}

// The same rule in another way: does any entry hold the MAC by any of the secrets?
bool really_signed(std::string secrets, const webhook::Headers& h, const std::string& body) {
  const std::string text = h.at("webhook-id") + "." + h.at("webhook-timestamp") + "." + body;
  for (auto at = secrets.find("whsec_"); at != secrets.npos; at = secrets.find("whsec_", at + 1)) {
    auto key = backends::decode_base64(secrets.substr(at + 6, secrets.find(' ', at) - at - 6));
    if (!key) continue;
    const std::string mac = base::hmac_sha256(*key, text);
    const std::string& all = h.at("webhook-signature");
    for (auto one = all.find("v1,"); one != all.npos; one = all.find("v1,", one + 1)) {
      auto bytes = backends::decode_base64(all.substr(one + 3, all.find(' ', one) - one - 3));
      if (bytes && *bytes == mac) return true;
    }
  }
  return false;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string body(reinterpret_cast<const char*>(data), size);
  const std::string secret = line(body);
  webhook::Headers h;
  h["webhook-id"] = line(body);
  h["webhook-timestamp"] = line(body);
  h["webhook-signature"] = line(body);
  if (webhook::verify(secret, h, body, 1700000000) && !really_signed(secret, h, body)) std::abort();
  if (const auto job = webhook::read("replicate", body))
    if (job->id.empty() || job->id.find('/') != std::string::npos) std::abort();
  return 0;
}
