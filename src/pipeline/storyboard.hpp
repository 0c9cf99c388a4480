// SPDX-License-Identifier: Apache-2.0
// How a storyboard comes about: what is known of the film, a picture a beat, the prices shared out. Blocking.
#pragma once

#include "pipeline/core.hpp"
#include "vidgen/storyboard.hpp"

VIDGEN_NAMESPACE_BEGIN

Result<Storyboard> board_of_request(const std::shared_ptr<Core>& core, const Request& request,
                                    const StoryboardOptions& options);
Result<Storyboard> board_of_job(const std::shared_ptr<Core>& core, const JobRecord& record,
                                const StoryboardOptions& options);

// What the plan's steps come to for each beat, in micro-dollars that add up: a step that only one clip takes belongs to
// that clip, what feeds several or none to the whole film.
struct BeatPrices {
  BeatPrices() = default;
  std::vector<Money> beats;
  Money shared, total, most;
};
BeatPrices prices_of(const Plan& plan, const Spec& spec);

VIDGEN_NAMESPACE_END
