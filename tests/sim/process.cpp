// SPDX-License-Identifier: Apache-2.0
#include "process.hpp"

#include <boost/asio/bind_executor.hpp>

#include "base/commit.hpp"
#include "base/digest.hpp"
#include "base/files.hpp"
#include "journal/sqlite.hpp"
#include "vidgen/hosted.hpp"

namespace vidgen::sim {
namespace {

std::string mix(const StepContext& context) {
  std::string text = context.step.kind + context.step.params;
  for (const StepOutcome& input : context.inputs)
    for (const Asset& asset : input.outputs) text += asset.sha256;
  return text;
}

// A kind of local work that takes no time.
class Quick final : public StepKind {
 public:
  explicit Quick(std::string name) : name_(std::move(name)) {}
  std::string_view name() const override { return name_; }
  Async<Result<StepOutcome>> run(std::shared_ptr<StepContext> context) override {
    StepOutcome out;
    if (name_ == "export") {
      out.facts = to_json(film(*context));
      co_return out;
    }
    Result<Asset> put = context->store->put(base::sha256_hex(mix(*context)), AssetKind::other, "text/plain");
    if (!put) co_return put.error();
    out.outputs.push_back(*put);
    co_return out;
  }

 private:
  static Film film(const StepContext& context) {
    Film film;
    film.job = context.job;
    film.fps = 30;
    film.size = Size(640, 360);
    film.cost = context.spent;
    film.missing = context.missing;
    for (const StepOutcome& input : context.inputs)
      for (const Asset& asset : input.outputs)
        if (film.sha256.empty()) film.sha256 = asset.sha256;
    return film;
  }
  std::string name_;
};

}  // namespace

std::vector<Phase> quick_phases() {
  std::vector<Phase> phases = default_phases();
  for (Phase& phase : phases)
    for (auto& kind : phase.kinds)
      for (const char* name : {"segment", "sound", "master", "export"})
        if (kind->name() == name) kind = std::make_shared<Quick>(name);
  return phases;
}

Process::Process(World& world, SimDisk& disk, SimProvider& provider, std::string models, int n)
    : number(n), world_(world), disk_(disk), provider_(provider), models_(std::move(models)) {}

// What it still does is done to nobody.
Process::~Process() {
  const bool was = disk_.dead;
  disk_.dead = true;
  *alive_ = false;
  current = this;
  if (journal_) (void)base::commit_now(*journal_, JournalBatch());  // lets go of those who wait for it
  journal_.reset();
  job.reset();
  pipeline.reset();
  io_.reset();
  current = nullptr;
  disk_.dead = was;
}

bool Process::open() {
  current = this;
  const std::string workspace = disk_.root() + "/films";
  Config config;
  config.workspace = workspace;
  config.model_folder = models_;
  config.language_model = "rules";
  config.clock = std::make_shared<SimClock>(world_);
  config.pool = io_->get_executor();
  config.phases = quick_phases();
  HostedOptions hosted;
  hosted.key = kCanary;
  hosted.base_url = "https://api.replicate.com/v1";
  hosted.transport = std::make_shared<SimWire>(world_, provider_, alive_);
  hosted.clock = config.clock;
  hosted.seed = 1 + world_.random.below(1000);
  auto backend = hosted_backend("replicate", hosted);
  backend_ = *backend;
  config.backends.add(backend_);
  Status folders = base::make_folders(workspace);
  auto journal = folders ? journal::open_sqlite(workspace + "/vidgen.db", io_->get_executor())
                         : Result<std::shared_ptr<Journal>>(folders.error());
  if (!journal) {
    world_.note("no journal: " + journal.error().describe());
    result_ = journal.error();
    return false;
  }
  config.journal = journal_ = *journal;
  pipeline = std::make_unique<Pipeline>(io_->get_executor(), std::move(config));
  return true;
}

void Process::start(const Order& order) {
  if (!open()) return;
  auto done = [this](Result<Job> made) { began(std::move(made)); };
  pipeline->async_submit(order.request, order.id, boost::asio::bind_executor(io_->get_executor(), done));
}

void Process::began(Result<Job> made) {
  if (!made) {
    world_.note("process " + std::to_string(number) + ": " + made.error().describe());
    result_ = made.error();
    return;
  }
  job = *made;
  auto done = [this](Result<Film> film) {
    world_.note("process " + std::to_string(number) + " ends: " + (film ? film->sha256.substr(0, 8) : film.error().describe()));
    result_ = std::move(film);
  };
  job->async_wait(boost::asio::bind_executor(io_->get_executor(), done));
}

bool Process::poll() {
  if (!alive() || !io_) return false;
  if (world_.now < sleeps_until) {
    next_ = sleeps_until;
    return false;
  }
  current = this;
  next_ = Nanos::max();
  io_->restart();
  const bool ran = io_->poll_one() > 0;
  current = nullptr;
  return ran;
}

// Whatever a webhook says is a hint: also what it cannot know yet.
void Process::hear(const std::string& id) {
  RemoteJob told;
  told.id = id;
  told.state = RemoteState::succeeded;
  if (backend_) (void)backend_->deliver(told);
}

void Process::waits(Nanos time) {
  next_ = world_.now + std::max(time, Nanos(0));
}

void Process::die() {
  *alive_ = false;
  disk_.dead = true;
}

}  // namespace vidgen::sim
