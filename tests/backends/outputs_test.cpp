// SPDX-License-Identifier: Apache-2.0
// Outputs of every shape that providers have been seen to send, and of some that they should not.
#include "backends/outputs.hpp"

#include "backends/support.hpp"

namespace vidgen::backends::test {
namespace {

std::vector<std::string> urls(const std::string& json) {
  std::vector<std::string> out;
  for (const Output& o : outputs_of(*Json::parse(json))) out.push_back(o.url);
  return out;
}

TEST(Outputs, EveryShapeIsRead) {
  const std::string a = "https://x.example.com/a.mp4", q = "\"" + a + "\"";
  const std::vector<std::string> one{a};
  EXPECT_EQ(urls(q), one);
  EXPECT_EQ(urls("[" + q + "]"), one);
  EXPECT_EQ(urls("[[" + q + "]]"), one);
  EXPECT_EQ(urls("{\"video\":" + q + ",\"fps\":8}"), one);
  EXPECT_EQ(urls("[{\"file\":" + q + "},null,3,\"text\"]"), one);
  EXPECT_EQ(urls("[" + q + "," + q + "]").size(), 2u);
  for (const char* none : {"null", "3", "\"\"", "\"a.mp4\"", "[]", "{}", "\"file:///etc/passwd\"", "\"ftp://x\""})
    EXPECT_TRUE(urls(none).empty()) << none;
}

TEST(Outputs, AreBounded) {
  std::string many = "[";
  for (int i = 0; i < 500; ++i) many += "\"https://x.example.com/a\",";
  EXPECT_LE(urls(many + "1]").size(), 64u);
  std::string deep = "\"https://x.example.com/a\"";
  for (int i = 0; i < 40; ++i) deep = "[" + deep + "]";
  EXPECT_TRUE(urls(deep).empty());
}

TEST(Outputs, DataUrisAreDecodedOrRefused) {
  for (const std::string& bytes :
       {std::string(), std::string("a"), std::string("ab"), std::string("abc"), std::string("\0\xFF\x10", 3)}) {
    auto back = decode_data_uri(data_uri(bytes, "image/png"));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->bytes, bytes);
    EXPECT_EQ(back->mime, "image/png");
  }
  for (const char* bad :
       {"", "data:", "data:image/png,abc", "data:image/png;base64", "data:image/png;base64,***", "http://x"})
    EXPECT_FALSE(decode_data_uri(bad)) << bad;
}

}  // namespace
}  // namespace vidgen::backends::test
