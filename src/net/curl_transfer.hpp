// SPDX-License-Identifier: Apache-2.0
// Transfer: one call as libcurl sees it: its settings, its callbacks, and the stage it is in, from which its deadline
// follows. Everything but `cancelled` belongs to the worker's thread from start() to outcome().
#pragma once

#include <atomic>
#include <map>
#include <string>

#include "net/wire.hpp"

namespace vidgen::net {

class Transfer {
 public:
  Transfer(Call& call, const TransportOptions& options, Handler<Outcome> done);
  ~Transfer();
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  // Makes the handle. Errc::internal when libcurl has no memory.
  Status start();
  void* handle() const { return easy_; }
  // When the stage that it is in has to be over.
  TimePoint deadline();
  // Ends it: closes the handle and says what came of it. `code` is a CURLcode; with `error`, that is what happened.
  Outcome outcome(int code, std::optional<Error> error);
  Error late() const;

  Handler<Outcome> done;
  std::atomic<bool> cancelled{false};

 private:
  enum class Stage { connecting, shaking_hands, sending, waiting, receiving };
  struct Callbacks;
  void set_method();
  void set_headers();
  void set_way();
  void set_tls();
  void enter(Stage stage);
  bool may_send(const char* address);
  bool take_line(std::string_view line);
  bool take_head();
  Error error_of(int code) const;

  Call& call_;
  const TransportOptions& options_;
  void* easy_ = nullptr;
  void* headers_ = nullptr;  // curl_slist
  void* resolve_ = nullptr;
  std::string words_;  // libcurl's, at least CURL_ERROR_SIZE
  Stage stage_ = Stage::connecting;
  TimePoint since_;
  int socket_ = -1;     // the last one opened; libcurl owns it
  bool began_ = false;  // a byte of the request may have left
  std::optional<Error> own_error_;
  std::map<std::string, std::string> head_;
  std::size_t head_size_ = 0;
  std::int64_t left_ = 0;  // of the body
};

}  // namespace vidgen::net
