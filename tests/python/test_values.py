# SPDX-License-Identifier: Apache-2.0
import json
import os
import re
from fractions import Fraction

import samples
import support
import vidgen
from vidgen import _html


def test_an_event_is_one_line():
    event = vidgen.Event.from_json(support.event())
    assert repr(event) == "42 % $0.30 refining: clip 3 of 6"
    assert repr(vidgen.Event.from_json(support.event(message="refining"))) == "42 % $0.30 refining"
    assert (event.cost_usd, event.eta_seconds, event.time.year) == (0.3, 10.5, 2023)
    assert event == vidgen.Event.from_json(support.event())


def test_a_film_has_its_figures():
    film = vidgen.Film.from_json(support.film(fps="30000/1001"))
    assert (film.frame_count, film.sample_count, film.size) == (900, 1440000, (1920, 1080))
    assert film.fps == Fraction(30000, 1001) and film.duration == Fraction(900 * 1001, 30000)
    assert (film.cost_usd, film.cost_micros, film.missing, film.notes) == (0.45, 450000, (), ("a note",))
    assert os.fspath(film) == film.path
    assert "900 frames" in repr(film) and "$0.45" in repr(film)


def test_a_film_is_embedded_in_a_notebook(tmp_path, monkeypatch):
    path = tmp_path / "a <b>.mp4"
    path.write_bytes(b"film")
    film = vidgen.Film.from_json(support.film(path=str(path)))
    bundle = film._repr_mimebundle_()
    assert bundle["text/plain"] == repr(film)
    assert "<video controls" in bundle["text/html"] and "base64,ZmlsbQ==" in bundle["text/html"]
    monkeypatch.setattr(_html, "MOST_EMBEDDED", 3)
    linked = film._repr_html_()
    assert "<video" not in linked and 'href="file://' in linked and "a &lt;b&gt;" in linked
    path.unlink()
    assert "is not there" in film._repr_html_()


def test_a_plan_tells_price_and_time():
    plan = vidgen.Plan.from_json(json.dumps(samples.PLAN))
    assert (plan.clip_count, plan.frame_count, plan.duration, plan.size) == (2, 180, 6, (1920, 1080))
    assert (plan.cost_usd, plan.cost_least_usd, plan.cost_most_usd) == (0.25, 0.0001, 0.5)
    assert (plan.cost_micros, plan.eta_seconds, plan.waste_seconds) == (250000, 22.5, 0.5)
    assert plan.clips[0].used == Fraction(9, 2) and plan.steps[1].cost_most_micros == 200000
    assert plan.notes == ("a note", "whip went straight through")
    assert plan.timeline.frame_count == 180
    assert json.loads(plan.to_json()) == samples.PLAN
    assert plan == vidgen.Plan.from_json(plan.to_json())


def test_a_plan_is_a_table_by_phase_and_clip():
    html = vidgen.Plan.from_json(json.dumps(samples.PLAN))._repr_html_()
    assert html.count("<table>") == 2
    rows = [re.findall(r'<td style="text-align:(\w+)">([^<]*)</td>', row) for row in html.split("<tr>")]
    texts = [" ".join(text for _, text in row) for row in rows]
    assert any(text.startswith("4 clips 2 $0.20 $0.40") for text in texts), texts
    assert "clip 00 0.00 s 3.00 s 5.00 s 0.25 s $0.10" in texts
    assert [side for side, _ in rows[-1]] == ["left", *["right"] * 5]  # amounts line up


def test_a_ledger_adds_up():
    ledger = vidgen.Ledger("j1", tuple(map(vidgen.LedgerEntry.from_json, [
        samples.attempt("clip_00", "stored", 200000, 100000), samples.attempt("clip_01", "running", 200000, 0),
        samples.attempt("clip_02", "failed", 200000, 0), samples.attempt("clip_03", "ambiguous", 50000, 0),
        samples.attempt("clip_04", "succeeded", 200000, 1000)])))
    assert (ledger.spent_usd, ledger.reserved_usd) == (0.101, 0.25)
    assert [entry.open for entry in ledger.entries] == [False, True, False, True, False]
    assert "5 attempts, $0.101 spent, $0.25 reserved" in repr(ledger)
    assert ledger._repr_html_().count("<tr>") == 6


def test_a_job_of_the_journal():
    job = vidgen.JobInfo.from_json(json.dumps(samples.JOB))
    assert (job.id, job.status, job.owner, job.prompt) == ("j1", "needs_attention", 42, "a mug on a desk")
    assert job.film is None and job.plan.clip_count == 2 and job.spec == {"schema": "vidgen.spec/1"}
    assert repr(job) == "<JobInfo j1: needs attention (money), 'a mug on a desk'>"


def test_media_facts():
    row = {"container": "mov,mp4", "bytes": 5, "seconds": "61/20", "video_codec": "h264", "pixel_format": "yuv420p",
           "size": "1920x1080", "rotation": 0, "fps": "30000/1001", "variable_rate": False, "frames": 91,
           "color": "bt709 limited", "audio_codec": "aac", "channels": 2, "sample_rate": 48000, "samples": 146400}
    info = vidgen.MediaInfo.of_row("a.mp4", row)
    assert (info.frame_count, info.size, info.fps) == (91, (1920, 1080), Fraction(30000, 1001))
    assert repr(info) == ("<MediaInfo a.mp4: 3.050 s; h264 1920x1080, 91 frames at 29.97 a second; "
                          "aac 2 channels at 48000>")
    sound = vidgen.MediaInfo.of_row("a.wav", {"container": "wav", "bytes": 5, "seconds": 2, "audio_codec": "pcm",
                                              "channels": 1, "sample_rate": 48000, "samples": 96000})
    assert not sound.has_video and sound.has_audio and sound.size is None


def test_a_report_reads_levels():
    row = {"container": "mp4", "bytes": 5, "seconds": 3, "decoded_frames": 90, "decoded_samples": 144000,
           "loudness_lufs": -14.0, "true_peak_dbtp": -1.5,
           "findings": [{"kind": "black", "from": "1/2", "to": 1, "detail": ""}]}
    report = vidgen.CheckReport.of_row("a.mp4", row)
    assert (report.loudness, report.loudness_range, report.true_peak, report.ok) == (-14.0, None, -1.5, False)
    assert "black at 0.50 to 1.00 s" in repr(report)


def test_models_and_templates_show_what_matters():
    row = {"name": "wan", "aliases": ["wan-2"], "provider": "replicate", "id": "wan/2", "kind": "video", "retired": "",
           "longest_seconds": 5, "shortest_seconds": "81/16", "price_kind": "per_clip", "price_micros": 50000,
           "date": "2026-04-28", "source": "https://example.org", "note": ""}
    model = vidgen.Model.of_row(row)
    assert repr(model) == "<Model wan: video from replicate, $0.05 per clip>"
    assert model.price_usd == 0.05 and model.shortest_seconds == Fraction(81, 16)
    assert repr(vidgen.Template("ad", "An ad", "", Fraction(30), ("a", "b"))) == "<Template ad: 30 s, a, b>"
