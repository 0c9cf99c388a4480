# SPDX-License-Identifier: Apache-2.0
"""The first contact, and what a workspace knows afterwards: with the native module, offline."""
import json
import os
import sys
from fractions import Fraction

import pytest
import support
import vidgen

pytestmark = support.real


def test_first_contact(tmp_path, capsys):
    with vidgen.Pipeline(workspace=tmp_path / "films", budget=2.00) as p:
        plan = p.plan(support.PROMPT, **support.SHORT)
        assert plan.clip_count > 0 and plan.cost_usd == 0 and plan.eta_seconds > 0 and plan.frame_count == 90
        assert not (tmp_path / "films").exists()  # a plan writes nothing
        film = p.render(support.PROMPT, **support.SHORT, progress=print)
        assert (film.frame_count, film.cost_usd, film.backend, film.size) == (90, 0, "local", (320, 180))
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("0 % $0.00") and lines[-1].startswith("100 % $0.00 complete")
    joined = vidgen.assemble([film.path, film.path], tmp_path / "out.mp4", transition="fade:0.5", fps=30,
                             size=(320, 180), grade="cinematic_warm", quality="draft")
    assert joined.frame_count == 165 == vidgen.probe(joined).frame_count


def test_a_film_that_is_there_is_not_made_again(films, film):
    with vidgen.Pipeline(films, language_model="rules") as p:
        again = p.render(support.PROMPT, **support.SHORT)
        assert again.reused and again.sha256 == film.sha256
        assert p.render(support.PROMPT, id=again.job, **support.SHORT) == again


def test_requests_are_the_same_text_in_both_languages(tmp_path):
    request = vidgen.Request("a ceramic müg on a walnut desk", duration=7.5, fps=29.97, size="320x180", budget="1.25",
                             seed=2**64 - 1, continuity="batch", captions=False, on_ambiguous="fail", crf=30)
    with vidgen.Pipeline(tmp_path, language_model="rules") as p:
        job = p.submit(request, "mine")
        job.interrupt()
        with pytest.raises(vidgen.JobInterrupted):
            job.wait()
        info = p.job("mine")
        assert info._document["request"] == request.to_json() and info.request == request
        assert info.status == "interrupted" and [one.id for one in p.jobs()] == ["mine"]


def test_a_job_is_watched_paused_and_attached(tmp_path):
    with vidgen.Pipeline(tmp_path, language_model="rules") as p:
        job = p.submit(support.PROMPT, **support.SHORT)
        assert job.advance(0.01) in ("interrupted", "complete")
        with pytest.raises(vidgen.NotFoundError):
            p.attach("nobody")
    with vidgen.Pipeline(tmp_path, language_model="rules") as p:
        job = p.attach(job.id)
        events = list(job)
        assert events[-1].status == "complete" and events == sorted(events, key=lambda event: event.seq)
        assert job.status == "complete" and job.events()[-1] == events[-1]
        assert job.events(after=events[-1].seq) == []
        assert os.path.samefile(p.folder(job.id), job.wait().folder)


def test_the_books_of_a_film(films, film):
    with vidgen.Pipeline(films) as p:
        ledger = p.ledger(film.job)
        assert ledger.entries and (ledger.spent_usd, ledger.reserved_usd) == (0, 0)
        assert p.job(film.job).plan.clip_count == p.job(film.job).plan.timeline.to_json().count('"source":"clip_')
        assert p.job(film.job).spec["schema"] == "vidgen.spec/1"
        assert p.clean("final", dry_run=True).blobs > 0
        with pytest.raises(vidgen.NotFoundError):
            p.ledger("nobody")


def test_errors_say_what_to_do(tmp_path):
    with vidgen.Pipeline(tmp_path) as p:
        with pytest.raises(vidgen.InputError) as caught:
            p.plan("mug")
        assert caught.value.code == "input_refused" and not caught.value.retryable
        with pytest.raises(vidgen.ModelUnknownError, match="wan"):
            p.plan(support.PROMPT, model="wann")
        with pytest.raises(ValueError):
            p.plan(support.PROMPT, duration=100000)
        with pytest.raises(vidgen.BudgetError):
            p.render(support.PROMPT, duration=3, model="wan", budget=0)
    with pytest.raises(vidgen.ClosedError):
        p.plan(support.PROMPT)
    assert p.closed
    p.close()


