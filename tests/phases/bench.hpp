// SPDX-License-Identifier: Apache-2.0
// One paid step with everything around it in play: a journal in memory that can be told to fail, a provider that keeps
// its jobs by the attempt's seed, a clock that nobody waits for.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "av/image.hpp"
#include "base/offload.hpp"
#include "base/timer.hpp"
#include "flow/conditions.hpp"
#include "phases/generate.hpp"
#include "phases/orphans.hpp"
#include "store/file_store.hpp"
#include "support/temp.hpp"
#include "vidgen/pipeline.hpp"

namespace vidgen::test {

// Whoever waits is there at once.
class Hurry final : public base::TimeSource {
 public:
  Hurry() { base::set_time_source(this); }
  ~Hurry() override { base::set_time_source(nullptr); }
  std::chrono::nanoseconds now() override { return now_; }
  void waits(std::chrono::nanoseconds time) override { now_ += std::max(time, std::chrono::nanoseconds(0)); }

 private:
  std::chrono::nanoseconds now_{0};
};

class Noon final : public Clock {
 public:
  std::int64_t now_ms() override { return 1'800'000'000'000; }
};

class MemoryJournal final : public Journal {
 public:
  void commit(JournalBatch batch, Handler<Status> handler) override {
    Status answer = refuse ? refuse(batch) : Status();
    if (answer) answer = books_.accept(batch);
    if (answer)
      for (const AttemptRecord& a : batch.attempts) put(a);
    base::complete(std::move(handler), answer);
  }
  Result<std::vector<AttemptRecord>> attempts(const std::string&) override {
    if (unreadable && unreadable()) return Error(Errc::journal, "it cannot be read");
    return all;
  }
  Result<Books> books(const std::string& job, std::int64_t day) override {
    if (without_books) return Error(Errc::journal, "no books");
    return books_.books(job, day);
  }
  Result<std::optional<JobRecord>> job(const std::string&) override { return std::optional<JobRecord>(); }
  Result<std::vector<JobRecord>> jobs() override { return std::vector<JobRecord>(); }
  Result<std::vector<Event>> events(const std::string&, std::int64_t) override { return std::vector<Event>(); }
  Result<std::optional<ResultRecord>> result(const std::string&) override { return std::optional<ResultRecord>(); }
  Result<Lease> lease(const std::string&) override { return Lease(); }
  Result<Lease> take(const LeaseRequest&) override { return Lease(); }

  void put(const AttemptRecord& a) {
    written.push_back(a.state);
    books_.load(a);
    for (AttemptRecord& known : all)
      if (known.step == a.step && known.attempt == a.attempt) {
        known = a;
        return;
      }
    all.push_back(a);
  }

  std::function<Status(const JournalBatch&)> refuse;
  std::function<bool()> unreadable;
  bool without_books = false;
  std::vector<AttemptRecord> all;
  std::vector<std::string> written;  // every state, in order

 private:
  flow::Conditions books_;
};

// Does all that it is asked, unless a test says otherwise. A job exists from the create on, by its attempt's seed.
class Provider final : public ModelBackend {
 public:
  std::string name() const override { return "fake"; }
  Reconcile reconcile_kind() const override { return Reconcile::list_reconcile; }
  bool ends_with_process() const override { return here; }
  bool announces_sending() const override { return announces; }

