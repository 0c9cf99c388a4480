// SPDX-License-Identifier: Apache-2.0
// File access with typed errors: Errc::file_missing, no_space, read_only, io. All of it blocks.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "vidgen/error.hpp"

namespace vidgen::base {

// An Error of the current errno: "<what>: No space left on device".
Error errno_error(std::string what);
Error errno_error(std::string what, int number);

Result<std::string> read_file(const std::string& path, std::size_t limit = std::size_t{1} << 30);
// Writes under a temporary name in the same folder, syncs, renames, syncs the folder: all or nothing.
Status write_file(const std::string& path, std::string_view bytes);
Status make_folders(const std::string& path);  // durable; those that are there are left as they are
Status sync_file(const std::string& path);
Status sync_folder(const std::string& path);
// Syncs a finished temporary file, moves it to its name on the same filesystem and syncs the folder.
Status publish_file(const std::string& temporary, const std::string& path);
// Copies with a temporary name, synced (a reflink where the filesystem has them).
Status copy_file(const std::string& from, const std::string& to);
// A hard link, a copy where links do not work. Replaces what is there.
Status link_file(const std::string& from, const std::string& to);
// What lies in a folder, sorted by name, links followed; "." and ".." are left out. Errc::file_missing, io. Not
// std::filesystem's iterators: those of GCC 12 end the program when there is no memory for an entry.
struct FolderEntry {
  FolderEntry() = default;
  std::string name, path;
  bool is_folder = false;
  std::int64_t bytes = 0;
};
Result<std::vector<FolderEntry>> list_folder(const std::string& path);
// Removes what processes that are no more left half-written in a folder by the calls above; with `name`, only what was to
// become that file. What cannot be looked at stays.
void remove_unfinished(const std::string& folder, const std::string& name = {});
bool file_exists(const std::string& path);
Result<std::int64_t> file_size(const std::string& path);

}  // namespace vidgen::base
