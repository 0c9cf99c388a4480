// SPDX-License-Identifier: Apache-2.0
#include "history.hpp"

#include <dirent.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "judge.hpp"
#include "media.hpp"
#include "process.hpp"

namespace vidgen::sim {
namespace {

constexpr int kMostLives = 16, kCalmLife = 9;
constexpr auto kLifeLimit = std::chrono::hours(3);
constexpr int kMostSteps = 400'000;

class Time final : public base::TimeSource {
 public:
  explicit Time(World& world) : world_(world) { base::set_time_source(this); }
  ~Time() override { base::set_time_source(nullptr); }
  Nanos now() override { return world_.now; }
  void waits(Nanos time) override {
    if (Process::current != nullptr) Process::current->waits(time);
  }

 private:
  World& world_;
};

// ---- the choice of what a history is about

struct Weight {
  Fault fault;
  int per_mille;
};
// So that a fault that is chosen strikes now and then, not always.
constexpr Weight kWeights[] = {
    {Fault::not_connected, 60}, {Fault::cut_before, 60},    {Fault::cut_after, 60},      {Fault::gateway_before, 40},
    {Fault::gateway_after, 40}, {Fault::garbled, 40},       {Fault::throttled, 60},      {Fault::slow, 30},
    {Fault::doubled, 120},      {Fault::hidden, 300},       {Fault::hidden_long, 150},   {Fault::run_fails, 60},
    {Fault::run_fails_once, 120}, {Fault::run_refused, 50}, {Fault::run_cancelled, 60},  {Fault::run_long, 150},
    {Fault::overcharged, 150},  {Fault::short_clip, 150},   {Fault::broken_clip, 60},    {Fault::cut_download, 200},
    {Fault::expired, 80},       {Fault::forgotten, 60},     {Fault::webhook_early, 300}, {Fault::webhook_twice, 300},
    {Fault::clock_forward, 3},  {Fault::clock_back, 3},     {Fault::price_change, 400},    {Fault::killed, 4},
    {Fault::power_lost, 4},     {Fault::paused, 2},         {Fault::second_process, 3},  {Fault::stopped, 2},
    {Fault::cancelled, 1},      {Fault::disk_full, 4},      {Fault::disk_broken, 3},     {Fault::tight_budget, 1000},
};

void choose_faults(World& world) {
  const std::uint64_t kinds = world.random.below(8);
  for (std::uint64_t i = 0; i < kinds; ++i) {
    const Weight& w = kWeights[world.random.below(std::size(kWeights))];
    world.chance[static_cast<std::size_t>(w.fault)] = w.per_mille;
  }
  // Deaths and lost answers are what it is all about.
  if (world.random.below(2) == 0) world.chance[static_cast<std::size_t>(Fault::killed)] = 4;
  if (world.random.below(4) == 0) world.chance[static_cast<std::size_t>(Fault::power_lost)] = 4;
  if (world.random.below(3) == 0) world.chance[static_cast<std::size_t>(Fault::cut_after)] = 60;
  for (const Weight& w : kWeights)
    if (std::find(World::always.begin(), World::always.end(), w.fault) != World::always.end())
      world.chance[static_cast<std::size_t>(w.fault)] = w.per_mille;
}

Order choose_order(World& world) {
  constexpr Continuity kKinds[] = {Continuity::beat, Continuity::take, Continuity::none};
  Order order;
  order.request.prompt = "a ceramic mug in a quiet cafe, morning light";
  order.request.duration = std::chrono::seconds(8);
  order.request.quality = Quality::draft;
  order.request.model = "sim-clip";
  order.request.continuity = kKinds[world.random.below(std::size(kKinds))];
  order.request.budget = usd(100);
  return order;
}

std::string models_at(const std::string& folder, const std::string& usd) {
  const std::string where = folder + "/models-" + usd;
  std::filesystem::create_directories(where);
  std::ifstream in(VIDGEN_SIM_MODELS);
  std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  for (auto at = text.find("@USD@"); at != text.npos; at = text.find("@USD@")) text.replace(at, 5, usd);
  std::ofstream(where + "/sim.json") << text;
  return where;
}

const std::string& own_folder() {
  static const std::string folder = [] {
    const char* base = std::filesystem::is_directory("/dev/shm") ? "/dev/shm" : "/tmp";
    std::string name = std::string(base) + "/vidgen-sim-" + std::to_string(::getpid());
    std::filesystem::create_directories(name);
    return name;
  }();
  return folder;
}

int open_files() {
  int count = 0;
  if (DIR* dir = ::opendir("/proc/self/fd")) {
    while (::readdir(dir) != nullptr) ++count;
    ::closedir(dir);
  }
  return count;
}

}  // namespace

// ---- one history

class History;
static History* g_history = nullptr;  // what the hooks find

class History {
 public:
  History(std::uint64_t seed, bool trace, bool faults)
      : world_(seed), disk_(own_folder() + "/" + std::to_string(seed), seed ^ 0x5eed), provider_(world_, media(own_folder())),
        time_(world_) {
    world_.trace = trace;
    order_ = choose_order(world_);
    if (faults) choose_faults(world_);
    if (world_.strikes(Fault::tight_budget)) order_.request.budget = usd(2.0 + static_cast<double>(world_.random.below(20)) / 10);
    usd_ = "0.001";
    provider_.tell = [this](const Prediction& p) { webhook(p); };
    if (trace) disk_.tell = [this](const std::string& what) { world_.note(what); };
    disk_.before = [this](DiskOp op) { return disk_fault(op); };
    g_history = this;
    the_disk = &disk_;
    base::point_hook = [](base::Point point) { g_history->reach(point); };
  }
  ~History() {
    running_.clear();
    base::point_hook = nullptr;
    the_disk = nullptr;
    g_history = nullptr;
  }

