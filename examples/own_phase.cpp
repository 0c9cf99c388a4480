// SPDX-License-Identifier: Apache-2.0
// A phase of one's own: it adds a step to every film that writes down what the film says, in the order in which it is
// said. The step is data, in the plan and in the journal like all others: it is made once, resumed by any process, and
// not made again while nothing that goes into it changes.
#include <vidgen/local.hpp>
#include <vidgen/pipeline.hpp>

#include <chrono>
#include <cstdio>

namespace {

using namespace vidgen;

// How a step of the kind "transcript" is carried out. It may also post work to context->pool and wait for it.
class Transcript : public StepKind {
 public:
  std::string_view name() const override { return "transcript"; }

  Async<Result<StepOutcome>> run(std::shared_ptr<StepContext> context) override {
    std::string text;
    for (const Title& title : context->plan->timeline.titles) text += title.text + "\n";
    Result<Asset> blob = context->store->put(text, AssetKind::other, "text/plain");
    if (!blob) co_return blob.error();
    context->note("the film says " + std::to_string(context->plan->timeline.titles.size()) + " things");
    StepOutcome outcome;
    outcome.outputs.push_back(*blob);
    outcome.facts = "{}";
    co_return outcome;
  }
};

// Which steps a plan gets. Pure: the same plan, the same steps; what goes into one is in its params and its inputs.
Result<std::vector<Step>> one_transcript(const Spec&, const Plan& plan) {
  std::string said;
  for (const Title& title : plan.timeline.titles) said += title.text + "|";
  Step step;
  step.id = "transcript";
  step.kind = "transcript";
  step.label = "what the film says";
  step.params = "{\"said\": " + std::to_string(std::hash<std::string>()(said)) + "}";
  step.inputs = {"spec"};
  return std::vector<Step>{step};
}

}  // namespace

int main(int argc, char** argv) {
  Config config = Config::from_env();
  config.backends.add(local_backend());
  Phase phase;
  phase.number = 6;
  phase.name = "transcript";
  phase.status = JobStatus::exporting;
  phase.kinds = {std::make_shared<Transcript>()};
  phase.extend = one_transcript;
  config.phases = default_phases();
  config.phases.push_back(phase);
  Pipeline pipeline(std::move(config));

  Request request;
  request.prompt = argc > 1 ? argv[1] : "a ceramic mug on a walnut desk, morning light";
  request.duration = std::chrono::seconds(3);
  request.quality = Quality::draft;

  bool told = false;
  auto show = [&](const Event& event) {
    told = told || event.message.find("the film says") == 0;
    std::fprintf(stderr, "\r%3.0f %%", event.fraction * 100);
  };
  Result<Film> film = pipeline.render(request, show);
  if (!film || !told) {
    std::fprintf(stderr, "\n%s\n", film ? "the phase did nothing" : film.error().describe().c_str());
    return 1;
  }
  std::printf("%s\n", film->path.c_str());
}
