// SPDX-License-Identifier: Apache-2.0
// The wire over libcurl: one multi handle on a thread of its own, which also writes the files. Calls come and go
// through a locked list; nothing else is shared.
#include <curl/curl.h>
#include <signal.h>

#include <algorithm>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/post.hpp>
#include <map>
#include <mutex>
#include <thread>

#include "net/curl_transfer.hpp"
#include "net/engine.hpp"

namespace vidgen::net {
namespace {

using Shared = std::shared_ptr<Transfer>;
constexpr auto kScan = std::chrono::milliseconds(5);  // deadlines are looked at no more often

class CurlWire final : public Wire {
 public:
  explicit CurlWire(WireContext context) : context_(std::move(context)), multi_(::curl_multi_init()) {
    ::curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, static_cast<long>(std::max(1, context_.options.max_idle)));
    thread_ = std::thread([this] { work(); });
  }
  ~CurlWire() override {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      stopping_ = true;
    }
    ::curl_multi_wakeup(multi_);
    thread_.join();
    ::curl_multi_cleanup(multi_);
  }

  Async<Outcome> run(Call& call) override {
    auto begin = [this](auto handler, Call* c) {
      auto slot = asio::get_associated_cancellation_slot(handler);
      auto transfer = std::make_shared<Transfer>(*c, context_.options, Handler<Outcome>(std::move(handler)));
      if (slot.is_connected())
        slot.assign([this, transfer](asio::cancellation_type) {
          transfer->cancelled = true;
          ::curl_multi_wakeup(multi_);
        });
      const std::lock_guard<std::mutex> lock(mutex_);
      incoming_.push_back(std::move(transfer));
      ::curl_multi_wakeup(multi_);
    };
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Outcome)>(begin, asio::use_awaitable,
                                                                                          &call);
  }

 private:
  void work() {
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_BLOCK, &all, nullptr);  // SIGPIPE with them: libcurl is told not to touch it
    while (!take_incoming()) {
      drop_cancelled();
      int running = 0;
      ::curl_multi_perform(multi_, &running);
      finish_done();
      ::curl_multi_poll(multi_, nullptr, 0, wait_time(), nullptr);
    }
  }

  // True when it is time to stop.
  bool take_incoming() {
    std::vector<Shared> fresh;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      fresh.swap(incoming_);
      if (stopping_ && fresh.empty() && active_.empty()) return true;
    }
    for (Shared& transfer : fresh) {
      active_.emplace(transfer.get(), transfer);
      if (Status status = transfer->start(); !status)
        finish(transfer, CURLE_OK, status.error());
      else
        ::curl_multi_add_handle(multi_, transfer->handle());
    }
    return false;
  }

  void drop_cancelled() {
    std::vector<Shared> gone;
    for (const auto& [key, transfer] : active_)
      if (transfer->cancelled) gone.push_back(transfer);
    for (const Shared& transfer : gone)
      finish(transfer, CURLE_OK, Error(Errc::cancelled, "the exchange was cancelled"));
  }

  void finish_done() {
    int left = 0;
    while (const CURLMsg* message = ::curl_multi_info_read(multi_, &left)) {
      const auto code = message->data.result;
      char* key = nullptr;
      ::curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &key);
      const auto found = active_.find(reinterpret_cast<const Transfer*>(key));
      if (found != active_.end()) finish(found->second, code, std::nullopt);
    }
  }

  // Milliseconds until the first deadline; ends what is late.
  int wait_time() {
    if (active_.empty()) return 1000 * 3600;
    const TimePoint now = Clock::now();
    if (now < next_scan_) return static_cast<int>(kScan.count());
    next_scan_ = now + kScan;
    TimePoint first = now + std::chrono::seconds(10);
    std::vector<Shared> late;
    for (const auto& [key, transfer] : active_) {
      const TimePoint deadline = transfer->deadline();
      if (deadline <= now) late.push_back(transfer);
      first = std::min(first, deadline);
    }
    for (const Shared& transfer : late) finish(transfer, CURLE_OK, transfer->late());
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(first - now);
    return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 10000));
  }

  // Afterwards nothing here touches the call: its exchange may go on.
  void finish(Shared transfer, CURLcode code, std::optional<Error> error) {
    if (transfer->handle() != nullptr) ::curl_multi_remove_handle(multi_, transfer->handle());
    Outcome outcome = transfer->outcome(code, std::move(error));
    active_.erase(transfer.get());
    asio::post(context_.io,
               [transfer, out = std::move(outcome)]() mutable { std::move(transfer->done)(std::move(out)); });
  }

  WireContext context_;
  CURLM* multi_;
  std::mutex mutex_;
  std::vector<Shared> incoming_;
  bool stopping_ = false;
  std::map<const Transfer*, Shared> active_;
  TimePoint next_scan_;
  std::thread thread_;
};

}  // namespace

std::unique_ptr<Wire> make_curl_wire(WireContext context) {
  return std::make_unique<CurlWire>(std::move(context));
}

}  // namespace vidgen::net

VIDGEN_NAMESPACE_BEGIN

Result<std::shared_ptr<Transport>> curl_transport(TransportOptions options) {
  return net::make_engine(std::move(options), net::make_curl_wire);
}

VIDGEN_NAMESPACE_END
