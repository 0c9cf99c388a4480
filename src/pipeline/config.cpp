// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdlib>

#include "vidgen/hosted.hpp"
#include "vidgen/pipeline.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

// The usual names of proxies, in either case.
std::string proxy(const char* upper, const char* lower) {
  std::string value = environment(upper);
  return value.empty() ? environment(lower) : value;
}

std::shared_ptr<Transport> transport_from_env() {
  TransportOptions options;
  options.proxy.https = proxy("HTTPS_PROXY", "https_proxy");
  options.proxy.http = environment("http_proxy");  // HTTP_PROXY can be set by a web server's client
  options.proxy.except = proxy("NO_PROXY", "no_proxy");
  options.ca_file = environment("SSL_CERT_FILE");
  options.allow_private = environment("VIDGEN_ALLOW_PRIVATE_ADDRESSES") == "1";
  return beast_transport(options);
}

}  // namespace

Config Config::from_env() {
  Config c;
  if (std::string v = environment("VIDGEN_WORKSPACE"); !v.empty()) c.workspace = v;
  c.journal_url = environment("VIDGEN_JOURNAL");
  if (auto v = Money::parse(environment("VIDGEN_BUDGET"))) c.budget = *v;
  if (auto v = Money::parse(environment("VIDGEN_BUDGET_PER_ACCOUNT"))) c.limits.per_account = *v;
  if (auto v = Money::parse(environment("VIDGEN_BUDGET_PER_DAY"))) c.limits.per_day = *v;
  if (int v = std::atoi(environment("VIDGEN_THREADS").c_str()); v > 0 && v <= 256) c.threads = v;
  c.template_folder = environment("VIDGEN_TEMPLATES");
  c.model_folder = environment("VIDGEN_MODELS");
  c.language_model = environment("VIDGEN_LANGUAGE_MODEL");
  c.soundfont = environment("VIDGEN_SOUNDFONT");
  c.webhook_url = environment("VIDGEN_WEBHOOK_URL");
  c.webhook_secret = environment("VIDGEN_WEBHOOK_SECRET");
  add_hosted_backends(c.backends, nullptr, nullptr);
  return c;
}

void add_hosted_backends(BackendSet& backends, std::shared_ptr<Transport> transport, std::shared_ptr<Clock> clock) {
  HostedOptions options;
  options.transport = transport ? std::move(transport) : transport_from_env();
  options.clock = std::move(clock);
  if (double speed = std::atof(environment("VIDGEN_PROVIDER_SPEED").c_str()); speed > 0) options.speed = speed;
  if (auto settle = Rational::parse(environment("VIDGEN_SETTLE_SECONDS"))) options.settle = *settle;
  for (const std::string& name : hosted_providers())
    if (auto backend = hosted_backend(name, options)) backends.add(*backend);
}

VIDGEN_NAMESPACE_END
