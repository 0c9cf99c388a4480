# SPDX-License-Identifier: Apache-2.0
"""What `assemble` and the catalogue hand to the native module."""
import copy
import json

import pytest
import samples
import vidgen
from vidgen import _catalogue, _media, _timeline, webhook


class Module:
    """Native functions that write down what they were called with."""

    def __init__(self):
        self.calls = {}

    def timeline_of_clips(self, paths, transition, width, height, fps, mode):
        self.calls["clips"] = (paths, transition, width, height, fps, mode)
        return json.dumps(samples.TIMELINE)

    def timeline_check(self, text):
        return text

    def timeline_add_music(self, text, path, fade_in, fade_out):
        self.calls["music"] = path
        return text

    def assemble(self, timeline, out, options, progress):
        self.calls |= {"timeline": json.loads(timeline), "out": out, "options": options}
        if progress:
            progress(90, 180)
        return '{"frames": 180, "samples": 288000, "encoder": "libx264", "notes": ["a note"]}'

    def probe(self, path):
        return json.dumps({"container": "mp4", "bytes": 5, "seconds": 3, "video_codec": "h264", "size": "640x360",
                           "pixel_format": "yuv420p", "rotation": 0, "fps": 25, "variable_rate": False, "frames": 75,
                           "color": ""})

    def webhook_verify(self, *given):
        self.calls["verify"] = given
        return "msg_1"

    def webhook_read(self, provider, body):
        return '{"id": "p1", "state": "failed", "error": "no"}'

    def transitions(self):
        return [("cut", "none"), ("fade", "one into the other")]


@pytest.fixture
def module(monkeypatch):
    made = Module()
    for home in (_media, _timeline, _catalogue, webhook):
        monkeypatch.setattr(home, "native", made)
    return made


def test_clips_become_a_film(module, tmp_path):
    counted = []
    film = vidgen.assemble(["a.mp4", tmp_path / "b.mp4"], "out.mp4", transition="fade:0.5", fps=29.97, size="640x360",
                           grade="cinematic_warm", music="m.wav", quality="final", crf=17, threads=2,
                           progress=lambda done, total: counted.append((done, total)))
    paths = ["a.mp4", str(tmp_path / "b.mp4")]
    assert module.calls["clips"] == (paths, "fade:0.5", 640, 360, "30000/1001", "duplicate")
    assert module.calls["music"] == "m.wav" and module.calls["timeline"]["grade"] == "cinematic_warm"
    assert module.calls["options"] == {"quality": "final", "preset": "", "threads": 2, "copy": False, "crf": 17}
    assert (film.path, film.frame_count, film.encoder, film.notes) == ("out.mp4", 180, "libx264", ("a note",))
    assert counted == [(90, 180)] and repr(film) == "<Assembled out.mp4: 180 frames, libx264>"


def test_copies_keep_the_first_clips_shape(module):
    vidgen.assemble("a.mp4", "out.mp4", copy=True)
    assert module.calls["clips"] == (["a.mp4"], "cut", 640, 360, "25", "duplicate")
    assert module.calls["options"]["copy"] and "crf" not in module.calls["options"]
    vidgen.assemble("a.mp4", "out.mp4", copy=True, size=(1280, 720))
    assert module.calls["clips"][2:5] == (1280, 720, "30")


def test_a_timeline_is_rendered_and_left_as_it_was(module, tmp_path):
    timeline = vidgen.Timeline(copy.deepcopy(samples.TIMELINE))
    vidgen.assemble(timeline, "out.mp4", grade="warm")
    assert module.calls["timeline"]["grade"] == "warm" and timeline.grade == ""
    timeline.save(tmp_path / "film.json")
    vidgen.assemble([tmp_path / "film.json"], "out.mp4")
    assert module.calls["timeline"]["sources"][0]["path"] == str(tmp_path / "a.mp4")


@pytest.mark.parametrize("more", [{"fps": 25}, {"size": (640, 360)}, {"transition": "fade"}, {"music": "m.wav"},
                                  {"captions": "words.srt"}, {"fps_mode": "native"}])
def test_what_a_timeline_answers_itself_is_refused(module, more):
    with pytest.raises(vidgen.InvalidArgumentError, match="a timeline has its own"):
        vidgen.assemble(vidgen.Timeline(samples.TIMELINE), "out.mp4", **more)


def test_webhooks(module):
    assert vidgen.webhook.verify("whsec_x", {"webhook-id": "1"}, b"{}", now=5.9) == "msg_1"
    assert module.calls["verify"] == ("whsec_x", {"webhook-id": "1"}, b"{}", 5, 300)
    with pytest.raises(TypeError, match="bytes"):
        vidgen.webhook.verify("whsec_x", {}, "{}")
    job = vidgen.webhook.read("replicate", bytearray(b"{}"))
    assert (job.id, job.state, job.error) == ("p1", "failed", "no")


def test_transitions(module):
    assert vidgen.transitions() == {"cut": "none", "fade": "one into the other"}
