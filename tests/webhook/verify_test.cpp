// SPDX-License-Identifier: Apache-2.0
// Signatures of webhooks. The vectors are by another implementation:
//   python3 -c 'import base64, hashlib, hmac; print(base64.b64encode(hmac.new(KEY, b"msg_1.1700000000." + BODY,
//   hashlib.sha256).digest()))'   with KEY = b"a webhook secret of 32 bytes, ok" and b"another secret"
#include <gtest/gtest.h>

#include "base/digest.hpp"
#include "vidgen/webhook.hpp"

namespace vidgen {
namespace {

constexpr std::int64_t kSent = 1700000000;
const std::string kSecret = "whsec_YSB3ZWJob29rIHNlY3JldCBvZiAzMiBieXRlcywgb2s=";
const std::string kOther = "whsec_YW5vdGhlciBzZWNyZXQ=";
const std::string kBody = R"({"id":"abc123","status":"succeeded","output":"https://replicate.delivery/x.mp4"})";
const std::string kSignature = "v1,KiYKBZNSV2Kbq2PPyO/Pmw8Gba/taiq3d0fwtK8VfHc=";
const std::string kByOther = "v1,DogiKnR7L31RUvsrLJ1ArPO7HwhpTlftEWIS5QcIAnM=";
const std::string kOfNothing = "v1,2f3ads0gqw+mKlmsvsbGvJGZjl0+fN+ltTw8A0IB+OQ=";

webhook::Headers headers(const std::string& signature = kSignature) {
  webhook::Headers h;
  h["webhook-id"] = "msg_1";
  h["webhook-timestamp"] = std::to_string(kSent);
  h["webhook-signature"] = signature;
  return h;
}

Errc code(const Result<std::string>& r) {
  return r ? Errc::unknown : r.error().code();
}

TEST(Hmac, IsRfc4231s) {
  const std::string out = base::hmac_sha256("Jefe", "what do ya want for nothing?");
  std::string hex;
  for (const char c : out) {
    char two[3];
    std::snprintf(two, sizeof two, "%02x", static_cast<unsigned char>(c));
    hex += two;
  }
  EXPECT_EQ(hex, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_TRUE(base::same_secret("ab", "ab"));
  EXPECT_FALSE(base::same_secret("ab", "ac"));
  EXPECT_FALSE(base::same_secret("ab", "abc"));
}

TEST(Verify, TakesWhatIsSigned) {
  auto id = webhook::verify(kSecret, headers(), kBody, kSent);
  ASSERT_TRUE(id) << id.error().describe();
  EXPECT_EQ(*id, "msg_1");
  EXPECT_TRUE(webhook::verify(kSecret, headers(kOfNothing), "", kSent));
  webhook::Headers shouted;
  for (const auto& [name, value] : headers()) shouted["W" + name.substr(1)] = value;
  EXPECT_TRUE(webhook::verify(kSecret, shouted, kBody, kSent));
}

TEST(Verify, OneOfSeveralSignaturesIsEnough) {
  EXPECT_TRUE(webhook::verify(kSecret, headers(kByOther + " " + kSignature), kBody, kSent));
  EXPECT_TRUE(
      webhook::verify(kSecret, headers("v1a,AAAA v2," + kSignature.substr(3) + "  " + kSignature), kBody, kSent));
  EXPECT_EQ(code(webhook::verify(kSecret, headers(kByOther + " " + kByOther), kBody, kSent)), Errc::credentials);
  EXPECT_EQ(code(webhook::verify(kSecret, headers("v2," + kSignature.substr(3)), kBody, kSent)), Errc::credentials);
}

TEST(Verify, OneOfSeveralSecretsIsEnough) {
  EXPECT_TRUE(webhook::verify(kOther + " " + kSecret, headers(), kBody, kSent));
  EXPECT_EQ(code(webhook::verify(kOther, headers(), kBody, kSent)), Errc::credentials);
}

TEST(Verify, EveryPartIsCovered) {
  for (std::size_t i = 0; i < kBody.size(); ++i) {
    std::string body = kBody;
    body[i] = static_cast<char>(body[i] ^ 1);
    EXPECT_EQ(code(webhook::verify(kSecret, headers(), body, kSent)), Errc::credentials) << i;
  }
  webhook::Headers h = headers();
  h["webhook-id"] = "msg_2";
  EXPECT_EQ(code(webhook::verify(kSecret, h, kBody, kSent)), Errc::credentials);
  h = headers();
  h["webhook-timestamp"] = std::to_string(kSent + 1);
  EXPECT_EQ(code(webhook::verify(kSecret, h, kBody, kSent)), Errc::credentials);
  for (std::size_t i = 0; i + 1 < kSignature.size(); ++i) {
    std::string one = kSignature;
    one[i] = one[i] == 'A' ? 'B' : 'A';
    EXPECT_EQ(code(webhook::verify(kSecret, headers(one), kBody, kSent)), Errc::credentials) << i;
  }
}

TEST(Verify, MissingAndDamagedHeaders) {
  for (const char* name : {"webhook-id", "webhook-timestamp", "webhook-signature"}) {
    webhook::Headers h = headers();
    h.erase(name);
    EXPECT_EQ(code(webhook::verify(kSecret, h, kBody, kSent)), Errc::credentials) << name;
  }
  for (const char* stamp : {"soon", "-1700000000", " 1700000000", "1700000000.0", "99999999999999999999"}) {
    webhook::Headers h = headers();
    h["webhook-timestamp"] = stamp;
    EXPECT_EQ(code(webhook::verify(kSecret, h, kBody, kSent)), Errc::credentials) << stamp;
  }
  for (const char* bad : {"v1,", "v1", ",", " ", "v1,!!!!", "v1,KiYK"})
    EXPECT_EQ(code(webhook::verify(kSecret, headers(bad), kBody, kSent)), Errc::credentials) << bad;
}

TEST(Verify, AgeIsLimitedBothWays) {
  EXPECT_TRUE(webhook::verify(kSecret, headers(), kBody, kSent + 300));
  EXPECT_TRUE(webhook::verify(kSecret, headers(), kBody, kSent - 300));
  EXPECT_EQ(code(webhook::verify(kSecret, headers(), kBody, kSent + 301)), Errc::credentials);
  EXPECT_EQ(code(webhook::verify(kSecret, headers(), kBody, kSent - 301)), Errc::credentials);
  EXPECT_TRUE(webhook::verify(kSecret, headers(), kBody, kSent + 900, 900));
}

TEST(Verify, SecretsThatAreNone) {
  EXPECT_EQ(code(webhook::verify("", headers(), kBody, kSent)), Errc::credentials);
  for (const char* secret : {"whsec_", "secret", "whsec_!!", "WHSEC_YW5v"})
    EXPECT_EQ(code(webhook::verify(secret, headers(), kBody, kSent)), Errc::config_invalid) << secret;
  const auto refused = webhook::verify("whsec_!!", headers(), kBody, kSent);
  EXPECT_EQ(refused.error().describe().find("!!"), std::string::npos) << "the secret stands in the message";
}

TEST(Read, ThroughTheProvidersRow) {
  auto job = webhook::read("replicate", kBody);
  ASSERT_TRUE(job) << job.error().describe();
  EXPECT_EQ(job->id, "abc123");
  EXPECT_EQ(job->state, RemoteState::succeeded);
  EXPECT_EQ(webhook::read("nobody", kBody).error().code(), Errc::not_found);
  for (const char* body : {"", "{", "[]", "null", "{\"id\":\"../x\"}", "{\"id\":7}"})
    EXPECT_EQ(webhook::read("replicate", body).error().code(), Errc::provider) << body;
}

}  // namespace
}  // namespace vidgen
