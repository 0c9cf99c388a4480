// SPDX-License-Identifier: Apache-2.0
#include "phases/work.hpp"

#include <algorithm>

#include "base/try.hpp"
#include "phases/generate.hpp"
#include "plan/model_json.hpp"
#include "plan/price.hpp"
#include "vidgen/pipeline.hpp"

namespace vidgen::phases {
namespace {

// The planner puts a step's inputs in this order: first picture, last picture, references.
GenerationInputs inputs_of(const StepContext& context, const GenerationRequest& request) {
  GenerationInputs out;
  std::size_t next = 0;
  auto take = [&]() -> std::optional<Asset> {
    if (next >= context.inputs.size() || context.inputs[next].outputs.empty()) return std::nullopt;
    return context.inputs[next++].outputs.front();
  };
  if (request.has_first_frame) out.first_frame = take();
  if (request.has_last_frame) out.last_frame = take();
  while (auto more = take()) out.references.push_back(*more);
  out.images = context.images;
  return out;
}

// Seconds after which the provider itself ends a run: what is reserved for it covers no more.
Rational deadline_of(const ModelProfile& model, Size size) {
  const Price& price = plan::price_for(model, size);
  if (price.kind == PriceKind::per_gpu_second && price.worst_units > Rational(0)) return price.worst_units;
  return std::clamp(model.seconds_to_make * Rational(10), Rational(300), Rational(1800));
}

// Running is written down without waiting for it: nothing depends on it.
void heard(const WorkPtr& work, const RemoteJob& job) {
  if (job.state != RemoteState::running || work->record->state != "accepted") return;
  work->record->created_ms = job.created_ms;
  note_later(*work->context, *work->record, "running");
}

}  // namespace

Result<WorkPtr> work_of(std::shared_ptr<StepContext> context) {
  auto work = std::make_shared<Work>();
  VIDGEN_TRY(request, generation_from_json(context->step.params));
  work->backend = context->config->backends.find(backend_of(context->step));
  if (!work->backend)
    return Error(Errc::credentials, "no backend named \"" + backend_of(context->step) + "\" is part of this pipeline");
  VIDGEN_TRY(model, context->services->models.find(request.model));
  BackendContext& at = work->at;
  at.store = context->store;
  at.pool = context->pool;
  at.job = context->job;
  work->model = at.model = std::make_shared<const ModelProfile>(std::move(model));
  at.size = request.size;
  at.seconds = request.seconds;
  at.tail = context->tail;
  at.deadline = deadline_of(*at.model, at.size);
  at.webhook = context->config->webhook_url;
  at.stop = context->stop;
  at.progress = context->progress;
  at.heard = [weak = std::weak_ptr<Work>(work)](const RemoteJob& job) {
    if (auto self = weak.lock()) heard(self, job);
  };
  work->request = std::move(request);
  work->inputs = inputs_of(*context, work->request);
  work->context = std::move(context);
  return work;
}

bool cancelled(const Work& work) {
  return work.context->cancelled && work.context->cancelled();
}

void settle(Work& work, Money cost) {
  work.record->settled = cost;
  if (work.context->settled) work.context->settled(work.record->attempt, cost);
}

void price_as_reserved(Work& work) {
  auto price = plan::price_from_json(work.record->price);
  if (!price) return;  // of an older version
  auto model = std::make_shared<ModelProfile>(*work.model);
  price->condition.clear();
  model->prices.assign(1, *price);
  work.at.model = std::move(model);
}

}  // namespace vidgen::phases
