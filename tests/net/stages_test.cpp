// SPDX-License-Identifier: Apache-2.0
// The stages of an exchange over either transport: each has a deadline, each can be cancelled, and TLS and proxies do
// what they promise. Deadlines are short and real; nothing is asserted about how long anything took.
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <condition_variable>
#include <fstream>
#include <future>
#include <mutex>

#include "net/client.hpp"

namespace vidgen {
namespace {

using namespace std::chrono_literals;
using test::ask;
using test::ask_and_cancel;
using test::Authority;
using test::Peer;
using test::Seen;
using test::Server;

class StagesTest : public test::TransportTest {};
VIDGEN_BOTH_TRANSPORTS(StagesTest);

// A gate that a lookup waits behind, until it is opened.
class Gate {
 public:
  void reach() {
    std::unique_lock<std::mutex> lock(mutex_);
    reached_ = true;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
  }
  void wait() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return reached_; });
  }
  void open() {
    const std::lock_guard<std::mutex> lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool reached_ = false, open_ = false;
};

// A port whose queue is full: whoever connects waits.
class Deaf {
 public:
  Deaf() {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    for (int& fd : sockets_) fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    ::bind(sockets_[0], reinterpret_cast<sockaddr*>(&at), sizeof at);
    ::listen(sockets_[0], 0);
    ::getsockname(sockets_[0], reinterpret_cast<sockaddr*>(&at), &size);
    for (int i = 1; i < 6; ++i) ::connect(sockets_[i], reinterpret_cast<sockaddr*>(&at), sizeof at);
    port = ntohs(at.sin_port);
  }
  ~Deaf() {
    for (const int fd : sockets_) ::close(fd);
  }
  int port = 0;

 private:
  int sockets_[6] = {};
};

TransportOptions known_as(const std::string& address) {
  TransportOptions options;
  options.resolve = [address](const std::string&) -> Result<std::vector<std::string>> {
    return std::vector<std::string>{address};
  };
  return options;
}

std::string at(const std::string& origin, const Server& server, const std::string& path = "/") {
  return origin + ":" + std::to_string(server.port()) + path;
}

TEST_P(StagesTest, TheLookupHasADeadlineAndCanBeCancelled) {
  Gate gate;
  TransportOptions options;
  options.resolve = [&gate](const std::string&) -> Result<std::vector<std::string>> {
    gate.reach();
    return std::vector<std::string>{"127.0.0.1"};
  };
  auto client = transport(options);
  HttpRequest request = post("http://film.example/", "x");
  const HttpResponse cancelled = ask_and_cancel(*client, request, [&gate] { gate.wait(); });
  EXPECT_EQ(code_of(cancelled), Errc::cancelled);
  EXPECT_EQ(cancelled.sent, Sent::not_sent);
  request.deadlines.resolve = 30ms;
  const HttpResponse late = ask(*client, request);
  EXPECT_EQ(code_of(late), Errc::timeout);
  EXPECT_EQ(late.sent, Sent::not_sent);
  EXPECT_NE(words_of(late).find("looked up"), std::string::npos) << words_of(late);
  gate.open();
}

TEST_P(StagesTest, ConnectingHasADeadlineAndCanBeCancelled) {
  const Deaf deaf;
  auto client = transport();
  HttpRequest request = post("http://127.0.0.1:" + std::to_string(deaf.port), "x");
  const HttpResponse cancelled = ask_and_cancel(*client, request, [] { std::this_thread::sleep_for(20ms); });
  EXPECT_EQ(code_of(cancelled), Errc::cancelled);
  EXPECT_EQ(cancelled.sent, Sent::not_sent);
  request.deadlines.connect = 30ms;
  const HttpResponse late = ask(*client, request);
  EXPECT_EQ(code_of(late), Errc::timeout);
  EXPECT_EQ(late.sent, Sent::not_sent);
  EXPECT_NE(words_of(late).find("reached"), std::string::npos) << words_of(late);
}

