// SPDX-License-Identifier: Apache-2.0
#include "net/server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstring>

namespace vidgen::test {
namespace {

class PlainPeer final : public Peer {
 public:
  long read(char* to, std::size_t size) override { return ::recv(fd, to, size, 0); }
  bool write(const std::string& bytes) override {
    std::size_t done = 0;
    while (done < bytes.size()) {
      const ssize_t count = ::send(fd, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
      if (count <= 0) return false;
      done += static_cast<std::size_t>(count);
    }
    return true;
  }
};

class TlsPeer final : public Peer {
 public:
  explicit TlsPeer(SSL* ssl) : ssl_(ssl) {}
  ~TlsPeer() override {
    ::SSL_shutdown(ssl_);
    ::SSL_free(ssl_);
  }
  long read(char* to, std::size_t size) override { return ::SSL_read(ssl_, to, static_cast<int>(size)); }
  bool write(const std::string& bytes) override {
    return bytes.empty() || ::SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size())) > 0;
  }

 private:
  SSL* ssl_;
};

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

}  // namespace

bool Peer::read_line(std::string& line) {
  while (true) {
    const std::size_t end = input_.find("\r\n");
    if (end != input_.npos) {
      line = input_.substr(0, end);
      input_.erase(0, end + 2);
      return true;
    }
    char block[4096];
    const long count = read(block, sizeof block);
    if (count <= 0) return false;
    input_.append(block, static_cast<std::size_t>(count));
  }
}

bool Peer::read_head(Seen& seen) {
  std::string line;
  if (!read_line(line)) return false;
  seen.method = line.substr(0, line.find(' '));
  const std::size_t start = seen.method.size() + 1;
  seen.target = line.substr(start, line.rfind(' ') - start);
  while (read_line(line)) {
    if (line.empty()) return true;
    const std::size_t colon = line.find(": ");
    if (colon != line.npos) seen.headers[lower(line.substr(0, colon))] = line.substr(colon + 2);
  }
  return false;
}

bool Peer::read_request(Seen& seen) {
  seen.connection = number;
  if (!read_head(seen)) return false;
  const std::size_t length = seen.headers.count("content-length") ? std::stoul(seen.headers["content-length"]) : 0;
  char block[65536];
  while (input_.size() < length) {
    const long count = read(block, sizeof block);
    if (count <= 0) return false;
    input_.append(block, static_cast<std::size_t>(count));
  }
  seen.body = input_.substr(0, length);
  input_.erase(0, length);
  return true;
}

void Peer::answer(int status, const std::string& body, const std::string& headers) {
  write("HTTP/1.1 " + std::to_string(status) + " Something\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
        headers + "\r\n" + body);
}

void Peer::hang_up() {
  ::shutdown(fd, SHUT_RDWR);
}

void Peer::reset() {
  const linger now{1, 0};
  ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  ::shutdown(fd, SHUT_RD);  // the close that follows then sends RST
}

void Peer::wait_for_close() {
  char block[4096];
  while (::recv(fd, block, sizeof block, 0) > 0) {
  }
}

// POLLRDHUP comes with the peer's FIN also when unread bytes are in the way.
void Peer::wait_without_reading() {
  pollfd until{fd, POLLRDHUP, 0};
  ::poll(&until, 1, 60000);
}

void Peer::tunnel_to(int port) {
  const int other = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  at.sin_port = htons(static_cast<std::uint16_t>(port));
  bool open = ::connect(other, reinterpret_cast<sockaddr*>(&at), sizeof at) == 0;
  char block[16384];
  while (open) {
    pollfd both[2] = {{fd, POLLIN, 0}, {other, POLLIN, 0}};
    ::poll(both, 2, 60000);
    for (int i = 0; i < 2 && open; ++i) {
      if (both[i].revents == 0) continue;
      const ssize_t count = ::recv(both[i].fd, block, sizeof block, 0);
      open = count > 0 && ::send(both[1 - i].fd, block, static_cast<std::size_t>(count), MSG_NOSIGNAL) == count;
    }
  }
  ::close(other);
  hang_up();
}

