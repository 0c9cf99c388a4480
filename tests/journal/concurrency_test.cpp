// SPDX-License-Identifier: Apache-2.0
// Many threads and several journals at one place.
#include <atomic>
#include <future>
#include <latch>
#include <thread>

#include "stand.hpp"

namespace vidgen::test {
namespace {

constexpr int kThreads = 8;
constexpr int kEach = 60;

class JournalConcurrency : public OfBoth {};
VIDGEN_OF_BOTH(JournalConcurrency);

TEST_P(JournalConcurrency, EightThreadsWriteAndRead) {
  JournalPtr journal = home.open();
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

TEST_P(JournalConcurrency, HandlersRunInTheOrderOfTheCalls) {
  JournalPtr journal = home.open();
  // The order in which batches become durable is seen by a second reader: never a later one without an earlier one.
  JournalPtr reader = home.open();
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

TEST_P(JournalConcurrency, TwoProcessesOfAWorkspaceWaitForEachOther) {
  std::atomic<int> failed{0};
  {
    std::vector<std::jthread> threads;  // a journal each: as separate to a database as two processes
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&, id = std::to_string(t)] {
        auto own = home.try_open();
        if (!own) {
          ++failed;
          return;
        }
        for (int i = 1; i <= kEach; ++i)
          if (!commit(**own, events(id, i, i))) ++failed;
      });
  }
  EXPECT_EQ(failed, 0);
  JournalPtr journal = home.open();
  for (int t = 0; t < 4; ++t)
    EXPECT_EQ(journal->events(std::to_string(t), 0).value().size(), static_cast<std::size_t>(kEach));
}

// Who opens a new journal first must make its tables (and switch SQLite's file to WAL), while others want the same.
TEST_P(JournalConcurrency, ManyMayOpenANewWorkspaceAtOnce) {
  const int rounds = GetParam() == Kind::sqlite ? 30 : 10;
  for (int round = 0; round < rounds; ++round) {
    const Home anew(GetParam());
    std::latch together(kThreads);
    std::vector<std::future<Status>> opened;
    for (int t = 0; t < kThreads; ++t)
      opened.push_back(std::async(std::launch::async, [&, id = std::to_string(t)]() -> Status {
        together.arrive_and_wait();
        auto own = anew.try_open();
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
