// SPDX-License-Identifier: Apache-2.0
// ProviderRow: one provider as pure functions: what is sent, and how an answer is read. No socket, no clock, no state;
// HostedBackend does the rest. URLs are built from the base URL and an id, never taken from an answer.
//
// Thread-safety: pure functions. Errors: Errc::provider when an answer makes no sense.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "flow/scheduler.hpp"
#include "vidgen/backend.hpp"
#include "vidgen/transport.hpp"

namespace vidgen::backends {

struct Access {
  Access() = default;
  std::string key;   // goes into one header, to the base URL's origin only
  std::string base;  // without a slash at its end; a path prefix is kept
};

// A result where the provider keeps it: a URL, a data: URI, or the bytes themselves.
struct Output {
  Output() = default;
  explicit Output(std::string where) : url(std::move(where)) {}
  std::string url;    // http(s) or data:
  std::string bytes;  // inline
  std::string mime;   // of inline bytes
  bool trusted = false;  // fetched from the base URL with the key (built by us), not from a URL of the answer
};

// A remote job as read from an answer, and what recognises it in a list.
struct RemoteAnswer {
  RemoteAnswer() = default;
  RemoteJob job;
  std::vector<Output> outputs;
  bool removed = false;              // the provider has deleted the result
  std::optional<Rational> gpu_seconds;  // billed
  std::optional<Money> cost;         // as the provider reports it
  std::int64_t tokens_in = 0;  // all of them, those read from and put into a cache included
  std::int64_t tokens_cached = 0, tokens_written = 0, tokens_out = 0;
  std::int64_t characters = 0;  // spoken
  std::string model;
  std::int64_t created_ms = 0;  // by the provider's clock
  std::optional<std::uint64_t> seed;
  std::vector<std::string> urls;  // in its input
};

struct ListPage {
  ListPage() = default;
  std::vector<RemoteAnswer> jobs;
  std::string cursor;  // query of the next page; empty: this is the last
};

// What a create is made of. Pictures stand as the provider takes them: URLs or data: URIs.
struct CreateCall {
  CreateCall() = default;
  GenerationRequest request;
  ModelProfile model;
  std::uint32_t seed = 0;
  Rational deadline = 1800;
  std::string client_id;
  std::string first_frame, last_frame;
  std::vector<std::string> references;
  std::string mark;  // of the pictures' URLs, the one that no other attempt has; empty: none
  int variant = 0;  // 0: as it should be said; others: what `adjust` chose for a server that does not take that
  std::string webhook;  // where to tell of the end; empty: nowhere
};

// The words of an error body, in whatever shape it came.
struct ErrorWords {
  ErrorWords() = default;
  std::string code, type, words, retry_after;
};

struct ProviderRow {
  std::string_view name;
  std::string_view key_variable;   // empty: needs no key
  std::string_view base_variable;  // the environment's
  std::string_view default_base;
  Reconcile reconcile = Reconcile::none;
  flow::AccountLimits limits;
  std::int64_t inline_limit = 0;  // bytes of a picture that may travel as a data: URI; larger ones are uploaded
  std::span<const int> means_not_executed;
  bool key_for_default_only = false;          // another base URL may do without a key
  std::chrono::seconds shortest_poll{0};      // between two questions after one job

  void (*sign)(const Access&, HttpRequest&) = nullptr;  // adds the key
  Result<HttpRequest> (*create)(const Access&, const CreateCall&) = nullptr;
  Result<RemoteAnswer> (*read_create)(const CreateCall&, const HttpResponse&) = nullptr;
  // After a refused create that was not carried out: changes the call to what this server takes; false: nothing helps.
  bool (*adjust)(CreateCall&, const HttpResponse&) = nullptr;
  HttpRequest (*get)(const Access&, const std::string& id) = nullptr;
  Result<RemoteAnswer> (*read_get)(const Access&, const std::string& id, const HttpResponse&) = nullptr;
  // A second call that brings the outputs of a job that has ended; null: read_get has them. A refusal is read too: some
  // say only here that a job failed.
  HttpRequest (*result)(const Access&, const std::string& id) = nullptr;
  Result<RemoteAnswer> (*read_result)(const Access&, const std::string& id, const HttpResponse&) = nullptr;
  HttpRequest (*cancel)(const Access&, const std::string& id) = nullptr;
  HttpRequest (*cancel_also)(const Access&, const std::string& id) = nullptr;  // a second call, where one is not enough
  // Jobs newer than `since_ms`, or the page behind a cursor; null: the provider lists none. With Reconcile::client_id:
  // the jobs that have not ended; `get` answers RemoteState::unknown for an id that it has nothing about.
  HttpRequest (*list)(const Access&, std::int64_t since_ms, const std::string& cursor) = nullptr;
  Result<ListPage> (*read_list)(const HttpResponse&) = nullptr;
  HttpRequest (*upload)(const Access&, const std::string& path, const std::string& name, const std::string& mime) = nullptr;
  Result<std::string> (*read_upload)(const Access&, const HttpResponse&) = nullptr;  // what to put into the input
  Result<RemoteAnswer> (*read_webhook)(const base::Json& body) = nullptr;            // null: it sends none
  HttpRequest (*check_key)(const Access&) = nullptr;  // a call that costs nothing
};

// A request to a path below the base URL, signed.
HttpRequest call(const ProviderRow& row, const Access& access, std::string_view method, const std::string& path);
HttpRequest call_json(const ProviderRow& row, const Access& access, const std::string& path, const base::Json& body);

}  // namespace vidgen::backends
