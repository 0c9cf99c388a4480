// SPDX-License-Identifier: Apache-2.0
#include "plan/requests.hpp"

#include <algorithm>

#include "plan/clips.hpp"
#include "plan/direction.hpp"
#include "plan/prompt.hpp"

namespace vidgen::plan {
namespace {

// A part of a beat that is shorter than this is not worth words of a prompt.
const Rational kShortestPassage(1, 4);

// What a provider is never told is taken out, so that it changes no key.
void bare(GenerationRequest& g) {
  g.fps = 0;
  g.beat_count = 0;
  g.captions = true;
  g.spans.clear();
  g.product = Product();
  g.setting = Setting();
  g.style = Style();
  g.music.cuts.clear();
  g.music.end_card = 0;
  g.music.stems = false;
}

std::vector<Passage> passages_of(const std::vector<BeatSpan>& spans, Rational fps) {
  std::vector<Passage> out;
  Rational at;
  for (const BeatSpan& s : spans) {
    const Rational seconds = Rational(s.to - s.from) / fps;
    if (seconds >= kShortestPassage || spans.size() == 1) {
      Passage p;
      p.beat = s.beat;
      p.from = at;
      p.to = at + seconds;
      out.push_back(std::move(p));
    }
    at = at + seconds;
  }
  return out;
}

}  // namespace

bool is_hosted(const ModelProfile& model) {
  return model.provider != "local";
}

GenerationRequest Requests::base(const ModelProfile& model) const {
  GenerationRequest g;
  g.kind = model.kind;
  g.model = model.name;
  g.fps = spec_.fps;
  g.beat_count = static_cast<int>(draft_.beats.size());
  g.product = spec_.product;
  g.setting = spec_.setting;
  g.style = spec_.style;
  g.captions = options_.captions && has_words(spec_);
  g.seed = spec_.seed;
  if (model.negative_prompt != Need::no && model.kind != ModelKind::music) g.negative_prompt = negative_prompt();
  return g;
}

std::size_t Requests::beat_at(const ChainLayout& chain, Frames frame) const {
  auto i = static_cast<std::size_t>(chain.first_beat);
  while (i < static_cast<std::size_t>(chain.last_beat) && draft_.beats[i + 1].start <= frame) ++i;
  return i;
}

// Frames [from, to) of the film as parts of the chain's beats; its first and last beat reach as far as the chain does.
// Beats are counted from their own start: what comes before them changes nothing here.
std::vector<BeatSpan> Requests::spans(const ChainLayout& chain, Frames from, Frames to) const {
  std::vector<BeatSpan> out;
  while (from < to) {
    const std::size_t i = beat_at(chain, from);
    const Beat& beat = draft_.beats[i];
    const bool last = static_cast<int>(i) == chain.last_beat;
    const Frames end = last ? to : std::min(to, beat.start + beat.length);
    BeatSpan s;
    s.index = static_cast<int>(i);
    s.beat = beat;
    s.beat.start = 0;
    s.from = from - beat.start;
    s.to = end - beat.start;
    out.push_back(std::move(s));
    from = end;
  }
  return out;
}

GenerationRequest Requests::clip(const ChainLayout& chain, std::size_t index) const {
  const ChainClip& c = chain.clips[index];
  GenerationRequest g = base(video_);
  g.role = "clip";
  g.size = clip_size();
  g.seconds = is_hosted(video_) ? c.asked : c.returned;
  const Frames from = film_frame(chain, shown_from(chain, index) - c.overlap, spec_.fps).round();
  const Frames frames = std::max<Frames>(1, (c.returned * spec_.fps).round());
  g.spans = spans(chain, from, from + frames);
  g.prompt = clip_prompt(spec_, passages_of(g.spans, spec_.fps), video_.prompt_words);
  g.repeats_first_frame = c.overlap > Rational(0);
  if (!is_hosted(video_)) g.images = spec_.images;
  if (is_hosted(video_)) bare(g);
  return g;
}

GenerationRequest Requests::keyframe(const ChainLayout& chain, Rational source_seconds) const {
  const Frames at = film_frame(chain, source_seconds, spec_.fps).round();
  const std::size_t i = beat_at(chain, at);
  GenerationRequest g = base(image_);
  g.kind = ModelKind::image;
  g.size = image_.size_for(clip_size());
  g.role = "keyframe";
  g.images = spec_.images;
  // A photograph is the picture itself where the image model cannot take it.
  if (!spec_.images.empty() && image_.references_max == 0) {
    g = GenerationRequest();
    g.kind = ModelKind::image;
    g.role = "photo";
    g.size = clip_size();
    g.fps = 0;
    g.images = {spec_.images[i % spec_.images.size()]};
    return g;
  }
  g.spans = spans(chain, at, at + 1);
  g.prompt = keyframe_prompt(spec_, draft_.beats[i], image_.prompt_words);
  if (is_hosted(image_)) bare(g);
  return g;
}

GenerationRequest Requests::reference(const std::string& role) const {
  GenerationRequest g = base(image_);
  g.role = role;
  g.size = image_.size_for(role == "product" ? Size(1024, 1024) : clip_size());
  g.prompt = role == "product" ? product_prompt(spec_) : style_prompt(spec_);
  if (role == "product") g.images = spec_.images;
  if (is_hosted(image_)) bare(g);
  return g;
}

GenerationRequest Requests::music(const ModelProfile& model, const std::vector<Frames>& cuts, Frames end_card) const {
  GenerationRequest g = base(model);
  g.role = "music";
  const Rational film = seconds_at(spec_.frames, spec_.fps);
  g.seconds = is_hosted(model) ? model.clip_seconds(film) : film;
  g.prompt = music_prompt(spec_.audio, g.seconds);
  g.product = Product();
  g.setting = Setting();
  g.style = Style();
  g.music.audio = spec_.audio;
  g.music.samples = is_hosted(model) ? (g.seconds * Rational(kSampleRate)).round() : sample_at(spec_.frames, spec_.fps);
  g.music.cuts = cuts;
  g.music.end_card = end_card;
  g.music.stems = options_.stems;
  if (is_hosted(model)) bare(g);
  return g;
}

}  // namespace vidgen::plan
