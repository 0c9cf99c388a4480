// SPDX-License-Identifier: Apache-2.0
// Clip lengths: what a model offers, how many clips a length needs, and which of them waste least.
//
// Units: seconds as Rational. Thread-safety: pure functions.
#pragma once

#include <vector>

#include "vidgen/model.hpp"

namespace vidgen::plan {

// A length that can be asked for, and what comes back for it.
struct Offer {
  Offer() = default;
  Offer(Rational a, Rational r) : asked(a), returned(r) {}
  Rational asked, returned;
};

// The model works at the film's own rate (the embedded ones).
bool follows_film(const ModelProfile& model);
// Frames a second of what comes back; 24 where nobody says.
Rational source_fps(const ModelProfile& model, Rational film_fps);
// All lengths, ascending; never empty for a usable clip model. With `whole`, `returned` is cut to whole film frames,
// as a clip that nothing continues is.
std::vector<Offer> offers(const ModelProfile& model, Rational film_fps, bool whole);

// The smallest count n with n * longest - (n - 1) * overlap >= need.
int clip_count(const std::vector<Offer>& on_offer, Rational need, Rational overlap);
// That many lengths (indices into `on_offer`) whose sum wastes least, as even as that allows, longer ones first.
std::vector<int> choose(const std::vector<Offer>& on_offer, Rational need, Rational overlap);

}  // namespace vidgen::plan
