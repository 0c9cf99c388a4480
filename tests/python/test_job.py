# SPDX-License-Identifier: Apache-2.0
import pytest
import support
import vidgen


def job_of(*events, **how):
    native = support.NativeJob(events, **how)
    return vidgen.Job(native, None), native


def test_events_are_told_once_and_end_with_the_job():
    job, _ = job_of(support.event(1), support.event(2))
    assert [event.seq for event in job] == [1, 2]
    assert list(job) == []


def test_render_tells_progress_and_gives_the_film():
    job, native = job_of(support.event(1), support.event(2))
    told = []
    assert job._render(told.append).frame_count == 900
    assert [event.seq for event in told] == [1, 2] and native.calls == ["wait"]
    assert job_of(support.event(1))[0]._render(None).path.endswith("final.mp4")


def test_a_failed_job_raises_its_error_untouched():
    job, native = job_of(support.event(1), error=vidgen.BudgetError("too dear"))
    with pytest.raises(vidgen.BudgetError) as caught:
        job._render(None)
    assert native.calls == ["wait"] and not hasattr(caught.value, "__notes__")


def test_ctrl_c_saves_the_job_and_says_how_to_go_on():
    job, native = job_of(support.event(1), holds=True)
    with pytest.raises(KeyboardInterrupt) as caught:
        job._render(lambda event: None)
    assert native.calls == ["interrupt", "wait"]
    assert caught.value.__notes__ == ['job j1 was stopped and saved; go on with pipeline.attach("j1")']


@pytest.mark.parametrize("error", [ValueError("mine"), vidgen.InputError("mine too")])
def test_an_error_in_progress_saves_the_job_and_is_raised(error):
    def fail(event):
        raise error

    job, native = job_of(support.event(1), support.event(2))
    with pytest.raises(type(error), match="mine") as caught:
        job._render(fail)
    assert native.calls == ["interrupt", "wait"] and "pipeline.attach" in caught.value.__notes__[0]


def test_a_pipeline_that_is_closed_meanwhile_claims_nothing():
    job, native = job_of(support.event(1))
    native.next_event = native.interrupt = lambda *given: (_ for _ in ()).throw(vidgen.ClosedError("closed"))
    with pytest.raises(vidgen.ClosedError) as caught:
        job._render(None)
    assert not hasattr(caught.value, "__notes__")


def test_a_wait_has_its_time():
    job, native = job_of(holds=True)
    with pytest.raises(vidgen.WaitTimeout) as caught:
        job.wait(0.1)
    assert caught.value.job == "j1" and isinstance(caught.value, TimeoutError) and native.calls == ["wait"]


def test_repr():
    assert repr(job_of()[0]) == "<Job j1: refining>"
