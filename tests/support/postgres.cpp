// SPDX-License-Identifier: Apache-2.0
#include "support/postgres.hpp"

#include <dirent.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <functional>
#include <memory>
#include <thread>

namespace vidgen::test {
namespace {

constexpr int kTries = 1200;  // of 50 ms each: far more than a start takes
constexpr auto kWait = std::chrono::milliseconds(50);

bool has_server(const std::string& folder) {
  return ::access((folder + "/initdb").c_str(), X_OK) == 0 && ::access((folder + "/postgres").c_str(), X_OK) == 0;
}

std::string programs() {
  if (const char* named = std::getenv("VIDGEN_POSTGRES_BIN")) return has_server(named) ? named : "";
  std::vector<std::string> found;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator("/usr/lib/postgresql", none))
    if (has_server(entry.path().string() + "/bin")) found.push_back(entry.path().string() + "/bin");
  std::sort(found.begin(), found.end(), std::greater<>());  // the newest of Debian's
  for (const char* folder : {"/usr/local/pgsql/bin", "/usr/local/bin", "/usr/bin"})
    if (has_server(folder)) found.emplace_back(folder);
  return found.empty() ? std::string() : found.front();
}

// Whom PostgreSQL runs as; null: as whoever we are.
const passwd* user() {
  return ::geteuid() == 0 ? ::getpwnam("postgres") : nullptr;
}

}  // namespace

namespace {
std::string& failure() {
  static std::string words;
  return words;
}
}  // namespace

const std::string& PostgresServer::why() {
  return failure();
}

PostgresServer* PostgresServer::get() {
  static const std::unique_ptr<PostgresServer> server = []() -> std::unique_ptr<PostgresServer> {
    const std::string at = programs();
    if (at.empty() || (::geteuid() == 0 && user() == nullptr)) return nullptr;
    std::unique_ptr<PostgresServer> made(new PostgresServer(at));
    std::string words;
    if (made->make_cluster(words) && made->start()) return made;
    failure() = "the PostgreSQL server in " + at + " does not start: " + words;
    return nullptr;
  }();
  return server.get();
}

bool PostgresServer::make_cluster(std::string& words) {
  if (const passwd* as = user())
    if (::chown(folder_.path().c_str(), as->pw_uid, as->pw_gid) != 0) return false;
  const std::string data = folder_.file("data");
  if (!run({programs_ + "/initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"},
           &words))
    return false;
  // One user has to say a password.
  std::ofstream rules(data + "/pg_hba.conf");
  rules << "local all secret scram-sha-256\nlocal all all trust\n";
  return rules.good();
}

bool PostgresServer::start() {
  // A killed process does not lose what it gave to the kernel, so syncing would only cost time here.
  const std::string log = folder_.file("log");
  const int output = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
  for (int i = 0; i < kTries; ++i) {
    if (pid_ > 0 && ::waitpid(pid_, nullptr, WNOHANG) == pid_) pid_ = -1;  // what a killed one left was still in use
    if (pid_ < 0)
      pid_ = spawn({programs_ + "/postgres", "-D", folder_.file("data"), "-k", folder_.path(), "-c", "listen_addresses=",
                    "-c", "fsync=off", "-c", "shared_buffers=16MB", "-c", "max_connections=100"},
                   output);
    if (run({programs_ + "/psql", "-qX", "-h", folder_.path(), "-U", "postgres", "-c", "SELECT 1"})) break;
    std::this_thread::sleep_for(kWait);
  }
  ::close(output);
  return pid_ > 0;
}

void PostgresServer::kill() {
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

PostgresServer::~PostgresServer() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGINT);  // its "fast" shutdown
  ::waitpid(pid_, nullptr, 0);
}

std::string PostgresServer::make_database() {
  const std::string name = "t" + std::to_string(++databases_);
  sql("CREATE DATABASE " + name);
  return url(name);
}

std::string PostgresServer::url(const std::string& database, const std::string& as) const {
  return "postgresql://" + as + "@/" + database + "?host=" + folder_.path();
}

std::string PostgresServer::sql(const std::string& text, const std::string& database) const {
  std::string out;
  const std::string where = database.find("://") == std::string::npos ? url(database) : database;
  (void)run({programs_ + "/psql", "-qAtX", "-d", where, "-c", text}, &out);
  return out;
}

int PostgresServer::spawn(const std::vector<std::string>& command, int output) const {
  std::vector<char*> words;
  for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  const passwd* as = user();
  const int pid = ::fork();
  if (pid != 0) return pid;
  if (as != nullptr && (::setgroups(0, nullptr) != 0 || ::setgid(as->pw_gid) != 0 || ::setuid(as->pw_uid) != 0))
    ::_exit(126);
  ::prctl(PR_SET_PDEATHSIG, SIGQUIT);  // it does not outlive the tests
  if (::chdir("/") != 0) ::_exit(126);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  ::execv(words[0], words.data());
  ::_exit(127);
}

bool PostgresServer::run(const std::vector<std::string>& command, std::string* output) const {
  int ends[2] = {-1, -1};
  if (::pipe2(ends, O_CLOEXEC) != 0) return false;
  const int pid = spawn(command, ends[1]);
  ::close(ends[1]);
  char bytes[4096];
  for (ssize_t n = 0; (n = ::read(ends[0], bytes, sizeof bytes)) > 0;)
    if (output != nullptr) output->append(bytes, static_cast<std::size_t>(n));
  ::close(ends[0]);
  int status = -1;
  ::waitpid(pid, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace vidgen::test
