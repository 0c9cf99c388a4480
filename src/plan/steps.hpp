// SPDX-License-Identifier: Apache-2.0
// Adding steps to a plan: ids, keys and prices. A key is the SHA-256 of the kind, the version of its recipe, the params
// and the keys of the inputs; ids are no part of it. Steps that are alike in all that are told apart by a number, in the
// plan's order: no two steps of a plan have one key.
// Thread-safety: functions on a Plan that one thread owns.
#pragma once

#include <string>
#include <vector>

#include "plan/price.hpp"
#include "vidgen/plan.hpp"

namespace vidgen::plan {

inline constexpr int kVersion = 1;           // of the key recipes of all kinds here
inline constexpr int kExtractorVersion = 1;  // of the way a last frame is taken out of a clip

// "clip_03"
std::string numbered(const char* kind, std::size_t n);

// The key of a step whose inputs have these keys, in order; `again`: the how many-th step of a plan that would have it.
std::string key_of(const Step& step, const std::vector<std::string>& inputs, int again = 1);
// Pictures, clips, music and what lies between them: what rendering starts from. Steps of a host's phases are none.
bool is_source(const Step& step);
// The step that takes the last frame out of a clip; the clip's id is all that it depends on.
Step last_frame_step(const std::string& clip);

// Fills in the key and appends; the inputs must be in the plan already. Returns the step's id.
std::string add_step(Plan& plan, Step step);
// The delivery takes the results of all steps that were added behind it, but for those that take its own: what it
// reports is then all there is. They come before it in the plan.
void deliver_last(Plan& plan);
// A step of `kind` in `phase`, ready for add_step.
Step new_step(std::string id, const char* kind, int phase, std::string params, std::vector<std::string> inputs);
void set_cost(Step& step, const Cost& cost);
// Sums prices, and sets what `amend` and `expand` share at the end.
void total(Plan& plan);

}  // namespace vidgen::plan
