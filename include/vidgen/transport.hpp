// SPDX-License-Identifier: Apache-2.0
// Transport: one HTTP exchange at a time, for backends and for exports. Hosts may bring their own. The embedded backend
// needs none, and no socket is opened before the first call.
//
// Thread-safety: calls are made on the Pipeline's strand; several may be under way. Errors tell how far a request got:
// not_sent may be repeated, sent_unknown must not, answered carries the provider's words.
#pragma once

#include <map>
#include <string>

#include "vidgen/async.hpp"
#include "vidgen/time.hpp"

VIDGEN_NAMESPACE_BEGIN

enum class Sent { not_sent, sent_unknown, answered };

struct HttpRequest {
  HttpRequest() = default;
  std::string method = "GET";
  std::string url;
  std::map<std::string, std::string> headers;
  std::string body;
  std::string save_to;  // a path: the body is written there instead of kept in memory
  std::int64_t body_limit = 2LL << 30;
  Rational timeout = 60;  // seconds, whole exchange
};

struct HttpResponse {
  HttpResponse() = default;
  Sent sent = Sent::not_sent;
  int status = 0;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
  std::string error;  // when not answered
};

class VIDGEN_EXPORT Transport {
 public:
  virtual ~Transport() = default;
  virtual Async<HttpResponse> exchange(HttpRequest request) = 0;
};

VIDGEN_NAMESPACE_END
