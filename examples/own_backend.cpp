// SPDX-License-Identifier: Apache-2.0
// A backend of one's own, as docs/adding-a-backend.md describes: it puts a limit of its own on another one. A backend
// that talks to a provider has the same seven members and answers them itself.
#include <vidgen/backend.hpp>
#include <vidgen/local.hpp>
#include <vidgen/pipeline.hpp>

#include <atomic>
#include <chrono>
#include <cstdio>

namespace {

using namespace vidgen;

class Counted : public ModelBackend {
 public:
  Counted(std::shared_ptr<ModelBackend> inner, int most) : inner_(std::move(inner)), most_(most) {}

  std::string name() const override { return inner_->name(); }  // what models/*.json calls "provider"
  Reconcile reconcile_kind() const override { return inner_->reconcile_kind(); }
  std::string unavailable() const override { return inner_->unavailable(); }
  bool ends_with_process() const override { return inner_->ends_with_process(); }
  std::shared_ptr<TitleRenderer> titles() const override { return inner_->titles(); }

  // Called at most once an attempt: whatever this starts may cost money.
  Async<Result<RemoteJob>> create(GenerationRequest request, GenerationInputs inputs, Attempt attempt,
                                  BackendContext context) override {
    if (made_.fetch_add(1) >= most_) {
      Result<RemoteJob> refused =
          Error(Errc::provider, "this program makes at most " + std::to_string(most_) + " things");
      co_return refused;
    }
    co_return co_await inner_->create(std::move(request), std::move(inputs), std::move(attempt), std::move(context));
  }
  Async<Result<RemoteJob>> get(std::string id, BackendContext context) override {
    return inner_->get(std::move(id), std::move(context));
  }
  Async<Result<RemoteJob>> follow(RemoteJob job, BackendContext context) override {
    return inner_->follow(std::move(job), std::move(context));
  }
  Async<Result<std::vector<Asset>>> fetch(std::string id, BackendContext context) override {
    return inner_->fetch(std::move(id), std::move(context));
  }
  Async<Status> cancel(std::string id, BackendContext context) override {
    return inner_->cancel(std::move(id), std::move(context));
  }
  // After a lost answer or a crash: the job of this attempt, if the provider has it.
  Async<Result<std::optional<RemoteJob>>> find(Attempt attempt, BackendContext context) override {
    return inner_->find(std::move(attempt), std::move(context));
  }

  int made() const { return made_; }

 private:
  std::shared_ptr<ModelBackend> inner_;
  int most_;
  std::atomic<int> made_{0};
};

}  // namespace

int main(int argc, char** argv) {
  auto counted = std::make_shared<Counted>(local_backend(), 100);
  Config config = Config::from_env();
  config.backends.add(counted);  // replaces one of the same name
  Pipeline pipeline(std::move(config));

  Request request;
  request.prompt = argc > 1 ? argv[1] : "a ceramic mug on a walnut desk, morning light";
  request.duration = std::chrono::seconds(3);
  request.quality = Quality::draft;

  auto show = [](const Event& event) { std::fprintf(stderr, "\r%3.0f %%", event.fraction * 100); };
  Result<Film> film = pipeline.render(request, show);
  if (!film || counted->made() == 0) {
    std::fprintf(stderr, "\n%s\n", film ? "nothing was made by the backend" : film.error().describe().c_str());
    return 1;
  }
  std::printf("%s\n", film->path.c_str());
}
