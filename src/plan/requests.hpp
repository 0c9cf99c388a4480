// SPDX-License-Identifier: Apache-2.0
// The GenerationRequests of a film's paid steps. For hosted models they hold what the provider is told: text, size and
// length; for the embedded ones the beat as well.
// Thread-safety: a Requests borrows its arguments and only reads them.
#pragma once

#include "plan/chains.hpp"
#include "vidgen/generation.hpp"

namespace vidgen::plan {

class Requests {
 public:
  Requests(const Spec& spec, const Draft& draft, const ModelProfile& video, const ModelProfile& image,
           const PlanOptions& options, Size film)
      : spec_(spec), draft_(draft), video_(video), image_(image), options_(options), film_(film) {}

  GenerationRequest clip(const ChainLayout& chain, std::size_t index) const;
  // The picture at a moment of the chain's source time.
  GenerationRequest keyframe(const ChainLayout& chain, Rational source_seconds) const;
  // "style_guide" or "product".
  GenerationRequest reference(const std::string& role) const;
  GenerationRequest music(const ModelProfile& model, const std::vector<Frames>& cuts, Frames end_card) const;
  Size clip_size() const { return video_.size_for(film_); }

 private:
  GenerationRequest base(const ModelProfile& model) const;
  std::vector<BeatSpan> spans(const ChainLayout& chain, Frames from, Frames to) const;
  std::size_t beat_at(const ChainLayout& chain, Frames frame) const;

  const Spec& spec_;
  const Draft& draft_;
  const ModelProfile& video_;
  const ModelProfile& image_;
  const PlanOptions& options_;
  Size film_;
};

bool is_hosted(const ModelProfile& model);

}  // namespace vidgen::plan
