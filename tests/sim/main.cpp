// SPDX-License-Identifier: Apache-2.0
// Deterministic simulation: histories of a film, each from one seed, judged by what was promised.
//
//   sim_tests [--with FAULT,FAULT] [--seeds 2000] [--from 1] [--jobs 2] [--stop 0] [--trace SEED]
//
// A seed that breaks a promise is printed, and the last one that is looked at with `--stop 1`; `--trace SEED` replays it
// and tells what happened. `--with cancelled,disk_full` gives every history these faults beside those that it draws, `--with
// pairs` two by its seed, so that 630 in a row have each pair; given first.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "av/versions.hpp"
#include "history.hpp"
#include "world.hpp"

// There when clang's counters are linked in (tools/coverage_money.py): a worker writes them before it ends.
extern "C" __attribute__((weak)) int __llvm_profile_write_file();

namespace vidgen::sim {
namespace {

constexpr double kLeastShare = 0.95;  // of the fault points that have to be met

bool pairs = false;

// The pair of faults that is this seed's.
void take_pair(std::uint64_t seed) {
  constexpr std::uint64_t kAll = static_cast<std::uint64_t>(Fault::count);
  std::uint64_t left = seed % (kAll * (kAll - 1) / 2), first = 0;
  while (left >= kAll - 1 - first) left -= kAll - 1 - first++;
  World::always = {static_cast<Fault>(first), static_cast<Fault>(first + 1 + left)};
}

struct Sums {
  long long histories = 0, films = 0, lives = 0, bad = 0;
  double hours = 0;
  Met met;
};

void run(std::uint64_t from, std::uint64_t to, std::uint64_t every, bool stop, Sums& sums) {
  for (std::uint64_t seed = from; seed < to && !(stop && sums.bad > 0); seed += every) {
    if (pairs) take_pair(seed);
    const Told told = run_history(seed, false);
    ++sums.histories;
    sums.films += told.film.empty() ? 0 : 1;
    sums.lives += told.lives;
    sums.hours += told.hours;
    if (told.wrong.empty()) continue;
    ++sums.bad;
    for (const std::string& what : told.wrong) std::printf("seed %llu: %s\n", static_cast<unsigned long long>(seed), what.c_str());
    std::fflush(stdout);
  }
  sums.met = World::met;
}

template <class T>
void add(T& to, const T& from) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += from[i];
}

// One process a core: the hooks are a process's own.
Sums run_all(std::uint64_t from, std::uint64_t seeds, unsigned jobs, bool stop) {
  Sums all;
  std::vector<int> pipes;
  for (unsigned n = 0; n < jobs; ++n) {
    int ends[2];
    if (::pipe(ends) != 0) std::abort();
    if (::fork() == 0) {
      Sums sums;
      run(from + n, from + seeds, jobs, stop, sums);
      const bool told = ::write(ends[1], &sums, sizeof sums) == sizeof sums;
      std::error_code ignored;
      std::filesystem::remove_all("/dev/shm/vidgen-sim-" + std::to_string(::getpid()), ignored);
      if (__llvm_profile_write_file != nullptr) (void)__llvm_profile_write_file();
      ::_exit(told ? 0 : 1);
    }
    ::close(ends[1]);
    pipes.push_back(ends[0]);
  }
  for (const int end : pipes) {
    Sums one;
    if (::read(end, &one, sizeof one) == sizeof one) {
      all.histories += one.histories;
      all.films += one.films;
      all.lives += one.lives;
      all.bad += one.bad;
      all.hours += one.hours;
      add(all.met.faults, one.met.faults);
      add(all.met.points, one.met.points);
      add(all.met.deaths, one.met.deaths);
    } else {
      ++all.bad;
      std::printf("a worker ended without telling what it saw\n");
    }
    ::close(end);
  }
  while (::wait(nullptr) > 0) continue;
  return all;
}

template <class Counts, class Names>
void print(const char* title, const Counts& counts, const Names& names, int& met, int& of) {
  std::printf("%s:", title);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    std::printf(" %s %lld", std::string(names[i]).c_str(), static_cast<long long>(counts[i]));
    met += counts[i] > 0 ? 1 : 0;
    ++of;
  }
  std::printf("\n");
}

int report(const Sums& sums, bool all_met) {
  int met = 0, of = 0;
  print("faults", sums.met.faults, kFaultNames, met, of);
  print("points passed", sums.met.points, base::kPointNames, met, of);
  print("deaths at", sums.met.deaths, base::kPointNames, met, of);
  std::printf("%lld histories, %lld films, %lld processes, %.0f hours; %d of %d fault points met; %lld broke a promise\n",
              sums.histories, sums.films, sums.lives, sums.hours, met, of, sums.bad);
  if (all_met && met < kLeastShare * of) {
    std::printf("fewer than %.0f %% of the fault points were met\n", kLeastShare * 100);
    return 1;
  }
  return sums.bad == 0 ? 0 : 1;
}

int replay(std::uint64_t seed) {
  if (pairs) take_pair(seed);
  const Told told = run_history(seed, true);
  for (const std::string& line : told.lines) std::printf("%s\n", line.c_str());
  for (const std::string& what : told.wrong) std::printf("WRONG: %s\n", what.c_str());
  std::printf("seed %llu: %d lives, %.2f hours, film %s\n", static_cast<unsigned long long>(seed), told.lives, told.hours,
              told.film.c_str());
  return told.wrong.empty() ? 0 : 1;
}

// The faults of a list with commas; false where one of them has no such name.
bool always(std::string_view names) {
  pairs = names == "pairs";
  if (pairs) return true;
  while (!names.empty()) {
    const std::string_view name = names.substr(0, names.find(','));
    const auto* found = std::find(std::begin(kFaultNames), std::end(kFaultNames), name);
    if (found == std::end(kFaultNames)) {
      std::printf("there is no fault \"%s\"\n", std::string(name).c_str());
      return false;
    }
    World::always.push_back(static_cast<Fault>(found - std::begin(kFaultNames)));
    names.remove_prefix(std::min(names.size(), name.size() + 1));
  }
  return true;
}

}  // namespace
}  // namespace vidgen::sim

int main(int argc, char** argv) {
  vidgen::av::silence();  // broken clips are what it is about
  std::uint64_t seeds = 2000, from = 1;
  unsigned jobs = 2;
  bool stop = false;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::uint64_t value = std::strtoull(argv[i + 1], nullptr, 10);
    if (std::strcmp(argv[i], "--with") == 0 && !vidgen::sim::always(argv[i + 1])) return 2;
    if (std::strcmp(argv[i], "--trace") == 0) return vidgen::sim::replay(value);
    if (std::strcmp(argv[i], "--seeds") == 0) seeds = value;
    if (std::strcmp(argv[i], "--from") == 0) from = value;
    if (std::strcmp(argv[i], "--jobs") == 0) jobs = static_cast<unsigned>(value);
    if (std::strcmp(argv[i], "--stop") == 0) stop = value != 0;
  }
  return vidgen::sim::report(vidgen::sim::run_all(from, seeds, jobs, stop), seeds >= 1000);
}
