// SPDX-License-Identifier: Apache-2.0
// Answer: takes what a server sends, keeps it within its limits, and puts the body into memory or, hashed, into a file.
// A wire calls head() once, then body() any number of times, then finish(); one at a time, from any thread. All but
// head() may block on the disk when is_blocking(). Not thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/digest.hpp"
#include "net/url.hpp"
#include "vidgen/transport.hpp"

namespace vidgen::net {

// Reads "bytes 100-199/200"; the first number, or -1.
std::int64_t range_start(std::string_view content_range);
// What can prove later that a body is still the same: a strong ETag, else Last-Modified, else nothing.
std::string resume_tag_of(const std::map<std::string, std::string>& headers);

class Answer {
 public:
  Answer(const HttpRequest& request, const Url& url);
  ~Answer();
  Answer(const Answer&) = delete;
  Answer& operator=(const Answer&) = delete;

  // Looks at the file that is to be continued and hashes it. Blocks. Afterwards resume_from() is what to ask for.
  Status prepare();
  std::int64_t resume_from() const { return have_; }

  // Errc::answer_invalid: too long, encoded though nothing was asked for, a range nobody asked for. Names in lower
  // case.
  Status head(int status, std::map<std::string, std::string> headers);
  Status body(std::string_view bytes);
  // All of it arrived.
  Status finish();
  // Closes the file, and puts what is known into a response, also when the answer was cut.
  void tell(HttpResponse& response);

  bool has_head() const { return status_ != 0; }
  int status() const { return status_; }
  const std::map<std::string, std::string>& headers() const { return headers_; }
  bool is_blocking() const { return to_file_; }
  // The server did not go on where the file ends: ask again for the whole.
  bool must_restart() const { return restart_; }

 private:
  Status check_length() const;
  Status check_range();
  Status open_file();
  Error invalid(std::string_view why) const;

  const HttpRequest& request_;
  std::string shown_;
  int status_ = 0;
  std::map<std::string, std::string> headers_;
  std::string body_;
  std::int64_t limit_ = 0;
  std::int64_t received_ = 0;  // of this answer's body
  std::int64_t have_ = 0;      // in the file before it
  bool to_file_ = false;
  bool restart_ = false;
  bool whole_ = false;
  int fd_ = -1;
  std::string hash_;
  std::unique_ptr<base::Sha256> digest_;
};

}  // namespace vidgen::net
