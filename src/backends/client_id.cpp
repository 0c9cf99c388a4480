// SPDX-License-Identifier: Apache-2.0
// Providers that take a job's id from us: a lost one is looked up.
#include "backends/hosted.hpp"
#include "base/digest.hpp"

namespace vidgen::backends {

std::string client_id_of(const Attempt& a) {
  std::string id = base::sha256_hex(a.job + "/" + a.key + "/" + std::to_string(a.number)).substr(0, 32);
  for (std::size_t at : {20U, 16U, 12U, 8U}) id.insert(at, 1, '-');
  return id;
}

// Nothing is known of a job by its own address: it has not ended, or ended between two looks, or is not there.
Async<Result<RemoteAnswer>> HostedBackend::among_unfinished(std::string id, BackendContext context) {
  HttpRequest request = row_.list(access_, 0, {});
  Result<HttpResponse> response = co_await send(request, flow::CallKind::read, "listing jobs", context);
  if (!response) co_return response.error();
  Result<ListPage> page = row_.read_list(*response);
  if (!page) co_return page.error();
  for (const RemoteAnswer& one : page->jobs)
    if (one.job.id == id) co_return one;
  HttpRequest again = row_.get(access_, id);
  response = co_await send(again, flow::CallKind::read, "asking after " + id, context);
  if (!response) co_return response.error();
  Result<RemoteAnswer> answer = row_.read_get(access_, id, *response);
  if (!answer || answer->job.state != RemoteState::unknown) co_return answer;
  co_return Error(Errc::not_found, std::string(row_.name) + " knows no job " + id + ": it was restarted or cleared");
}

}  // namespace vidgen::backends
