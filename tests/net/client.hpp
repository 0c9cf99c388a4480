// SPDX-License-Identifier: Apache-2.0
// Client: the two transports as test parameters, and exchanges that a test can wait for or cancel.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <memory>
#include <string>
#include <thread>

#include "net/server.hpp"
#include "support/temp.hpp"
#include "vidgen/transport.hpp"

namespace vidgen::test {

inline std::shared_ptr<Transport> make_transport(const std::string& kind, TransportOptions options) {
  if (kind == "beast") return beast_transport(std::move(options));
  auto made = curl_transport(std::move(options));
  return made ? *made : nullptr;
}

inline HttpResponse ask(Transport& transport, HttpRequest request) {
  asio::io_context io;
  HttpResponse out;
  auto done = [&out](const std::exception_ptr& bug, HttpResponse response) {
    EXPECT_FALSE(bug);
    out = std::move(response);
  };
  asio::co_spawn(io, transport.exchange(std::move(request)), done);
  io.run();
  return out;
}

// Runs an exchange and cancels it once `reached()` has returned.
template <class Reached>
HttpResponse ask_and_cancel(Transport& transport, HttpRequest request, Reached reached) {
  asio::io_context io;
  asio::cancellation_signal cancel;
  HttpResponse out;
  auto done = [&out](const std::exception_ptr& bug, HttpResponse response) {
    if (!bug) out = std::move(response);
  };
  auto run = [&]() -> Async<HttpResponse> {
    co_await asio::this_coro::throw_if_cancelled(false);
    co_return co_await transport.exchange(std::move(request));
  };
  asio::co_spawn(io, run(), asio::bind_cancellation_slot(cancel.slot(), done));
  std::thread other([&] {
    reached();
    asio::post(io, [&] { cancel.emit(asio::cancellation_type::terminal); });
  });
  auto guard = asio::make_work_guard(io);
  std::thread loop([&] { io.run(); });
  other.join();
  guard.reset();
  loop.join();
  return out;
}

class TransportTest : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (GetParam() == "curl" && !curl_transport(TransportOptions())) GTEST_SKIP() << "built without libcurl";
  }
  std::shared_ptr<Transport> transport(TransportOptions options = TransportOptions()) const {
    return make_transport(GetParam(), std::move(options));
  }
  static HttpRequest get(const std::string& url) {
    HttpRequest request;
    request.url = url;
    return request;
  }
  static HttpRequest post(const std::string& url, const std::string& body) {
    HttpRequest request = get(url);
    request.method = "POST";
    request.body = body;
    return request;
  }
  static Errc code_of(const HttpResponse& response) { return response.error ? response.error->code() : Errc(0); }
};

#define VIDGEN_BOTH_TRANSPORTS(Suite)                                                 \
  INSTANTIATE_TEST_SUITE_P(Both, Suite, ::testing::Values("beast", "curl"), [](const auto& row) { return row.param; })

}  // namespace vidgen::test
