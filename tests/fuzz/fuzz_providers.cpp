// SPDX-License-Identifier: Apache-2.0
// Any bytes as a provider's answer, to every reader of every row: an error, or a job whose id can stand in a path and
// whose addresses are made from the base URL. The first byte chooses the status.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "backends/answer.hpp"
#include "backends/outputs.hpp"
#include "backends/table.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using namespace vidgen;
using namespace vidgen::backends;

constexpr int kStatuses[] = {200, 201, 400, 401, 402, 404, 422, 429, 500, 503};
const char* const kId = "fal-ai/wan/requests/r1";

void expect(bool holds) {
  if (!holds) std::abort();
}

Access access() {
  Access a;
  a.key = "fuzz-key";
  a.base = "https://api.example.com";
  return a;
}

void check(const ProviderRow& row, const RemoteAnswer& answer) {
  expect(answer.job.id.find_first_of("?#% \n\r") == std::string::npos);
  expect(answer.job.error.size() < 1000 && answer.outputs.size() <= 64);
  expect(answer.tokens_in >= answer.tokens_cached + answer.tokens_written && answer.tokens_out >= 0);
  expect(!answer.cost || *answer.cost >= Money());
  expect(answer.job.fraction >= 0 && answer.job.fraction <= 1);
  for (const Output& one : answer.outputs)
    expect(!one.trusted || (row.name == "comfyui" && one.url.rfind("https://api.example.com/view?", 0) == 0));
  if (row.get == nullptr || answer.job.id.empty()) return;
  const std::string url = row.get(access(), answer.job.id).url;
  expect(url.rfind("https://api.example.com/", 0) == 0 && url.find("/../") == url.npos &&
         url.find("//", 8) == url.npos);
}

void check_errors(const ProviderRow& row, const HttpResponse& response) {
  for (bool paid : {true, false}) {
    const flow::Outcome outcome = outcome_of(row, response, paid);
    expect(!paid || outcome != flow::Outcome::transient);
    const Error error = error_of(row, response, outcome, "fuzzing");
    expect(error.message().size() < 2000);
    for (char c : error.message()) expect(static_cast<unsigned char>(c) >= 0x20 && c != 0x7F);
  }
  (void)feedback_of(response, 1'800'000'000);
}

void check_row(const ProviderRow& row, const HttpResponse& response) {
  CreateCall call;
  call.model.id = "owner/app/more";
  call.request.llm.schema = "{}";
  for (ModelKind kind : {ModelKind::video, ModelKind::image, ModelKind::llm, ModelKind::speech}) {
    call.request.kind = kind;
    if (auto read = row.read_create(call, response)) check(row, *read);
  }
  if (row.read_get != nullptr)
    if (auto read = row.read_get(access(), kId, response)) check(row, *read);
  if (row.read_result != nullptr)
    if (auto read = row.read_result(access(), kId, response)) check(row, *read);
  if (row.read_list != nullptr)
    if (auto page = row.read_list(response)) {
      for (const RemoteAnswer& one : page->jobs) check(row, one);
      expect(row.list(access(), 0, page->cursor).url.rfind("https://api.example.com/", 0) == 0);
    }
  if (row.read_upload != nullptr) (void)row.read_upload(access(), response);
  if (row.adjust != nullptr) (void)row.adjust(call, response);
  check_errors(row, response);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  HttpResponse response;
  response.sent = Sent::answered;
  response.status = kStatuses[data[0] % std::size(kStatuses)];
  response.headers["content-type"] = "application/json";
  response.body.assign(reinterpret_cast<const char*>(data) + 1, size - 1);
  for (const ProviderRow* row : providers()) check_row(*row, response);
  (void)decode_data_uri(response.body);
  return 0;
}
