# SPDX-License-Identifier: Apache-2.0
"""Backends and phases written in Python, at work in the native pipeline."""
import asyncio
import json
import os
import threading

import pytest
import support
import vidgen
from vidgen import aio

pytestmark = support.real
MODEL = {
    "schema": "vidgen.model/1",
    "models": [{
        "name": "mine-clips", "aliases": [], "provider": "mine", "id": "clips", "kind": "video",
        "takes": {"prompt": "needs", "first_frame": "no", "last_frame": "no", "audio": "no", "negative_prompt": "no",
                  "seed_bits": 31},
        "duration": {"kind": "fixed", "values": [3], "field": "", "unit": "s"},
        "returns": {"frames": 90, "fps": "30", "sizes": ["320x180"]}, "seconds_to_make": 1, "concurrency": 4,
        "fields": {}, "prices": [{"kind": "per_clip", "usd": "0.10", "date": "2026-11-01", "source": "the tests"}],
        "reconcile": "client_id", "date": "2026-11-01", "source": "the tests"}],
}
REQUEST = {"duration": 3, "size": (320, 180), "quality": "draft", "model": "mine-clips", "continuity": "none",
           "captions": False, "budget": 2}
SILENT = support.PROMPT + ", no music"


class Mine(vidgen.Backend):
    """Gives the same clip for everything, after having been asked once how it goes."""

    name, reconcile = "mine", "client_id"

    def __init__(self, clip, refusal=None):
        self.clip, self.refusal = clip, refusal
        self.made, self.asked, self.cancelled, self.threads = [], [], [], set()

    def create(self, request, attempt):
        self.threads.add(threading.get_ident())
        if self.refusal:
            raise self.refusal
        self.made.append((request, attempt))
        return vidgen.RemoteJob(attempt.attempt_key, "running", 0.5)

    def get(self, id):
        self.asked.append(id)
        return vidgen.RemoteJob(id, "succeeded", 1.0, cost="0.10")

    def fetch(self, id):
        return [self.clip]

    def cancel(self, id):
        self.cancelled.append(id)

    def find(self, attempt):
        return None


class MineAsync(Mine):
    async def create(self, request, attempt):
        await asyncio.sleep(0)
        self.loop = asyncio.get_running_loop()
        return super().create(request, attempt)

    async def fetch(self, id):
        await asyncio.sleep(0)
        return super().fetch(id)


@pytest.fixture
def models(tmp_path):
    folder = tmp_path / "models"
    folder.mkdir()
    (folder / "mine.json").write_text(json.dumps(MODEL))
    return folder


def pipeline(tmp_path, models, *backends, kind=vidgen.Pipeline, **more):
    return kind(tmp_path / "films", models=models, language_model="rules", backends=backends, **more)


@pytest.mark.parametrize("kind", [Mine, MineAsync])
def test_a_film_of_clips_made_in_python(tmp_path, models, film, kind):
    backend = kind(film.path)
    with pipeline(tmp_path, models, backend) as p:
        plan = p.plan(SILENT, **REQUEST)
        made = p.render(SILENT, **REQUEST)
        ledger = p.ledger(made.job)
    assert made.backend == "mine" and made.frame_count == 90 and plan.model == "mine-clips"
    assert len(backend.made) == plan.clip_count == len(ledger.entries)
    assert made.cost_micros == ledger.spent_micros == 100000 * plan.clip_count == plan.cost_micros
    request, attempt = backend.made[0]
    assert request.kind == "video" and request.size == (320, 180) and "mug" in request.prompt
    assert attempt.job == made.job and set(backend.asked) == {a.attempt_key for _, a in backend.made}


def test_coroutines_run_on_the_loop_of_an_asyncio_pipeline(tmp_path, models, film):
    async def story():
        backend = MineAsync(film.path)
        async with pipeline(tmp_path, models, backend, kind=aio.Pipeline) as p:
            made = await p.render(SILENT, **REQUEST)
        return made.frame_count, backend.loop is asyncio.get_running_loop(), backend.threads == {threading.get_ident()}

    assert asyncio.run(asyncio.wait_for(story(), 60)) == (90, True, True)


@pytest.mark.parametrize("refusal, raised", [
    (vidgen.InputError("no mugs here"), vidgen.InputError), (RuntimeError("my own bug"), vidgen.HostError),
    (vidgen.CredentialsError("no key"), vidgen.CredentialsError),
])
def test_what_a_backend_raises_is_why_there_is_no_film(tmp_path, models, film, refusal, raised):
    with pipeline(tmp_path, models, Mine(film.path, refusal)) as p:
        with pytest.raises(raised, match=str(refusal)):
            p.render(SILENT, **REQUEST)


