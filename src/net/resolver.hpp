// SPDX-License-Identifier: Apache-2.0
// Resolver: names to addresses, on two threads of its own that are started by the first lookup. Nothing is cached: the
// system does that. lookup() is called and completes on the engine's thread.
//
// Cancellation: terminal, at once; the system's call cannot be stopped and goes on without anybody waiting for it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "net/address.hpp"
#include "vidgen/async.hpp"

namespace vidgen::net {

using Lookup = std::function<Result<std::vector<std::string>>(const std::string& host)>;

class Resolver {
 public:
  // Without `lookup`, getaddrinfo.
  Resolver(asio::any_io_executor io, Lookup lookup);
  ~Resolver();  // waits for lookups under way
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;

  // Errc::network: there is no such name, or the lookup failed. Never empty.
  Async<Result<std::vector<Address>>> lookup(std::string host);

 private:
  struct Pool;
  asio::any_io_executor io_;
  Lookup lookup_;
  std::unique_ptr<Pool> pool_;
};

}  // namespace vidgen::net
