// SPDX-License-Identifier: Apache-2.0
// Plan as JSON, "vidgen.plan/1".
#include "base/json.hpp"
#include "base/try.hpp"
#include "vidgen/plan.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

using base::Json;
using base::Reader;

constexpr Errc kCode = Errc::json_invalid;
constexpr std::string_view kFailures[] = {"fail", "degrade", "ask"};

Json cost_value(Money least, Money likely, Money most) {
  Json j = Json::object();
  j.set("least", least.micros()).set("likely", likely.micros()).set("most", most.micros());
  return j;
}

Status read_cost(Reader& owner, Money& least, Money& likely, Money& most) {
  const Json& value = owner.take("micro_usd");
  Reader r(value, kCode, owner.path("micro_usd"));
  std::int64_t a = 0, b = 0, c = 0;
  r.get("least", a).get("likely", b).get("most", c);
  VIDGEN_CHECK(r.finish(true));
  least = Money::micros(a);
  likely = Money::micros(b);
  most = Money::micros(c);
  return {};
}

// Params are shown as the object they are; text that is not canonical JSON stays text, so nothing is lost.
Json params_value(const std::string& params) {
  auto parsed = Json::parse(params);
  if (parsed && parsed->is_object() && parsed->dump() == params) return std::move(*parsed);
  return params;
}

Json timeline_value(const Timeline& t) {
  return Json::parse(to_json(t)).value_or(Json::object());
}

Json value_of(const Step& s) {
  Json j = Json::object();
  j.set("id", s.id).set("kind", s.kind).set("version", s.version).set("phase", s.phase);
  j.set("params", params_value(s.params)).set("inputs", s.inputs).set("key", s.key).set("resource", s.resource);
  j.set("micro_usd", cost_value(s.least, s.likely, s.most)).set("seconds", s.seconds);
  j.set("on_failure", kFailures[static_cast<std::size_t>(s.on_failure)]).set("label", s.label);
  return j;
}

Status read(Reader& r, Step& s) {
  std::string failure;
  r.get("id", s.id).get("kind", s.kind).get("version", s.version).get("phase", s.phase).get("inputs", s.inputs);
  r.get("key", s.key).get("resource", s.resource).get("seconds", s.seconds).get("on_failure", failure);
  r.get("label", s.label);
  const Json& params = r.take("params");
  s.params = params.is_string() ? params.as_string() : params.is_null() ? std::string() : params.dump();
  bool known = false;
  for (std::size_t i = 0; i < std::size(kFailures); ++i)
    if (failure == kFailures[i]) {
      s.on_failure = static_cast<OnFailure>(i);
      known = true;
    }
  if (!known) r.fail("on_failure", "expected fail, degrade or ask");
  return read_cost(r, s.least, s.likely, s.most);
}

Json value_of(const PlanClip& c) {
  Json j = Json::object();
  j.set("step", c.step).set("chain", c.chain).set("index", c.index).set("start", c.start).set("length", c.length);
  j.set("seconds", c.seconds).set("used", c.used).set("handle", c.handle).set("overlap", c.overlap);
  j.set("waste", c.waste);
  return j;
}

Status read(Reader& r, PlanClip& c) {
  r.get("step", c.step).get("chain", c.chain).get("index", c.index).get("start", c.start).get("length", c.length);
  r.get("seconds", c.seconds).get("used", c.used).get("handle", c.handle).get("overlap", c.overlap);
  r.get("waste", c.waste);
  return {};
}

Json value_of(const PlanChain& c) {
  Json j = Json::object(), clips = Json::array();
  for (int i : c.clips) clips.push(i);
  j.set("first_beat", c.first_beat).set("last_beat", c.last_beat).set("start", c.start).set("length", c.length);
  j.set("clips", std::move(clips));
  return j;
}

Status read(Reader& r, PlanChain& c) {
  r.get("first_beat", c.first_beat).get("last_beat", c.last_beat).get("start", c.start).get("length", c.length);
  for (const Json& i : r.take("clips").items()) c.clips.push_back(static_cast<int>(i.as_int(-1)));
  return {};
}