def test_an_unclear_answer_waits_for_a_person(tmp_path, models, film):
    class Unclear(Mine):
        def find(self, attempt):
            raise vidgen.AmbiguousError("nobody can tell")

    with pipeline(tmp_path, models, Unclear(film.path, vidgen.AmbiguousError("the answer was lost"))) as p:
        with pytest.raises((vidgen.AmbiguousError, vidgen.NeedsAttentionError)):
            p.render(SILENT, id="mine", **REQUEST)
        assert p.ledger("mine").reserved_micros > 0


def test_one_that_cannot_be_used_says_why(tmp_path, models, film):
    class Off(Mine):
        def unavailable(self):
            return "MY_KEY is not set"

    with pipeline(tmp_path, models, Off(film.path)) as p:
        with pytest.raises(vidgen.Error, match="MY_KEY"):
            p.render(SILENT, **REQUEST)


def test_cancelling_reaches_the_backend(tmp_path, models, film):
    class Slow(Mine):
        def get(self, id):
            begun.set()
            return vidgen.RemoteJob(id, "cancelled" if self.cancelled else "running", 0.5)

    begun = threading.Event()
    backend = Slow(film.path)
    with pipeline(tmp_path, models, backend) as p:
        job = p.submit(SILENT, **REQUEST)
        assert begun.wait(30)
        job.cancel()
        with pytest.raises(vidgen.CancelledError):
            job.wait(30)
    assert backend.cancelled


def test_a_stop_does_not_wait_for_a_question_that_hangs(tmp_path, models, film):
    class Hangs(Mine):
        def get(self, id):
            asked.set()
            go_on.wait(60)
            return super().get(id)

    asked, go_on = threading.Event(), threading.Event()
    try:
        with pipeline(tmp_path, models, Hangs(film.path)) as p:
            job = p.submit(SILENT, **REQUEST)
            assert asked.wait(30)
            job.interrupt()
            with pytest.raises(vidgen.JobInterrupted):
                job.wait(30)
            assert not go_on.is_set()
            go_on.set()
            assert p.attach(job.id).wait(60).frame_count == 90  # what comes late changed nothing
    finally:
        go_on.set()


def test_a_stop_cancels_a_coroutine_that_can_be_asked_again(tmp_path, models, film):
    class Hangs(MineAsync):
        async def get(self, id):
            try:
                asked.set()
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                cancelled.set()
                raise

    asked, cancelled = threading.Event(), threading.Event()
    with pipeline(tmp_path, models, Hangs(film.path)) as p:
        job = p.submit(SILENT, **REQUEST)
        assert asked.wait(30)
        job.interrupt()
        with pytest.raises(vidgen.JobInterrupted):
            job.wait(30)
        assert cancelled.wait(30)


class Counts(vidgen.Phase):
    """Writes the size of each clip into a file beside it."""

    number, name, status = 5, "counts", "refining"

    def __init__(self, kind):
        self.kinds = {"count": kind}

    def extend(self, spec, plan):
        for clip in [step for step in plan.step_ids if step.startswith("clip_")]:
            plan.add(kind="count", id=f"count_{clip}", inputs=[clip], params={"of": spec["prompt"]})


@pytest.mark.parametrize("is_async", [False, True])
def test_a_phase_of_ones_own(tmp_path, is_async):
    seen = []

    def count(context):
        seen.append(context)
        path = tmp_path / f"{context.step['id']}.json"
        path.write_text(json.dumps({"bytes": os.path.getsize(context.inputs[0].paths[0])}))
        return vidgen.StepResult([path], {"counted": True})

    async def count_async(context):
        await asyncio.sleep(0)
        return count(context)

    phase = Counts(count_async if is_async else count)
    with vidgen.Pipeline(tmp_path / "films", language_model="rules", phases=[phase]) as p:
        plan = p.plan(support.PROMPT, **support.SHORT)
        film = p.render(support.PROMPT, **support.SHORT)
        again = p.render(support.PROMPT, **support.SHORT)
    assert film.frame_count == 90 and again.reused
    assert [step.id for step in plan.steps if step.kind == "count"] == [f"count_{clip.step}" for clip in plan.clips]
    assert len(seen) == plan.clip_count and seen[0].params == {"of": support.PROMPT}
    assert seen[0].job == film.job and seen[0].request.prompt == support.PROMPT and seen[0].folder.endswith(film.job)


