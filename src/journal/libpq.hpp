// SPDX-License-Identifier: Apache-2.0
// The functions of libpq that are used, found in its library at run time. Its header gives their types.
#pragma once

#include <libpq-fe.h>

#include "vidgen/error.hpp"

namespace vidgen::journal {

#define VIDGEN_LIBPQ_FUNCTIONS(X)                                                                               \
  X(PQconnectdbParams) X(PQfinish) X(PQstatus) X(PQerrorMessage) X(PQserverVersion) X(PQconninfoParse)          \
  X(PQconninfoFree) X(PQfreemem) X(PQsetNoticeProcessor) X(PQexec) X(PQsendQueryParams) X(PQgetResult)          \
  X(PQenterPipelineMode) X(PQexitPipelineMode) X(PQpipelineSync) X(PQresultStatus) X(PQresultErrorField)        \
  X(PQcmdStatus) X(PQntuples) X(PQgetvalue) X(PQgetlength) X(PQclear)

struct Libpq {
#define VIDGEN_LIBPQ_MEMBER(name) decltype(&::name) name = nullptr;
  VIDGEN_LIBPQ_FUNCTIONS(VIDGEN_LIBPQ_MEMBER)
#undef VIDGEN_LIBPQ_MEMBER
};

// Loads it on the first call, and keeps it. Errc::unsupported: it is not installed, or too old. Any thread.
Result<const Libpq*> load_libpq();
// For tests: what is used in its place from now on; null: the library's own. Set while no connection is open.
void use_libpq(const Libpq* functions);

}  // namespace vidgen::journal