  Async<Result<RemoteJob>> create(GenerationRequest, GenerationInputs with, Attempt attempt, BackendContext at) override {
    inputs = with;
    asked.push_back(attempt);
    if (announces) {
      Sending what;
      what.mark = "mark-" + std::to_string(attempt.number);
      what.sent_ms = 77;
      Status sent = co_await at.sending(what);
      if (!sent) co_return sent.error();
    }
    if (swallow > 0) {
      --swallow;
      co_return Error(Errc::ambiguous, "nobody heard the answer");
    }
    if (on_create)
      if (std::optional<Error> why = on_create()) co_return *why;
    RemoteJob job;
    job.id = "job-" + std::to_string(jobs.size() + 1);
    job.created_ms = 100;
    jobs[job.id] = job;
    by_seed[attempt.seed] = job.id;
    deadlines.push_back(attempt.deadline);
    if (lose > 0) {
      --lose;
      co_return Error(Errc::ambiguous, "nobody heard the answer");
    }
    co_return job;
  }
  Async<Result<RemoteJob>> follow(RemoteJob job, BackendContext at) override {
    followed.push_back(job.id);
    prices = at.model->prices;
    if (on_follow) {
      std::optional<Result<RemoteJob>> said = on_follow(at);
      if (said) co_return *said;
    }
    RemoteJob& known = jobs[job.id];
    known.id = job.id;
    known.state = RemoteState::running;
    if (at.heard) at.heard(known);
    if (at.heard) at.heard(known);  // what is running already is not written again
    end(known);
    co_return known;
  }
  Async<Result<RemoteJob>> get(std::string id, BackendContext) override {
    ++gets;
    if (on_get)
      if (std::optional<Error> why = on_get()) co_return *why;
    co_return jobs[id];
  }
  Async<Result<std::vector<Asset>>> fetch(std::string, BackendContext) override {
    ++fetches;
    if (on_fetch)
      if (std::optional<Error> why = on_fetch()) co_return *why;
    std::vector<Asset> out(1, output);
    co_return out;
  }
  Async<Status> cancel(std::string id, BackendContext at) override {
    cancelled.push_back(id);
    stoppable = at.stop.stop_possible();
    jobs[id].state = RemoteState::cancelled;
    jobs[id].ended_ms = 300;
    co_return Status();
  }
  Async<Result<std::optional<RemoteJob>>> find(Attempt attempt, BackendContext at) override {
    ++finds;
    sought_for = attempt;
    owned = attempt.owned;
    prices = at.model->prices;
    if (on_find)
      if (std::optional<Error> why = on_find(at)) co_return *why;
    const auto found = by_seed.find(attempt.seed);
    if (found == by_seed.end()) co_return std::optional<RemoteJob>();
    co_return std::optional<RemoteJob>(jobs[found->second]);
  }
  Async<Result<std::vector<Sighting>>> sightings(std::vector<Attempt> attempts, BackendContext at) override {
    sought.push_back(attempts.size());
    sizes.push_back(at.size);
    seconds.push_back(at.seconds);
    prices = at.model->prices;
    if (on_sightings)
      if (std::optional<Error> why = on_sightings()) co_return *why;
    co_return seen;
  }

  void end(RemoteJob& job) const {
    job.state = ends_as;
    job.error = error;
    job.cost = cost;
    job.created_ms = 110;
    job.ended_ms = 200;
    job.remarks = remarks;
  }

  bool here = false, announces = true;
  int swallow = 0, lose = 0;  // so many creates: never arrive; arrive, and nobody hears of it
  std::function<std::optional<Error>()> on_create, on_get, on_fetch, on_sightings;
  std::function<std::optional<Error>(const BackendContext&)> on_find;
  std::function<std::optional<Result<RemoteJob>>(const BackendContext&)> on_follow;
  RemoteState ends_as = RemoteState::succeeded;
  std::string error;
  std::optional<Money> cost = Money::micros(90'000);
  std::vector<std::string> remarks;
  Asset output;

  std::map<std::string, RemoteJob> jobs;
  std::map<std::uint32_t, std::string> by_seed;
  std::vector<Attempt> asked;
  Attempt sought_for;  // the last one
  std::vector<Rational> deadlines, seconds;
  std::vector<Price> prices;
  std::vector<Size> sizes;
  std::vector<std::string> followed, cancelled, owned;
  std::vector<Sighting> seen;
  std::vector<std::size_t> sought;
  GenerationInputs inputs;
  int gets = 0, fetches = 0, finds = 0;
  bool stoppable = false;
};

inline Price price_of(Money amount, PriceKind kind = PriceKind::per_clip) {
  Price price;
  price.kind = kind;
  price.amount = amount;
  price.date = "2026-11-01";
  price.source = "the tests";
  return price;
}

class Bench : public ::testing::Test {
 protected:
  Bench() {
    model.name = "priced";
    model.provider = "fake";
    model.id = "fake/priced";
    model.prices = {price_of(usd(0.10))};
    model.seconds_to_make = 60;
    picture = store->put(png(), AssetKind::image, "image/png").value();
    broken = store->put("this is no picture", AssetKind::image, "image/png").value();
    provider->output = picture;
    config.backends.add(provider);
    config.clock = std::make_shared<Noon>();
    request.budget = usd(5);
    generation.model = "priced";
    generation.size = Size(640, 360);
    generation.seconds = 4;
    step.id = "clip_01";
    step.key = "key";
    step.resource = "provider:fake";
    step.label = "clip 1 of 1";
    step.most = usd(0.10);
  }

