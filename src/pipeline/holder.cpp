// SPDX-License-Identifier: Apache-2.0
#include "pipeline/holder.hpp"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "base/files.hpp"
#include "base/random.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> out(1);
  for (char c : text) {
    if (c == at)
      out.emplace_back();
    else
      out.back() += c;
  }
  return out;
}

std::string read_boot() {
  std::string boot = base::read_file("/proc/sys/kernel/random/boot_id").value_or("");
  boot.erase(std::remove_if(boot.begin(), boot.end(), [](char c) { return c == '\n' || c == '.'; }), boot.end());
  return boot;
}

// Processes that see each other's numbers have this in common.
std::string place() {
  static const std::string boot = read_boot();  // no process lives in two
  char space[64];
  const ssize_t size = ::readlink("/proc/self/ns/pid", space, sizeof space);
  std::string number;
  for (ssize_t i = 0; i < size; ++i)
    if (space[i] >= '0' && space[i] <= '9') number += space[i];
  return boot + "." + number;
}

// In clock ticks since the machine started; empty where there is no such process. Its name may hold spaces and brackets.
std::string start_time(const std::string& pid) {
  const std::string stat = base::read_file("/proc/" + pid + "/stat").value_or("");
  const auto name_ends = stat.rfind(')');
  if (name_ends == std::string::npos) return {};
  const std::vector<std::string> rest = split(stat.substr(name_ends + 1), ' ');
  const bool gone = rest.size() < 21 || rest[1] == "Z" || rest[1] == "X";
  return gone ? std::string() : rest[20];
}

}  // namespace

std::string holder_name() {
  const std::string pid = std::to_string(::getpid());
  return place() + "." + pid + "." + start_time(pid) + "." + base::unique_id();
}

bool holder_is_dead(const std::string& holder) {
  const std::vector<std::string> part = split(holder, '.');
  if (part.size() != 5 || part[0].empty() || part[0] + "." + part[1] != place()) return false;
  return start_time(part[2]) != part[3];
}

int holder_process(const std::string& holder) {
  const std::vector<std::string> part = split(holder, '.');
  int pid = 0;
  if (part.size() == 5 && part[0] + "." + part[1] == place())
    std::from_chars(part[2].data(), part[2].data() + part[2].size(), pid);
  return pid;
}

VIDGEN_NAMESPACE_END
