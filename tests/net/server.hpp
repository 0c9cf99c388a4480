// SPDX-License-Identifier: Apache-2.0
// Server: a small real HTTP server on the loopback, one thread a connection, whose answers a test writes byte by byte.
// With TLS when it is given a certificate. Certificate authority: makes certificates while a test runs; none is kept in
// git.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace vidgen::test {

struct Seen {
  Seen() = default;
  std::string method, target, body;
  std::map<std::string, std::string> headers;  // names in lower case
  int connection = 0;                          // the first is 1
};

// The server's side of one connection.
class Peer {
 public:
  virtual ~Peer() = default;
  // A request's head and its body by Content-Length. False at the end.
  bool read_request(Seen& seen);
  bool read_head(Seen& seen);
  bool read_line(std::string& line);
  virtual long read(char* to, std::size_t size) = 0;
  virtual bool write(const std::string& bytes) = 0;
  void answer(int status, const std::string& body, const std::string& headers = "");
  void hang_up();
  void reset();           // closes with RST
  void wait_for_close();  // blocks until the other side is gone
  void wait_without_reading();
  // Carries bytes between this connection and a port of this machine until one side ends.
  void tunnel_to(int port);
  int fd = -1;
  int number = 0;

 private:
  std::string input_;
};

class Authority {
 public:
  Authority();
  ~Authority();
  // PEM of the authority itself.
  std::string pem() const;
  struct Pair {
    Pair() = default;
    std::string certificate, key;
  };
  // For one name, or for an address ("127.0.0.1").
  Pair issue(const std::string& name) const;

 private:
  struct Keys;
  std::unique_ptr<Keys> keys_;
};

using OnRequest = std::function<void(Peer&, const Seen&)>;
using OnConnection = std::function<void(Peer&)>;

class Server {
 public:
  // Calls back for every request of every connection, on the connection's thread.
  explicit Server(OnRequest on_request, const Authority::Pair* tls = nullptr);
  // Calls back once a connection, with nothing read.
  struct Raw {};
  Server(Raw, OnConnection on_connection, const Authority::Pair* tls = nullptr);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  int port() const { return port_; }
  std::string url(const std::string& path = "/") const;
  int connections() const { return connections_; }
  std::vector<Seen> requests() const;
  void note(const Seen& seen);
  // Blocks until that many connections were accepted; for cancelling in the middle of something.
  void wait_for_connections(int count);
  void wait_for_requests(std::size_t count);

 private:
  void start(const Authority::Pair* tls);
  void accept_all();
  void serve(int fd, int number);

  OnConnection on_connection_;
  void* tls_ = nullptr;  // SSL_CTX
  int listener_ = -1;
  int port_ = 0;
  std::atomic<int> connections_{0};
  std::atomic<bool> stopping_{false};
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Seen> requests_;
  std::set<int> open_;
  std::vector<std::thread> threads_;
  std::thread acceptor_;
};

}  // namespace vidgen::test
