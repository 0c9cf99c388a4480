// SPDX-License-Identifier: Apache-2.0
// SimWire: a transport of one process to the provider, in the world's time, with the world's faults.
#pragma once

#include "disk.hpp"
#include "provider.hpp"

namespace vidgen::sim {

class SimWire final : public Transport {
 public:
  // `alive`: of the process that it belongs to; what a dead one sends goes nowhere.
  SimWire(World& world, SimProvider& provider, std::shared_ptr<const bool> alive)
      : world_(world), provider_(provider), alive_(std::move(alive)) {}
  Async<HttpResponse> exchange(HttpRequest request) override;

 private:
  Async<HttpResponse> download(HttpRequest request);
  HttpResponse broken(Sent sent, Errc code);
  HttpResponse gateway();

  World& world_;
  SimProvider& provider_;
  std::shared_ptr<const bool> alive_;
};

}  // namespace vidgen::sim
