// SPDX-License-Identifier: Apache-2.0
// Phases and the step kinds they bring. Steps are data; a StepKind says how one of its kind is carried out, so that
// another process can resume a plan it did not make.
//
// Thread-safety: a StepKind is stateless or guards its state; run() is resumed on the Pipeline's strand.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "vidgen/backend.hpp"
#include "vidgen/journal.hpp"
#include "vidgen/plan.hpp"
#include "vidgen/store.hpp"

VIDGEN_NAMESPACE_BEGIN

struct Config;

// What the jobs of a pipeline share, opened on first use.
struct Services {
  Services() = default;
  std::shared_ptr<Store> store;
  std::shared_ptr<Journal> journal;
  TemplateSet templates;
  ModelSet models;
  std::shared_ptr<TitleRenderer> titles;
};

// What a step leaves behind.
struct StepOutcome {
  StepOutcome() = default;
  std::vector<Asset> outputs;  // the first is the result proper
  std::string facts;           // JSON: measured length, rate, size, remarks
  Money cost;
  bool missing = false;  // it failed and the film goes on without it
};

VIDGEN_EXPORT std::string to_json(const StepOutcome& outcome);
VIDGEN_EXPORT Result<StepOutcome> step_outcome_from_json(std::string_view json);

// All that a step may use. Lives until run() completes.
struct StepContext {
  StepContext() = default;
  std::string job;
  Request request;
  std::shared_ptr<const Spec> spec;
  std::shared_ptr<const Plan> plan;
  Step step;
  std::vector<StepOutcome> inputs;          // of step.inputs, in order
  std::vector<Asset> images;                // the user's photographs, in the store
  std::string backend;                      // name of the backend that makes the clips
  std::vector<std::string> notes, missing;  // of the job so far
  Money spent;                              // of the job so far
  bool reused = false;                      // no step before this one did any work
  std::shared_ptr<Store> store;
  std::shared_ptr<Journal> journal;
  std::shared_ptr<const Services> services;  // templates, models, type renderer
  const Config* config = nullptr;
  asio::any_io_executor pool;  // for work that blocks or computes
  std::stop_token stop;
  std::function<bool()> cancelled;  // the stop is for good, not to be gone on with
  Rational tail;                    // seconds from this step's start to the film's end, by the plan
  std::function<void(double)> progress;   // 0 to 1, from any thread
  std::function<void(std::string)> note;  // a remark for events and report, from any thread
  // What an attempt of this step came to, by its number, whatever becomes of the step; from any thread.
  std::function<void(int, Money)> settled;
  // Outcome of any finished step of the plan by its id; null when it is not finished.
  std::function<const StepOutcome*(const std::string&)> outcome_of;
};

class VIDGEN_EXPORT StepKind {
 public:
  virtual ~StepKind() = default;
  virtual std::string_view name() const = 0;
  virtual Async<Result<StepOutcome>> run(std::shared_ptr<StepContext> context) = 0;
};

// One of the six: a number, a status that people see while it runs, and its kinds of steps.
struct Phase {
  Phase() = default;
  int number = 0;
  std::string name;
  JobStatus status = JobStatus::queued;
  std::vector<std::shared_ptr<StepKind>> kinds;
  // Steps of this phase's own, added to every plan and to every revision of it: what the plan has so far is given.
  // Called by whoever plans, also by vidgen plan, so it is pure: the same spec and plan, the same steps. A step sets id,
  // kind, params, inputs (ids of earlier steps), label, and price where it costs; the rest is filled in. The delivery
  // comes after them, but for those that take its result ("export"). Unset: none.
  std::function<Result<std::vector<Step>>(const Spec& spec, const Plan& plan)> extend;
};

// The built-in six, in order.
VIDGEN_EXPORT std::vector<Phase> default_phases();

VIDGEN_NAMESPACE_END
