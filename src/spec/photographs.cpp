// SPDX-License-Identifier: Apache-2.0
#include "spec/photographs.hpp"

#include <algorithm>

namespace vidgen::spec {
namespace {

using Places = std::vector<int>;  // of beats, or of photographs

// `shown` over `beats`: each beat gets at least one, those that are left over go to the first ones.
void hand_out(std::vector<Beat>& all, const Places& beats, const Places& shown) {
  if (beats.empty()) return;
  const std::size_t n = std::max(shown.size(), beats.size());
  for (std::size_t i = 0; i < shown.size(); ++i)
    all[static_cast<std::size_t>(beats[i * beats.size() / n])].photographs.push_back(shown[i]);
}

// The beats that pictures get: `count` of those from `first` to `last`, spread evenly.
Places spread(int count, int first, int last) {
  Places out;
  const int room = last - first + 1, all = std::min(count, room);
  for (int i = 0; i < all; ++i) out.push_back(first + (2 * i + 1) * room / (2 * all));
  return out;
}

// Cut-outs in turn, so that every beat with a product shows one.
void take_turns(std::vector<Beat>& all, const Places& beats, const Places& cutouts) {
  if (cutouts.size() >= beats.size()) return hand_out(all, beats, cutouts);
  for (std::size_t i = 0; i < beats.size(); ++i)
    all[static_cast<std::size_t>(beats[i])].photographs.push_back(cutouts[i % cutouts.size()]);
}

}  // namespace

void show_photographs(Spec& spec, std::vector<Photograph> known) {
  spec.photographs = std::move(known);
  for (Beat& beat : spec.beats) beat.photographs.clear();
  Places pictures, cutouts;
  for (std::size_t i = 0; i < spec.photographs.size(); ++i)
    (spec.photographs[i].cutout ? cutouts : pictures).push_back(static_cast<int>(i));
  const int beats = static_cast<int>(spec.beats.size());
  if (beats == 0 || spec.photographs.empty()) return;
  const int last = std::max(0, beats - 2);  // the film ends on its card
  const int first = std::min(1, last);
  // Where there are cut-outs, pictures leave them half of the beats.
  const int room = cutouts.empty() ? last - first + 1 : std::max(1, (last - first + 1) / 2);
  const Places chosen = spread(std::min(static_cast<int>(pictures.size()), room), first, last);
  hand_out(spec.beats, chosen, pictures);
  if (cutouts.empty()) return;
  Places others;
  for (int i = 0; i <= last; ++i)
    if (std::find(chosen.begin(), chosen.end(), i) == chosen.end()) others.push_back(i);
  if (others.empty()) others = chosen;
  take_turns(spec.beats, others, cutouts);
}

}  // namespace vidgen::spec
