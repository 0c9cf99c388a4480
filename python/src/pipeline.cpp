// SPDX-License-Identifier: Apache-2.0
#include "vidgen/pipeline.hpp"

#include <atomic>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/execution/blocking.hpp>
#include <boost/asio/require.hpp>
#include <condition_variable>

#include "python/src/bridges.hpp"
#include "python/src/common.hpp"
#include "vidgen/local.hpp"

namespace vidgen::python {
namespace {

// Shared by a Pipeline and its Jobs: the library's pipeline, until it is closed.
struct Open {
  explicit Open(Config config) : pipeline(std::make_shared<Pipeline>(std::move(config))), pid(::getpid()) {}
  ~Open() {
    if (!pipeline) return;
    // Threads of the library may want the GIL before they end.
    if (PyGILState_Check() != 0)
      without_gil([&] { pipeline.reset(); });
  }
  // For one call: another thread may close meanwhile, and waits for it.
  std::shared_ptr<Pipeline> get() {
    if (!pipeline) raise(Error(Errc::closed, "this pipeline was closed: make a new one"));
    return pipeline;
  }
  // Not from within the call that it completes.
  asio::any_io_executor later() { return asio::require(get()->executor(), asio::execution::blocking.never); }

  std::shared_ptr<Pipeline> pipeline;  // read and changed with the GIL
  const pid_t pid;
};
using OpenPtr = std::shared_ptr<Open>;

// Hands a result to Python's `done(value, error)`, from a thread of the library.
template <class Value, class Make>
auto handing_to(py::object done, Make make) {
  return [call = keep(std::move(done)), make](Value value) {
    py::gil_scoped_acquire gil;
    try {
      make(*call, std::move(value));
    } catch (py::error_already_set& e) {
      e.discard_as_unraisable("a callback of vidgen");
    }
  };
}

// A place where the next event waits until somebody asks for it.
struct Mailbox {
  std::mutex mutex;
  std::condition_variable arrived;
  bool asked = false, there = false;
  std::optional<Event> event;
};

class PyJob {
 public:
  PyJob(OpenPtr open, Job job) : open_(std::move(open)), job_(std::move(job)) {}

  std::string id() const { return job_.id(); }
  std::string status() const { return std::string(to_string(job_.status())); }

  py::object wait(std::optional<double> timeout) {
    if (!wait_with_signals([&](auto time) { return job_.wait_for(time); }, timeout)) return py::none();
    return py::str(to_json(take(without_gil([&] { return job_.wait(); }))));
  }

  py::object next_event(std::optional<double> timeout) {
    ask();
    auto ready = [&](auto time) {
      std::unique_lock lock(box_->mutex);
      return box_->arrived.wait_for(lock, time, [&] { return box_->there; });
    };
    if (!wait_with_signals(ready, timeout)) {
      PyErr_SetString(PyExc_TimeoutError, "no event came in that time");
      throw py::error_already_set();
    }
    std::lock_guard lock(box_->mutex);
    box_->asked = box_->there = false;
    return box_->event ? py::object(py::str(to_json(*box_->event))) : py::object(py::none());
  }

  std::vector<std::string> events(std::int64_t after) const {
    std::vector<std::string> out;
    for (const Event& e : take(without_gil([&] { return job_.events(after); }))) out.push_back(to_json(e));
    return out;
  }

  std::string advance(double seconds) {
    const auto slice = std::chrono::milliseconds(static_cast<std::int64_t>(std::clamp(seconds, 0.0, 1e8) * 1000));
    if (wait_with_signals([&](auto time) { return job_.wait_for(time); }, std::chrono::duration<double>(slice).count()))
      return status();
    job_.interrupt();
    (void)without_gil([&] { return job_.wait(); });
    return status();
  }

  void cancel() {
    without_gil([&] { job_.cancel(); });
  }
  void interrupt() {
    without_gil([&] { job_.interrupt(); });
  }

  void next_event_async(py::object done) {
    auto make = [](py::object& call, std::optional<Event> event) {
      if (event)
        call(to_json(*event), py::none());
      else
        call(py::none(), py::none());
    };
    auto handler = handing_to<std::optional<Event>>(std::move(done), make);
    auto executor = open_->later();
    without_gil([&] { job_.async_next_event(asio::bind_executor(executor, std::move(handler))); });
  }

  void wait_async(py::object done) {
    auto make = [](py::object& call, Result<Film> film) {
      if (film)
        call(to_json(*film), py::none());
      else
        call(py::none(), exception_of(film.error()));
    };
    auto handler = handing_to<Result<Film>>(std::move(done), make);
    auto executor = open_->later();
    without_gil([&] { job_.async_wait(asio::bind_executor(executor, std::move(handler))); });
  }