Server::Server(OnRequest on_request, const Authority::Pair* tls) {
  on_connection_ = [this, on_request](Peer& peer) {
    while (!stopping_) {
      Seen seen;
      if (!peer.read_request(seen)) return;
      note(seen);
      on_request(peer, seen);
      if (peer.fd < 0) return;
    }
  };
  start(tls);
}

Server::Server(Raw, OnConnection on_connection, const Authority::Pair* tls) : on_connection_(std::move(on_connection)) {
  start(tls);
}

void Server::start(const Authority::Pair* tls) {
  std::signal(SIGPIPE, SIG_IGN);
  if (tls != nullptr) {
    SSL_CTX* context = ::SSL_CTX_new(::TLS_server_method());
    BIO* bio = ::BIO_new_mem_buf(tls->certificate.data(), static_cast<int>(tls->certificate.size()));
    X509* certificate = ::PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
    ::BIO_free(bio);
    bio = ::BIO_new_mem_buf(tls->key.data(), static_cast<int>(tls->key.size()));
    EVP_PKEY* key = ::PEM_read_bio_PrivateKey(bio, nullptr, nullptr, nullptr);
    ::BIO_free(bio);
    ::SSL_CTX_use_certificate(context, certificate);
    ::SSL_CTX_use_PrivateKey(context, key);
    ::X509_free(certificate);
    ::EVP_PKEY_free(key);
    tls_ = context;
  }
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ::bind(listener_, reinterpret_cast<sockaddr*>(&at), sizeof at);
  ::listen(listener_, 256);
  socklen_t size = sizeof at;
  ::getsockname(listener_, reinterpret_cast<sockaddr*>(&at), &size);
  port_ = ntohs(at.sin_port);
  acceptor_ = std::thread([this] { accept_all(); });
}

Server::~Server() {
  stopping_ = true;
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  ::close(listener_);
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    for (const int fd : open_) ::shutdown(fd, SHUT_RDWR);
  }
  for (std::thread& thread : threads_) thread.join();
  if (tls_ != nullptr) ::SSL_CTX_free(static_cast<SSL_CTX*>(tls_));
}

std::string Server::url(const std::string& path) const {
  return (tls_ != nullptr ? "https" : "http") + std::string("://127.0.0.1:") + std::to_string(port_) + path;
}

std::vector<Seen> Server::requests() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return requests_;
}

void Server::note(const Seen& seen) {
  const std::lock_guard<std::mutex> lock(mutex_);
  requests_.push_back(seen);
  changed_.notify_all();
}

void Server::wait_for_connections(int count) {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [&] { return connections_ >= count; });
}

void Server::wait_for_requests(std::size_t count) {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [&] { return requests_.size() >= count; });
}

void Server::accept_all() {
  while (!stopping_) {
    const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) continue;
    const std::lock_guard<std::mutex> lock(mutex_);
    const int number = ++connections_;
    changed_.notify_all();
    open_.insert(fd);
    threads_.emplace_back([this, fd, number] { serve(fd, number); });
  }
}

void Server::serve(int fd, int number) {
  std::unique_ptr<Peer> peer;
  if (tls_ != nullptr) {
    SSL* ssl = ::SSL_new(static_cast<SSL_CTX*>(tls_));
    ::SSL_set_fd(ssl, fd);
    peer = std::make_unique<TlsPeer>(ssl);
    if (::SSL_accept(ssl) != 1) peer->fd = -2;
  } else {
    peer = std::make_unique<PlainPeer>();
  }
  if (peer->fd != -2) {
    peer->fd = fd;
    peer->number = number;
    on_connection_(*peer);
  }
  peer.reset();
  const std::lock_guard<std::mutex> lock(mutex_);
  open_.erase(fd);
  ::close(fd);
}

}  // namespace vidgen::test
