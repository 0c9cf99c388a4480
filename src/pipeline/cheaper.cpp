// SPDX-License-Identifier: Apache-2.0
// What would fit a budget that a plan does not fit: of each kind of change the one that keeps most of the film. Each is
// a whole plan, so that its price is the one that would be asked for.
#include "pipeline/cheaper.hpp"

#include <algorithm>

#include "base/try.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

struct Bid {
  Bid() = default;
  Bid(std::string w, Money p) : what(std::move(w)), price(p) {}
  std::string what;
  Money price;
};

class Search {
 public:
  Search(const Request& request, const Services& services, const Config& config, Money left)
      : request_(request), services_(services), config_(config), left_(left) {}

  std::vector<Bid> all() const {
    std::vector<Bid> out;
    for (const auto& found : {continuity(), model(), seconds()})
      if (found) out.push_back(*found);
    return out;
  }

 private:
  // The likely price when it fits.
  std::optional<Money> price_of(const Request& request) const {
    auto chosen = choose(request, services_.models, config_.backends);
    if (!chosen) return std::nullopt;
    auto spec = make_spec(request, services_.templates);
    if (!spec) return std::nullopt;
    auto plan = make_plan(request, *spec, *chosen, services_, 1);
    if (!plan || !usable(*chosen, *plan, config_) || plan->likely > left_) return std::nullopt;
    return plan->likely;
  }

  // The dearest that fits is nearest to what was asked for.
  std::optional<Bid> continuity() const {
    std::optional<Bid> best;
    for (const Continuity one : {Continuity::beat, Continuity::take, Continuity::hybrid, Continuity::none}) {
      if (one == request_.continuity) continue;
      Request other = request_;
      other.continuity = one;
      const auto price = price_of(other);
      if (price && (!best || *price > best->price)) best = Bid("continuity " + std::string(to_string(one)), *price);
    }
    return best;
  }

  std::optional<Bid> model() const {
    std::optional<Bid> best;
    for (const auto& [name, row] : services_.models.models) {
      if (row.kind != ModelKind::video || !row.retired.empty() || row.provider == "local") continue;
      auto backend = config_.backends.find(row.provider);
      if (!backend || !backend->unavailable().empty()) continue;
      Request other = request_;
      other.model = name;
      other.backend = "auto";
      const auto price = price_of(other);
      if (price && (!best || *price > best->price)) best = Bid("model " + name, *price);
    }
    return best;
  }

  std::optional<Bid> seconds() const {
    auto spec = make_spec(request_, services_.templates);
    if (!spec) return std::nullopt;
    const std::int64_t asked = seconds_at(spec->frames, spec->fps).floor();
    for (std::int64_t s = asked - 1; s >= 1; --s) {
      Request other = request_;
      other.duration = std::chrono::seconds(s);
      if (const auto price = price_of(other)) return Bid(std::to_string(s) + " seconds", *price);
    }
    return std::nullopt;
  }

  const Request& request_;
  const Services& services_;
  const Config& config_;
  const Money left_;
};

}  // namespace

std::string what_would_fit(const Request& request, const Services& services, const Config& config, Money left) {
  const std::vector<Bid> bids = Search(request, services, config, left).all();
  std::string out;
  for (std::size_t i = 0; i < bids.size(); ++i) {
    if (i > 0) out += i + 1 == bids.size() ? " or " : ", ";
    out += bids[i].what + " (" + bids[i].price.to_string() + ")";
  }
  if (out.empty()) return "nothing that can be made with a key fits it: raise the budget, or use --backend local";
  return "it would fit with " + out;
}

VIDGEN_NAMESPACE_END
