# SPDX-License-Identifier: Apache-2.0
"""What is delivered: clips that start from the given picture and move on, exact lengths, pictures, sound; and tiny clips
made with the standard library alone."""
import array
import base64
import io
import json
import os
import shutil
import subprocess
import tempfile
import unittest
import wave

from support import PICTURE, SCHNELL, WAN, Running, multipart

from vidgen_emulator import h264, inputs, media, pictures, sound

FFMPEG = shutil.which("ffmpeg") and shutil.which("ffprobe")


def probe(data):
    with tempfile.NamedTemporaryFile(suffix=".mp4") as file:
        file.write(data)
        file.flush()
        out = subprocess.run(["ffprobe", "-v", "error", "-count_frames", "-show_streams", "-of", "json", file.name], capture_output=True, check=True)
    return json.loads(out.stdout)["streams"]


def pixels(data, frame=0, size="64x36"):
    """One frame as grey bytes; -1 is the last."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        raw = subprocess.run(["ffmpeg", "-v", "error", "-i", file.name, "-vf", "scale=" + size.replace("x", ":"), "-f", "rawvideo", "-pix_fmt", "gray", "-"],
                             capture_output=True, check=True).stdout
    width, height = map(int, size.split("x"))
    count = width * height
    number = frame if frame >= 0 else len(raw) // count + frame
    return raw[number * count:(number + 1) * count]


def apart(a, b):
    return sum(abs(x - y) for x, y in zip(a, b)) / len(a)


def uri(data):
    return "data:image/png;base64," + base64.b64encode(data).decode()


class Small(unittest.TestCase):
    """No other program is needed for these."""

    def test_pictures_know_their_size(self):
        self.assertEqual(pictures.size_of(pictures.scene(50, 40, "a", 1)), (50, 40))
        self.assertNotEqual(pictures.scene(50, 40, "a", 1), pictures.scene(50, 40, "a", 2))
        self.assertEqual(pictures.size_of(pictures.scene(8, 8, "a", 1)[:8]), None)
        self.assertIsNone(pictures.size_of(b"hello"))

    def test_music_has_its_length(self):
        with wave.open(io.BytesIO(sound.music(2_500_000, "x", 1))) as file:
            self.assertEqual((file.getnframes(), file.getnchannels(), file.getframerate()), (80000, 2, 32000))
            self.assertGreater(max(array.array("h", file.readframes(80000))), 3000)

    def test_the_tiny_clip_is_the_same_each_time_and_small(self):
        self.assertEqual(h264.clip(104, 60, 81, 16, 1), h264.clip(104, 60, 81, 16, 1))
        self.assertLess(len(h264.clip(104, 60, 81, 16, 1)), 60000)

    def test_data_uris(self):
        self.assertEqual(inputs.from_data_uri("data:text/plain,a%20b"), b"a b")
        with self.assertRaises(media.MediaError):
            inputs.from_data_uri("data:image/png;base64,???")

    def test_a_stub_keeps_length_and_rate(self):
        with Running() as emulator:
            ident = emulator.create().json()["id"]
            emulator.advance(60)
            data = emulator.get(emulator.prediction(ident)["output"], token=None).body
            self.assertEqual(data[4:8], b"ftyp")
            self.assertIn(b"avcC", data)


@unittest.skipUnless(FFMPEG, "no ffmpeg")
class Clips(unittest.TestCase):
    def setUp(self):
        self.emulator = Running({"media": {"mode": "real"}, "limits": {"enforce": False}})
        self.emulator.__enter__()
        self.addCleanup(self.emulator.__exit__)

    def made(self, version=WAN, **given):
        answer = self.emulator.create(version, **given)
        self.assertEqual(answer.status, 201, answer.body)
        self.emulator.advance(400)
        done = self.emulator.prediction(answer.json()["id"])
        self.assertEqual(done["status"], "succeeded", done["error"])
        output = done["output"] if isinstance(done["output"], str) else done["output"][0]
        return output, self.emulator.get(output, token=None).body

    def test_the_tiny_clip_decodes(self):
        data = h264.clip(104, 60, 81, 16, 1)
        stream = probe(data)[0]
        self.assertEqual((stream["width"], stream["height"], stream["nb_read_frames"], stream["r_frame_rate"], stream["duration"]),
                         (104, 60, "81", "16/1", "5.062500"))
        self.assertGreater(apart(pixels(data), pixels(data, -1)), 5)

    def test_it_starts_from_the_picture_and_moves_on(self):
        start = pictures.scene(832, 480, "a mug", 3)
        _, data = self.made(image=uri(start))
        stream = probe(data)[0]
        self.assertEqual((stream["width"], stream["height"], stream["nb_read_frames"], stream["r_frame_rate"]), (832, 480, "81", "16/1"))
        self.assertLess(apart(pixels(data), pixels(start)), 1.5)
        self.assertGreater(apart(pixels(data, -1), pixels(start)), 4)

    def test_a_chain_goes_on_and_ends_where_it_must(self):
        start, end = pictures.scene(832, 480, "one", 1), pictures.scene(832, 480, "two", 2)
        url, first = self.made(image=uri(start))
        _, second = self.made(image=uri(pictures.scene(832, 480, "x", 5)), last_image=uri(end))
        self.assertLess(apart(pixels(second, -1), pixels(end)), 2)
        self.assertEqual(probe(second)[0]["nb_read_frames"], "81")
        self.assertGreater(apart(pixels(first), pixels(second)), 4)

    def test_pictures_by_upload_and_by_address(self):
        kind, body = multipart([("content", "a.png", "image/png", PICTURE)])
        file = self.emulator.call("POST", "/replicate/v1/files", body, {"Content-Type": kind}).json()
        _, data = self.made(image=file["urls"]["get"])
        self.assertLess(apart(pixels(data), pixels(PICTURE)), 3)
        url, picture = self.made(SCHNELL, prompt="x", output_format="png")
        _, data = self.made(image=url)
        self.assertGreater(len(data), 10000)

    def test_portrait_pictures_make_portrait_clips(self):
        _, data = self.made(image=uri(pictures.scene(90, 160, "a", 1)))
        self.assertEqual((probe(data)[0]["width"], probe(data)[0]["height"]), (480, 832))

    def test_frames_rate_and_size_follow_the_input(self):
        _, data = self.made(image=uri(PICTURE), num_frames=97, frames_per_second=24, resolution="720p")
        stream = probe(data)[0]
        self.assertEqual((stream["nb_read_frames"], stream["r_frame_rate"], stream["width"]), ("97", "24/1", 1280))

    def test_sound_faults_and_broken_files(self):
        self.emulator.change({"faults": [{"do": "media", "kind": "with_audio", "nth": 1}, {"do": "media", "kind": "corrupt", "nth": 2}]})
        _, loud = self.made(image=uri(PICTURE))
        self.assertEqual(sorted(s["codec_type"] for s in probe(loud)), ["audio", "video"])

    def test_a_corrupt_clip_does_not_decode_whole(self):
        self.emulator.change({"faults": [{"do": "media", "kind": "corrupt", "operation": "create"}]})
        _, data = self.made(image=uri(PICTURE))
        with tempfile.NamedTemporaryFile() as file:
            file.write(data)
            file.flush()
            done = subprocess.run(["ffmpeg", "-v", "error", "-xerror", "-i", file.name, "-f", "null", "-"], capture_output=True)
        self.assertNotEqual((done.returncode, done.stderr), (0, b""))

    def test_the_same_request_is_the_same_bytes_and_is_made_once(self):
        _, one = self.made(image=uri(PICTURE), seed=3)
        made = self.emulator.app.media.made
        _, two = self.made(image=uri(PICTURE), seed=3)
        self.assertEqual((one == two, self.emulator.app.media.made), (True, made))

    def test_pictures_and_music_in_their_formats(self):
        _, data = self.made(SCHNELL, prompt="x")
        self.assertEqual(data[8:12], b"WEBP")
        _, data = self.made(SCHNELL, prompt="x", output_format="png")
        self.assertEqual(pictures.size_of(data), (1024, 1024))
        version = "meta/musicgen:671ac645ce5e552cc63a54a2bbff63fcf798043055d2dac5fc9e36a837eedcfb"
        url, data = self.made(version, prompt="x", duration=3, output_format="mp3")
        self.assertTrue(url.endswith(".mp3"))
        self.assertEqual(probe(data)[0]["codec_name"], "mp3")


class Rows(unittest.TestCase):
    """The library's own model files, read as data."""

    FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "models")

    @unittest.skipUnless(os.path.isdir(FOLDER), "no folder of models")
    def test_every_row_makes_a_run(self):
        with Running({"limits": {"enforce": False}, "community_by_name": True}, models=self.FOLDER) as emulator:
            table = emulator.app.models.tables["replicate"]
            self.assertGreater(len(table), 40)
            for model in table.values():
                given = {name: "https://example.com/a.png" for name in model.row.get("needs", [])}
                answer = emulator.create(model.id, **given)
                self.assertEqual(answer.status, 201, (model.id, answer.body))
            emulator.advance(2000)
            entries = emulator.ledger()["entries"]
            self.assertEqual({e["outcome"] for e in entries}, {"succeeded"})
            self.assertTrue(all(e["micro"] > 0 for e in entries))


if __name__ == "__main__":
    unittest.main()
