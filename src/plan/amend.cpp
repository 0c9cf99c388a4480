// SPDX-License-Identifier: Apache-2.0
// amend: the same film, laid out with what really came back.
#include <algorithm>
#include <map>

#include "base/try.hpp"
#include "plan/assemble.hpp"
#include "plan/check.hpp"
#include "plan/clips.hpp"
#include "plan/planner.hpp"
#include "plan/steps.hpp"

namespace vidgen::plan {
namespace {

using Outcomes = std::map<std::string, const Outcome*>;

const Rational kSlowest(23, 25);  // 8 % slower

// The clips that the plan has, those of earlier amendments included, with their steps.
Status adopt(const Plan& plan, const ModelProfile& video, Draft& draft) {
  for (const PlanClip& clip : plan.clips) {
    const auto chain = static_cast<std::size_t>(clip.chain), index = static_cast<std::size_t>(clip.index);
    if (chain >= draft.chains.size() || index > draft.chains[chain].clips.size())
      return Error(Errc::invalid_argument, "the plan was not made from this spec with these models and options");
    std::vector<ChainClip>& clips = draft.chains[chain].clips;
    if (index == clips.size()) {
      ChainClip extra;
      extra.extra = 1;
      extra.asked = video.clip_seconds(clip.seconds);
      extra.returned = clip.seconds;
      extra.overlap = clip.overlap;
      clips.push_back(std::move(extra));
    }
    clips[index].step = clip.step;
  }
  return {};
}

// Lengths as they came back. The overlap of a clip is one frame of the clip before it.
void measure(const Outcomes& outcomes, ChainLayout& chain) {
  Rational frame;
  for (ChainClip& clip : chain.clips) {
    const auto found = outcomes.find(clip.step);
    if (frame > Rational(0) && clip.overlap > Rational(0)) clip.overlap = frame;
    frame = 0;
    if (found == outcomes.end() || found->second->failed || found->second->seconds <= Rational(0)) continue;
    clip.returned = found->second->seconds;
    if (found->second->fps > Rational(0)) frame = Rational(1) / found->second->fps;
    if (clip.overlap >= clip.returned) clip.overlap = clip.returned / Rational(2);
  }
}

// Seconds of source that a chain lacks at normal speed. The last frame's own length is not needed in full.
Rational deficit(const ChainLayout& chain, Rational fps) {
  return Rational(chain.span() - 1) / fps - material(chain);
}

std::string percent(Rational part) {
  const std::int64_t tenths = (part * Rational(1000)).ceil();
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
}

class Amendment {
 public:
  Amendment(const Spec& spec, const ModelProfile& video, const PlanOptions& options, Film& film, Money left)
      : spec_(spec), film_(film), left_(left) {
    overlap_ = video.first_frame == Need::no ? Rational(0) : Rational(1) / source_fps(video, spec.fps);
    on_offer_ = offers(video, spec.fps, options.continuity == Continuity::none && overlap_ == Rational(0));
  }

  void mend(std::size_t index) {
    ChainLayout& chain = film_.draft().chains[index];
    for (int tries = 0; tries < 8 && lacking(chain) > overlap_ && extend(index); ++tries) continue;
    place_joins(chain, spec_.fps);
    if (deficit(chain, spec_.fps) <= Rational(0)) return;
    slow_down(chain);
  }

 private:
  Rational lacking(const ChainLayout& chain) const { return deficit(chain, spec_.fps); }

  bool extend(std::size_t index) {
    ChainLayout& chain = film_.draft().chains[index];
    const Rational need = lacking(chain) + overlap_ + Rational(1) / spec_.fps;
    const auto found =
        std::find_if(on_offer_.begin(), on_offer_.end(), [&](const Offer& o) { return o.returned >= need; });
    const Offer offer = found == on_offer_.end() ? on_offer_.back() : *found;
    const Money price = film_.extra_price(offer.asked);
    if (price > left_) return false;
    left_ = left_ - price;
    ChainClip clip;
    clip.extra = 1;
    clip.asked = offer.asked;
    clip.returned = offer.returned;
    clip.overlap = overlap_;
    chain.clips.push_back(std::move(clip));
    film_.add_extra(index);
    note(chain, "came back too short; " + chain.clips.back().step + " is added for at most " + price.to_string());
    return true;
  }

