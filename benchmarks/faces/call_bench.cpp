// SPDX-License-Identifier: Apache-2.0
// What a call through the C face costs more than the same in C++: nanoseconds a call, medians of 9 rounds.
#include <vidgen.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

#include "vidgen/local.hpp"
#include "vidgen/pipeline.hpp"

namespace {

using Steady = std::chrono::steady_clock;
volatile std::int64_t g_sink;

template <class F>
double nanoseconds(int calls, F&& call) {
  std::vector<double> rounds;
  for (int round = 0; round < 9; ++round) {
    const auto began = Steady::now();
    for (int i = 0; i < calls; ++i) g_sink = call();
    rounds.push_back(std::chrono::duration<double, std::nano>(Steady::now() - began).count() / calls);
  }
  std::nth_element(rounds.begin(), rounds.begin() + 4, rounds.end());
  return rounds[4];
}

void row(const char* what, double c, double cpp) {
  std::printf("%-28s C %10.1f ns   C++ %10.1f ns   more %8.1f ns\n", what, c, cpp, c - cpp);
}

}  // namespace

int main() {
  using namespace vidgen;
  Config config = Config::from_env();  // what a pipeline of C has
  config.backends.add(load_local_backend());
  Pipeline pipeline(config);
  Request request;
  request.prompt = "a ceramic mug on a walnut desk, 10 seconds";
  request.backend = "local";
  vg_pipeline* c_pipeline = nullptr;
  vg_request* c_request = nullptr;
  vg_plan* c_plan = nullptr;
  if (vg_pipeline_new(nullptr, &c_pipeline, nullptr) != VG_OK ||
      vg_request_new(request.prompt.c_str(), &c_request, nullptr) != VG_OK ||
      vg_request_set_backend(c_request, "local", nullptr) != VG_OK ||
      vg_pipeline_plan(c_pipeline, c_request, &c_plan, nullptr) != VG_OK)
    return 1;
  const Plan plan = pipeline.plan(request).value();
  row("plan: likely cost", nanoseconds(2000000, [&] { return vg_plan_cost_likely(c_plan); }),
      nanoseconds(2000000, [&] { return plan.likely.micros(); }));
  row("request: set and get seed", nanoseconds(2000000, [&] {
        vg_request_set_seed(c_request, 7);
        return static_cast<std::int64_t>(vg_request_seed(c_request, nullptr));
      }),
      nanoseconds(2000000, [&] {
        request.seed = 7;
        return static_cast<std::int64_t>(*request.seed);
      }));
  row("request: set a model's name", nanoseconds(1000000, [&] {
        vg_request_set_model(c_request, "wan", nullptr);
        return std::int64_t{0};
      }),
      nanoseconds(1000000, [&] {
        request.model = "wan";
        return std::int64_t{0};
      }));
  vg_request_set_model(c_request, "", nullptr);
  request.model.clear();
  row("pipeline: a whole plan", nanoseconds(50, [&] {
        vg_plan* made = nullptr;
        vg_pipeline_plan(c_pipeline, c_request, &made, nullptr);
        const std::int64_t steps = static_cast<std::int64_t>(vg_plan_step_count(made));
        vg_plan_free(made);
        return steps;
      }),
      nanoseconds(50, [&] { return static_cast<std::int64_t>(pipeline.plan(request).value().steps.size()); }));
  vg_plan_free(c_plan);
  vg_request_free(c_request);
  vg_pipeline_free(c_pipeline);
}
