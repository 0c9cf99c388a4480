// SPDX-License-Identifier: Apache-2.0
// Parser: the bytes of one HTTP/1 answer, taken apart. It does no input or output. Not thread-safe.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "vidgen/error.hpp"

namespace vidgen::net {

class Parser {
 public:
  // `no_body`: the answer to HEAD or CONNECT.
  explicit Parser(bool no_body);
  ~Parser();
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  // Takes what it can of the bytes and says how many. Give it the rest again with what follows. The head comes alone:
  // after it, call again for the body. Errc::answer_invalid: not HTTP, or a head of more than 64 KiB.
  Result<std::size_t> take(std::string_view bytes);
  // The peer closed: an error (Errc::network) unless that is how this answer ends.
  Status end();

  bool has_head() const;
  bool is_done() const;
  bool keeps_alive() const;
  int status() const;
  std::map<std::string, std::string> take_headers();
  // Body that was taken apart and not fetched yet.
  std::string& body();

 private:
  class Beast;
  std::unique_ptr<Beast> beast_;
};

}  // namespace vidgen::net
