// SPDX-License-Identifier: Apache-2.0
#include "pipeline/core.hpp"

#include <unistd.h>

#include <algorithm>

#include "base/files.hpp"
#include "base/offload.hpp"
#include "base/try.hpp"
#include "journal/postgres.hpp"
#include "journal/sqlite.hpp"
#include "pipeline/holder.hpp"
#include "pipeline/job_state.hpp"
#include "store/file_store.hpp"

VIDGEN_NAMESPACE_BEGIN

Core::Core(std::optional<asio::any_io_executor> host, Config config)
    : config_(std::move(config)), pid_(::getpid()), executor_(std::move(host)) {
  int machine = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  threads_ = config_.threads > 0 ? config_.threads : machine;
  if (config_.phases.empty()) config_.phases = default_phases();
  if (!config_.clock) config_.clock = machine_clock();
}

Core::~Core() {
  if (forked()) {
    abandon();
    return;
  }
  // The last one to let go may be a thread of the pool, which cannot wait for itself.
  if (pool_ && pool_->get_executor().running_in_this_thread())
    std::thread([pool = std::move(pool_)] { pool->join(); }).detach();
  if (pool_) pool_->join();
  if (work_) work_->reset();
  if (io_thread_.joinable()) {
    // The last coroutine may be what lets go of us, on our own thread.
    if (io_thread_.get_id() == std::this_thread::get_id())
      io_thread_.detach();
    else
      io_thread_.join();
  }
}

bool Core::forked() const {
  return ::getpid() != pid_;
}

Status Core::usable_here() const {
  if (!forked()) return {};
  return Error(Errc::forked, "this pipeline belongs to process " + std::to_string(pid_) +
                                 ", of which this one is a fork: make a new one here");
}

// In a forked child: what would wait for threads that are not here is left behind, where leak checkers still find it.
void Core::abandon() {
  struct Abandoned {
    decltype(pool_) pool;
    decltype(io_) io;
    decltype(work_) work;
    decltype(strand_) strand;
    decltype(executor_) executor;
    decltype(services_) services;
    Abandoned* before = nullptr;
  };
  static Abandoned* last = nullptr;
  auto* left = new Abandoned{std::move(pool_),     std::move(io_),       std::move(work_), std::move(strand_),
                             std::move(executor_), std::move(services_), last};
  last = left;
  if (io_thread_.joinable()) io_thread_.detach();
}

// The thread last: without memory for it nothing is there, and the next call tries again.
void Core::start_io() {
  auto io = std::make_unique<asio::io_context>(1);
  auto work = asio::make_work_guard(*io);
  asio::any_io_executor executor = io->get_executor();
  io_thread_ = std::thread([context = io.get()] { context->run(); });
  io_ = std::move(io);
  work_.emplace(std::move(work));
  executor_ = std::move(executor);
}

asio::any_io_executor Core::executor() {
  std::lock_guard lock(mutex_);
  if (!executor_) start_io();
  return *executor_;
}

asio::any_completion_executor Core::completions() {
  if (gone_) return asio::any_completion_executor(base::Here());
  return asio::any_completion_executor(asio::require(executor(), asio::execution::blocking.never));
}

asio::strand<asio::any_io_executor>& Core::strand() {
  asio::any_io_executor on = executor();
  std::lock_guard lock(mutex_);
  if (!strand_) strand_.emplace(asio::make_strand(on));
  return *strand_;
}

asio::any_io_executor Core::pool() {
  if (config_.pool) return *config_.pool;
  std::lock_guard lock(mutex_);
  // One more than the CPU steps take, so that a short read never waits behind a long encode.
  if (!pool_) pool_ = std::make_unique<asio::thread_pool>(static_cast<std::size_t>(threads_) + 2);
  return pool_->get_executor();
}

namespace {

Result<std::shared_ptr<Services>> load_data(const Config& config) {
  auto out = std::make_shared<Services>();
  VIDGEN_TRY(templates, TemplateSet::load(config.template_folder));
  VIDGEN_TRY(models, ModelSet::load(config.model_folder));
  out->templates = std::move(templates);
  out->models = std::move(models);
  out->titles = config.titles;
  for (const auto& backend : config.backends.all())
    if (!out->titles) out->titles = backend->titles();
  return out;
}

Result<std::shared_ptr<Journal>> open_journal(const Config& config) {
  if (config.journal_url.empty()) return journal::open_sqlite(config.workspace + "/vidgen.db");
  return journal::open_postgres(config.journal_url);
}

Result<std::shared_ptr<Services>> open_workspace(const Config& config, const Services& data) {
  auto out = std::make_shared<Services>(data);
  VIDGEN_CHECK(base::make_folders(config.workspace + "/videos"));
  (void)base::sync_folder(config.workspace + "/..");  // whoever made it may not have
  out->store = config.store;
  out->journal = config.journal;
  if (!out->store) {
    VIDGEN_TRY(store, store::open_file_store(config.workspace + "/store"));
    out->store = store;
  }
  if (!out->journal) {
    VIDGEN_TRY(journal, open_journal(config));
    out->journal = journal;
  }
  return out;
}

}  // namespace

Result<std::shared_ptr<Services>> Core::data() {
  std::lock_guard lock(mutex_);
  if (!data_) data_ = load_data(config_);
  return *data_;
}

Result<std::shared_ptr<Services>> Core::services() {
  VIDGEN_TRY(known, data());
  std::lock_guard lock(mutex_);
  // A failure is not kept: space may return, a folder may become writable.
  if (!services_ || !*services_) services_ = open_workspace(config_, *known);
  return *services_;
}

std::shared_ptr<Journal> Core::known_journal() {
  if (config_.journal) return config_.journal;
  // Without a workspace nothing is known, and none is made for asking.
  if (!base::file_exists(config_.workspace + (config_.journal_url.empty() ? "/vidgen.db" : "/videos"))) return nullptr;
  auto opened = services();
  return opened ? (*opened)->journal : nullptr;
}

std::shared_ptr<JobState> Core::running(const std::string& id) {
  std::lock_guard lock(mutex_);
  auto it = jobs_.find(id);
  return it == jobs_.end() ? nullptr : it->second;
}

void Core::started(std::shared_ptr<JobState> job) {
  std::lock_guard lock(mutex_);
  jobs_[job->id()] = std::move(job);
}

void Core::ended(const std::string& id) {
  std::lock_guard lock(mutex_);
  jobs_.erase(id);
  idle_.notify_all();
}

const std::string& Core::holder() {
  std::lock_guard lock(mutex_);
  if (holder_.empty()) holder_ = holder_name();
  return holder_;
}

void Core::shut_down() {
  if (forked()) return;
  std::unique_lock lock(mutex_);
  for (auto& [id, job] : jobs_) job->interrupt();
  if (!io_) return;
  idle_.wait(lock, [this] { return jobs_.empty(); });
  lock.unlock();
  if (pool_) pool_->join();  // what a caller began and did not wait for
  work_->reset();
  io_thread_.join();
  gone_ = true;
}

VIDGEN_NAMESPACE_END
