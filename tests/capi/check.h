/* SPDX-License-Identifier: Apache-2.0 */
/* A test is a function; CHECK ends the program with the place and what was expected. */
#ifndef VIDGEN_TESTS_CAPI_CHECK_H
#define VIDGEN_TESTS_CAPI_CHECK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition)                                                          \
  do {                                                                            \
    if (!(condition)) {                                                           \
      fprintf(stderr, "%s:%d: expected %s\n", __FILE__, __LINE__, #condition);    \
      exit(1);                                                                    \
    }                                                                             \
  } while (0)

#define CHECK_TEXT(got, want)                                                                    \
  do {                                                                                           \
    const char *got_ = (got), *want_ = (want);                                                   \
    if (strcmp(got_, want_) != 0) {                                                              \
      fprintf(stderr, "%s:%d: \"%s\" instead of \"%s\"\n", __FILE__, __LINE__, got_, want_);     \
      exit(1);                                                                                   \
    }                                                                                            \
  } while (0)

/* The call works; otherwise its error is shown. */
#define CHECK_OK(call)                                                                                       \
  do {                                                                                                       \
    vg_error *error = NULL;                                                                                  \
    const vg_status status_ = (call);                                                                        \
    if (status_ != VG_OK || error != NULL) {                                                                 \
      fprintf(stderr, "%s:%d: %s: %s\n", __FILE__, __LINE__, #call, error ? vg_error_describe(error) : "?"); \
      exit(1);                                                                                               \
    }                                                                                                        \
  } while (0)

/* The call fails with this status, and its error says so and holds a word. */
#define CHECK_FAILS(call, want, word)                                                                         \
  do {                                                                                                        \
    vg_error *error = NULL;                                                                                   \
    const vg_status status_ = (call);                                                                         \
    if (status_ != (want) || error == NULL || vg_error_code(error) != (want) ||                               \
        strstr(vg_error_message(error), word) == NULL) {                                                      \
      fprintf(stderr, "%s:%d: %s: %d, %s\n", __FILE__, __LINE__, #call, (int)status_,                         \
              error ? vg_error_describe(error) : "no error");                                                 \
      exit(1);                                                                                                \
    }                                                                                                         \
    vg_error_free(error);                                                                                     \
  } while (0)

#endif
