// SPDX-License-Identifier: Apache-2.0
// The wire over Asio's sockets, OpenSSL and Beast's parser: HTTP/1.1, one request at a time on a connection.
#include <algorithm>

#include "base/offload.hpp"
#include "base/try.hpp"
#include "net/engine.hpp"
#include "net/idle.hpp"
#include "net/parser.hpp"

namespace vidgen::net {
namespace {

constexpr std::size_t kFirstRead = 4096;
constexpr std::size_t kMostRead = 64 << 10;
constexpr std::size_t kFilePart = 256 << 10;  // bytes that go to the disk at once
constexpr std::size_t kSendPart = 64 << 10;
constexpr auto kGrace = std::chrono::seconds(1);  // for an answer to a request that was not taken whole
constexpr int kMostInterim = 16;                  // answers of the 100 class before the real one

// The request's first bytes, a small body with them so that it travels in one packet.
std::string head_of(const Call& call) {
  const bool absolute = call.proxy && !call.url.https;
  std::string text = call.method + " " + (absolute ? call.url.text() : call.url.target) + " HTTP/1.1\r\n";
  text += "Host: " + call.url.authority() + "\r\n";
  for (const auto& [name, value] : call.headers) text.append(name).append(": ").append(value).append("\r\n");
  if (absolute)
    if (const std::string basic = call.proxy->basic(); !basic.empty()) text += "Proxy-Authorization: " + basic + "\r\n";
  if (call.body->size() > 0 || call.method == "POST" || call.method == "PUT" || call.method == "PATCH")
    text += "Content-Length: " + std::to_string(call.body->size()) + "\r\n";
  return text + "\r\n";
}

// One request and its answer on a connection that is open.
class Conversation {
 public:
  Conversation(Call& call, Connection& connection, asio::any_io_executor files)
      : call_(call), connection_(connection), files_(std::move(files)) {}

  Async<Outcome> run() {
    const Status sent = co_await send();
    Status heard = sent;
    // A server may answer before it has taken all: then what it says counts, not that it stopped listening.
    const bool stopped = !sent && (sent.error().code() == Errc::network || sent.error().code() == Errc::timeout);
    if (stopped) first_byte_ = kGrace;
    if (sent || stopped) heard = co_await receive();
    if (heard && call_.answer->has_head()) co_return Outcome();
    const Sent how_far = call_.answer->has_head() ? Sent::answered : Sent::sent_unknown;
    const Error& why = !sent && !call_.answer->has_head() ? sent.error() : heard.error();
    co_return Outcome(how_far, why);
  }

  // The connection can carry another request.
  bool keeps_alive() const { return keeps_alive_ && taken_ == input_.size(); }
  bool got_some() const { return got_some_; }

 private:
  Async<Result<std::size_t>> next_part(char* to, std::size_t size) {
    std::function<Result<std::size_t>()> read = [body = call_.body, to, size] { return body->read(to, size); };
    if (!call_.body->is_blocking()) co_return read();
    co_return co_await base::on_pool(files_, std::move(read));
  }

  Async<Status> send() {
    std::string text = head_of(call_);
    std::int64_t left = call_.body->size();
    while (true) {
      if (left > 0) {
        const std::size_t before = text.size();
        text.resize(before + std::min(kSendPart, static_cast<std::size_t>(left)));
        const auto count = co_await next_part(text.data() + before, text.size() - before);
        if (!count) co_return count.error();
        left -= static_cast<std::int64_t>(*count);
      }
      VIDGEN_CO_CHECK(co_await connection_.write(text, until(call_.deadlines.stall, call_.end)));
      if (left == 0) co_return Status();
      text.clear();
    }
  }

  Async<Status> receive() {
    for (int i = 0; i < kMostInterim; ++i) {
      Parser parser(call_.method == "HEAD");
      VIDGEN_CO_CHECK(co_await receive_head(parser));
      if (parser.status() / 100 == 1) continue;
      VIDGEN_CO_CHECK(call_.answer->head(parser.status(), parser.take_headers()));
      Status status = co_await receive_body(parser);
      const Status written = co_await flush(parser);  // also what came before a cut: it need not be fetched again
      if (status && !written) status = written;
      if (!status) co_return status;
      keeps_alive_ = parser.keeps_alive();
      co_return co_await finish();
    }
    co_return Error(Errc::answer_invalid, "the server sends interim answers without end");
  }

  // Takes what has arrived apart, reads more, until there is a head. An interim answer ends with its head.
  Async<Status> receive_head(Parser& parser) {
    const TimePoint deadline = until(first_byte_, call_.end);
    VIDGEN_CO_CHECK(take(parser));
    while (!parser.has_head()) {
      VIDGEN_CO_CHECK(co_await read_more(parser, deadline));
      VIDGEN_CO_CHECK(take(parser));
    }
    if (parser.status() == 101) co_return Error(Errc::answer_invalid, "the server wants to speak another protocol");
    co_return Status();
  }