  static std::string png() {
    Bitmap bitmap;
    bitmap.width = bitmap.height = 8;
    bitmap.stride = 32;
    bitmap.pixels.resize(256, 200);
    return av::encode_png(bitmap).value();
  }
  // As a process that has just begun sees it.
  std::shared_ptr<StepContext> context() {
    auto shared = std::make_shared<Services>();
    shared->store = store;
    shared->journal = journal;
    shared->models.models["priced"] = model;
    auto c = std::make_shared<StepContext>();
    c->job = "film";
    c->request = request;
    c->step = step;
    if (step.params.empty()) c->step.params = to_json(generation);
    c->inputs = inputs;
    c->images = images;
    c->store = store;
    c->journal = journal;
    c->services = shared;
    c->config = &config;
    c->pool = io.get_executor();
    c->stop = stop.get_token();
    c->cancelled = cancelled;
    c->note = [this](std::string text) { notes.push_back(std::move(text)); };
    c->settled = [this](int attempt, Money cost) { settled[attempt] = cost; };
    return c;
  }
  template <class T>
  T wait(Async<T> work) {
    std::optional<T> out;
    auto done = [&out](std::exception_ptr thrown, T value) {
      if (thrown) std::rethrow_exception(thrown);
      out = std::move(value);
    };
    asio::co_spawn(io, std::move(work), done);
    io.restart();
    io.run();
    return std::move(*out);
  }
  Result<StepOutcome> generate() { return wait(phases::generate(context())); }

  std::vector<std::string> states() const {
    std::vector<std::string> out;
    for (const AttemptRecord& a : journal->all) out.push_back(a.state);
    return out;
  }
  const AttemptRecord& last() const { return journal->all.back(); }
  // What an earlier process left.
  AttemptRecord& earlier(const std::string& state, const std::string& id = {}) {
    AttemptRecord a;
    a.job = "film";
    a.step = step.id;
    a.key = step.key;
    a.attempt = static_cast<int>(journal->all.size()) + 1;
    a.state = state;
    a.provider = "fake";
    a.provider_id = id;
    a.model = model.id;
    a.seed = 1000 + static_cast<std::uint32_t>(a.attempt);
    a.reserved = usd(0.10);
    a.time_ms = config.clock->now_ms();
    journal->put(a);
    journal->written.clear();
    return journal->all.back();
  }

  Hurry hurry;
  TempFolder folder;
  asio::io_context io;
  std::shared_ptr<Store> store = store::open_file_store(folder.file("store")).value();
  std::shared_ptr<MemoryJournal> journal = std::make_shared<MemoryJournal>();
  std::shared_ptr<Provider> provider = std::make_shared<Provider>();
  Config config;
  Request request;
  ModelProfile model;
  GenerationRequest generation;
  Step step;
  std::vector<StepOutcome> inputs;
  std::vector<Asset> images;
  Asset picture, broken;
  std::stop_source stop;
  std::function<bool()> cancelled;
  std::vector<std::string> notes;
  std::map<int, Money> settled;
};

using Words = std::vector<std::string>;

}  // namespace vidgen::test
