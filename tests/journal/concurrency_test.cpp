// SPDX-License-Identifier: Apache-2.0
// Many threads and several journals on one file.
#include <atomic>
#include <future>
#include <latch>
#include <thread>

#include "stand.hpp"
#include "support/temp.hpp"

namespace vidgen::test {
namespace {

constexpr int kThreads = 8;
constexpr int kEach = 60;

TEST(JournalConcurrency, EightThreadsWriteAndRead) {
  TempFolder folder;
  JournalPtr journal = open(folder.file("vidgen.db"));
  std::atomic<int> failed{0};
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < kThreads; ++t)
      threads.emplace_back([&, id = std::to_string(t)] {
        for (int i = 1; i <= kEach; ++i) {
          if (!commit(*journal, events(id, i, i))) ++failed;
          auto seen = journal->events(id, 0);
          if (!seen || seen->size() != static_cast<std::size_t>(i)) ++failed;  // one's own write is read back
        }
      });
  }
  EXPECT_EQ(failed, 0);
  for (int t = 0; t < kThreads; ++t)
    EXPECT_EQ(journal->events(std::to_string(t), 0).value().size(), static_cast<std::size_t>(kEach));
}

TEST(JournalConcurrency, HandlersRunInTheOrderOfTheCalls) {
  TempFolder folder;
  JournalPtr journal = open(folder.file("vidgen.db"));
  // The order in which batches become durable is seen by a second reader: never a later one without an earlier one.
  JournalPtr reader = open(folder.file("vidgen.db"));
  std::vector<std::future<Status>> done;
  for (int i = 1; i <= 300; ++i) done.push_back(commit_later(*journal, events("j", i, i)));
  std::size_t seen = 0;
  while (seen < 300) {
    auto now = reader->events("j", 0).value();
    ASSERT_GE(now.size(), seen);
    for (std::size_t i = 0; i < now.size(); ++i) ASSERT_EQ(now[i].seq, static_cast<std::int64_t>(i) + 1);
    seen = now.size();
  }
  for (auto& one : done) EXPECT_TRUE(one.get());
}

TEST(JournalConcurrency, TwoProcessesOfAWorkspaceWaitForEachOther) {
  TempFolder folder;
  const std::string path = folder.file("vidgen.db");
  std::atomic<int> failed{0};
  {
    std::vector<std::jthread> threads;  // a journal each: as separate to SQLite as two processes
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&, id = std::to_string(t)] {
        auto own = journal::open_sqlite(path);
        if (!own) {
          ++failed;
          return;
        }
        for (int i = 1; i <= kEach; ++i)
          if (!commit(**own, events(id, i, i))) ++failed;
      });
  }
  EXPECT_EQ(failed, 0);
  JournalPtr journal = open(path);
  for (int t = 0; t < 4; ++t)
    EXPECT_EQ(journal->events(std::to_string(t), 0).value().size(), static_cast<std::size_t>(kEach));
}

// Who opens a new workspace first must switch the file to WAL and make its tables, while others want the same.
TEST(JournalConcurrency, ManyMayOpenANewWorkspaceAtOnce) {
  for (int round = 0; round < 30; ++round) {
    TempFolder folder;
    const std::string path = folder.file("vidgen.db");
    std::latch together(kThreads);
    std::vector<std::future<Status>> opened;
    for (int t = 0; t < kThreads; ++t)
      opened.push_back(std::async(std::launch::async, [&, id = std::to_string(t)]() -> Status {
        together.arrive_and_wait();
        auto own = journal::open_sqlite(path);
        return own ? commit(**own, events(id, 1, 1)) : Status(own.error());
      }));
    for (auto& one : opened) {
      Status status = one.get();
      ASSERT_TRUE(status) << status.error().message();
    }
  }
}

}  // namespace
}  // namespace vidgen::test
