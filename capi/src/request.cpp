// SPDX-License-Identifier: Apache-2.0
#include "capi/src/common.hpp"
#include "capi/src/handles.hpp"

using namespace vidgen;
using namespace vidgen::capi;

namespace {
vg_status set(std::string& field, const char* value, vg_error** error) {
  return guard(error, [&]() -> Status {
    field = text_or_empty(value);
    return {};
  });
}
}  // namespace

vg_status vg_request_new(const char* prompt, vg_request** request, vg_error** error) {
  return give(request, error, [&]() -> Result<std::unique_ptr<vg_request>> {
    auto made = std::make_unique<vg_request>();
    made->request.prompt = text_or_empty(prompt);
    return made;
  });
}
vg_status vg_request_from_json(const char* json, vg_request** request, vg_error** error) {
  return give(request, error, [&]() -> Result<std::unique_ptr<vg_request>> {
    VIDGEN_CHECK(needs(json, "json"));
    VIDGEN_TRY(read, request_from_json(json));
    auto made = std::make_unique<vg_request>();
    made->request = std::move(read);
    return made;
  });
}
void vg_request_free(vg_request* request) {
  delete request;
}
vg_status vg_request_json(const vg_request* request, char** json, vg_error** error) {
  *json = nullptr;
  return guard(error, [&]() -> Status {
    return put_string(json, to_json(request->request));
  });
}

#define VG_TEXT(name, field)                                                                \
  const char* vg_request_##name(const vg_request* r) { return r->request.field.c_str(); }   \
  vg_status vg_request_set_##name(vg_request* r, const char* value, vg_error** error) {     \
    return set(r->request.field, value, error);                                             \
  }
VG_TEXT(prompt, prompt)
VG_TEXT(template, template_name)
VG_TEXT(aspect, aspect)
VG_TEXT(backend, backend)
VG_TEXT(model, model)
VG_TEXT(preset, preset)
VG_TEXT(grade, grade)
VG_TEXT(music, music_file)
VG_TEXT(out, out)
#undef VG_TEXT

int64_t vg_request_duration_ms(const vg_request* r) {
  return r->request.duration ? r->request.duration->count() : 0;
}
void vg_request_set_duration_ms(vg_request* r, int64_t ms) {
  r->request.duration = ms == 0 ? std::optional<std::chrono::milliseconds>() : std::chrono::milliseconds(ms);
}
void vg_request_size(const vg_request* r, int* width, int* height) {
  put(r->request.size.value_or(Size()), width, height);
}
void vg_request_set_size(vg_request* r, int width, int height) {
  r->request.size = width == 0 && height == 0 ? std::optional<Size>() : Size(width, height);
}
void vg_request_fps(const vg_request* r, int64_t* numerator, int64_t* denominator) {
  if (r->request.fps) return put(*r->request.fps, numerator, denominator);
  if (numerator != nullptr) *numerator = 0;
  if (denominator != nullptr) *denominator = 0;
}
vg_status vg_request_set_fps(vg_request* r, int64_t numerator, int64_t denominator, vg_error** error) {
  return guard(error, [&]() -> Status {
    if (numerator == 0 && denominator == 0) {
      r->request.fps.reset();
      return {};
    }
    if (denominator < 1) return Error(Errc::invalid_argument, "a rate's denominator is at least 1");
    r->request.fps = Rational(numerator, denominator);
    return {};
  });
}
vg_fps_mode vg_request_fps_mode(const vg_request* r) {
  return static_cast<vg_fps_mode>(r->request.fps_mode);
}
void vg_request_set_fps_mode(vg_request* r, vg_fps_mode mode) {
  r->request.fps_mode = static_cast<FpsMode>(mode);
}
vg_status vg_request_add_image(vg_request* r, const char* path, vg_error** error) {
  return guard(error, [&]() -> Status {
    VIDGEN_CHECK(needs(path, "path"));
    r->request.images.emplace_back(path);
    return {};
  });
}
size_t vg_request_image_count(const vg_request* r) {
  return r->request.images.size();
}
const char* vg_request_image(const vg_request* r, size_t index) {
  return nth(r->request.images, index);
}
vg_continuity vg_request_continuity(const vg_request* r, int* batch) {
  if (batch != nullptr) *batch = r->request.batch;
  return static_cast<vg_continuity>(r->request.continuity);
}
void vg_request_set_continuity(vg_request* r, vg_continuity continuity, int batch) {
  r->request.continuity = static_cast<Continuity>(continuity);
  if (continuity == VG_CONTINUITY_BATCH) r->request.batch = batch;
}
vg_quality vg_request_quality(const vg_request* r) {
  return static_cast<vg_quality>(r->request.quality);
}
void vg_request_set_quality(vg_request* r, vg_quality quality) {
  r->request.quality = static_cast<Quality>(quality);
}
int vg_request_crf(const vg_request* r) {
  return r->request.crf.value_or(-1);
}
void vg_request_set_crf(vg_request* r, int crf) {
  r->request.crf = crf < 0 ? std::optional<int>() : crf;
}
int vg_request_cut_to_beat(const vg_request* r) {
  return r->request.cut_to_beat ? 1 : 0;
}
void vg_request_set_cut_to_beat(vg_request* r, int cut_to_beat) {
  r->request.cut_to_beat = cut_to_beat != 0;
}
int vg_request_stems(const vg_request* r) {
  return r->request.stems ? 1 : 0;
}
void vg_request_set_stems(vg_request* r, int stems) {
  r->request.stems = stems != 0;
}
int vg_request_captions(const vg_request* r) {
  return r->request.captions ? 1 : 0;
}
void vg_request_set_captions(vg_request* r, int captions) {
  r->request.captions = captions != 0;
}
int64_t vg_request_budget(const vg_request* r) {
  return r->request.budget ? r->request.budget->micros() : -1;
}
void vg_request_set_budget(vg_request* r, int64_t micros) {
  r->request.budget = micros < 0 ? std::optional<Money>() : Money::micros(micros);
}
vg_on_ambiguous vg_request_on_ambiguous(const vg_request* r) {
  return static_cast<vg_on_ambiguous>(r->request.on_ambiguous);
}
void vg_request_set_on_ambiguous(vg_request* r, vg_on_ambiguous what) {
  r->request.on_ambiguous = static_cast<OnAmbiguous>(what);
}
uint64_t vg_request_seed(const vg_request* r, int* has_seed) {
  if (has_seed != nullptr) *has_seed = r->request.seed ? 1 : 0;
  return r->request.seed.value_or(0);
}
void vg_request_set_seed(vg_request* r, uint64_t seed) {
  r->request.seed = seed;
}

static_assert(static_cast<int>(Continuity::anchored) == VG_CONTINUITY_ANCHORED);
static_assert(static_cast<int>(Quality::final_) == VG_QUALITY_FINAL);
static_assert(static_cast<int>(FpsMode::native) == VG_FPS_NATIVE);
static_assert(static_cast<int>(OnAmbiguous::fail) == VG_AMBIGUOUS_FAIL);
