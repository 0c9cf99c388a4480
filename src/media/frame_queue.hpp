// SPDX-License-Identifier: Apache-2.0
// FrameQueue: finished frames on their way from the thread that makes them to the one that encodes. It holds a few, so
// that neither waits for the other and memory stays flat.
//
// Thread-safety: one producer, one consumer.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

#include "av/frame.hpp"
#include "vidgen/error.hpp"

namespace vidgen::media {

class FrameQueue {
 public:
  explicit FrameQueue(std::size_t room) : room_(room) {}

  // False when the consumer has gone.
  bool push(Result<av::Frame> frame) {
    std::unique_lock lock(mutex_);
    space_.wait(lock, [this] { return closed_ || frames_.size() < room_; });
    if (closed_) return false;
    frames_.push_back(std::move(frame));
    filled_.notify_one();
    return true;
  }

  // Nothing more will come; what is there may still be taken.
  void end() {
    std::lock_guard lock(mutex_);
    ended_ = true;
    filled_.notify_one();
  }

  // Nobody will take any more.
  void close() {
    std::lock_guard lock(mutex_);
    closed_ = true;
    frames_.clear();
    space_.notify_one();
  }

  // Nothing at the end.
  std::optional<Result<av::Frame>> pop() {
    std::unique_lock lock(mutex_);
    filled_.wait(lock, [this] { return ended_ || !frames_.empty(); });
    if (frames_.empty()) return std::nullopt;
    Result<av::Frame> frame = std::move(frames_.front());
    frames_.pop_front();
    space_.notify_one();
    return frame;
  }

 private:
  const std::size_t room_;
  std::mutex mutex_;
  std::condition_variable filled_, space_;
  std::deque<Result<av::Frame>> frames_;
  bool ended_ = false, closed_ = false;
};

}  // namespace vidgen::media
