// SPDX-License-Identifier: Apache-2.0
#include "net/connection.hpp"

#include <openssl/x509.h>
#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include "base/files.hpp"
#include "base/try.hpp"
#include "net/parser.hpp"

namespace vidgen::net {
namespace {

using Tcp = asio::ip::tcp;
using Code = boost::system::error_code;
using Done = std::tuple<Code, std::size_t>;
constexpr auto kToken = asio::as_tuple(asio::use_awaitable);

Tcp::endpoint endpoint_of(const Address& address, std::uint16_t port) {
  if (!address.v6) {
    asio::ip::address_v4::bytes_type four{};
    std::copy_n(address.bytes.begin(), 4, four.begin());
    return {asio::ip::address_v4(four), port};
  }
  asio::ip::address_v6::bytes_type sixteen{};
  std::copy_n(address.bytes.begin(), 16, sixteen.begin());
  return {asio::ip::address_v6(sixteen), port};
}

Async<Code> connect_one(Tcp::socket& socket, Tcp::endpoint to) {
  const std::tuple<Code> done = co_await socket.async_connect(to, kToken);
  co_return std::get<0>(done);
}

Async<Code> handshake(asio::ssl::stream<Tcp::socket&>& stream) {
  const std::tuple<Code> done = co_await stream.async_handshake(asio::ssl::stream_base::client, kToken);
  co_return std::get<0>(done);
}

// An OpenSSL that was brought along looks where the machine that built it keeps certificates.
void load_certificates(asio::ssl::context& ssl, Code& code) {
  static constexpr const char* kElsewhere[] = {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
                                               "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"};
  ssl.set_default_verify_paths(code);
  if (code || base::file_exists(::X509_get_default_cert_file())) return;
  for (const char* path : kElsewhere) {
    if (!base::file_exists(path)) continue;
    ssl.load_verify_file(path, code);
    return;
  }
}

template <class Stream>
Async<Done> write_all(Stream& stream, asio::const_buffer bytes) {
  co_return co_await asio::async_write(stream, bytes, kToken);
}

template <class Stream>
Async<Done> read_some(Stream& stream, asio::mutable_buffer to) {
  co_return co_await stream.async_read_some(to, kToken);
}

Error broke(const Code& code) {
  return {Errc::network, "the connection broke (" + code.message() + ")"};
}

}  // namespace

struct TlsSetup::Context {
  asio::ssl::context ssl{asio::ssl::context::tls_client};
};

TlsSetup::TlsSetup() = default;
TlsSetup::~TlsSetup() = default;

Status TlsSetup::load(const std::string& ca_file) {
  if (context_) return {};
  auto made = std::make_unique<Context>();
  Code code;
  made->ssl.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                        asio::ssl::context::no_tlsv1_1);
  made->ssl.set_verify_mode(asio::ssl::verify_peer);
  if (ca_file.empty())
    load_certificates(made->ssl, code);
  else
    made->ssl.load_verify_file(ca_file, code);
  if (code) return Error(Errc::tls, "the certificates to check servers by cannot be read: " + code.message());
  ::SSL_CTX_set_mode(made->ssl.native_handle(), SSL_MODE_RELEASE_BUFFERS);
  context_ = std::move(made);
  return {};
}

struct Connection::Streams {
  explicit Streams(const asio::any_io_executor& io) : socket(io) {}
  Tcp::socket socket;
  std::unique_ptr<asio::ssl::stream<Tcp::socket&>> tls;
};

Connection::Connection(asio::any_io_executor io) : streams_(std::make_unique<Streams>(io)) {}
Connection::~Connection() = default;

Async<Status> Connection::open(const Call& call, TlsSetup& tls) {
  const TimePoint deadline = until(call.deadlines.connect, call.end);
  VIDGEN_CO_CHECK(co_await connect(call, deadline));
  if (!call.url.https) co_return Status();
  if (call.proxy) VIDGEN_CO_CHECK(co_await ask_proxy(call, deadline));
  co_return co_await shake_hands(call, tls);
}

// Each address gets an equal share of the time that is left, so that a dead one does not use it all.
Async<Status> Connection::connect(const Call& call, TimePoint deadline) {
  std::optional<Code> last;
  for (std::size_t i = 0; i < call.addresses.size(); ++i) {
    if (co_await is_cancelled()) break;
    Code ignored;
    streams_->socket.close(ignored);
    const auto left = (deadline - Clock::now()) / static_cast<std::int64_t>(call.addresses.size() - i);
    const auto to = endpoint_of(call.addresses[i], call.port());
    last = co_await within(Clock::now() + left, connect_one(streams_->socket, to));
    if (last && !*last) {
      streams_->socket.set_option(Tcp::no_delay(true), ignored);
      co_return Status();
    }
  }
  const std::string who = call.proxy ? "the proxy " : "the server ";
  if (!last) co_return Error(Errc::timeout, who + "was not reached in time");
  co_return Error(Errc::network, who + "cannot be reached (" + last->message() + ")");
}

