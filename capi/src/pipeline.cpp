// SPDX-License-Identifier: Apache-2.0
#include <boost/asio/bind_executor.hpp>

#include "capi/src/common.hpp"
#include "capi/src/queue.hpp"
#include "vidgen/hosted.hpp"
#include "vidgen/local.hpp"

using namespace vidgen;
using namespace vidgen::capi;

struct vg_pipeline {
  explicit vg_pipeline(Config config) : pipeline(std::move(config)) {}
  Pipeline pipeline;
  std::shared_ptr<Queue> queue = std::make_shared<Queue>();
};

struct vg_jobs {
  std::vector<JobRecord> list;
};

struct vg_ledger {
  std::vector<AttemptRecord> list;
  Money spent, reserved;
};

namespace {

// The parts of the host's own take their places: hosted backends go over its transport and by its clock, and what it
// brings under a name of ours replaces ours.
Config finished(const vg_config& from) {
  Config config = from.config;
  if (from.transport) add_hosted_backends(config.backends, from.transport, config.clock);
  LocalOptions local;
  local.soundfont = config.soundfont;
  config.backends.add(load_local_backend(local));
  for (const auto& backend : from.backends) config.backends.add(backend);
  return config;
}

}  // namespace

vg_status vg_pipeline_new(const vg_config* config, vg_pipeline** pipeline, vg_error** error) {
  return give(pipeline, error, [&]() -> Result<std::unique_ptr<vg_pipeline>> {
    VIDGEN_CHECK(needs(pipeline, "pipeline"));
    vg_config standard;
    if (config == nullptr) standard.config = Config::from_env();
    return std::make_unique<vg_pipeline>(finished(config != nullptr ? *config : standard));
  });
}
void vg_pipeline_free(vg_pipeline* pipeline) {
  delete pipeline;
}

vg_status vg_pipeline_plan(vg_pipeline* pipeline, const vg_request* request, vg_plan** plan, vg_error** error) {
  return give(plan, error, [&]() -> Result<std::unique_ptr<vg_plan>> {
    VIDGEN_TRY(made, pipeline->pipeline.plan(request->request));
    auto out = std::make_unique<vg_plan>();
    out->plan = std::move(made);
    return out;
  });
}

vg_status vg_pipeline_plan_async(vg_pipeline* pipeline, const vg_request* request, uint64_t tag, vg_error** error) {
  return guard(error, [&]() -> Status {
    auto done = [queue = pipeline->queue, tag](Result<Plan> plan) {
      auto event = std::make_unique<vg_event>();
      event->kind = VG_EVENT_PLANNED;
      event->tag = tag;
      if (plan) {
        event->plan = std::make_unique<vg_plan>();
        event->plan->plan = std::move(*plan);
      } else {
        event->error = error_object(plan.error());
      }
      queue->push(std::move(event));
    };
    pipeline->pipeline.async_plan(request->request, std::move(done));
    return {};
  });
}

vg_status vg_pipeline_render(vg_pipeline* pipeline, const vg_request* request, vg_progress_fn progress, void* user,
                             vg_film** film, vg_error** error) {
  return give(film, error, [&]() -> Result<std::unique_ptr<vg_film>> {
    VIDGEN_TRY(job, pipeline->pipeline.submit(request->request));
    try {
      while (auto event = job.next_event()) {
        if (progress == nullptr) continue;
        vg_event shown;
        shown.kind = kind_of(event->kind);
        shown.event = std::move(*event);
        if (progress(user, &shown) != 0) job.interrupt();
      }
      VIDGEN_TRY(made, job.wait());
      auto out = std::make_unique<vg_film>();
      out->film = std::move(made);
      return out;
    } catch (...) {  // no memory for an event: the job is saved, and can be gone on with
      job.interrupt();
      throw;
    }
  });
}

namespace {
std::unique_ptr<vg_job> followed(vg_pipeline& pipeline, Job job, std::uint64_t tag) {
  auto out = std::make_unique<vg_job>();
  out->job = job;
  if (tag != 0) pump(job, tag, pipeline.queue, pipeline.pipeline.executor());
  return out;
}
}  // namespace

vg_status vg_pipeline_submit(vg_pipeline* pipeline, const vg_request* request, const char* id, uint64_t tag,
                             vg_job** job, vg_error** error) {
  return give(job, error, [&]() -> Result<std::unique_ptr<vg_job>> {
    VIDGEN_TRY(made, pipeline->pipeline.submit(request->request, text_or_empty(id)));
    return followed(*pipeline, made, tag);
  });
}
vg_status vg_pipeline_attach(vg_pipeline* pipeline, const char* id, uint64_t tag, vg_job** job, vg_error** error) {
  return give(job, error, [&]() -> Result<std::unique_ptr<vg_job>> {
    VIDGEN_TRY(made, pipeline->pipeline.attach(text_or_empty(id)));
    return followed(*pipeline, made, tag);
  });
}
vg_status vg_pipeline_cancel(vg_pipeline* pipeline, const char* id, vg_error** error) {
  return guard(error, [&] { return pipeline->pipeline.cancel(text_or_empty(id)); });
}

