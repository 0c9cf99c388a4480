// SPDX-License-Identifier: Apache-2.0
// Any bytes as what the journal and plans hold (plans, generation requests, outcomes, events, films): refused, or
// written and read back to the same bytes.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "vidgen/generation.hpp"
#include "vidgen/job.hpp"
#include "vidgen/phase.hpp"
#include "vidgen/plan.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

template <class Read>
void round_trip(std::string_view text, Read read) {
  auto value = read(text);
  if (!value) return;
  std::string written = to_json(*value);
  auto again = read(written);
  if (!again || to_json(*again) != written) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  round_trip(text, vidgen::plan_from_json);
  round_trip(text, vidgen::generation_from_json);
  round_trip(text, vidgen::step_outcome_from_json);
  round_trip(text, vidgen::event_from_json);
  round_trip(text, vidgen::film_from_json);
  return 0;
}