Json value_of(const PlanTake& t) {
  Json j = Json::object(), steps = Json::array();
  for (const Step& s : t.steps) steps.push(value_of(s));
  j.set("clip", t.clip).set("take", t.take).set("how", t.how).set("steps", std::move(steps));
  return j;
}

Json value_of(const MeasuredLength& m) {
  Json j = Json::object();
  j.set("asked", m.asked).set("returned", m.returned);
  return j;
}

Status read(Reader& r, MeasuredLength& m) {
  r.get("asked", m.asked).get("returned", m.returned);
  return {};
}

template <class T>
Json list_of(const std::vector<T>& rows) {
  Json out = Json::array();
  for (const T& row : rows) out.push(value_of(row));
  return out;
}

Status read(Reader& r, PlanTake& t);

template <class T>
Status read_list(Reader& owner, std::string_view key, std::vector<T>& out) {
  const Json& rows = owner.take(key);
  if (!rows.is_array()) owner.fail(key, "expected a list");
  for (std::size_t i = 0; i < rows.items().size(); ++i) {
    Reader r(rows.items()[i], kCode, std::string(key) + "[" + std::to_string(i) + "]");
    out.emplace_back();
    VIDGEN_CHECK(read(r, out.back()));
    VIDGEN_CHECK(r.finish(true));
  }
  return {};
}

Status read(Reader& r, PlanTake& t) {
  r.get("clip", t.clip).get("take", t.take).get("how", t.how);
  return read_list(r, "steps", t.steps);
}

}  // namespace

std::string to_json(const Plan& p) {
  Json j = Json::object();
  j.set("schema", p.schema).set("revision", p.revision).set("spec", p.spec_source).set("model", p.model);
  j.set("image_model", p.image_model).set("music_model", p.music_model).set("continuity", p.continuity);
  j.set("frames", p.frames).set("fps", p.fps).set("micro_usd", cost_value(p.least, p.likely, p.most));
  j.set("eta", p.eta).set("waste", p.waste).set("critical_path", p.critical_path).set("notes", p.notes);
  j.set("replaced_transitions", p.replaced_transitions).set("chains", list_of(p.chains)).set("clips", list_of(p.clips));
  if (!p.measured.empty()) j.set("measured", list_of(p.measured));
  if (!p.takes.empty()) j.set("takes", list_of(p.takes));
  j.set("steps", list_of(p.steps)).set("timeline", timeline_value(p.timeline));
  return j.dump();
}

Result<Plan> plan_from_json(std::string_view json) {
  VIDGEN_TRY(root, Json::parse(json));
  Reader r(root, kCode);
  Plan p;
  r.get("schema", p.schema);
  if (p.schema != "vidgen.plan/1") r.fail("schema", "expected \"vidgen.plan/1\"");
  r.get("revision", p.revision).get("spec", p.spec_source).get("model", p.model).get("image_model", p.image_model);
  r.get("music_model", p.music_model).get("continuity", p.continuity).get("frames", p.frames).get("fps", p.fps);
  r.get("eta", p.eta).get("waste", p.waste).get("critical_path", p.critical_path).get("notes", p.notes);
  r.get("replaced_transitions", p.replaced_transitions);
  VIDGEN_CHECK(read_cost(r, p.least, p.likely, p.most));
  VIDGEN_CHECK(read_list(r, "chains", p.chains));
  VIDGEN_CHECK(read_list(r, "clips", p.clips));
  VIDGEN_CHECK(read_list(r, "steps", p.steps));
  if (root["measured"].is_array()) VIDGEN_CHECK(read_list(r, "measured", p.measured));
  if (root["takes"].is_array()) VIDGEN_CHECK(read_list(r, "takes", p.takes));
  VIDGEN_TRY(timeline, timeline_from_json(r.take("timeline").dump()));
  p.timeline = std::move(timeline);
  VIDGEN_CHECK(r.finish(true));
  return p;
}

VIDGEN_NAMESPACE_END
