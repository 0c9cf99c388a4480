// SPDX-License-Identifier: Apache-2.0
#include "provider.hpp"

#include <algorithm>
#include <cstdio>
#include <ctime>

#include "base/digest.hpp"

namespace vidgen::sim {
namespace {

using base::Json;

constexpr const char* kApi = "https://api.replicate.com/v1";
constexpr const char* kDelivery = "https://replicate.delivery/";
constexpr std::int64_t kKept = 3600 * 1000;  // results, milliseconds

bool begins(const std::string& text, const std::string& with) {
  return text.compare(0, with.size(), with) == 0;
}

std::string unescaped(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] == '%' && i + 2 < text.size()) {
      out += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
      i += 2;
    } else {
      out += text[i];
    }
  return out;
}

std::int64_t ms_of(const std::string& when) {
  std::tm tm{};
  int ms = 0;
  if (std::sscanf(when.c_str(), "%d-%d-%dT%d:%d:%d.%3d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday, &tm.tm_hour, &tm.tm_min,
                  &tm.tm_sec, &ms) < 6)
    return 0;
  tm.tm_year -= 1900;
  tm.tm_mon -= 1;
  return static_cast<std::int64_t>(::timegm(&tm)) * 1000 + ms;
}

}  // namespace

std::string http_date(std::int64_t ms) {
  const std::time_t seconds = static_cast<std::time_t>(ms / 1000);
  std::tm tm{};
  ::gmtime_r(&seconds, &tm);
  char text[64];
  std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &tm);
  return text;
}

std::string iso(std::int64_t ms) {
  const std::time_t seconds = static_cast<std::time_t>(ms / 1000);
  std::tm tm{};
  ::gmtime_r(&seconds, &tm);
  char text[64], whole[80];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &tm);
  std::snprintf(whole, sizeof whole, "%s.%03dZ", text, static_cast<int>(ms % 1000));
  return whole;
}

HttpResponse SimProvider::answer(int status, const Json& body, std::int64_t now_ms) {
  HttpResponse r;
  r.sent = Sent::answered;
  r.status = status;
  r.headers["date"] = http_date(now_ms);
  r.headers["content-type"] = "application/json";
  r.body = body.dump();
  return r;
}

HttpResponse SimProvider::serve(const HttpRequest& request, bool twice) {
  settle();
  const std::int64_t now = world_.provider_ms();
  const std::string path = request.url.substr(std::string(kApi).size());
  if (path == "/account") return answer(200, Json::object().set("type", "user"), now);
  const auto query = path.find('?');
  if (path == "/predictions" && request.method == "POST") {
    const auto body = Json::parse(request.body);
    return create(request, body ? (*body)["version"].as_string() : "");
  }
  if (request.method == "POST" && begins(path, "/models/")) {
    const std::string model = path.substr(8, path.size() - 8 - 12);
    if (!twice) return create(request, model);
    (void)create(request, model);
    predictions_.back().doubled = true;
    const HttpResponse second = create(request, model);
    predictions_.back().doubled = true;  // whichever of the two is taken, the other is nobody's
    return second;
  }
  if (query != path.npos && path.substr(0, query) == "/predictions") return list(unescaped(path.substr(query + 1)));
  if (begins(path, "/predictions/")) {
    std::string id = path.substr(13);
    if (id.size() > 7 && id.substr(id.size() - 7) == "/cancel") return cancel(id.substr(0, id.size() - 7));
    return get(id);
  }
  return answer(404, Json::object().set("detail", "not found: " + path), now);
}

// Nothing of its kind may be under way, have succeeded, or be unknown to us with good reason.
void SimProvider::check_first_of_its_kind(const Prediction& p) {
  for (const Prediction& other : predictions_) {
    if (other.logical != p.logical || other.hidden_long || other.doubled) continue;
    const bool came_to_nothing = other.ended && (other.end != Prediction::End::succeeds || other.cancelled);
    const bool gone = other.ended && p.created_ms > other.ends_ms + kKept;
    if (came_to_nothing || gone || other.broken || other.expires || other.forgotten) continue;
    complaints.push_back("bought twice: " + other.id + " and " + p.id + " (" + p.model + ")");
  }
}

