// SPDX-License-Identifier: Apache-2.0
// Models, templates, webhooks.
#include "base/json.hpp"
#include "python/src/common.hpp"
#include "vidgen/hosted.hpp"
#include "vidgen/model.hpp"
#include "vidgen/template.hpp"
#include "vidgen/webhook.hpp"

namespace vidgen::python {
namespace {

using base::Json;

Json row_of(const ModelProfile& m) {
  Json j = Json::object();
  j.set("name", m.name).set("aliases", m.aliases).set("provider", m.provider).set("id", m.id);
  j.set("kind", to_string(m.kind)).set("retired", m.retired).set("shortest_seconds", m.shortest_seconds());
  j.set("longest_seconds", m.longest_seconds()).set("date", m.date).set("source", m.source).set("note", m.note);
  j.set("price_kind", m.prices.empty() ? "" : to_string(m.prices.front().kind));
  j.set("price_micros", m.prices.empty() ? 0 : m.prices.front().amount.micros());
  return j;
}

Json row_of(const Template& t) {
  Json j = Json::object();
  std::vector<std::string> beats;
  for (const BeatTemplate& beat : t.beats) beats.push_back(beat.name);
  j.set("name", t.name).set("title", t.title).set("description", t.description).set("seconds", t.duration);
  j.set("beats", beats);
  return j;
}

}  // namespace

void bind_catalog(py::module_& m) {
  m.attr("default_model") = kDefaultModel;
  m.def(
      "models",
      [](const std::string& folder) {
        const ModelSet set = take(without_gil([&] { return ModelSet::load(folder); }));
        Json rows = Json::array();
        for (const auto& [name, profile] : set.models) rows.push(row_of(profile));
        return rows.dump();
      },
      py::arg("folder"));
  m.def(
      "find_model",
      [](const std::string& folder, const std::string& name) {
        const ModelSet set = take(without_gil([&] { return ModelSet::load(folder); }));
        return row_of(take(set.find(name))).dump();
      },
      py::arg("folder"), py::arg("name"));
  m.def(
      "templates",
      [](const std::string& folder) {
        const TemplateSet set = take(without_gil([&] { return TemplateSet::load(folder); }));
        Json rows = Json::array();
        for (const auto& [name, row] : set.templates) rows.push(row_of(row));
        return rows.dump();
      },
      py::arg("folder"));
  m.def(
      "webhook_verify",
      [](const std::string& secret, const std::map<std::string, std::string>& headers, const py::bytes& body,
         std::int64_t now, std::int64_t tolerance) {
        const std::string bytes = body;
        return take(webhook::verify(secret, headers, bytes, now, tolerance));
      },
      py::arg("secret"), py::arg("headers"), py::arg("body"), py::arg("now"), py::arg("tolerance"));
  m.def(
      "webhook_read",
      [](const std::string& provider, const py::bytes& body) {
        constexpr const char* kStates[] = {"queued", "running", "succeeded", "failed", "cancelled", "unknown"};
        const std::string bytes = body;
        const RemoteJob job = take(webhook::read(provider, bytes));
        Json j = Json::object();
        j.set("id", job.id).set("state", kStates[static_cast<int>(job.state)]).set("error", job.error);
        return j.dump();
      },
      py::arg("provider"), py::arg("body"));
  m.def("hosted_providers", &hosted_providers);
}

}  // namespace vidgen::python
