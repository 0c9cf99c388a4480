// SPDX-License-Identifier: Apache-2.0
#include "net/answer.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <vector>

#include "base/files.hpp"
#include "base/try.hpp"

namespace vidgen::net {
namespace {

// A body that is not the file asked for is an error's text, which nobody needs more of.
constexpr std::int64_t kErrorLimit = 1 << 20;

std::string_view value_of(const std::map<std::string, std::string>& headers, const char* name) {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

std::int64_t number_of(std::string_view text) {
  std::int64_t value = -1;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  return read.ec == std::errc() && read.ptr == text.data() + text.size() && value >= 0 ? value : -1;
}

Status write_all(int fd, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(fd, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return base::errno_error("cannot write " + path);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

}  // namespace

std::int64_t range_start(std::string_view content_range) {
  if (!content_range.starts_with("bytes ")) return -1;
  content_range.remove_prefix(6);
  const std::size_t dash = content_range.find('-');
  if (dash == content_range.npos || dash == 0) return -1;
  return number_of(content_range.substr(0, dash));
}

std::string resume_tag_of(const std::map<std::string, std::string>& headers) {
  const std::string_view etag = value_of(headers, "etag");
  if (!etag.empty() && !etag.starts_with("W/")) return std::string(etag);
  return std::string(value_of(headers, "last-modified"));
}

Answer::Answer(const HttpRequest& request, const Url& url) : request_(request), shown_(url.shown()) {}

Answer::~Answer() {
  if (fd_ >= 0) ::close(fd_);
}

Error Answer::invalid(std::string_view why) const {
  return {Errc::answer_invalid, shown_ + ": " + std::string(why)};
}

Status Answer::prepare() {
  if (request_.save_to.empty() || request_.resume_tag.empty()) return {};
  const int fd = ::open(request_.save_to.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return {};  // nothing to continue
  auto digest = std::make_unique<base::Sha256>();
  std::vector<char> block(std::size_t{1} << 16);
  ssize_t count = 0;
  std::int64_t total = 0;
  while ((count = ::read(fd, block.data(), block.size())) > 0 || (count < 0 && errno == EINTR)) {
    if (count < 0) continue;
    digest->add({block.data(), static_cast<std::size_t>(count)});
    total += count;
  }
  const int number = errno;
  ::close(fd);
  if (count < 0) return base::errno_error("cannot read " + request_.save_to, number);
  digest_ = std::move(digest);
  have_ = total;
  return {};
}

Status Answer::check_length() const {
  const std::string_view text = value_of(headers_, "content-length");
  const std::int64_t length = number_of(text);
  if (length < 0 && !text.empty()) return invalid("the length of the answer is not a number");
  if (length >= 0 && length > limit_)
    return invalid("the answer has " + std::to_string(length) + " bytes, more than the limit of " +
                   std::to_string(limit_));
  return {};
}

// A file is continued only by exactly the rest of the same body.
Status Answer::check_range() {
  if (status_ != 206) {
    have_ = 0;
    return {};
  }
  if (have_ == 0) return invalid("the server sent a part of the file where the whole was asked for");
  const std::string tag = resume_tag_of(headers_);
  if (range_start(value_of(headers_, "content-range")) == have_ && (tag.empty() || tag == request_.resume_tag))
    return {};
  restart_ = true;
  return invalid("the server sent another part of the file than was asked for");
}

Status Answer::head(int status, std::map<std::string, std::string> headers) {
  status_ = status;
  headers_ = std::move(headers);
  limit_ = request_.body_limit;
  to_file_ = !request_.save_to.empty() && status >= 200 && status < 300;
  if (to_file_) {
    VIDGEN_CHECK(check_range());
    limit_ -= have_;
  } else if (!request_.save_to.empty()) {
    limit_ = std::min(limit_, kErrorLimit);
    restart_ = status == 416 && have_ > 0;
  }
  const std::string_view encoding = value_of(headers_, "content-encoding");
  if (!encoding.empty() && encoding != "identity")
    return invalid("the answer is compressed (" + std::string(encoding.substr(0, 20)) + "), which was not asked for");
  return request_.method == "HEAD" ? Status() : check_length();
}

Status Answer::open_file() {
  if (fd_ >= 0) return {};
  const int flags = have_ > 0 ? O_APPEND : O_TRUNC;
  fd_ = ::open(request_.save_to.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0644);
  if (fd_ < 0) return base::errno_error("cannot write " + request_.save_to);
  if (have_ == 0 || !digest_) digest_ = std::make_unique<base::Sha256>();
  return {};
}

Status Answer::body(std::string_view bytes) {
  if (received_ + static_cast<std::int64_t>(bytes.size()) > limit_)
    return invalid("the answer is longer than the limit of " + std::to_string(limit_) + " bytes");
  if (to_file_) {
    VIDGEN_CHECK(open_file());
    VIDGEN_CHECK(write_all(fd_, bytes, request_.save_to));
    digest_->add(bytes);
  } else {
    body_.append(bytes);
  }
  received_ += static_cast<std::int64_t>(bytes.size());
  return {};
}

Status Answer::finish() {
  if (to_file_) {
    VIDGEN_CHECK(open_file());  // an empty body is an empty file
    hash_ = digest_->hex();
  }
  whole_ = true;
  return {};
}

void Answer::tell(HttpResponse& response) {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
  if (!has_head()) return;
  response.sent = Sent::answered;
  response.status = status_;
  response.headers = headers_;
  response.body = std::move(body_);
  if (!to_file_ || restart_) return;
  HttpFile file;
  file.bytes = have_ + received_;
  file.resumed = have_;
  if (whole_) file.sha256 = hash_;
  file.tag = resume_tag_of(headers_);
  if (file.tag.empty() && have_ > 0) file.tag = request_.resume_tag;
  response.file = std::move(file);
}

}  // namespace vidgen::net
