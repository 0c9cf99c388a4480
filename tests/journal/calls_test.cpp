// SPDX-License-Identifier: Apache-2.0
// SQLite's own calls of the machine, and its allocations, fail: each in turn, once. Whatever it was: an error that has a
// type or no error, never a crash; what was said to be durable is there, what was said to have failed is whole or not
// there, and the next process goes on.
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/io_context.hpp>

#include "stand.hpp"

namespace vidgen::test {
namespace {

// So many go well, then one fails.
std::atomic<int> calls_left{0};
std::atomic<int> error_number{0};

bool fails() {
  if (calls_left <= 0 || --calls_left != 0) return false;
  errno = error_number;
  return true;
}

int call_open(const char* path, int flags, int mode) {
  return fails() ? -1 : ::open(path, flags | O_CLOEXEC, mode);
}
ssize_t call_read(int fd, void* to, size_t n) {
  return fails() ? -1 : ::read(fd, to, n);
}
ssize_t call_pread(int fd, void* to, size_t n, off_t at) {
  return fails() ? -1 : ::pread(fd, to, n, at);
}
ssize_t call_write(int fd, const void* from, size_t n) {
  return fails() ? -1 : ::write(fd, from, n);
}
ssize_t call_pwrite(int fd, const void* from, size_t n, off_t at) {
  return fails() ? -1 : ::pwrite(fd, from, n, at);
}
int call_truncate(int fd, off_t to) {
  return fails() ? -1 : ::ftruncate(fd, to);
}
// A lock to write that another holds for an instant.
std::atomic<int> locks_left{0};

bool is_held() {
  if (locks_left <= 0 || --locks_left != 0) return false;
  errno = EAGAIN;
  return true;
}

int call_fcntl(int fd, int what, ...) {
  va_list more;
  va_start(more, what);
  void* with = va_arg(more, void*);
  va_end(more);
  const short lock = what == F_SETLK ? static_cast<const struct flock*>(with)->l_type : F_RDLCK;
  if (lock == F_UNLCK) return ::fcntl(fd, what, with);  // never fails
  return (lock == F_WRLCK && is_held()) || fails() ? -1 : ::fcntl(fd, what, with);
}

class Calls {
 public:
  Calls() {
    set("open", &call_open);
    for (const char* name : {"pread", "pread64"}) set(name, &call_pread);
    for (const char* name : {"pwrite", "pwrite64"}) set(name, &call_pwrite);
    set("read", &call_read);
    set("write", &call_write);
    set("ftruncate", &call_truncate);
    set("fcntl", &call_fcntl);
  }
  ~Calls() {
    locks_left = calls_left = 0;
    sqlite3_vfs* vfs = sqlite3_vfs_find("unix");
    vfs->xSetSystemCall(vfs, nullptr, nullptr);
  }

