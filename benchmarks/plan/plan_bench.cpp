// SPDX-License-Identifier: Apache-2.0
// The planner's speed. A usual film of 30 s is to be planned in less than 5 ms.
#include <benchmark/benchmark.h>

#include "plan/planner.hpp"

namespace {

using namespace vidgen;  // NOLINT: a small program

Spec film(int beats, int seconds) {
  Spec s;
  s.prompt = "a steel water bottle on a rock";
  s.frames = seconds * 30;
  s.product.name = "steel water bottle";
  s.style.look = "cinematic";
  for (int i = 0; i < beats; ++i) {
    Beat b;
    b.name = "beat_" + std::to_string(i);
    b.start = s.frames * i / beats;
    b.length = s.frames * (i + 1) / beats - b.start;
    b.prompt = "the bottle stands in the light while mist moves through the valley behind it";
    b.caption = "Cold for two days";
    b.shot = "medium";
    b.camera = "push_in";
    b.role = i == 0 ? "opening" : i + 1 == beats ? "closing" : "middle";
    s.beats.push_back(b);
    if (i > 0) {
      SpecTransition t;
      t.kind = "fade";
      t.frames = 15;
      s.transitions.push_back(t);
    }
  }
  return s;
}

void expand_film(benchmark::State& state, const char* video, const char* image, const char* music,
                 Continuity continuity) {
  const ModelSet models = ModelSet::load().value();
  const ModelProfile v = models.find(video).value(), i = models.find(image).value(), m = models.find(music).value();
  const Spec spec = film(static_cast<int>(state.range(0)), static_cast<int>(state.range(1)));
  plan::PlanOptions options;
  options.continuity = continuity;
  for (auto _ : state) benchmark::DoNotOptimize(plan::expand(spec, v, i, &m, options));
}

BENCHMARK_CAPTURE(expand_film, wan_beat, "wan", "flux-schnell", "musicgen", Continuity::beat)
    ->Args({5, 30})
    ->Args({60, 600})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(expand_film, wan_take, "wan", "flux-schnell", "musicgen", Continuity::take)
    ->Args({5, 30})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(expand_film, local_beat, "local-animatic", "local-still", "local-composer", Continuity::beat)
    ->Args({5, 30})
    ->Unit(benchmark::kMillisecond);

void load_models(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(ModelSet::load());
}
BENCHMARK(load_models)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
