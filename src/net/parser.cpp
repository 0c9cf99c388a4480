// SPDX-License-Identifier: Apache-2.0
#include "net/parser.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <limits>

#include "net/headers.hpp"

namespace vidgen::net {
namespace {

namespace http = boost::beast::http;
using Text = boost::beast::string_view;
using Code = boost::system::error_code;
constexpr std::uint32_t kHeadLimit = 64 << 10;

std::string_view view(Text text) {
  return {text.data(), text.size()};
}

Error not_http(const Code& code) {
  if (code == http::error::header_limit) return {Errc::answer_invalid, "the head of the answer is longer than 64 KiB"};
  return {Errc::answer_invalid, "the answer is not HTTP (" + code.message() + ")"};
}

}  // namespace

class Parser::Beast final : public http::basic_parser<false> {
 public:
  int status = 0;
  std::map<std::string, std::string> headers;
  std::string body;

 private:
  void on_request_impl(http::verb, Text, Text, int, Code&) override {}
  void on_response_impl(int code, Text, int, Code&) override { status = code; }
  void on_field_impl(http::field, Text name, Text value, Code&) override {
    std::string& to = headers[lower_case(view(name))];
    if (!to.empty()) to += ", ";
    to.append(value.data(), value.size());
  }
  void on_header_impl(Code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, Code&) override {}
  std::size_t on_body_impl(Text bytes, Code&) override {
    body.append(bytes.data(), bytes.size());
    return bytes.size();
  }
  void on_chunk_header_impl(std::uint64_t, Text, Code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, Text bytes, Code&) override {
    body.append(bytes.data(), bytes.size());
    return bytes.size();
  }
  void on_finish_impl(Code&) override {}
};

Parser::Parser(bool no_body) : beast_(std::make_unique<Beast>()) {
  beast_->header_limit(kHeadLimit);
  beast_->body_limit(boost::none);  // Answer has the limit
  beast_->skip(no_body);
}

Parser::~Parser() = default;

Result<std::size_t> Parser::take(std::string_view bytes) {
  Code code;
  const std::size_t used = beast_->put(boost::asio::const_buffer(bytes.data(), bytes.size()), code);
  if (code && code != http::error::need_more) return not_http(code);
  return used;
}

Status Parser::end() {
  Code code;
  if (!beast_->got_some()) return Error(Errc::network, "the server closed the connection without an answer");
  beast_->put_eof(code);
  if (code) return Error(Errc::network, "the connection broke while the answer was read");
  return {};
}

bool Parser::has_head() const {
  return beast_->is_header_done();
}
bool Parser::is_done() const {
  return beast_->is_done();
}
bool Parser::keeps_alive() const {
  return beast_->keep_alive();
}
int Parser::status() const {
  return beast_->status;
}
std::map<std::string, std::string> Parser::take_headers() {
  return std::move(beast_->headers);
}
std::string& Parser::body() {
  return beast_->body;
}

}  // namespace vidgen::net