  Async<Status> receive_body(Parser& parser) {
    while (!parser.is_done()) {
      const std::size_t before = taken_;
      VIDGEN_CO_CHECK(take(parser));
      if (!call_.answer->is_blocking() || parser.body().size() >= kFilePart) VIDGEN_CO_CHECK(co_await flush(parser));
      if (parser.is_done()) break;
      if (taken_ > before) continue;  // it took some and may take more
      VIDGEN_CO_CHECK(co_await read_more(parser, until(call_.deadlines.stall, call_.end)));
    }
    co_return Status();
  }

  Status take(Parser& parser) {
    if (taken_ == input_.size()) return {};
    VIDGEN_TRY(used, parser.take(std::string_view(input_).substr(taken_)));
    taken_ += used;
    return {};
  }

  Async<Status> read_more(Parser& parser, TimePoint deadline) {
    input_.erase(0, taken_);
    taken_ = 0;
    const auto count = co_await connection_.read(input_, read_size_, deadline);
    if (!count) co_return count.error();
    if (*count == read_size_) read_size_ = std::min(read_size_ * 2, kMostRead);
    got_some_ = got_some_ || *count > 0;
    if (*count == 0) co_return parser.end();
    co_return Status();
  }

  Async<Status> flush(Parser& parser) {
    if (parser.body().empty()) co_return Status();
    std::function<Status()> work = [answer = call_.answer, &parser] { return answer->body(parser.body()); };
    Status status = co_await maybe_on_pool(std::move(work));
    parser.body().clear();
    co_return status;
  }

  Async<Status> finish() {
    std::function<Status()> work = [answer = call_.answer] { return answer->finish(); };
    co_return co_await maybe_on_pool(std::move(work));
  }

  // (GCC 12 destroys temporaries twice when a co_await stands in a conditional expression.)
  Async<Status> maybe_on_pool(std::function<Status()> work) {
    if (!call_.answer->is_blocking()) co_return work();
    co_return co_await base::on_pool(files_, std::move(work));
  }

  Call& call_;
  Connection& connection_;
  asio::any_io_executor files_;
  std::chrono::milliseconds first_byte_ = call_.deadlines.first_byte;
  std::string input_;      // received
  std::size_t taken_ = 0;  // of it, taken apart
  std::size_t read_size_ = kFirstRead;
  bool got_some_ = false;
  bool keeps_alive_ = false;
};

class BeastWire final : public Wire {
 public:
  explicit BeastWire(WireContext context) : context_(std::move(context)), idle_(context_.options) {}

  Async<Outcome> run(Call& call) override {
    Outcome out;
    if (!call.fresh) {
      if (auto kept = idle_.take(key_of(call))) {
        bool died = false;
        out = co_await converse(call, std::move(kept), died);
        const bool cancelled = co_await is_cancelled();
        if (!died || !call.idempotent || cancelled) co_return named(call, std::move(out));
        call.body->rewind();
      }
    }
    auto connection = std::make_unique<Connection>(context_.io);
    Status opened = call.url.https ? tls_.load(context_.options.ca_file) : Status();
    if (opened) opened = co_await connection->open(call, tls_);
    if (!opened) co_return named(call, Outcome(Sent::not_sent, opened.error()));
    bool died = false;
    out = co_await converse(call, std::move(connection), died);
    co_return named(call, std::move(out));
  }

 private:
  // A kept connection belongs to an origin, to the way there, and to those who may reach it: one that a trusted URL
  // opened to a private address must not serve a foreign URL.
  static std::string key_of(const Call& call) {
    return call.url.origin() + (call.trust == UrlTrust::trusted ? " t " : " f ") +
           (call.proxy ? call.proxy->authority() + " " + call.proxy->basic() : "");
  }

  // `died`: it was a kept connection that broke before one byte of the answer.
  Async<Outcome> converse(Call& call, std::unique_ptr<Connection> connection, bool& died) {
    Conversation conversation(call, *connection, context_.files);
    Outcome out = co_await conversation.run();
    died = connection->reused && out.error && !conversation.got_some() && out.error->code() == Errc::network;
    if (!out.error && conversation.keeps_alive()) idle_.put(key_of(call), std::move(connection));
    co_return out;
  }

  static Outcome named(const Call& call, Outcome out) {
    if (out.error && !std::string_view(out.error->message()).starts_with(call.url.shown()))
      out.error = call.error(out.error->code(), out.error->message());
    return out;
  }

  WireContext context_;
  TlsSetup tls_;
  IdleConnections idle_;
};

}  // namespace

std::unique_ptr<Wire> make_beast_wire(WireContext context) {
  return std::make_unique<BeastWire>(std::move(context));
}

}  // namespace vidgen::net

VIDGEN_NAMESPACE_BEGIN

std::shared_ptr<Transport> beast_transport(TransportOptions options) {
  return net::make_engine(std::move(options), net::make_beast_wire);
}

VIDGEN_NAMESPACE_END