  PyJob again() const {
    if (open_->pipeline && ::getpid() == open_->pid)
      if (auto same = without_gil([&] { return open_->pipeline->attach(job_.id()); })) return PyJob(open_, *same);
    return PyJob(open_, job_);
  }

 private:
  // Asks once; the answer stays in the mailbox when nobody waits for it any more.
  void ask() {
    {
      std::lock_guard lock(box_->mutex);
      if (box_->asked) return;
      box_->asked = true;
    }
    auto arrived = [box = box_](std::optional<Event> event) {
      std::lock_guard lock(box->mutex);
      box->event = std::move(event);
      box->there = true;
      box->arrived.notify_all();
    };
    without_gil([&] {
      if (open_->pipeline)
        job_.async_next_event(asio::bind_executor(open_->later(), std::move(arrived)));
      else
        job_.async_next_event(std::move(arrived));
    });
  }

  OpenPtr open_;
  Job job_;
  std::shared_ptr<Mailbox> box_ = std::make_shared<Mailbox>();
};

std::string text_of(const py::dict& options, const char* name) {
  return options.contains(name) ? std::string(py::str(options[name])) : std::string();
}

void set_text(const py::dict& options, const char* name, std::string& field) {
  if (std::string text = text_of(options, name); !text.empty()) field = std::move(text);
}

void set_money(const py::dict& options, const char* name, std::optional<Money>& field) {
  if (options.contains(name)) field = Money::micros(options[name].cast<std::int64_t>());
}

Config config_of(const py::dict& options, const std::vector<py::object>& backends,
                 const std::vector<py::object>& phases, const py::object& log, int log_level) {
  Config config = Config::from_env();
  set_text(options, "workspace", config.workspace);
  set_text(options, "journal_url", config.journal_url);
  set_text(options, "template_folder", config.template_folder);
  set_text(options, "model_folder", config.model_folder);
  set_text(options, "soundfont", config.soundfont);
  set_text(options, "language_model", config.language_model);
  set_text(options, "webhook_url", config.webhook_url);
  set_text(options, "webhook_secret", config.webhook_secret);
  set_money(options, "budget_micros", config.budget);
  set_money(options, "budget_per_account_micros", config.limits.per_account);
  set_money(options, "budget_per_day_micros", config.limits.per_day);
  if (options.contains("threads")) config.threads = options["threads"].cast<int>();
  LocalOptions local;
  local.soundfont = config.soundfont;
  config.backends.add(load_local_backend(local));
  for (const py::object& backend : backends) config.backends.add(backend_of(backend));
  if (!phases.empty()) config.phases = default_phases();
  for (const py::object& phase : phases) config.phases.push_back(phase_of(phase));
  if (!log.is_none()) {
    config.log.level = static_cast<LogLevel>(std::clamp(log_level, 0, 4));
    config.log.write = [call = keep(log)](LogLevel level, std::string_view line) {
      py::gil_scoped_acquire gil;
      try {
        (*call)(static_cast<int>(level), std::string(line));
      } catch (py::error_already_set& e) {
        e.discard_as_unraisable("the log function of vidgen");
      }
    };
  }
  return config;
}

Request request_of(const std::string& json) {
  return take(request_from_json(json));
}

// shot, mode ("": as the library says), prompt, take, budget in micro-dollars.
using RedoWords = std::tuple<int, std::string, std::string, int, std::optional<std::int64_t>>;

RedoRequest redo_request(const RedoWords& words) {
  const auto& [shot, mode, prompt, number, micros] = words;
  RedoRequest out;
  out.shot = shot;
  out.take = number;
  out.prompt = prompt;
  if (!mode.empty()) out.mode = take(parse_redo_mode(mode));
  if (micros) out.budget = Money::micros(*micros);
  return out;
}

class PyPipeline {
 public:
  PyPipeline(const py::dict& options, const std::vector<py::object>& backends, const std::vector<py::object>& phases,
             const py::object& log, int log_level)
      : open_(std::make_shared<Open>(config_of(options, backends, phases, log, log_level))) {}

