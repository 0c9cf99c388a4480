// SPDX-License-Identifier: Apache-2.0
// Handing a value to a handler of another thread's.
#include "base/offload.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>
#include <chrono>
#include <memory>
#include <thread>

namespace vidgen::base {
namespace {

// A strand that lets go of who hands something to it only after a while, and knows whether its context was still there.
struct Slow {
  Slow(asio::strand<asio::any_io_executor> strand, std::atomic<bool>& is_gone, std::atomic<bool>& is_late)
      : on(std::move(strand)), gone(&is_gone), late(&is_late) {}
  Slow(const Slow&) = default;
  ~Slow() {
    if (*gone) *late = true;
  }
  template <class F>
  void execute(F&& f) const {
    on.execute(std::forward<F>(f));
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
  }
  Slow prefer(asio::execution::outstanding_work_t::tracked_t tracked) const {
    return Slow(asio::prefer(on, tracked), *gone, *late);
  }
  bool operator==(const Slow& other) const noexcept { return on == other.on; }
  bool operator!=(const Slow& other) const noexcept { return on != other.on; }

  asio::strand<asio::any_io_executor> on;
  std::atomic<bool>*gone, *late;
};

// Closing a pipeline destroys its context as soon as the last handler has run, while the thread that called it may still be
// on its way back: what that one holds must not be the last of a strand whose context is gone.
TEST(Complete, TheContextMayGoOnceTheHandlerHasRun) {
  std::atomic<bool> gone{false}, late{false};
  auto io = std::make_unique<asio::io_context>(1);
  auto work = asio::make_work_guard(*io);
  bool ran = false;
  const auto run = [&](int) {
    ran = true;
    work.reset();
  };
  asio::any_io_executor on = io->get_executor();
  Handler<int> handler(asio::bind_executor(Slow(asio::make_strand(std::move(on)), gone, late), run));
  std::thread from([h = std::move(handler)]() mutable { complete<int>(std::move(h), 1); });
  io->run();
  gone = true;
  io.reset();
  from.join();
  EXPECT_TRUE(ran);
  EXPECT_FALSE(late);
}

}  // namespace
}  // namespace vidgen::base
