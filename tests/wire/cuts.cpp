// SPDX-License-Identifier: Apache-2.0
// Cuts the connection to an emulated provider at chosen bytes of one kind of exchange, once per prediction, and looks
// what becomes of it: cuts.py starts the emulator and this.
//
//   wire_cuts CONTROL BASE beast|curl OPERATION request|response reset|close FROM TO STEP
//
// OPERATION: create, get, list or download. TO below 0: nothing is cut. Prints a line of JSON; `wrong` has what must never
// be.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <cstdio>
#include <cstdlib>
#include <map>

#include "backends/hosted.hpp"
#include "backends/table.hpp"
#include "base/json.hpp"
#include "store/file_store.hpp"
#include "support/temp.hpp"
#include "vidgen/transport.hpp"

namespace vidgen {
namespace {

using base::Json;

constexpr double kSpeed = 1000;
// What a cut may be called. Not `timeout`: a connection that broke is no silence.
constexpr Errc kTyped[] = {Errc::network, Errc::ambiguous, Errc::answer_invalid};

struct Plan {
  std::string control, base, transport, operation, side, how;
  int from = 0, to = -1, step = 1;
};

// An operation of ours in the emulator's words.
std::string pattern_of(const std::string& operation) {
  if (operation == "create") return "*predictions.create";
  if (operation == "download") return "delivery*";
  return "predictions." + operation;
}

class Stand {
 public:
  explicit Stand(Plan plan) : plan_(std::move(plan)) {
    TransportOptions options;
    options.allow_private = true;
    transport_ = plan_.transport == "curl" ? *curl_transport(options) : beast_transport(options);
    set_ = *ModelSet::load();
  }

  int run() {
    made_before_ = predictions(0).size();
    const auto charged_before = charged();
    if (plan_.to < 0) one(-1);
    for (int at = plan_.from; at < plan_.to; at += plan_.step) one(at);
    if (charged() - charged_before != cost_.micros())
      wrong("the provider charged " + std::to_string(charged() - charged_before) + ", known are " + std::to_string(cost_.micros()));
    print();
    return wrong_.empty() ? 0 : 1;
  }

 private:
  // ---- one prediction with one cut
  void one(int at) {
    ++cuts_;
    at_ = at;
    const bool creates = plan_.operation == "create";
    set_rule(creates ? at : -1);
    open_backend();
    const std::optional<RemoteJob> job = created();
    if (!job) return;
    const RemoteJob end = ended(job->id);
    if (end.state != RemoteState::succeeded) return wrong("it ended otherwise: " + end.error);
    cost_ += end.cost.value_or(Money());
    if (!creates) set_rule(at);
    if (plan_.operation == "get") look_again(end);
    if (plan_.operation == "list") look_for(end.id);
    if (plan_.operation == "download") fetch(end.id);
    check_books(end.id);
  }

  // One that knows nothing yet, as after a start. No cut profits from what another one taught.
  void open_backend() {
    HostedOptions options;
    options.key = "token-" + plan_.transport + plan_.operation + plan_.side + plan_.how + std::to_string(at_);
    options.base_url = plan_.base;
    options.transport = transport_;
    options.speed = kSpeed;
    options.settle = 20;
    options.seed = 1;
    backend_ = std::make_shared<backends::HostedBackend>(backends::replicate(), options);
  }

  // A lost answer is looked for; what was not accepted is made once more.
  std::optional<RemoteJob> created() {
    for (attempt_.number = 1; attempt_.number <= 2; ++attempt_.number) {
      attempt_.job = "job", attempt_.key = "key";
      attempt_.seed = static_cast<std::uint32_t>(41 + attempt_.number);
      attempt_.deadline = 600;
      attempt_.model = context().model->id;
      BackendContext at = context();
      at.sending = [this](Sending what) -> Async<Status> {
        attempt_.sent_ms = what.sent_ms;
        co_return Status();
      };
      GenerationRequest wanted = request();
      auto job = wait(backend_->create(wanted, GenerationInputs(), attempt_, at));
      if (job) return *job;
      note(job.error());
      if (job.error().code() != Errc::ambiguous) continue;
      auto found = wait(backend_->find(attempt_, context()));
      if (!found) return wrong("it could not be looked for: " + found.error().describe()), std::nullopt;
      ++(*found ? found_ : lost_);
      if (*found) return **found;
    }
    return wrong("it could not be made"), std::nullopt;
  }

  Result<RemoteJob> asked(const std::string& id) {
    auto job = wait(backend_->get(id, context()));
    if (!job) note(job.error());
    return job;
  }

  void look_again(const RemoteJob& end) {
    open_backend();
    for (int made = 0; made < 2; ++made)
      if (auto job = asked(end.id))
        return job->state == end.state && job->cost == end.cost ? void() : wrong("it ended otherwise, asked again");
    wrong("it could not be asked after");
  }

