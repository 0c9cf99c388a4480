// SPDX-License-Identifier: Apache-2.0
// The planner: expand() turns a spec into the graph of steps, amend() adds to the graph when clips came back other than
// promised. Both are pure: the same arguments give the same plan, to the byte.
//
// Steps (kind, ids): spec (spec); keyframe (key_00 …); reference (ref_start, ref_style, ref_product); clip (clip_00 …);
// last_frame (last_00 …, named after its clip); music (music); segment (seg_00 …); sound, master,
// export (named as they are).
// A paid step's params are a GenerationRequest as JSON. Its inputs are, in this order and as far as the request says
// that it has them: the first frame, the last frame, references. For hosted models the request holds what the provider
// is told and no more, so that a change of captions, type, rate or size of the film buys nothing again.
// The params of a keyframe or reference that is the user's own photograph have the role "photo" and no model: the step
// costs nothing and delivers images[0].
//
// Thread-safety: pure functions. Errors: Errc::model_lacks (names the model and what it lacks), plan_impossible,
// spec_invalid.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "vidgen/media.hpp"
#include "vidgen/plan.hpp"

namespace vidgen::plan {

// How many segments are encoded at once on a machine of so many cores, and with how many threads each: an encoder that
// has all cores leaves them idle at its beginning and its end, and works more for the same frames.
constexpr int segments_at_once(int cores) {
  return cores < 2 ? 1 : 2;
}
constexpr int encoder_threads(int cores) {
  return cores < 2 ? 1 : cores / segments_at_once(cores);
}

struct PlanOptions {
  PlanOptions() = default;
  Continuity continuity = Continuity::beat;
  int batch = 3;                        // N of Continuity::batch, at least 1
  Quality quality = Quality::standard;  // draft: 640 on the long side
  FpsMode fps_mode = FpsMode::duplicate;
  std::string grade;  // overrides the spec's when not empty
  bool captions = true;
  std::string music_file_sha;  // the user's own music; no music step then. spec.soundtrack says how it plays
  bool stems = false;          // of the composed music
  EncodeSettings encode;       // `threads` is fixed here: the bytes differ with the count
  int segments_at_once = 1;
  std::string title_version;   // TitleRenderer::version(), part of the keys of segments with words
  std::string media_version;   // of the renderer, part of the keys of segments and master
};

Result<Plan> expand(const Spec& spec, const ModelProfile& video, const ModelProfile& image, const ModelProfile* music,
                    const PlanOptions& options);

// What really came back of a step.
struct Outcome {
  Outcome() = default;
  std::string step;
  Rational seconds;   // of a clip, as decoded
  Frames frames = 0;  // of a clip
  Rational fps;       // of a clip; 0: not known
  Size size;
  bool failed = false;  // for good; only steps with on_failure `degrade` are planned without
};

// Lays the film out anew with what came back. A chain that is too short gets another clip if `budget_left` pays its
// worst price, else it is slowed down by at most 8 %, else its last frame is held; plan.notes say which. Steps that
// make pictures, clips or music are never changed or dropped, only added.
//
// `outcomes` are all so far. Replays must apply them in the order in which they were journalled, one amend each, with
// the budget of that time; or keep the plan of each revision.
Result<Plan> amend(const Plan& plan, const Spec& spec, const ModelProfile& video, const ModelProfile& image,
                   const ModelProfile* music, const PlanOptions& options, const std::vector<Outcome>& outcomes,
                   Money budget_left);

// "beat", "batch:3": as Plan::continuity has it.
std::string continuity_text(Continuity continuity, int batch);

}  // namespace vidgen::plan
