// SPDX-License-Identifier: Apache-2.0
// Pictures on their way out, in the form that a provider takes.
#include <algorithm>
#include <utility>

#include "backends/hosted.hpp"
#include "backends/outputs.hpp"
#include "base/offload.hpp"
#include "base/random.hpp"
#include "base/try.hpp"

namespace vidgen::backends {
namespace {

constexpr std::int64_t kUploadLimit = 100LL << 20;

std::string suffix_of(std::string_view mime) {
  const auto slash = mime.find('/');
  std::string out = slash == mime.npos ? "bin" : std::string(mime.substr(slash + 1));
  for (char& c : out)
    if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) c = '_';
  return out;
}

}  // namespace

Async<Result<std::string>> HostedBackend::uploaded(Asset asset, BackendContext context) {
  std::function<Result<std::string>()> find = [context, asset] { return context.store->path(asset.sha256); };
  Result<std::string> path = co_await base::on_pool<Result<std::string>>(context.pool, std::move(find));
  if (!path) co_return path.error();
  const std::string name = "input-" + base::unique_id() + "." + suffix_of(asset.mime);
  HttpRequest request = row_.upload(access_, *path, name, asset.mime);
  Result<HttpResponse> response = co_await send(request, flow::CallKind::read, "uploading a picture", context);
  if (!response) co_return response.error();
  co_return row_.read_upload(access_, *response);
}

// As the provider takes it: small ones inside the request, others by their own URL. `own_upload`: a URL that no other
// attempt has, for models that take no seed to be recognised by.
Async<Result<std::string>> HostedBackend::picture(Asset asset, bool own_upload, BackendContext context) {
  if (asset.bytes <= 0 || asset.mime.empty()) {
    std::function<Asset()> look = [context, asset] {
      Asset whole = asset;
      auto bytes = context.store->read(asset.sha256);
      if (!bytes) return whole;
      whole.bytes = static_cast<std::int64_t>(bytes->size());
      const std::string_view head(bytes->data(), std::min<std::size_t>(bytes->size(), 12));
      if (whole.mime.empty())
        whole.mime = head.substr(0, 4) == "\x89PNG"    ? "image/png"
                     : head.substr(0, 2) == "\xFF\xD8" ? "image/jpeg"
                     : head.substr(0, 4) == "RIFF"     ? "image/webp"
                     : head.substr(0, 3) == "GIF"      ? "image/gif"
                                                       : "application/octet-stream";
      return whole;
    };
    asset = co_await base::on_pool<Asset>(context.pool, std::move(look));
  }
  if (asset.bytes > kUploadLimit) co_return Error(Errc::media_limit, "a picture of more than 100 MB cannot be sent");
  const bool fits = asset.bytes <= row_.inline_limit;
  if (row_.upload != nullptr && (own_upload || !fits)) co_return co_await uploaded(asset, context);
  if (!fits)
    co_return Error(Errc::media_limit, std::string(row_.name) + " takes pictures of at most " +
                                           std::to_string(row_.inline_limit >> 10) + " kB: give a smaller one");
  std::function<Result<std::string>()> read = [context, asset]() -> Result<std::string> {
    VIDGEN_TRY(bytes, context.store->read(asset.sha256));
    return data_uri(bytes, asset.mime);
  };
  co_return co_await base::on_pool<Result<std::string>>(context.pool, std::move(read));
}

Async<Status> HostedBackend::fill_pictures(std::shared_ptr<CreateCall> call, GenerationInputs inputs,
                                           BackendContext context) {
  bool own_upload = row_.reconcile == Reconcile::list_reconcile && call->model.seed_bits == 0;
  if (inputs.first_frame) {
    Result<std::string> url = co_await picture(*inputs.first_frame, own_upload, context);
    if (!url) co_return url.error();
    call->first_frame = *url;
    if (std::exchange(own_upload, false)) call->mark = *url;
  }
  if (inputs.last_frame) {
    Result<std::string> url = co_await picture(*inputs.last_frame, own_upload, context);
    if (!url) co_return url.error();
    call->last_frame = *url;
    if (std::exchange(own_upload, false)) call->mark = *url;
  }
  if (call->model.fields.count("references") == 0) co_return Status();
  std::vector<Asset> pictures = inputs.references;
  pictures.insert(pictures.end(), inputs.images.begin(), inputs.images.end());
  for (const Asset& one : pictures) {
    if (static_cast<int>(call->references.size()) >= call->model.references_max) break;
    Result<std::string> url = co_await picture(one, own_upload, context);
    if (!url) co_return url.error();
    call->references.push_back(*url);
    if (std::exchange(own_upload, false)) call->mark = *url;
  }
  co_return Status();
}

}  // namespace vidgen::backends
