// SPDX-License-Identifier: Apache-2.0
// Hosted providers as backends: replicate, openai, runway, fal, comfyui. Each is one account; all jobs of all Pipelines
// that share the backend share its limits.
//
// Keys come from the environment or from the host, never from a file, and go only to the base URL's origin. Nothing is
// opened before the first call. Thread-safety: as ModelBackend says.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "vidgen/backend.hpp"
#include "vidgen/clock.hpp"
#include "vidgen/transport.hpp"

VIDGEN_NAMESPACE_BEGIN

struct HostedOptions {
  HostedOptions() = default;
  std::string key;       // empty: the provider's variable (REPLICATE_API_TOKEN, OPENAI_API_KEY, …)
  std::string base_url;  // empty: the provider's variable (REPLICATE_BASE_URL, …), else its own address
  std::shared_ptr<Transport> transport;  // unset: beast_transport()
  std::shared_ptr<Clock> clock;          // unset: the machine's
  double speed = 1;      // seconds of the provider in one of ours: for emulators that run faster
  Rational settle = 60;  // seconds after which a job that no list shows was not accepted
  int concurrent = 0;    // remote jobs at once; 0: what the provider is known to allow
  std::uint64_t seed = 0;  // of waits that are spread at random; 0: by the clock
};

// Errc::not_found for a name that no provider has.
VIDGEN_EXPORT Result<std::shared_ptr<ModelBackend>> hosted_backend(std::string_view provider,
                                                                   const HostedOptions& options = HostedOptions());
VIDGEN_EXPORT std::vector<std::string> hosted_providers();
// All of them, with keys and addresses from the environment, as Config::from_env() adds them. Null: the environment's
// transport (proxies, certificates), the machine's clock.
VIDGEN_EXPORT void add_hosted_backends(BackendSet& backends, std::shared_ptr<Transport> transport,
                                       std::shared_ptr<Clock> clock);

VIDGEN_NAMESPACE_END
