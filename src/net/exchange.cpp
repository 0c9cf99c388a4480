// SPDX-License-Identifier: Apache-2.0
#include "net/exchange.hpp"

#include <algorithm>

#include "base/offload.hpp"
#include "base/try.hpp"
#include "net/headers.hpp"

namespace vidgen::net {
namespace {

constexpr int kMaxRedirects = 3;

Status check_request(const HttpRequest& request) {
  if (!is_token(request.method) || request.method == "CONNECT")
    return Error(Errc::invalid_argument, "the method of an HTTP request is not a word that may be sent");
  if (request.redirects < 0 || request.redirects > kMaxRedirects)
    return Error(Errc::invalid_argument, "an HTTP request follows between 0 and 3 redirects");
  if (request.body_limit < 0) return Error(Errc::invalid_argument, "the limit of an answer's body is negative");
  if (!request.resume_tag.empty() && (request.save_to.empty() || request.method != "GET"))
    return Error(Errc::invalid_argument, "only a GET that is saved to a file can be continued");
  return check_headers(request);
}

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

bool is_safe(const std::string& method) {
  return method == "GET" || method == "HEAD";
}

// One request of the chain that an exchange may be: where it goes and what may go with it.
struct Leg {
  Leg() = default;
  Url url;
  UrlTrust trust = UrlTrust::trusted;
  bool first_origin = true;  // headers of the caller may go along
};

class Exchange {
 public:
  Exchange(const HttpRequest& request, Parts& parts)
      : request_(request), parts_(parts), end_(until(request.deadlines.total, TimePoint::max())) {}

  Async<HttpResponse> run() {
    HttpResponse response;
    if (Status status = begin(); !status) {
      response.error = status.error();
      co_return response;
    }
    std::optional<Error> failed = co_await open_body();
    bool whole_file = request_.resume_tag.empty();
    while (!failed) {
      Answer answer(request_, leg_.url);
      Outcome outcome = co_await send(answer, whole_file);
      if (answer.must_restart() && !whole_file) {
        whole_file = true;
        continue;
      }
      response.sent = std::max(response.sent, outcome.sent);
      answer.tell(response);
      failed = outcome.error;
      if (failed || !may_follow(response)) break;
      if (Status status = follow(response); !status) failed = status.error();
    }
    response.error = failed;
    if (co_await is_cancelled())
      response.error = Error(Errc::cancelled, leg_.url.shown() + ": the exchange was cancelled");
    co_return response;
  }

 private:
  Status begin() {
    VIDGEN_CHECK(check_request(request_));
    VIDGEN_TRY(url, parse_url(request_.url));
    leg_.url = url;
    leg_.trust = request_.trust;
    return {};
  }

  Async<std::optional<Error>> open_body() {
    std::optional<Error> out;
    std::function<Status()> open = [this] { return body_.open(request_); };
    const bool blocks = !request_.body_file.empty() || !request_.parts.empty();
    Status status;
    if (blocks)
      status = co_await base::on_pool(parts_.files, std::move(open));
    else
      status = open();
    if (!status) out = status.error();
    co_return out;
  }

  // One leg: filter, proxy, lookup, filter again, then the wire, to the checked addresses only.
  Async<Outcome> send(Answer& answer, bool whole_file) {
    if (Status status = check_url(leg_.url, leg_.trust, parts_.options.allow_private); !status)
      co_return Outcome(Sent::not_sent, status.error());
    Call call = make_call(answer);
    auto proxy = proxy_for(call.url, parts_.options.proxy);
    if (!proxy) co_return Outcome(Sent::not_sent, proxy.error());
    call.proxy = std::move(*proxy);
    if (std::optional<Error> failed = co_await find(call); failed) co_return Outcome(Sent::not_sent, *failed);
    if (!whole_file) {
      std::function<Status()> prepare = [&answer] { return answer.prepare(); };
      const Status status = co_await base::on_pool(parts_.files, std::move(prepare));
      if (!status) co_return Outcome(Sent::not_sent, status.error());
    }
    call.headers = headers_for(answer);
    body_.rewind();
    if (co_await is_cancelled())
      co_return Outcome(Sent::not_sent, call.error(Errc::cancelled, "the exchange was cancelled"));
    co_return co_await parts_.wire.run(call);
  }

