// SPDX-License-Identifier: Apache-2.0
#include <cerrno>
#include <cstdlib>
#include <system_error>

#include "capi/src/common.hpp"

struct vg_error {
  vidgen::Error error;
  std::string described;
};

namespace {

using vidgen::Errc;
using vidgen::Error;

// Stands ready for when there is no memory for another one. Only its address is used.
alignas(vg_error) unsigned char g_no_memory[sizeof(vg_error)];
vg_error* no_memory() {
  return reinterpret_cast<vg_error*>(g_no_memory);
}
constexpr const char* kNoMemory = "there is no memory left for that";

bool is_spare(const vg_error* error) {
  return error == nullptr || error == no_memory();
}

}  // namespace

namespace vidgen::capi {

vg_status fail(vg_error** out, const Error& error) noexcept {
  if (out == nullptr) return status_of(error.code());
  try {
    auto made = std::make_unique<vg_error>();
    made->error = error;
    made->described = error.describe();
    *out = made.release();
    return status_of(error.code());
  } catch (...) {
    *out = no_memory();
    return VG_E_NO_MEMORY;
  }
}

vg_status fail(vg_error** out, Errc code, const char* message) noexcept {
  try {
    return fail(out, Error(code, message));
  } catch (...) {
    if (out != nullptr) *out = no_memory();
    return VG_E_NO_MEMORY;
  }
}

vg_status fail_with_current_exception(vg_error** out) noexcept {
  try {
    throw;
  } catch (const Exception& e) {
    return fail(out, e.error());
  } catch (const std::bad_alloc&) {
    if (out != nullptr) *out = no_memory();
    return VG_E_NO_MEMORY;
  } catch (const std::system_error& e) {
    // A thread that cannot be started: its stack is memory.
    if (e.code().value() != EAGAIN && e.code().value() != ENOMEM) return fail(out, Errc::internal, e.what());
    if (out != nullptr) *out = no_memory();
    return VG_E_NO_MEMORY;
  } catch (const std::exception& e) {
    return fail(out, Errc::internal, e.what());
  } catch (...) {
    return fail(out, Errc::internal, "an exception without a name");
  }
}

Status put_string(char** out, const std::string& text) {
  *out = static_cast<char*>(std::malloc(text.size() + 1));
  if (*out == nullptr) throw std::bad_alloc();
  std::memcpy(*out, text.c_str(), text.size() + 1);
  return {};
}

Errc errc_of(vg_status status) {
  const Errc code = static_cast<Errc>(static_cast<int>(status));
  return errc_row(code).code == code ? code : Errc::host;
}

}  // namespace vidgen::capi

using namespace vidgen::capi;

const char* vg_version(void) {
  return vidgen::kVersion;
}
int vg_version_number(void) {
  return VIDGEN_VERSION_MAJOR * 1000000 + VIDGEN_VERSION_MINOR * 1000 + VIDGEN_VERSION_PATCH;
}

const char* vg_status_name(vg_status status) {
  if (status == VG_OK) return "ok";
  return vidgen::errc_row(static_cast<Errc>(static_cast<int>(status))).name.data();
}
const char* vg_status_text(vg_status status) {
  if (status == VG_OK) return "it worked";
  return vidgen::errc_row(static_cast<Errc>(static_cast<int>(status))).text.data();
}
int vg_status_exit_code(vg_status status) {
  return status == VG_OK ? 0 : vidgen::errc_row(static_cast<Errc>(static_cast<int>(status))).exit_code;
}

void vg_error_free(vg_error* error) {
  if (!is_spare(error)) delete error;
}
vg_status vg_error_code(const vg_error* error) {
  return is_spare(error) ? VG_E_NO_MEMORY : status_of(error->error.code());
}
const char* vg_error_message(const vg_error* error) {
  return is_spare(error) ? kNoMemory : error->error.message().c_str();
}
const char* vg_error_describe(const vg_error* error) {
  return is_spare(error) ? kNoMemory : error->described.c_str();
}
const char* vg_error_phase(const vg_error* error) {
  return is_spare(error) ? "" : error->error.phase().c_str();
}
int vg_error_retryable(const vg_error* error) {
  return is_spare(error) || error->error.retryable() ? 1 : 0;
}
const char* vg_error_provider(const vg_error* error) {
  return is_spare(error) ? "" : error->error.origin().provider.c_str();
}
const char* vg_error_request_id(const vg_error* error) {
  return is_spare(error) ? "" : error->error.origin().request_id.c_str();
}
int64_t vg_error_cost_so_far(const vg_error* error) {
  return is_spare(error) ? -1 : error->error.origin().cost_micros;
}

void vg_string_free(char* string) {
  std::free(string);
}