  std::string plan(const std::string& json) {
    const Request request = request_of(json);
    const std::shared_ptr<Pipeline> p = open_->get();
    return to_json(take(without_gil([&] { return p->plan(request); })));
  }
  std::string spec(const std::string& json) {
    const Request request = request_of(json);
    const std::shared_ptr<Pipeline> p = open_->get();
    return to_json(take(without_gil([&] { return p->spec(request); })));
  }
  PyJob submit(const std::string& json, const std::string& id) {
    const Request request = request_of(json);
    const std::shared_ptr<Pipeline> p = open_->get();
    return PyJob(open_, take(without_gil([&] { return p->submit(request, id); })));
  }
  PyJob attach(const std::string& id) {
    const std::shared_ptr<Pipeline> p = open_->get();
    return PyJob(open_, take(without_gil([&] { return p->attach(id); })));
  }
  PyJob redo(const std::string& id, const RedoWords& words) {
    const RedoRequest request = redo_request(words);
    const std::shared_ptr<Pipeline> p = open_->get();
    return PyJob(open_, take(without_gil([&] { return p->redo(id, request); })));
  }
  std::tuple<std::string, std::string, std::string> redo_plan(const std::string& id, const RedoWords& words) {
    const RedoRequest request = redo_request(words);
    const std::shared_ptr<Pipeline> p = open_->get();
    const RedoPlan made = take(without_gil([&] { return p->redo_plan(id, request); }));
    return {to_json(made.plan), to_json(made.refresh), std::string(to_string(made.mode))};
  }
  std::string refresh(const std::string& json) {
    const Plan plan = take(plan_from_json(json));
    const std::shared_ptr<Pipeline> p = open_->get();
    return to_json(take(without_gil([&] { return p->refresh(plan); })));
  }
  std::vector<std::string> jobs() {
    const std::shared_ptr<Pipeline> p = open_->get();
    std::vector<std::string> out;
    for (const JobRecord& r : take(without_gil([&] { return p->jobs(); }))) out.push_back(to_json(r));
    return out;
  }
  std::string job(const std::string& id) {
    const std::shared_ptr<Pipeline> p = open_->get();
    return to_json(take(without_gil([&] { return p->job(id); })));
  }
  std::vector<std::string> attempts(const std::string& id) {
    const std::shared_ptr<Pipeline> p = open_->get();
    (void)take(without_gil([&] { return p->job(id); }));
    std::vector<std::string> out;
    for (const AttemptRecord& r : take(without_gil([&] { return p->attempts(id); }))) out.push_back(to_json(r));
    return out;
  }
  void set_on_ambiguous(const std::string& id, const std::string& what) {
    const std::shared_ptr<Pipeline> p = open_->get();
    const OnAmbiguous answer = take(parse_on_ambiguous(what));
    take(without_gil([&] { return p->set_on_ambiguous(id, answer); }));
  }
  void set_budget(const std::string& id, std::int64_t micros) {
    const std::shared_ptr<Pipeline> p = open_->get();
    take(without_gil([&] { return p->set_budget(id, Money::micros(micros)); }));
  }
  void cancel(const std::string& id) {
    const std::shared_ptr<Pipeline> p = open_->get();
    take(without_gil([&] { return p->cancel(id); }));
  }
  py::tuple clean(const std::string& keep_word, bool dry_run, std::int64_t older_than) {
    Keep keep = Keep::selected;
    if (keep_word == "all")
      keep = Keep::all;
    else if (keep_word == "final")
      keep = Keep::final_;
    else if (keep_word != "selected")
      raise(Error(Errc::invalid_argument, "keep is \"all\", \"selected\" or \"final\", not \"" + keep_word + "\""));
    const std::shared_ptr<Pipeline> p = open_->get();
    const CleanReport report = take(without_gil([&] { return p->clean(keep, dry_run, std::chrono::seconds(older_than)); }));
    return py::make_tuple(report.blobs, report.bytes);
  }
  void deliver(const std::string& provider, const std::map<std::string, std::string>& headers, const py::bytes& body) {
    const std::string bytes = body;
    const std::shared_ptr<Pipeline> p = open_->get();
    take(without_gil([&] { return p->deliver(provider, headers, bytes); }));
  }
  std::string folder(const std::string& id) { return open_->get()->folder(id); }

  void close() {
    if (!open_->pipeline) return;
    std::shared_ptr<Pipeline> last = std::move(open_->pipeline);
    without_gil([&] {
      // Calls of other threads end first: they have the pipeline for as long as they need it.
      while (last.use_count() > 1) std::this_thread::sleep_for(std::chrono::milliseconds(1));
      last.reset();
    });
  }
  bool closed() const { return open_->pipeline == nullptr; }

