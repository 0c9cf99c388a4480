// SPDX-License-Identifier: Apache-2.0
// Wire: what differs between the two transports: it sends one request to one origin whose addresses are known and
// allowed, and hands the answer over. It follows no redirect and decodes nothing. The rest, exchange.cpp does for both.
//
// All calls are made on the engine's thread. Cancellation: terminal; run() ends at once and its connection is closed.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "net/address.hpp"
#include "net/answer.hpp"
#include "net/body.hpp"
#include "net/proxy.hpp"
#include "net/timeout.hpp"
#include "net/url.hpp"

namespace vidgen::net {

// All of it is borrowed from the exchange, which outlives run().
struct Call {
  Call() = default;
  Url url;
  std::string method;
  std::vector<std::pair<std::string, std::string>> headers;  // checked; without Host, Content-Length and Connection
  std::vector<Address> addresses;                            // of the host, or of the proxy; checked
  std::optional<Proxy> proxy;
  UrlTrust trust = UrlTrust::trusted;
  HttpDeadlines deadlines;
  TimePoint end;  // of the whole exchange
  bool fresh = false;
  bool idempotent = false;  // may be sent again when a kept connection turns out to be dead
  Body* body = nullptr;
  Answer* answer = nullptr;

  std::uint16_t port() const { return proxy ? proxy->port : url.port; }
  // "<url>: <words>"
  Error error(Errc code, std::string_view words) const { return {code, url.shown() + ": " + std::string(words)}; }
};

struct Outcome {
  Outcome() = default;
  Outcome(Sent how_far, Error what) : sent(how_far), error(std::move(what)) {}
  Sent sent = Sent::answered;
  std::optional<Error> error;  // empty: the whole answer is in call.answer
};

class Wire {
 public:
  virtual ~Wire() = default;
  virtual Async<Outcome> run(Call& call) = 0;
};

// What a wire is made of; it lives as long as the engine.
struct WireContext {
  WireContext(asio::any_io_executor io_executor, asio::any_io_executor pool, const TransportOptions& opts)
      : io(std::move(io_executor)), files(std::move(pool)), options(opts) {}
  asio::any_io_executor io;     // the engine's thread
  asio::any_io_executor files;  // for what blocks on the disk
  const TransportOptions& options;
};

std::unique_ptr<Wire> make_beast_wire(WireContext context);
std::unique_ptr<Wire> make_curl_wire(WireContext context);

}  // namespace vidgen::net
