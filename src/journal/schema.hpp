// SPDX-License-Identifier: Apache-2.0
// The journal's tables. A released migration is never edited: a change is a new row.
#pragma once

namespace vidgen::journal {

inline constexpr const char* kMigrations[] = {
    // 1
    R"sql(
CREATE TABLE jobs (
  id TEXT PRIMARY KEY, created_ms INTEGER NOT NULL, request TEXT NOT NULL, spec TEXT NOT NULL, plan TEXT NOT NULL,
  status TEXT NOT NULL, reason TEXT NOT NULL, film TEXT NOT NULL, owner INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE attempts (
  job TEXT NOT NULL, step TEXT NOT NULL, attempt INTEGER NOT NULL, key TEXT NOT NULL, state TEXT NOT NULL,
  provider TEXT NOT NULL, provider_id TEXT NOT NULL, seed INTEGER NOT NULL, reserved INTEGER NOT NULL,
  settled INTEGER NOT NULL, time_ms INTEGER NOT NULL, detail TEXT NOT NULL,
  PRIMARY KEY (job, step, attempt)) WITHOUT ROWID;
CREATE TABLE results (key TEXT PRIMARY KEY, outcome TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE events (job TEXT NOT NULL, seq INTEGER NOT NULL, event TEXT NOT NULL, PRIMARY KEY (job, seq)) WITHOUT ROWID;
)sql",
    // 2: leases; where the money of an attempt stands (flow::Held) and the day that it counts for
    R"sql(
CREATE TABLE leases (
  job TEXT PRIMARY KEY, holder TEXT NOT NULL, fence INTEGER NOT NULL, until_ms INTEGER NOT NULL) WITHOUT ROWID;
ALTER TABLE attempts ADD COLUMN held INTEGER NOT NULL DEFAULT 0;
ALTER TABLE attempts ADD COLUMN day INTEGER NOT NULL DEFAULT 0;
UPDATE attempts SET day = time_ms / 86400000, held = CASE
  WHEN state IN ('planned', 'lost') THEN 0 WHEN state = 'ambiguous' THEN 2
  WHEN state IN ('succeeded', 'stored', 'verified', 'failed', 'cancelled') THEN 3 ELSE 1 END;
CREATE INDEX attempts_by_day ON attempts (day);
)sql",
    // 3: what makes an attempt recognisable, what it was priced by, when it was by the provider's clock
    R"sql(
ALTER TABLE attempts ADD COLUMN model TEXT NOT NULL DEFAULT '';
ALTER TABLE attempts ADD COLUMN fingerprint TEXT NOT NULL DEFAULT '';
ALTER TABLE attempts ADD COLUMN mark TEXT NOT NULL DEFAULT '';
ALTER TABLE attempts ADD COLUMN price TEXT NOT NULL DEFAULT '';
ALTER TABLE attempts ADD COLUMN sent_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE attempts ADD COLUMN created_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE attempts ADD COLUMN ended_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE attempts ADD COLUMN orphan INTEGER NOT NULL DEFAULT 0;
ALTER TABLE attempts ADD COLUMN outcome TEXT NOT NULL DEFAULT '';
UPDATE attempts SET state = 'sent' WHERE state = 'intent';
)sql",
};

}  // namespace vidgen::journal
