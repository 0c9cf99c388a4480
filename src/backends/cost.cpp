// SPDX-License-Identifier: Apache-2.0
#include "backends/hosted.hpp"
#include "plan/price.hpp"

namespace vidgen::backends {
namespace {

// Tokens that came from a cache, or were put into one, have prices of their own where the row knows them.
Money token_cost(const Price& price, const RemoteAnswer& answer) {
  const auto micros = [](Money rate, std::int64_t tokens) {
    return Rational(rate.micros()) * Rational(tokens, 1'000'000);
  };
  const std::int64_t plain = answer.tokens_in - answer.tokens_cached - answer.tokens_written;
  const Rational sum = micros(price.amount, plain) +
                       micros(price.cached_amount.value_or(price.amount), answer.tokens_cached) +
                       micros(price.written_amount.value_or(price.amount), answer.tokens_written) +
                       micros(price.output_amount, answer.tokens_out);
  return Money::micros(sum.round());
}

}  // namespace

Money settled_cost(const ModelProfile& model, Size size, Rational seconds, const RemoteAnswer& answer) {
  if (answer.cost) return *answer.cost;
  const Price& price = plan::price_for(model, size);
  if (price.kind == PriceKind::per_gpu_second && answer.gpu_seconds)
    return Money::micros((Rational(price.amount.micros()) * *answer.gpu_seconds).round());
  if (price.kind == PriceKind::per_token) return token_cost(price, answer);
  if (price.kind == PriceKind::per_character)
    return Money::micros((Rational(price.amount.micros()) * Rational(answer.characters, 1'000'000)).round());
  const bool free_of_charge = answer.job.state != RemoteState::succeeded;
  return free_of_charge ? Money() : plan::cost_of(model, size, seconds).likely;
}

}  // namespace vidgen::backends
