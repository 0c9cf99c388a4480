// SPDX-License-Identifier: Apache-2.0
// Process: one program that makes the film: an executor, a journal, a store, a pipeline. It can die at any point, sleep,
// and be taken down without a trace. Thread-safety: none; one thread.
#pragma once

#include <boost/asio/io_context.hpp>
#include <optional>

#include "vidgen/pipeline.hpp"
#include "wire.hpp"

namespace vidgen::sim {

// The film that a history is about.
struct Order {
  Order() = default;
  Request request;
  std::string id = "film-1";
};

class Process {
 public:
  Process(World& world, SimDisk& disk, SimProvider& provider, std::string models, int number);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // Opens the workspace. False: it cannot be, see result().
  bool open();
  // Opens it and submits the order, or joins it where it is known.
  void start(const Order& order);
  // Runs one handler. False: nothing is ready.
  bool poll();
  // When its next timer ends; Nanos::max(): never.
  Nanos next() const { return next_; }
  void die();
  void hear(const std::string& id);  // a webhook
  bool alive() const { return *alive_; }
  bool over() const { return result_.has_value(); }
  const Result<Film>& result() const { return *result_; }

  std::optional<Job> job;
  std::unique_ptr<Pipeline> pipeline;
  Nanos sleeps_until{0};
  const int number;

  // The one that runs now.
  static inline Process* current = nullptr;
  void waits(Nanos time);

 private:
  void began(Result<Job> job);

  World& world_;
  SimDisk& disk_;
  SimProvider& provider_;
  std::string models_;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
  std::unique_ptr<boost::asio::io_context> io_ = std::make_unique<boost::asio::io_context>(1);
  std::shared_ptr<ModelBackend> backend_;
  std::shared_ptr<Journal> journal_;
  std::optional<Result<Film>> result_;
  Nanos next_ = Nanos::max();
};

// Local work, without media: what it makes is named by what went into it.
std::vector<Phase> quick_phases();
inline constexpr const char* kCanary = "r8_canary_5d0c7f21";

}  // namespace vidgen::sim