  void look_for(const std::string& id) {
    open_backend();
    for (int made = 0; made < 2; ++made) {
      auto found = wait(backend_->find(attempt_, context()));
      if (found && *found && (*found)->id == id) return;
      if (found) return wrong("the list did not show it");
      note(found.error());
    }
    wrong("it was not found");
  }

  RemoteJob ended(const std::string& id) {
    RemoteJob last;
    for (int tries = 0; tries < 2000 && !backends::has_ended(last.state); ++tries)
      if (auto job = asked(id)) last = *job;
    return last;
  }

  void fetch(const std::string& id) {
    for (int made = 0; made < 2; ++made) {
      auto assets = wait(backend_->fetch(id, context()));
      if (!assets) {
        note(assets.error());
        continue;
      }
      if (sha256_.empty()) sha256_ = assets->front().sha256;
      if (assets->front().sha256 != sha256_) wrong("other bytes were stored");
      return;
    }
    wrong("it could not be fetched");
  }

  // ---- the emulator's side
  HttpResponse control(const std::string& path, const Json& body) {
    HttpRequest r;
    r.url = plan_.control + path;
    if (!body.is_null()) r.method = "POST", r.body = body.dump();
    return wait(own_->exchange(r));
  }
  Json ask(const std::string& path) {
    auto parsed = Json::parse(control(path, Json()).body);
    return parsed ? *parsed : Json();
  }
  std::vector<Json> predictions(std::size_t after) {
    return ask("/predictions?limit=1000000&after=" + std::to_string(after))["predictions"].items();
  }
  std::int64_t charged() { return ask("/ledger")["total_micro"].as_int(); }
  void set_rule(int at) {
    Json rules = Json::array();
    if (at >= 0) {
      Json rule = Json::object();
      rule.set("operation", pattern_of(plan_.operation)).set("nth", 1).set("do", "cut_" + plan_.side);
      rules.push(rule.set("at", at).set("how", plan_.how));
    }
    if (control("/scenario", Json::object().set("faults", rules)).status != 200) wrong("the rule was refused");
  }
  // One prediction, and it is the one that is known here: nothing was made twice, nothing is unknown.
  void check_books(const std::string& id) {
    const auto made = predictions(made_before_);
    if (made.size() != 1 || made.front()["id"].as_string() != id)
      wrong(std::to_string(made.size()) + " predictions were made for one");
    made_before_ += made.size();
  }

  // ---- small things
  GenerationRequest request() {
    GenerationRequest r;
    r.kind = ModelKind::image;
    r.model = "flux-schnell";
    r.role = "keyframe";
    r.prompt = "a kettle boils";
    r.size = context().size;
    return r;
  }
  BackendContext context() {
    BackendContext c;
    c.store = store_;
    c.pool = loop_.get_executor();
    c.job = "job";
    c.model = std::make_shared<const ModelProfile>(*set_.find("flux-schnell"));
    c.size = Size(1024, 1024);
    return c;
  }
  template <class T>
  T wait(Async<T> work) {
    std::future<T> future = asio::co_spawn(loop_, std::move(work), asio::use_future);
    loop_.restart();
    loop_.run();
    return future.get();
  }
  void note(const Error& error) {
    ++errors_[std::string(errc_row(error.code()).name)];
    if (std::find(std::begin(kTyped), std::end(kTyped), error.code()) == std::end(kTyped)) wrong(error.describe());
  }
  void wrong(const std::string& what) { wrong_.push_back("at " + std::to_string(at_) + ": " + what); }

  void print() {
    Json errors = Json::object(), out = Json::object();
    for (const auto& [name, count] : errors_) errors.set(name, count);
    out.set("cuts", cuts_).set("found", found_).set("lost", lost_).set("errors", errors).set("wrong", wrong_);
    std::printf("%s\n", out.dump().c_str());
  }

  Plan plan_;
  asio::io_context loop_;
  test::TempFolder folder_;
  std::shared_ptr<Store> store_ = *store::open_file_store(folder_.path());
  std::shared_ptr<Transport> own_ = beast_transport(TransportOptions()), transport_;
  std::shared_ptr<backends::HostedBackend> backend_;
  ModelSet set_;
  Attempt attempt_;
  int at_ = -1, cuts_ = 0, found_ = 0, lost_ = 0;
  std::size_t made_before_ = 0;
  Money cost_;
  std::string sha256_;
  std::map<std::string, int> errors_;
  std::vector<std::string> wrong_;
};

}  // namespace
}  // namespace vidgen

int main(int argc, char** argv) {
  if (argc != 10) return 2;
  vidgen::Plan plan;
  plan.control = argv[1], plan.base = argv[2], plan.transport = argv[3];
  plan.operation = argv[4], plan.side = argv[5], plan.how = argv[6];
  plan.from = std::atoi(argv[7]), plan.to = std::atoi(argv[8]), plan.step = std::max(1, std::atoi(argv[9]));
  return vidgen::Stand(std::move(plan)).run();
}
