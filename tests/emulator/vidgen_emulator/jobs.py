# SPDX-License-Identifier: Apache-2.0
"""The life of one run, the same for all providers: queued, running, then one of succeeded, failed, canceled, aborted.

All times are virtual microseconds and exact: a run that is due at t ends at t, however late the timer came. A run whose
media is still being made when it is due ends then, dated t. Each run is booked exactly once, when it ends.
"""
from __future__ import annotations

import asyncio
import collections
import random
from fractions import Fraction
from typing import Any, Callable, Deque, Dict, List, Optional

from . import billing, faults, inputs, media, pictures
from .clock import SECOND, from_seconds, iso
from .models import Deliverable, Model

FINAL = ("succeeded", "failed", "canceled", "aborted")
_ALPHABET = "abcdefghjkmnpqrstvwxyz0123456789"


class Job:
    __slots__ = ("id", "seq", "provider", "account", "model", "given", "created", "queue_us", "run_us", "deadline", "state", "started",
                 "ended", "error", "price", "what", "timers", "outcome", "task", "removed", "extra", "cost", "waiters", "hidden_until",
                 "polls", "made_from")

    def __init__(self, provider: str, account: str, model: Model, given: Dict[str, Any]):
        self.provider, self.account, self.model, self.given = provider, account, model, given
        self.id, self.seq, self.created, self.queue_us, self.run_us = "", 0, 0, 0, 0
        self.deadline: Optional[int] = None
        self.state, self.error = "queued", None
        self.started: Optional[int] = None
        self.ended: Optional[int] = None
        self.price = model.price(given)
        self.what: Deliverable = model.deliverable(given)
        self.timers: Dict[str, Any] = {}
        self.outcome: List[dict] = []
        self.task: Optional[asyncio.Task] = None
        self.removed = False
        self.extra: Dict[str, Any] = {}
        self.cost = 0
        self.waiters: List[asyncio.Future] = []
        self.hidden_until = self.polls = 0
        self.made_from = ""

    @property
    def final(self) -> bool:
        return self.state in FINAL

    def ran_us(self) -> int:
        return self.ended - self.started if self.started is not None and self.ended is not None else 0

    def names(self) -> List[str]:
        """The file names of what it delivers."""
        suffix = "html" if self.what.fault == "html" else self.extra.get("suffix", self.what.format)
        if self.what.kind != "image":
            return ["output." + suffix]
        return [f"out-{n}.{suffix}" for n in range(self.what.count)]


