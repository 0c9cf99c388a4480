// SPDX-License-Identifier: Apache-2.0
#include "net/resolver.hpp"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstring>

namespace vidgen::net {
namespace {

using Addresses = Result<std::vector<Address>>;

// One lookup: whoever comes first, the answer or a cancellation, takes the handler. Engine's thread only.
struct Waiting {
  explicit Waiting(Handler<Addresses> h) : handler(std::move(h)) {}
  Handler<Addresses> handler;
  void complete(Addresses value) {
    if (!handler) return;
    Handler<Addresses> h = std::move(handler);
    handler = nullptr;
    std::move(h)(std::move(value));
  }
};

Address address_of(const sockaddr& from) {
  Address out;
  out.v6 = from.sa_family == AF_INET6;
  if (out.v6) {
    sockaddr_in6 full;
    std::memcpy(&full, &from, sizeof full);
    std::memcpy(out.bytes.data(), &full.sin6_addr, 16);
  } else {
    sockaddr_in full;
    std::memcpy(&full, &from, sizeof full);
    std::memcpy(out.bytes.data(), &full.sin_addr, 4);
  }
  return out;
}

Addresses ask_system(const std::string& host) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_ADDRCONFIG;
  addrinfo* list = nullptr;
  const int rc = ::getaddrinfo(host.c_str(), nullptr, &hints, &list);
  if (rc != 0) return Error(Errc::network, "the name " + host + " cannot be looked up: " + ::gai_strerror(rc));
  std::vector<Address> out;
  for (const addrinfo* at = list; at != nullptr; at = at->ai_next)
    if (at->ai_family == AF_INET || at->ai_family == AF_INET6) out.push_back(address_of(*at->ai_addr));
  ::freeaddrinfo(list);
  return out;
}

Addresses ask(const Lookup& lookup, const std::string& host) {
  if (!lookup) return ask_system(host);
  const auto texts = lookup(host);
  if (!texts) return texts.error();
  std::vector<Address> out;
  for (const std::string& text : *texts)
    if (const auto address = parse_address(text)) out.push_back(*address);
  return out;
}

}  // namespace

struct Resolver::Pool {
  asio::thread_pool threads{2};
};

Resolver::Resolver(asio::any_io_executor io, Lookup lookup) : io_(std::move(io)), lookup_(std::move(lookup)) {}

Resolver::~Resolver() {
  if (pool_) pool_->threads.join();
}

Async<Addresses> Resolver::lookup(std::string host) {
  if (!pool_) pool_ = std::make_unique<Pool>();
  auto start = [this](auto handler, const std::string& name) {
    auto slot = asio::get_associated_cancellation_slot(handler);
    auto waiting = std::make_shared<Waiting>(Handler<Addresses>(std::move(handler)));
    if (slot.is_connected())
      slot.assign([io = io_, waiting](asio::cancellation_type) {
        asio::post(io, [waiting] { waiting->complete(Error(Errc::cancelled, "the lookup was cancelled")); });
      });
    asio::post(pool_->threads, [io = io_, waiting, name, &lookup = lookup_] {
      Addresses found = ask(lookup, name);
      if (found && found->empty()) found = Error(Errc::network, "the name " + name + " has no address");
      asio::post(io, [waiting, value = std::move(found)]() mutable { waiting->complete(std::move(value)); });
    });
  };
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Addresses)>(start, asio::use_awaitable,
                                                                                          host);
}

}  // namespace vidgen::net
