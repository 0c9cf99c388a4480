// SPDX-License-Identifier: Apache-2.0
// Files and redirects over either transport: hashing on the way, going on after a cut, where a redirect may lead.
#include <fstream>
#include <iterator>

#include "base/digest.hpp"
#include "net/client.hpp"

namespace vidgen {
namespace {

using test::ask;
using test::Peer;
using test::Seen;
using test::Server;

class DownloadTest : public test::TransportTest {
 protected:
  static std::string content() {
    std::string out;
    for (int i = 0; i < 200000; ++i) out += std::to_string(i);
    return out;
  }
  HttpRequest save(const std::string& url) const {
    HttpRequest request = get(url);
    request.save_to = folder_.file("film.mp4");
    return request;
  }
  std::string saved() const {
    std::ifstream in(folder_.file("film.mp4"), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }
  const test::TempFolder folder_;
};
VIDGEN_BOTH_TRANSPORTS(DownloadTest);

TEST_P(DownloadTest, WritesAndHashesAFile) {
  const std::string film = content();
  Server server([&film](Peer& peer, const Seen& seen) { peer.answer(200, seen.target == "/empty" ? "" : film); });
  auto client = transport();
  HttpResponse response = ask(*client, save(server.url("/film.mp4")));
  ASSERT_FALSE(response.error) << words_of(response);
  ASSERT_TRUE(response.file);
  EXPECT_EQ(response.file->bytes, static_cast<std::int64_t>(film.size()));
  EXPECT_EQ(response.file->sha256, base::sha256_hex(film));
  EXPECT_EQ(response.body, "");
  EXPECT_TRUE(saved() == film);
  response = ask(*client, save(server.url("/empty")));
  EXPECT_EQ(response.file->sha256, base::sha256_hex(""));
  EXPECT_EQ(saved(), "");
}

TEST_P(DownloadTest, AnErrorsTextDoesNotBecomeAFile) {
  Server server([](Peer& peer, const Seen&) { peer.answer(404, "gone"); });
  const HttpResponse response = ask(*transport(), save(server.url()));
  EXPECT_FALSE(response.error);
  EXPECT_FALSE(response.file);
  EXPECT_EQ(response.body, "gone");
  EXPECT_TRUE(folder_.files().empty());
}

TEST_P(DownloadTest, WhatCannotBeWrittenIsAnError) {
  Server server([](Peer& peer, const Seen&) { peer.answer(200, "x"); });
  HttpRequest request = get(server.url());
  request.save_to = folder_.file("no/such/folder/film.mp4");
  const HttpResponse response = ask(*transport(), request);
  EXPECT_EQ(code_of(response), Errc::file_missing) << words_of(response);
  EXPECT_EQ(response.sent, Sent::answered);
}

// A server of one film that is cut at first. `tag` is the film's version, `ranges` whether it knows ranges.
struct Film {
  std::string bytes, tag;
  bool ranges = true;
  void serve(Peer& peer, const Seen& seen) const {
    const std::string head = "ETag: " + tag + "\r\n";
    const auto range = seen.headers.find("range");
    if (range == seen.headers.end() || !ranges || seen.headers.at("if-range") != tag) {
      if (seen.target != "/cut") return peer.answer(200, bytes, head);
      peer.write("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(bytes.size()) + "\r\n" + head + "\r\n" +
                 bytes.substr(0, bytes.size() / 2));
      return peer.hang_up();
    }
    const std::size_t start = std::stoul(range->second.substr(6));
    if (start >= bytes.size()) return peer.answer(416, "", head);
    peer.answer(206, bytes.substr(start),
                head + "Content-Range: bytes " + std::to_string(start) + "-" + std::to_string(bytes.size() - 1) + "/" +
                    std::to_string(bytes.size()) + "\r\n");
  }
};

TEST_P(DownloadTest, GoesOnAfterACut) {
  Film film;
  film.bytes = content();
  film.tag = "\"v1\"";
  Server server([&film](Peer& peer, const Seen& seen) { film.serve(peer, seen); });
  auto client = transport();
  const HttpResponse cut = ask(*client, save(server.url("/cut")));
  EXPECT_EQ(code_of(cut), Errc::network);
  EXPECT_EQ(cut.sent, Sent::answered);
  ASSERT_TRUE(cut.file);
  EXPECT_EQ(cut.file->bytes, static_cast<std::int64_t>(film.bytes.size() / 2));
  EXPECT_EQ(cut.file->tag, "\"v1\"");

  HttpRequest again = save(server.url("/film"));
  again.resume_tag = cut.file->tag;
  const HttpResponse whole = ask(*client, again);
  ASSERT_FALSE(whole.error) << words_of(whole);
  EXPECT_EQ(whole.status, 206);
  EXPECT_EQ(whole.file->resumed, cut.file->bytes);
  EXPECT_EQ(whole.file->bytes, static_cast<std::int64_t>(film.bytes.size()));
  EXPECT_EQ(whole.file->sha256, base::sha256_hex(film.bytes));
  EXPECT_TRUE(saved() == film.bytes);
  EXPECT_EQ(server.requests().at(1).headers.at("range"), "bytes=" + std::to_string(cut.file->bytes) + "-");
}

TEST_P(DownloadTest, StartsOverWhenTheFilmIsAnotherOrRangesAreUnknown) {
  for (const bool ranges : {true, false}) {
    Film film;
    film.bytes = content();
    film.tag = "\"v2\"";
    film.ranges = ranges;
    Server server([&film](Peer& peer, const Seen& seen) { film.serve(peer, seen); });
    std::ofstream(folder_.file("film.mp4")) << "the beginning of another film";
    HttpRequest request = save(server.url("/film"));
    request.resume_tag = ranges ? "\"v1\"" : "\"v2\"";
    const HttpResponse response = ask(*transport(), request);
    ASSERT_FALSE(response.error) << words_of(response);
    EXPECT_EQ(response.file->resumed, 0);
    EXPECT_EQ(response.file->sha256, base::sha256_hex(film.bytes));
    EXPECT_TRUE(saved() == film.bytes);
  }
}

TEST_P(DownloadTest, ARangeThatWasNotAskedForIsNeverGluedOn) {
  Server server([](Peer& peer, const Seen& seen) {
    if (seen.headers.count("range") == 0) return peer.answer(200, "whole film", "ETag: \"v\"\r\n");
    if (seen.target == "/416") return peer.answer(416, "", "Content-Range: bytes */3\r\n");
    peer.answer(206, "film",
                seen.target == "/place" ? "ETag: \"v\"\r\nContent-Range: bytes 6-9/10\r\n"
                                        : "ETag: \"w\"\r\nContent-Range: bytes 4-7/10\r\n");
  });
  auto client = transport();
  for (const std::string path : {"/place", "/tag", "/416"}) {
    std::ofstream(folder_.file("film.mp4")) << "half";
    HttpRequest request = save(server.url(path));
    request.resume_tag = "\"v\"";
    const HttpResponse response = ask(*client, request);
    ASSERT_FALSE(response.error) << path << words_of(response);
    EXPECT_EQ(saved(), "whole film") << path;
    EXPECT_EQ(response.file->sha256, base::sha256_hex("whole film"));
  }
  Server liar([](Peer& peer, const Seen&) { peer.answer(206, "film", "Content-Range: bytes 6-9/10\r\n"); });
  EXPECT_EQ(code_of(ask(*client, save(liar.url()))), Errc::answer_invalid);
}

TEST_P(DownloadTest, TheLimitOfAFile) {
  Server server([](Peer& peer, const Seen&) { peer.answer(200, std::string(1001, 'x')); });
  HttpRequest request = save(server.url());
  request.body_limit = 1000;
  const HttpResponse response = ask(*transport(), request);
  EXPECT_EQ(code_of(response), Errc::answer_invalid);
  EXPECT_TRUE(folder_.files().empty());
}

TEST_P(DownloadTest, RedirectsAreFollowedOnlyWhereAllowed) {
  Server server([](Peer& peer, const Seen& seen) {
    if (seen.target == "/end") return peer.answer(200, "there");
    peer.answer(302, "moved", seen.target == "/loop" ? "Location: /loop\r\n" : "Location: ./end\r\n");
  });
  auto client = transport();
  EXPECT_EQ(ask(*client, get(server.url("/a"))).status, 302);
  HttpRequest request = get(server.url("/a"));
  request.redirects = 3;
  request.headers["Authorization"] = "Bearer secret";
  const HttpResponse followed = ask(*client, request);
  EXPECT_EQ(followed.body, "there") << words_of(followed);
  EXPECT_EQ(followed.redirects, 1);
  EXPECT_EQ(server.requests().back().headers.at("authorization"), "Bearer secret");  // the same origin
  request.url = server.url("/loop");
  const std::size_t before = server.requests().size();
  EXPECT_EQ(code_of(ask(*client, request)), Errc::answer_invalid);
  EXPECT_EQ(server.requests().size(), before + 4);
  HttpRequest paid = post(server.url("/a"), "y");
  paid.redirects = 3;
  EXPECT_EQ(ask(*client, paid).status, 302);  // never for a POST
}

TEST_P(DownloadTest, ARedirectToAnotherOriginIsForeign) {
  Server other([](Peer& peer, const Seen&) { peer.answer(200, "film"); });
  Server server([&other](Peer& peer, const Seen& seen) {
    peer.answer(307, "",
                seen.target == "/odd" ? "Location: file:///etc/passwd\r\n"
                                      : "Location: " + other.url("/film?sig=s3cret") + "\r\n");
  });
  HttpRequest request = save(server.url("/a"));
  request.redirects = 3;
  request.headers["Authorization"] = "Bearer secret";
  request.headers["X-Api-Key"] = "secret";
  request.headers["Accept"] = "video/mp4";
  const HttpResponse refused = ask(*transport(), request);
  EXPECT_EQ(code_of(refused), Errc::url_refused);
  EXPECT_EQ(words_of(refused).find("s3cret"), std::string::npos);
  EXPECT_EQ(other.connections(), 0);

  TransportOptions options;
  options.allow_private = true;
  const HttpResponse response = ask(*transport(options), request);
  ASSERT_FALSE(response.error) << words_of(response);
  EXPECT_EQ(saved(), "film");
  const auto headers = other.requests().at(0).headers;
  EXPECT_EQ(headers.count("authorization"), 0U);
  EXPECT_EQ(headers.count("x-api-key"), 0U);
  EXPECT_EQ(headers.at("accept"), "video/mp4");
  request.url = server.url("/odd");
  EXPECT_EQ(code_of(ask(*transport(options), request)), Errc::url_refused);
}

TEST_P(DownloadTest, ARedirectNeverLeavesHttps) {
  const test::Authority authority;
  const auto pair = authority.issue("127.0.0.1");
  std::ofstream(folder_.file("ca.pem")) << authority.pem();
  Server plain([](Peer& peer, const Seen&) { peer.answer(200, "film"); });
  Server server([&plain](Peer& peer, const Seen&) { peer.answer(302, "", "Location: " + plain.url() + "\r\n"); },
                &pair);
  TransportOptions options;
  options.allow_private = true;
  options.ca_file = folder_.file("ca.pem");
  HttpRequest request = get(server.url());
  request.redirects = 1;
  EXPECT_EQ(code_of(ask(*transport(options), request)), Errc::url_refused);
  EXPECT_EQ(plain.connections(), 0);
}

}  // namespace
}  // namespace vidgen
