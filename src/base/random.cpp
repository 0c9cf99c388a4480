// SPDX-License-Identifier: Apache-2.0
#include "base/random.hpp"

#include <sys/random.h>
#include <time.h>

#include <chrono>
#include <cstdio>

#include "vidgen/clock.hpp"

namespace vidgen::base {

namespace {
std::int64_t now_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

class MachineClock final : public Clock {
 public:
  std::int64_t now_ms() override { return base::now_ms(); }
};
}  // namespace

std::string unique_id() {
  std::uint32_t bits = 0;
  if (::getrandom(&bits, sizeof bits, 0) != sizeof bits)
    bits = static_cast<std::uint32_t>(Random(static_cast<std::uint64_t>(now_ms())).next());
  std::time_t seconds = static_cast<std::time_t>(now_ms() / 1000);
  std::tm tm{};
  ::gmtime_r(&seconds, &tm);
  char text[64];
  std::snprintf(text, sizeof text, "%04d%02d%02d-%08x", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, bits);
  return text;
}

}  // namespace vidgen::base

VIDGEN_NAMESPACE_BEGIN

std::shared_ptr<Clock> machine_clock() {
  return std::make_shared<base::MachineClock>();
}

VIDGEN_NAMESPACE_END