  void plan_async(const std::string& json, py::object done) {
    const Request request = request_of(json);
    const std::shared_ptr<Pipeline> p = open_->get();
    auto make = [](py::object& call, Result<Plan> plan) {
      if (plan)
        call(to_json(*plan), py::none());
      else
        call(py::none(), exception_of(plan.error()));
    };
    auto handler = handing_to<Result<Plan>>(std::move(done), make);
    without_gil([&] { p->async_plan(request, std::move(handler)); });
  }
  void submit_async(const std::string& json, const std::string& id, py::object done) {
    const Request request = request_of(json);
    const std::shared_ptr<Pipeline> p = open_->get();
    auto handler = job_handler(std::move(done));
    without_gil([&] { p->async_submit(request, id, std::move(handler)); });
  }
  void attach_async(const std::string& id, py::object done) {
    const std::shared_ptr<Pipeline> p = open_->get();
    auto handler = job_handler(std::move(done));
    without_gil([&] { p->async_attach(id, std::move(handler)); });
  }

  void redo_async(const std::string& id, const RedoWords& words, py::object done) {
    const RedoRequest request = redo_request(words);
    const std::shared_ptr<Pipeline> p = open_->get();
    auto handler = job_handler(std::move(done));
    without_gil([&] { p->async_redo(id, request, std::move(handler)); });
  }

 private:
  std::function<void(Result<Job>)> job_handler(py::object done) {
    auto make = [open = std::weak_ptr<Open>(open_)](py::object& call, Result<Job> job) {
      auto strong = open.lock();
      if (job && strong)
        call(PyJob(strong, *job), py::none());
      else
        call(py::none(), exception_of(job ? Error(Errc::closed, "the pipeline was closed meanwhile") : job.error()));
    };
    return handing_to<Result<Job>>(std::move(done), make);
  }

  OpenPtr open_;
};

}  // namespace

void bind_pipeline(py::module_& m) {
  py::class_<PyJob>(m, "Job", py::is_final())
      .def_property_readonly("id", &PyJob::id)
      .def_property_readonly("status", &PyJob::status)
      .def("wait", &PyJob::wait, py::arg("timeout"))
      .def("next_event", &PyJob::next_event, py::arg("timeout"))
      .def("events", &PyJob::events, py::arg("after"))
      .def("advance", &PyJob::advance, py::arg("seconds"))
      .def("cancel", &PyJob::cancel)
      .def("interrupt", &PyJob::interrupt)
      .def("next_event_async", &PyJob::next_event_async, py::arg("done"))
      .def("wait_async", &PyJob::wait_async, py::arg("done"))
      .def("again", &PyJob::again);
  py::class_<PyPipeline>(m, "Pipeline", py::is_final())
      .def(py::init<const py::dict&, const std::vector<py::object>&, const std::vector<py::object>&, const py::object&,
                    int>(),
           py::arg("options"), py::arg("backends"), py::arg("phases"), py::arg("log"), py::arg("log_level"))
      .def("plan", &PyPipeline::plan, py::arg("request"))
      .def("spec", &PyPipeline::spec, py::arg("request"))
      .def("submit", &PyPipeline::submit, py::arg("request"), py::arg("id"))
      .def("attach", &PyPipeline::attach, py::arg("id"))
      .def("redo", &PyPipeline::redo, py::arg("id"), py::arg("words"))
      .def("redo_plan", &PyPipeline::redo_plan, py::arg("id"), py::arg("words"))
      .def("refresh", &PyPipeline::refresh, py::arg("plan"))
      .def("jobs", &PyPipeline::jobs)
      .def("job", &PyPipeline::job, py::arg("id"))
      .def("attempts", &PyPipeline::attempts, py::arg("id"))
      .def("cancel", &PyPipeline::cancel, py::arg("id"))
      .def("set_on_ambiguous", &PyPipeline::set_on_ambiguous, py::arg("id"), py::arg("what"))
      .def("set_budget", &PyPipeline::set_budget, py::arg("id"), py::arg("micros"))
      .def("clean", &PyPipeline::clean, py::arg("keep"), py::arg("dry_run"), py::arg("older_than"))
      .def("deliver", &PyPipeline::deliver, py::arg("provider"), py::arg("headers"), py::arg("body"))
      .def("folder", &PyPipeline::folder, py::arg("id"))
      .def("close", &PyPipeline::close)
      .def_property_readonly("closed", &PyPipeline::closed)
      .def("plan_async", &PyPipeline::plan_async, py::arg("request"), py::arg("done"))
      .def("submit_async", &PyPipeline::submit_async, py::arg("request"), py::arg("id"), py::arg("done"))
      .def("attach_async", &PyPipeline::attach_async, py::arg("id"), py::arg("done"))
      .def("redo_async", &PyPipeline::redo_async, py::arg("id"), py::arg("words"), py::arg("done"));
}

}  // namespace vidgen::python
