// SPDX-License-Identifier: Apache-2.0
// What a language model behind an OpenAI-compatible API is asked, and how its answer is read, in the two shapes that
// exist: chat completions and responses. Facts: the provider's OpenAPI document (github.com/openai/openai-openapi,
// 2026-08-21) and its guide on structured output.
//
// An answer that was refused, filtered or cut off is a job that failed, with its tokens: it was paid for. Nothing here
// believes that a server keeps to the schema. Thread-safety: pure functions. Errors: Errc::invalid_argument for a brief
// that makes no sense, Errc::provider for an answer that is none.
#pragma once

#include "backends/provider.hpp"

namespace vidgen::backends {

// The row's field "endpoint" is "responses" for that shape; chat completions otherwise.
bool uses_responses(const ModelProfile& model);
Result<base::Json> text_body(const CreateCall& call);
Result<RemoteAnswer> read_text(const CreateCall& call, const HttpResponse& response);
// For servers that take no schema: the call is sent again asking for some JSON object, with the schema in its words.
bool adjust_text(CreateCall& call, const HttpResponse& response);
// Tokens of "usage", in either shape's names.
void read_usage(const base::Json& usage, RemoteAnswer& out);

}  // namespace vidgen::backends
