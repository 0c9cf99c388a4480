// SPDX-License-Identifier: Apache-2.0
#include "flow/reconcile.hpp"

#include <algorithm>
#include <utility>

#include "vidgen/backend.hpp"

namespace vidgen::flow {
namespace {

// After the answer was lost: at once, then here, then at the end of the settle window.
constexpr Nanos kLooks[] = {std::chrono::seconds(5), std::chrono::seconds(15), std::chrono::seconds(45)};
constexpr Nanos kLateLook = std::chrono::seconds(30);  // after the window, while no list was complete

std::string_view without_version(std::string_view model) {
  return model.substr(0, model.find(':'));
}

bool same_model(std::string_view a, std::string_view b) {
  return a.empty() || b.empty() || without_version(a) == without_version(b);
}

// The seed decides where the attempt has one, since a provider may copy the input to a place of its own; else the URL.
// Only of attempts that are recognisable: an id or a URL that is empty proves nothing.
bool proven(const LostAttempt& a, const ListedJob& job) {
  if (a.kind == Reconcile::client_id) return job.client_id == a.client_id;
  if (a.seed) return job.seed == a.seed;
  return std::find(job.urls.begin(), job.urls.end(), a.upload_url) != job.urls.end();
}

bool in_time(const LostAttempt& a, const ListedJob& job, const ReconcilePolicy& p) {
  return job.created >= since(a, p) && job.created <= later(later(a.ended, p.settle), p.skew);
}

bool recognisable(const LostAttempt& a) {
  if (a.kind == Reconcile::client_id) return !a.client_id.empty();
  return a.kind == Reconcile::list_reconcile && (a.seed || !a.upload_url.empty());
}

Verdict say(Fate fate, std::string_view why) {
  Verdict v;
  v.fate = fate;
  v.why = why;
  return v;
}

Verdict by_key(const LostAttempt& a, const Look& look, const ReconcilePolicy& p) {
  if (a.client_id.empty()) return say(Fate::ask, "the attempt has no key");
  if (look.at >= later(a.sent, p.key_lives)) return say(Fate::ask, "the provider may have forgotten the key");
  return say(Fate::resend, "the provider knows the key");
}

std::vector<const ListedJob*> matches(const LostAttempt& a, const Look& look, const ReconcilePolicy& p) {
  std::vector<const ListedJob*> out;
  for (const ListedJob& job : look.jobs) {
    if (job.id.empty() || !same_model(a.model, job.model) || !proven(a, job) || !in_time(a, job, p)) continue;
    if (std::find(look.owned.begin(), look.owned.end(), job.id) != look.owned.end()) continue;
    out.push_back(&job);
  }
  std::sort(out.begin(), out.end(), [](const ListedJob* x, const ListedJob* y) {
    return std::pair(x->created, std::string_view(x->id)) < std::pair(y->created, std::string_view(y->id));
  });
  const auto same = [](const ListedJob* x, const ListedJob* y) { return x->id == y->id; };
  out.erase(std::unique(out.begin(), out.end(), same), out.end());  // pages may overlap
  return out;
}

// A job of that time of which nothing is left to tell whose it was.
bool perhaps_there(const LostAttempt& a, const Look& look, const ReconcilePolicy& p) {
  return std::any_of(look.jobs.begin(), look.jobs.end(), [&](const ListedJob& job) {
    const bool then = job.created >= since(a, p) && job.created <= later(a.sent, p.arrives);
    const bool others = std::find(look.owned.begin(), look.owned.end(), job.id) != look.owned.end();
    return job.input_gone && then && !others && same_model(a.model, job.model);
  });
}

Verdict not_there(const LostAttempt& a, const Look& look, const ReconcilePolicy& p) {
  const Nanos settled = later(a.ended, p.settle);
  if (look.at >= settled && look.complete) {
    // Only now: within the window the job itself may still come into the list, and nobody has to be asked.
    if (perhaps_there(a, look, p)) return say(Fate::ask, "a job of that time no longer shows what it was made from");
    return say(Fate::lost, "not in the provider's list after the settle window");
  }
  if (look.at >= later(settled, p.give_up)) return say(Fate::ask, "the provider's list could not be read in full");
  Verdict v = say(Fate::later, "not in the provider's list yet");
  v.look_at = look.at < settled ? settled : later(look.at, kLateLook);
  for (const Nanos after : kLooks)
    if (const Nanos at = later(a.ended, after); at > look.at) v.look_at = std::min(v.look_at, at);
  return v;
}

}  // namespace

std::string_view to_string(Fate fate) {
  constexpr std::string_view kNames[] = {"found", "later", "lost", "resend", "ask"};
  const auto i = static_cast<std::size_t>(fate);
  return i < std::size(kNames) ? kNames[i] : "unknown";
}

bool carries(const LostAttempt& attempt, const ListedJob& job) {
  return recognisable(attempt) && same_model(attempt.model, job.model) && proven(attempt, job);
}

Nanos since(const LostAttempt& attempt, const ReconcilePolicy& policy) {
  return attempt.sent - policy.skew;
}
Nanos first_look(const LostAttempt& attempt) {
  return attempt.ended;
}

Verdict judge(const LostAttempt& attempt, const Look& look, const ReconcilePolicy& policy) {
  if (attempt.kind == Reconcile::native_key) return by_key(attempt, look, policy);
  if (!recognisable(attempt)) return say(Fate::ask, "nothing makes the attempt recognisable at this provider");
  const auto found = matches(attempt, look, policy);
  if (found.empty()) return not_there(attempt, look, policy);
  Verdict v = say(Fate::found, "a job of the provider carries the attempt's fingerprint");
  v.id = found.front()->id;
  for (std::size_t i = 1; i < found.size(); ++i) v.orphans.push_back(found[i]->id);
  return v;
}

}  // namespace vidgen::flow
