// SPDX-License-Identifier: Apache-2.0
// Answers and calls, written short, for tests of what is sent and how it is read.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "backends/answer.hpp"
#include "backends/table.hpp"

namespace vidgen::backends::test {

using base::Json;

inline HttpResponse answer(int status, std::string body, const std::string& type = "application/json") {
  HttpResponse r;
  r.sent = Sent::answered;
  r.status = status;
  r.headers["content-type"] = type;
  r.body = std::move(body);
  return r;
}

inline HttpResponse broken(Sent sent) {
  HttpResponse r;
  r.sent = sent;
  r.error = Error(Errc::network, "the connection broke");
  return r;
}

inline Access access(const std::string& base = "https://api.example.com/v1") {
  Access a;
  a.key = "secret-key";
  a.base = base;
  return a;
}

inline ModelProfile model(const std::string& name) {
  static const ModelSet set = *ModelSet::load();
  auto found = set.find(name);
  EXPECT_TRUE(found) << name;
  return found ? *found : ModelProfile();
}

inline CreateCall call_for(const std::string& name) {
  CreateCall c;
  c.model = model(name);
  c.request.kind = c.model.kind;
  c.request.model = name;
  c.request.role = "clip";
  c.request.prompt = "a kettle boils";
  if (!c.model.sizes.empty()) c.request.size = c.model.sizes.front();
  c.request.seconds = c.model.shortest_seconds();
  c.seed = 41;
  c.client_id = "01234567-89ab-cdef-0123-456789abcdef";
  if (c.model.first_frame != Need::no) c.first_frame = "https://files.example.com/first.png";
  return c;
}

inline Json body_of(const HttpRequest& r) {
  auto parsed = Json::parse(r.body);
  EXPECT_TRUE(parsed) << r.body;
  return parsed ? *parsed : Json();
}

// Answers that no provider should send; none may crash a reader or be taken for a job.
inline const char* const kHostile[] = {"",
                                       "null",
                                       "[]",
                                       "{}",
                                       "0",
                                       "\"x\"",
                                       "{\"id\":5}",
                                       "{\"id\":\"\"}",
                                       "{\"id\":\"a/b\"}",
                                       "{\"id\":\"../x\"}",
                                       "{\"id\":null,\"status\":null}",
                                       "<html>502</html>",
                                       "{\"id\":\"x\"",
                                       "{\"request_id\":[]}",
                                       "{\"prompt_id\":{}}",
                                       "{\"id\":\"a b\"}",
                                       "{\"id\":\"a\\nb\"}",
                                       "{\"request_id\":\"a?b\"}",
                                       "{\"prompt_id\":\"a#b\"}"};

}  // namespace vidgen::backends::test
