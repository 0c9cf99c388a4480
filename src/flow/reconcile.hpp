// SPDX-License-Identifier: Apache-2.0
// Reconcile: what became of a paid create whose answer was lost. Compares the provider's list with what makes the
// attempt recognisable (a seed of its own, an upload URL of its own, an id of its own) and never takes a job that is
// not proven to be this attempt's: the same prompt at the same time is no proof. Time: moments since 1970 on the
// provider's clock (its Date header), within `skew`. Thread-safety: pure functions. Errors: none; what cannot be
// decided becomes `ask`.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "flow/moment.hpp"
#include "vidgen/version.hpp"

VIDGEN_NAMESPACE_BEGIN
enum class Reconcile;  // vidgen/backend.hpp
VIDGEN_NAMESPACE_END

namespace vidgen::flow {

struct ReconcilePolicy {
  ReconcilePolicy() = default;
  Nanos settle = std::chrono::seconds(60);   // what is not listed by then was not accepted
  Nanos skew = std::chrono::minutes(2);      // of clocks
  Nanos key_lives = std::chrono::hours(23);  // how long a native key is remembered; providers say 24 h
  Nanos give_up = std::chrono::minutes(30);  // no complete list for so long: ask a person
  Nanos arrives = std::chrono::minutes(10);  // a request that is sent is taken by then, or never
};

// The attempt. At least one fingerprint, or there is nothing to recognise it by.
struct LostAttempt {
  LostAttempt() = default;
  Reconcile kind{};
  Nanos sent{0};      // before the request left
  Nanos ended{0};     // when it became unclear; after a crash, when the process came back
  std::string model;  // "owner/name", with or without ":version"
  std::optional<std::uint64_t> seed;
  std::string upload_url;
  std::string client_id;
};

// A job as the provider lists it.
struct ListedJob {
  ListedJob() = default;
  std::string id, model;
  Nanos created{0};
  std::optional<std::uint64_t> seed;
  std::vector<std::string> urls;  // in its input
  std::string client_id;
  bool input_gone = false;  // deleted there, and with it all that could be recognised
};

// One look at the provider's list.
struct Look {
  Look() = default;
  std::span<const ListedJob> jobs;
  std::span<const std::string> owned;  // ids that the journal has given to other attempts
  Nanos at{0};                         // when it was asked for
  bool complete = false;               // all pages back to the attempt's `since`
};

enum class Fate {
  found,   // it is `id`: adopt it
  later,   // not yet known: look again at `look_at`
  lost,    // it was not accepted: a new attempt may start
  resend,  // send the same create with the same key: the provider returns the job it has
  ask,     // a person decides
};
std::string_view to_string(Fate fate);

struct Verdict {
  Verdict() = default;
  Fate fate = Fate::ask;
  std::string id;
  Nanos look_at{0};
  std::vector<std::string> orphans;  // further jobs of this attempt: paid for, used by nobody
  std::string_view why;              // a constant
};

// Whether a job carries the attempt's fingerprint.
bool carries(const LostAttempt& attempt, const ListedJob& job);
// The list needs to go back to here (created_after).
Nanos since(const LostAttempt& attempt, const ReconcilePolicy& policy = {});
// When to look for the first time.
Nanos first_look(const LostAttempt& attempt);
Verdict judge(const LostAttempt& attempt, const Look& look, const ReconcilePolicy& policy = {});

}  // namespace vidgen::flow