class Jobs:
    def __init__(self, app):
        self.app = app
        self.all: Dict[str, Job] = {}
        self.order: List[Job] = []
        self.running: Dict[str, int] = {}
        self.waiting: Dict[str, Deque[Job]] = {}
        self.pending: set = set()
        self.most_running: Dict[str, int] = {}
        self.listeners: List[Callable[[Job, str, int], None]] = []

    # ---- beginning ----
    def create(self, provider: str, account: str, model: Model, given: Dict[str, Any], outcome: List[dict], ident: str = "",
               deadline_us: Optional[int] = None) -> Job:
        job = Job(provider, account, model, given)
        job.seq = len(self.order) + 1
        rng = random.Random(f"{self.app.words['seed']}/job/{job.seq}")
        job.id = ident or "".join(rng.choice(_ALPHABET) for _ in range(26))
        job.created, job.outcome = self.app.clock.now(), outcome
        if deadline_us is not None:
            job.deadline = job.created + deadline_us
        self._draw(job, rng)
        self._bend(job)
        job.hidden_until = job.created + from_seconds(self._word(faults.find(outcome, "hide_from_list"), "seconds", self.app.words["list_delay"]))
        self.all[job.id] = job
        self.order.append(job)
        if not faults.find(outcome, "never_start"):
            job.timers["start"] = self.app.clock.at(job.created + job.queue_us, lambda due: self._may_start(job, due))
        if job.deadline is not None:
            job.timers["deadline"] = self.app.clock.at(job.deadline, lambda due: self._deadline(job, due))
        return job

    @staticmethod
    def _word(fault: Optional[dict], name: str, default):
        return default if fault is None else fault.get(name, default)

    def _draw(self, job: Job, rng: random.Random) -> None:
        words, row = self.app.words["latency"], job.model.row
        spread = row.get("spread", words["spread"])
        run = row.get("latency", 10) * (1 + spread * (2 * rng.random() - 1))
        queue = row.get("queue", words["queue"])
        if rng.random() < row.get("cold_chance", words["cold_chance"]):
            queue += row.get("cold", words["cold"])
        given = faults.find(job.outcome, "latency") or {}
        job.queue_us = from_seconds(given.get("queue", queue * words["scale"]))
        job.run_us = max(1, from_seconds(given.get("predict", run * words["scale"])))

    def _bend(self, job: Job) -> None:
        spoilt = faults.find(job.outcome, "media")
        if spoilt:
            media.apply_fault(job.what, (spoilt["kind"], spoilt.get("factor", 0.6)))
        if job.what.fault == "html":
            job.extra["suffix"] = "html"

    def _may_start(self, job: Job, when: int) -> None:
        limit = self.app.words["limits"]["concurrency"]
        if limit is not None and self.running.get(job.account, 0) >= limit:
            self.waiting.setdefault(job.account, collections.deque()).append(job)
            return
        self._start(job, when)

    def _start(self, job: Job, when: int) -> None:
        job.state, job.started = "running", when
        count = self.running[job.account] = self.running.get(job.account, 0) + 1
        self.most_running[job.account] = max(count, self.most_running.get(job.account, 0))
        if self.app.media.real and (job.model.row.get("first_frame") or job.model.row.get("last_frame")) and job.what.kind == "video":
            job.task = asyncio.get_running_loop().create_task(self._look(job))
            self.pending.add(job.task)
            job.task.add_done_callback(self.pending.discard)
        self._plan_end(job, when)
        self._tell(job, "start", when)

    def _plan_end(self, job: Job, when: int) -> None:
        limit = from_seconds(self.app.words["run_timeout"])
        failing = faults.find(job.outcome, "fail") or faults.find(job.outcome, "nsfw")
        if faults.find(job.outcome, "never_end") or job.run_us > limit:
            job.timers["end"] = self.app.clock.at(when + limit, lambda due: self._end(job, "failed", due, "Prediction timed out after 30 minutes."))
        elif failing:
            text = "NSFW content detected. Try running it again, or try a different prompt."
            text = failing.get("error", text if failing["do"] == "nsfw" else "Prediction interrupted; please retry (code: PA)")
            due = when + int(job.run_us * failing.get("factor", 0.5))
            job.timers["end"] = self.app.clock.at(due, lambda at: self._end(job, "failed", at, text))
        else:
            job.timers["end"] = self.app.clock.at(when + job.run_us, lambda due: self._due(job, due))

    # ---- the media ----
    async def _look(self, job: Job) -> None:
        """Fetches the pictures it starts from and makes the clip; what goes wrong is the run's error."""
        row = job.model.row
        try:
            job.what.first = await inputs.fetch(self.app, job.given.get(row.get("first_frame", "")))
            job.what.last = await inputs.fetch(self.app, job.given.get(row.get("last_frame", "")))
            for picture in (job.what.first, job.what.last):
                if picture is not None and pictures.size_of(picture) is None:
                    raise media.MediaError("cannot identify image file")
            if job.what.first and job.what.fault != "wrong_size":
                job.what.width, job.what.height = job.model.sizes_like(pictures.size_of(job.what.first), job.given)
            await self.app.media.make(job.what)
        except media.MediaError as error:
            job.error = str(error)

    def _due(self, job: Job, when: int) -> None:
        if job.task is not None and not job.task.done():
            job.task.add_done_callback(lambda _task: None if job.final else self._due(job, when))
        elif job.error:
            self._end(job, "failed", when, job.error)
        else:
            self._end(job, "succeeded", when)

    # ---- ending ----
    def cancel(self, job: Job) -> None:
        """As a user's call. A run that has ended stays as it is."""
        if job.final:
            return
        word = "canceled" if job.state == "running" else self.app.words["cancel_before_start"]
        now = self.app.clock.now()
        self._end(job, word, now if job.started is None else min(now, job.started + job.run_us))

    def _deadline(self, job: Job, when: int) -> None:
        if not job.final:
            self._end(job, "canceled" if job.state == "running" else "aborted", when)

    def _end(self, job: Job, state: str, when: int, error: Optional[str] = None) -> None:
        if job.final:
            return
        held = job.state == "running"
        job.state, job.ended, job.error = state, when, error
        for timer in job.timers.values():
            timer.cancel()
        job.timers.clear()
        self._book(job, when)
        self._tell(job, "completed", when)
        if faults.find(job.outcome, "data_removed"):
            self._remove(job)
        else:
            job.timers["remove"] = self.app.clock.at(when + from_seconds(self.app.words["retention"]), lambda _due: self._remove(job))
        if held:
            self._free_slot(job.account, when)

    def _free_slot(self, account: str, when: int) -> None:
        self.running[account] -= 1
        queue = self.waiting.get(account)
        while queue:
            following = queue.popleft()
            if not following.final:
                self._start(following, when)
                return

    def _book(self, job: Job, when: int) -> None:
        what, rules = job.what, self.app.words["billing"]
        images = what.count if what.kind == "image" else 0
        length = what.length_us
        if "bill_fps" in job.model.row:         # seconds counted at a rate of the provider's own, whatever rate was made
            length = round(Fraction(what.frames) / job.model.row["bill_fps"] * SECOND)
        job.cost = billing.charge(job.price, job.state, rules, job.ran_us(), job.run_us, length, images)
        self.app.ledger.book(iso(when), job.account, job.provider, job.model.id, job.id, job.state, job.cost,
                             {"price": job.price.kind, "rate_micro": job.price.rate, "run_us": job.ran_us(),
                              "media_us": length, "images": images})

    def _remove(self, job: Job) -> None:
        job.removed = True
        job.what.first = job.what.last = None
        job.given = {k: f"({len(v)} characters)" if isinstance(v, str) and len(v) > 4096 else v for k, v in job.given.items()}

    def _tell(self, job: Job, event: str, when: int) -> None:
        for listener in self.listeners:
            listener(job, event, when)
        if event == "completed":
            for waiter in job.waiters:
                if not waiter.done():
                    waiter.set_result(None)
            job.waiters.clear()

    async def wait(self, job: Job, micros: int) -> None:
        """Until it ends, or that long."""
        if job.final:
            return
        done = asyncio.get_running_loop().create_future()
        job.waiters.append(done)
        timer = self.app.clock.at(self.app.clock.now() + micros, lambda _due: done.done() or done.set_result(None))
        await done
        timer.cancel()

    async def settle(self) -> None:
        """Until no media is being made: after a jump of the clock all runs that are due have ended."""
        while self.pending:
            await asyncio.gather(*list(self.pending), return_exceptions=True)
            await asyncio.sleep(0)

    def progress(self, job: Job) -> float:
        if job.state != "running" or job.started is None:
            return 1.0 if job.state == "succeeded" else 0.0
        return min(0.99, max(0.0, (self.app.clock.now() - job.started) / job.run_us))

    def seconds(self, micros: int) -> float:
        return micros / SECOND
