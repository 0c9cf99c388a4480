// SPDX-License-Identifier: Apache-2.0
// World: what every part of a history shares: its random numbers, its time, its faults, and what was seen of them. One
// seed is one history. Thread-safety: none; one thread.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/point.hpp"
#include "base/random.hpp"
#include "base/timer.hpp"
#include "vidgen/clock.hpp"

namespace vidgen::sim {

using Nanos = std::chrono::nanoseconds;

// VIDGEN_FAULT(name, what happens)
#define VIDGEN_FAULTS(F)                                                                    \
  F(not_connected, "no connection: nothing was sent")                                       \
  F(cut_before, "the connection breaks before the request was taken")                       \
  F(cut_after, "the request was carried out, its answer is lost")                           \
  F(gateway_before, "a gateway says 502, 503 or 504; nothing was carried out")              \
  F(gateway_after, "a gateway says 502, 503 or 504; the request was carried out")           \
  F(garbled, "a 2xx whose body makes no sense; the request was carried out")                \
  F(throttled, "429, with a time to wait")                                                  \
  F(slow, "the answer takes minutes")                                                       \
  F(doubled, "a proxy sends the request twice")                                             \
  F(hidden, "the new job is missing from the list for a while")                             \
  F(hidden_long, "the new job is missing from the list for longer than the settle window")  \
  F(run_fails, "the run fails for good")                                                    \
  F(run_fails_once, "the run fails, another may succeed")                                   \
  F(run_refused, "the run is refused for its content")                                      \
  F(run_cancelled, "somebody cancels the run at the provider")                              \
  F(run_long, "the run takes twenty minutes")                                               \
  F(overcharged, "the run costs more than its worst case")                                  \
  F(short_clip, "the clip comes back shorter than promised")                                \
  F(broken_clip, "the clip cannot be decoded")                                              \
  F(cut_download, "the download breaks in the middle")                                      \
  F(expired, "the result is deleted before it was fetched")                                 \
  F(forgotten, "the provider does not know its own job any more")                           \
  F(webhook_early, "the webhook comes before the answer to the create")                     \
  F(webhook_twice, "the webhook comes twice, and late")                                     \
  F(clock_forward, "our clock jumps forward")                                               \
  F(clock_back, "our clock jumps back")                                                     \
  F(price_change, "the price of the model changes")                                         \
  F(killed, "the process is killed")                                                        \
  F(power_lost, "the power goes")                                                           \
  F(paused, "the process sleeps for longer than its lease")                                 \
  F(second_process, "another process attaches to the job")                                  \
  F(stopped, "the process is told to stop")                                                 \
  F(cancelled, "the job is cancelled")                                                      \
  F(disk_full, "the disk is full")                                                          \
  F(disk_broken, "the disk says that it cannot write")                                      \
  F(tight_budget, "the budget ends in the middle")

enum class Fault {
#define F(name, what) name,
  VIDGEN_FAULTS(F)
#undef F
      count
};
inline constexpr std::string_view kFaultNames[] = {
#define F(name, what) #name,
    VIDGEN_FAULTS(F)
#undef F
};

// How often what was met, over all histories of this process.
struct Met {
  std::array<std::int64_t, static_cast<std::size_t>(Fault::count)> faults{};
  std::array<std::int64_t, std::size(base::kPointNames)> points{};
  std::array<std::int64_t, std::size(base::kPointNames)> deaths{};  // at points
};

class World {
 public:
  explicit World(std::uint64_t seed) : random(seed) {}

  // With a chance of `per_mille` of those faults that this history has at all.
  bool strikes(Fault fault) {
    const auto i = static_cast<std::size_t>(fault);
    if (calm || chance[i] == 0 || random.below(1000) >= static_cast<std::uint64_t>(chance[i])) return false;
    ++met.faults[i];
    note(std::string("fault: ") + std::string(kFaultNames[i]));
    return true;
  }
  void note(const std::string& line) {
    if (trace) lines.push_back(std::to_string(now.count() / 1'000'000) + " ms: " + line);
  }
  std::int64_t provider_ms() const { return kEpochMs + now.count() / 1'000'000; }

  static constexpr std::int64_t kEpochMs = 1'795'000'000'000;  // November 2026

  base::Random random;
  Nanos now{0};
  std::int64_t clock_off_ms = 0;  // of our clock, against the provider's
  std::array<int, static_cast<std::size_t>(Fault::count)> chance{};
  bool calm = false;  // no more faults: what is left has to come to an end
  bool trace = false;
  std::vector<std::string> lines;
  static inline Met met;
  static inline std::vector<Fault> always;  // that every history has
};

class SimClock final : public Clock {
 public:
  explicit SimClock(World& world) : world_(world) {}
  std::int64_t now_ms() override { return world_.provider_ms() + world_.clock_off_ms; }

 private:
  World& world_;
};

}  // namespace vidgen::sim
