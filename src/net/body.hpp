// SPDX-License-Identifier: Apache-2.0
// Body: what a request sends, as a run of bytes of known length: a text in memory, a file, or a multipart form of both.
// It borrows the request. open(), read() and rewind() block when files are in it; not thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "vidgen/transport.hpp"

namespace vidgen::net {

class Body {
 public:
  Body() = default;
  ~Body();
  Body(const Body&) = delete;
  Body& operator=(const Body&) = delete;

  // Errc::file_missing, io; invalid_argument for two bodies or a part's name that does not fit into a header.
  Status open(const HttpRequest& request);
  bool is_blocking() const { return has_files_; }
  std::int64_t size() const { return size_; }
  // For the header, when the body decides it: multipart/form-data with its boundary.
  const std::string& content_type() const { return content_type_; }
  // Fills up to `size` bytes; 0 at the end only. Errc::io when a file became shorter than it was.
  Result<std::size_t> read(char* to, std::size_t size);
  void rewind();

 private:
  struct Piece {
    std::string owned;       // text made here
    std::string_view bytes;  // or borrowed
    std::string file;
    std::int64_t size = 0;
    std::string_view text() const { return owned.empty() ? bytes : std::string_view(owned); }
  };
  Status add_file(const std::string& path);
  void add_text(std::string text);
  Status add_part(const HttpPart& part, const std::string& boundary);
  Result<std::size_t> read_piece(const Piece& piece, char* to, std::size_t size);
  void close();

  std::vector<Piece> pieces_;
  std::string content_type_;
  std::int64_t size_ = 0;
  bool has_files_ = false;
  std::size_t piece_ = 0;
  std::int64_t offset_ = 0;  // in the piece
  int fd_ = -1;
};

}  // namespace vidgen::net
