// SPDX-License-Identifier: Apache-2.0
// HostedBackend: a ProviderRow over a Transport, with an Account that says when. It makes one POST an attempt; what
// became of a lost one is found out by find(), never by sending again.
//
// Thread-safety: every member from any thread; coroutines run on the caller's executor. Cancellation: by the stop_token
// of BackendContext; a job at the provider goes on.
#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <stop_token>

#include "backends/account.hpp"
#include "backends/provider.hpp"
#include "flow/reconcile.hpp"
#include "vidgen/hosted.hpp"

namespace vidgen::backends {

class HostedBackend : public ModelBackend {
 public:
  HostedBackend(const ProviderRow& row, const HostedOptions& options);

  std::string name() const override { return std::string(row_.name); }
  Reconcile reconcile_kind() const override { return row_.reconcile; }
  std::string unavailable() const override;
  bool announces_sending() const override { return true; }
  Async<Result<RemoteJob>> create(GenerationRequest request, GenerationInputs inputs, Attempt attempt,
                                  BackendContext context) override;
  Async<Result<RemoteJob>> get(std::string id, BackendContext context) override;
  Async<Result<RemoteJob>> follow(RemoteJob job, BackendContext context) override;
  Async<Result<std::vector<Asset>>> fetch(std::string id, BackendContext context) override;
  Async<Status> cancel(std::string id, BackendContext context) override;
  Async<Result<std::optional<RemoteJob>>> find(Attempt attempt, BackendContext context) override;
  Async<Result<std::vector<Sighting>>> sightings(std::vector<Attempt> attempts, BackendContext context) override;
  Status deliver(RemoteJob job) override;

 private:
  // hosted.cpp has the calls and the life of a job; _pictures, _follow, _results and _find have the rest.
  // What is known of a job beside its state; gone with the process.
  struct Known {
    Known() = default;
    RemoteAnswer answer;
    flow::TicketId place = 0;
  };

  Async<HttpResponse> exchange(HttpRequest request, std::stop_token stop, std::chrono::seconds patience);
  Async<Status> learn_time(BackendContext context);
  Async<Result<HttpResponse>> send(HttpRequest request, flow::CallKind kind, std::string doing, BackendContext context,
                                   bool takes_refusal = false);
  Async<Result<std::string>> picture(Asset asset, bool own_upload, BackendContext context);
  Async<Result<std::string>> uploaded(Asset asset, BackendContext context);
  Async<Status> fill_pictures(std::shared_ptr<CreateCall> call, GenerationInputs inputs, BackendContext context);
  Async<Result<HttpResponse>> post_once(std::shared_ptr<CreateCall> call, Attempt attempt, BackendContext context,
                                        std::shared_ptr<flow::TicketId> place);
  Async<Result<RemoteAnswer>> ask(std::string id, BackendContext context);
  Async<Result<RemoteAnswer>> among_unfinished(std::string id, BackendContext context);
  flow::LostAttempt lost_attempt(const Attempt& attempt, const BackendContext& context) const;
  Async<Result<std::vector<RemoteAnswer>>> candidates(flow::LostAttempt lost, BackendContext context);
  Async<Status> ask_list(BackendContext context);
  Async<Result<std::vector<RemoteAnswer>>> list_since(std::int64_t since_ms, BackendContext context);
  Async<Result<std::vector<Asset>>> fetch_once(std::string id, BackendContext context);
  Error deleted(const std::string& id) const;
  Async<Result<Asset>> download(Output output, BackendContext context);
  RemoteJob died_with_its_process(const BackendContext& context) const;
  RemoteJob take_in(const RemoteAnswer& answer, const BackendContext& context);
  void forget(const std::string& id);
  void keep_place(const std::string& client_id, flow::TicketId place);
  void cleared_up(const std::string& client_id, const std::optional<RemoteJob>& found);
  Async<Result<std::optional<RemoteJob>>> search(Attempt attempt, BackendContext context);

  const ProviderRow& row_;
  Access access_;
  std::shared_ptr<Transport> transport_;
  std::shared_ptr<Clock> clock_;
  Rational settle_;
  std::shared_ptr<Account> account_;
  std::atomic<bool> asks_time_{false};
  std::mutex mutex_;
  std::map<std::string, Known> known_;
  std::map<std::string, flow::TicketId> unclear_;  // places of creates whose answer was lost, by client_id_of()
};

constexpr std::size_t kMostListPages = 200;  // 20,000 jobs

inline bool has_ended(RemoteState state) {
  return state == RemoteState::succeeded || state == RemoteState::failed || state == RemoteState::cancelled;
}

// What a job cost, from what the provider reports, else from its row's price and what came back.
Money settled_cost(const ModelProfile& model, Size size, Rational seconds, const RemoteAnswer& answer);

// A name of our own for an attempt, in the form of a UUID: the same whenever it is asked for.
std::string client_id_of(const Attempt& attempt);

}  // namespace vidgen::backends
