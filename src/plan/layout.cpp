// SPDX-License-Identifier: Apache-2.0
#include "plan/layout.hpp"

#include <algorithm>

namespace vidgen::plan {
namespace {

// How much of [a, b) lies in [from, to).
Rational inside(Rational a, Rational b, Rational from, Rational to) {
  const Rational low = a > from ? a : from, high = b < to ? b : to;
  return high > low ? high - low : Rational(0);
}

// Frames from the chain's first shown frame to a moment of its source time.
Rational from_first(const ChainLayout& c, Rational source_seconds, Rational fps) {
  return source_seconds / c.speed * fps - Rational(c.skip);
}

// The first whole frame that shows clip i.
Frames join(const ChainLayout& c, std::size_t i, Rational fps) {
  return from_first(c, shown_from(c, i), fps).ceil();
}

void account(const ChainLayout& c, Rational from, Rational to, Rational fps, Shown& out) {
  const Rational a = from_first(c, from, fps), b = from_first(c, to, fps), end(c.span());
  const Rational used = inside(a, b, Rational(c.fade_in), end - Rational(c.fade_out));
  const Rational shown = inside(a, b, Rational(0), end);
  const Rational to_source = c.speed / fps;
  out.used = used * to_source;
  out.handle = (shown - used) * to_source;
  out.waste = to - from - out.used - out.handle;
}

}  // namespace

Rational shown_from(const ChainLayout& chain, std::size_t i) {
  Rational at;
  for (std::size_t k = 0; k < i; ++k) at = at + chain.clips[k].returned - chain.clips[k].overlap;
  return at;
}

Rational material(const ChainLayout& chain) {
  return shown_from(chain, chain.clips.size());
}

Rational film_frame(const ChainLayout& chain, Rational source_seconds, Rational fps) {
  return Rational(chain.start - chain.head()) + from_first(chain, source_seconds, fps);
}

void place_joins(ChainLayout& chain, Rational fps) {
  chain.skip = 0;
  if (chain.clips.size() < 2) return;
  const Frames last = join(chain, chain.clips.size() - 1, fps);
  const Frames latest = chain.head() + chain.length - std::max<Frames>(1, chain.fade_out / 2);
  const Frames spare = (material(chain) / chain.speed * fps - Rational(chain.span())).floor();
  chain.skip = std::clamp<Frames>(last - latest, 0, std::max<Frames>(0, spare));
}

std::vector<Shown> show(const ChainLayout& chain, Rational fps) {
  std::vector<Shown> out(chain.clips.size());
  const Frames origin = chain.start - chain.head(), end = chain.start + chain.length;
  Rational from;
  Frames next = chain.start;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const Rational to = from + chain.clips[i].returned - chain.clips[i].overlap;
    const bool last = i + 1 == out.size();
    out[i].start = next;
    next = last ? end : std::clamp(origin + from_first(chain, to, fps).ceil(), next, end);
    out[i].length = next - out[i].start;
    const Rational at = Rational(out[i].start - origin + chain.skip) * chain.speed / fps;
    out[i].source_in = at - from + chain.clips[i].overlap;
    account(chain, from, to, fps, out[i]);
    from = to;
  }
  if (!out.empty()) out.back().hold = std::min(chain.hold, out.back().length);
  return out;
}

}  // namespace vidgen::plan
