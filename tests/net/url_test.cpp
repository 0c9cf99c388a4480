// SPDX-License-Identifier: Apache-2.0
// The pure parts: URLs, the address filter, the choice of a proxy.
#include <gtest/gtest.h>

#include "net/address.hpp"
#include "net/proxy.hpp"
#include "net/url.hpp"

namespace vidgen::net {
namespace {

TEST(Url, ReadsWhatIsPlainlyRight) {
  const auto url = parse_url("HTTPS://API.Example.com.:8443/v1/x?a=1#part");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->host, "api.example.com");
  EXPECT_EQ(url->port, 8443);
  EXPECT_EQ(url->target, "/v1/x?a=1");
  EXPECT_EQ(url->origin(), "https://api.example.com:8443");
  EXPECT_EQ(url->shown(), "https://api.example.com:8443/v1/x");
  EXPECT_EQ(parse_url("http://h?q")->target, "/?q");
  EXPECT_EQ(parse_url("http://[::1]:8080/")->authority(), "[::1]:8080");
  EXPECT_EQ(parse_url("http://[0:0::1]/")->host, "::1");
  EXPECT_TRUE(parse_url("http://10.0.0.1/")->is_address);
  EXPECT_EQ(parse_url("http://xn--bcher-kva.example:80/")->authority(), "xn--bcher-kva.example");
}

TEST(Url, RefusesEverythingElse) {
  for (const char* text : {"",
                           "x",
                           "https://",
                           "https:///path",
                           "https:/a",
                           "//a/b",
                           "ftp://a/",
                           "file:///etc/passwd",
                           "javascript:alert(1)",
                           "https://user@a/",
                           "https://user:pw@a/",
                           "https://a.com@b.com/",
                           "https://a\\@b.com/",
                           "https://a b/",
                           "https://a/\r\nX: 1",
                           "https://a/\tb",
                           "https://a:0/",
                           "https://a:65536/",
                           "https://a:/",
                           "https://a:8x/",
                           "https://a:+80/",
                           "https://%31%32/",
                           "https://a%2eb/",
                           "https://127.1/",
                           "https://0x7f.1/",
                           "https://0x7f000001/",
                           "https://2130706433/",
                           "https://0177.0.0.1/",
                           "https://127.0.0.01/",
                           "https://1.2.3.4.5/",
                           "https://a.1/",
                           "https://a.0x1/",
                           "https://256.0.0.1/",
                           "https://[::1/",
                           "https://::1/",
                           "https://[::1]x/",
                           "https://[127.0.0.1]/",
                           "https://[fe80::1%25eth0]/",
                           "https://[v1.a]/",
                           "https://a..b/",
                           "https://.a/",
                           "https://-a/",
                           "https://a-/",
                           "https://\xc3\xbc.com/",
                           "https://\xef\xbc\x91.com/",
                           "https://a/<",
                           "https://a?\x7f",
                           "https://a_b\x01/"})
    EXPECT_FALSE(parse_url(text)) << text;
  EXPECT_FALSE(parse_url(std::string_view("https://a\0b/", 12)));
  EXPECT_FALSE(parse_url("https://" + std::string(300, 'a') + ".com/"));
  EXPECT_FALSE(parse_url("https://a/" + std::string(9000, 'a')));
}

TEST(Url, ErrorsShowNoSecrets) {
  for (const char* text : {"https://me:secret@a/", "https://a:x/?key=secret", "https://a b/?secret", "x#secret"})
    EXPECT_EQ(parse_url(text).error().message().find("secret"), std::string::npos) << text;
}

TEST(Url, JoinsABaseThatHasAPrefix) {
  const char* gateway = "https://gateway.example/v1/account/name/replicate/";
  EXPECT_EQ(join_url(gateway, "/predictions?x=1")->text(),
            "https://gateway.example/v1/account/name/replicate/predictions?x=1");
  EXPECT_EQ(join_url("https://api.example", "v1/files")->text(), "https://api.example/v1/files");
  EXPECT_EQ(join_url("https://api.example/v1", "")->text(), "https://api.example/v1/");
  for (const char* path : {"../admin", "a/../../b", "./a", "a b", "a#b", "a\r\nb"})
    EXPECT_FALSE(join_url(gateway, path)) << path;
  EXPECT_FALSE(join_url("https://a/?key=1", "b"));
}

TEST(Url, ResolvesReferences) {
  const Url base = *parse_url("https://a.example/b/c/d?q");
  const std::pair<const char*, const char*> rows[] = {{"g", "https://a.example/b/c/g"},
                                                      {"./g", "https://a.example/b/c/g"},
                                                      {"../g?y", "https://a.example/b/g?y"},
                                                      {"../../../g", "https://a.example/g"},
                                                      {"/g", "https://a.example/g"},
                                                      {"?y", "https://a.example/b/c/d?y"},
                                                      {"", "https://a.example/b/c/d?q"},
                                                      {"#x", "https://a.example/b/c/d?q"},
                                                      {"//b.example/x", "https://b.example/x"},
                                                      {"http://c.example", "http://c.example/"},
                                                      {"g?a:b", "https://a.example/b/c/g?a:b"},
                                                      {"..", "https://a.example/b/"}};
  for (const auto& [reference, expected] : rows) {
    const auto url = resolve_reference(base, reference);
    ASSERT_TRUE(url) << reference;
    EXPECT_EQ(url->text(), expected) << reference;
  }
  for (const char* bad : {"mailto:x", "//", "///x", "//u@b/", "http:\\\\x", "data:,x"})
    EXPECT_FALSE(resolve_reference(base, bad)) << bad;
}

TEST(Address, OnlyPublicOnesAreForForeignUrls) {
  const std::pair<const char*, bool> rows[] = {{"8.8.8.8", true},
                                               {"1.1.1.1", true},
                                               {"172.15.255.255", true},
                                               {"172.32.0.0", true},
                                               {"100.63.255.255", true},
                                               {"100.128.0.0", true},
                                               {"223.255.255.255", true},
                                               {"2606:4700::1111", true},
                                               {"2a00:1450:4001::1", true},
                                               {"::ffff:8.8.8.8", true},
                                               {"64:ff9b::808:808", true},
                                               {"2002:808:808::1", true},
                                               {"0.0.0.0", false},
                                               {"0.1.2.3", false},
                                               {"10.1.2.3", false},
                                               {"100.64.0.1", false},
                                               {"127.0.0.1", false},
                                               {"127.255.255.254", false},
                                               {"169.254.169.254", false},
                                               {"172.16.0.1", false},
                                               {"172.31.255.255", false},
                                               {"192.0.0.1", false},
                                               {"192.0.2.1", false},
                                               {"192.168.1.1", false},
                                               {"198.18.0.1", false},
                                               {"198.51.100.1", false},
                                               {"203.0.113.9", false},
                                               {"224.0.0.1", false},
                                               {"239.255.255.255", false},
                                               {"240.0.0.1", false},
                                               {"255.255.255.255", false},
                                               {"::", false},
                                               {"::1", false},
                                               {"::127.0.0.1", false},
                                               {"::8.8.8.8", false},
                                               {"::ffff:127.0.0.1", false},
                                               {"::ffff:10.0.0.1", false},
                                               {"::ffff:0:127.0.0.1", false},
                                               {"64:ff9b::7f00:1", false},
                                               {"64:ff9b:1::1", false},
                                               {"2002:7f00:1::1", false},
                                               {"2002:a00:1::", false},
                                               {"2001::1", false},
                                               {"2001:db8::1", false},
                                               {"fe80::1", false},
                                               {"fec0::1", false},
                                               {"fc00::1", false},
                                               {"fd12:3456::1", false},
                                               {"ff02::1", false},
                                               {"100::1", false},
                                               {"4000::1", false},
                                               {"3fff::1", false}};
  for (const auto& [text, is_public] : rows) {
    const auto address = parse_address(text);
    ASSERT_TRUE(address) << text;
    EXPECT_EQ(private_reason(*address).empty(), is_public) << text;
    const std::string url = address->v6 ? "https://[" + std::string(text) + "]/" : "https://" + std::string(text) + "/";
    EXPECT_EQ(check_url(*parse_url(url), UrlTrust::foreign, false).has_value(), is_public) << text;
    EXPECT_TRUE(check_url(*parse_url(url), UrlTrust::trusted, false)) << text;
    EXPECT_TRUE(check_url(*parse_url(url), UrlTrust::foreign, true)) << text;
  }
}

TEST(Address, NamesSchemesAndPortsOfForeignUrls) {
  const std::pair<const char*, bool> rows[] = {{"https://replicate.delivery/x", true},
                                               {"https://a.example:8443/", true},
                                               {"https://a.example:443/", true},
                                               {"http://replicate.delivery/x", false},
                                               {"https://a.example:22/", false},
                                               {"https://a.example:25/", false},
                                               {"https://localhost/", false},
                                               {"https://LOCALHOST./", false},
                                               {"https://a.localhost/", false},
                                               {"https://printer/", false},
                                               {"https://nas.local/", false},
                                               {"https://db.internal/", false},
                                               {"https://metadata.google.internal/", false},
                                               {"https://router.home.arpa/", false},
                                               {"https://notlocalhost.com/", true},
                                               {"https://local.example/", true}};
  for (const auto& [text, allowed] : rows)
    EXPECT_EQ(check_url(*parse_url(text), UrlTrust::foreign, false).has_value(), allowed) << text;
  EXPECT_TRUE(check_url(*parse_url("http://localhost:11434/"), UrlTrust::trusted, false));
}

TEST(Proxy, ExceptionsAreThoseOfTheUsualVariable) {
  ProxyOptions options;
  options.https = options.http = "http://proxy.example:3128";
  options.except = "Example.com, .intern.example,*.star.example 10.0.0.0/8,port.example:8443,[2606:4700::1]";
  const std::pair<const char*, bool> rows[] = {
      {"https://other.example/", true},      {"https://example.com/", false},
      {"https://a.example.com/", false},     {"https://notexample.com/", true},
      {"https://a.intern.example/", false},  {"https://b.star.example/", false},
      {"https://10.9.8.7/", false},          {"https://11.9.8.7/", true},
      {"https://port.example:8443/", false}, {"https://port.example/", true},
      {"https://[2606:4700::1]/", false},    {"http://localhost:80/", false},
      {"http://127.0.0.1:11434/", false},    {"http://[::1]/", false}};
  for (const auto& [text, proxied] : rows)
    EXPECT_EQ(proxy_for(*parse_url(text), options)->has_value(), proxied) << text;
  options.except = "*";
  EXPECT_FALSE(proxy_for(*parse_url("https://other.example/"), options)->has_value());
  options.except = "";
  options.https = "https://proxy.example";
  EXPECT_FALSE(proxy_for(*parse_url("https://other.example/"), options));
}

}  // namespace
}  // namespace vidgen::net
