// SPDX-License-Identifier: Apache-2.0
// What a ModelBackend does that knows nothing better: it asks again and again.
#include <algorithm>
#include <chrono>

#include "base/timer.hpp"
#include "vidgen/backend.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {
constexpr auto kFirstPoll = std::chrono::milliseconds(10);
constexpr auto kLongestPoll = std::chrono::milliseconds(200);
}  // namespace

Async<Result<RemoteJob>> ModelBackend::follow(RemoteJob job, BackendContext context) {
  auto pause = std::chrono::duration_cast<std::chrono::milliseconds>(kFirstPoll);
  while (job.state == RemoteState::queued || job.state == RemoteState::running || job.state == RemoteState::unknown) {
    if (context.stop.stop_requested()) co_return Error(Errc::interrupted, "the wait for the provider was stopped");
    co_await base::sleep_for(pause);
    pause = std::min<std::chrono::milliseconds>(pause * 2, kLongestPoll);
    std::string id = job.id;
    Result<RemoteJob> now = co_await get(id, context);
    if (!now) co_return now.error();
    job = *now;
    if (context.heard) context.heard(job);
    if (context.progress) context.progress(job.fraction);
  }
  co_return job;
}

Async<Result<std::vector<Sighting>>> ModelBackend::sightings(std::vector<Attempt>, BackendContext) {
  co_return std::vector<Sighting>();
}

Status ModelBackend::deliver(RemoteJob) {
  return Error(Errc::unsupported, name() + " has no webhooks");
}

VIDGEN_NAMESPACE_END
