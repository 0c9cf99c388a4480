// SPDX-License-Identifier: Apache-2.0
// Transport: one HTTP exchange at a time, for backends and for exports. Hosts may bring their own. It holds no policy:
// it never repeats what a server may have carried out; retries, rates and reconciliation are decided by its callers.
//
// Nothing is opened before the first exchange. Thread-safety: exchange() may be called from any thread; a transport is
// destroyed after its exchanges have ended (it may wait for a name lookup), and before their executors. Cancellation:
// terminal; the exchange ends at once with Errc::cancelled and its connection is closed.
// Words of errors never hold a header, a body or what follows the `?` of a URL.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "vidgen/async.hpp"

VIDGEN_NAMESPACE_BEGIN

// How far a request got. not_sent: not one byte of it was handed to the peer, so it may be repeated. sent_unknown: it
// may have been carried out. answered: a status arrived; `error` may still say that the body is not whole.
enum class Sent { not_sent, sent_unknown, answered };

// Who named a URL. trusted: the user, as a base URL; any address will do. foreign: an answer, or a user of the service;
// https and public addresses only, and a redirect to another origin is always foreign.
enum class UrlTrust { trusted, foreign };

// How long each stage may take. Zero or less: only `total` bounds it.
struct HttpDeadlines {
  HttpDeadlines() = default;
  using Time = std::chrono::milliseconds;
  Time resolve = std::chrono::seconds(10);
  Time connect = std::chrono::seconds(10);     // all addresses together, and a proxy's answer to CONNECT
  Time tls = std::chrono::seconds(10);         // the handshake
  Time first_byte = std::chrono::seconds(60);  // from the last byte of the request to the first of the answer
  Time stall = std::chrono::seconds(30);       // without one byte of a body, either way
  Time total = std::chrono::minutes(30);       // redirects included
};

// One part of a multipart/form-data body: bytes, or a file that is read while it is sent.
struct HttpPart {
  HttpPart() = default;
  std::string name;
  std::string filename;  // may be empty
  std::string type;      // "image/png"; may be empty
  std::string bytes;
  std::string file;  // a path, instead of bytes
};

struct HttpRequest {
  HttpRequest() = default;
  std::string method = "GET";
  std::string url;
  UrlTrust trust = UrlTrust::trusted;
  std::map<std::string, std::string> headers;

  // The body: at most one of the three.
  std::string body;
  std::string body_file;  // a path, read while it is sent
  std::vector<HttpPart> parts;

  // A path: the body of a 2xx answer is written there, not kept in memory, and its SHA-256 computed on the way.
  std::string save_to;
  // With save_to: the file holds the beginning of the body whose strong ETag or Last-Modified this is; go on behind it.
  // A server that ignores the range, or has another body by now, is answered by starting over.
  std::string resume_tag;
  std::int64_t body_limit = 64LL << 20;  // bytes of the body that are accepted

  int redirects = 0;   // how many to follow, at most 3; GET and HEAD only, never from https to http
  bool fresh = false;  // not on a kept connection: `not_sent` is then as exact as can be
  HttpDeadlines deadlines;
};

// What was written to save_to.
struct HttpFile {
  HttpFile() = default;
  std::int64_t bytes = 0;    // in the file now, also when the answer was cut
  std::int64_t resumed = 0;  // of these, how many were there before
  std::string sha256;        // of the whole file, 64 lower-case digits; empty when the answer was cut
  std::string tag;           // what to put in resume_tag, empty if the server names nothing to go by
};

struct HttpResponse {
  HttpResponse() = default;
  Sent sent = Sent::not_sent;
  int status = 0;
  std::map<std::string, std::string> headers;  // names in lower case; repeated ones joined by ", "
  std::string body;
  std::optional<HttpFile> file;  // when save_to was written
  int redirects = 0;             // how many were followed
  // Set unless the whole answer is here. Any status is an answer, not an error. Errc::invalid_argument, url_refused,
  // network, timeout, tls, answer_invalid, cancelled; file_missing, io, no_space, read_only for files of the request.
  std::optional<Error> error;
};

class VIDGEN_EXPORT Transport {
 public:
  virtual ~Transport() = default;
  virtual Async<HttpResponse> exchange(HttpRequest request) = 0;
};

// Proxies, as the usual environment variables name them; Config reads the environment, a transport does not. Foreign
// names are looked up by the proxy, which is then the one to keep private addresses out of reach.
struct ProxyOptions {
  ProxyOptions() = default;
  std::string https;   // HTTPS_PROXY: "http://user:password@proxy:3128", for https URLs by CONNECT
  std::string http;    // HTTP_PROXY, for http URLs
  std::string except;  // NO_PROXY: "*", or names ("example.com" and what is below it), addresses and ports, by commas
};

struct TransportOptions {
  TransportOptions() = default;
  ProxyOptions proxy;
  std::string ca_file;         // PEM, instead of the system's certificates
  bool allow_private = false;  // foreign URLs may be http and private: for tests
  int max_idle = 64;           // kept connections, all origins together
  int max_idle_per_origin = 8;
  std::chrono::milliseconds idle_limit = std::chrono::seconds(50);  // a connection idle for longer is not used again
  std::string user_agent;                                           // empty: "vidgen/<version>"
  // Names to numeric addresses, instead of the system's lookup. May block; called on a thread of the transport.
  std::function<Result<std::vector<std::string>>(const std::string& host)> resolve;
};

// HTTP/1.1 over Boost.Beast and OpenSSL.
VIDGEN_EXPORT std::shared_ptr<Transport> beast_transport(TransportOptions options);
// HTTP/2 and 1.1 over libcurl, with its proxy authentication. Errc::unsupported when the library was built without it.
VIDGEN_EXPORT Result<std::shared_ptr<Transport>> curl_transport(TransportOptions options);

VIDGEN_NAMESPACE_END
