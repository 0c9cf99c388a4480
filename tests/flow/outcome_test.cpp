// SPDX-License-Identifier: Apache-2.0
#include "flow/outcome.hpp"

#include <gtest/gtest.h>

#include <set>

#include "vidgen/transport.hpp"

namespace vidgen::flow {
namespace {

Outcome answered(int status, bool paid, std::string_view code = {}, std::string_view words = {}) {
  Facts f;
  f.sent = Sent::answered;
  f.status = status;
  f.paid = paid;
  f.code = code;
  f.words = words;
  return classify(f);
}

TEST(outcome, how_far_a_request_got) {
  for (const bool paid : {true, false}) {
    Facts f;
    f.paid = paid;
    f.sent = Sent::not_sent;
    EXPECT_EQ(classify(f), Outcome::not_sent);
    f.sent = Sent::sent_unknown;
    EXPECT_EQ(classify(f), paid ? Outcome::ambiguous : Outcome::transient);
    f.sent = static_cast<Sent>(9);
    EXPECT_EQ(classify(f), paid ? Outcome::ambiguous : Outcome::transient);
    f.sent = Sent::answered;
    f.status = 201;
    EXPECT_EQ(classify(f), Outcome::ok);
    f.understood = false;
    EXPECT_EQ(classify(f), paid ? Outcome::ambiguous : Outcome::transient);
  }
}

TEST(outcome, statuses) {
  struct Row {
    int status;
    Outcome paid, free;
  };
  const Row rows[] = {{200, Outcome::ok, Outcome::ok},
                      {307, Outcome::permanent, Outcome::permanent},
                      {303, Outcome::ambiguous, Outcome::transient},
                      {400, Outcome::permanent, Outcome::permanent},
                      {401, Outcome::credentials, Outcome::credentials},
                      {402, Outcome::money, Outcome::money},
                      {403, Outcome::credentials, Outcome::credentials},
                      {404, Outcome::permanent, Outcome::permanent},
                      {408, Outcome::ambiguous, Outcome::transient},
                      {409, Outcome::ambiguous, Outcome::transient},
                      {413, Outcome::permanent, Outcome::permanent},
                      {422, Outcome::permanent, Outcome::permanent},
                      {429, Outcome::throttled, Outcome::throttled},
                      {499, Outcome::ambiguous, Outcome::transient},
                      {500, Outcome::ambiguous, Outcome::transient},
                      {501, Outcome::ambiguous, Outcome::permanent},
                      {502, Outcome::ambiguous, Outcome::transient},
                      {503, Outcome::ambiguous, Outcome::transient},
                      {504, Outcome::ambiguous, Outcome::transient},
                      {529, Outcome::ambiguous, Outcome::transient},
                      {0, Outcome::ambiguous, Outcome::transient},
                      {100, Outcome::ambiguous, Outcome::transient},
                      {-7, Outcome::ambiguous, Outcome::transient},
                      {1000000, Outcome::ambiguous, Outcome::transient}};
  for (const Row& r : rows) {
    EXPECT_EQ(answered(r.status, true), r.paid) << r.status;
    EXPECT_EQ(answered(r.status, false), r.free) << r.status;
  }
}

// Every status that there is, from a list of its own: whatever is not on it says nothing about a request that costs money.
TEST(outcome, no_status_is_known_but_these) {
  const std::set<int> permanent{301, 302, 307, 308, 400, 404, 405, 406, 410, 411, 413, 414, 415, 417, 421, 422, 426, 428, 431};
  const std::set<int> credentials{401, 403, 407}, not_possible{501, 505};
  for (int status = -1; status < 1100; ++status) {
    Outcome paid = Outcome::ambiguous, free = not_possible.count(status) != 0 ? Outcome::permanent : Outcome::transient;
    if (status / 100 == 2) paid = free = Outcome::ok;
    if (permanent.count(status) != 0) paid = free = Outcome::permanent;
    if (credentials.count(status) != 0) paid = free = Outcome::credentials;
    if (status == 402) paid = free = Outcome::money;
    if (status == 429) paid = free = Outcome::throttled;
    if (status == 451) paid = free = Outcome::refused;
    EXPECT_EQ(answered(status, true), paid) << status;
    EXPECT_EQ(answered(status, false), free) << status;
  }
}

TEST(outcome, words_count_where_a_refusal_is_worded) {
  for (const int status : {400, 403, 422}) {
    EXPECT_EQ(answered(status, true, "invalid_api_key"), Outcome::credentials) << status;
    EXPECT_EQ(answered(status, true, "", "flagged by our moderation"), Outcome::refused) << status;
    EXPECT_EQ(answered(status, true, "", "payment required"), Outcome::money) << status;
  }
  for (const int status : {401, 404, 421, 423})
    EXPECT_NE(answered(status, true, "", "flagged by our moderation"), Outcome::refused) << status;
  EXPECT_EQ(answered(451, true, "insufficient_quota"), Outcome::refused);
  EXPECT_EQ(answered(429, true, "invalid_api_key", "nsfw"), Outcome::throttled);
  EXPECT_EQ(answered(402, true, "invalid_api_key", "nsfw"), Outcome::money);
  Facts f;
  f.sent = Sent::answered;
  f.status = 400;
  f.type = "invalid_authentication";
  EXPECT_EQ(classify(f), Outcome::credentials);
}

TEST(outcome, a_providers_words_make_a_refusal_exact) {
  EXPECT_EQ(answered(429, true, "insufficient_quota"), Outcome::money);
  EXPECT_EQ(answered(429, true, "organization_spend_limit_exceeded"), Outcome::money);
  EXPECT_EQ(answered(429, true, "rate_limit_exceeded"), Outcome::throttled);
  EXPECT_EQ(answered(429, true, "",
                     "6 requests per minute with a burst of 1 requests while you have less than $5.0 in credit"),
            Outcome::throttled);
  EXPECT_EQ(answered(402, true, "", "You have insufficient credit to run this model."), Outcome::money);
  EXPECT_EQ(answered(400, true, "billing_hard_limit_reached"), Outcome::money);
  EXPECT_EQ(answered(400, true, "content_policy_violation"), Outcome::refused);
  EXPECT_EQ(answered(403, true, "", "Your prompt was flagged as SENSITIVE"), Outcome::refused);
  EXPECT_EQ(answered(400, true, "invalid_api_key"), Outcome::credentials);
  EXPECT_EQ(answered(404, true, "content_policy_violation"), Outcome::permanent);
}

TEST(outcome, words_never_make_an_unknown_answer_known) {
  for (const int status : {500, 502, 503, 504, 408, 409, 303})
    for (const char* words : {"insufficient_quota", "nsfw", "invalid_api_key", "rate limit resets in ~30s"})
      EXPECT_EQ(answered(status, true, words, words), Outcome::ambiguous) << status << words;
}

TEST(outcome, a_row_that_documents_not_executed) {
  const int rows[] = {503, 529, 200};
  Facts f;
  f.sent = Sent::answered;
  f.paid = true;
  f.means_not_executed = rows;
  for (const auto& [status, want] : {std::pair(503, Outcome::not_sent), std::pair(529, Outcome::not_sent),
                                     std::pair(502, Outcome::ambiguous), std::pair(200, Outcome::ok)}) {
    f.status = status;
    EXPECT_EQ(classify(f), want) << status;
  }
}

// The promise of the room: for a paid create, only these may be sent again.
TEST(outcome, a_paid_create_is_repeatable_only_where_http_says_so) {
  std::set<int> repeatable;
  for (int status = -1; status < 1100; ++status) {
    const Outcome o = answered(status, true, "please retry", "temporarily overloaded, try again in 5s");
    ASSERT_NE(o, Outcome::transient) << status;
    if (o == Outcome::not_sent || o == Outcome::throttled) repeatable.insert(status);
  }
  EXPECT_EQ(repeatable, std::set<int>{429});
}

TEST(outcome, failures_of_remote_jobs) {
  EXPECT_EQ(classify_failure("NSFW content detected. Try running it again, or try a different prompt."),
            Outcome::refused);
  EXPECT_EQ(classify_failure("Prediction interrupted; please retry (code: PA)"), Outcome::transient);
  EXPECT_EQ(classify_failure("CUDA out of memory"), Outcome::transient);
  EXPECT_EQ(classify_failure("E1001"), Outcome::transient);
  EXPECT_EQ(classify_failure("image: bad format"), Outcome::permanent);
  EXPECT_EQ(classify_failure(""), Outcome::permanent);
}

// A table of its own: what is left out would be taken for a failure of the work.
TEST(outcome, what_is_the_fault_of_this_place) {
  const std::set<Errc> local{Errc::io,         Errc::no_space,  Errc::read_only,   Errc::journal, Errc::journal_version,
                             Errc::taken_over, Errc::no_memory, Errc::interrupted, Errc::closed};
  for (int code = 0; code < 1000; ++code)
    EXPECT_EQ(is_local(static_cast<Errc>(code)), local.count(static_cast<Errc>(code)) == 1) << code;
}

TEST(outcome, names) {
  std::set<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(Outcome::money); ++i) names.insert(to_string(static_cast<Outcome>(i)));
  EXPECT_EQ(names.size(), 9u);
  EXPECT_EQ(to_string(static_cast<Outcome>(9)), "unknown");
  EXPECT_EQ(to_string(static_cast<Outcome>(99)), "unknown");
}

}  // namespace
}  // namespace vidgen::flow
