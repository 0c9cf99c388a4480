// SPDX-License-Identifier: Apache-2.0
#include "phases/picture.hpp"

namespace vidgen::phases {

Async<Result<StepOutcome>> run_picture(std::shared_ptr<StepContext> context) {
  Result<GenerationRequest> request = generation_from_json(context->step.params);
  if (!request) co_return request.error();
  if (request->role != "photo") co_return co_await generate(context);
  for (const Asset& image : context->images)
    if (!request->images.empty() && request->images.front() == "sha256:" + image.sha256) {
      StepOutcome out;
      out.outputs.push_back(image);
      co_return out;
    }
  co_return Error(Errc::internal, "the plan shows a photograph that the request does not have");
}

}  // namespace vidgen::phases
