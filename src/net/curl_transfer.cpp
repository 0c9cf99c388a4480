// SPDX-License-Identifier: Apache-2.0
#include "net/curl_transfer.hpp"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

#include "net/headers.hpp"

namespace vidgen::net {
namespace {

constexpr std::size_t kHeadLimit = 64 << 10;
constexpr long kNever = 24L * 3600 * 1000;  // the deadlines are ours

curl_slist* list_of(void* list) {
  return static_cast<curl_slist*>(list);
}

Errc errc_of(CURLcode code, std::string_view words) {
  switch (code) {
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
      return Errc::tls;
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:  // HTTP/0.9, or no HTTP at all
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_OUT_OF_MEMORY:  // that is what a line of a head that is too long is called
      return Errc::answer_invalid;
    default:
      return words.find("chunked-encoding") != words.npos ? Errc::answer_invalid : Errc::network;
  }
}

std::optional<Address> address_of(const sockaddr& from) {
  char text[INET6_ADDRSTRLEN] = {};
  const void* bytes = from.sa_family == AF_INET6
                          ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in6&>(from).sin6_addr)
                          : static_cast<const void*>(&reinterpret_cast<const sockaddr_in&>(from).sin_addr);
  if (::inet_ntop(from.sa_family, bytes, text, sizeof text) == nullptr) return std::nullopt;
  return parse_address(text);
}

}  // namespace

// What libcurl calls. A callback that finds an error keeps it and returns the value that ends the transfer.
struct Transfer::Callbacks {
  // Sockets are opened to checked addresses only, whatever a shared cache of names says by now.
  static curl_socket_t open_socket(void* self, curlsocktype, curl_sockaddr* to) {
    auto& t = *static_cast<Transfer*>(self);
    const auto address = address_of(to->addr);
    if (!t.call_.proxy && (!address || !t.may_send(address->text().c_str()))) return CURL_SOCKET_BAD;
    t.socket_ = ::socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
    return t.socket_;
  }

  // Called when a connection is ready, new or kept, right before the request's first byte.
  static int before_request(void* self, char* address, char*, int, int) {
    auto& t = *static_cast<Transfer*>(self);
    if (t.began_ && !t.call_.idempotent) {
      t.own_error_ = t.call_.error(Errc::network, "the kept connection broke before the answer");
      return CURL_PREREQFUNC_ABORT;
    }
    if (!t.call_.proxy && !t.may_send(address)) return CURL_PREREQFUNC_ABORT;
    t.began_ = true;
    t.call_.body->rewind();
    t.left_ = t.call_.body->size();
    t.enter(t.left_ > 0 ? Stage::sending : Stage::waiting);
    return CURL_PREREQFUNC_OK;
  }

  static std::size_t read(char* to, std::size_t size, std::size_t count, void* self) {
    auto& t = *static_cast<Transfer*>(self);
    const auto got = t.call_.body->read(to, size * count);
    if (!got) {
      t.own_error_ = got.error();
      return CURL_READFUNC_ABORT;
    }
    t.left_ -= static_cast<std::int64_t>(*got);
    t.enter(t.left_ > 0 ? Stage::sending : Stage::waiting);
    return *got;
  }

  static int seek(void* self, curl_off_t offset, int origin) {
    auto& t = *static_cast<Transfer*>(self);
    if (offset != 0 || origin != SEEK_SET) return CURL_SEEKFUNC_CANTSEEK;
    t.call_.body->rewind();
    t.left_ = t.call_.body->size();
    return CURL_SEEKFUNC_OK;
  }

  static std::size_t header(char* line, std::size_t size, std::size_t count, void* self) {
    auto& t = *static_cast<Transfer*>(self);
    t.enter(Stage::receiving);
    return t.take_line({line, size * count}) ? size * count : 0;
  }

  static std::size_t write(char* bytes, std::size_t size, std::size_t count, void* self) {
    auto& t = *static_cast<Transfer*>(self);
    const Status status = t.call_.answer->body({bytes, size * count});
    t.enter(Stage::receiving);
    if (status) return size * count;
    t.own_error_ = status.error();
    return 0;
  }
};

Transfer::Transfer(Call& call, const TransportOptions& options, Handler<Outcome> handler)
    : done(std::move(handler)),
      call_(call),
      options_(options),
      words_(CURL_ERROR_SIZE, '\0'),
      left_(call.body->size()) {}

Transfer::~Transfer() {
  if (easy_ != nullptr) ::curl_easy_cleanup(easy_);
  ::curl_slist_free_all(list_of(headers_));
  ::curl_slist_free_all(list_of(resolve_));
}

