// SPDX-License-Identifier: Apache-2.0
// HTTP/2 over libcurl, against a server that nobody here wrote and that speaks nothing else: nghttpd. Skipped where it is
// not installed.
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "net/client.hpp"

namespace vidgen {
namespace {

using namespace std::chrono_literals;
using test::ask;
using test::ask_all;
using test::Authority;

constexpr const char* kPrograms[] = {"/usr/sbin/nghttpd", "/usr/bin/nghttpd"};

std::string program() {
  for (const char* path : kPrograms)
    if (::access(path, X_OK) == 0) return path;
  return {};
}

sockaddr_in loopback(int port) {
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_port = htons(static_cast<std::uint16_t>(port));
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return at;
}

int free_port() {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in at = loopback(0);
  socklen_t size = sizeof at;
  ::bind(fd, reinterpret_cast<sockaddr*>(&at), size);         // NOLINT(*-reinterpret-cast)
  ::getsockname(fd, reinterpret_cast<sockaddr*>(&at), &size);  // NOLINT(*-reinterpret-cast)
  ::close(fd);
  return ntohs(at.sin_port);
}

bool listens(int port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  const sockaddr_in at = loopback(port);
  const bool yes = ::connect(fd, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0;  // NOLINT(*-reinterpret-cast)
  ::close(fd);
  return yes;
}

// nghttpd with a folder of files; what is posted to it comes back.
class Http2Server {
 public:
  explicit Http2Server(const Authority& authority) : port_(free_port()) {
    const Authority::Pair pair = authority.issue("127.0.0.1");
    write("key.pem", pair.key);
    write("certificate.pem", pair.certificate);
    std::filesystem::create_directory(folder_.path() + "/files");
    const std::vector<std::string> words = {program(), "--echo-upload", "--address=127.0.0.1", "-d", folder_.path() + "/files",
                                            std::to_string(port_), folder_.path() + "/key.pem",
                                            folder_.path() + "/certificate.pem"};
    std::vector<char*> argv;
    for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));  // NOLINT(*-const-cast)
    argv.push_back(nullptr);
    ::posix_spawn(&pid_, words[0].c_str(), nullptr, nullptr, argv.data(), environ);
    for (int i = 0; i < 500 && !listens(port_); ++i) std::this_thread::sleep_for(10ms);
  }
  ~Http2Server() {
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
  }
  Http2Server(const Http2Server&) = delete;
  Http2Server& operator=(const Http2Server&) = delete;

  void serve(const std::string& name, const std::string& bytes) { write("files/" + name, bytes); }
  std::string url(const std::string& path) const { return "https://127.0.0.1:" + std::to_string(port_) + "/" + path; }

 private:
  void write(const std::string& name, const std::string& bytes) {
    std::ofstream(folder_.path() + "/" + name, std::ios::binary) << bytes;
  }
  test::TempFolder folder_;
  int port_;
  pid_t pid_ = 0;
};

class Http2Test : public ::testing::Test {
 protected:
  void SetUp() override {
    if (program().empty()) GTEST_SKIP() << "there is no nghttpd";
    if (!curl_transport(TransportOptions())) GTEST_SKIP() << "built without libcurl";
    server_ = std::make_unique<Http2Server>(authority_);
    std::ofstream(folder_.path() + "/ca.pem") << authority_.pem();
    options_.ca_file = folder_.path() + "/ca.pem";
    options_.allow_private = true;
  }
  HttpRequest get(const std::string& path) const {
    HttpRequest request;
    request.url = server_->url(path);
    return request;
  }
  test::TempFolder folder_;
  Authority authority_;
  std::unique_ptr<Http2Server> server_;
  TransportOptions options_;
};

TEST_F(Http2Test, AnswersBodiesAndStatusesArrive) {
  server_->serve("a.txt", "hello");
  auto transport = *curl_transport(options_);
  const HttpResponse found = ask(*transport, get("a.txt"));
  ASSERT_FALSE(found.error) << found.error->describe();
  EXPECT_EQ(found.status, 200);
  EXPECT_EQ(found.body, "hello");
  EXPECT_EQ(ask(*transport, get("none.txt")).status, 404);
  HttpRequest upload = get("echo");
  upload.method = "POST";
  upload.body = std::string(200'000, 'x');
  const HttpResponse echoed = ask(*transport, upload);
  ASSERT_FALSE(echoed.error) << echoed.error->describe();
  EXPECT_EQ(echoed.body, upload.body);
}

TEST_F(Http2Test, ManyAtOnceEachGetTheirOwn) {
  auto transport = *curl_transport(options_);
  std::vector<HttpRequest> requests;
  for (int i = 0; i < 50; ++i) {
    server_->serve(std::to_string(i), std::to_string(i * i));
    requests.push_back(get(std::to_string(i)));
  }
  const auto answers = ask_all(*transport, requests);
  for (std::size_t i = 0; i < answers.size(); ++i) EXPECT_EQ(answers[i].body, std::to_string(i * i));
}

TEST_F(Http2Test, ADownloadGoesToItsFile) {
  server_->serve("clip.mp4", std::string(3'000'000, 'v'));
  auto transport = *curl_transport(options_);
  HttpRequest request = get("clip.mp4");
  request.save_to = folder_.path() + "/clip.mp4";
  const HttpResponse answer = ask(*transport, request);
  ASSERT_FALSE(answer.error) << answer.error->describe();
  ASSERT_TRUE(answer.file);
  EXPECT_EQ(answer.file->bytes, 3'000'000);
  EXPECT_EQ(std::filesystem::file_size(request.save_to), 3'000'000U);
}

// A server that is gone: nothing is said to have been carried out that was not.
TEST_F(Http2Test, AServerThatStopsIsANetworkError) {
  auto transport = *curl_transport(options_);
  server_->serve("a.txt", "hello");
  ASSERT_EQ(ask(*transport, get("a.txt")).status, 200);
  const HttpRequest request = get("a.txt");
  server_.reset();
  const HttpResponse answer = ask(*transport, request);
  ASSERT_TRUE(answer.error);
  EXPECT_EQ(answer.error->code(), Errc::network);
  EXPECT_NE(answer.sent, Sent::answered);
}

// The transport that speaks HTTP/1.1 alone says so, and does not hang.
TEST_F(Http2Test, WithoutHttp2TheServerIsNotUnderstood) {
  const HttpResponse answer = ask(*beast_transport(options_), get("a.txt"));
  ASSERT_TRUE(answer.error);
  EXPECT_NE(answer.sent, Sent::not_sent);
}

}  // namespace
}  // namespace vidgen
