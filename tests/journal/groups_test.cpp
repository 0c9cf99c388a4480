// SPDX-License-Identifier: Apache-2.0
// Groups alone: who is tried again when a group fails, and who is not.
#include "journal/groups.hpp"

#include "stand.hpp"

namespace vidgen::test {
namespace {

using journal::Group;
using journal::Groups;

struct Told {
  std::vector<std::size_t> sizes;  // of each commit
  std::vector<std::string> answers;
};

// Some batches at once. `commit` is asked with the number of the call, from 1.
Told several(int batches, const std::function<Status(int)>& commit, const std::function<bool(int)>& alike) {
  Told told;
  int calls = 0;
  {
    Groups groups(
        [&](const Group& group) {
          told.sizes.push_back(group.size());
          return commit(++calls);
        },
        [&] { return alike(calls); });
    for (int i = 0; i < batches; ++i)
      groups.add(events("j", i, i), Handler<Status>([&told](Status s) {
                   told.answers.push_back(s ? "done" : s.error().message());
                 }));
    groups.write_gathered();
    groups.write_gathered();  // nothing left
  }
  return told;
}

Told three(const std::function<Status(int)>& commit, const std::function<bool(int)>& alike) {
  return several(3, commit, alike);
}

Status no(int call) {
  return Error(Errc::journal, "no " + std::to_string(call));
}

using Sizes = std::vector<std::size_t>;
using Answers = std::vector<std::string>;

TEST(Groups, AreOneCommit) {
  const Told told = three([](int) { return Status(); }, [](int) { return false; });
  EXPECT_EQ(told.sizes, Sizes{3});
  EXPECT_EQ(told.answers, (Answers{"done", "done", "done"}));
}

TEST(Groups, ThatFailAreTriedOneByOne) {
  const Told told = three([](int call) { return call % 2 == 1 ? no(call) : Status(); }, [](int) { return false; });
  EXPECT_EQ(told.sizes, (Sizes{3, 1, 1, 1}));
  EXPECT_EQ(told.answers, (Answers{"done", "no 3", "done"}));
}

// One that was alone has had its answer: to write it again would only be slow. Two are a group.
TEST(Groups, OfOneAreNotTriedAgain) {
  const Told one = several(1, no, [](int) { return false; });
  EXPECT_EQ(one.sizes, Sizes{1});
  EXPECT_EQ(one.answers, Answers{"no 1"});
  const Told two = several(2, [](int call) { return call == 1 ? no(call) : Status(); }, [](int) { return false; });
  EXPECT_EQ(two.sizes, (Sizes{2, 1, 1}));
  EXPECT_EQ(two.answers, (Answers{"done", "done"}));
}

TEST(Groups, ThatFailForAReasonOfAllAreNot) {
  const Told told = three(no, [](int) { return true; });
  EXPECT_EQ(told.sizes, Sizes{3});
  EXPECT_EQ(told.answers, (Answers{"no 1", "no 1", "no 1"}));
}

// The reason appears while they are tried: the rest gets the same answer, and nobody asks for it again.
TEST(Groups, StopTryingWhenTheRestWouldFailAlike) {
  const Told told = three([](int call) { return call == 2 ? Status() : no(call); }, [](int call) { return call >= 3; });
  EXPECT_EQ(told.sizes, (Sizes{3, 1, 1}));
  EXPECT_EQ(told.answers, (Answers{"done", "no 3", "no 3"}));
  // What went well is no reason, whatever is said of it.
  const Told well = three([](int call) { return call == 1 ? no(call) : Status(); }, [](int call) { return call >= 2; });
  EXPECT_EQ(well.sizes, (Sizes{3, 1, 1, 1}));
  EXPECT_EQ(well.answers, (Answers{"done", "done", "done"}));
}

// One sync serves all that came within two milliseconds of the first.
TEST(Groups, GatherForTwoMilliseconds) {
  for (int i = 0; i < 5; ++i) {
    std::promise<std::chrono::steady_clock::time_point> committed;
    Groups groups([&](const Group&) { return committed.set_value(std::chrono::steady_clock::now()), Status(); },
                  [] { return false; });
    groups.start();
    const auto handed_in = std::chrono::steady_clock::now();
    groups.add(JournalBatch(), Handler<Status>([](Status) {}));
    EXPECT_GE(committed.get_future().get() - handed_in, std::chrono::milliseconds(2));
  }
}

TEST(Groups, CommitWhatIsLeftWhenTheyEnd) {
  for (const bool thread : {false, true}) {
    int committed = 0, told = 0;
    {
      Groups groups([&](const Group& group) { return committed += static_cast<int>(group.size()), Status(); },
                    [] { return false; });
      if (thread) groups.start();
      for (int i = 0; i < 5; ++i) groups.add(JournalBatch(), Handler<Status>([&told](Status s) { told += s ? 1 : 0; }));
    }
    EXPECT_EQ(committed, 5);
    EXPECT_EQ(told, 5);
  }
}

}  // namespace
}  // namespace vidgen::test
