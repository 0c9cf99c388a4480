// SPDX-License-Identifier: Apache-2.0
#include "backends/table.hpp"

namespace vidgen::backends {

std::span<const ProviderRow* const> providers() {
  static const ProviderRow* const kRows[] = {
      &replicate(), &openai(), &runway(), &fal(), &comfyui(),
  };
  return kRows;
}

const ProviderRow* find_provider(std::string_view name) {
  for (const ProviderRow* row : providers())
    if (row->name == name) return row;
  return nullptr;
}

HttpRequest call(const ProviderRow& row, const Access& access, std::string_view method, const std::string& path) {
  HttpRequest r;
  r.method = std::string(method);
  r.url = access.base + path;
  r.headers["accept"] = "application/json";
  if (row.sign != nullptr) row.sign(access, r);
  return r;
}

HttpRequest call_json(const ProviderRow& row, const Access& access, const std::string& path, const base::Json& body) {
  HttpRequest r = call(row, access, "POST", path);
  r.headers["content-type"] = "application/json";
  r.body = body.dump();
  return r;
}

}  // namespace vidgen::backends
