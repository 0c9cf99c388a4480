// SPDX-License-Identifier: Apache-2.0
#include "spec/scale.hpp"

#include <algorithm>

namespace vidgen::spec {
namespace {

// The beat that goes first when time is short: the shortest one of the middle, the later of equals; then the opening.
// The closing stays as long as there are two.
std::size_t least_needed(const Template& t, const std::vector<std::size_t>& kept) {
  std::size_t best = 0;
  bool found = false;
  for (std::size_t i = 1; i + 1 < kept.size(); ++i) {
    if (found && t.beats[kept[i]].length > t.beats[kept[best]].length) continue;
    best = i;
    found = true;
  }
  return found ? best : kept.size() - 1;
}

// Lengths in frames, exact: in proportion, but none under `least`. What the short ones are given is taken from the
// others in proportion, which may push more of them to the least, hence the loop.
std::vector<Rational> shares(const Template& t, const std::vector<std::size_t>& kept, Frames frames, Frames least) {
  std::vector<Rational> out(kept.size());
  std::vector<bool> fixed(kept.size(), false);
  for (bool again = true; again;) {
    again = false;
    Rational left = frames, sum = 0;
    for (std::size_t i = 0; i < kept.size(); ++i) {
      if (fixed[i])
        left = left - Rational(least);
      else
        sum = sum + t.beats[kept[i]].length;
    }
    for (std::size_t i = 0; i < kept.size(); ++i) {
      if (!fixed[i]) out[i] = t.beats[kept[i]].length * left / sum;
      if (fixed[i] || out[i] >= Rational(least)) continue;
      out[i] = least;
      fixed[i] = again = true;
    }
  }
  return out;
}

ScaledTransition fitted(const TransitionTemplate& t, Frames before, Frames after, Rational fps) {
  ScaledTransition out;
  Frames wanted = frame_at(t.length, fps);
  Frames most = std::min(before, after) / 2;
  Frames frames = std::min(wanted, most);
  if (t.kind == "cut" || frames < 2) return out;
  out.kind = t.kind;
  out.frames = frames;
  return out;
}

void add_transitions(const Template& t, Rational fps, Scaled& out) {
  for (std::size_t i = 1; i < out.beats.size(); ++i) {
    std::size_t from = out.beats[i].index - 1;  // the one that leads into the later beat
    const TransitionTemplate wanted = from < t.transitions.size() ? t.transitions[from] : TransitionTemplate();
    ScaledTransition fit = fitted(wanted, out.beats[i - 1].length, out.beats[i].length, fps);
    if (wanted.kind != "cut" && fit.frames != frame_at(wanted.length, fps))
      out.shortened.push_back(wanted.kind + " before " + t.beats[out.beats[i].index].name + ": " +
                              std::to_string(frame_at(wanted.length, fps)) + " frames became " +
                              std::to_string(fit.frames));
    out.transitions.push_back(std::move(fit));
  }
}

}  // namespace

Scaled scale(const Template& t, Frames frames, Rational fps) {
  Scaled out;
  std::vector<std::size_t> kept(t.beats.size());
  for (std::size_t i = 0; i < kept.size(); ++i) kept[i] = i;
  Frames least = fps.ceil();  // one second, in whole frames
  while (kept.size() > 1 && static_cast<Frames>(kept.size()) * least > frames) {
    std::size_t drop = least_needed(t, kept);
    out.dropped.push_back(t.beats[kept[drop]].name);
    kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(drop));
  }
  std::vector<Rational> lengths = kept.size() == 1 ? std::vector<Rational>{frames} : shares(t, kept, frames, least);
  Rational end = 0;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    ScaledBeat b;
    b.index = kept[i];
    b.start = end.round();
    end = end + lengths[i];
    b.length = end.round() - b.start;
    out.beats.push_back(b);
  }
  add_transitions(t, fps, out);
  return out;
}

}  // namespace vidgen::spec
