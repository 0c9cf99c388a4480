// SPDX-License-Identifier: Apache-2.0
// Child: a forked process that works until it is killed with SIGKILL. It tells how far it is through a pipe, so that
// the kill falls into the middle of its work and no test waits for a time.
#pragma once

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>

namespace vidgen::test {

class Child {
 public:
  // `work` is called with a function that reports one step done. It should not return.
  explicit Child(const std::function<void(const std::function<void()>& report)>& work) {
    int ends[2] = {-1, -1};
    if (::pipe(ends) != 0) return;
    pid_ = ::fork();
    if (pid_ == 0) {
      ::close(ends[0]);
      work([out = ends[1]] {
        char byte = 0;
        if (::write(out, &byte, 1) != 1) ::_exit(1);
      });
      ::_exit(0);
    }
    ::close(ends[1]);
    in_ = ends[0];
  }
  ~Child() {
    kill();
    if (in_ >= 0) ::close(in_);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // Blocks until `steps` more steps were reported; false when the child ended before.
  bool wait_for(int steps) {
    char byte = 0;
    for (int i = 0; i < steps; ++i)
      if (::read(in_, &byte, 1) != 1) return false;
    return true;
  }
  // Steps that were reported and not yet waited for. Call after kill().
  int drain() {
    int count = 0;
    char byte = 0;
    while (::read(in_, &byte, 1) == 1) ++count;
    return count;
  }
  void kill() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = -1;
  }

 private:
  pid_t pid_ = -1;
  int in_ = -1;
};

}  // namespace vidgen::test
