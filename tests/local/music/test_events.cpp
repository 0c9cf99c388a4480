// SPDX-License-Identifier: Apache-2.0
// How a score is dealt to players who play side by side.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "local/music/events.hpp"
#include "plans.hpp"

namespace vidgen::local::test {
namespace {

using Dealt = std::vector<std::vector<Event>>;

struct Table {
  Desk desk;
  std::vector<Event> events;
  Dealt hands;
};

Table table_of(std::uint64_t film, bool split) {
  const Score score = compose(random_plan(film)).value();
  Table out;
  out.desk = Desk(split);
  out.events = make_events(score, *find_style(score.style).row, out.desk);
  out.hands = deal(out.events, out.desk, 2);
  return out;
}

auto fields(const Event& e) {
  return std::tuple(e.at, e.kind, e.channel, e.a, e.b);
}
bool is_note(const Event& e) {
  return e.kind == EventKind::note_on || e.kind == EventKind::note_off;
}

std::multiset<decltype(fields(Event()))> of_kind(const std::vector<Event>& events, bool notes) {
  std::multiset<decltype(fields(Event()))> out;
  for (const Event& e : events)
    if (is_note(e) == notes) out.insert(fields(e));
  return out;
}

TEST(Deal, EachNoteIsPlayedOnceAndControlsByAll) {
  for (std::uint64_t film = 0; film < 60; ++film) {
    const Table t = table_of(film, film % 2 == 1);
    auto notes = of_kind(t.hands[0], true);
    notes.merge(of_kind(t.hands[1], true));
    EXPECT_EQ(notes, of_kind(t.events, true)) << film;
    for (const std::vector<Event>& hand : t.hands) {
      EXPECT_EQ(of_kind(hand, false), of_kind(t.events, false)) << film;
      EXPECT_TRUE(std::is_sorted(hand.begin(), hand.end(), [](const Event& x, const Event& y) {
        return std::pair(x.at, x.kind) < std::pair(y.at, y.kind);
      })) << film;
    }
  }
}

// A strike meets its release, and an open hi-hat the closed one that ends it.
TEST(Deal, WhatBelongsTogetherStaysTogether) {
  bool hats = false;
  for (std::uint64_t film = 0; film < 60; ++film) {
    const Table t = table_of(film, film % 2 == 1);
    std::map<std::pair<int, int>, std::set<std::size_t>> players;
    for (std::size_t p = 0; p < t.hands.size(); ++p)
      for (const Event& e : t.hands[p])
        if (is_note(e)) players[{e.channel, e.a}].insert(p);
    for (const auto& [key, who] : players) EXPECT_EQ(who.size(), 1u) << film << ": key " << key.second;
    const int kit = channel_of_drum(t.desk, 42);
    for (const int open : {44, 46}) {
      if (!players.contains({kit, open}) || !players.contains({kit, 42})) continue;
      EXPECT_EQ(players.at({kit, open}), players.at({kit, 42})) << film;
      hats = true;
    }
  }
  EXPECT_TRUE(hats) << "no film had them";
}

// The longest takes the time: no player has more than two thirds of the notes' seconds, and most have half.
TEST(Deal, PlayersHaveAboutTheSameToDo) {
  double worst = 0, sum = 0;
  constexpr int kFilms = 60;
  for (std::uint64_t film = 0; film < kFilms; ++film) {
    const Table t = table_of(film, false);
    double seconds[2] = {};
    for (std::size_t p = 0; p < 2; ++p)
      for (const Event& e : t.hands[p])
        if (e.channel / t.desk.buses() < 7 && is_note(e))
          seconds[p] += static_cast<double>(e.kind == EventKind::note_off ? e.at : -e.at) / kSampleRate;
    const double share = std::max(seconds[0], seconds[1]) / (seconds[0] + seconds[1]);
    worst = std::max(worst, share);
    sum += share;
  }
  EXPECT_LE(worst, .67);
  EXPECT_LE(sum / kFilms, .55);
  std::printf("the busier player has %.2f of the notes' time, %.2f at most\n", sum / kFilms, worst);
}

}  // namespace
}  // namespace vidgen::local::test
