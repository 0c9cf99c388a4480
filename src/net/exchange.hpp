// SPDX-License-Identifier: Apache-2.0
// What every exchange goes through, whatever carries it: checks, the address filter, the proxy, name lookup, redirects
// and the continuation of a cut file.
#pragma once

#include <memory>

#include "net/resolver.hpp"
#include "net/wire.hpp"
#include "vidgen/transport.hpp"

namespace vidgen::net {

// What exchanges of one engine share; it outlives them.
struct Parts {
  Parts(const TransportOptions& opts, asio::any_io_executor files_pool, Resolver& names, Wire& carrier)
      : options(opts), files(std::move(files_pool)), resolver(names), wire(carrier) {}
  const TransportOptions& options;
  asio::any_io_executor files;
  Resolver& resolver;
  Wire& wire;
};

// Runs on the engine's thread, with throw_if_cancelled(false). The request lives until it ends.
Async<HttpResponse> run_exchange(const HttpRequest& request, Parts& parts);

}  // namespace vidgen::net
