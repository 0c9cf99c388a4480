// SPDX-License-Identifier: Apache-2.0
// Models, templates and webhooks.
#include "capi/src/common.hpp"
#include "vidgen/model.hpp"
#include "vidgen/template.hpp"
#include "vidgen/webhook.hpp"

using namespace vidgen;
using namespace vidgen::capi;

struct vg_models {
  ModelSet set;
  std::vector<const ModelProfile*> list;  // of `set`, by name
};

struct vg_templates {
  TemplateSet set;
  std::vector<const Template*> list;
};

namespace {

const ModelProfile* model(const vg_models* models, size_t index) {
  return index < models->list.size() ? models->list[index] : nullptr;
}
const Template* one(const vg_templates* templates, size_t index) {
  return index < templates->list.size() ? templates->list[index] : nullptr;
}

}  // namespace

vg_status vg_models_load(const char* folder, vg_models** models, vg_error** error) {
  return give(models, error, [&]() -> Result<std::unique_ptr<vg_models>> {
    auto made = std::make_unique<vg_models>();
    VIDGEN_TRY(set, ModelSet::load(text_or_empty(folder)));
    made->set = std::move(set);
    for (const auto& [name, profile] : made->set.models) made->list.push_back(&profile);
    return made;
  });
}
void vg_models_free(vg_models* models) {
  delete models;
}
size_t vg_models_count(const vg_models* models) {
  return models->list.size();
}
vg_status vg_models_find(const vg_models* models, const char* name, size_t* index, vg_error** error) {
  return guard(error, [&]() -> Status {
    VIDGEN_CHECK(needs(index, "index"));
    *index = 0;
    VIDGEN_TRY(found, models->set.find(text_or_empty(name)));
    while (models->list[*index]->name != found.name) ++*index;
    return {};
  });
}
const char* vg_models_name(const vg_models* models, size_t index) {
  return model(models, index) != nullptr ? model(models, index)->name.c_str() : "";
}
const char* vg_models_provider(const vg_models* models, size_t index) {
  return model(models, index) != nullptr ? model(models, index)->provider.c_str() : "";
}
const char* vg_models_kind(const vg_models* models, size_t index) {
  return model(models, index) != nullptr ? to_string(model(models, index)->kind).data() : "";
}
const char* vg_models_retired(const vg_models* models, size_t index) {
  return model(models, index) != nullptr ? model(models, index)->retired.c_str() : "";
}
int64_t vg_models_shortest_ms(const vg_models* models, size_t index) {
  return model(models, index) != nullptr ? ms(model(models, index)->shortest_seconds()) : 0;
}
int64_t vg_models_longest_ms(const vg_models* models, size_t index) {
  return model(models, index) != nullptr ? ms(model(models, index)->longest_seconds()) : 0;
}
int64_t vg_models_price(const vg_models* models, size_t index) {
  const ModelProfile* m = model(models, index);
  return m != nullptr && !m->prices.empty() ? m->prices.front().amount.micros() : 0;
}
const char* vg_models_price_kind(const vg_models* models, size_t index) {
  const ModelProfile* m = model(models, index);
  return m != nullptr && !m->prices.empty() ? to_string(m->prices.front().kind).data() : "";
}
const char* vg_models_date(const vg_models* models, size_t index) {
  return model(models, index) != nullptr ? model(models, index)->date.c_str() : "";
}

vg_status vg_templates_load(const char* folder, vg_templates** templates, vg_error** error) {
  return give(templates, error, [&]() -> Result<std::unique_ptr<vg_templates>> {
    auto made = std::make_unique<vg_templates>();
    VIDGEN_TRY(set, TemplateSet::load(text_or_empty(folder)));
    made->set = std::move(set);
    for (const auto& [name, row] : made->set.templates) made->list.push_back(&row);
    return made;
  });
}
void vg_templates_free(vg_templates* templates) {
  delete templates;
}
size_t vg_templates_count(const vg_templates* templates) {
  return templates->list.size();
}
const char* vg_templates_name(const vg_templates* templates, size_t index) {
  return one(templates, index) != nullptr ? one(templates, index)->name.c_str() : "";
}
const char* vg_templates_title(const vg_templates* templates, size_t index) {
  return one(templates, index) != nullptr ? one(templates, index)->title.c_str() : "";
}
const char* vg_templates_description(const vg_templates* templates, size_t index) {
  return one(templates, index) != nullptr ? one(templates, index)->description.c_str() : "";
}
int64_t vg_templates_duration_ms(const vg_templates* templates, size_t index) {
  return one(templates, index) != nullptr ? ms(one(templates, index)->duration) : 0;
}
size_t vg_templates_beat_count(const vg_templates* templates, size_t index) {
  return one(templates, index) != nullptr ? one(templates, index)->beats.size() : 0;
}

// ---- webhooks

vg_status vg_webhook_verify(const char* secret, const char* const* names, const char* const* values, size_t count,
                            const void* body, size_t size, int64_t now_s, char** id, vg_error** error) {
  if (id != nullptr) *id = nullptr;
  return guard(error, [&]() -> Status {
    webhook::Headers headers;
    for (size_t i = 0; i < count; ++i) headers[text_or_empty(names[i])] = text_or_empty(values[i]);
    const std::string_view bytes(static_cast<const char*>(body), body != nullptr ? size : 0);
    VIDGEN_TRY(genuine, webhook::verify(text_or_empty(secret), headers, bytes, now_s));
    return id != nullptr ? put_string(id, genuine) : Status();
  });
}
vg_status vg_webhook_read(const char* provider, const void* body, size_t size, char** job, int* ended,
                          vg_error** error) {
  *job = nullptr;
  return guard(error, [&]() -> Status {
    const std::string_view bytes(static_cast<const char*>(body), body != nullptr ? size : 0);
    VIDGEN_TRY(remote, webhook::read(text_or_empty(provider), bytes));
    VIDGEN_CHECK(put_string(job, remote.id));
    if (ended != nullptr)
      *ended = remote.state == RemoteState::succeeded || remote.state == RemoteState::failed ||
               remote.state == RemoteState::cancelled;
    return {};
  });
}
