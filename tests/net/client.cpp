// SPDX-License-Identifier: Apache-2.0
#include "net/client.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <future>
#include <list>
#include <thread>

namespace vidgen::test {
namespace {

Async<HttpResponse> run(Transport& transport, HttpRequest request) {
  co_await asio::this_coro::throw_if_cancelled(false);
  co_return co_await transport.exchange(std::move(request));
}

auto into(HttpResponse& out) {
  return [&out](const std::exception_ptr& bug, HttpResponse response) {
    EXPECT_FALSE(bug);
    out = std::move(response);
  };
}

// A loop of its own for each call, kept to the end: a thread that has posted the answer may still be on its way out of
// the loop when run() returns.
asio::io_context& fresh_loop() {
  static std::list<asio::io_context> loops;
  return loops.emplace_back();
}

}  // namespace

HttpResponse ask(Transport& transport, HttpRequest request) {
  return ask(transport, std::move(request), fresh_loop());
}

HttpResponse ask(Transport& transport, HttpRequest request, asio::io_context& io) {
  HttpResponse out;
  asio::co_spawn(io, run(transport, std::move(request)), into(out));
  io.run();
  return out;
}

std::vector<HttpResponse> ask_all(Transport& transport, const std::vector<HttpRequest>& requests) {
  asio::io_context& io = fresh_loop();
  std::vector<HttpResponse> out(requests.size());
  for (std::size_t i = 0; i < requests.size(); ++i) asio::co_spawn(io, run(transport, requests[i]), into(out[i]));
  io.run();
  return out;
}

HttpResponse ask_and_cancel(Transport& transport, HttpRequest request, const std::function<void()>& reached,
                            const std::function<void()>& told) {
  asio::io_context& io = fresh_loop();
  asio::cancellation_signal cancel;
  HttpResponse out;
  asio::co_spawn(io, run(transport, std::move(request)), asio::bind_cancellation_slot(cancel.slot(), into(out)));
  auto guard = asio::make_work_guard(io);
  std::thread loop([&io] { io.run(); });
  reached();
  std::promise<void> emitted;
  asio::post(io, [&] {
    cancel.emit(asio::cancellation_type::terminal);
    guard.reset();
    emitted.set_value();
  });
  emitted.get_future().wait();
  if (told) told();
  loop.join();
  return out;
}

}  // namespace vidgen::test