def test_what_comes_with_the_library():
    models = {model.name: model for model in vidgen.models()}
    assert models["local-animatic"].price_kind == "free" and models["local-animatic"].longest_seconds == 10
    wan = vidgen.find_model("wan")
    assert models[wan.name] == wan and wan.provider == "replicate" and "wan" in (wan.name, *wan.aliases)
    templates = {template.name: template for template in vidgen.templates()}
    assert templates["product_showcase"].seconds > 0 and templates["product_showcase"].beats
    assert "fade" in vidgen.transitions()
    assert vidgen.__version__ == sys.modules["vidgen._vidgen"].version


def test_timelines(film, tmp_path):
    timeline = vidgen.Timeline.of_clips([film, film.path], "fade:0.5", (320, 180))
    assert timeline.frame_count == 165 and [t.frames for t in timeline.transitions] == [15]
    (tmp_path / "words.srt").write_text("1\n00:00:00,500 --> 00:00:01,500\nHello\n")
    timeline.add_music(film.path).add_captions(tmp_path / "words.srt").validate()
    assert timeline.titles[0].text == "Hello" and timeline.titles[0].start == 15
    assert "Hello" in timeline._repr_svg_()
    assert vidgen.Timeline.from_json(timeline.to_json()) == timeline
    broken = json.loads(timeline.to_json()) | {"frames": 7}
    with pytest.raises(vidgen.TimelineInvalidError, match="frames"):
        vidgen.Timeline.from_json(json.dumps(broken))
    assert vidgen.assemble(timeline, tmp_path / "out.mp4", quality="draft").frame_count == 165


def test_media_files(film, tmp_path):
    info = vidgen.probe(film.path)
    assert (info.size, info.fps, info.frame_count, info.seconds) == ((320, 180), 30, 90, 3)
    report = vidgen.check(film.path)
    assert report.decoded_frames == 90 and report.info == info and report.loudness < 0
    with pytest.raises(FileNotFoundError):
        vidgen.probe(tmp_path / "nothing.mp4")
    (tmp_path / "text.mp4").write_text("no film")
    with pytest.raises(vidgen.Error) as caught:
        vidgen.probe(tmp_path / "text.mp4")
    assert caught.value.code.startswith("media_")


def test_progress_of_assemble_counts_and_may_refuse(film, tmp_path):
    counted = []
    vidgen.assemble(film.path, tmp_path / "a.mp4", size=(320, 180), quality="draft",
                    progress=lambda done, total: counted.append((done, total)))
    assert counted and all(0 <= done <= total == 90 for done, total in counted)

    def refuse(done, total):
        raise Fraction(1, 0)

    with pytest.raises(ZeroDivisionError):
        vidgen.assemble([film.path] * 20, tmp_path / "b.mp4", size=(320, 180), quality="draft", progress=refuse)
    assert not (tmp_path / "b.mp4").exists()


def test_copies_take_the_pictures_as_they_are(film, tmp_path):
    joined = vidgen.assemble([film.path, film.path], tmp_path / "copy.mp4", copy=True)
    assert joined.frame_count == 180


def test_webhooks_are_proven():
    import base64
    import hashlib
    import hmac

    key = b"0123456789abcdef0123456789abcdef"
    secret = "whsec_" + base64.b64encode(key).decode()
    body = b'{"id": "p1", "status": "succeeded", "output": []}'
    signature = base64.b64encode(hmac.new(key, b"msg_1.1000." + body, hashlib.sha256).digest()).decode()
    headers = {"Webhook-Id": "msg_1", "Webhook-Timestamp": "1000", "Webhook-Signature": "v1," + signature}
    assert vidgen.webhook.verify(secret, headers, body, now=1200) == "msg_1"
    for wrong in ({"now": 1301}, {"now": 1200, "body": body + b" "}):
        with pytest.raises(vidgen.CredentialsError):
            vidgen.webhook.verify(secret, headers, **{"body": body} | wrong)
    assert vidgen.webhook.read("replicate", body).state == "succeeded"
