# SPDX-License-Identifier: Apache-2.0
# The classes of errors.py written out, in the order of the library's table. A test compares the two.
from decimal import Decimal

__all__ = [
    "AmbiguousError", "AnswerInvalidError", "BudgetError", "CancelledError", "ClosedError", "ConfigInvalidError",
    "CredentialsError", "DeadlineError", "EncoderMissingError", "Error", "ExpiredError", "FileMissingError",
    "FontMissingError",
    "ForkedError", "HostError", "InputError", "InputRefusedError", "InternalError", "InvalidArgumentError", "IoError",
    "JobInterrupted", "JournalError", "JournalVersionError", "JsonInvalidError", "LutInvalidError",
    "MediaInvalidError", "MediaLimitError", "MediaUnsupportedError", "ModelLacksError", "ModelUnknownError",
    "NeedsAttentionError", "NetworkError", "NoMemoryError", "NoSpaceError", "NotFoundError", "PlanImpossibleError",
    "ProviderError", "ReadOnlyError", "SoundfontMissingError", "SpecInvalidError", "TakenOverError", "TemplateInvalidError",
    "TimelineInvalidError", "TlsError", "UnknownError", "UnsupportedError", "UrlRefusedError", "VerifyFailedError",
    "WaitTimeout",
]

class Error(Exception):
    code: str
    number: int
    retryable: bool
    exit_code: int
    message: str
    described: str
    phase: str
    provider: str
    request_id: str
    cost_micros: int | None
    def __init__(self, message: str = "", *, described: str = "", phase: str = "", provider: str = "",
                 request_id: str = "", cost_micros: int | None = None) -> None: ...
    @property
    def cost_so_far(self) -> Decimal | None: ...

class WaitTimeout(TimeoutError):
    job: str
    def __init__(self, message: str = "", job: str = "") -> None: ...

def class_name(code: str) -> str: ...
def of_code(code: str) -> type[Error]: ...

class UnknownError(Error): ...  # something failed that has no code of its own
class InternalError(Error): ...  # a bug in this library
class InvalidArgumentError(Error, ValueError): ...  # an argument makes no sense
class UnsupportedError(Error, NotImplementedError): ...  # this version cannot do that yet
class InputRefusedError(Error, ValueError): ...  # the prompt or an input was refused
class NotFoundError(Error, LookupError): ...  # there is no such thing
class FileMissingError(Error, FileNotFoundError): ...  # a file is not there
class IoError(Error, OSError): ...  # reading or writing failed
class NoSpaceError(Error, OSError): ...  # the disk is full
class ReadOnlyError(Error, PermissionError): ...  # the place may not be written to
class MediaInvalidError(Error): ...  # the media file is damaged or not what it says
class MediaLimitError(Error): ...  # the media file is larger than the limits allow
class MediaUnsupportedError(Error): ...  # the container or codec is not on the list of accepted ones
class EncoderMissingError(Error): ...  # no suitable encoder is installed
class FontMissingError(Error): ...  # no suitable font is installed
class SoundfontMissingError(Error): ...  # no sound font is installed
class TemplateInvalidError(Error, ValueError): ...  # a template does not follow its schema
class SpecInvalidError(Error, ValueError): ...  # a spec does not follow its schema
class TimelineInvalidError(Error, ValueError): ...  # a timeline does not follow its schema
class LutInvalidError(Error, ValueError): ...  # a .cube file is damaged
class ModelUnknownError(Error, LookupError): ...  # there is no model of that name
class ModelLacksError(Error, ValueError): ...  # the model cannot take an input that the plan would give it
class PlanImpossibleError(Error, ValueError): ...  # no plan meets the request
class BudgetError(Error): ...  # the price does not fit the budget
class ProviderError(Error): ...  # the provider failed
class CredentialsError(Error): ...  # the provider's key is missing or refused
class AmbiguousError(Error): ...  # a paid request may or may not have been accepted
class NeedsAttentionError(Error): ...  # the job waits for an answer from a person
class CancelledError(Error): ...  # the job was cancelled
class JobInterrupted(Error): ...  # the work was stopped and can be resumed
class JournalError(Error): ...  # the journal cannot be read or written
class JournalVersionError(Error): ...  # the journal was written by a newer version
class JsonInvalidError(Error, ValueError): ...  # the JSON text is damaged
class VerifyFailedError(Error): ...  # the finished file is not what was planned
class ConfigInvalidError(Error, ValueError): ...  # a setting makes no sense
class NoMemoryError(Error, MemoryError): ...  # there is no memory left for that
class ForkedError(Error): ...  # the process was forked after the pipeline was made: make a new one in the child
class ClosedError(Error): ...  # it was closed and cannot be used any more
class HostError(Error): ...  # a part that the host brought failed
class UrlRefusedError(Error): ...  # a URL may not be fetched: malformed, not https, or not public
class NetworkError(Error, OSError): ...  # there is no connection, or it broke
class DeadlineError(Error, TimeoutError): ...  # a deadline passed before the server was done
class TlsError(Error, OSError): ...  # the server could not prove who it is
class AnswerInvalidError(Error): ...  # an answer breaks the protocol or its limits
class TakenOverError(Error): ...  # another process has taken the job over
class ExpiredError(Error): ...  # the provider has deleted a result that was paid for

InputError = InputRefusedError
