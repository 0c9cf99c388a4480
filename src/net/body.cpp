// SPDX-License-Identifier: Apache-2.0
#include "net/body.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <random>

#include "base/files.hpp"
#include "base/try.hpp"

namespace vidgen::net {
namespace {

bool fits_header(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f || c == '"';
  });
}

std::string new_boundary() {
  std::random_device random;
  return "vidgen-" + std::to_string(random()) + "-" + std::to_string(random()) + "-" + std::to_string(random());
}

}  // namespace

Body::~Body() {
  close();
}

void Body::close() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

void Body::add_text(std::string text) {
  Piece piece;
  piece.size = static_cast<std::int64_t>(text.size());
  piece.owned = std::move(text);
  size_ += piece.size;
  pieces_.push_back(std::move(piece));
}

Status Body::add_file(const std::string& path) {
  VIDGEN_TRY(size, base::file_size(path));
  Piece piece;
  piece.file = path;
  piece.size = size;
  size_ += size;
  has_files_ = true;
  pieces_.push_back(std::move(piece));
  return {};
}

Status Body::add_part(const HttpPart& part, const std::string& boundary) {
  if (!fits_header(part.name) || !fits_header(part.filename) || !fits_header(part.type))
    return Error(Errc::invalid_argument, "a form part's name, filename or type holds a quote or a control character");
  std::string head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + part.name + '"';
  if (!part.filename.empty()) head += "; filename=\"" + part.filename + '"';
  if (!part.type.empty()) head += "\r\nContent-Type: " + part.type;
  add_text(head + "\r\n\r\n");
  if (!part.file.empty()) {
    VIDGEN_CHECK(add_file(part.file));
  } else if (!part.bytes.empty()) {
    Piece piece;
    piece.bytes = part.bytes;
    piece.size = static_cast<std::int64_t>(part.bytes.size());
    size_ += piece.size;
    pieces_.push_back(std::move(piece));
  }
  add_text("\r\n");
  return {};
}

Status Body::open(const HttpRequest& request) {
  const int bodies =
      (request.body.empty() ? 0 : 1) + (request.body_file.empty() ? 0 : 1) + (request.parts.empty() ? 0 : 1);
  if (bodies > 1) return Error(Errc::invalid_argument, "a request has one body: a text, a file or parts");
  if (!request.body_file.empty()) return add_file(request.body_file);
  if (request.parts.empty()) {
    Piece piece;
    piece.bytes = request.body;
    piece.size = size_ = static_cast<std::int64_t>(request.body.size());
    if (size_ > 0) pieces_.push_back(std::move(piece));
    return {};
  }
  const std::string boundary = new_boundary();
  for (const HttpPart& part : request.parts) VIDGEN_CHECK(add_part(part, boundary));
  add_text("--" + boundary + "--\r\n");
  content_type_ = "multipart/form-data; boundary=" + boundary;
  return {};
}

void Body::rewind() {
  close();
  piece_ = 0;
  offset_ = 0;
}

Result<std::size_t> Body::read_piece(const Piece& piece, char* to, std::size_t size) {
  if (piece.file.empty()) {
    std::memcpy(to, piece.text().data() + offset_, size);
    return size;
  }
  if (fd_ < 0) fd_ = ::open(piece.file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd_ < 0) return base::errno_error("cannot open " + piece.file);
  ssize_t count = -1;
  do count = ::pread(fd_, to, size, offset_);
  while (count < 0 && errno == EINTR);
  if (count < 0) return base::errno_error("cannot read " + piece.file);
  if (count == 0) return Error(Errc::io, piece.file + " became shorter while it was sent");
  return static_cast<std::size_t>(count);
}

Result<std::size_t> Body::read(char* to, std::size_t size) {
  std::size_t done = 0;
  while (done < size && piece_ < pieces_.size()) {
    const Piece& piece = pieces_[piece_];
    if (offset_ == piece.size) {
      close();
      ++piece_;
      offset_ = 0;
      continue;
    }
    const auto want = std::min(static_cast<std::int64_t>(size - done), piece.size - offset_);
    VIDGEN_TRY(count, read_piece(piece, to + done, static_cast<std::size_t>(want)));
    done += count;
    offset_ += static_cast<std::int64_t>(count);
  }
  return done;
}

}  // namespace vidgen::net
