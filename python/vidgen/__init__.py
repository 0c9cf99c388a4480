# SPDX-License-Identifier: Apache-2.0
"""vidgen: one prompt goes in, one finished film comes out.

    import vidgen
    with vidgen.Pipeline(workspace="films", budget=2.00) as p:
        plan = p.plan("a ceramic mug on a walnut desk", duration=30)
        print(plan.clip_count, plan.cost_usd, plan.eta_seconds)
        film = p.render("a ceramic mug on a walnut desk", duration=30, quality="draft", progress=print)
        print(film.path, film.cost_usd, film.backend)
    vidgen.assemble(["a.mp4", "b.mp4"], "out.mp4", transition="fade:0.5", grade="cinematic_warm")

`vidgen.aio` is the same for asyncio. Importing this loads next to nothing: each name is fetched when it is first used,
and no thread, socket or file is opened before the first call.
"""
TYPE_CHECKING = False  # type checkers know better; importing typing would take longer than all else here

if TYPE_CHECKING:
    from vidgen import aio, errors, progress, webhook
    from vidgen._backend import Attempt, Backend, Generation, Output, RemoteJob
    from vidgen._catalogue import Model, Template, find_model, models, templates, transitions
    from vidgen._event import Event
    from vidgen._film import Assembled, Film
    from vidgen._frames import Frame, FrameBatch, FrameReader
    from vidgen._frames import open as open
    from vidgen._job import Job
    from vidgen._media import CheckReport, Finding, MediaInfo, assemble, check, probe
    from vidgen._phase import Phase, PlanEditor, StepContext, StepInput, StepResult
    from vidgen._pipeline import Cleaned, Pipeline, PipelineOptions
    from vidgen._plan import Plan, PlanClip, PlanTake, Step
    from vidgen._records import JobInfo, Ledger, LedgerEntry
    from vidgen._redo import RedoPlan, Refresh
    from vidgen._request import Request, RequestOptions
    from vidgen._timeline import AudioItem, Timeline, TimelineItem, Title, Transition
    from vidgen.errors import (
        AmbiguousError, AnswerInvalidError, BudgetError, CancelledError, ClosedError, ConfigInvalidError,
        CredentialsError, DeadlineError, EncoderMissingError, Error, ExpiredError, FileMissingError, FontMissingError,
        ForkedError, HostError, InputError, InputRefusedError, InternalError, InvalidArgumentError, IoError,
        JobInterrupted,
        JournalError, JournalVersionError, JsonInvalidError, LutInvalidError, MediaInvalidError, MediaLimitError,
        MediaUnsupportedError, ModelLacksError, ModelUnknownError, NeedsAttentionError, NetworkError, NoMemoryError,
        NoSpaceError, NotFoundError, PlanImpossibleError, ProviderError, ReadOnlyError, SoundfontMissingError,
        SpecInvalidError, TakenOverError, TemplateInvalidError, TimelineInvalidError, TlsError, UnknownError,
        UnsupportedError, UrlRefusedError, VerifyFailedError, WaitTimeout,
    )

    __version__: str

# `open` is left out, so that a star import does not hide the builtin.
__all__ = [
    "AmbiguousError", "AnswerInvalidError", "Assembled", "Attempt", "AudioItem", "Backend", "BudgetError",
    "CancelledError", "CheckReport", "Cleaned", "ClosedError", "ConfigInvalidError", "CredentialsError",
    "DeadlineError", "EncoderMissingError", "Error", "Event", "ExpiredError", "FileMissingError", "Film", "Finding",
    "FontMissingError", "ForkedError", "Frame", "FrameBatch", "FrameReader", "Generation", "HostError", "InputError",
    "InputRefusedError", "InternalError", "InvalidArgumentError", "IoError", "Job", "JobInfo", "JobInterrupted",
    "JournalError", "JournalVersionError", "JsonInvalidError", "Ledger", "LedgerEntry", "LutInvalidError",
    "MediaInfo", "MediaInvalidError", "MediaLimitError", "MediaUnsupportedError", "Model", "ModelLacksError",
    "ModelUnknownError", "NeedsAttentionError", "NetworkError", "NoMemoryError", "NoSpaceError", "NotFoundError",
    "Output", "Phase", "Pipeline", "PipelineOptions", "Plan", "PlanClip", "PlanEditor", "PlanImpossibleError",
    "PlanTake", "ProviderError", "ReadOnlyError", "RedoPlan", "Refresh", "RemoteJob", "Request", "RequestOptions",
    "SoundfontMissingError",
    "SpecInvalidError", "Step", "StepContext", "StepInput", "StepResult", "TakenOverError", "Template",
    "TemplateInvalidError",
    "Timeline", "TimelineInvalidError", "TimelineItem", "Title", "TlsError", "Transition", "UnknownError",
    "UnsupportedError", "UrlRefusedError", "VerifyFailedError", "WaitTimeout", "__version__", "aio", "assemble",
    "check", "errors", "find_model", "models", "probe", "progress", "templates", "transitions", "webhook",
]

# Where names live that are not errors.
_HOMES = {
    "_backend": "Attempt Backend Generation Output RemoteJob",
    "_catalogue": "Model Template find_model models templates transitions",
    "_event": "Event",
    "_film": "Assembled Film",
    "_frames": "Frame FrameBatch FrameReader open",
    "_job": "Job",
    "_media": "CheckReport Finding MediaInfo assemble check probe",
    "_phase": "Phase PlanEditor StepContext StepInput StepResult",
    "_pipeline": "Cleaned Pipeline PipelineOptions",
    "_plan": "Plan PlanClip PlanTake Step",
    "_records": "JobInfo Ledger LedgerEntry",
    "_redo": "RedoPlan Refresh",
    "_request": "Request RequestOptions",
    "_timeline": "AudioItem Timeline TimelineItem Title Transition",
}
_HOME = {name: module for module, names in _HOMES.items() for name in names.split()}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Fetches a name when it is first asked for, and keeps it."""
        from importlib import import_module

        if name in ("aio", "errors", "progress", "webhook"):
            return import_module(f"vidgen.{name}")
        if name == "__version__":
            value = import_module("vidgen._vidgen").version
        elif name in _HOME or name in __all__:
            value = getattr(import_module(f"vidgen.{_HOME.get(name, 'errors')}"), name)
        else:
            raise AttributeError(f"module 'vidgen' has no attribute {name!r}")
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__, "open"})
