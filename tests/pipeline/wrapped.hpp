// SPDX-License-Identifier: Apache-2.0
// The embedded provider in a coat: a test overrides the call it is about, everything else is the real thing.
#pragma once

#include "workspace.hpp"

namespace vidgen::test {

class Wrapped : public ModelBackend {
 public:
  std::string name() const override { return "local"; }
  Reconcile reconcile_kind() const override { return inner_->reconcile_kind(); }
  Async<Result<RemoteJob>> create(GenerationRequest request, GenerationInputs inputs, Attempt attempt,
                                  BackendContext context) override {
    return inner_->create(std::move(request), std::move(inputs), std::move(attempt), std::move(context));
  }
  Async<Result<RemoteJob>> get(std::string id, BackendContext context) override {
    return inner_->get(std::move(id), std::move(context));
  }
  Async<Result<std::vector<Asset>>> fetch(std::string id, BackendContext context) override {
    return inner_->fetch(std::move(id), std::move(context));
  }
  Async<Status> cancel(std::string id, BackendContext context) override {
    return inner_->cancel(std::move(id), std::move(context));
  }
  Async<Result<std::optional<RemoteJob>>> find(Attempt attempt, BackendContext context) override {
    return inner_->find(std::move(attempt), std::move(context));
  }
  bool ends_with_process() const override { return inner_->ends_with_process(); }
  std::shared_ptr<TitleRenderer> titles() const override { return inner_->titles(); }

 private:
  std::shared_ptr<ModelBackend> inner_ = local_backend();
};

// A step kind in a coat, in place of the built-in one of that name.
inline Config with_kind(Config config, const std::string& name,
                        const std::function<std::shared_ptr<StepKind>(std::shared_ptr<StepKind>)>& coat) {
  config.phases = default_phases();
  for (Phase& phase : config.phases)
    for (auto& kind : phase.kinds)
      if (kind->name() == name) kind = coat(kind);
  return config;
}

// Fails once, with the error that is set, then is the real thing again.
class FailingOnce final : public StepKind {
 public:
  FailingOnce(std::shared_ptr<StepKind> inner, std::shared_ptr<std::optional<Error>> error)
      : inner_(std::move(inner)), error_(std::move(error)) {}
  std::string_view name() const override { return inner_->name(); }
  Async<Result<StepOutcome>> run(std::shared_ptr<StepContext> context) override {
    if (*error_) co_return *std::exchange(*error_, std::nullopt);
    co_return co_await inner_->run(context);
  }

 private:
  std::shared_ptr<StepKind> inner_;
  std::shared_ptr<std::optional<Error>> error_;
};

inline Config with_failing(Config config, const std::string& name, const std::shared_ptr<std::optional<Error>>& error) {
  return with_kind(std::move(config), name, [&](std::shared_ptr<StepKind> kind) {
    return std::make_shared<FailingOnce>(std::move(kind), error);
  });
}

}  // namespace vidgen::test