HttpResponse SimProvider::create(const HttpRequest& request, const std::string& model) {
  const std::int64_t now = world_.provider_ms();
  const auto body = Json::parse(request.body);
  if (!body || !(*body)["input"].is_object()) return answer(422, Json::object().set("detail", "no input"), now);
  if (request.headers.count("cancel-after") == 0) complaints.push_back("a create without a deadline");
  Prediction p;
  char id[32];
  std::snprintf(id, sizeof id, "p%06d%08x", next_++, static_cast<unsigned>(world_.random.next()));
  p.id = id;
  p.model = model;
  p.input_json = (*body)["input"].dump();
  Json input = Json::object();
  for (const auto& [key, value] : (*body)["input"].members())
    if (key != "seed") input.set(key, value);
  p.logical = base::sha256_hex(model + input.dump());
  check_first_of_its_kind(p);
  if (world_.strikes(Fault::run_fails)) p.end = Prediction::End::fails;
  if (world_.strikes(Fault::run_fails_once)) p.end = Prediction::End::fails_once;
  if (world_.strikes(Fault::run_refused)) p.end = Prediction::End::refused;
  if (world_.strikes(Fault::run_cancelled)) p.end = Prediction::End::cancelled;
  p.overcharged = world_.strikes(Fault::overcharged);
  p.broken = world_.strikes(Fault::broken_clip);
  p.is_short = world_.strikes(Fault::short_clip);
  p.expires = world_.strikes(Fault::expired);
  p.forgotten = world_.strikes(Fault::forgotten);
  p.rate = rate;
  p.created_ms = now;
  p.starts_ms = now + 500 + static_cast<std::int64_t>(world_.random.below(2500));
  const std::int64_t run = world_.strikes(Fault::run_long) ? 250'000 : 2000 + static_cast<std::int64_t>(world_.random.below(40'000));
  p.ends_ms = p.starts_ms + run;
  if (const auto after = request.headers.find("cancel-after"); after != request.headers.end())
    p.deadline_ms = now + std::atoll(after->second.c_str()) * 1000;
  p.shown_ms = now;
  if (world_.strikes(Fault::hidden)) p.shown_ms += 1000 + static_cast<std::int64_t>(world_.random.below(50'000));
  p.hidden_long = world_.strikes(Fault::hidden_long);
  if (p.hidden_long) p.shown_ms += 200'000;
  predictions_.push_back(p);
  world_.note("created " + p.id + " of " + p.model + " " + p.logical.substr(0, 8));
  return answer(201, value_of(p), now);
}

void SimProvider::end(Prediction& p, std::int64_t at) {
  p.ended = true;
  p.ends_ms = at;
  const bool ran = at > p.starts_ms;
  std::int64_t billed = ran ? at - p.starts_ms : 0;
  if (p.overcharged && p.end == Prediction::End::succeeds && !p.cancelled) billed = 400'000;
  p.seconds = static_cast<double>(billed) / 1000;
  p.charged = (billed * p.rate + 500) / 1000;
  const bool whole = p.end == Prediction::End::succeeds && !p.cancelled;
  if (whole) {
    const std::string& bytes = clips_[std::stoul(p.logical.substr(0, 4), nullptr, 16) % 4 + (p.model.find("image") != p.model.npos ? 0 : p.model.find("music") != p.model.npos ? 12 : p.is_short ? 8 : 4)];
    std::string given = bytes;
    const bool sound = given.compare(0, 4, "RIFF") == 0;  // of which any bytes can be played
    if (p.broken) std::fill(given.begin() + (sound ? 0 : static_cast<std::ptrdiff_t>(given.size() / 4)), given.end(), 'x');
    urls_[kDelivery + p.id + "/output"] = std::move(given);
  }
  world_.note("ended " + p.id + (whole ? "" : " without a result") + ", charged " + std::to_string(p.charged));
  if (tell) tell(p);
}

void SimProvider::settle() {
  const std::int64_t now = world_.provider_ms();
  for (std::size_t i = 0; i < predictions_.size(); ++i) {
    Prediction& p = predictions_[i];
    if (p.ended) continue;
    if (p.deadline_ms != 0 && p.deadline_ms < p.ends_ms && now >= p.deadline_ms) {
      p.cancelled = true;
      end(p, p.deadline_ms);
    } else if (now >= p.ends_ms) {
      if (p.end == Prediction::End::cancelled) p.cancelled = true;
      end(p, p.ends_ms);
    }
  }
}

Json SimProvider::value_of(const Prediction& p) const {
  const std::int64_t now = world_.provider_ms();
  Json j = Json::object();
  std::string status = now < p.starts_ms ? "starting" : "processing";
  using End = Prediction::End;
  if (p.ended) status = p.cancelled ? (p.seconds > 0 ? "canceled" : "aborted") : p.end == End::succeeds ? "succeeded" : "failed";
  const bool gone = p.ended && status == "succeeded" && (p.expires || now > p.ends_ms + kKept);
  j.set("id", p.id).set("model", p.model).set("status", status).set("created_at", iso(p.created_ms));
  auto input = Json::parse(p.input_json);
  j.set("input", gone || !input ? Json::object() : *input);
  if (p.ended) j.set("completed_at", iso(p.ends_ms)).set("metrics", Json::object().set("predict_time", p.seconds));
  if (status == "succeeded" && !gone) j.set("output", kDelivery + p.id + "/output");
  if (gone) j.set("data_removed", true);
  if (status == "failed")
    j.set("error", p.end == End::refused      ? "NSFW content detected"
                   : p.end == End::fails_once ? "Director: unexpected error handling prediction (E1000)"
                                              : "the weights cannot be loaded");
  return j;
}

Prediction* SimProvider::find(const std::string& id) {
  for (Prediction& p : predictions_)
    if (p.id == id) return &p;
  return nullptr;
}

HttpResponse SimProvider::get(const std::string& id) {
  const Prediction* p = find(id);
  const std::int64_t now = world_.provider_ms();
  if (p == nullptr || (p->forgotten && p->ended)) return answer(404, Json::object().set("detail", "Prediction not found"), now);
  return answer(200, value_of(*p), now);
}

HttpResponse SimProvider::list(const std::string& query) {
  const std::int64_t now = world_.provider_ms(), since = ms_of(query.substr(query.find('=') + 1));
  Json results = Json::array();
  for (auto p = predictions_.rbegin(); p != predictions_.rend(); ++p)
    if (p->created_ms > since && now >= p->shown_ms && !(p->forgotten && p->ended)) results.push(value_of(*p));
  Json body = Json::object();
  body.set("results", results).set("next", Json());
  return answer(200, body, now);
}

HttpResponse SimProvider::cancel(const std::string& id) {
  Prediction* p = find(id);
  const std::int64_t now = world_.provider_ms();
  if (p == nullptr) return answer(404, Json::object().set("detail", "Prediction not found"), now);
  if (!p->ended) {
    p->cancelled = true;
    end(*p, now);
  }
  return answer(200, value_of(*p), now);
}

const std::string* SimProvider::deliver(const std::string& url) {
  settle();
  const auto found = urls_.find(url);
  if (found == urls_.end()) return nullptr;
  const std::string id = url.substr(std::string(kDelivery).size(), url.size() - std::string(kDelivery).size() - 7);
  Prediction* p = find(id);
  if (p == nullptr || p->expires || world_.provider_ms() > p->ends_ms + kKept) return nullptr;
  p->delivered = true;
  return &found->second;
}

std::int64_t SimProvider::charged() const {
  std::int64_t sum = 0;
  for (const Prediction& p : predictions_) sum += p.charged;
  return sum;
}

std::int64_t SimProvider::committed() const {
  std::int64_t sum = charged();
  for (const Prediction& p : predictions_)
    if (!p.ended) sum += kWorstSeconds * p.rate;
  return sum;
}

}  // namespace vidgen::sim