 private:
  template <class F>
  static void set(const char* name, F* function) {
    sqlite3_vfs* vfs = sqlite3_vfs_find("unix");
    (void)vfs->xSetSystemCall(vfs, name, reinterpret_cast<sqlite3_syscall_ptr>(function));  // some builds lack some
  }
};

LeaseRequest lease_for(const std::string& holder) {
  LeaseRequest r;
  r.job = "j";
  r.holder = holder;
  r.now_ms = 1000;
  r.until_ms = 2000;
  return r;
}

// Something for each table, under a lease.
JournalBatch whole(const Lease& lease, std::int64_t first) {
  JournalBatch batch = events("j", first, first + 1);
  batch.jobs.push_back(job("j"));
  batch.results.push_back(result("k", "{}"));
  batch.attempts.resize(1);
  batch.attempts[0].job = "j";
  batch.attempts[0].step = "clip";
  batch.attempts[0].state = "intent";
  batch.attempts[0].reserved = usd(0.10);
  batch.lease = lease;
  return batch;
}

void is_typed(const Error& error) {
  for (const Errc code : {Errc::journal, Errc::no_space, Errc::read_only, Errc::no_memory, Errc::io, Errc::taken_over})
    if (error.code() == code) return;
  ADD_FAILURE() << error.describe();
}

// A life of a journal, from opening its file; true: every call went well.
struct Life {
  bool well = true, opened = false, took = false, wrote = false;
  std::string why;  // the first call that did not
  template <class T>
  bool note(const T& answer) {
    if (!answer) is_typed(answer.error());
    if (!answer && why.empty()) why = answer.error().describe();
    well = well && static_cast<bool>(answer);
    return static_cast<bool>(answer);
  }
  // `first`: of its two events.
  void live(const std::string& path, std::int64_t first = 1) {
    auto journal = journal::open_sqlite(path);
    if (!note(journal)) return;
    opened = true;
    const auto lease = (*journal)->take(lease_for("me"));
    took = note(lease);
    wrote = took && note(commit(**journal, whole(*lease, first)));
    (void)note((*journal)->books("j", 0));
    (void)note((*journal)->jobs());
    (void)note((*journal)->job("j"));
    (void)note((*journal)->events("j", 0));
    (void)note((*journal)->attempts("j"));
    (void)note((*journal)->result("k"));
    (void)note((*journal)->lease("j"));
  }
};

// What the next process finds.
void judge(const std::string& path, const Life& life, const std::string& where) {
  auto journal = journal::open_sqlite(path);
  ASSERT_TRUE(journal) << where << ": " << journal.error().describe();
  const bool job = (*journal)->job("j").value().has_value();
  EXPECT_TRUE(job || !life.wrote) << where;
  EXPECT_EQ((*journal)->events("j", 0).value().size(), job ? 2U : 0U) << where;
  EXPECT_EQ((*journal)->attempts("j").value().size(), job ? 1U : 0U) << where;
  EXPECT_EQ((*journal)->result("k").value().has_value(), job) << where;
  EXPECT_EQ((*journal)->books("j", 0).value().job.reserved, job ? usd(0.10) : Money()) << where;
  EXPECT_TRUE((*journal)->lease("j").value().holder == "me" || !life.took) << where;
  const auto mine = (*journal)->take(lease_for("me"));
  ASSERT_TRUE(mine) << where;
  JournalBatch more = events("j", 3, 3);
  more.lease = *mine;
  EXPECT_TRUE(commit(**journal, more)) << where;
}

TEST(JournalCalls, ThatFailOnceLoseNothingThatWasSaidToBeThere) {
  const Calls calls;
  const int stride = kills() > 10 ? 1 : 3;  // each, in the nightly tests
  for (const int number : {EIO, ENOSPC, EAGAIN})
    for (const bool fresh : {true, false}) {
      TempFolder shared(kMemory);
      if (!fresh) {
        Life before;
        before.live(shared.file("vidgen.db"));
      }
      for (int n = 1; n < 1000; n += number == EIO ? 1 : stride) {
        const std::string where = std::string(fresh ? "new" : "old") + ", call " + std::to_string(n) + ", error " +
                                  std::to_string(number);
        TempFolder own(kMemory);
        const std::string path = (fresh ? own : shared).file("vidgen.db");
        error_number = number;
        calls_left = n;
        Life life;
        life.live(path, fresh ? 1 : 2 * n + 1);
        const bool met = calls_left == 0;
        calls_left = 0;
        if (!met) {
          EXPECT_TRUE(life.well) << where;
          EXPECT_GT(n, 20) << where;
          break;
        }
        if (fresh) judge(path, life, where);
        if (HasFatalFailure()) return;
      }
    }
}

// Whoever opens a journal or writes to it waits for another, also where SQLite itself does not.
TEST(JournalCalls, ThatMeetALockOfAnotherWaitForIt) {
  const Calls calls;
  for (int n = 1; n < 1000; ++n) {
    TempFolder folder(kMemory);
    locks_left = n;
    Life life;
    life.live(folder.file("vidgen.db"));
    EXPECT_TRUE(life.well) << "lock " << n << ": " << life.why;
    if (locks_left > 0) {
      EXPECT_GT(n, 10);
      break;
    }
  }
}

// As many files as it may open, one less, and so on.
TEST(JournalCalls, WithoutFilesToOpenItSaysSo) {
  rlimit before;
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  const int first = ::dup(0);
  ::close(first);
  bool opened = false;
  for (int more = 0; more < 40 && !opened; ++more) {
    TempFolder folder;
    rlimit few = before;
    few.rlim_cur = static_cast<rlim_t>(first + more);
    ::setrlimit(RLIMIT_NOFILE, &few);
    auto journal = journal::open_sqlite(folder.file("vidgen.db"));
    ::setrlimit(RLIMIT_NOFILE, &before);
    opened = static_cast<bool>(journal);
    if (!opened) is_typed(journal.error());
  }
  EXPECT_TRUE(opened);
}

TEST(JournalCalls, AFileWithoutAFolderLiesHere) {
  TempFolder folder;
  const std::string before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  EXPECT_TRUE(journal::open_sqlite("vidgen.db"));
  std::filesystem::current_path(before);
  EXPECT_EQ(folder.files().count("vidgen.db"), 1U);
}

// Gathered for an executor that has not come to it when the journal ends: it is durable all the same, once.
TEST(JournalCalls, WhatWaitsForAnExecutorIsWrittenWhenTheJournalEnds) {
  TempFolder folder;
  asio::io_context io;
  JournalPtr journal = opened(journal::open_sqlite(folder.file("vidgen.db"), io.get_executor()));
  int told = 0;
  auto done = [&](Status status) { told += status ? 1 : 0; };
  journal->commit(events("j", 1, 3), asio::bind_executor(io.get_executor(), done));
  EXPECT_TRUE(journal->events("j", 0).value().empty());
  journal.reset();
  io.run();
  EXPECT_EQ(told, 1);
  EXPECT_EQ(open(folder.file("vidgen.db"))->events("j", 0).value().size(), 3U);
}

// Who waits for the answer gets it there and then, for nobody else may come to write.
TEST(JournalCalls, WhoHasNoExecutorIsNotLeftWaitingForOne) {
  TempFolder folder;
  asio::io_context io;
  JournalPtr journal = opened(journal::open_sqlite(folder.file("vidgen.db"), io.get_executor()));
  int told = 0;
  journal->commit(events("j", 1, 1), [&](const Status& status) { told += status ? 1 : 0; });
  EXPECT_EQ(told, 1);
  EXPECT_EQ(journal->events("j", 0).value().size(), 1U);
}

TEST(JournalCalls, WhatIsHandedInIsWrittenOnTheExecutorOrOnTheJournalsOwnThread) {
  TempFolder folder;
  asio::io_context io;
  JournalPtr on = opened(journal::open_sqlite(folder.file("on.db"), io.get_executor()));
  int told = 0;
  on->commit(events("j", 1, 1), asio::bind_executor(io.get_executor(), [&](const Status& s) { told += s ? 1 : 0; }));
  EXPECT_EQ(told, 0);
  io.run();
  EXPECT_EQ(told, 1);
  EXPECT_EQ(on->events("j", 0).value().size(), 1U);
  JournalPtr own = open(folder.file("own.db"));
  std::promise<std::thread::id> where;
  own->commit(events("j", 1, 1), [&](const Status&) { where.set_value(std::this_thread::get_id()); });
  EXPECT_NE(where.get_future().get(), std::this_thread::get_id());
}

// SQLite's own allocations.
sqlite3_mem_methods plain;
std::atomic<int> allocations_left{0};

bool without() {
  return allocations_left > 0 && --allocations_left == 0;
}
void* allocate(int n) {
  return without() ? nullptr : plain.xMalloc(n);
}
void* allocate_more(void* of, int n) {
  return without() ? nullptr : plain.xRealloc(of, n);
}

class Memory {
 public:
  Memory() {
    sqlite3_shutdown();
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &plain);
    sqlite3_mem_methods with = plain;
    with.xMalloc = &allocate;
    with.xRealloc = &allocate_more;
    good = sqlite3_config(SQLITE_CONFIG_MALLOC, &with) == SQLITE_OK &&
           sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0) == SQLITE_OK && sqlite3_initialize() == SQLITE_OK;
  }
  ~Memory() {
    allocations_left = 0;
    sqlite3_shutdown();
    sqlite3_config(SQLITE_CONFIG_MALLOC, &plain);
    sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 1200, 40);
    sqlite3_initialize();
  }
  bool good = false;
};

