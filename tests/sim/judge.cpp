// SPDX-License-Identifier: Apache-2.0
#include "judge.hpp"

#include <algorithm>
#include <filesystem>
#include <map>

#include "base/files.hpp"
#include "flow/budget.hpp"
#include "journal/sqlite.hpp"

namespace vidgen::sim {
namespace {

using Wrong = std::vector<std::string>;

std::string dollars(std::int64_t micros) {
  return Money::micros(micros).to_string();
}

// Nobody could have known of it: the list did not show it while the job lasted, or shows it without its input.
bool unseen(const World& world, const Prediction& p) {
  return p.hidden_long || p.expires || p.forgotten || world.provider_ms() < p.shown_ms + 1000;
}

// I2: what was paid for and succeeded is used, or shown as an orphan with its price.
void nothing_lost(const World& world, const SimProvider& provider, const std::vector<AttemptRecord>& attempts, Wrong& wrong) {
  std::map<std::string, const AttemptRecord*> by_id;
  for (const AttemptRecord& a : attempts) by_id[a.provider_id] = &a;
  for (const Prediction& p : provider.predictions()) {
    const auto found = by_id.find(p.id);
    if (found == by_id.end()) {
      if (!unseen(world, p)) wrong.push_back("I2: nobody knows of " + p.id + ", " + dollars(p.charged));
      continue;
    }
    const AttemptRecord& a = *found->second;
    const bool whole = p.ended && p.end == Prediction::End::succeeds && !p.cancelled;
    const bool used = a.state == "verified" || a.orphan;
    const bool lost_there = p.expires || p.broken || p.forgotten || a.detail.find("expired") != a.detail.npos;
    if (whole && !used && !lost_there && a.state != "cancelled")
      wrong.push_back("I2: " + p.id + " was paid for and is not used: " + a.state + ", " + a.detail);
  }
}

// I3: the two ledgers are one, to the micro-dollar.
void ledgers_agree(World& world, const SimProvider& provider, const std::vector<AttemptRecord>& attempts, Wrong& wrong) {
  std::int64_t ours = 0;
  bool unknowable = false;
  for (const AttemptRecord& a : attempts) {
    ours += a.settled.micros();
    const flow::Held held = flow::held(a.state);
    unknowable = unknowable || held == flow::Held::unclear;  // given up by a person; it stays on the books
    if (held == flow::Held::reserved)
      wrong.push_back("I3: an attempt is open at the end: " + a.step + ", " + a.state + ", " + a.detail);
  }
  for (const Prediction& p : provider.predictions()) {
    const bool owned = std::any_of(attempts.begin(), attempts.end(), [&](const AttemptRecord& a) { return a.provider_id == p.id; });
    unknowable = unknowable || p.forgotten || (!owned && unseen(world, p));
    if (!p.ended && (owned || !unseen(world, p))) wrong.push_back("I3: " + p.id + " still runs at the end");
  }
  if (!unknowable && ours != provider.charged())
    wrong.push_back("I3: our books say " + std::to_string(ours) + ", the provider's " + std::to_string(provider.charged()));
}

// I8: the key is nowhere.
void no_secret(const SimDisk& disk, Wrong& wrong) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(disk.root())) {
    if (!entry.is_regular_file()) continue;
    const std::string bytes = base::read_file(entry.path().string()).value_or("");
    if (bytes.find(kCanary) != bytes.npos) wrong.push_back("I8: the key lies in " + entry.path().string());
  }
}

// I9: never more than 600 creates in any minute.
void within_rate(const SimProvider& provider, Wrong& wrong) {
  const auto& all = provider.predictions();
  for (std::size_t i = 600; i < all.size(); ++i)
    if (all[i].created_ms - all[i - 600].created_ms < 60'000) wrong.push_back("I9: more than 600 creates in a minute");
}

}  // namespace

std::vector<std::string> judge(World& world, SimDisk& disk, const SimProvider& provider, const Order& order) {
  Wrong wrong;
  boost::asio::io_context idle(1);
  auto journal = journal::open_sqlite(disk.root() + "/films/vidgen.db", idle.get_executor());
  if (!journal) return {"the journal cannot be opened at the end: " + journal.error().describe()};
  auto attempts = (*journal)->attempts(order.id);
  if (!attempts) return {"the attempts cannot be read at the end: " + attempts.error().describe()};
  nothing_lost(world, provider, *attempts, wrong);
  ledgers_agree(world, provider, *attempts, wrong);
  no_secret(disk, wrong);
  within_rate(provider, wrong);
  return wrong;
}

}  // namespace vidgen::sim
