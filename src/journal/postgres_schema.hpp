// SPDX-License-Identifier: Apache-2.0
// The journal's tables in PostgreSQL, all in a schema named vidgen. A released migration is never edited: a change is a
// new row. Words of our own are text; what may hold words of others is bytea, which takes any byte.
#pragma once

#include <memory>
#include <string>

#include "journal/postgres_connection.hpp"

namespace vidgen::journal {

inline constexpr int kPostgresVersion = 1;

inline constexpr const char* kPostgresMigrations[] = {
    // 1. A lease lasts lasts_ms after each write; now_ms() is the clock that it is measured by. A writer is one opened
    // journal, its number that of the last group it made durable.
    R"sql(
CREATE TABLE vidgen.jobs (
  id text PRIMARY KEY, created_ms bigint NOT NULL, request bytea NOT NULL, spec bytea NOT NULL, plan bytea NOT NULL,
  status text NOT NULL, reason bytea NOT NULL, film bytea NOT NULL, owner bigint NOT NULL);
CREATE TABLE vidgen.attempts (
  job text NOT NULL, step text NOT NULL, attempt bigint NOT NULL, key text NOT NULL, state text NOT NULL,
  provider text NOT NULL, provider_id bytea NOT NULL, seed bigint NOT NULL, reserved bigint NOT NULL,
  settled bigint NOT NULL, time_ms bigint NOT NULL, detail bytea NOT NULL, held bigint NOT NULL, day bigint NOT NULL,
  model text NOT NULL, fingerprint text NOT NULL, mark bytea NOT NULL, price bytea NOT NULL, sent_ms bigint NOT NULL,
  created_ms bigint NOT NULL, ended_ms bigint NOT NULL, orphan bigint NOT NULL, outcome bytea NOT NULL,
  PRIMARY KEY (job, step, attempt));
CREATE INDEX attempts_by_day ON vidgen.attempts (day);
CREATE TABLE vidgen.results (key text PRIMARY KEY, outcome bytea NOT NULL);
CREATE TABLE vidgen.events (job text NOT NULL, seq bigint NOT NULL, event bytea NOT NULL, PRIMARY KEY (job, seq));
CREATE TABLE vidgen.leases (
  job text PRIMARY KEY, holder text NOT NULL, fence bigint NOT NULL, until_ms bigint NOT NULL, lasts_ms bigint NOT NULL);
CREATE TABLE vidgen.writers (writer text PRIMARY KEY, number bigint NOT NULL, at timestamptz NOT NULL);
CREATE FUNCTION vidgen.now_ms() RETURNS bigint LANGUAGE sql VOLATILE AS
  'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint';
)sql",
};

// The version of the journal that is there; 0: none.
Result<int> postgres_version_of(PgConnection& connection);
// Makes the tables or brings them up to date, once, however many want to at the same time. Errc::journal_version: they
// are newer; nothing was touched.
Status migrate(PgConnection& connection);

}  // namespace vidgen::journal
