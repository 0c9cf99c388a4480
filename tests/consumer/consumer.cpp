// SPDX-License-Identifier: Apache-2.0
// Plans a film with the offline backend and expects it to cost nothing.
#include <vidgen/local.hpp>
#include <vidgen/pipeline.hpp>

#include <cstdio>

int main() {
  vidgen::Config config;
  config.workspace = "never-made";
  config.backends.add(vidgen::local_backend());
  vidgen::Pipeline pipeline(config);
  vidgen::Request request;
  request.prompt = "a ceramic mug on a walnut desk, morning light, 10 seconds";
  request.backend = "local";
  vidgen::Result<vidgen::Plan> plan = pipeline.plan(request);
  if (!plan) {
    std::fprintf(stderr, "%s\n", plan.error().describe().c_str());
    return 1;
  }
  std::printf("vidgen %s: %zu steps, %s\n", vidgen::kVersion, plan->steps.size(), plan->most.to_string().c_str());
  return plan->most.is_zero() && !plan->steps.empty() ? 0 : 1;
}
