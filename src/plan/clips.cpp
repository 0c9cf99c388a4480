// SPDX-License-Identifier: Apache-2.0
#include "plan/clips.hpp"

#include <algorithm>

namespace vidgen::plan {
namespace {

constexpr std::size_t kMostOffers = 256;

Rational whole_frames(Rational seconds, Rational fps) {
  return Rational((seconds * fps).floor()) / fps;
}

std::vector<Rational> lengths_of(const ModelProfile& m) {
  if (m.duration.kind == Duration::Kind::fixed) return {m.longest_seconds()};
  if (m.duration.kind == Duration::Kind::grid) return m.duration.values;
  std::vector<Rational> out;
  const Rational step = m.duration.step > Rational(0) ? m.duration.step : Rational(1);
  for (Rational v = m.duration.shortest; v <= m.duration.longest && out.size() < kMostOffers; v = v + step)
    out.push_back(v);
  return out;
}

// What came back for it when it was last made, else what is promised.
Rational returned_for(const ModelProfile& m, Rational asked) {
  for (const MeasuredLength& one : m.measured)
    if (one.asked == asked && one.returned > Rational(0)) return one.returned;
  return asked;
}

// Lowers clips from the last one on, each as far as the sum allows.
void lower(const std::vector<Offer>& on_offer, Rational target, std::vector<int>& picks) {
  Rational sum;
  for (int i : picks) sum = sum + on_offer[static_cast<std::size_t>(i)].returned;
  for (std::size_t k = picks.size(); k-- > 0;) {
    const Rational rest = sum - on_offer[static_cast<std::size_t>(picks[k])].returned;
    int i = 0;
    while (rest + on_offer[static_cast<std::size_t>(i)].returned < target && i < picks[k]) ++i;
    picks[k] = i;
    sum = rest + on_offer[static_cast<std::size_t>(i)].returned;
  }
}

// Lowers clips by one length at a time, so that they stay alike.
void lower_evenly(const std::vector<Offer>& on_offer, Rational target, std::vector<int>& picks) {
  Rational sum;
  for (int i : picks) sum = sum + on_offer[static_cast<std::size_t>(i)].returned;
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t k = picks.size(); k-- > 0;) {
      const auto i = static_cast<std::size_t>(picks[k]);
      if (i == 0 || sum - on_offer[i].returned + on_offer[i - 1].returned < target) continue;
      sum = sum - on_offer[i].returned + on_offer[i - 1].returned;
      --picks[k];
      changed = true;
    }
  }
}

Rational sum_of(const std::vector<Offer>& on_offer, const std::vector<int>& picks) {
  Rational sum;
  for (int i : picks) sum = sum + on_offer[static_cast<std::size_t>(i)].returned;
  return sum;
}

}  // namespace

bool follows_film(const ModelProfile& model) {
  return model.provider == "local" && model.fps <= Rational(0);
}

Rational source_fps(const ModelProfile& model, Rational film_fps) {
  if (model.fps > Rational(0)) return model.fps;
  return follows_film(model) ? film_fps : Rational(24);
}

std::vector<Offer> offers(const ModelProfile& model, Rational film_fps, bool whole) {
  std::vector<Offer> out;
  for (Rational asked : lengths_of(model)) {
    const bool cut = whole || follows_film(model);
    const Rational real = returned_for(model, asked);
    const Rational returned = cut ? whole_frames(real, film_fps) : real;
    if (returned > Rational(0)) out.emplace_back(asked, returned);
  }
  std::stable_sort(out.begin(), out.end(), [](const Offer& a, const Offer& b) { return a.returned < b.returned; });
  return out;
}

int clip_count(const std::vector<Offer>& on_offer, Rational need, Rational overlap) {
  const Rational longest = on_offer.back().returned;
  if (need <= longest || longest <= overlap) return 1;
  return static_cast<int>(((need - overlap) / (longest - overlap)).ceil());
}

std::vector<int> choose(const std::vector<Offer>& on_offer, Rational need, Rational overlap) {
  const int n = clip_count(on_offer, need, overlap);
  const Rational target = need + Rational(n - 1) * overlap;
  const auto count = static_cast<std::size_t>(n);
  int level = 0;
  const int top = static_cast<int>(on_offer.size()) - 1;
  while (level < top && Rational(n) * on_offer[static_cast<std::size_t>(level)].returned < target) ++level;
  std::vector<int> even(count, level), steep(count, top);
  lower_evenly(on_offer, target, even);
  lower(on_offer, target, steep);
  // Uneven lengths only where no clip becomes so short that a transition would not fit into it.
  const Rational shortest = on_offer[static_cast<std::size_t>(*std::min_element(steep.begin(), steep.end()))].returned;
  const bool fits = shortest * Rational(5, 2) >= on_offer.back().returned;
  return fits && sum_of(on_offer, steep) < sum_of(on_offer, even) ? steep : even;
}

}  // namespace vidgen::plan
