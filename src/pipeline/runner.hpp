// SPDX-License-Identifier: Apache-2.0
// Runner: carries one job out. A coroutine on the Core's strand; it holds no policy but the order of the graph.
#pragma once

#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "base/timer.hpp"
#include "pipeline/core.hpp"
#include "pipeline/graph.hpp"
#include "pipeline/job_state.hpp"
#include "pipeline/leased_journal.hpp"
#include "pipeline/prepare.hpp"
#include "pipeline/refresh.hpp"
#include "pipeline/spending.hpp"

VIDGEN_NAMESPACE_BEGIN

// Steps from before there is a plan are called so.
inline constexpr const char* kProposal = "proposal";
// The end of a job's folder differs from job to job: it is never taken from another one.
inline constexpr std::string_view kAlwaysRun = "export";

// The reason of a job that is being cancelled.
inline constexpr const char* kCancelling = "being cancelled";

// Why a job that was told to stop has no film.
Error stopped_error(bool cancelled, const std::string& id);

class Runner : public std::enable_shared_from_this<Runner> {
 public:
  // All that the job writes goes through `journal`.
  Runner(std::shared_ptr<Core> core, const std::shared_ptr<Services>& services, std::shared_ptr<LeasedJournal> journal,
         std::shared_ptr<JobState> state, JobRecord record, std::int64_t last_event, double reached);

  // Starts the coroutine; it ends by JobState::finish.
  void start();

 private:
  Async<void> run();
  Async<Result<Film>> make_film();
  Async<Status> settle();
  Async<Status> close_books(Error why);
  Async<Status> settle_spec_and_plan();
  Result<ModelProfile> language_model() const;
  Async<Result<Spec>> settle_spec();
  Async<Result<Spec>> read_prompt();
  Async<Result<Spec>> settle_music(Spec spec);
  Async<Result<Spec>> spec_by_model(ModelProfile model);
  Async<Result<Film>> carry_out();
  Async<Result<StepOutcome>> carry_out_step(Step step, std::vector<StepOutcome> inputs,
                                            std::shared_ptr<std::atomic<double>> fraction);
  Async<std::optional<StepOutcome>> known_outcome(Step step);
  Async<Status> commit(JournalBatch batch);
  Async<Status> look_at_results(const Plan& plan);
  Async<Status> load_spending();
  Async<Status> save_plan();
  Async<Status> save_decided();
  // An error: the journal could not be written, so the job is not over.
  Async<Status> look_for_orphans(bool over);
  Async<void> close(Result<Film> result);

  Async<Status> note_cancelling();
  bool export_is_next() const;
  void start_ready();
  void start_open();
  void keep_lease();
  void start_step(const std::string& id);
  bool cancels_there() const;
  struct Ended {
    std::string id, key;
    bool told = false;  // when it started: that the job is being cancelled
    Result<StepOutcome> result;
  };
  void step_ended(Ended ended);
  void remember_missing(const std::string& step, const StepOutcome& outcome);
  bool goes_without_music() const;
  void plan_anew();
  Status revise();
  std::shared_ptr<StepContext> context_of(const Step& step, std::vector<StepOutcome> inputs,
                                          std::shared_ptr<std::atomic<double>> fraction);
  Result<Film> film() const;
  Money spent_elsewhere() const;
  Money spent() const;
  Slots slots() const;
  std::shared_ptr<StepKind> kind_of(const std::string& name) const;
  JobStatus status_of_phase(int phase) const;

  void emit(std::string kind, std::string message, std::string step = {});
  void emit_progress();
  void wake();
  bool stopped() const;

  std::shared_ptr<Core> core_;
  std::shared_ptr<LeasedJournal> journal_;
  std::shared_ptr<Services> services_;  // with that journal
  const Slots slots_;
  std::shared_ptr<JobState> state_;
  JobRecord record_;
  Request request_;
  std::shared_ptr<const Spec> spec_;
  std::shared_ptr<const Plan> plan_;
  std::vector<Asset> images_;
  Chosen chosen_;
  Graph graph_;
  KeptResults kept_;  // of the plan, when it was first looked at
  Refresh left_;      // what has to be done for it
  asio::strand<asio::any_io_executor> strand_;
  base::Timer wake_timer_;
  std::deque<Ended> ended_;
  bool cancel_noted_ = false;  // durably
  bool swept_ = false;    // orphans were looked for
  std::optional<Error> unswept_;  // why not, when the job cannot be over because of it
  bool revised_ = false;  // the plan changed and is not in the journal yet
  std::vector<ResultRecord> decided_;  // what the film goes without, and not in the journal yet
  std::optional<Error> failure_;
  std::vector<std::string> notes_;
  std::vector<std::string> missing_;
  std::int64_t next_seq_;
  JobStatus status_ = JobStatus::queued;
  double fraction_ = 0;
  Spending spending_;
  std::set<std::string> open_;  // steps whose attempts an earlier process left under way
  base::TimerClock::time_point began_ = base::TimerClock::now();
  double work_at_start_ = 0;
};

VIDGEN_NAMESPACE_END
