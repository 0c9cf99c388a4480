// SPDX-License-Identifier: Apache-2.0
// SimProvider: a provider in Replicate's shape, with books of its own. It knows what was asked for apart from the seed,
// so it can tell when the same thing is bought twice. Thread-safety: none; one thread.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "vidgen/transport.hpp"
#include "world.hpp"

namespace vidgen::sim {

struct Prediction {
  Prediction() = default;
  std::string id, model, logical, input_json;
  std::int64_t created_ms = 0, starts_ms = 0, ends_ms = 0, shown_ms = 0, deadline_ms = 0;
  enum class End { none, succeeds, fails, fails_once, refused, cancelled } end = End::succeeds;
  bool cancelled = false, doubled = false, hidden_long = false, broken = false, expires = false, forgotten = false;
  bool overcharged = false, delivered = false, is_short = false;
  std::int64_t rate = 0;     // micro-dollars a second of running, of the day it was created
  std::int64_t charged = 0;  // micro-dollars, once it has ended
  double seconds = 0;        // billed
  bool ended = false;
};

class SimProvider {
 public:
  // Called when a run has ended, where a webhook was asked for.
  std::function<void(const Prediction&)> tell;

  SimProvider(World& world, std::vector<std::string> clips) : world_(world), clips_(std::move(clips)) {}

  // Carries a request out; `fault`s of the wire are the wire's.
  HttpResponse serve(const HttpRequest& request, bool twice);
  // What a URL of the delivery host leads to; null: nothing is there any more.
  const std::string* deliver(const std::string& url);
  // Ends what is due.
  void settle();

  const std::vector<Prediction>& predictions() const { return predictions_; }
  std::int64_t charged() const;
  // Charged, and what runs at the worst.
  std::int64_t committed() const;
  // Complaints about what we did.
  std::vector<std::string> complaints;
  // Worst case of a run, micro-dollars: what the caller had to reserve.
  static constexpr std::int64_t kRate = 1000, kWorstSeconds = 300;
  std::int64_t rate = kRate;

 private:
  HttpResponse create(const HttpRequest& request, const std::string& model);
  HttpResponse get(const std::string& id);
  HttpResponse list(const std::string& query);
  HttpResponse cancel(const std::string& id);
  Prediction* find(const std::string& id);
  void end(Prediction& p, std::int64_t at);
  base::Json value_of(const Prediction& p) const;
  void check_first_of_its_kind(const Prediction& p);
  static HttpResponse answer(int status, const base::Json& body, std::int64_t now_ms);

  World& world_;
  std::vector<std::string> clips_;  // bytes of media: pictures first, then clips
  std::vector<Prediction> predictions_;
  std::map<std::string, std::string> urls_;
  int next_ = 1;
};

// "Sat, 21 Nov 2026 21:32:03 GMT"
std::string http_date(std::int64_t ms);
std::string iso(std::int64_t ms);

}  // namespace vidgen::sim