Status Transfer::start() {
  easy_ = ::curl_easy_init();
  if (easy_ == nullptr) return Error(Errc::internal, "libcurl could not make a handle");
  ::curl_easy_setopt(easy_, CURLOPT_PRIVATE, this);
  ::curl_easy_setopt(easy_, CURLOPT_ERRORBUFFER, words_.data());
  ::curl_easy_setopt(easy_, CURLOPT_NOSIGNAL, 1L);
  ::curl_easy_setopt(easy_, CURLOPT_URL, call_.url.text().c_str());
  ::curl_easy_setopt(easy_, CURLOPT_PATH_AS_IS, 1L);
  ::curl_easy_setopt(easy_, CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_2TLS});
  ::curl_easy_setopt(easy_, CURLOPT_HTTP_CONTENT_DECODING, 0L);
  ::curl_easy_setopt(easy_, CURLOPT_CONNECTTIMEOUT_MS, kNever);
  ::curl_easy_setopt(easy_, CURLOPT_FRESH_CONNECT, call_.fresh ? 1L : 0L);
  ::curl_easy_setopt(easy_, CURLOPT_MAXAGE_CONN,
                     std::max(1L, static_cast<long>(options_.idle_limit / std::chrono::seconds(1))));
  ::curl_easy_setopt(easy_, CURLOPT_OPENSOCKETFUNCTION, &Callbacks::open_socket);
  ::curl_easy_setopt(easy_, CURLOPT_OPENSOCKETDATA, this);
  ::curl_easy_setopt(easy_, CURLOPT_PREREQFUNCTION, &Callbacks::before_request);
  ::curl_easy_setopt(easy_, CURLOPT_PREREQDATA, this);
  ::curl_easy_setopt(easy_, CURLOPT_HEADERFUNCTION, &Callbacks::header);
  ::curl_easy_setopt(easy_, CURLOPT_HEADERDATA, this);
  ::curl_easy_setopt(easy_, CURLOPT_WRITEFUNCTION, &Callbacks::write);
  ::curl_easy_setopt(easy_, CURLOPT_WRITEDATA, this);
  set_method();
  set_headers();
  set_way();
  set_tls();
  since_ = Clock::now();
  return {};
}

void Transfer::set_method() {
  const curl_off_t size = call_.body->size();
  ::curl_easy_setopt(easy_, CURLOPT_READFUNCTION, &Callbacks::read);
  ::curl_easy_setopt(easy_, CURLOPT_READDATA, this);
  ::curl_easy_setopt(easy_, CURLOPT_SEEKFUNCTION, &Callbacks::seek);
  ::curl_easy_setopt(easy_, CURLOPT_SEEKDATA, this);
  if (call_.method == "HEAD") {
    ::curl_easy_setopt(easy_, CURLOPT_NOBODY, 1L);
  } else if (call_.method == "POST") {
    ::curl_easy_setopt(easy_, CURLOPT_POST, 1L);
    ::curl_easy_setopt(easy_, CURLOPT_POSTFIELDSIZE_LARGE, size);
  } else if (size > 0 || call_.method == "PUT" || call_.method == "PATCH") {
    ::curl_easy_setopt(easy_, CURLOPT_UPLOAD, 1L);
    ::curl_easy_setopt(easy_, CURLOPT_INFILESIZE_LARGE, size);
    ::curl_easy_setopt(easy_, CURLOPT_CUSTOMREQUEST, call_.method.c_str());
  } else if (call_.method != "GET") {
    ::curl_easy_setopt(easy_, CURLOPT_CUSTOMREQUEST, call_.method.c_str());
  }
}

void Transfer::set_headers() {
  curl_slist* list = ::curl_slist_append(nullptr, "Expect:");
  bool typed = false;
  for (const auto& [name, value] : call_.headers) {
    list = ::curl_slist_append(list, (value.empty() ? name + ";" : name + ": " + value).c_str());
    typed = typed || lower_case(name) == "content-type";
  }
  if (!typed) list = ::curl_slist_append(list, "Content-Type:");
  headers_ = list;
  ::curl_easy_setopt(easy_, CURLOPT_HTTPHEADER, list);
}

