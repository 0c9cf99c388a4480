// SPDX-License-Identifier: Apache-2.0
// Runs every file of the given folders through the fuzz target, and 64 fixed changes of each: bytes flipped, dropped
// and doubled by a small generator. No clock and no chance: the same corpus always does the same work.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;
constexpr int kChanges = 64;

std::uint64_t next(std::uint64_t& state) {
  std::uint64_t z = (state += 0x9E3779B97F4A7C15u);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

void feed(const std::string& bytes) {
  // A copy of its exact size on the heap, so that a sanitiser sees the first byte read behind it.
  std::vector<std::uint8_t> exact(bytes.begin(), bytes.end());
  LLVMFuzzerTestOneInput(exact.data(), exact.size());
}

std::string changed(std::string bytes, std::uint64_t seed) {
  std::uint64_t state = seed;
  for (std::uint64_t n = 1 + next(state) % 4; n > 0 && !bytes.empty(); --n) {
    std::size_t at = next(state) % bytes.size();
    std::size_t len = std::min<std::size_t>(1 + next(state) % 16, bytes.size() - at);
    switch (next(state) % 4) {
      case 0:
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << (next(state) % 8)));
        break;
      case 1:
        bytes.erase(at, len);
        break;
      case 2:
        bytes.insert(at, bytes.substr(at, len));
        break;
      default:
        bytes.resize(at);
        break;
    }
  }
  return bytes;
}

int replay(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  feed(bytes);
  for (int i = 0; i < kChanges; ++i) feed(changed(bytes, static_cast<std::uint64_t>(i)));
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<fs::path> files;
  for (int i = 1; i < argc; ++i) {
    if (fs::is_directory(argv[i])) {
      for (const auto& entry : fs::recursive_directory_iterator(argv[i]))
        if (entry.is_regular_file()) files.push_back(entry.path());
    } else {
      files.emplace_back(argv[i]);
    }
  }
  std::sort(files.begin(), files.end());
  int count = 0;
  for (const fs::path& path : files) count += replay(path);
  std::printf("%d files, %d changed copies\n", count, count * kChanges);
  return count > 0 ? 0 : 1;
}
