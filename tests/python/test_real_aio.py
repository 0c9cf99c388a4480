# SPDX-License-Identifier: Apache-2.0
"""asyncio with the native module: what cancelling does, and what it does not."""
import asyncio
import gc
import json
import threading

import pytest
import support
import vidgen
from vidgen import aio

pytestmark = support.real


def run(coroutine):
    return asyncio.run(asyncio.wait_for(coroutine, 60))


def test_the_same_names_awaited(tmp_path):
    async def story():
        async with aio.Pipeline(tmp_path, language_model="rules") as p:
            assert (await p.plan(support.PROMPT, **support.SHORT)).clip_count > 0
            assert (await p.spec(support.PROMPT, **support.SHORT))["frames"] == 90
            job = await p.submit(support.PROMPT, **support.SHORT)
            events = [event async for event in job]
            film = await job
            assert events[-1].status == "complete" and film.frame_count == 90 and await job.wait() == film
            assert (await job.events())[-1] == events[-1]
            assert (await p.job(job.id)).film == film and [one.id for one in await p.jobs()] == [job.id]
            assert (await p.ledger(job.id)).entries and (await p.clean(dry_run=True)).dry_run
            assert (await (await p.attach(job.id))) == film
            with pytest.raises(vidgen.InputError):
                await p.plan("mug")
        assert p.closed
        with pytest.raises(vidgen.ClosedError):
            await p.plan(support.PROMPT)

    run(story())


def test_the_loop_goes_on_while_a_film_is_made(tmp_path):
    async def story():
        ticks = 0

        async def tick():
            nonlocal ticks
            while True:
                await asyncio.sleep(0.005)
                ticks += 1

        async with aio.Pipeline(tmp_path, language_model="rules") as p:
            ticking = asyncio.create_task(tick())
            await p.render(support.PROMPT, **support.SHORT)
            ticking.cancel()
        return ticks

    assert run(story()) > 10


def test_cancelling_a_wait_leaves_the_job_alone(tmp_path):
    async def story():
        async with aio.Pipeline(tmp_path, language_model="rules") as p:
            job = await p.submit(support.PROMPT, **support.SHORT)
            waiting = asyncio.create_task(job.wait())
            await asyncio.sleep(0.05)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            with pytest.raises(vidgen.WaitTimeout):
                await job.wait(0.01)
            return await job

    assert run(story()).frame_count == 90


def test_cancelling_render_stops_and_saves(tmp_path):
    async def story():
        async with aio.Pipeline(tmp_path, language_model="rules") as p:
            begun = asyncio.Event()
            making = p.render(support.PROMPT, id="mine", progress=lambda event: begun.set(), **support.SHORT)
            task = asyncio.create_task(making)
            await begun.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError) as caught:
                await task
            assert (await p.job("mine")).status == "interrupted"
            assert 'pipeline.attach("mine")' in caught.value.__notes__[0]
            return await (await p.attach("mine"))

    assert run(story()).frame_count == 90


def test_closing_saves_what_runs(tmp_path):
    async def story():
        p = aio.Pipeline(tmp_path, language_model="rules")
        job = await p.submit(support.PROMPT, **support.SHORT)
        waiting = asyncio.create_task(job.wait())
        await asyncio.sleep(0.05)
        await p.close()
        with pytest.raises((vidgen.JobInterrupted, vidgen.ClosedError)):
            await waiting

    run(story())
    with vidgen.Pipeline(tmp_path) as p:
        assert p.jobs()[0].status == "interrupted"


def test_one_that_is_forgotten_does_not_stop_its_loop(tmp_path):
    """Its backend has a coroutine under way on the loop, for which nobody may wait there."""
    import test_real_backend

    (tmp_path / "mine.json").write_text(json.dumps(test_real_backend.MODEL))

    class Endless(test_real_backend.MineAsync):
        async def get(self, id):
            begun.set()
            await asyncio.sleep(1000)

    begun = asyncio.Event()

    async def story():
        p = aio.Pipeline(tmp_path / "films", models=tmp_path, language_model="rules", backends=[Endless("nothing.mp4")])
        job = await p.submit(test_real_backend.SILENT, "mine", **test_real_backend.REQUEST)
        await begun.wait()
        with pytest.warns(ResourceWarning, match="unclosed"):
            del p, job
            gc.collect()
        while any(thread.name == "vidgen-close" for thread in threading.enumerate()):
            await asyncio.sleep(0.01)

    run(story())
    with vidgen.Pipeline(tmp_path / "films") as p:
        assert p.job("mine").status == "interrupted"


def test_only_cancel_ends_a_job(tmp_path):
    async def story():
        async with aio.Pipeline(tmp_path, language_model="rules") as p:
            job = await p.submit(support.PROMPT, **support.SHORT)
            job.cancel()
            with pytest.raises(vidgen.CancelledError):
                await job
            return (await p.job(job.id)).status

    assert run(story()) == "cancelled"


def test_a_loop_that_ends_with_a_wait_under_way_harms_nobody(tmp_path):
    p = aio.Pipeline(tmp_path, language_model="rules")

    async def leave():
        job = await p.submit(support.PROMPT, **support.SHORT)
        asyncio.create_task(job.wait())
        await asyncio.sleep(0)
        return job.id

    job = asyncio.run(leave())

    async def come_back():
        film = await (await p.attach(job))
        await p.close()
        return film

    assert run(come_back()).frame_count == 90