vg_status vg_pipeline_set_on_ambiguous(vg_pipeline* pipeline, const char* id, vg_on_ambiguous what, vg_error** error) {
  return guard(error, [&] {
    return pipeline->pipeline.set_on_ambiguous(text_or_empty(id), static_cast<OnAmbiguous>(what));
  });
}

vg_status vg_pipeline_set_budget(vg_pipeline* pipeline, const char* id, int64_t micros, vg_error** error) {
  return guard(error, [&] { return pipeline->pipeline.set_budget(text_or_empty(id), Money::micros(micros)); });
}

// ---- redo

struct vg_redo {
  RedoRequest request;
};

vg_status vg_redo_new(int shot, vg_redo** redo, vg_error** error) {
  return give(redo, error, [&]() -> Result<std::unique_ptr<vg_redo>> {
    VIDGEN_CHECK(needs(redo, "redo"));
    auto out = std::make_unique<vg_redo>();
    out->request.shot = shot;
    return out;
  });
}
void vg_redo_free(vg_redo* redo) {
  delete redo;
}
void vg_redo_set_mode(vg_redo* redo, vg_redo_mode mode) {
  redo->request.mode = static_cast<RedoMode>(mode);
}
void vg_redo_set_prompt(vg_redo* redo, const char* prompt) {
  redo->request.prompt = text_or_empty(prompt);
}
void vg_redo_set_take(vg_redo* redo, int take) {
  redo->request.take = take;
}
void vg_redo_set_budget(vg_redo* redo, int64_t micros) {
  redo->request.budget = Money::micros(micros);
}

namespace {
void put_price(const Refresh& left, int64_t* likely, int64_t* most) {
  if (likely != nullptr) *likely = left.likely.micros();
  if (most != nullptr) *most = left.most.micros();
}
}  // namespace

vg_status vg_pipeline_redo_plan(vg_pipeline* pipeline, const char* id, const vg_redo* redo, vg_plan** plan,
                                int64_t* likely, int64_t* most, vg_error** error) {
  return give(plan, error, [&]() -> Result<std::unique_ptr<vg_plan>> {
    VIDGEN_CHECK(needs(redo, "redo"));
    VIDGEN_TRY(made, pipeline->pipeline.redo_plan(text_or_empty(id), redo->request));
    put_price(made.refresh, likely, most);
    auto out = std::make_unique<vg_plan>();
    out->plan = std::move(made.plan);
    return out;
  });
}

vg_status vg_pipeline_redo(vg_pipeline* pipeline, const char* id, const vg_redo* redo, uint64_t tag, vg_job** job,
                           vg_error** error) {
  return give(job, error, [&]() -> Result<std::unique_ptr<vg_job>> {
    VIDGEN_CHECK(needs(redo, "redo"));
    VIDGEN_TRY(made, pipeline->pipeline.redo(text_or_empty(id), redo->request));
    return followed(*pipeline, made, tag);
  });
}

vg_status vg_pipeline_refresh(vg_pipeline* pipeline, const vg_plan* plan, int64_t* likely, int64_t* most,
                              vg_error** error) {
  return guard(error, [&]() -> Status {
    VIDGEN_CHECK(needs(plan, "plan"));
    VIDGEN_TRY(left, pipeline->pipeline.refresh(plan->plan));
    put_price(left, likely, most);
    return {};
  });
}

vg_event* vg_pipeline_wait_event(vg_pipeline* pipeline, int64_t timeout_ms) {
  return pipeline->queue->wait(timeout_ms).release();
}
void vg_pipeline_wakeup(vg_pipeline* pipeline) {
  pipeline->queue->wakeup();
}
void vg_pipeline_set_wakeup(vg_pipeline* pipeline, void (*wakeup)(void*), void* user) {
  pipeline->queue->set_wakeup(wakeup, user);
}

// ---- jobs

vg_status vg_pipeline_jobs(vg_pipeline* pipeline, vg_jobs** jobs, vg_error** error) {
  return give(jobs, error, [&]() -> Result<std::unique_ptr<vg_jobs>> {
    VIDGEN_TRY(list, pipeline->pipeline.jobs());
    auto out = std::make_unique<vg_jobs>();
    out->list = std::move(list);
    return out;
  });
}
void vg_jobs_free(vg_jobs* jobs) {
  delete jobs;
}
size_t vg_jobs_count(const vg_jobs* jobs) {
  return jobs->list.size();
}
const char* vg_jobs_id(const vg_jobs* jobs, size_t index) {
  return index < jobs->list.size() ? jobs->list[index].id.c_str() : "";
}
vg_job_status vg_jobs_status(const vg_jobs* jobs, size_t index) {
  return index < jobs->list.size() ? static_cast<vg_job_status>(jobs->list[index].status) : VG_JOB_QUEUED;
}
int64_t vg_jobs_created_ms(const vg_jobs* jobs, size_t index) {
  return index < jobs->list.size() ? jobs->list[index].created_ms : 0;
}
const char* vg_jobs_reason(const vg_jobs* jobs, size_t index) {
  return index < jobs->list.size() ? jobs->list[index].reason.c_str() : "";
}
const char* vg_jobs_request_json(const vg_jobs* jobs, size_t index) {
  return index < jobs->list.size() ? jobs->list[index].request.c_str() : "";
}