  Told run();
  const Order& order() const { return order_; }
  // Its film has to be the undisturbed one.
  bool comparable() const { return comparable_; }

 private:
  void reach(base::Point point);
  int disk_fault(DiskOp op);
  void webhook(const Prediction& p);
  void strike_between_steps();
  void live();
  bool step();
  void bury();
  void change_price();
  void spawn();
  void answer(const Error& error);
  void watch_budget();

  World world_;
  SimDisk disk_;
  SimProvider provider_;
  Time time_;
  Order order_;
  std::string usd_;
  std::vector<std::unique_ptr<Process>> running_;
  std::optional<Fault> death_;  // of the process that runs
  std::optional<Result<Film>> end_;
  bool cancel_asked_ = false, comparable_ = true;
  int lives_ = 0, born_ = 0;
  Told told_;
};

void History::reach(base::Point point) {
  const auto i = static_cast<std::size_t>(point);
  if (disk_.dead || Process::current == nullptr) return;
  ++World::met.points[i];
  for (const Fault fault : {Fault::killed, Fault::power_lost})
    if (world_.strikes(fault)) {
      ++World::met.deaths[i];
      world_.note("dies at " + std::string(base::to_string(point)));
      death_ = fault;
      Process::current->die();
      return;
    }
}

int History::disk_fault(DiskOp) {
  if (Process::current == nullptr) return 0;
  if (world_.strikes(Fault::disk_full)) return ENOSPC;
  if (world_.strikes(Fault::disk_broken)) return EIO;
  if (world_.random.below(4) != 0) return 0;
  for (const Fault fault : {Fault::killed, Fault::power_lost})
    if (world_.strikes(fault)) {
      death_ = fault;
      Process::current->die();
      return SimDisk::kDie;
    }
  return 0;
}

// A hint, whoever gives it and however often.
void History::webhook(const Prediction& p) {
  const bool twice = world_.strikes(Fault::webhook_twice);
  for (int n = 0; n < (twice ? 2 : 1); ++n)
    for (const auto& process : running_)
      if (process->alive()) process->hear(p.id);
}

// The power goes for all, a kill for one.
void History::bury() {
  if (!death_) return;
  const bool power = *death_ == Fault::power_lost;
  death_.reset();
  if (power) {
    disk_.dead = true;
    running_.clear();
    disk_.dead = false;
    disk_.lose_power();
  } else {
    std::erase_if(running_, [](const auto& p) { return !p->alive(); });
    disk_.dead = false;
  }
  if (world_.trace) world_.note(std::to_string(open_files()) + " files are open");
}

// Between two processes: a row that is loaded cannot know what was decided since.
void History::change_price() {
  if (!running_.empty() || !world_.strikes(Fault::price_change)) return;
  usd_ = usd_ == "0.001" ? "0.0013" : "0.001";
  provider_.rate = usd_ == "0.001" ? 1000 : 1300;
}

void History::spawn() {
  change_price();
  running_.push_back(std::make_unique<Process>(world_, disk_, provider_, models_at(own_folder(), usd_), ++born_));
  world_.note("process " + std::to_string(born_) + " begins");
  running_.back()->start(order_);
  Process::current = nullptr;
}

void History::strike_between_steps() {
  if (running_.empty() || world_.random.below(20) != 0) return;
  Process& one = *running_[world_.random.below(running_.size())];
  if (world_.strikes(Fault::clock_forward)) world_.clock_off_ms += static_cast<std::int64_t>(world_.random.below(3)) * 86'400'000 + 3600'000;
  if (world_.strikes(Fault::clock_back)) world_.clock_off_ms -= static_cast<std::int64_t>(world_.random.below(3)) * 86'400'000 + 3600'000;
  if (world_.strikes(Fault::paused)) one.sleeps_until = world_.now + std::chrono::seconds(10 + world_.random.below(120));
  if (running_.size() < 3 && world_.strikes(Fault::second_process)) spawn();
  if (one.job && one.alive() && !one.over() && world_.strikes(Fault::stopped)) one.job->interrupt();
  if (one.job && one.alive() && !one.over() && !cancel_asked_ && world_.strikes(Fault::cancelled)) {
    cancel_asked_ = true;
    one.job->cancel();
  }
}

void History::watch_budget() {
  std::int64_t excused = 0;
  for (const Prediction& p : provider_.predictions()) {
    const std::int64_t its = p.ended ? p.charged : SimProvider::kWorstSeconds * p.rate;
    // Bought twice by the network, or said not to be there: nobody could have known.
    if (p.doubled || p.hidden_long || p.forgotten) excused += its;
    if (p.overcharged && p.ended) excused += std::max<std::int64_t>(0, p.charged - SimProvider::kWorstSeconds * p.rate);
  }
  const std::int64_t most = order_.request.budget->micros();
  if (provider_.committed() - excused > most)
    told_.wrong.push_back("I4: " + std::to_string(provider_.committed() - excused) + " of " + std::to_string(most) +
                          " micro-dollars are spent or under way");
}

// One handler of one process, or the next moment at which there is one. False: nothing will ever happen.
bool History::step() {
  bool ran = false;
  const std::size_t first = running_.empty() ? 0 : world_.random.below(running_.size());
  for (std::size_t i = 0; i < running_.size() && !ran; ++i) ran = running_[(first + i) % running_.size()]->poll();
  if (death_) return true;
  if (ran) return true;
  Nanos next = Nanos::max();
  for (const auto& process : running_) next = std::min(next, process->next());
  if (next == Nanos::max()) return false;
  world_.now = std::max(next, world_.now + Nanos(1));
  provider_.settle();
  return true;
}

// From the first process until none is left, or the job is over.
void History::live() {
  const Nanos began = world_.now;
  spawn();
  for (int steps = 0;; ++steps) {
    if (!told_.wrong.empty() || running_.empty()) return;
    if (steps > kMostSteps || world_.now - began > kLifeLimit) {
      told_.wrong.push_back("I5: it does not come to an end");
      return;
    }
    const bool goes_on = step();
    bury();
    watch_budget();
    const int born = born_;
    strike_between_steps();
    bury();
    for (const auto& process : running_)
      if (process->over()) end_ = process->result();
    std::erase_if(running_, [](const auto& p) { return p->over(); });
    if (!goes_on && born == born_ && !running_.empty()) {  // who was born now has not had a step yet
      told_.wrong.push_back("I5: it waits for nothing");
      return;
    }
  }
}

// What a person does about it: raises a budget, makes room, tries again.
void History::answer(const Error& error) {
  if (error.code() != Errc::budget && error.code() != Errc::needs_attention && error.code() != Errc::ambiguous) return;
  order_.request.budget = *order_.request.budget + usd(20);
  const bool was = std::exchange(world_.calm, true);
  Process helper(world_, disk_, provider_, models_at(own_folder(), usd_), ++born_);
  (void)helper.open();
  if (helper.pipeline) (void)helper.pipeline->set_budget(order_.id, *order_.request.budget);
  if (helper.pipeline) (void)helper.pipeline->set_on_ambiguous(order_.id, OnAmbiguous::retry);
  world_.calm = was;
}

Told History::run() {
  const int files = open_files();
  for (lives_ = 1; lives_ <= kMostLives && told_.wrong.empty(); ++lives_) {
    if (lives_ > kCalmLife) world_.calm = true;
    end_.reset();
    live();
    if (!end_ || !told_.wrong.empty()) continue;
    if (*end_ || end_->error().code() == Errc::cancelled) break;
    answer(end_->error());
  }
  running_.clear();
  const bool cancelled = end_ && !*end_ && end_->error().code() == Errc::cancelled;
  if (told_.wrong.empty() && (!end_ || (!*end_ && !cancelled)))
    told_.wrong.push_back("I5: no end after " + std::to_string(lives_) + " lives: " +
                          (end_ ? end_->error().describe() : "every process died"));
  if (end_ && *end_) told_.film = (*end_)->sha256;
  if (end_ && *end_) comparable_ = (*end_)->missing.empty();
  for (const Prediction& p : provider_.predictions()) comparable_ = comparable_ && !p.is_short;
  if (told_.wrong.empty()) told_.wrong = judge(world_, disk_, provider_, order_);
  for (const std::string& complaint : provider_.complaints) told_.wrong.push_back("I1: " + complaint);
  if (open_files() > files + 1) told_.wrong.push_back("I7: " + std::to_string(open_files() - files) + " files are left open");
  told_.lives = lives_;
  told_.hours = static_cast<double>(world_.now.count()) / 3.6e12;
  told_.lines = world_.lines;
  return told_;
}

namespace {

// The same order without any fault. Made once for each kind of order.
std::string undisturbed(std::uint64_t seed, const Order& order) {
  static std::map<Continuity, std::string> known;
  auto [at, fresh] = known.try_emplace(order.request.continuity);
  if (fresh) {
    History calm(seed, false, false);
    at->second = calm.run().film;
  }
  return at->second;
}

}  // namespace

Told run_history(std::uint64_t seed, bool trace) {
  Told told;
  std::optional<Order> order;
  bool comparable = true;
  {
    History history(seed, trace, true);
    order = history.order();
    told = history.run();
    comparable = history.comparable();
  }
  if (told.wrong.empty() && !told.film.empty() && comparable && told.film != undisturbed(seed, *order))
    told.wrong.push_back("I6: another film than the undisturbed one");
  return told;
}

}  // namespace vidgen::sim
