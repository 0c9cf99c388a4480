// SPDX-License-Identifier: Apache-2.0
#include "base/digest.hpp"

#include <gtest/gtest.h>

#include "base/files.hpp"
#include "base/random.hpp"
#include "support/temp.hpp"

namespace vidgen::base {
namespace {

// FIPS 180-4's examples, and the empty message.
struct Vector {
  const char* text;
  const char* hex;
};
constexpr Vector kVectors[] = {
    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
};

TEST(Digest, MatchesThePublishedVectors) {
  for (const Vector& v : kVectors) EXPECT_EQ(sha256_hex(v.text), v.hex);
  EXPECT_EQ(sha256_hex(std::string(1000000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Digest, PartsGiveTheSameAsTheWhole) {
  std::string text;
  Random random(1);
  for (int i = 0; i < 5000; ++i) text += static_cast<char>(random.next());
  for (std::size_t cut : {std::size_t{1}, std::size_t{55}, std::size_t{56}, std::size_t{64}, std::size_t{4999}}) {
    Sha256 h;
    h.add(std::string_view(text).substr(0, cut));
    h.add(std::string_view(text).substr(cut));
    EXPECT_EQ(h.hex(), sha256_hex(text)) << cut;
  }
}

TEST(Digest, AFileIsDigestedByItsBytes) {
  test::TempFolder folder;
  std::string bytes(200001, '\0');  // more than one buffer, with zeros
  bytes[100000] = 'x';
  ASSERT_TRUE(write_file(folder.file("a"), bytes));
  EXPECT_EQ(sha256_file(folder.file("a")).value(), sha256_hex(bytes));
  EXPECT_EQ(sha256_file(folder.file("none")).error().code(), Errc::file_missing);
}

}  // namespace
}  // namespace vidgen::base
