// SPDX-License-Identifier: Apache-2.0
#include "cli/signals.hpp"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <thread>

namespace vidgen::cli {

struct Signals::State {
  sigset_t set{};
  std::mutex mutex;
  std::function<void()> gentle;
  std::atomic<int> count{0};
  std::atomic<bool> ending{false};
  std::thread thread;
};

Signals::Signals() : state_(new State) {
  sigemptyset(&state_->set);
  sigaddset(&state_->set, SIGINT);
  sigaddset(&state_->set, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &state_->set, nullptr);
  state_->thread = std::thread([s = state_] {
    for (;;) {
      int which = 0;
      if (sigwait(&s->set, &which) != 0 || s->ending) return;
      if (++s->count > 1) ::_exit(130);
      std::lock_guard lock(s->mutex);
      if (s->gentle)
        s->gentle();
      else
        ::_exit(130);
    }
  });
}

Signals::~Signals() {
  state_->ending = true;
  pthread_kill(state_->thread.native_handle(), SIGTERM);
  state_->thread.join();
  delete state_;
}

void Signals::on_stop(std::function<void()> gentle) {
  std::lock_guard lock(state_->mutex);
  state_->gentle = std::move(gentle);
}

bool Signals::stopped() const {
  return state_->count > 0;
}

}  // namespace vidgen::cli
