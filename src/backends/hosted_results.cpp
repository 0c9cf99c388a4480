// SPDX-License-Identifier: Apache-2.0
// From a job that has succeeded to results in the store. A download that is cut goes on where it was cut.
#include "backends/answer.hpp"
#include "backends/hosted.hpp"
#include "backends/outputs.hpp"
#include "base/offload.hpp"
#include "base/random.hpp"
#include "base/try.hpp"

namespace vidgen::backends {
namespace {

constexpr int kDownloads = 8;  // tries, each going on where the last was cut: what is fetched has been paid for
constexpr auto kLongestPause = std::chrono::seconds(30);

AssetKind kind_of(std::string_view mime) {
  if (mime.substr(0, 6) == "image/") return AssetKind::image;
  if (mime.substr(0, 6) == "video/") return AssetKind::video;
  if (mime.substr(0, 6) == "audio/") return AssetKind::audio;
  if (mime == "application/json") return AssetKind::json;
  return AssetKind::other;
}

std::string short_type(const HttpResponse& r) {
  auto it = r.headers.find("content-type");
  if (it == r.headers.end()) return "application/octet-stream";
  return it->second.substr(0, it->second.find(';'));
}

}  // namespace

Async<Result<Asset>> HostedBackend::download(Output output, BackendContext context) {
  if (output.url.rfind("data:", 0) == 0 || output.url.empty()) {
    std::function<Result<Asset>()> put = [context, output]() -> Result<Asset> {
      if (output.url.empty()) return context.store->put(output.bytes, kind_of(output.mime), output.mime);
      VIDGEN_TRY(decoded, decode_data_uri(output.url));
      return context.store->put(decoded.bytes, kind_of(decoded.mime), decoded.mime);
    };
    co_return co_await base::on_pool<Result<Asset>>(context.pool, std::move(put));
  }
  std::function<Result<std::string>()> scratch = [context] { return context.store->scratch("download"); };
  Result<std::string> path = co_await base::on_pool<Result<std::string>>(context.pool, std::move(scratch));
  if (!path) co_return path.error();
  HttpRequest request;
  if (output.trusted && row_.sign != nullptr) row_.sign(access_, request);
  request.url = output.url;
  request.trust = output.trusted ? UrlTrust::trusted : UrlTrust::foreign;
  request.redirects = 3;
  request.save_to = *path;
  request.body_limit = 2LL << 30;
  Error why(Errc::provider, "");
  for (int made = 1; made <= kDownloads; ++made) {
    HttpRequest copy = request;
    HttpResponse response = co_await exchange(std::move(copy), context.stop, std::chrono::seconds(0));
    if (context.stop.stop_requested() && response.error) why = Error(Errc::interrupted, "a download was stopped");
    if (why.code() == Errc::interrupted) break;
    if (response.file && !response.error && response.status / 100 == 2) {
      const std::string mime = short_type(response);
      std::function<Result<Asset>()> put = [context, from = *path, mime] {
        return context.store->put_file(from, kind_of(mime), mime, false);
      };
      co_return co_await base::on_pool<Result<Asset>>(context.pool, std::move(put));
    }
    if (response.file) request.resume_tag = response.file->tag;
    const flow::Outcome outcome = outcome_of(row_, response, false);
    why = error_of(row_, response, outcome, "fetching a result");
    if (response.error && response.error->code() == Errc::url_refused) why = *response.error;
    if (response.status == 404 || response.status == 410) co_return missing(why);
    const bool cut = response.error && response.sent == Sent::answered;
    if (!cut && outcome != flow::Outcome::not_sent && outcome != flow::Outcome::transient && outcome != flow::Outcome::throttled)
      break;
    const flow::Nanos own = std::min<flow::Nanos>(std::chrono::seconds(1LL << made), kLongestPause);
    co_await account_->pause(feedback_of(response, clock_->now_ms() / 1000).wait.value_or(own), context.stop);
    if (context.stop.stop_requested()) co_return Error(Errc::interrupted, "a download was stopped");
  }
  co_return why;
}

Error HostedBackend::deleted(const std::string& id) const {
  return Error(Errc::expired, std::string(row_.name) + " has deleted the result of " + id +
                                  ", which was paid for: results are kept there for a while only");
}

// Where to fetch from is what the provider says now, not what it said an hour ago.
Async<Result<std::vector<Asset>>> HostedBackend::fetch(std::string id, BackendContext context) {
  Result<std::vector<Asset>> out = co_await fetch_once(id, context);
  if (out || out.error().code() != Errc::not_found || row_.get == nullptr) co_return out;
  {
    std::lock_guard lock(mutex_);
    known_.erase(id);
  }
  Result<std::vector<Asset>> again = co_await fetch_once(id, context);
  if (!again && again.error().code() == Errc::not_found) co_return deleted(id);
  co_return again;
}

Async<Result<std::vector<Asset>>> HostedBackend::fetch_once(std::string id, BackendContext context) {
  RemoteAnswer answer;
  {
    std::lock_guard lock(mutex_);
    auto it = known_.find(id);
    if (it != known_.end()) answer = it->second.answer;
  }
  if (answer.job.state != RemoteState::succeeded || answer.outputs.empty()) {
    if (row_.get == nullptr) co_return Error(Errc::not_found, std::string(row_.name) + " keeps no results");
    Result<RemoteAnswer> asked = co_await ask(id, context);
    if (!asked) co_return asked.error();
    answer = std::move(*asked);
  }
  if (answer.job.state != RemoteState::succeeded) co_return Error(Errc::not_found, "job " + id + " has no result");
  if (answer.outputs.empty() && answer.removed)
    co_return deleted(id);
  if (answer.outputs.empty()) co_return Error(Errc::provider, "job " + id + " succeeded without a result");
  std::vector<Asset> out;
  for (const Output& one : answer.outputs) {
    Result<Asset> asset = co_await download(one, context);
    if (!asset) co_return asset.error();
    out.push_back(*asset);
  }
  forget(id);
  co_return out;
}

}  // namespace vidgen::backends