  void slow_down(ChainLayout& chain) {
    const Rational wanted = Rational(chain.span()) / spec_.fps;
    const Rational speed = material(chain) / wanted;
    if (speed >= kSlowest) {
      chain.speed = speed;
      place_joins(chain, spec_.fps);
      note(chain, "came back too short; it is slowed down by " + percent(Rational(1) - speed));
      return;
    }
    // The last frame that exists stands for those that do not; handles after the chain repeat it as well.
    const Frames have = (material(chain) * spec_.fps).floor();
    chain.hold = std::clamp<Frames>(chain.head() + chain.length - have, 0, chain.length);
    note(chain, "came back too short; its last frame is held for " + std::to_string(chain.span() - have) + " frames");
  }

  void note(const ChainLayout& chain, const std::string& what) {
    film_.plan().notes.push_back(film_.draft().beats[static_cast<std::size_t>(chain.first_beat)].name + " " + what);
  }

  const Spec& spec_;
  Film& film_;
  Money left_;
  Rational overlap_;
  std::vector<Offer> on_offer_;
};

bool music_lives(const Plan& plan, const Outcomes& outcomes) {
  const auto found = outcomes.find("music");
  return plan.find("music") && !(found != outcomes.end() && found->second->failed);
}

// The plan's own steps, unchanged; rendering is planned anew, and phases add theirs to every revision.
void keep_sources(const Plan& from, Film& film) {
  Plan& to = film.plan();
  for (const Step& s : from.steps)
    if (is_source(s)) to.steps.push_back(s);
  to.takes = from.takes;
  to.notes = from.notes;
  to.replaced_transitions = from.replaced_transitions;
  to.revision = from.revision + 1;
}

void note_music(const Plan& before, Film& film) {
  for (const AudioItem& item : before.timeline.audio)
    if (item.source == "music" && film.plan().timeline.audio.empty())
      film.plan().notes.push_back("the music could not be made; the film goes without");
}

// Notes of an earlier amendment that this one says again are not repeated.
void tidy(std::vector<std::string>& notes) {
  std::vector<std::string> out;
  for (std::string& n : notes)
    if (std::find(out.begin(), out.end(), n) == out.end()) out.push_back(std::move(n));
  notes = std::move(out);
}

}  // namespace

Result<Plan> amend(const Plan& plan, const Spec& spec, const ModelProfile& row, const ModelProfile& image,
                   const ModelProfile* music, const PlanOptions& options, const std::vector<Outcome>& outcomes,
                   Money budget_left) {
  ModelProfile video = row;
  video.measured = plan.measured;  // laid out as it was, whatever has been learned since
  VIDGEN_CHECK(check_models(spec, video, image, music, options));
  VIDGEN_TRY(draft, draft_of(spec, video, options));
  VIDGEN_CHECK(adopt(plan, video, draft));
  Outcomes by_step;
  for (const Outcome& o : outcomes) by_step[o.step] = &o;
  Film film(spec, video, image, music, options, std::move(draft));
  keep_sources(plan, film);
  Amendment amendment(spec, video, options, film, budget_left);
  for (std::size_t i = 0; i < film.draft().chains.size(); ++i) {
    measure(by_step, film.draft().chains[i]);
    amendment.mend(i);
  }
  film.lay_out(music_lives(plan, by_step));
  note_music(plan, film);
  film.add_rendering();
  tidy(film.plan().notes);
  return std::move(film.plan());
}

}  // namespace vidgen::plan
