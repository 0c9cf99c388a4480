// SPDX-License-Identifier: Apache-2.0
// PartFile: a file that is being written beside its final name. Removed by the destructor unless it was published.
//
// Thread-safety: none; one owner. Errors: those of base/files.hpp.
#pragma once

#include <string>

#include "vidgen/error.hpp"

namespace vidgen::media {

class PartFile {
 public:
  explicit PartFile(std::string final_path) : final_(std::move(final_path)) {}
  ~PartFile();
  PartFile(const PartFile&) = delete;

  // An empty file of a name that nobody has.
  Status create();
  const std::string& path() const { return part_; }
  // Synced, then under its final name.
  Status publish();

 private:
  std::string final_, part_;
};

}  // namespace vidgen::media
