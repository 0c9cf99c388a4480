// SPDX-License-Identifier: Apache-2.0
#include "journal/postgres_schema.hpp"

#include "base/try.hpp"

namespace vidgen::journal {
namespace {

// Whoever migrates holds this lock until its transaction ends.
constexpr const char* kAlone = "SELECT pg_advisory_xact_lock(hashtext('vidgen'), hashtext('migrate'))";

// Of the tables, never by to_regclass(): a session remembers that a name was not there, and hears that it now is when it
// locks a table, but not when it gets the lock above.
constexpr const char* kThere =
    "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE n.nspname = 'vidgen' AND c.relname = 'version'";

Status refuse_newer(int version) {
  if (version <= kPostgresVersion) return {};
  return Error(Errc::journal_version, "the journal on PostgreSQL was written by a newer version of vidgen (schema " +
                                          std::to_string(version) + ", this one knows " +
                                          std::to_string(kPostgresVersion) +
                                          "): update vidgen or use another database");
}

// Asked first: CREATE SCHEMA IF NOT EXISTS wants the right to make it even where it is there.
Status make_schema(PgConnection& connection) {
  VIDGEN_TRY(there, connection.ask("SELECT count(*) FROM pg_namespace WHERE nspname = 'vidgen'"));
  if (there[0].number(0) == 0) VIDGEN_CHECK(connection.run("CREATE SCHEMA vidgen"));
  return connection.run("CREATE TABLE vidgen.version (number bigint NOT NULL); INSERT INTO vidgen.version VALUES (0)");
}

Status set_version(PgConnection& connection) {
  PgValues values;
  values.bind(std::int64_t{kPostgresVersion});
  VIDGEN_TRY(set, connection.ask("UPDATE vidgen.version SET number=$1", values));
  (void)set;
  return {};
}

}  // namespace

Result<int> postgres_version_of(PgConnection& connection) {
  VIDGEN_TRY(there, connection.ask(kThere));
  if (there[0].number(0) == 0) return 0;
  VIDGEN_TRY(rows, connection.ask("SELECT number FROM vidgen.version"));
  return rows.count() == 0 ? 0 : static_cast<int>(rows[0].number(0));
}

Status migrate(PgConnection& connection) {
  VIDGEN_TRY(version, postgres_version_of(connection));
  VIDGEN_CHECK(refuse_newer(version));
  if (version == kPostgresVersion) return {};
  PgTransaction transaction(connection);
  VIDGEN_TRY(alone, connection.ask(kAlone));
  (void)alone;
  VIDGEN_TRY(now, postgres_version_of(connection));  // another process may have migrated while this one waited
  VIDGEN_CHECK(refuse_newer(now));
  if (now == 0) VIDGEN_CHECK(make_schema(connection));
  for (int v = now; v < kPostgresVersion; ++v) VIDGEN_CHECK(connection.run(kPostgresMigrations[v]));
  VIDGEN_CHECK(set_version(connection));
  return transaction.commit();
}

}  // namespace vidgen::journal
