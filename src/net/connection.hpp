// SPDX-License-Identifier: Apache-2.0
// Connection: one TCP connection to a server, through a proxy or not, with TLS or without. TlsSetup: what all TLS
// connections of a transport share, made for the first of them.
//
// Engine's thread only. Every operation takes a point in time by which it ends with Errc::timeout. After an error or a
// cancellation the connection is of no more use: destroy it.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "net/wire.hpp"

namespace vidgen::net {

class TlsSetup {
 public:
  TlsSetup();
  ~TlsSetup();
  // The system's certificates, or those of the file. Errc::tls, file_missing. The work is done once.
  Status load(const std::string& ca_file);
  struct Context;
  Context& context() { return *context_; }

 private:
  std::unique_ptr<Context> context_;
};

class Connection {
 public:
  explicit Connection(asio::any_io_executor io);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // The call's addresses one after the other, CONNECT where there is a proxy for https, the handshake with the name
  // checked. Errc::network, tls, timeout.
  Async<Status> open(const Call& call, TlsSetup& tls);
  // All of it. Errc::network, timeout.
  Async<Status> write(std::string_view bytes, TimePoint deadline);
  // Some bytes behind those in `to`; none means that the peer closed. Errc::network, timeout.
  Async<Result<std::size_t>> read(std::string& to, std::size_t most, TimePoint deadline);
  // Nothing was received since the last answer, not even the peer's farewell.
  bool is_quiet() const;

  bool reused = false;
  TimePoint idle_since;

 private:
  struct Streams;
  Async<Status> connect(const Call& call, TimePoint deadline);
  Async<Status> ask_proxy(const Call& call, TimePoint deadline);
  Async<Status> shake_hands(const Call& call, TlsSetup& tls);
  std::unique_ptr<Streams> streams_;
};

}  // namespace vidgen::net
