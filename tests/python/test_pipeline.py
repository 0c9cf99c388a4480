# SPDX-License-Identifier: Apache-2.0
"""Pipeline against a native one that writes down how it was called."""
import gc
import json
import logging
import threading
import warnings
import weakref

import pytest
import samples
import support
import vidgen
from vidgen import _pipeline, _registry


class Native:
    """What `_vidgen.Pipeline` is to the layer above."""

    made = []

    def __init__(self, options, backends, phases, log, log_level):
        self.options, self.backends, self.phases, self.log, self.log_level = options, backends, phases, log, log_level
        self.closed, self.calls = False, []
        Native.made.append(self)

    def close(self):
        self.closed = True
        self.calls.append(("close", threading.current_thread().name))

    def submit(self, request, id):
        self.calls.append(("submit", json.loads(request), id))
        return support.NativeJob([support.event(1)])

    def plan(self, request):
        return json.dumps(samples.PLAN)

    def jobs(self):
        return [json.dumps(samples.JOB)]

    def attempts(self, id):
        return [samples.attempt("clip_00", "stored", 5, 4)]

    def clean(self, keep, dry_run, older_than):
        return 3, 4096

    def deliver(self, provider, headers, body):
        self.calls.append((provider, headers, body))


@pytest.fixture(autouse=True)
def native(monkeypatch):
    Native.made = []
    monkeypatch.setattr(_pipeline, "native", type("module", (), {"Pipeline": Native}))
    return Native


def test_only_what_was_said_is_set(tmp_path):
    with vidgen.Pipeline():
        assert Native.made[0].options == {}
    with vidgen.Pipeline(tmp_path, 2.00, threads=2, templates="t", models="m", language_model="rules",
                         webhook_secret="whsec_x") as p:
        assert Native.made[1].options == {
            "workspace": str(tmp_path), "budget_micros": 2_000_000, "threads": 2, "template_folder": "t",
            "model_folder": "m", "language_model": "rules", "webhook_secret": "whsec_x"}
        assert repr(p) == f"<Pipeline {tmp_path}: open>"
    assert p.closed and repr(p).endswith("closed>")


def test_films_are_asked_for_by_prompt_or_request():
    with vidgen.Pipeline("films") as p:
        film = p.render("a mug on a desk", duration=3, quality="draft", progress=lambda event: None)
        p.submit(vidgen.Request("a mug on a desk", duration=3), "mine", quality="draft")
        assert film.frame_count == 900 and p.plan("a mug on a desk").clip_count == 2
    request = {"schema": "vidgen.request/1", "prompt": "a mug on a desk", "duration": 3, "quality": "draft"}
    assert Native.made[0].calls[:2] == [("submit", request, ""), ("submit", request, "mine")]


def test_what_the_journal_says_comes_as_values():
    with vidgen.Pipeline() as p:
        assert p.jobs()[0].id == "j1" and p.ledger("j1").spent_micros == 4
        assert p.clean("final", dry_run=True) == vidgen.Cleaned(3, 4096, True)
        p.deliver("fal", {"webhook-id": "1"}, b"{}")
        assert Native.made[0].calls == [("fal", {"webhook-id": "1"}, b"{}")]


def test_one_that_is_forgotten_warns_and_is_closed():
    p = vidgen.Pipeline("films")
    with pytest.warns(ResourceWarning, match="unclosed <Pipeline films: open>"):
        del p
        gc.collect()
    assert Native.made[0].closed


def test_backends_do_not_keep_it_alive():
    import test_backend
    import test_phase

    p = vidgen.Pipeline("films", backends=[test_backend.Blocking()], phases=[test_phase.Stamps()])
    gone = weakref.ref(p)
    gc.disable()
    try:
        p.close()
        del p
        assert gone() is None
    finally:
        gc.enable()
    assert (Native.made[0].backends[0].name, Native.made[0].phases[0].name) == ("mine", "stamps")


def test_a_job_keeps_it_open():
    job = vidgen.Pipeline("films").submit("a mug on a desk")
    gc.collect()
    assert not Native.made[0].closed
    job._pipeline.close()


def test_on_a_thread_of_the_library_another_one_closes():
    """A thread that Python did not start may belong to the pipeline, which would wait for it for ever."""
    import _thread

    p, over = [vidgen.Pipeline("films")], threading.Event()

    def drop():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            p.clear()
        over.set()

    _thread.start_new_thread(drop, ())
    assert over.wait(10)
    for thread in threading.enumerate():
        if thread.name == "vidgen-close":
            thread.join(10)
    assert Native.made[0].calls == [("close", "vidgen-close")]


def test_at_exit_the_forgotten_ones_are_closed():
    p = vidgen.Pipeline("films")
    with pytest.warns(ResourceWarning):
        _registry._close_all()
    assert p.closed and p not in list(_registry._open)


def test_in_a_child_the_parents_pipeline_is_left_alone(monkeypatch):
    p = vidgen.Pipeline("films")
    with monkeypatch.context() as child, warnings.catch_warnings():
        warnings.simplefilter("error")
        child.setattr(p, "_pid", -1)
        p.__del__()
        p.close()
    assert Native.made[0].calls == []
    p.close()


def test_log_lines_go_to_functions_and_loggers(caplog, capsys):
    lines = []
    p = vidgen.Pipeline(log=lambda level, line: lines.append((level, line)), log_level="debug")
    Native.made[0].log(3, "hello")
    assert lines == [("info", "hello")] and Native.made[0].log_level == 4
    p.close()
    p = vidgen.Pipeline(log=logging.getLogger("films"))
    with caplog.at_level(logging.INFO, "films"):
        Native.made[1].log(2, "100 % odd")
    assert caplog.record_tuples == [("films", logging.WARNING, "100 % odd")]
    p.close()
    p = vidgen.Pipeline(log=lambda level, line: 1 / 0)
    Native.made[2].log(1, "hello")
    assert "ZeroDivisionError" in capsys.readouterr().err
    p.close()
    with pytest.raises(vidgen.InvalidArgumentError, match="log_level"):
        vidgen.Pipeline(log=print, log_level="loud")
