// SPDX-License-Identifier: Apache-2.0
// A process that commits is killed with SIGKILL: whatever it was told is durable is there, in order, without a gap.
#include <atomic>

#include "base/point.hpp"
#include "stand.hpp"
#include "support/child.hpp"

namespace vidgen::test {
namespace {

// Batches of three events and a result each; reports each one that the journal called durable.
void write_until_killed(const Home& home, std::int64_t first, const std::function<void()>& report) {
  JournalPtr journal = home.open();
  if (!journal) return;
  for (std::int64_t n = first;; ++n) {
    JournalBatch batch = events("j", 3 * n + 1, 3 * n + 3);
    batch.results.push_back(result(std::to_string(n), std::to_string(3 * n + 3)));
    if (!commit(*journal, std::move(batch))) return;
    report();
  }
}

class JournalDurability : public OfBoth {};
VIDGEN_OF_BOTH(JournalDurability);

TEST_P(JournalDurability, NothingThatWasDurableIsLostByAKill) {
  std::int64_t batches = 0;
  for (int round = 0; round < kills(); ++round) {
    Child child([&](const std::function<void()>& report) { write_until_killed(home, batches, report); });
    const int waited = 1 + round % 7;
    ASSERT_TRUE(child.wait_for(waited));
    child.kill();
    home.wait_until_left();
    const std::int64_t told = batches + waited + child.drain();
    auto after = home.open()->events("j", 0).value();
    ASSERT_EQ(after.size() % 3, 0U);  // no half batch
    batches = static_cast<std::int64_t>(after.size()) / 3;
    EXPECT_GE(batches, told);
    EXPECT_LE(batches, told + 1);  // at most the one under way
    for (std::size_t i = 0; i < after.size(); ++i) ASSERT_EQ(after[i].seq, static_cast<std::int64_t>(i) + 1);
  }
}

// The same with many batches under way at once: what is there is a beginning of what was handed in.
TEST_P(JournalDurability, GroupsAreDurableInTheOrderOfTheCalls) {
  for (int round = 0; round < kills(); ++round) {
    const Home anew(GetParam());
    Child child([&](const std::function<void()>& report) {
      JournalPtr journal = anew.open();
      for (std::int64_t n = 0;; n += 32) {
        std::vector<std::future<Status>> done;
        for (std::int64_t i = 1; i <= 32; ++i) done.push_back(commit_later(*journal, events("j", n + i, n + i)));
        for (auto& one : done)
          if (!one.get()) return;
        report();
      }
    });
    ASSERT_TRUE(child.wait_for(1 + round % 3));
    child.kill();
    anew.wait_until_left();
    auto after = anew.open()->events("j", 0).value();
    ASSERT_GE(after.size(), 32U);
    for (std::size_t i = 0; i < after.size(); ++i) ASSERT_EQ(after[i].seq, static_cast<std::int64_t>(i) + 1);
  }
}

TEST_P(JournalDurability, ADurableBatchIsSeenByOthersWhenTheHandlerRuns) {
  JournalPtr one = home.open();
  JournalPtr two = home.open();
  for (int i = 1; i <= 20; ++i) {
    ASSERT_TRUE(commit(*one, events("j", i, i)));
    ASSERT_EQ(two->events("j", 0).value().size(), static_cast<std::size_t>(i));
  }
}

// What another process would find where this one is killed by a point's name.
struct Passed {
  base::Point point;
  std::size_t durable = 0;
  bool told = false, leased = false;
  bool operator==(const Passed&) const = default;
};
JournalPtr another;
std::vector<Passed> passed;
std::atomic<bool> told{false};

void look(base::Point point) {
  Passed now{point};
  now.durable = another->events("j", 0).value().size();
  now.told = told;
  now.leased = another->lease("j").value().holder == "me";
  passed.push_back(now);
}

TEST_P(JournalDurability, EachNamedPointIsWhereItsNameSays) {
  JournalPtr journal = home.open();
  another = home.open();
  passed.clear();
  told = false;
  base::point_hook = &look;
  std::promise<void> done;
  journal->commit(events("j", 1, 1), [&](const Status& status) {
    told = status.has_value();
    done.set_value();
  });
  done.get_future().wait();
  LeaseRequest want;
  want.job = "j";
  want.holder = "me";
  want.until_ms = 60'000;
  EXPECT_TRUE(journal->take(want));
  base::point_hook = nullptr;
  another.reset();
  const std::vector<Passed> right = {{base::Point::group_begun, 0, false, false},
                                     {base::Point::group_written, 0, false, false},
                                     {base::Point::group_durable, 1, false, false},
                                     {base::Point::lease_taken, 1, true, true}};
  EXPECT_TRUE(told);
  EXPECT_EQ(passed, right);
}

}  // namespace
}  // namespace vidgen::test
