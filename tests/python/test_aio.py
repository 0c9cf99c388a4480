# SPDX-License-Identifier: Apache-2.0
"""vidgen.aio against native jobs that answer from threads of their own."""
import asyncio
import threading
import warnings

import pytest
import support
import vidgen
from vidgen import aio


def pipeline_of(native):
    """An asyncio pipeline whose submit gives this job, from another thread."""
    class Native:
        closed = False

        def submit_async(self, request, id, done):
            threading.Thread(target=done, args=(native, None)).start()

        def plan_async(self, request, done):
            done(None, vidgen.PlanImpossibleError("no plan"))

    class Inner:
        _native = Native()

        def adopt(self):
            pass

    made = aio.Pipeline.__new__(aio.Pipeline)
    made._blocking = Inner()
    return made


def run(coroutine):
    return asyncio.run(asyncio.wait_for(coroutine, 10))


def test_a_job_is_awaited_and_iterated():
    async def story():
        job = await pipeline_of(support.NativeJob([support.event(1), support.event(2)])).submit("a mug on a desk")
        seen = [event.seq async for event in job]
        return seen, await job, await job.wait()

    seen, film, again = run(story())
    assert seen == [1, 2] and film == again and film.frame_count == 900


def test_errors_come_typed():
    async def story():
        with pytest.raises(vidgen.PlanImpossibleError):
            await pipeline_of(None).plan("a mug on a desk")
        with pytest.raises(vidgen.BudgetError):
            await aio.Job(support.NativeJob(error=vidgen.BudgetError("too dear")), None)

    run(story())


def test_cancelling_a_wait_detaches():
    async def story():
        native = support.NativeJob(holds=True)
        job = aio.Job(native, None)
        for _ in range(3):
            task = asyncio.create_task(job.wait())
            await asyncio.sleep(0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        with pytest.raises(vidgen.WaitTimeout):
            await job.wait(0.01)
        return native.calls

    assert run(story()) == ["wait"]  # one call of the native module for all, and nobody stopped anything


def test_an_event_that_came_when_nobody_waited_is_not_lost():
    async def story():
        native = support.NativeJob()
        held = []
        native.next_event_async = held.append
        job = aio.Job(native, None)
        task = asyncio.create_task(job.__anext__())
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        held[0](support.event(7), None)
        return (await job.__anext__()).seq, len(held)

    assert run(story()) == (7, 1)


def test_render_tells_progress_of_both_kinds():
    async def story():
        told = []

        async def slow(event):
            await asyncio.sleep(0)
            told.append(event.seq)

        events = [support.event(1), support.event(2)]
        await pipeline_of(support.NativeJob(list(events))).render("a mug on a desk", progress=slow)
        plain = lambda event: told.append(event.seq)  # noqa: E731
        await pipeline_of(support.NativeJob(list(events))).render("a mug on a desk", progress=plain)
        return told

    assert run(story()) == [1, 2, 1, 2]


def test_cancelling_render_waits_until_the_job_is_saved():
    async def story():
        native = support.NativeJob([support.event(1)], holds=True)
        started = asyncio.Event()
        task = asyncio.create_task(pipeline_of(native).render("a mug on a desk", progress=lambda event: started.set()))
        await started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError) as caught:
            await task
        return native, caught.value

    native, error = run(story())
    assert native.stopped.is_set() and native.calls[-2:] == ["interrupt", "wait"]
    assert error.__notes__ == ['job j1 was stopped and saved; go on with pipeline.attach("j1")']


def test_cancelling_render_while_it_submits_leaves_no_job_behind():
    async def story():
        native = support.NativeJob(holds=True)
        task = asyncio.create_task(pipeline_of(native).render("a mug on a desk"))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return native.stopped.is_set()

    assert run(story())


def test_an_error_in_progress_saves_the_job():
    async def story():
        native = support.NativeJob([support.event(1)], holds=True)

        def fail(event):
            raise ValueError("mine")

        with pytest.raises(ValueError, match="mine") as caught:
            await pipeline_of(native).render("a mug on a desk", progress=fail)
        return native.stopped.is_set(), caught.value.__notes__

    stopped, notes = run(story())
    assert stopped and "pipeline.attach" in notes[0]


def test_a_job_that_fails_in_render_is_not_stopped():
    async def story():
        native = support.NativeJob([support.event(1)], error=vidgen.ProviderError("down"))
        with pytest.raises(vidgen.ProviderError):
            await pipeline_of(native).render("a mug on a desk")
        return native.calls

    assert "interrupt" not in run(story())


def test_an_answer_that_nobody_waits_for_any_more_is_dropped():
    async def story():
        held, complaints = [], []
        asyncio.get_running_loop().set_exception_handler(lambda loop, context: complaints.append(context))
        p = pipeline_of(None)
        p._blocking._native.plan_async = lambda request, done: held.append(done)
        task = asyncio.create_task(p.plan("a mug on a desk"))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        held[0]("{}", None)
        await asyncio.sleep(0.01)
        return complaints

    assert run(story()) == []


def test_an_answer_for_a_loop_that_is_gone_harms_nobody():
    native = support.NativeJob(holds=True)

    async def leave():
        task = asyncio.create_task(aio.Job(native, None).wait())
        await asyncio.sleep(0)
        task.cancel()

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        asyncio.run(leave())
        native.interrupt()  # answers
