// SPDX-License-Identifier: Apache-2.0
#include "cli/records.hpp"

#include <algorithm>
#include <ctime>

#include "vidgen/request.hpp"

namespace vidgen::cli {

std::string when(std::int64_t ms) {
  std::time_t t = static_cast<std::time_t>(ms / 1000);
  std::tm tm{};
  ::localtime_r(&t, &tm);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &tm);
  return text;
}

std::string prompt_of(const JobRecord& job) {
  auto request = request_from_json(job.request);
  return request ? request->prompt : std::string();
}

std::string shortened(std::string s, std::size_t most) {
  std::replace(s.begin(), s.end(), '\n', ' ');
  if (s.size() > most) s = s.substr(0, most - 1) + "…";
  return s;
}

}  // namespace vidgen::cli
