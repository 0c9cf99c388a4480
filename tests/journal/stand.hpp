// SPDX-License-Identifier: Apache-2.0
// What the journal's tests share: commits that wait, records to commit.
#pragma once

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>

#include "journal/sqlite.hpp"

namespace vidgen::test {

using JournalPtr = std::shared_ptr<Journal>;

inline JournalPtr open(const std::string& path) {
  auto journal = journal::open_sqlite(path);
  EXPECT_TRUE(journal) << (journal ? "" : journal.error().describe());
  return journal ? *journal : nullptr;
}

inline std::future<Status> commit_later(Journal& journal, JournalBatch batch) {
  auto promise = std::make_shared<std::promise<Status>>();
  auto future = promise->get_future();
  journal.commit(std::move(batch), [promise](Status status) { promise->set_value(std::move(status)); });
  return future;
}

inline Status commit(Journal& journal, JournalBatch batch) {
  return commit_later(journal, std::move(batch)).get();
}

inline JobRecord job(const std::string& id, std::int64_t created_ms = 1) {
  JobRecord j;
  j.id = id;
  j.created_ms = created_ms;
  j.request = "{}";
  return j;
}

inline Event event(const std::string& job, std::int64_t seq) {
  Event e;
  e.job = job;
  e.seq = seq;
  e.kind = "note";
  e.message = "number " + std::to_string(seq);
  return e;
}

inline JournalBatch events(const std::string& job, std::int64_t first, std::int64_t last) {
  JournalBatch batch;
  for (std::int64_t seq = first; seq <= last; ++seq) batch.events.push_back(event(job, seq));
  return batch;
}

inline ResultRecord result(const std::string& key, const std::string& outcome) {
  ResultRecord r;
  r.key = key;
  r.outcome = outcome;
  return r;
}

}  // namespace vidgen::test
