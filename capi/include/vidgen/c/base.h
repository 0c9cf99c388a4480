/* SPDX-License-Identifier: Apache-2.0 */
/* Versions, status codes, errors and strings. The rules of vidgen.h hold. */
#ifndef VIDGEN_C_BASE_H
#define VIDGEN_C_BASE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define VG_API __attribute__((visibility("default")))
#else
#define VG_API
#endif

#define VG_VERSION_MAJOR 0
#define VG_VERSION_MINOR 1
#define VG_VERSION_PATCH 0

/* "0.1.0": of the library that runs, not of this header. */
VG_API const char *vg_version(void);
/* Its number: major * 1000000 + minor * 1000 + patch. */
VG_API int vg_version_number(void);

/* What went wrong, for programs. Numbers are added, never changed or used again; the rows are those of errc.def. */
typedef enum vg_status {
  VG_OK = 0,
  VG_E_UNKNOWN = 1,           /* something failed that has no code of its own */
  VG_E_INTERNAL = 2,          /* a bug in this library */
  VG_E_INVALID_ARGUMENT = 3,  /* an argument makes no sense */
  VG_E_UNSUPPORTED = 4,       /* this version cannot do that yet */
  VG_E_INPUT_REFUSED = 5,     /* the prompt or an input was refused */
  VG_E_NOT_FOUND = 6,         /* there is no such thing */
  VG_E_FILE_MISSING = 7,      /* a file is not there */
  VG_E_IO = 8,                /* reading or writing failed */
  VG_E_NO_SPACE = 9,          /* the disk is full */
  VG_E_READ_ONLY = 10,        /* the place may not be written to */
  VG_E_MEDIA_INVALID = 11,    /* the media file is damaged or not what it says */
  VG_E_MEDIA_LIMIT = 12,      /* the media file is larger than the limits allow */
  VG_E_MEDIA_UNSUPPORTED = 13, /* the container or codec is not on the list of accepted ones */
  VG_E_ENCODER_MISSING = 14,  /* no suitable encoder is installed */
  VG_E_FONT_MISSING = 15,     /* no suitable font is installed */
  VG_E_SOUNDFONT_MISSING = 16, /* no sound font is installed */
  VG_E_TEMPLATE_INVALID = 17, /* a template does not follow its schema */
  VG_E_SPEC_INVALID = 18,     /* a spec does not follow its schema */
  VG_E_TIMELINE_INVALID = 19, /* a timeline does not follow its schema */
  VG_E_LUT_INVALID = 20,      /* a .cube file is damaged */
  VG_E_MODEL_UNKNOWN = 21,    /* there is no model of that name */
  VG_E_MODEL_LACKS = 22,      /* the model cannot take an input that the plan would give it */
  VG_E_PLAN_IMPOSSIBLE = 23,  /* no plan meets the request */
  VG_E_BUDGET = 24,           /* the price does not fit the budget */
  VG_E_PROVIDER = 25,         /* the provider failed */
  VG_E_CREDENTIALS = 26,      /* the provider's key is missing or refused */
  VG_E_AMBIGUOUS = 27,        /* a paid request may or may not have been accepted */
  VG_E_NEEDS_ATTENTION = 28,  /* the job waits for an answer from a person */
  VG_E_CANCELLED = 29,        /* the job was cancelled */
  VG_E_INTERRUPTED = 30,      /* the work was stopped and can be resumed */
  VG_E_JOURNAL = 31,          /* the journal cannot be read or written */
  VG_E_JOURNAL_VERSION = 32,  /* the journal was written by a newer version */
  VG_E_JSON_INVALID = 33,     /* the JSON text is damaged */
  VG_E_VERIFY_FAILED = 34,    /* the finished file is not what was planned */
  VG_E_CONFIG_INVALID = 35,   /* a setting makes no sense */
  VG_E_NO_MEMORY = 36,        /* there is no memory left for that */
  VG_E_FORKED = 37,           /* the process was forked after the pipeline was made */
  VG_E_CLOSED = 38,           /* it was closed and cannot be used any more */
  VG_E_HOST = 39,             /* a part that the host brought failed */
  VG_E_URL_REFUSED = 41,      /* a URL may not be fetched: malformed, not https, or not public */
  VG_E_NETWORK = 42,          /* there is no connection, or it broke */
  VG_E_TIMEOUT = 43,          /* a deadline passed before the server was done */
  VG_E_TLS = 44,              /* the server could not prove who it is */
  VG_E_ANSWER_INVALID = 45,   /* an answer breaks the protocol or its limits */
  VG_E_TAKEN_OVER = 46,       /* another process has taken the job over */
  VG_E_EXPIRED = 47           /* the provider has deleted a result that was paid for */
} vg_status;

/* "input_refused". Of a number that is none: "unknown". The string is static. */
VG_API const char *vg_status_name(vg_status status);
/* What it means, in one line. Static. */
VG_API const char *vg_status_text(vg_status status);
/* The exit code that the command gives for it; 0 for VG_OK. */
VG_API int vg_status_exit_code(vg_status status);

/* What went wrong, for people. Immutable; the caller's. Its strings live as long as it does. */
typedef struct vg_error vg_error;

VG_API void vg_error_free(vg_error *error);
VG_API vg_status vg_error_code(const vg_error *error);
/* One line that says what to do. */
VG_API const char *vg_error_message(const vg_error *error);
/* "code: message (while phase): cause". */
VG_API const char *vg_error_describe(const vg_error *error);
/* What was being done; "" when that is not known. */
VG_API const char *vg_error_phase(const vg_error *error);
/* 1 when the same call may work later. */
VG_API int vg_error_retryable(const vg_error *error);
/* The provider that had a part in it, and what its support asks for; "" when there was none. */
VG_API const char *vg_error_provider(const vg_error *error);
VG_API const char *vg_error_request_id(const vg_error *error);
/* Micro-dollars that the job had spent when it failed; -1 when that is not known. */
VG_API int64_t vg_error_cost_so_far(const vg_error *error);

VG_API void vg_string_free(char *string);

#ifdef __cplusplus
}
#endif
#endif