def test_what_a_phase_raises_fails_the_film(tmp_path):
    def fail(context):
        raise ValueError("my own bug")

    with vidgen.Pipeline(tmp_path, language_model="rules", phases=[Counts(fail)]) as p:
        with pytest.raises(vidgen.HostError, match="my own bug"):
            p.render(support.PROMPT, **support.SHORT)


def test_a_stop_cancels_a_step_that_is_a_coroutine(tmp_path):
    async def hang(context):
        try:
            begun.set()
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            cancelled.set()
            raise

    begun, cancelled = threading.Event(), threading.Event()
    with vidgen.Pipeline(tmp_path, language_model="rules", phases=[Counts(hang)]) as p:
        job = p.submit(support.PROMPT, **support.SHORT)
        assert begun.wait(60)
        job.interrupt()
        with pytest.raises(vidgen.JobInterrupted):
            job.wait(30)
        assert cancelled.is_set()


def test_a_day_that_is_spent_pauses_the_job_until_it_is_raised(tmp_path, models, film):
    backend = Mine(film.path)
    with pipeline(tmp_path, models, backend, budget_per_day="0.05") as p:
        with pytest.raises(vidgen.BudgetError, match="the day"):
            p.render(SILENT, id="film", **REQUEST)
        assert p.job("film").status == "needs_attention" and not backend.made
    with pipeline(tmp_path, models, backend, budget_per_day=1) as p:
        assert p.attach("film").wait(60).frame_count == 90


def test_a_jobs_own_budget_is_raised(tmp_path, models, film):
    with pipeline(tmp_path, models, Mine(film.path)) as p:
        with pytest.raises(vidgen.BudgetError):
            p.render(SILENT, id="film", **{**REQUEST, "budget": "0.05"})
        p.set_budget("film", 1)
        assert p.attach("film").wait(60).cost_micros == 300000
        with pytest.raises(vidgen.InvalidArgumentError):
            p.set_budget("film", 2)


def test_a_shot_is_redone_within_a_budget_of_its_own(tmp_path, models, film):
    backend = Mine(film.path)
    with pipeline(tmp_path, models, backend) as p:
        p.render(SILENT, id="film", **{**REQUEST, "budget": 1})
        made, plan = len(backend.made), p.redo_plan("film", 1)
        assert (plan.mode, plan.refresh.cost_micros) == ("cascade", 100000)
        with pytest.raises(vidgen.BudgetError, match="this redo"):
            p.redo("film", 1)
        with pytest.raises(vidgen.InvalidArgumentError):
            p.redo("film", 99, budget=1)
        assert len(backend.made) == made
        job = p.redo("film", 1, budget="0.10")
        assert next(iter(job)).fraction < 1  # it tells what happens from now on
        assert job.wait(60).cost_micros == 400000
        takes = p.job("film").plan.takes
        assert [(take.take, take.how, take.selected) for take in takes] == [(1, "planned", False), (2, "cascade", True)]
        assert p.redo("film", 1, take=1).wait(60).cost_micros == 400000
        assert p.refresh(plan.plan).cost_micros == 0 and p.clean("all", True, 3600).blobs == 0


async def redone_on_a_loop(tmp_path, models, backend):
    async with pipeline(tmp_path, models, backend, kind=vidgen.aio.Pipeline) as p:
        await p.render(SILENT, id="film", **{**REQUEST, "budget": 1})
        plan = await p.redo_plan("film", 2, mode="cut")
        job = await p.redo("film", 2, mode="cut", budget=1)
        return plan, await job.wait(), await p.refresh(plan.plan)


def test_a_shot_is_redone_on_a_loop(tmp_path, models, film):
    plan, made, left = asyncio.run(redone_on_a_loop(tmp_path, models, Mine(film.path)))
    assert (plan.mode, made.cost_micros, left.cost_micros) == ("cut", 400000, 0)


def test_another_pipeline_watches(tmp_path, models, film):
    with pipeline(tmp_path, models, Mine(film.path)) as one, pipeline(tmp_path, models, Mine(film.path)) as other:
        job = one.submit(SILENT, id="film", **REQUEST)
        watched = other.attach("film")
        assert watched.wait(60).path == job.wait(60).path
        assert [event.seq for event in watched] == list(range(1, len(job.events()) + 1))
