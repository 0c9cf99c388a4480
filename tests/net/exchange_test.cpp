// SPDX-License-Identifier: Apache-2.0
// One exchange over either transport: what is sent, what is read, which connection is used, what is refused.
#include <dirent.h>

#include <fstream>

#include "net/client.hpp"

namespace vidgen {
namespace {

using test::ask;
using test::ask_all;
using test::Peer;
using test::Seen;
using test::Server;

class ExchangeTest : public test::TransportTest {};
VIDGEN_BOTH_TRANSPORTS(ExchangeTest);

int entries(const char* folder) {
  int count = 0;
  DIR* dir = ::opendir(folder);
  while (::readdir(dir) != nullptr) ++count;
  ::closedir(dir);
  return count;
}

TEST_P(ExchangeTest, SendsARequestAndReadsTheAnswer) {
  Server server([](Peer& peer, const Seen&) { peer.answer(201, "hello", "X-Two: a\r\nx-two: b\r\nETag: \"1\"\r\n"); });
  HttpRequest request = post(server.url("/v1/predictions?x=1"), R"({"a":1})");
  request.headers["Authorization"] = "Bearer secret";
  request.headers["Content-Type"] = "application/json";
  const HttpResponse response = ask(*transport(), request);
  ASSERT_FALSE(response.error) << response.error->describe();
  EXPECT_EQ(response.sent, Sent::answered);
  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(response.body, "hello");
  EXPECT_EQ(response.headers.at("x-two"), "a, b");
  const Seen seen = server.requests().at(0);
  EXPECT_EQ(seen.method, "POST");
  EXPECT_EQ(seen.target, "/v1/predictions?x=1");
  EXPECT_EQ(seen.body, R"({"a":1})");
  EXPECT_EQ(seen.headers.at("authorization"), "Bearer secret");
  EXPECT_EQ(seen.headers.at("content-type"), "application/json");
  EXPECT_EQ(seen.headers.at("host"), "127.0.0.1:" + std::to_string(server.port()));
  EXPECT_EQ(seen.headers.at("accept-encoding"), "identity");
  EXPECT_EQ(seen.headers.count("expect"), 0U);
  EXPECT_EQ(seen.headers.at("user-agent"), std::string("vidgen/") + kVersion);
}

TEST_P(ExchangeTest, EveryMethodAndAnAnswerWithoutABody) {
  Server server([](Peer& peer, const Seen& seen) {
    if (seen.method == "HEAD") peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
    if (seen.method == "DELETE") peer.write("HTTP/1.1 204 No Content\r\n\r\n");
    if (seen.method == "PUT" || seen.method == "PATCH" || seen.method == "GET")
      peer.answer(200, seen.method + seen.body);
  });
  auto client = transport();
  for (const std::string method : {"HEAD", "DELETE", "PUT", "PATCH", "GET"}) {
    HttpRequest request = get(server.url());
    request.method = method;
    if (method[0] == 'P') request.body = "body";
    const HttpResponse response = ask(*client, request);
    ASSERT_FALSE(response.error) << method << ": " << response.error->describe();
    EXPECT_EQ(response.body, method[0] == 'P' ? method + "body" : method == "GET" ? "GET" : "");
  }
}

TEST_P(ExchangeTest, NoThreadAndNoSocketBeforeTheFirstUse) {
  const int threads = entries("/proc/self/task"), files = entries("/proc/self/fd");
  auto client = transport();
  EXPECT_EQ(entries("/proc/self/task"), threads);
  EXPECT_EQ(entries("/proc/self/fd"), files);
}

TEST_P(ExchangeTest, LeavesNoThreadAndNoSocketBehind) {
  Server server([](Peer& peer, const Seen&) { peer.answer(200, "x"); });
  const int threads = entries("/proc/self/task");
  auto client = transport();
  (void)ask(*client, get(server.url()));
  client.reset();
  EXPECT_LE(entries("/proc/self/task"), threads + 1);  // the server's own for the connection
}

TEST_P(ExchangeTest, KeepsConnections) {
  Server server([](Peer& peer, const Seen&) { peer.answer(200, "x"); });
  auto client = transport();
  for (int i = 0; i < 5; ++i) ASSERT_FALSE(ask(*client, get(server.url())).error);
  ASSERT_FALSE(ask(*client, post(server.url(), "y")).error);
  EXPECT_EQ(server.connections(), 1);
  HttpRequest fresh = get(server.url());
  fresh.fresh = true;
  ASSERT_FALSE(ask(*client, fresh).error);
  EXPECT_EQ(server.connections(), 2);
}

TEST_P(ExchangeTest, DoesNotKeepWhatTheServerCloses) {
  Server server([](Peer& peer, const Seen&) {
    peer.answer(200, "x", "Connection: close\r\n");
    peer.hang_up();
  });
  auto client = transport();
  for (int i = 0; i < 3; ++i) ASSERT_FALSE(ask(*client, get(server.url())).error);
  EXPECT_EQ(server.connections(), 3);
}

TEST_P(ExchangeTest, AKeptConnectionThatWasClosedIsNotUsedForAPost) {
  Server server([](Peer& peer, const Seen&) {
    peer.answer(200, "x");
    peer.hang_up();  // without a word of warning
  });
  auto client = transport();
  ASSERT_FALSE(ask(*client, get(server.url())).error);
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  for (int i = 0; i < 3; ++i) {
    const HttpResponse response = ask(*client, post(server.url(), "paid"));
    // The farewell may still be under way: then it is unknown, and never sent twice.
    EXPECT_TRUE(!response.error || response.sent == Sent::sent_unknown);
  }
  EXPECT_LE(server.requests().size(), 4U);
}

// The connection dies after the bytes of a second request were read: a GET may be sent again, a POST never.
TEST_P(ExchangeTest, AKeptConnectionThatDiesUnderARequest) {
  for (const bool paid : {false, true}) {
    Server server([](Peer& peer, const Seen& seen) {
      if (seen.target == "/first" || peer.number > 1) return peer.answer(200, "x");
      peer.hang_up();
    });
    auto client = transport();
    ASSERT_FALSE(ask(*client, get(server.url("/first"))).error);
    const HttpResponse response = ask(*client, paid ? post(server.url("/second"), "y") : get(server.url("/second")));
    if (paid) {
      EXPECT_EQ(response.sent, Sent::sent_unknown);
      EXPECT_EQ(code_of(response), Errc::network);
      EXPECT_EQ(server.requests().size(), 2U);
    } else {
      EXPECT_FALSE(response.error);
      EXPECT_EQ(server.requests().size(), 3U);
    }
  }
}

TEST_P(ExchangeTest, ChunkedInterimAndUntilTheEnd) {
  Server server([](Peer& peer, const Seen& seen) {
    if (seen.target == "/chunked")
      peer.write(
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nTrailer: 1\r\n\r\n");
    if (seen.target == "/interim")
      peer.write("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"),
          peer.answer(200, "real", "X-Real: 1\r\n");
    if (seen.target == "/end") {
      peer.write("HTTP/1.0 200 OK\r\n\r\nto the end");
      peer.hang_up();
    }
  });
  auto client = transport();
  EXPECT_EQ(ask(*client, get(server.url("/chunked"))).body, "abcde");
  const HttpResponse interim = ask(*client, get(server.url("/interim")));
  EXPECT_EQ(interim.status, 200);
  EXPECT_EQ(interim.body, "real");
  EXPECT_EQ(interim.headers.count("link"), 0U);
  EXPECT_EQ(interim.headers.at("x-real"), "1");
  EXPECT_EQ(ask(*client, get(server.url("/end"))).body, "to the end");
}

TEST_P(ExchangeTest, WhatIsNotHttpIsAnError) {
  Server server([](Peer& peer, const Seen& seen) {
    if (seen.target == "/garbage") peer.write("SSH-2.0-OpenSSH_9.2\r\n\r\n");
    if (seen.target == "/length") peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1x\r\n\r\n");
    if (seen.target == "/endless") peer.write("HTTP/1.1 200 OK\r\nX: " + std::string(400000, 'x'));
    if (seen.target == "/chunk") peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n");
    peer.hang_up();
  });
  auto client = transport();
  for (const std::string path : {"/garbage", "/length", "/endless", "/chunk"}) {
    const HttpResponse response = ask(*client, post(server.url(path), "paid"));
    ASSERT_TRUE(response.error) << path;
    EXPECT_EQ(code_of(response), Errc::answer_invalid) << path << response.error->describe();
    EXPECT_NE(response.sent, Sent::not_sent) << path;
  }
}

TEST_P(ExchangeTest, ACompressedAnswerIsNeverMistakenForText) {
  Server server([](Peer& peer, const Seen&) { peer.answer(200, "\x1f\x8b\x08", "Content-Encoding: gzip\r\n"); });
  const HttpResponse response = ask(*transport(), get(server.url()));
  EXPECT_EQ(code_of(response), Errc::answer_invalid);
  EXPECT_EQ(response.sent, Sent::answered);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "");
}

TEST_P(ExchangeTest, TheLimitOfABody) {
  Server server([](Peer& peer, const Seen& seen) {
    if (seen.target == "/told") return peer.answer(200, std::string(1001, 'x'));
    if (seen.target == "/fits") return peer.answer(200, std::string(1000, 'x'));
    peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    while (peer.write("1f4\r\n" + std::string(500, 'x') + "\r\n")) {
    }
  });
  auto client = transport();
  for (const std::string path : {"/told", "/fits", "/untold"}) {
    HttpRequest request = get(server.url(path));
    request.body_limit = 1000;
    const HttpResponse response = ask(*client, request);
    EXPECT_EQ(code_of(response), path == "/fits" ? Errc(0) : Errc::answer_invalid) << path;
    EXPECT_LE(response.body.size(), 1000U);
  }
}

TEST_P(ExchangeTest, HowFarItGot) {
  Server server([](Peer& peer, const Seen& seen) {
    if (seen.target == "/cut") peer.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
    if (seen.target == "/head") peer.write("HTTP/1.1 200 OK\r\nContent-Le");
    seen.target == "/reset" ? peer.reset() : peer.hang_up();
  });
  auto client = transport();
  HttpResponse response = ask(*client, post(server.url("/drop"), "paid"));
  EXPECT_EQ(response.sent, Sent::sent_unknown);
  EXPECT_EQ(code_of(response), Errc::network);
  response = ask(*client, post(server.url("/reset"), "paid"));
  EXPECT_EQ(response.sent, Sent::sent_unknown);
  response = ask(*client, post(server.url("/head"), "paid"));
  EXPECT_EQ(response.sent, Sent::sent_unknown);
  EXPECT_EQ(code_of(response), Errc::network) << response.error->describe();
  response = ask(*client, post(server.url("/cut"), "paid"));
  EXPECT_EQ(response.sent, Sent::answered);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(code_of(response), Errc::network);
  EXPECT_EQ(response.body, "half");
  EXPECT_EQ(server.requests().size(), 4U);  // nothing was repeated
}

TEST_P(ExchangeTest, NotSent) {
  int closed = 0;
  {
    Server server([](Peer&, const Seen&) {});
    closed = server.port();
  }
  TransportOptions options;
  options.resolve = [](const std::string& host) -> Result<std::vector<std::string>> {
    if (host == "many.example") return std::vector<std::string>{"127.0.0.2", "127.0.0.3"};
    return Error(Errc::network, "the name is not known");
  };
  auto client = transport(options);
  for (const std::string host : {"127.0.0.1", "nobody.example", "many.example"}) {
    const HttpResponse response =
        ask(*client, post("http://" + host + ":" + std::to_string(closed) + "/?key=secret", "x"));
    EXPECT_EQ(response.sent, Sent::not_sent) << host;
    EXPECT_EQ(code_of(response), Errc::network) << host;
    EXPECT_TRUE(response.error->retryable());
    EXPECT_EQ(response.error->describe().find("secret"), std::string::npos) << response.error->describe();
  }
}

TEST_P(ExchangeTest, TriesAllAddressesOfAName) {
  Server server([](Peer& peer, const Seen&) { peer.answer(200, "x"); });
  TransportOptions options;
  options.resolve = [](const std::string&) -> Result<std::vector<std::string>> {
    return std::vector<std::string>{"127.0.0.9", "::1", "127.0.0.1"};
  };
  const HttpResponse response = ask(*transport(options), get("http://film.example:" + std::to_string(server.port())));
  ASSERT_FALSE(response.error) << response.error->describe();
  EXPECT_EQ(server.requests().at(0).headers.at("host"), "film.example:" + std::to_string(server.port()));
}

TEST_P(ExchangeTest, RefusesRequestsThatMakeNoSense) {
  Server server([](Peer& peer, const Seen&) { peer.answer(200, "x"); });
  auto client = transport();
  std::vector<HttpRequest> bad(6, get(server.url()));
  bad[0].method = "GET / HTTP/1.1\r\nX:";
  bad[1].headers["X-A"] = "b\r\nX-Evil: 1";
  bad[2].headers["X A"] = "b";
  bad[3].headers["Content-Length"] = "0";
  bad[4].redirects = 4;
  bad[5].body = "x";
  bad[5].body_file = "/dev/null";
  for (const HttpRequest& request : bad) {
    const HttpResponse response = ask(*client, request);
    EXPECT_EQ(code_of(response), Errc::invalid_argument);
    EXPECT_EQ(response.sent, Sent::not_sent);
  }
  EXPECT_EQ(code_of(ask(*client, get("ftp://127.0.0.1/"))), Errc::url_refused);
  EXPECT_EQ(server.connections(), 0);
}

TEST_P(ExchangeTest, UploadsAFileAndAForm) {
  Server server([](Peer& peer, const Seen&) { peer.answer(200, "x"); });
  const test::TempFolder folder;
  const std::string content(300000, 'z');
  std::ofstream(folder.file("image.png")) << content;
  auto client = transport();
  HttpRequest request = post(server.url(), "");
  request.body_file = folder.file("image.png");
  ASSERT_FALSE(ask(*client, request).error);
  EXPECT_TRUE(server.requests().at(0).body == content);

  request = post(server.url(), "");
  request.parts.resize(2);
  request.parts[0].name = "purpose";
  request.parts[0].bytes = "vision";
  request.parts[1].name = "content";
  request.parts[1].filename = "image.png";
  request.parts[1].type = "image/png";
  request.parts[1].file = folder.file("image.png");
  ASSERT_FALSE(ask(*client, request).error);
  const Seen seen = server.requests().at(1);
  const std::string type = seen.headers.at("content-type");
  ASSERT_EQ(type.rfind("multipart/form-data; boundary=", 0), 0U);
  const std::string line = "--" + type.substr(type.find('=') + 1);
  EXPECT_TRUE(seen.body == line + "\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nvision\r\n" + line +
                               "\r\nContent-Disposition: form-data; name=\"content\"; filename=\"image.png\"\r\n"
                               "Content-Type: image/png\r\n\r\n" +
                               content + "\r\n" + line + "--\r\n");
  request.parts[1].file = folder.file("missing.png");
  const HttpResponse missing = ask(*client, request);
  EXPECT_EQ(code_of(missing), Errc::file_missing);
  EXPECT_EQ(missing.sent, Sent::not_sent);
}

TEST_P(ExchangeTest, AnAnswerBeforeTheWholeRequestCounts) {
  Server server(Server::Raw(), [](Peer& peer) {
    Seen seen;
    if (!peer.read_head(seen)) return;
    peer.answer(413, "too large", "Connection: close\r\n");
    peer.wait_for_close();
  });
  HttpRequest request = post(server.url(), std::string(20 << 20, 'x'));
  request.deadlines.stall = std::chrono::milliseconds(500);
  const HttpResponse response = ask(*transport(), request);
  EXPECT_EQ(response.status, 413);
  EXPECT_EQ(response.body, "too large");
}

TEST_P(ExchangeTest, ManyAtOnce) {
  Server server([](Peer& peer, const Seen& seen) { peer.answer(200, seen.target); });
  auto client = transport();
  std::vector<HttpRequest> requests;
  constexpr int kMany = 100;
  for (int i = 0; i < kMany; ++i) requests.push_back(get(server.url("/" + std::to_string(i))));
  const std::vector<HttpResponse> responses = ask_all(*client, requests);
  int good = 0;
  for (std::size_t i = 0; i < responses.size(); ++i) good += responses[i].body == "/" + std::to_string(i) ? 1 : 0;
  EXPECT_EQ(good, kMany);
}

}  // namespace
}  // namespace vidgen
