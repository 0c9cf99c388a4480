// SPDX-License-Identifier: Apache-2.0
// A HostedBackend over a scripted transport: what it is asked for is seen, what it is told stands in a list. Its waits
// are a million times shorter than a provider's.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <deque>
#include <future>

#include "backends/hosted.hpp"
#include "backends/support.hpp"
#include "store/file_store.hpp"
#include "support/temp.hpp"

namespace vidgen::backends::test {

class Script : public Transport {
 public:
  Async<HttpResponse> exchange(HttpRequest request) override {
    seen.push_back(request);
    if (answers.empty()) co_return broken(Sent::not_sent);
    HttpResponse next = std::move(answers.front());
    answers.pop_front();
    if (!request.save_to.empty() && next.status == 200) {
      std::FILE* f = std::fopen(request.save_to.c_str(), "wb");
      std::fwrite(next.body.data(), 1, next.body.size(), f);
      std::fclose(f);
      next.file = HttpFile();
      next.file->bytes = static_cast<std::int64_t>(next.body.size());
    }
    co_return next;
  }
  std::vector<std::string> calls() const {
    std::vector<std::string> out;
    for (const HttpRequest& r : seen) out.push_back(r.method + " " + r.url);
    return out;
  }
  int posts(const std::string& end) const {
    int n = 0;
    for (const HttpRequest& r : seen)
      n += r.method == "POST" && r.url.size() >= end.size() && r.url.substr(r.url.size() - end.size()) == end;
    return n;
  }
  std::deque<HttpResponse> answers;
  std::vector<HttpRequest> seen;
};

class Hosted : public ::testing::Test {
 protected:
  Rational settle = 60;
  double speed = 1e6;
  int concurrent = 0;  // jobs at once; 0: what the provider allows
  std::shared_ptr<Clock> clock;  // unset: the machine's
  std::shared_ptr<HostedBackend> backend(const ProviderRow& row,
                                         const std::string& base = "https://api.example.com/v1") {
    HostedOptions options;
    options.clock = clock;
    options.key = "secret-key";
    options.base_url = base;
    options.transport = script;
    options.speed = speed;
    options.settle = settle;
    options.concurrent = concurrent;
    options.seed = 1;
    return std::make_shared<HostedBackend>(row, options);
  }
  BackendContext context(const std::string& name) {
    BackendContext c;
    c.store = store;
    c.pool = loop.get_executor();
    c.job = "job";
    c.model = std::make_shared<const ModelProfile>(model(name));
    c.size = c.model->sizes.empty() ? Size() : c.model->sizes.front();
    c.seconds = c.model->shortest_seconds();
    return c;
  }
  GenerationRequest request(const std::string& name) {
    const CreateCall c = call_for(name);
    return c.request;
  }
  GenerationInputs picture() {
    GenerationInputs in;
    in.first_frame = *store->put(std::string("\x89PNG") + std::string(100, 'x'), AssetKind::image, "image/png");
    return in;
  }
  Attempt attempt() {
    Attempt a;
    a.job = "job", a.key = "key", a.seed = 41, a.deadline = 600;
    return a;
  }
  template <class T>
  T wait(Async<T> work) {
    std::future<T> future = asio::co_spawn(loop, std::move(work), asio::use_future);
    loop.restart();
    loop.run();
    return future.get();
  }

  // Nullopt: it waits for something that does not come; it is given up.
  template <class T>
  std::optional<T> try_for(Async<T> work, std::chrono::milliseconds time) {
    std::future<T> future = asio::co_spawn(loop, std::move(work), asio::use_future);
    loop.restart();
    loop.run_for(time);
    if (future.wait_for(std::chrono::seconds(0)) != std::future_status::ready) return std::nullopt;
    return future.get();
  }

  vidgen::test::TempFolder temp;
  asio::io_context loop;
  std::shared_ptr<Store> store = *store::open_file_store(temp.path());
  std::shared_ptr<Script> script = std::make_shared<Script>();
};

}  // namespace vidgen::backends::test
