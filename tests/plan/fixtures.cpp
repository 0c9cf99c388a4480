// SPDX-License-Identifier: Apache-2.0
#include "fixtures.hpp"

#include <map>

#include "plan/clips.hpp"
#include "vidgen/generation.hpp"

namespace vidgen::plan::test {
namespace {

std::string text(Rational r) {
  return r.to_string();
}

std::string broken_graph(const Plan& plan) {
  std::set<std::string> before;
  for (const Step& s : plan.steps) {
    for (const std::string& input : s.inputs)
      if (!before.count(input)) return s.id + " takes " + input + ", which does not stand before it";
    if (!before.insert(s.id).second) return s.id + " is there twice";
    if (s.key.size() != 64) return s.id + " has no key";
    if (s.least > s.likely || s.likely > s.most) return s.id + " has a price out of order";
  }
  if (plan.steps.empty() || plan.steps.back().id != "export") return "the last step is not the export";
  Money likely;
  for (const Step& s : plan.steps) likely += s.likely;
  return likely == plan.likely ? "" : "the prices do not sum";
}

// Results are kept by key, and lost answers found by what comes of it.
std::string broken_keys(const Plan& plan) {
  std::map<std::string, std::string> owner;
  for (const Step& step : plan.steps)
    if (const auto [other, fresh] = owner.emplace(step.key, step.id); !fresh)
      return step.id + " has the key of " + other->second;
  return {};
}

std::string broken_inputs(const Plan& plan, const ModelProfile& video) {
  for (const Step& s : plan.steps) {
    if (s.kind != "clip") continue;
    auto g = generation_from_json(s.params);
    if (!g) return s.id + ": " + g.error().describe();
    if (g->has_first_frame && video.first_frame == Need::no) return s.id + " is given a first frame";
    if (!g->has_first_frame && video.first_frame == Need::needs) return s.id + " is given no first frame";
    if (g->has_last_frame && video.last_frame == Need::no) return s.id + " is given a last frame";
    if (!g->negative_prompt.empty() && video.negative_prompt == Need::no) return s.id + " is given a negative prompt";
    const std::size_t pictures = (g->has_first_frame ? 1u : 0u) + (g->has_last_frame ? 1u : 0u);
    if (s.inputs.size() != pictures) return s.id + " has inputs that its request does not name";
    if (g->size.empty() || g->size.width % 2 || g->size.height % 2) return s.id + " has an odd size";
  }
  return "";
}

std::string broken_sums(const Plan& plan, const ModelProfile& video) {
  const Rational longest = video.longest_seconds();
  std::map<int, Rational> waste;
  Rational all;
  for (const PlanClip& c : plan.clips) {
    if (c.used + c.handle + c.overlap + c.waste != c.seconds) return c.step + ": its seconds do not sum";
    for (Rational part : {c.used, c.handle, c.overlap, c.waste})
      if (part < Rational(0)) return c.step + ": a part is below 0: " + text(part);
    waste[c.chain] = waste[c.chain] + c.waste;
    all = all + c.waste;
  }
  for (const auto& [chain, seconds] : waste)
    if (seconds > longest) return "chain " + std::to_string(chain) + " wastes " + text(seconds);
  return all == plan.waste ? "" : "the waste does not sum";
}

const PlanClip* clip_of(const Plan& plan, const std::string& step) {
  for (const PlanClip& c : plan.clips)
    if (c.step == step) return &c;
  return nullptr;
}

// The frames that an item shows, its handles included, must exist in its clip.
std::string broken_material(const Plan& plan) {
  const Timeline& t = plan.timeline;
  for (const TimelineItem& item : t.video) {
    const PlanClip* clip = clip_of(plan, item.source);
    if (!clip) return "there is no clip " + item.source;
    Frames before = 0, after = 0;
    for (const TimelineTransition& row : t.transitions) {
      if (row.at == item.start) before = row.frames / 2;
      if (row.at == item.start + item.length) after = row.frames - row.frames / 2;
    }
    const Rational per_frame = item.speed / t.fps;
    const Rational first = item.source_in - Rational(before) * per_frame;
    const Rational last = item.source_in + Rational(item.length + after - 1 - item.hold) * per_frame;
    if (first < clip->overlap) return item.source + " shows what repeats: from " + text(first);
    if (last >= clip->seconds) return item.source + " shows more than is bought: " + text(last);
  }
  return "";
}

std::string broken_film(const Plan& plan, const Spec& spec) {
  if (auto status = validate(plan.timeline); !status) return status.error().describe();
  if (plan.timeline.frames != spec.frames) return "the film has another length";
  for (const TimelineTransition& row : plan.timeline.transitions) {
    bool between = false;
    for (const PlanChain& c : plan.chains) between = between || c.start == row.at;
    if (!between) return "a transition stands inside a chain";
  }
  Frames next = 0;
  for (const PlanChain& c : plan.chains) {
    if (c.start != next || c.length < 1) return "the chains are not contiguous";
    next = c.start + c.length;
  }
  return next == spec.frames ? "" : "the chains do not fill the film";
}

}  // namespace

const ModelSet& models() {
  static const ModelSet set = ModelSet::load().value();
  return set;
}

ModelProfile model(const std::string& name) {
  return models().find(name).value();
}

Spec film(int beats, Rational seconds, Rational fps, Frames fade) {
  Spec s;
  s.prompt = "a steel water bottle on a rock";
  s.fps = fps;
  s.frames = frame_at(seconds, fps);
  s.style.aesthetic = "cinematic";
  s.style.look = "cinematic";
  s.style.bars = "2.0";
  s.product.name = "steel water bottle";
  s.product.category = "bottle";
  for (int i = 0; i < beats; ++i) {
    Beat b;
    b.name = "beat_" + std::to_string(i);
    b.start = s.frames * i / beats;
    b.length = s.frames * (i + 1) / beats - b.start;
    b.shot = "medium";
    b.camera = "push_in";
    b.prompt = "the bottle stands in the light, part " + std::to_string(i);
    b.caption = "Words " + std::to_string(i);
    b.role = i == 0 ? "opening" : i + 1 == beats ? "closing" : "middle";
    s.beats.push_back(b);
    if (i > 0) {
      SpecTransition t;
      t.kind = fade > 0 ? "fade" : "cut";
      t.frames = fade;
      s.transitions.push_back(t);
    }
  }
  return s;
}

Spec showcase(Rational fps) {
  Spec s = film(5, 30, fps, 0);
  const int at[] = {0, 3, 8, 15, 25, 30};
  const char* names[] = {"hero_shot", "detail_showcase", "lifestyle_context", "brand_moment", "call_to_action"};
  for (std::size_t i = 0; i < 5; ++i) {
    s.beats[i].name = names[i];
    s.beats[i].start = frame_at(at[i], fps);
    s.beats[i].length = frame_at(at[i + 1], fps) - s.beats[i].start;
  }
  for (std::size_t i : {std::size_t{0}, std::size_t{2}}) {
    s.transitions[i].kind = "fade";
    s.transitions[i].frames = frame_at(Rational(1, 2), fps);
  }
  return s;
}

std::uint64_t Random::next() {
  std::uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

Spec random_film(Random& random, Rational fps) {
  const int beats = 1 + random.below(12);
  Spec s = film(beats, Rational(beats + random.below(beats * 120), 10) + Rational(beats), fps, 0);
  // Uneven beats, at least half a second each.
  const Frames least = frame_at(Rational(1, 2), fps);
  Frames start = 0;
  for (int i = 0; i < beats; ++i) {
    Beat& b = s.beats[static_cast<std::size_t>(i)];
    const Frames left = s.frames - start - least * (beats - i - 1);
    b.start = start;
    b.length = i + 1 == beats
                   ? left
                   : least + static_cast<Frames>(random.next() %
                                                 static_cast<std::uint64_t>(std::max<Frames>(1, left - least)));
    start += b.length;
  }
  for (SpecTransition& t : s.transitions) {
    t.kind = random.below(2) ? "fade" : "cut";
    t.frames = t.kind == "cut" ? 0 : random.below(46);
  }
  constexpr int kSizes[][2] = {{1920, 1080}, {1080, 1920}, {1080, 1080}, {1080, 1350}, {2520, 1080}};
  const auto& size = kSizes[random.below(5)];
  s.size = Size(size[0], size[1]);
  return s;
}

Result<Plan> plan_of(const Spec& spec, const std::string& video, const PlanOptions& options) {
  const bool local = model(video).provider == "local";
  const ModelProfile music = model(local ? "local-composer" : "musicgen");
  return expand(spec, model(video), model(local ? "local-still" : "flux-schnell"), &music, options);
}

std::string broken_rule(const Plan& plan, const Spec& spec, const ModelProfile& video) {
  std::string what = broken_film(plan, spec);
  if (what.empty()) what = broken_graph(plan);
  if (what.empty()) what = broken_keys(plan);
  if (what.empty()) what = broken_inputs(plan, video);
  if (what.empty()) what = broken_sums(plan, video);
  if (what.empty()) what = broken_material(plan);
  return what;
}

}  // namespace vidgen::plan::test
