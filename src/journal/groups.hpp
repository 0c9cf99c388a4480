// SPDX-License-Identifier: Apache-2.0
// Groups: the writing half of a journal. Batches are gathered for two milliseconds and handed on as one group, in the
// order of the calls, on a thread of its own or where the owner says; where a group fails, each of its batches is tried
// alone.
//
// Thread-safety: add() from any thread. Handlers are called on the thread that writes unless they name another.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <span>
#include <thread>
#include <utility>
#include <vector>

#include "vidgen/journal.hpp"

namespace vidgen::journal {

using Entry = std::pair<JournalBatch, Handler<Status>>;
using Group = std::span<const Entry>;

class Groups {
 public:
  // `commit` makes a group durable in one transaction. `alike`: the last failure would meet every batch in the same way,
  // so that none is tried alone.
  Groups(std::function<Status(Group)> commit, std::function<bool()> alike);
  // What was added is committed first.
  ~Groups();
  Groups(const Groups&) = delete;
  Groups& operator=(const Groups&) = delete;

  // With a thread of its own; else write_gathered() has to be called after add().
  void start();
  void add(JournalBatch batch, Handler<Status> handler);
  // What was added so far, now and on this thread.
  void write_gathered();

 private:
  void loop();
  void one_by_one(std::vector<Entry>& entries);

  const std::function<Status(Group)> commit_;
  const std::function<bool()> alike_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Entry> queue_;
  bool closing_ = false;
  std::thread thread_;  // last: it uses everything above
};

}  // namespace vidgen::journal
