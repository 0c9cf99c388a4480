# SPDX-License-Identifier: Apache-2.0
"""Every way in which vidgen fails, as exception classes: one for each error of the library.

The classes are made from the library's own table, so that none is missing; `errors.pyi` writes them out for type
checkers, and a test compares the two. Each also derives from the builtin exception that fits, so `except ValueError`
and `except FileNotFoundError` do what people expect. Mistakes of type are plain `TypeError`s.
"""
import errno
from decimal import Decimal

from vidgen import _vidgen

_VALUE = ("invalid_argument input_refused template_invalid spec_invalid timeline_invalid lut_invalid json_invalid "
          "config_invalid model_lacks plan_impossible")
_BUILTIN = {
    **dict.fromkeys(_VALUE.split(), ValueError),
    **dict.fromkeys(("model_unknown", "not_found"), LookupError),
    **dict.fromkeys(("io", "no_space", "network", "tls"), OSError),
    "file_missing": FileNotFoundError,
    "read_only": PermissionError,
    "no_memory": MemoryError,
    "timeout": TimeoutError,
    "unsupported": NotImplementedError,
}
# Where CamelCase and "Error" would hide a builtin.
_NAMES = {"interrupted": "JobInterrupted", "timeout": "DeadlineError"}
_ERRNO = {"file_missing": errno.ENOENT, "no_space": errno.ENOSPC, "read_only": errno.EROFS}


class Error(Exception):
    """What all errors of the library derive from; `str(error)` is one line that says what to do.

    Immutable by custom, picklable. `code` is the error's name ("budget"), the same in C++, C and the command.
    """

    code = "unknown"
    number = 1
    retryable = False
    exit_code = 1

    def __init__(self, message="", *, described="", phase="", provider="", request_id="", cost_micros=None):
        super().__init__(message)
        self.message = message
        self.described = described or f"{self.code}: {message}"
        self.phase = phase
        self.provider = provider
        self.request_id = request_id
        self.cost_micros = cost_micros
        if self.code in _ERRNO:
            self.errno = _ERRNO[self.code]

    @property
    def cost_so_far(self):
        """Dollars that the job had spent when it failed; None when unknown."""
        return None if self.cost_micros is None else Decimal(self.cost_micros).scaleb(-6)

    def __str__(self):
        return self.message

    def __reduce__(self):
        return type(self), (self.message,), self.__dict__


class WaitTimeout(TimeoutError):
    """A wait ended before the job did. The job goes on; `job` is its id."""

    def __init__(self, message="", job=""):
        super().__init__(message)
        self.job = job

    def __reduce__(self):
        return type(self), (str(self), self.job)


def class_name(code):
    """The name of the class of an error: "no_space" is NoSpaceError."""
    return _NAMES.get(code) or code.title().replace("_", "") + "Error"


def _make(code, number, retryable, exit_code, meaning):
    bases = (Error, _BUILTIN[code]) if code in _BUILTIN else (Error,)
    members = {"code": code, "number": number, "retryable": retryable, "exit_code": exit_code}
    sentence = meaning[:1].upper() + meaning[1:] + "."
    return type(class_name(code), bases, {"__doc__": sentence, "__module__": __name__, **members})


_CLASSES = {row[0]: _make(*row) for row in _vidgen.error_rows}
InputError = _CLASSES["input_refused"]
globals().update({made.__name__: made for made in _CLASSES.values()})
globals()["__all__"] = sorted(["Error", "InputError", "WaitTimeout", *(made.__name__ for made in _CLASSES.values())])


def of_code(code):
    """The class of an error's name; `Error` for names of newer versions."""
    return _CLASSES.get(code, Error)


def _factory(code, message, described, phase, provider, request_id, cost_micros):
    error = of_code(code)(message, described=described, phase=phase, provider=provider, request_id=request_id,
                          cost_micros=cost_micros)
    if type(error) is Error:
        error.code = code
    return error


_vidgen.set_error_factory(_factory)