vg_status vg_pipeline_deliver(vg_pipeline* pipeline, const char* provider, const char* const* names,
                              const char* const* values, size_t count, const void* body, size_t size,
                              vg_error** error) {
  return guard(error, [&]() -> Status {
    std::map<std::string, std::string> headers;
    for (size_t i = 0; i < count; ++i) headers[text_or_empty(names[i])] = text_or_empty(values[i]);
    const std::string_view bytes(static_cast<const char*>(body), body != nullptr ? size : 0);
    return pipeline->pipeline.deliver(text_or_empty(provider), headers, bytes);
  });
}

vg_status vg_pipeline_clean(vg_pipeline* pipeline, vg_keep keep, int dry_run, int64_t* blobs, int64_t* bytes,
                            vg_error** error) {
  return vg_pipeline_clean_older(pipeline, keep, 0, dry_run, blobs, bytes, error);
}
vg_status vg_pipeline_clean_older(vg_pipeline* pipeline, vg_keep keep, int64_t seconds, int dry_run, int64_t* blobs,
                                  int64_t* bytes, vg_error** error) {
  return guard(error, [&]() -> Status {
    const std::chrono::seconds age(seconds);
    VIDGEN_TRY(report, pipeline->pipeline.clean(static_cast<Keep>(keep), dry_run != 0, age));
    if (blobs != nullptr) *blobs = report.blobs;
    if (bytes != nullptr) *bytes = report.bytes;
    return {};
  });
}

// ---- ledger

namespace {
bool is_open(const std::string& state) {
  for (const char* open : {"intent", "sent", "accepted", "running", "ambiguous"})
    if (state == open) return true;
  return false;
}
const AttemptRecord* entry(const vg_ledger* ledger, size_t index) {
  return index < ledger->list.size() ? &ledger->list[index] : nullptr;
}
}  // namespace

vg_status vg_pipeline_ledger(vg_pipeline* pipeline, const char* job, vg_ledger** ledger, vg_error** error) {
  return give(ledger, error, [&]() -> Result<std::unique_ptr<vg_ledger>> {
    VIDGEN_TRY(known, pipeline->pipeline.job(text_or_empty(job)));
    VIDGEN_TRY(list, pipeline->pipeline.attempts(known.id));
    auto out = std::make_unique<vg_ledger>();
    for (const AttemptRecord& one : list) {
      out->spent += one.settled;
      if (is_open(one.state)) out->reserved += one.reserved;
    }
    out->list = std::move(list);
    return out;
  });
}
void vg_ledger_free(vg_ledger* ledger) {
  delete ledger;
}
int64_t vg_ledger_spent(const vg_ledger* ledger) {
  return ledger->spent.micros();
}
int64_t vg_ledger_reserved(const vg_ledger* ledger) {
  return ledger->reserved.micros();
}
size_t vg_ledger_count(const vg_ledger* ledger) {
  return ledger->list.size();
}
const char* vg_ledger_step(const vg_ledger* ledger, size_t index) {
  return entry(ledger, index) != nullptr ? entry(ledger, index)->step.c_str() : "";
}
const char* vg_ledger_provider(const vg_ledger* ledger, size_t index) {
  return entry(ledger, index) != nullptr ? entry(ledger, index)->provider.c_str() : "";
}
const char* vg_ledger_provider_id(const vg_ledger* ledger, size_t index) {
  return entry(ledger, index) != nullptr ? entry(ledger, index)->provider_id.c_str() : "";
}
const char* vg_ledger_state(const vg_ledger* ledger, size_t index) {
  return entry(ledger, index) != nullptr ? entry(ledger, index)->state.c_str() : "";
}
int vg_ledger_attempt(const vg_ledger* ledger, size_t index) {
  return entry(ledger, index) != nullptr ? entry(ledger, index)->attempt : 0;
}
int64_t vg_ledger_entry_reserved(const vg_ledger* ledger, size_t index) {
  return entry(ledger, index) != nullptr ? entry(ledger, index)->reserved.micros() : 0;
}
int64_t vg_ledger_entry_spent(const vg_ledger* ledger, size_t index) {
  return entry(ledger, index) != nullptr ? entry(ledger, index)->settled.micros() : 0;
}
int64_t vg_ledger_time_ms(const vg_ledger* ledger, size_t index) {
  return entry(ledger, index) != nullptr ? entry(ledger, index)->time_ms : 0;
}

static_assert(static_cast<int>(Keep::final_) == VG_KEEP_FINAL);
