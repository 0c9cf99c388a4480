// SPDX-License-Identifier: Apache-2.0
// The two transports as test parameters, and exchanges that a test can wait for or cancel.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "net/server.hpp"
#include "support/temp.hpp"
#include "vidgen/transport.hpp"

namespace vidgen::test {

HttpResponse ask(Transport& transport, HttpRequest request);
HttpResponse ask(Transport& transport, HttpRequest request, asio::io_context& io);
// All of them at once.
std::vector<HttpResponse> ask_all(Transport& transport, const std::vector<HttpRequest>& requests);
// Cancels the exchange once `reached()` has returned, and calls `told()` once the transport has heard of it.
HttpResponse ask_and_cancel(Transport& transport, HttpRequest request, const std::function<void()>& reached,
                            const std::function<void()>& told = {});

class TransportTest : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (GetParam() == "curl" && !curl_transport(TransportOptions())) GTEST_SKIP() << "built without libcurl";
  }
  std::shared_ptr<Transport> transport(TransportOptions options = TransportOptions()) const {
    if (GetParam() == "beast") return beast_transport(std::move(options));
    return *curl_transport(std::move(options));
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
  static std::string words_of(const HttpResponse& response) {
    return response.error ? response.error->describe() : "no error";
  }
};

#define VIDGEN_BOTH_TRANSPORTS(Suite) \
  INSTANTIATE_TEST_SUITE_P(Both, Suite, ::testing::Values("beast", "curl"), [](const auto& row) { return row.param; })

}  // namespace vidgen::test
