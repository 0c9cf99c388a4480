// SPDX-License-Identifier: Apache-2.0
// Pipeline::deliver: the secret of the provider's own, or the common one; what is not signed reaches nobody.
#include <gtest/gtest.h>

#include "base/digest.hpp"
#include "base/random.hpp"
#include "vidgen/hosted.hpp"
#include "vidgen/pipeline.hpp"
#include "vidgen/webhook.hpp"

namespace vidgen {
namespace {

// Remembers what it was told.
class Told : public ModelBackend {
 public:
  std::string name() const override { return "replicate"; }
  Reconcile reconcile_kind() const override { return Reconcile::none; }
  Async<Result<RemoteJob>> create(GenerationRequest, GenerationInputs, Attempt, BackendContext) override {
    co_return no();
  }
  Async<Result<RemoteJob>> get(std::string, BackendContext) override { co_return no(); }
  Async<Result<std::vector<Asset>>> fetch(std::string, BackendContext) override { co_return no(); }
  Async<Status> cancel(std::string, BackendContext) override { co_return no(); }
  Async<Result<std::optional<RemoteJob>>> find(Attempt, BackendContext) override { co_return no(); }
  Status deliver(RemoteJob job) override {
    ids.push_back(job.id);
    return {};
  }
  static Error no() { return Error(Errc::unsupported, "not here"); }
  std::vector<std::string> ids;
};

// base64 of "common" and of "own"
const std::string kCommon = "whsec_Y29tbW9u", kOwn = "whsec_b3du";
const std::string kBody = R"({"id":"abc123","status":"succeeded"})";

std::string base64(const std::string& bytes) {
  static const char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned group = 0;
    for (std::size_t k = 0; k < 3; ++k)
      group = group << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (int shift = 18; shift >= 0; shift -= 6) out += kDigits[group >> shift & 63];
  }
  for (std::size_t k = 0; k < (3 - bytes.size() % 3) % 3; ++k) out[out.size() - 1 - k] = '=';
  return out;
}

webhook::Headers signed_with(const std::string& key, const std::string& body) {
  webhook::Headers h;
  h["Webhook-Id"] = "msg_9";
  h["Webhook-Timestamp"] = std::to_string(machine_clock()->now_ms() / 1000);
  h["Webhook-Signature"] = "v1," + base64(base::hmac_sha256(key, "msg_9." + h["Webhook-Timestamp"] + "." + body));
  return h;
}

struct House {
  House() { config.backends.add(told); }
  std::shared_ptr<Told> told = std::make_shared<Told>();
  Config config;
};

TEST(Deliver, GenuineOnesReachTheBackend) {
  House s;
  s.config.webhook_secret = kCommon;
  Pipeline pipeline(s.config);
  for (int i = 0; i < 2; ++i) {
    const Status status = pipeline.deliver("replicate", signed_with("common", kBody), kBody);
    EXPECT_TRUE(status) << (status ? "" : status.error().describe());
  }
  EXPECT_EQ(s.told->ids, (std::vector<std::string>{"abc123", "abc123"}));
}

TEST(Deliver, AProvidersOwnSecretGoesFirst) {
  House s;
  s.config.webhook_secret = kCommon;
  s.config.webhook_secrets["replicate"] = kOwn;
  Pipeline pipeline(s.config);
  EXPECT_EQ(pipeline.deliver("replicate", signed_with("common", kBody), kBody).error().code(), Errc::credentials);
  EXPECT_TRUE(pipeline.deliver("replicate", signed_with("own", kBody), kBody));
}

TEST(Deliver, OthersReachNobody) {
  House s;
  s.config.webhook_secret = kCommon;
  Pipeline pipeline(s.config);
  EXPECT_EQ(pipeline.deliver("replicate", {}, kBody).error().code(), Errc::credentials);
  EXPECT_EQ(pipeline.deliver("replicate", signed_with("forged", kBody), kBody).error().code(), Errc::credentials);
  EXPECT_EQ(pipeline.deliver("replicate", signed_with("common", kBody), kBody + " ").error().code(), Errc::credentials);
  EXPECT_EQ(pipeline.deliver("nobody", signed_with("common", kBody), kBody).error().code(), Errc::not_found);
  EXPECT_EQ(pipeline.deliver("replicate", signed_with("common", "[]"), "[]").error().code(), Errc::provider);
  EXPECT_TRUE(s.told->ids.empty());
  House none;
  Pipeline without(none.config);
  EXPECT_EQ(without.deliver("replicate", signed_with("", kBody), kBody).error().code(), Errc::credentials);
}

TEST(Deliver, TheAddressHasToBeHttps) {
  House s;
  s.config.workspace = ::testing::TempDir() + "/webhook-" + base::unique_id();
  s.config.webhook_url = "http://studio.example/hook";
  Pipeline pipeline(s.config);
  Request request;
  request.prompt = "a mug";
  request.budget = usd(1);
  auto job = pipeline.submit(request);
  ASSERT_FALSE(job);
  EXPECT_EQ(job.error().code(), Errc::config_invalid);
}

}  // namespace
}  // namespace vidgen
