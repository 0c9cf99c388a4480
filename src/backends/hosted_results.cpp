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

constexpr int kDownloads = 3;  // tries, each going on where the last was cut

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
    HttpResponse response = co_await exchange(std::move(copy));
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
    const flow::Decision decision = account_->decide(outcome, made, feedback_of(response, clock_->now_ms() / 1000).wait);
    const bool cut = response.error && response.sent == Sent::answered;
    if (!cut && decision.action != flow::Action::again) break;
    co_await account_->pause(decision.after, context.stop);
  }
  co_return why;
}

Async<Result<std::vector<Asset>>> HostedBackend::fetch(std::string id, BackendContext context) {
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
    co_return Error(Errc::expired, std::string(row_.name) + " has deleted the result of " + id +
                                       ", which was paid for: results are kept there for an hour only");
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