Async<Status> Connection::ask_proxy(const Call& call, TimePoint deadline) {
  const std::string to = call.url.host_and_port();
  std::string text = "CONNECT " + to + " HTTP/1.1\r\nHost: " + to + "\r\n";
  if (const std::string basic = call.proxy->basic(); !basic.empty()) text += "Proxy-Authorization: " + basic + "\r\n";
  text += "\r\n";
  VIDGEN_CO_CHECK(co_await write(text, deadline));
  Parser parser(true);
  std::string input;
  while (!parser.has_head()) {
    auto count = co_await read(input, 4096, deadline);
    if (!count)
      co_return count.error().code() == Errc::timeout ? Error(Errc::timeout, "the proxy did not answer in time")
                                                      : count.error();
    if (*count == 0) co_return Error(Errc::network, "the proxy closed the connection");
    auto used = parser.take(input);
    if (!used) co_return used.error();
    input.erase(0, *used);
  }
  if (parser.status() / 100 == 2 && input.empty()) co_return Status();
  co_return Error(Errc::network, "the proxy refused the connection with status " + std::to_string(parser.status()));
}

Async<Status> Connection::shake_hands(const Call& call, TlsSetup& tls) {
  streams_->tls = std::make_unique<asio::ssl::stream<Tcp::socket&>>(streams_->socket, tls.context().ssl);
  ::SSL* const ssl = streams_->tls->native_handle();
  if (call.url.is_address)
    ::X509_VERIFY_PARAM_set1_ip_asc(::SSL_get0_param(ssl), call.url.host.c_str());
  else if (::SSL_set1_host(ssl, call.url.host.c_str()) != 1 ||
           ::SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                      const_cast<char*>(call.url.host.c_str())) != 1)
    co_return Error(Errc::tls, "the host's name cannot be given to TLS");
  const auto code = co_await within(until(call.deadlines.tls, call.end), handshake(*streams_->tls));
  if (!code) co_return Error(Errc::timeout, "the TLS handshake was not done in time");
  if (!*code) co_return Status();
  const long verified = ::SSL_get_verify_result(ssl);
  if (verified != X509_V_OK)
    co_return Error(Errc::tls, std::string("the server's certificate is not accepted: ") +
                                   ::X509_verify_cert_error_string(verified));
  co_return Error(code->category() == asio::error::get_ssl_category() ? Errc::tls : Errc::network,
                  "the TLS handshake failed (" + code->message() + ")");
}

// A cancellation that comes between two operations has none to end: each looks first. Else an answer that creeps, a byte
// at a time, could go on for as long as it likes.
Async<Status> Connection::write(std::string_view bytes, TimePoint deadline) {
  if (co_await is_cancelled()) co_return broke(asio::error::operation_aborted);
  const asio::const_buffer buffer(bytes.data(), bytes.size());
  std::optional<Done> done;
  if (streams_->tls)
    done = co_await within(deadline, write_all(*streams_->tls, buffer));
  else
    done = co_await within(deadline, write_all(streams_->socket, buffer));
  if (!done) co_return Error(Errc::timeout, "the server did not take the request in time");
  if (std::get<0>(*done)) co_return broke(std::get<0>(*done));
  co_return Status();
}

Async<Result<std::size_t>> Connection::read(std::string& to, std::size_t most, TimePoint deadline) {
  if (co_await is_cancelled()) co_return broke(asio::error::operation_aborted);
  const std::size_t before = to.size();
  to.resize(before + most);
  const asio::mutable_buffer buffer(to.data() + before, most);
  std::optional<Done> done;
  if (streams_->tls)
    done = co_await within(deadline, read_some(*streams_->tls, buffer));
  else
    done = co_await within(deadline, read_some(streams_->socket, buffer));
  const std::size_t count = done ? std::get<1>(*done) : 0;
  to.resize(before + count);
  if (!done) co_return Error(Errc::timeout, "the server did not answer in time");
  const Code code = std::get<0>(*done);
  if (code && code != asio::error::eof && count == 0) co_return broke(code);
  co_return count;
}

bool Connection::is_quiet() const {
  char byte = 0;
  const ssize_t count =
      ::recv(const_cast<Streams&>(*streams_).socket.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

}  // namespace vidgen::net
