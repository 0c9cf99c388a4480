// SPDX-License-Identifier: Apache-2.0
#include "flow/reconcile.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.hpp"
#include "vidgen/backend.hpp"

namespace vidgen::flow {
namespace {

using namespace std::chrono_literals;

LostAttempt attempt() {
  LostAttempt a;
  a.kind = Reconcile::list_reconcile;
  a.sent = 1000s;
  a.ended = 1030s;
  a.model = "wan-video/wan";
  a.seed = 4711;
  return a;
}

ListedJob job(const std::string& id, Nanos created, std::optional<std::uint64_t> seed = 4711) {
  ListedJob j;
  j.id = id;
  j.model = "wan-video/wan";
  j.created = created;
  j.seed = seed;
  return j;
}

Verdict look(const LostAttempt& a, const std::vector<ListedJob>& jobs, Nanos at, bool complete = true,
             const std::vector<std::string>& owned = {}) {
  Look l;
  l.jobs = jobs;
  l.owned = owned;
  l.at = at;
  l.complete = complete;
  return judge(a, l);
}

TEST(reconcile, found_by_its_seed) {
  const Verdict v = look(attempt(), {job("x", 1001s, 1), job("y", 1001s), job("z", 1001s, std::nullopt)}, 1031s);
  EXPECT_EQ(v.fate, Fate::found);
  EXPECT_EQ(v.id, "y");
  EXPECT_EQ(v.why, "a job of the provider carries the attempt's fingerprint");
  EXPECT_TRUE(v.orphans.empty());
}

// A job whose input was deleted may be ours when its time, its model and its owner do not speak against it.
TEST(reconcile, what_shows_nothing_any_more_may_be_it) {
  auto gone = [](Nanos created) {
    ListedJob j = job("x", created, std::nullopt);
    j.input_gone = true;
    return j;
  };
  const Nanos late = 2000s;
  EXPECT_EQ(look(attempt(), {gone(1001s)}, late).fate, Fate::ask);
  EXPECT_EQ(look(attempt(), {gone(880s)}, late).fate, Fate::ask);   // two minutes of skew
  EXPECT_EQ(look(attempt(), {gone(1600s)}, late).fate, Fate::ask);  // ten minutes on its way
  EXPECT_EQ(look(attempt(), {gone(880s - 1ns)}, late).fate, Fate::lost);
  EXPECT_EQ(look(attempt(), {gone(1600s + 1ns)}, late).fate, Fate::lost);
  EXPECT_EQ(look(attempt(), {gone(1001s)}, late, true, {"x"}).fate, Fate::lost);
  ListedJob other = gone(1001s);
  other.model = "wan-video/other";
  EXPECT_EQ(look(attempt(), {other}, late).fate, Fate::lost);
  EXPECT_EQ(look(attempt(), {job("x", 1001s, std::nullopt)}, late).fate, Fate::lost);
}

// Nobody is asked while the job itself may still come into the list.
TEST(reconcile, what_shows_nothing_is_no_question_within_the_window) {
  ListedJob gone = job("x", 1001s, std::nullopt);
  gone.input_gone = true;
  EXPECT_EQ(look(attempt(), {gone}, 1031s).fate, Fate::later);
  EXPECT_EQ(look(attempt(), {gone, job("y", 1001s)}, 1031s).fate, Fate::found);
  EXPECT_EQ(look(attempt(), {gone}, 2000s).fate, Fate::ask);
}

TEST(reconcile, not_there_yet_and_then_lost) {
  std::vector<Nanos> looks;
  Nanos at = first_look(attempt());
  for (;;) {
    looks.push_back(at);
    const Verdict v = look(attempt(), {}, at);
    if (v.fate == Fate::lost) break;
    ASSERT_EQ(v.fate, Fate::later);
    ASSERT_GT(v.look_at, at);
    at = v.look_at;
  }
  EXPECT_EQ(looks, (std::vector<Nanos>{1030s, 1035s, 1045s, 1075s, 1090s}));
}

TEST(reconcile, a_list_that_was_cut_short_proves_nothing) {
  EXPECT_EQ(look(attempt(), {}, 1090s, false).fate, Fate::later);
  EXPECT_EQ(look(attempt(), {}, 1200s, false).look_at, Nanos(1230s));
  EXPECT_EQ(look(attempt(), {}, 1200s, true).fate, Fate::lost);
  EXPECT_EQ(look(attempt(), {}, 1090s + 30min, false).fate, Fate::ask);
  EXPECT_EQ(look(attempt(), {job("y", 1001s)}, 1031s, false).fate, Fate::found);
}

TEST(reconcile, several_jobs_of_one_attempt) {
  const Verdict v =
      look(attempt(), {job("new", 1003s), job("old", 1001s), job("mid", 1002s), job("old", 1001s)}, 1031s);
  EXPECT_EQ(v.id, "old");
  EXPECT_EQ(v.orphans, (std::vector<std::string>{"mid", "new"}));
}

TEST(reconcile, never_a_job_of_somebody_else) {
  const LostAttempt a = attempt();
  EXPECT_EQ(look(a, {job("y", 1001s)}, 1031s, true, {"y"}).fate, Fate::later);  // another attempt owns it
  EXPECT_EQ(look(a, {job("y", 1000s - 121s)}, 1031s).fate, Fate::later);        // older than the attempt
  EXPECT_EQ(look(a, {job("y", 1030s + 181s)}, 1031s).fate, Fate::later);
  ListedJob other = job("y", 1001s);
  other.model = "wan-video/wan-2";
  EXPECT_EQ(look(a, {other}, 1031s).fate, Fate::later);
  other.model = "wan-video/wan:0123";
  EXPECT_EQ(look(a, {other}, 1031s).fate, Fate::found);
  EXPECT_EQ(look(a, {job("", 1001s)}, 1031s).fate, Fate::later);
}

TEST(reconcile, by_the_upload_url) {
  LostAttempt a = attempt();
  a.seed.reset();
  a.upload_url = "https://files.example/1";
  ListedJob j = job("y", 1001s, std::nullopt);
  EXPECT_EQ(look(a, {j}, 1031s).fate, Fate::later);
  j.urls = {"https://files.example/11"};
  EXPECT_EQ(look(a, {j}, 1031s).fate, Fate::later);
  j.urls = {"https://files.example/0", "https://files.example/1"};
  EXPECT_EQ(look(a, {j}, 1031s).fate, Fate::found);
  a.seed = 5;  // both, and they contradict
  j.seed = 6;
  EXPECT_EQ(look(a, {j}, 1031s).fate, Fate::later);
  j.seed = 5;
  j.urls = {"https://copies.example/9"};  // a provider may copy the input to a place of its own
  EXPECT_EQ(look(a, {j}, 1031s).fate, Fate::found);
}

TEST(reconcile, nothing_to_recognise_it_by) {
  LostAttempt a = attempt();
  a.seed.reset();
  EXPECT_EQ(look(a, {job("y", 1001s)}, 1031s).fate, Fate::ask);
  a = attempt();
  a.kind = Reconcile::none;
  EXPECT_EQ(look(a, {job("y", 1001s)}, 1031s).fate, Fate::ask);
}

TEST(reconcile, keys_and_ids_of_ours) {
  LostAttempt a = attempt();
  a.kind = Reconcile::native_key;
  EXPECT_EQ(look(a, {}, 1031s).fate, Fate::ask);
  a.client_id = "k";
  EXPECT_EQ(look(a, {}, 1031s).fate, Fate::resend);
  EXPECT_EQ(look(a, {}, 1000s + 24h).fate, Fate::ask);
  a.kind = Reconcile::client_id;
  ListedJob j = job("y", 1001s, std::nullopt);
  EXPECT_EQ(look(a, {j}, 1031s).fate, Fate::later);
  j.client_id = "k";
  EXPECT_EQ(look(a, {j}, 1031s).fate, Fate::found);
  a.client_id.clear();
  j.client_id.clear();
  EXPECT_EQ(look(a, {j}, 1031s).fate, Fate::ask);
}

TEST(reconcile, the_window_to_the_last_moment) {
  const LostAttempt a = attempt();
  EXPECT_EQ(look(a, {job("y", 880s)}, 1031s).fate, Fate::found);  // two minutes of skew before it was sent
  EXPECT_EQ(look(a, {job("y", 880s - 1ns)}, 1031s).fate, Fate::later);
  EXPECT_EQ(look(a, {job("y", 1210s)}, 1031s).fate, Fate::found);  // and after the settle window
  EXPECT_EQ(look(a, {job("y", 1210s + 1ns)}, 1031s).fate, Fate::later);
  EXPECT_EQ(look(a, {}, 1090s).fate, Fate::lost);
  EXPECT_EQ(look(a, {}, 1090s - 1ns).fate, Fate::later);
  EXPECT_EQ(look(a, {}, 1090s + 30min - 1ns, false).fate, Fate::later);
  EXPECT_EQ(look(a, {}, 1090s, false).look_at, Nanos(1120s));
  EXPECT_EQ(look(a, {}, 1090s - 1ns, false).look_at, Nanos(1090s));
  EXPECT_EQ(look(a, {}, 1035s).look_at, Nanos(1045s));  // that look has been taken
  EXPECT_EQ(since(a), Nanos(880s));
}

TEST(reconcile, a_key_lives_for_23_hours) {
  LostAttempt a = attempt();
  a.kind = Reconcile::native_key;
  a.client_id = "k";
  EXPECT_EQ(look(a, {}, 1000s + 23h - 1ns).fate, Fate::resend);
  EXPECT_EQ(look(a, {}, 1000s + 23h).fate, Fate::ask);
}

TEST(reconcile, a_model_that_is_not_named_may_be_any) {
  LostAttempt a = attempt();
  ListedJob j = job("y", 1001s);
  j.model.clear();
  EXPECT_EQ(look(a, {j}, 1031s).fate, Fate::found);
  a.model.clear();
  EXPECT_EQ(look(a, {job("y", 1001s)}, 1031s).fate, Fate::found);
}

TEST(reconcile, jobs_of_one_moment_come_in_the_order_of_their_ids) {
  const Verdict v = look(attempt(), {job("c", 1001s), job("a", 1001s), job("b", 1001s)}, 1031s);
  EXPECT_EQ(v.id, "a");
  EXPECT_EQ(v.orphans, (std::vector<std::string>{"b", "c"}));
}

// Whatever the time: it is asked of jobs that nobody waits for any more.
TEST(reconcile, who_carries_a_fingerprint) {
  LostAttempt a = attempt();
  EXPECT_TRUE(carries(a, job("y", 9'000'000s)));
  EXPECT_FALSE(carries(a, job("y", 1001s, 4712)));
  ListedJob other = job("y", 1001s);
  other.model = "wan-video/wan-2";
  EXPECT_FALSE(carries(a, other));
  a.kind = Reconcile::none;
  EXPECT_FALSE(carries(a, job("y", 1001s)));
  a.kind = Reconcile::client_id;
  other = job("y", 1001s);
  EXPECT_FALSE(carries(a, other));  // no id of ours on either side is none in common
  a.client_id = other.client_id = "k";
  EXPECT_TRUE(carries(a, other));
  other.client_id = "l";
  EXPECT_FALSE(carries(a, other));
}

TEST(reconcile, names) {
  EXPECT_EQ(to_string(Fate::found), "found");
  EXPECT_EQ(to_string(Fate::ask), "ask");
  EXPECT_EQ(to_string(static_cast<Fate>(5)), "unknown");
}

// A provider with latency, skewed clocks and a list that lags; other attempts with the same model and times around. The
// truth is found when the list shows it in time, never another's job, and lost only when the job is not there.
TEST(reconcile, against_a_simulated_provider) {
  for (std::uint64_t seed = 0; seed < 20000; ++seed) {
    base::Random r(seed);
    const auto some = [&](std::uint64_t most) { return Nanos(std::chrono::milliseconds(r.below(most) + 1)); };
    LostAttempt a = attempt();
    a.sent = 100000s + some(1000000);
    a.ended = a.sent + some(60000);
    a.seed = r.below(1ULL << 31);
    const bool exists = r.below(3) != 0;
    const bool by_url = r.below(2) == 0;
    if (by_url) a.upload_url = "u" + std::to_string(seed);
    if (by_url && r.below(2) == 0) a.seed.reset();
    const Nanos skew = some(200000) - 100s, lag = some(50000);
    std::vector<ListedJob> all;
    std::vector<std::string> owned;
    for (std::uint64_t i = r.below(6); i > 0; --i) {
      all.push_back(job("other" + std::to_string(i), a.sent + some(60000) - 30s, r.below(1ULL << 31)));
      all.back().urls = {"u" + std::to_string(seed + i)};
      if (r.below(2) == 0) owned.push_back(all.back().id);
    }
    const Nanos created = a.sent + some(static_cast<std::uint64_t>((a.ended - a.sent) / 1ms));
    if (exists) {
      all.push_back(job("ours", created + skew, a.seed));
      all.back().urls = {a.upload_url};
    }
    Nanos at = first_look(a);
    Verdict v;
    for (int looks = 0; looks < 200; ++looks) {
      const bool listed = at >= created + lag;
      std::vector<ListedJob> shown = all;
      if (exists && !listed) shown.pop_back();
      for (std::size_t i = shown.size(); i > 1; --i) std::swap(shown[i - 1], shown[r.below(i)]);
      v = look(a, shown, at, r.below(4) != 0, owned);
      if (v.fate != Fate::later) break;
      ASSERT_GT(v.look_at, at) << seed;
      at = v.look_at;
    }
    ASSERT_EQ(v.fate, exists ? Fate::found : Fate::lost) << "seed " << seed;
    if (exists) {
      ASSERT_EQ(v.id, "ours") << "seed " << seed;
    }
    if (!exists) {
      ASSERT_GE(at, a.ended + 60s) << "seed " << seed;
    }
    ASSERT_TRUE(v.orphans.empty()) << "seed " << seed;
  }
}

}  // namespace
}  // namespace vidgen::flow
