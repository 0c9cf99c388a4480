// SPDX-License-Identifier: Apache-2.0
// IdleConnections: connections that are kept for the next request to the same origin, newest first. Old and broken ones
// are dropped when somebody looks, never by a timer, so that a transport at rest does nothing. Engine's thread only.
#pragma once

#include <list>
#include <memory>
#include <string>

#include "net/connection.hpp"

namespace vidgen::net {

class IdleConnections {
 public:
  explicit IdleConnections(const TransportOptions& options) : options_(options) {}

  // Null when there is none that is alive.
  std::unique_ptr<Connection> take(const std::string& key);
  void put(std::string key, std::unique_ptr<Connection> connection);

 private:
  struct Kept {
    Kept(std::string k, std::unique_ptr<Connection> c) : key(std::move(k)), connection(std::move(c)) {}
    std::string key;
    std::unique_ptr<Connection> connection;
  };
  void drop_old();

  const TransportOptions& options_;
  std::list<Kept> kept_;  // the newest first
};

}  // namespace vidgen::net