  Call make_call(Answer& answer) {
    Call call;
    call.url = leg_.url;
    call.method = request_.method;
    call.trust = leg_.trust;
    call.deadlines = request_.deadlines;
    call.end = end_;
    call.fresh = request_.fresh;
    call.idempotent = is_safe(request_.method);
    call.body = &body_;
    call.answer = &answer;
    return call;
  }

  // Fills the addresses: the proxy's, which is the user's own and not filtered, or the host's, which are.
  Async<std::optional<Error>> find(Call& call) {
    const std::string host = call.proxy ? call.proxy->host : call.url.host;
    std::optional<Error> out;
    if (const auto address = parse_address(host)) {
      call.addresses.push_back(*address);
    } else {
      auto found = co_await within(until(call.deadlines.resolve, call.end), parts_.resolver.lookup(host));
      if (!found)
        out = call.error(Errc::timeout, "the name " + host + " was not looked up in time");
      else if (!*found)
        out = call.error((*found).error().code(), (*found).error().message());
      else
        call.addresses = std::move(**found);
    }
    if (out || call.proxy) co_return out;
    for (const Address& address : call.addresses)
      if (Status status = check_address(address, call.url, call.trust, parts_.options.allow_private); !status)
        out = status.error();
    co_return out;
  }

  std::vector<std::pair<std::string, std::string>> headers_for(const Answer& answer) const {
    std::vector<std::pair<std::string, std::string>> out;
    const auto given = [this](std::string_view name) { return has_header(request_.headers, name); };
    for (const auto& [name, value] : request_.headers)
      if (leg_.first_origin || may_cross_origins(name)) out.emplace_back(name, value);
    if (!given("user-agent")) out.emplace_back("User-Agent", user_agent());
    if (!given("accept")) out.emplace_back("Accept", "*/*");
    out.emplace_back("Accept-Encoding", "identity");
    if (!body_.content_type().empty()) out.emplace_back("Content-Type", body_.content_type());
    if (answer.resume_from() > 0) {
      out.emplace_back("Range", "bytes=" + std::to_string(answer.resume_from()) + "-");
      out.emplace_back("If-Range", request_.resume_tag);
    }
    return out;
  }

  std::string user_agent() const {
    const std::string& own = parts_.options.user_agent;
    return own.empty() ? std::string("vidgen/") + kVersion : own;
  }

  bool may_follow(const HttpResponse& response) const {
    return request_.redirects > 0 && is_redirect(response.status) && is_safe(request_.method) &&
           response.headers.contains("location");
  }

  // Decides the next leg. Another origin is foreign, gets no headers that could hold a secret, and never leads away
  // from https.
  Status follow(HttpResponse& response) {
    const Url from = leg_.url;
    if (response.redirects >= request_.redirects)
      return Error(Errc::answer_invalid, from.shown() + ": the server redirects more often than is allowed");
    auto next = resolve_reference(from, response.headers.at("location"));
    if (!next) return next.error();
    if (from.https && !next->https)
      return Error(Errc::url_refused, next->shown() + ": a redirect leads from https to http");
    if (!same_origin(from, *next)) {
      leg_.first_origin = false;
      leg_.trust = UrlTrust::foreign;
    }
    leg_.url = *next;
    ++response.redirects;
    response.body.clear();
    response.file.reset();
    return {};
  }

  const HttpRequest& request_;
  Parts& parts_;
  TimePoint end_;
  Leg leg_;
  Body body_;
};

}  // namespace

Async<HttpResponse> run_exchange(const HttpRequest& request, Parts& parts) {
  Exchange exchange(request, parts);
  co_return co_await exchange.run();
}

}  // namespace vidgen::net
