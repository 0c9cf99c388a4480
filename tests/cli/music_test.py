# SPDX-License-Identifier: Apache-2.0
"""Music: the user's own fitted to the film, cuts on the beat, stems beside it."""
import array
import json
import math
import os
import struct
import wave

import stand

BPM = 110


def song(path, seconds, bpm=BPM, loud=0.4):
    """A drum on every beat, deeper on the first of four, over a tone that changes with the bar."""
    rate = 48000
    out = [0.0] * int(rate * seconds)
    beat = 60 / bpm
    for n in range(int(seconds / beat)):
        first, at = n % 4 == 0, int(n * beat * rate)
        for i in range(min(int(.15 * rate), len(out) - at)):
            t = i / rate
            out[at + i] += loud * math.exp(-t / (.06 if first else .02)) * math.sin(2 * math.pi * (80 if first else 1500) * t)
        if first:
            hz = (220, 330, 293.7, 247)[n // 4 % 4]
            for i in range(min(int(4 * beat * rate), len(out) - at)):
                out[at + i] += .1 * math.sin(2 * math.pi * hz * i / rate)
    samples = array.array("h", (int(max(-1, min(1, x)) * 32767) for x in out for _ in (0, 1)))
    with wave.open(path, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())


def floats(path):
    """The samples of a WAV file of 32-bit floats."""
    with open(path, "rb") as file:
        data = file.read()
    assert data[:4] == b"RIFF" and data[8:12] == b"WAVE", path
    at, kind = 12, 0
    while at < len(data):
        name, size = data[at:at + 4], struct.unpack("<I", data[at + 4:at + 8])[0]
        if name == b"fmt ":
            kind, channels, rate = struct.unpack("<HHI", data[at + 8:at + 16])
            assert (kind, channels, rate) == (3, 2, 48000), path
        if name == b"data":
            return array.array("f", data[at + 8:at + 8 + size])
        at += 8 + size
    raise AssertionError(path)


class Cuts(stand.Case):
    PLAN = ["plan", stand.PROMPT, "--duration", "20", "--backend", "local", "--json"]

    def cuts(self, spec):
        num, _, den = str(spec["fps"]).partition("/")
        return [beat["start"] * int(den or 1) / int(num) for beat in spec["beats"][1:]]

    def near(self, cuts, bpm):
        return sum(abs(cut / (60 / bpm) - round(cut / (60 / bpm))) * 60 / bpm <= .04 for cut in cuts)

    def test_cuts_stand_on_the_beat_of_the_users_music(self):
        song(self.path("song.wav"), 30)
        plain = self.run_it(*self.PLAN).result["spec"]
        run = self.run_it(*self.PLAN, "--music", self.path("song.wav"), "--cut-to-beat")
        spec = run.result["spec"]
        self.assertEqual(sum(b["length"] for b in spec["beats"]), plain["frames"])
        offset = spec["soundtrack"]["stretches"][0]["source_in"] / 48000
        cuts = [cut + offset for cut in self.cuts(spec)]
        self.assertGreaterEqual(self.near(cuts, BPM), .8 * len(cuts), spec["beats"])
        self.assertGreaterEqual(min(b["length"] for b in spec["beats"]), 30)
        self.assertNotEqual(self.cuts(plain), self.cuts(spec))

    def test_cuts_and_composed_music_meet_at_a_tempo(self):
        spec = self.run_it(*self.PLAN, "--cut-to-beat").result["spec"]
        num, _, den = str(spec["audio"]["bpm"]).partition("/")
        cuts = self.cuts(spec)
        self.assertGreaterEqual(self.near(cuts, int(num) / int(den or 1)), .8 * len(cuts), spec)

    def test_music_without_a_beat_is_refused(self):
        with wave.open(self.path("hum.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(8000)
            file.writeframes(array.array("h", (int(9000 * math.sin(i * .2)) for i in range(80000))).tobytes())
        run = self.run_it(*self.PLAN, "--music", self.path("hum.wav"), "--cut-to-beat", code=6)
        self.assertEqual(run.result["code"], "input_refused")
        self.assertIn("--cut-to-beat", run.result["message"])

    def test_a_film_without_music_has_no_beat(self):
        run = self.run_it("plan", stand.PROMPT + ", without music", "--backend", "local", "--cut-to-beat", "--json", code=2)
        self.assertIn("without music", run.result["message"])


class Refusals(stand.Case):
    def test_bad_music_leaves_no_job_behind(self):
        with wave.open(self.path("silent.wav"), "wb") as file:
            file.setnchannels(2)
            file.setsampwidth(2)
            file.setframerate(48000)
            file.writeframes(bytes(48000 * 4 * 3))
        with open(self.path("words.mp3"), "w", encoding="utf-8") as file:
            file.write("no music at all")
        song(self.path("short.wav"), .8)
        for name, code, word in (("silent.wav", "input_refused", "silent"), ("words.mp3", "media_unsupported", "convert"),
                                 ("short.wav", "input_refused", "longer"), ("none.wav", "file_missing", "not there")):
            with self.subTest(name):
                run = self.run_it(*stand.FILM, "--music", self.path(name), "--json", code=None)
                self.assertEqual(run.result["code"], code, run)
                self.assertIn(word, run.result["message"])
        self.assertEqual(self.run_it("jobs", "--json").result["jobs"], [])

    def test_stems_of_the_users_music_are_refused(self):
        song(self.path("song.wav"), 4)
        run = self.run_it(*stand.FILM, "--music", self.path("song.wav"), "--stems", "--json", code=2)
        self.assertEqual(run.result["code"], "invalid_argument")
        self.assertIn("leave --stems or --music away", run.result["message"])


class Films(stand.Case):
    def test_own_music_is_looped_under_the_film(self):
        song(self.path("song.wav"), 5.2)
        film = ["make", stand.PROMPT, "--duration", "12", "--quality", "draft", "--backend", "local", "--seed", "1"]
        run = self.run_it(*film, "--music", self.path("song.wav"), "--cut-to-beat", "--json")
        self.assertTrue(any("looped" in note for note in run.result["notes"]), run.result["notes"])
        with open(self.path(os.path.join(run.result["folder"], "timeline.json")), encoding="utf-8") as file:
            audio = json.load(file)["audio"]
        self.assertGreaterEqual(len(audio), 3)
        self.assertEqual(audio[-1]["start"] + audio[-1]["length"], run.result["samples"])
        report = self.run_it("check", self.path(run.result["path"]), "--json").result
        self.assertFalse([f for f in report["findings"] if f["kind"] in ("silence", "peak")], report)
        self.assertAlmostEqual(report["loudness_lufs"], -14, delta=1.2)

    def test_stems_lie_beside_the_film_and_are_listed(self):
        run = self.run_it(*stand.FILM, "--stems", "--out", self.path("out/mug.mp4"), "--json")
        stems = run.result["stems"]
        names = {os.path.basename(path) for path in stems}
        self.assertEqual({os.path.dirname(path) for path in stems}, {self.path("out/mug.stems")})
        self.assertTrue({"chords.wav", "effects.wav"} & names, names)
        folder = self.path(run.result["folder"])
        self.assertEqual(set(os.listdir(os.path.join(folder, "stems"))), names)
        with open(os.path.join(folder, "report.json"), encoding="utf-8") as file:
            listed = json.load(file)["stems"]
        self.assertEqual([row["path"] for row in listed], stems)
        with wave.open(os.path.join(folder, "music.wav")) as file:
            music = array.array("h", file.readframes(file.getnframes()))
        parts = [floats(path) for path in stems]
        self.assertEqual({len(part) for part in parts}, {2 * run.result["samples"]})
        self.assertEqual(len(music), 2 * run.result["samples"])
        # The limiter touches peaks only: most samples of the music are the sum of the parts.
        sums = [sum(values) for values in zip(*parts)]
        own = sum(x * x for x in music)
        both = sum(x * y for x, y in zip(music, sums))
        other = sum(y * y for y in sums)
        self.assertGreater(both / math.sqrt(own * other), .97)
        plain = self.run_it(*stand.FILM, "--json").result
        self.assertEqual(plain["stems"], [])
