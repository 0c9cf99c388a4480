// SPDX-License-Identifier: Apache-2.0
// Core: what all jobs of a Pipeline share: executor, strand, pool, store, journal, data, slots. Coroutines hold it, so
// it outlives the Pipeline by as long as they need to save.
//
// Thread-safety: services() and the strand from any thread; slots on the strand only.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "vidgen/pipeline.hpp"

VIDGEN_NAMESPACE_BEGIN

class JobState;

class Core : public std::enable_shared_from_this<Core> {
 public:
  Core(std::optional<asio::any_io_executor> host, Config config);
  ~Core();

  const Config& config() const { return config_; }
  asio::any_io_executor executor();  // starts the I/O thread when there is no host's
  // For handlers without an executor: they are called from there, never from within the call that they complete.
  asio::any_completion_executor completions();
  asio::strand<asio::any_io_executor>& strand();
  asio::any_io_executor pool();
  int threads() const { return threads_; }
  std::string folder(const std::string& job) const { return config_.workspace + "/videos/" + job; }

  // Templates and models only: nothing is written. Errors are kept: the second call gives the same.
  Result<std::shared_ptr<Services>> data();
  // Store and journal too: makes the workspace.
  Result<std::shared_ptr<Services>> services();
  // The journal where there is one already; null, and nothing made, where there is none.
  std::shared_ptr<Journal> known_journal();

  // Jobs under way in this process, by id.
  std::shared_ptr<JobState> running(const std::string& id);
  void started(std::shared_ptr<JobState> job);
  void ended(const std::string& id);
  // Under which leases of jobs are held.
  const std::string& holder();
  // Interrupts every job; with an I/O thread of our own, waits until they have saved.
  void shut_down();
  // After a fork the child has none of our threads, and locks may be held for good: nothing here is touched any more.
  bool forked() const;
  Status usable_here() const;  // Errc::forked

 private:
  void start_io();
  void abandon();
  Config config_;
  const int pid_;
  int threads_;
  std::mutex mutex_;
  std::string holder_;
  std::condition_variable idle_;
  std::optional<asio::any_io_executor> executor_;
  std::unique_ptr<asio::io_context> io_;
  std::optional<asio::executor_work_guard<asio::io_context::executor_type>> work_;
  std::thread io_thread_;
  std::atomic<bool> gone_{false};  // our I/O thread has ended: nothing posted to it would run
  std::optional<asio::strand<asio::any_io_executor>> strand_;
  std::unique_ptr<asio::thread_pool> pool_;
  std::optional<Result<std::shared_ptr<Services>>> data_;
  std::optional<Result<std::shared_ptr<Services>>> services_;
  std::map<std::string, std::shared_ptr<JobState>> jobs_;
};

VIDGEN_NAMESPACE_END
