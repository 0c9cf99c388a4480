// SPDX-License-Identifier: Apache-2.0
// Film: a plan in the making, shared by expand and amend. First the steps that make pictures, clips and music; then the
// timeline laid out from the chains; then the local steps that render it.
//
// Ownership: borrows its arguments. Thread-safety: belongs to one thread.
#pragma once

#include "plan/chains.hpp"
#include "plan/requests.hpp"

namespace vidgen::plan {

// The film's size: the spec's, or its draft.
Size film_size(const Spec& spec, Quality quality);

class Film {
 public:
  Film(const Spec& spec, const ModelProfile& video, const ModelProfile& image, const ModelProfile* music,
       const PlanOptions& options, Draft draft);
  Film(const Film&) = delete;  // requests_ borrows draft_
  Film& operator=(const Film&) = delete;

  Draft& draft() { return draft_; }
  Plan& plan() { return plan_; }

  // Everything up to the music; chains' clips get their step ids.
  void add_sources();
  // One more clip at the end of a chain, continuing what is there. Its `asked` and `returned` are set already.
  void add_extra(std::size_t chain);
  // What it would cost at worst.
  Money extra_price(Rational asked) const;
  // Chains, clips and timeline, from the chains as they are now. `music`: there is music to play.
  void lay_out(bool music);
  // Segments, sound, master, export; prices, time.
  void add_rendering();

 private:
  void add_references();
  void add_chain(std::size_t chain);
  void add_clip(std::size_t chain, std::size_t index, bool extra);
  void add_music();
  std::string add_picture(std::string id, const char* kind, int phase, const GenerationRequest& request,
                          std::string label);
  std::string keyframe(std::size_t chain, Rational source_seconds);
  std::string last_frame(const std::string& clip);
  std::string start_of(const ChainLayout& chain, std::size_t index);
  std::vector<std::string> pictures_of(std::size_t chain, std::size_t index, bool extra, GenerationRequest& request);
  void lay_chain(std::size_t index);
  void add_titles();
  void add_audio();
  void add_fitted(const TimelineSource& source);
  void add_repeated(const TimelineSource& source, Rational seconds);
  void fit_transitions();
  std::string render_sound();
  std::string render_segments(std::vector<std::string>& ids);

  const Spec& spec_;
  const ModelProfile& video_;
  const ModelProfile& image_;
  const ModelProfile* music_;
  const PlanOptions& options_;
  Size size_;
  Draft draft_;
  Requests requests_;
  Plan plan_;
  std::string start_picture_;         // of a single chain
  std::vector<std::string> anchors_;  // anchored: the pictures of the chain in hand
};

}  // namespace vidgen::plan
