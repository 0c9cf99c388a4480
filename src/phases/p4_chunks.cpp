// SPDX-License-Identifier: Apache-2.0
// Phase 4: clips, each measured when it arrives, and the last frames that clips continue from.
#include "av/image.hpp"
#include "av/video_reader.hpp"
#include "base/offload.hpp"
#include "base/try.hpp"
#include "phases/generate.hpp"
#include "phases/rows.hpp"
#include "vidgen/media.hpp"
#include "vidgen/pipeline.hpp"

namespace vidgen::phases {
namespace {

// What really came back, beside what was bought.
Result<StepOutcome> measured(const StepContext& context, StepOutcome outcome) {
  if (outcome.outputs.empty()) return Error(Errc::provider, "the provider returned no clip");
  VIDGEN_TRY(path, context.store->path(outcome.outputs.front().sha256));
  VIDGEN_TRY(info, probe(path, context.config->media));
  if (!info.has_video) return Error(Errc::media_invalid, "what the provider returned holds no video");
  base::Json facts = facts_of(outcome);
  facts.set("seconds", info.seconds).set("frames", info.frames).set("fps", info.fps);
  facts.set("size", info.size.to_string()).set("audio", info.has_audio);
  outcome.facts = facts.dump();
  return outcome;
}

Async<Result<StepOutcome>> run_clip(std::shared_ptr<StepContext> context) {
  Result<StepOutcome> outcome = co_await generate(context);
  if (!outcome) co_return outcome;
  std::function<Result<StepOutcome>()> work = [context, made = *outcome] { return measured(*context, made); };
  co_return co_await base::on_pool<Result<StepOutcome>>(context->pool, std::move(work));
}

Result<StepOutcome> extract_last(const StepContext& context) {
  if (context.inputs.empty() || context.inputs.front().outputs.empty())
    return Error(Errc::internal, "a last frame needs a clip");
  VIDGEN_TRY(path, context.store->path(context.inputs.front().outputs.front().sha256));
  VIDGEN_TRY(picture, av::last_picture(path, context.config->media, context.stop));
  VIDGEN_TRY(png, av::encode_png(picture.frame));
  VIDGEN_TRY(asset, context.store->put(png, AssetKind::image, "image/png"));
  StepOutcome out;
  out.outputs.push_back(asset);
  return out;
}

Async<Result<StepOutcome>> run_last_frame(std::shared_ptr<StepContext> context) {
  std::function<Result<StepOutcome>()> work = [context] { return extract_last(*context); };
  return base::on_pool<Result<StepOutcome>>(context->pool, std::move(work));
}

}  // namespace

Phase chunks_phase() {
  Phase phase = make_phase(4, "chunks", JobStatus::generating_chunks);
  phase.kinds.push_back(std::make_shared<PlainKind>("clip", &run_clip));
  phase.kinds.push_back(std::make_shared<PlainKind>("last_frame", &run_last_frame));
  return phase;
}

}  // namespace vidgen::phases