// The addresses are handed over, so that libcurl never looks a name up; its own view of the environment is switched
// off.
void Transfer::set_way() {
  const std::string host = call_.proxy ? call_.proxy->host : call_.url.host;
  std::string addresses;
  for (const Address& address : call_.addresses) {
    if (!addresses.empty()) addresses += ',';
    addresses += address.v6 ? "[" + address.text() + "]" : address.text();
  }
  if (!parse_address(host)) {
    resolve_ =
        ::curl_slist_append(nullptr, ("+" + host + ":" + std::to_string(call_.port()) + ":" + addresses).c_str());
    ::curl_easy_setopt(easy_, CURLOPT_RESOLVE, list_of(resolve_));
  }
  ::curl_easy_setopt(easy_, CURLOPT_NOPROXY, "");
  ::curl_easy_setopt(easy_, CURLOPT_PROXY, call_.proxy ? ("http://" + call_.proxy->authority()).c_str() : "");
  ::curl_easy_setopt(easy_, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  if (!call_.proxy || call_.proxy->basic().empty()) return;
  ::curl_easy_setopt(easy_, CURLOPT_PROXYUSERNAME, call_.proxy->user.c_str());
  ::curl_easy_setopt(easy_, CURLOPT_PROXYPASSWORD, call_.proxy->password.c_str());
  // Through a tunnel a second round costs nothing; a plain request must not be sent twice.
  ::curl_easy_setopt(easy_, CURLOPT_PROXYAUTH, static_cast<long>(call_.url.https ? CURLAUTH_ANY : CURLAUTH_BASIC));
}

void Transfer::set_tls() {
  ::curl_easy_setopt(easy_, CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});
  ::curl_easy_setopt(easy_, CURLOPT_SSL_VERIFYPEER, 1L);
  ::curl_easy_setopt(easy_, CURLOPT_SSL_VERIFYHOST, 2L);
  if (!options_.ca_file.empty()) ::curl_easy_setopt(easy_, CURLOPT_CAINFO, options_.ca_file.c_str());
}

void Transfer::enter(Stage stage) {
  stage_ = stage;
  since_ = Clock::now();
}

// A kept connection may have been opened for somebody who may go further.
bool Transfer::may_send(const char* text) {
  const auto address = parse_address(text);
  if (!address) return false;
  const Status status = check_address(*address, call_.url, call_.trust, options_.allow_private);
  if (!status) own_error_ = status.error();
  return status.has_value();
}

bool Transfer::take_line(std::string_view line) {
  if (call_.answer->has_head()) return true;  // trailers
  head_size_ += line.size();
  if (head_size_ > kHeadLimit) {
    own_error_ = call_.error(Errc::answer_invalid, "the head of the answer is longer than 64 KiB");
    return false;
  }
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  if (line.empty()) return take_head();
  const std::size_t colon = line.find(':');
  if (line.starts_with("HTTP/")) head_.clear();
  if (line.starts_with("HTTP/") || colon == line.npos) return true;
  std::string_view value = line.substr(colon + 1);
  while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
  while (!value.empty() && (value.back() == ' ' || value.back() == '\t')) value.remove_suffix(1);
  std::string& to = head_[lower_case(line.substr(0, colon))];
  if (!to.empty()) to += ", ";
  to += value;
  return true;
}

bool Transfer::take_head() {
  long status = 0;
  ::curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
  if (status < 200) return true;
  const Status taken = call_.answer->head(static_cast<int>(status), std::move(head_));
  if (!taken) own_error_ = taken.error();
  return taken.has_value();
}

TimePoint Transfer::deadline() {
  // libcurl tells the time of connecting only when all is ready, the handshake with it.
  sockaddr_storage peer;
  socklen_t size = sizeof peer;
  if (stage_ == Stage::connecting && socket_ >= 0 &&
      ::getpeername(socket_, reinterpret_cast<sockaddr*>(&peer), &size) == 0)
    enter(Stage::shaking_hands);
  const HttpDeadlines& d = call_.deadlines;
  const std::chrono::milliseconds times[] = {d.connect, d.tls, d.stall, d.first_byte, d.stall};
  const auto stage = times[static_cast<std::size_t>(stage_)];
  return stage.count() > 0 ? std::min(call_.end, since_ + stage) : call_.end;
}

Error Transfer::late() const {
  static constexpr std::string_view kWords[] = {
      "the server was not reached in time", "the TLS handshake was not done in time",
      "the server did not take the request in time", "the server did not answer in time",
      "the server did not answer in time"};
  return call_.error(Errc::timeout, kWords[static_cast<std::size_t>(stage_)]);
}

Error Transfer::error_of(int number) const {
  const auto code = static_cast<CURLcode>(number);
  const char* words = code == CURLE_PEER_FAILED_VERIFICATION ? words_.c_str() : ::curl_easy_strerror(code);
  return call_.error(errc_of(code, words_.c_str()), words);
}

Outcome Transfer::outcome(int code, std::optional<Error> error) {
  ::curl_easy_cleanup(easy_);
  easy_ = nullptr;
  const bool answered = call_.answer->has_head();
  if (!error && own_error_) error = own_error_;
  if (!error && code != CURLE_OK) error = error_of(code);
  if (!error && !answered) error = call_.error(Errc::network, "the server closed the connection without an answer");
  if (!error) {
    if (const Status status = call_.answer->finish(); !status) error = status.error();
  }
  if (!error) return {};
  return {answered ? Sent::answered : began_ ? Sent::sent_unknown : Sent::not_sent, *error};
}

}  // namespace vidgen::net
