// SPDX-License-Identifier: Apache-2.0
// ModelBackend: one provider of pictures, clips and sound. Work there is a remote job: created once, asked after,
// fetched, cancelled. The embedded backend behaves the same way.
//
// Ownership: a backend belongs to the Config and outlives the Pipeline's work. Thread-safety: the coroutines are
// resumed on the Pipeline's strand and must not block it; several may be under way at once. Cancellation: each honours
// Asio's terminal cancellation. Errors: Errc::provider, credentials, ambiguous (the answer to a create was lost), and
// others.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "vidgen/asset.hpp"
#include "vidgen/async.hpp"
#include "vidgen/generation.hpp"
#include "vidgen/media.hpp"
#include "vidgen/store.hpp"

VIDGEN_NAMESPACE_BEGIN

// How a lost answer to a create is cleared up.
enum class Reconcile {
  native_key,      // the provider takes a key of ours and returns the same job for it
  client_id,       // we choose the job's id
  list_reconcile,  // jobs are listed and recognised by their input
  none,            // nothing: a person is asked
};

enum class RemoteState { queued, running, succeeded, failed, cancelled, unknown };

// A job at the provider, as last heard of.
struct RemoteJob {
  RemoteJob() = default;
  std::string id;
  RemoteState state = RemoteState::queued;
  double fraction = 0;               // 0 to 1 where the provider says
  std::string error;                 // when failed
  std::optional<Money> cost;         // when the provider reports it
  std::vector<std::string> remarks;  // for the report: what could not be shown as asked
  std::int64_t created_ms = 0, ended_ms = 0;  // by the provider's clock, since 1970; 0: not said
  bool operator==(const RemoteJob&) const = default;
};

// One attempt at a step: what makes it recognisable at the provider.
struct Attempt {
  Attempt() = default;
  std::string job;  // ours
  std::string key;  // the step's content key
  int number = 1;
  std::uint32_t seed = 0;    // 31 bits, unique per attempt
  std::string model;         // the provider's own name for it
  std::int64_t sent_ms = 0;  // before the request left, since 1970, by the provider's clock where that is known
  std::string mark;          // a URL in its input that no other attempt has; empty: none
  std::vector<std::string> owned;  // for find(): ids that other attempts have; none of them is this one's
  Rational deadline = 1800;  // seconds the provider may take
};

// What is known just before a request leaves.
struct Sending {
  Sending() = default;
  std::string mark;          // as Attempt's
  std::int64_t sent_ms = 0;  // by the provider's clock; 0: not known
};

// A job at the provider that carries the marks of an attempt.
struct Sighting {
  Sighting() = default;
  std::size_t attempt = 0;  // which of those that were asked about
  RemoteJob job;
};

struct GenerationInputs {
  GenerationInputs() = default;
  std::optional<Asset> first_frame, last_frame;
  std::vector<Asset> references;  // style guide, product
  std::vector<Asset> images;      // the user's photographs, in the request's order
};

// What is handed to every call.
struct BackendContext {
  BackendContext() = default;
  std::shared_ptr<Store> store;
  asio::any_io_executor pool;  // for work that blocks
  std::string job;             // ours: calls are shared fairly between jobs
  std::shared_ptr<const ModelProfile> model;
  Size size;                // of what is made
  Rational seconds;         // of output that is bought
  Rational tail;            // seconds from this step to the film's end: the longest goes first
  Rational deadline = 1800;  // seconds the provider may take
  std::string webhook;       // where the provider is to tell of the end; empty: nowhere
  std::stop_token stop;     // ends a wait with Errc::interrupted; the job at the provider goes on
  std::function<void(double)> progress;
  // For create(), where announces_sending(): awaited before every request that can start a job. Unless it succeeds, the
  // request is not sent and its error is create()'s.
  std::function<Async<Status>(Sending)> sending;
  // For follow(): what was heard of the job, each time; on the caller's strand.
  std::function<void(const RemoteJob&)> heard;
};

class StoryboardPainter;

class VIDGEN_EXPORT ModelBackend {
 public:
  virtual ~ModelBackend() = default;
  virtual std::string name() const = 0;
  virtual Reconcile reconcile_kind() const = 0;
  // Empty when it can be used now; else why not ("REPLICATE_API_TOKEN is not set").
  virtual std::string unavailable() const { return {}; }

  // True when its jobs end with this process, so that a stop is their end.
  virtual bool ends_with_process() const { return false; }
  // True when create() awaits BackendContext::sending: an attempt that stopped before it surely bought nothing.
  virtual bool announces_sending() const { return false; }

  // Starts a job. Called at most once an attempt unless the error says that nothing was sent.
  virtual Async<Result<RemoteJob>> create(GenerationRequest request, GenerationInputs inputs, Attempt attempt,
                                          BackendContext context) = 0;
  virtual Async<Result<RemoteJob>> get(std::string id, BackendContext context) = 0;
  // Waits until a job has ended. Asks by get() unless a backend knows a cheaper way.
  virtual Async<Result<RemoteJob>> follow(RemoteJob job, BackendContext context);
  // Puts the outputs of a succeeded job into the store.
  virtual Async<Result<std::vector<Asset>>> fetch(std::string id, BackendContext context) = 0;
  virtual Async<Status> cancel(std::string id, BackendContext context) = 0;
  // The job of an attempt whose answer was lost; nullopt when the provider has none.
  virtual Async<Result<std::optional<RemoteJob>>> find(Attempt attempt, BackendContext context) = 0;
  // The jobs at the provider that carry the marks of these attempts: for the search for orphans. Empty where it lists none.
  virtual Async<Result<std::vector<Sighting>>> sightings(std::vector<Attempt> attempts, BackendContext context);
  // What a webhook said of a job that is followed: a hint that ends the wait early, since the result is asked for with
  // the key. Twice, late or out of order changes nothing. Errc::not_found when nobody follows it.
  virtual Status deliver(RemoteJob job);
  // Words in the picture, for backends that bring a type renderer; null when not.
  virtual std::shared_ptr<TitleRenderer> titles() const { return nullptr; }
  // What paints the pictures of a film that is not made yet; null when it brings none.
  virtual std::shared_ptr<StoryboardPainter> storyboards() const { return nullptr; }
};

// The backends of a Config, by name.
class VIDGEN_EXPORT BackendSet {
 public:
  BackendSet() = default;
  // Replaces one of the same name.
  void add(std::shared_ptr<ModelBackend> backend);
  std::shared_ptr<ModelBackend> find(std::string_view name) const;  // null when there is none
  const std::vector<std::shared_ptr<ModelBackend>>& all() const { return all_; }

 private:
  std::vector<std::shared_ptr<ModelBackend>> all_;
};

VIDGEN_NAMESPACE_END
