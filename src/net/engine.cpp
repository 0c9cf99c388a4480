// SPDX-License-Identifier: Apache-2.0
#include "net/engine.hpp"

#include <signal.h>

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <mutex>
#include <set>
#include <thread>

#include "base/offload.hpp"
#include "net/exchange.hpp"

namespace vidgen::net {
namespace {

// One exchange under way. Lives on the engine's thread once it has been posted there.
struct Task {
  explicit Task(HttpRequest r) : request(std::move(r)) {}
  HttpRequest request;
  asio::cancellation_signal cancel;
  bool cancelled_early = false;
};

// Everything that an engine has once it is used. The order of the members is the order of their dependence.
class Running {
 public:
  Running(const TransportOptions& options, const MakeWire& make_wire)
      : work_(io_.get_executor()),
        resolver_(io_.get_executor(), options.resolve),
        wire_(make_wire(WireContext(io_.get_executor(), files_.get_executor(), options))),
        parts_(options, files_.get_executor(), resolver_, *wire_),
        thread_([this] { run(); }) {}

  ~Running() {
    asio::post(io_, [this] { cancel_all(); });
    work_.reset();
    thread_.join();
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  // From any thread.
  void start(HttpRequest request, Handler<HttpResponse> handler) {
    auto task = std::make_shared<Task>(std::move(request));
    if (auto slot = asio::get_associated_cancellation_slot(handler); slot.is_connected()) listen(slot, task);
    asio::post(io_, [this, task, h = std::move(handler)]() mutable { spawn(task, std::move(h)); });
  }

 private:
  // The signal is emitted on the caller's side and carried over. It may come when the task, and even this object, is
  // gone.
  void listen(asio::cancellation_slot slot, const std::shared_ptr<Task>& task) {
    slot.assign([this, weak = std::weak_ptr<Task>(task)](asio::cancellation_type type) {
      auto alive = weak.lock();
      if (!alive || (type & asio::cancellation_type::terminal) == asio::cancellation_type::none) return;
      asio::post(io_, [alive] { cancel(*alive); });
    });
  }

  static void cancel(Task& task) {
    task.cancelled_early = true;
    task.cancel.emit(asio::cancellation_type::terminal);
  }

  void cancel_all() {
    for (const auto& task : tasks_) cancel(*task);
  }

  void spawn(const std::shared_ptr<Task>& task, Handler<HttpResponse> handler) {
    if (task->cancelled_early) {
      HttpResponse response;
      response.error = Error(Errc::cancelled, "the exchange was cancelled before it began");
      return base::complete(std::move(handler), std::move(response));
    }
    tasks_.insert(task);
    auto done = [this, task, h = std::move(handler)](const std::exception_ptr& bug, HttpResponse response) mutable {
      tasks_.erase(task);
      if (bug) {
        response = HttpResponse();
        response.sent = Sent::sent_unknown;
        response.error = Error(Errc::internal, "an exception was thrown in the transport");
      }
      base::complete(std::move(h), std::move(response));
    };
    auto slot = task->cancel.slot();
    asio::co_spawn(io_, drive(task), asio::bind_cancellation_slot(slot, std::move(done)));
  }

  Async<HttpResponse> drive(std::shared_ptr<Task> task) {
    co_await asio::this_coro::throw_if_cancelled(false);
    co_return co_await run_exchange(task->request, parts_);
  }

  void run() {
    // Signals are for the host's threads.
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_BLOCK, &all, nullptr);
    io_.run();
  }

  asio::io_context io_{1};
  asio::executor_work_guard<asio::io_context::executor_type> work_;
  asio::thread_pool files_{2};
  Resolver resolver_;
  std::unique_ptr<Wire> wire_;
  Parts parts_;
  std::set<std::shared_ptr<Task>> tasks_;
  std::thread thread_;
};

class Engine final : public Transport {
 public:
  Engine(TransportOptions options, MakeWire make_wire)
      : options_(std::move(options)), make_wire_(std::move(make_wire)) {}

  Async<HttpResponse> exchange(HttpRequest request) override {
    HttpResponse cancelled;
    cancelled.error = Error(Errc::cancelled, "the exchange was cancelled before it began");
    if (co_await is_cancelled()) co_return cancelled;
    auto begin = [this](auto handler, HttpRequest r) {
      running().start(std::move(r), Handler<HttpResponse>(std::move(handler)));
    };
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(HttpResponse)>(
        begin, asio::use_awaitable, std::move(request));
  }

 private:
  Running& running() {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!running_) running_ = std::make_unique<Running>(options_, make_wire_);
    return *running_;
  }

  const TransportOptions options_;
  const MakeWire make_wire_;
  std::mutex mutex_;
  std::unique_ptr<Running> running_;
};

}  // namespace

std::shared_ptr<Transport> make_engine(TransportOptions options, MakeWire make_wire) {
  return std::make_shared<Engine>(std::move(options), std::move(make_wire));
}

}  // namespace vidgen::net
