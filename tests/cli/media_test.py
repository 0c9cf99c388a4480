# SPDX-License-Identifier: Apache-2.0
"""probe, check and assemble on a film and its clips."""
import json
import os
import wave

import stand

CUBE = "TITLE \"swap\"\nLUT_3D_SIZE 2\n" + "".join(f"{b} {g} {r}\n" for b in (0, 1) for g in (0, 1) for r in (0, 1))


class Film(stand.Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        child = stand.start([*stand.FILM, "--json"], cls.shared)
        out, err = child.communicate()
        run = stand.Run(child.returncode, out, err)
        assert run.code == 0, run
        cls.film = os.path.join(cls.shared, run.result["path"])
        cls.job = os.path.join(cls.shared, run.result["folder"])
        cls.chunks = [os.path.join(cls.job, "chunks", name) for name in sorted(os.listdir(os.path.join(cls.job, "chunks")))]


class Facts(Film):
    def test_probe(self):
        result = self.run_it("probe", self.film, "--json").result
        wanted = {"frames": 90, "fps": 30, "size": "640x360", "video_codec": "h264", "audio_codec": "aac", "samples": 144000,
                  "sample_rate": 48000, "seconds": 3, "color": "bt709 limited", "variable_rate": False}
        self.assertEqual({k: result[k] for k in wanted}, wanted)
        text = self.run_it("probe", self.film).out
        for word in ("640x360", "h264", "144000"):
            self.assertIn(word, text)

    def test_check(self):
        result = self.run_it("check", self.film, "--json").result
        self.assertEqual(result["decoded_frames"], 90)
        self.assertEqual([f for f in result["findings"] if f["kind"] in ("black", "silent")], [])
        self.assertTrue(-40 < result["loudness_lufs"] < -5, result)
        self.assertIn("loudness_lufs", self.run_it("check", self.film).out)

    def test_what_is_no_film_is_a_typed_error(self):
        text, empty, sizeless = self.path("text.mp4"), self.path("empty.mp4"), self.path("sizeless.png")
        with open(sizeless, "wb") as f:
            f.write(b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIHDR")
        with open(text, "w") as f:
            f.write("#EXTM3U\nhttp://127.0.0.1/x.ts\n")
        open(empty, "w").close()
        for command in ("probe", "check"):
            for file, codes in ((text, ("media_unsupported",)), (empty, ("media_unsupported", "media_invalid")),
                                (sizeless, ("media_invalid",)), (self.path("none.mp4"), ("file_missing",))):
                with self.subTest(f"{command} {file}"):
                    run = self.run_it(command, file, "--json", code=1)
                    self.assertIn(run.result["code"], codes)
                    said = self.run_it(command, file, code=1).err
                    self.assertIn(file, said)
                    self.assertEqual(said.count("\n"), 1, said)  # one line of ours, none of the media libraries'


class Assemble(Film):
    SMALL = ["--size", "128x72", "--quality", "draft", "--json"]

    def assemble(self, *args, code=0):
        out = self.path("out.mp4")
        return self.run_it("assemble", *args, "-o", out, *self.SMALL, code=code)

    def frames(self):
        return sum(self.run_it("probe", chunk, "--json").result["frames"] for chunk in self.chunks)

    def test_each_transition_has_the_exact_length(self):
        whole = self.frames()
        for kind in self.run_it("templates", "--json").result["transitions"]:
            with self.subTest(kind):
                overlap = 0 if kind == "cut" else 6
                run = self.assemble(*self.chunks, "--transition", kind if kind == "cut" else f"{kind}:0.2")
                self.assertEqual(run.result["frames"], whole - overlap * (len(self.chunks) - 1))
                facts = self.run_it("probe", self.path("out.mp4"), "--json").result
                self.assertEqual((facts["frames"], facts["size"]), (run.result["frames"], "128x72"))
                self.assertEqual([e["seq"] for e in run.events], list(range(1, len(run.events) + 1)))

    def test_rate_and_text(self):
        out = self.path("out.mp4")
        run = self.run_it("assemble", self.chunks[-1], "-o", out, "--size", "128x72", "--fps", "15", "--quiet")
        self.assertEqual(run.lines, [out])
        self.assertEqual(self.run_it("probe", self.chunks[-1], "--json").result["frames"], 30)
        self.assertEqual(self.run_it("probe", out, "--json").result["frames"], 15)

    def bytes_with(self, *flags):
        self.assemble(self.chunks[-1], *flags)
        with open(self.path("out.mp4"), "rb") as f:
            return f.read()

    def test_grades(self):
        cube = self.path("swap.cube")
        with open(cube, "w") as f:
            f.write(CUBE)
        seen = [self.bytes_with()]
        self.assertEqual(self.bytes_with(), seen[0])
        for grade in [*self.run_it("templates", "--json").result["grades"], cube]:
            with self.subTest(grade):
                seen.append(self.bytes_with("--grade", grade))
        self.assertEqual(len(set(seen)), len(seen))

    def test_damaged_grades_are_refused(self):
        cube = self.path("bad.cube")
        with open(cube, "w") as f:
            f.write("LUT_3D_SIZE 64\n0 0 0\n")
        self.assertEqual(self.assemble(self.chunks[0], "--grade", cube, code=2).result["code"], "lut_invalid")
        self.assertEqual(self.assemble(self.chunks[0], "--grade", "nope", code=1).result["code"], "file_missing")

    def test_music(self):
        music = self.path("music.wav")
        with wave.open(music, "wb") as w:
            w.setnchannels(1)
            w.setsampwidth(2)
            w.setframerate(8000)
            w.writeframes(b"".join((8000 if n // 10 % 2 else -8000).to_bytes(2, "little", signed=True) for n in range(80000)))
        run = self.assemble(*self.chunks, "--music", music)
        self.assertEqual(run.result["samples"], run.result["frames"] * 1600)
        checked = self.run_it("check", self.path("out.mp4"), "--json").result
        self.assertEqual(checked["samples"], run.result["samples"])
        self.assertIn("loudness_lufs", checked)

    def test_captions_are_set_in_the_picture(self):
        plain = self.bytes_with()
        captions = self.path("words.srt")
        with open(captions, "w") as f:
            f.write("1\n00:00:00,200 --> 00:00:00,900\n<i>Slow mornings</i>\n")
        self.assertNotEqual(self.bytes_with("--captions", captions), plain)
        with open(captions, "w") as f:
            f.write("1\n00:00:09,000 --> 00:00:01,000\nBackwards\n")
        run = self.assemble(self.chunks[-1], "--captions", captions, code=2)
        self.assertEqual(run.result["code"], "timeline_invalid")
        self.assertIn("line 2", run.result["message"])
        self.assertIn("words.srt", run.result["message"])

    def test_copied_pictures_are_the_clips_own(self):
        out = self.path("copy.mp4")
        run = self.run_it("assemble", *self.chunks, "--copy", "-o", out, "--json")
        self.assertEqual(run.result["frames"], self.frames())
        self.assertEqual(self.pictures(out), [p for chunk in self.chunks for p in self.pictures(chunk)])
        run = self.run_it("assemble", *self.chunks, "--copy", "--transition", "fade:0.2", "-o", out, "--json", code=2)
        self.assertEqual(run.result["code"], "unsupported")

    def pictures(self, file):
        """Sizes of the coded pictures, by another reader than ours."""
        with open(file, "rb") as f:
            return stand.sample_sizes(f.read())

    def test_the_jobs_timeline(self):
        out = self.path("again.mp4")
        run = self.run_it("assemble", os.path.join(self.job, "timeline.json"), "-o", out, "--quality", "draft", "--json")
        self.assertEqual((run.result["frames"], run.result["samples"]), (90, 144000))
        self.assertEqual(self.run_it("probe", out, "--json").result["size"], "640x360")

    def test_flags_that_a_timeline_answers_are_refused(self):
        timeline = os.path.join(self.job, "timeline.json")
        for flags in (("--size", "128x72"), ("--fps", "25"), ("--transition", "fade:0.2"), ("--music", "x.wav")):
            run = self.run_it("assemble", timeline, "-o", self.path("out.mp4"), *flags, code=2)
            self.assertIn(flags[0], run.err)

    def test_damaged_timelines_are_refused(self):
        with open(os.path.join(self.job, "timeline.json")) as f:
            timeline = json.load(f)
        for name, text in (("a.json", "{"), ("b.json", "{}"), ("c.json", json.dumps({**timeline, "frames": -1})),
                           ("d.json", json.dumps({**timeline, "schema": "vidgen.timeline/99"}))):
            with open(self.path(name), "w") as f:
                f.write(text)
            with self.subTest(name):
                run = self.run_it("assemble", self.path(name), "-o", self.path("out.mp4"), "--json", code=2)
                self.assertIn(run.result["code"], ("json_invalid", "timeline_invalid"))
                self.assertFalse(os.path.exists(self.path("out.mp4")))

    def test_bad_inputs_leave_nothing_behind(self):
        self.assertEqual(self.assemble(self.chunks[0], self.path("none.mp4"), code=1).result["code"], "file_missing")
        self.assertEqual(self.assemble(*self.chunks, "--transition", "nope", code=2).result["code"], "invalid_argument")
        self.assertIn("too short", self.assemble(*self.chunks, "--transition", "fade:9", code=2).result["message"])
        self.assertEqual(stand.files(self.folder), {})