TEST_P(StagesTest, TheHandshakeHasADeadlineAndCanBeCancelled) {
  Server server(Server::Raw(), [](Peer& peer) { peer.wait_for_close(); });
  auto client = transport();
  HttpRequest request = post(at("https://127.0.0.1", server), "x");
  const HttpResponse cancelled = ask_and_cancel(*client, request, [&server] { server.wait_for_connections(1); });
  EXPECT_EQ(code_of(cancelled), Errc::cancelled);
  EXPECT_EQ(cancelled.sent, Sent::not_sent);
  request.deadlines.tls = 30ms;
  const HttpResponse late = ask(*client, request);
  EXPECT_EQ(code_of(late), Errc::timeout);
  EXPECT_EQ(late.sent, Sent::not_sent);
  EXPECT_NE(words_of(late).find("handshake"), std::string::npos) << words_of(late);
}

TEST_P(StagesTest, TheFirstByteHasADeadlineAndCanBeCancelled) {
  Server server([](Peer& peer, const Seen&) { peer.wait_for_close(); });
  auto client = transport();
  HttpRequest request = post(server.url(), "x");
  const HttpResponse cancelled = ask_and_cancel(*client, request, [&server] { server.wait_for_requests(1); });
  EXPECT_EQ(code_of(cancelled), Errc::cancelled);
  EXPECT_EQ(cancelled.sent, Sent::sent_unknown);
  request.deadlines.first_byte = 30ms;
  const HttpResponse late = ask(*client, request);
  EXPECT_EQ(code_of(late), Errc::timeout);
  EXPECT_EQ(late.sent, Sent::sent_unknown);
}

TEST_P(StagesTest, ABodyThatStallsHasADeadlineAndCanBeCancelled) {
  const test::TempFolder folder;
  Server server([](Peer& peer, const Seen&) {
    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\nETag: \"a\"\r\n\r\nhalf");
    peer.wait_for_close();
  });
  auto client = transport();
  HttpRequest request = get(server.url());
  request.save_to = folder.file("film.mp4");
  const HttpResponse cancelled = ask_and_cancel(*client, request, [&server] { server.wait_for_requests(1); });
  EXPECT_EQ(code_of(cancelled), Errc::cancelled);
  request.deadlines.stall = 30ms;
  const HttpResponse late = ask(*client, request);
  EXPECT_EQ(code_of(late), Errc::timeout);
  EXPECT_EQ(late.sent, Sent::answered);
  EXPECT_EQ(late.status, 200);
  ASSERT_TRUE(late.file);
  EXPECT_EQ(late.file->bytes, 4);
  EXPECT_EQ(late.file->tag, "\"a\"");
  EXPECT_EQ(late.file->sha256, "");
}

