// SPDX-License-Identifier: Apache-2.0
#include "net/idle.hpp"

#include <algorithm>

namespace vidgen::net {

void IdleConnections::drop_old() {
  const TimePoint oldest = Clock::now() - options_.idle_limit;
  while (!kept_.empty() && kept_.back().connection->idle_since < oldest) kept_.pop_back();
}

std::unique_ptr<Connection> IdleConnections::take(const std::string& key) {
  drop_old();
  for (auto at = kept_.begin(); at != kept_.end();) {
    if (at->key != key) {
      ++at;
      continue;
    }
    std::unique_ptr<Connection> connection = std::move(at->connection);
    at = kept_.erase(at);
    if (connection->is_quiet()) return connection;
  }
  return nullptr;
}

void IdleConnections::put(std::string key, std::unique_ptr<Connection> connection) {
  connection->idle_since = Clock::now();
  connection->reused = true;
  const auto same = std::count_if(kept_.begin(), kept_.end(), [&key](const Kept& kept) { return kept.key == key; });
  if (same >= options_.max_idle_per_origin) return;
  kept_.emplace_front(std::move(key), std::move(connection));
  drop_old();
  if (static_cast<std::int64_t>(kept_.size()) > options_.max_idle) kept_.pop_back();
}

}  // namespace vidgen::net
