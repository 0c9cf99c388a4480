// SPDX-License-Identifier: Apache-2.0
// A journal in a coat: a test looks at every batch on its way in, and refuses those that it wants lost, or has one take its
// time.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "base/commit.hpp"
#include "base/offload.hpp"
#include "journal/sqlite.hpp"

namespace vidgen::test {

class Refusing final : public Journal {
 public:
  // An error: the batch is not written, and whoever handed it in hears that.
  using Look = std::function<std::optional<Error>(const JournalBatch&)>;
  explicit Refusing(std::shared_ptr<Journal> behind, Look look = {}) : behind_(std::move(behind)), look_(std::move(look)) {}

  void look_with(Look look) {
    std::lock_guard lock(mutex_);
    look_ = std::move(look);
  }
  // The next such batch comes in late, behind others.
  void delay(std::function<bool(const JournalBatch&)> which, std::chrono::milliseconds time) {
    std::lock_guard lock(mutex_);
    which_ = std::move(which);
    time_ = time;
  }
  void commit(JournalBatch batch, Handler<Status> handler) override {
    std::optional<Error> refused;
    {
      std::lock_guard lock(mutex_);
      if (look_) refused = look_(batch);
      if (!refused && which_ && which_(batch)) {
        which_ = {};
        late_ = std::jthread([this, b = std::move(batch), h = std::move(handler)]() mutable {
          std::this_thread::sleep_for(time_);
          behind_->commit(std::move(b), std::move(h));
        });
        return;
      }
    }
    if (refused) return base::complete(std::move(handler), Status(*refused));
    behind_->commit(std::move(batch), std::move(handler));
  }
  Result<std::optional<JobRecord>> job(const std::string& id) override { return behind_->job(id); }
  Result<std::vector<JobRecord>> jobs() override { return behind_->jobs(); }
  Result<std::vector<Event>> events(const std::string& id, std::int64_t after) override {
    return behind_->events(id, after);
  }
  Result<std::optional<ResultRecord>> result(const std::string& key) override { return behind_->result(key); }
  Result<std::vector<AttemptRecord>> attempts(const std::string& id) override { return behind_->attempts(id); }
  Result<Lease> lease(const std::string& id) override { return behind_->lease(id); }
  Result<Lease> take(const LeaseRequest& request) override { return behind_->take(request); }
  Result<Books> books(const std::string& id, std::int64_t day) override { return behind_->books(id, day); }

 private:
  const std::shared_ptr<Journal> behind_;
  std::mutex mutex_;
  Look look_;
  std::function<bool(const JournalBatch&)> which_;
  std::chrono::milliseconds time_{};
  std::jthread late_;
};

// In place of the workspace's own, over the same file.
inline std::shared_ptr<Refusing> refuse(Config& config, Refusing::Look look) {
  std::filesystem::create_directories(config.workspace);
  auto journal = std::make_shared<Refusing>(journal::open_sqlite(config.workspace + "/vidgen.db").value(), std::move(look));
  config.journal = journal;
  return journal;
}

// The lease of a process that died: nobody has the job any more.
inline void bury_holder(Journal& journal, const std::string& job) {
  LeaseRequest want;
  want.job = job;
  want.holder = "undertaker";
  want.instead_of = journal.lease(job)->holder;
  JournalBatch batch;
  batch.lease = journal.take(want).value();
  batch.lease->until_ms = 0;
  ASSERT_TRUE(base::commit_now(journal, std::move(batch)));
}

}  // namespace vidgen::test