// The answer is saved to a pipe that nobody reads for a while: the cancellation comes while the transport waits for no
// byte, and so has nothing to end. The bytes that creep in afterwards must not keep the exchange.
TEST_P(StagesTest, ACancellationBetweenTwoReadsEndsAnAnswerThatCreeps) {
  constexpr int kPatience = 2000;  // bytes that are left to creep
  const test::TempFolder folder;
  const std::string pipe = folder.file("pipe");
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  std::promise<int> crept;
  Server server([&crept](Peer& peer, const Seen& seen) {
    if (seen.target == "/other") return peer.answer(200, "x");
    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\n");
    int bytes = 0;
    if (peer.write(std::string(400'000, 'x')))
      while (bytes < kPatience && peer.write("x")) {
        std::this_thread::sleep_for(5ms);
        ++bytes;
      }
    crept.set_value(bytes);
    peer.hang_up();
  });
  auto client = transport();
  HttpRequest request = get(server.url("/creeps"));
  request.save_to = pipe;
  int reader = -1;
  std::thread drain;
  const HttpResponse cancelled = ask_and_cancel(
      *client, request, [&] { reader = ::open(pipe.c_str(), O_RDONLY | O_CLOEXEC); },  // until it is being written to
      [&] {
        // Behind the cancellation; libcurl's thread is the one that writes, and nothing gets past it.
        if (GetParam() == "beast") {
          EXPECT_EQ(ask(*client, get(server.url("/other"))).body, "x");
        }
        drain = std::thread([reader] {
          char block[65536];
          while (::read(reader, block, sizeof block) > 0) {
          }
        });
      });
  drain.join();
  ::close(reader);
  EXPECT_EQ(code_of(cancelled), Errc::cancelled) << words_of(cancelled);
  EXPECT_LT(crept.get_future().get(), kPatience) << "it was read to its end";
}

TEST_P(StagesTest, TheWholeHasADeadline) {
  Server server([](Peer& peer, const Seen&) {
    peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    while (peer.write("1\r\nx\r\n")) std::this_thread::sleep_for(1ms);
  });
  HttpRequest request = get(server.url());
  request.deadlines.total = 100ms;
  EXPECT_EQ(code_of(ask(*transport(), request)), Errc::timeout);
}

TEST_P(StagesTest, AServerThatTakesNothingHasADeadline) {
  Server server(Server::Raw(), [](Peer& peer) {
    Seen seen;
    peer.read_head(seen);
    peer.wait_without_reading();
  });
  HttpRequest request = post(server.url(), std::string(64 << 20, 'x'));
  request.deadlines.stall = 100ms;
  request.deadlines.first_byte = 100ms;
  const HttpResponse late = ask(*transport(), request);
  EXPECT_EQ(code_of(late), Errc::timeout) << words_of(late);
  EXPECT_EQ(late.sent, Sent::sent_unknown);
}

TEST_P(StagesTest, TlsChecksTheNameAndTheAuthority) {
  const Authority authority, other;
  const Authority::Pair film = authority.issue("film.example");
  const Authority::Pair address = authority.issue("127.0.0.1");
  Server server([](Peer& peer, const Seen&) { peer.answer(200, "x"); }, &film);
  Server by_address([](Peer& peer, const Seen&) { peer.answer(200, "x"); }, &address);
  const test::TempFolder folder;
  std::ofstream(folder.file("ca.pem")) << authority.pem();
  std::ofstream(folder.file("other.pem")) << other.pem();

  TransportOptions options = known_as("127.0.0.1");
  options.ca_file = folder.file("ca.pem");
  auto client = transport(options);
  for (int i = 0; i < 3; ++i) {
    const HttpResponse good = ask(*client, post(at("https://film.example", server), "y"));
    ASSERT_FALSE(good.error) << words_of(good);
    EXPECT_EQ(good.body, "x");
  }
  EXPECT_EQ(server.connections(), 1);
  EXPECT_FALSE(ask(*client, get(by_address.url())).error);

  const HttpResponse wrong = ask(*client, post(at("https://fake.example", server), "y"));
  EXPECT_EQ(code_of(wrong), Errc::tls) << words_of(wrong);
  EXPECT_EQ(wrong.sent, Sent::not_sent);
  options.ca_file = folder.file("other.pem");
  const HttpResponse unknown = ask(*transport(options), post(at("https://film.example", server), "y"));
  EXPECT_EQ(code_of(unknown), Errc::tls) << words_of(unknown);
  EXPECT_EQ(unknown.sent, Sent::not_sent);
  options.ca_file = folder.file("missing.pem");
  EXPECT_EQ(code_of(ask(*transport(options), get(at("https://film.example", server)))), Errc::tls);
  EXPECT_EQ(server.requests().size(), 3U);
}

// A proxy that connects nowhere but answers itself, as the server behind it would.
TEST_P(StagesTest, AProxyIsAskedForATunnel) {
  const Authority authority;
  const Authority::Pair film = authority.issue("film.example");
  const test::TempFolder folder;
  std::ofstream(folder.file("ca.pem")) << authority.pem();
  Server server([](Peer& peer, const Seen&) { peer.answer(200, "through"); }, &film);
  Server proxy([&server](Peer& peer, const Seen& seen) {
    if (seen.method != "CONNECT") return peer.answer(200, "by the proxy");
    if (seen.headers.count("proxy-authorization") == 0)
      return peer.answer(407, "", "Proxy-Authenticate: Basic realm=\"x\"\r\nConnection: close\r\n"), peer.hang_up();
    peer.write("HTTP/1.1 200 Established\r\n\r\n");
    peer.tunnel_to(server.port());
  });
  TransportOptions options;
  options.ca_file = folder.file("ca.pem");
  options.proxy.https = "http://me:p%40ss@127.0.0.1:" + std::to_string(proxy.port());
  options.proxy.http = "127.0.0.1:" + std::to_string(proxy.port());
  options.proxy.except = "other.example, 10.0.0.0/8";
  const HttpResponse good = ask(*transport(options), post("https://film.example/v1?key=secret", "y"));
  ASSERT_FALSE(good.error) << words_of(good);
  EXPECT_EQ(good.body, "through");
  EXPECT_EQ(proxy.requests().back().method, "CONNECT");
  EXPECT_EQ(proxy.requests().back().target, "film.example:443");
  EXPECT_EQ(proxy.requests().back().headers.at("proxy-authorization"), "Basic bWU6cEBzcw==");
  EXPECT_EQ(server.requests().at(0).target, "/v1?key=secret");
  EXPECT_EQ(server.requests().at(0).headers.count("proxy-authorization"), 0U);

  const HttpResponse plain = ask(*transport(options), get("http://film.example/x?y"));
  EXPECT_EQ(plain.body, "by the proxy") << words_of(plain);
  EXPECT_EQ(proxy.requests().back().target, "http://film.example/x?y");
  EXPECT_EQ(proxy.requests().back().headers.at("host"), "film.example");

  options.proxy.https = "http://127.0.0.1:" + std::to_string(proxy.port());
  const HttpResponse refused = ask(*transport(options), post("https://film.example/", "y"));
  EXPECT_EQ(code_of(refused), Errc::network) << words_of(refused);
  EXPECT_EQ(refused.sent, Sent::not_sent);
  const std::size_t before = proxy.requests().size();
  Server local([](Peer& peer, const Seen&) { peer.answer(200, "direct"); });
  EXPECT_EQ(ask(*transport(options), get(local.url())).body, "direct");
  TransportOptions except = known_as("127.0.0.1");
  except.proxy = options.proxy;
  EXPECT_EQ(ask(*transport(except), get(at("http://other.example", local))).body, "direct");
  EXPECT_EQ(proxy.requests().size(), before);
  options.proxy.https = "socks5://me:password@127.0.0.1:1";
  const HttpResponse socks = ask(*transport(options), get("https://film.example/"));
  EXPECT_EQ(code_of(socks), Errc::invalid_argument);
  EXPECT_EQ(words_of(socks).find("password"), std::string::npos);
}

TEST_P(StagesTest, AForeignUrlNeverReachesAPrivateAddress) {
  Server server([](Peer& peer, const Seen&) { peer.answer(200, "x"); });
  auto client = transport(known_as("127.0.0.1"));
  for (const std::string origin :
       {"https://127.0.0.1", "https://film.example", "https://localhost", "http://film.example"}) {
    HttpRequest request = get(at(origin, server, "/?key=secret"));
    request.trust = UrlTrust::foreign;
    const HttpResponse refused = ask(*client, request);
    EXPECT_EQ(code_of(refused), Errc::url_refused) << origin;
    EXPECT_EQ(refused.sent, Sent::not_sent);
    EXPECT_EQ(words_of(refused).find("secret"), std::string::npos);
  }
  EXPECT_EQ(server.connections(), 0);
  TransportOptions options = known_as("127.0.0.1");
  options.allow_private = true;
  HttpRequest request = get(at("http://film.example", server));
  request.trust = UrlTrust::foreign;
  EXPECT_EQ(ask(*transport(options), request).body, "x");
}

TEST_P(StagesTest, ANameIsLookedUpOnceAnExchange) {
  Server server([](Peer& peer, const Seen&) { peer.answer(200, "x", "Connection: close\r\n"); });
  int lookups = 0;
  TransportOptions options;
  options.resolve = [&lookups](const std::string&) -> Result<std::vector<std::string>> {
    ++lookups;
    return std::vector<std::string>{lookups % 2 == 1 ? "127.0.0.1" : "127.0.0.77"};
  };
  EXPECT_EQ(ask(*transport(options), get(at("http://film.example", server))).body, "x");
  EXPECT_EQ(lookups, 1);
}

// A transport may be destroyed right after its last exchange, and exchanges may come from any executor.
TEST_P(StagesTest, KeptConnectionsOutliveTheExecutorOfTheirFirstUser) {
  Server server([](Peer& peer, const Seen&) { peer.answer(200, "x"); });
  auto client = transport();
  auto first = std::make_unique<asio::io_context>();
  ASSERT_FALSE(ask(*client, get(server.url()), *first).error);
  ASSERT_FALSE(ask(*client, get(server.url())).error);  // now no thread is still on its way out of the first loop
  first.reset();
  ASSERT_FALSE(ask(*client, get(server.url())).error);
  client.reset();
  EXPECT_EQ(server.connections(), 1);
}

}  // namespace
}  // namespace vidgen