TEST(JournalCalls, AllocationsThatFailOnceLoseNothingThatWasSaidToBeThere) {
  const Memory memory;
  ASSERT_TRUE(memory.good);
  TempFolder shared(kMemory);
  Life before;
  before.live(shared.file("vidgen.db"));
  const int stride = kills() > 10 ? 1 : 5;
  for (const bool fresh : {true, false})
    for (int n = 1; n < 100000; n += fresh ? 1 : stride) {
      const std::string where = std::string(fresh ? "new" : "old") + ", allocation " + std::to_string(n);
      TempFolder own(kMemory);
      const std::string path = (fresh ? own : shared).file("vidgen.db");
      allocations_left = n;
      Life life;
      if (fresh) {
        auto journal = journal::open_sqlite(path);
        if (!journal) is_typed(journal.error());
        life.opened = static_cast<bool>(journal);
      } else {
        try {
          life.live(path, 2 * n + 1);
        } catch (const std::bad_alloc&) {  // of a text that is read: never an empty one
        }
      }
      const bool met = allocations_left == 0;
      allocations_left = 0;
      if (!met) {
        EXPECT_GT(n, 50) << where;
        break;
      }
      if (fresh && n % stride == 0) judge(path, life, where);
      if (HasFatalFailure()) return;
    }
}

}  // namespace
}  // namespace vidgen::test
