// SPDX-License-Identifier: Apache-2.0
// Jobs whose journal is on PostgreSQL: begun by one process, and on one machine, and gone on with by another.
#include "support/postgres.hpp"

#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "journal/postgres.hpp"
#include "support/child.hpp"
#include "workspace.hpp"

namespace vidgen {
namespace {

class PostgresJob : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!journal::find_libpq()) GTEST_SKIP() << journal::find_libpq().error().message();
    if (test::PostgresServer* server = test::PostgresServer::get()) database = server->make_database();
    EXPECT_EQ(test::PostgresServer::why(), "");
    if (database.empty()) GTEST_SKIP() << "no PostgreSQL server is installed (Debian: postgresql)";
  }
  Config config() const {
    Config out = workspace.config();
    out.journal_url = database;
    return out;
  }
  std::string sql(const std::string& text) const { return test::PostgresServer::get()->sql(text, database); }

  // Works on a film of eight seconds, and says when it is in the middle of it.
  void begin(const std::function<void()>& report) const {
    Pipeline pipeline(config());
    auto job = pipeline.submit(test::small_film(8), "film");
    for (int i = 0; job && i < 6; ++i) (void)job->next_event();
    report();
    if (job) (void)job->wait();
  }

  test::Workspace workspace;
  std::string database;
};

TEST_F(PostgresJob, AFilmIsTheSameAndNothingOfTheJournalIsInTheFolder) {
  auto film = Pipeline(config()).render(test::small_film());
  ASSERT_TRUE(film) << film.error().describe();
  EXPECT_EQ(film->sha256, test::small_film_sha256());
  EXPECT_FALSE(std::filesystem::exists(config().workspace + "/vidgen.db"));
  EXPECT_EQ(Pipeline(config()).jobs()->size(), 1U);
  EXPECT_EQ(sql("SELECT status FROM vidgen.jobs"), "complete\n");
}

TEST_F(PostgresJob, APlanOfAFolderThatIsNotThereMakesNothing) {
  ASSERT_TRUE(Pipeline(config()).plan(test::small_film()));
  EXPECT_FALSE(std::filesystem::exists(config().workspace));
  EXPECT_EQ(sql("SELECT count(*) FROM pg_namespace WHERE nspname = 'vidgen'"), "0\n");
}

TEST_F(PostgresJob, AKilledProcessIsTakenOverByWhoWatches) {
  test::Child first([this](const std::function<void()>& report) { begin(report); });
  ASSERT_TRUE(first.wait_for(1));
  Pipeline pipeline(config());
  auto watched = pipeline.attach("film");
  ASSERT_TRUE(watched) << watched.error().describe();
  first.kill();
  auto film = watched->wait();
  ASSERT_TRUE(film) << film.error().describe();
  EXPECT_EQ(film->frames, 240);
  EXPECT_EQ(sql("SELECT fence FROM vidgen.leases"), "2\n");
}

// In a namespace of its own a process looks as one of another machine does: nobody here can tell that it died. It is
// watched, until its lease has run out by the clock of the database, which is put forward here.
TEST_F(PostgresJob, AJobMovesToAnotherMachine) {
  test::Child there([this](const std::function<void()>& report) {
    if (::unshare(CLONE_NEWPID) != 0) return;
    const pid_t inner = ::fork();
    if (inner == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      begin(report);
      ::_exit(0);
    }
    ::waitpid(inner, nullptr, 0);
  });
  if (!there.wait_for(1)) GTEST_SKIP() << "needs the right to make a namespace";
  there.kill();
  Pipeline watching(config()), pipeline(config());
  auto watched = watching.attach("film");
  ASSERT_TRUE(watched) << watched.error().describe();
  EXPECT_EQ(sql("SELECT fence FROM vidgen.leases"), "1\n");
  sql("CREATE OR REPLACE FUNCTION vidgen.now_ms() RETURNS bigint LANGUAGE sql VOLATILE AS "
      "'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint + 60000'");
  auto job = pipeline.attach("film");
  ASSERT_TRUE(job) << job.error().describe();
  EXPECT_EQ(sql("SELECT fence FROM vidgen.leases"), "2\n");
  auto film = job->wait();
  ASSERT_TRUE(film) << film.error().describe();
  EXPECT_EQ(film->frames, 240);
  EXPECT_EQ(watched->wait()->path, film->path);
}

TEST_F(PostgresJob, AServerThatRestartsInTheMiddleOfAFilmIsWaitedFor) {
  Pipeline pipeline(config());
  auto job = pipeline.submit(test::small_film(), "film");
  ASSERT_TRUE(job) << job.error().describe();
  for (int i = 0; i < 6; ++i) ASSERT_TRUE(job->next_event());
  test::PostgresServer::get()->kill();
  ASSERT_TRUE(test::PostgresServer::get()->start());
  auto film = job->wait();
  ASSERT_TRUE(film) << film.error().describe();
  EXPECT_EQ(film->sha256, test::small_film_sha256());
}

}  // namespace
}  // namespace vidgen
