// SPDX-License-Identifier: Apache-2.0
#include "journal/groups.hpp"

#include <chrono>

#include "base/offload.hpp"

namespace vidgen::journal {
namespace {

constexpr auto kGather = std::chrono::milliseconds(2);

}  // namespace

Groups::Groups(std::function<Status(Group)> commit, std::function<bool()> alike)
    : commit_(std::move(commit)), alike_(std::move(alike)) {}

void Groups::start() {
  thread_ = std::thread([this] { loop(); });
}

Groups::~Groups() {
  {
    std::lock_guard lock(mutex_);
    closing_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
  write_gathered();
}

void Groups::add(JournalBatch batch, Handler<Status> handler) {
  {
    std::lock_guard lock(mutex_);
    queue_.emplace_back(std::move(batch), std::move(handler));
  }
  wake_.notify_one();
}

void Groups::loop() {
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return closing_ || !queue_.empty(); });
      if (queue_.empty()) return;
      // A little patience makes one sync serve many.
      if (!closing_) wake_.wait_for(lock, kGather, [this] { return closing_; });
    }
    write_gathered();
  }
}

// Takes no memory of its own: the last call is a destructor's.
void Groups::write_gathered() {
  std::vector<Entry> entries;
  {
    std::lock_guard lock(mutex_);
    entries.swap(queue_);
  }
  if (entries.empty()) return;
  Status all = commit_(entries);
  if (!all && entries.size() > 1 && !alike_())
    one_by_one(entries);
  else
    for (auto& [batch, handler] : entries) base::complete(std::move(handler), all);
}

// One bad batch must not take its neighbours with it.
void Groups::one_by_one(std::vector<Entry>& entries) {
  Status status;
  bool all = false;  // the rest would fail as this one did
  for (Entry& entry : entries) {
    if (!all) status = commit_(Group(&entry, 1));
    all = all || (!status && alike_());
    base::complete(std::move(entry.second), status);
  }
}

}  // namespace vidgen::journal
