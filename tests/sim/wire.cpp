// SPDX-License-Identifier: Apache-2.0
#include "wire.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "base/digest.hpp"
#include "base/files.hpp"

namespace vidgen::sim {
namespace {

constexpr auto kForever = std::chrono::hours(1000);

Nanos ms(std::uint64_t n) {
  return std::chrono::milliseconds(n);
}

bool append(const std::string& path, const std::string& bytes) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) return false;
  const bool whole = ::write(fd, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
  ::close(fd);
  return whole;
}

}  // namespace

HttpResponse SimWire::broken(Sent sent, Errc code) {
  HttpResponse r;
  r.sent = sent;
  r.error = Error(code, "the connection broke");
  return r;
}

HttpResponse SimWire::gateway() {
  constexpr int kStatuses[] = {502, 503, 504};
  HttpResponse r;
  r.sent = Sent::answered;
  r.status = kStatuses[world_.random.below(3)];
  r.body = "<html>bad gateway</html>";
  r.headers["content-type"] = "text/html";
  return r;
}

Async<HttpResponse> SimWire::exchange(HttpRequest request) {
  if (request.headers.count("authorization") != 0 && request.url.find("api.replicate.com") == std::string::npos)
    provider_.complaints.push_back("the key was sent to another host");
  co_await base::sleep_for(ms(1 + world_.random.below(80)));
  if (!*alive_) co_await base::sleep_for(kForever);
  if (world_.strikes(Fault::not_connected)) co_return broken(Sent::not_sent, Errc::network);
  if (world_.strikes(Fault::cut_before)) co_return broken(Sent::sent_unknown, Errc::network);
  if (world_.strikes(Fault::gateway_before)) co_return gateway();
  if (!request.save_to.empty()) co_return co_await download(std::move(request));
  const bool create = request.method == "POST" && request.url.find("/cancel") == std::string::npos;
  if (world_.strikes(Fault::throttled)) {
    HttpResponse r;
    r.sent = Sent::answered;
    r.status = 429;
    r.headers["retry-after"] = std::to_string(1 + world_.random.below(20));
    r.headers["date"] = http_date(world_.provider_ms());
    co_return r;
  }
  const bool twice = create && world_.strikes(Fault::doubled);
  HttpResponse response = provider_.serve(request, twice);
  if (!*alive_) co_await base::sleep_for(kForever);
  if (create && response.status == 201 && world_.strikes(Fault::webhook_early) && provider_.tell)
    provider_.tell(provider_.predictions().back());
  const bool slow = world_.strikes(Fault::slow);
  co_await base::sleep_for(ms(slow ? 60'000 : world_.random.below(200)));
  if (!*alive_) co_await base::sleep_for(kForever);
  if (slow) co_return broken(Sent::sent_unknown, Errc::timeout);
  if (world_.strikes(Fault::cut_after)) co_return broken(Sent::sent_unknown, Errc::network);
  if (world_.strikes(Fault::gateway_after)) co_return gateway();
  if (world_.strikes(Fault::garbled)) response.body = response.body.substr(0, response.body.size() / 2);
  co_return response;
}

Async<HttpResponse> SimWire::download(HttpRequest request) {
  HttpResponse r;
  r.sent = Sent::answered;
  r.headers["date"] = http_date(world_.provider_ms());
  const std::string* there = provider_.deliver(request.url);
  r.status = there != nullptr ? 200 : 404;
  if (there == nullptr) co_return r;
  const std::string bytes = *there;
  co_await base::sleep_for(ms(world_.random.below(3000)));
  if (!*alive_) co_await base::sleep_for(kForever);
  const bool cut = world_.strikes(Fault::cut_download);
  const std::string got = cut ? bytes.substr(0, bytes.size() / 2) : bytes;
  r.headers["content-type"] = bytes.substr(0, 4) == "\x89PNG" ? "image/png" : bytes.substr(0, 4) == "RIFF" ? "audio/wav" : "video/mp4";
  if (!append(request.save_to, got)) {
    r.error = base::errno_error("cannot write " + request.save_to);
    co_return r;
  }
  HttpFile file;
  file.bytes = static_cast<std::int64_t>(got.size());
  if (!cut) file.sha256 = base::sha256_hex(got);
  r.file = std::move(file);
  if (cut) r.error = Error(Errc::network, "the connection broke");
  co_return r;
}

}  // namespace vidgen::sim
