# SPDX-License-Identifier: Apache-2.0
"""Faults of a run itself: how it ends, what it says, what it delivers, and what that costs."""
import shutil
import unittest

from support import SCHNELL, SDXL, WAN, Case, Running


def fault(do, **words):
    return {"faults": [{"operation": "create", "times": 1, "do": do, **words}]}


class Ends(Case):
    def ended(self, do, version=WAN, seconds=3000, **words):
        self.emulator.change(fault(do, **words))
        return self.finished(seconds, version=version, prompt="x")

    def test_fail_is_paid_by_time_only(self):
        done = self.ended("fail", factor=0.5)
        self.assertEqual((done["status"], done["error"], done["output"]), ("failed", "Prediction interrupted; please retry (code: PA)", None))
        self.assertEqual(self.emulator.ledger()["total_micro"], 0)
        self.ended("fail", SDXL, factor=0.5, error="CUDA out of memory (code: E1001)")
        self.assertEqual(self.emulator.ledger()["total_micro"], 3486)       # 2.49 s at $0.0014
        self.emulator.change({"billing": {"time_failed": "none"}})
        self.ended("fail", SDXL)
        self.assertEqual(self.emulator.ledger()["total_micro"], 3486)

    def test_content_refused(self):
        self.assertEqual(self.ended("nsfw")["error"], "NSFW content detected. Try running it again, or try a different prompt.")

    def test_unknown_status_words(self):
        self.emulator.change(fault("status_word", word="warming_up", polls=2))
        ident = self.emulator.create().json()["id"]
        self.emulator.advance(60)
        self.assertEqual([self.emulator.prediction(ident)["status"] for _ in range(3)], ["warming_up", "warming_up", "succeeded"])

    def test_data_removed_at_once(self):
        done = self.ended("data_removed", seconds=60)
        self.assertEqual((done["status"], done["data_removed"], done["output"]), ("succeeded", True, None))
        self.assertEqual(self.emulator.ledger()["total_micro"], 50000)

    def test_never_start_and_never_end(self):
        self.assertEqual(self.ended("never_start")["status"], "starting")
        done = self.ended("never_end", SDXL)
        self.assertEqual((done["status"], done["metrics"]["predict_time"]), ("failed", 1800.0))

    def test_shapes_of_output(self):
        for shape, kind in (("string", str), ("list", list), ("object", dict), ("null", type(None)), ("list_of_objects", list), ("number", int)):
            self.assertIsInstance(self.ended("output_shape", shape=shape)["output"], kind, shape)

    def test_hidden_from_the_list_for_a_while(self):
        self.emulator.change(fault("hide_from_list", seconds=90))
        self.emulator.create()
        rows = lambda: len(self.emulator.get("/replicate/v1/predictions").json()["results"])
        self.assertEqual(rows(), 0)
        self.emulator.advance(91)
        self.assertEqual(rows(), 1)

    def test_list_delay_hides_all(self):
        self.emulator.change({"list_delay": 5})
        self.emulator.create()
        self.assertEqual(self.emulator.get("/replicate/v1/predictions").json()["results"], [])
        self.emulator.advance(6)
        self.assertEqual(len(self.emulator.get("/replicate/v1/predictions").json()["results"]), 1)

    def test_latency_of_one_run(self):
        done = self.ended("latency", queue=100, predict=7)
        self.assertEqual((done["metrics"]["predict_time"], done["metrics"]["total_time"]), (7.0, 107.0))


class Delivers(Case):
    def made(self, kind, version=WAN, **words):
        self.emulator.change(fault("media", kind=kind, **words))
        done = self.finished(60, version=version, prompt="x")
        return done, self.emulator.get(done["output"] if isinstance(done["output"], str) else done["output"][0], token=None)

    def job(self):
        return self.emulator.get("/_emulator/predictions").json()["predictions"][-1]

    def test_a_shorter_clip_costs_what_it_is(self):
        self.emulator.change({"models": {WAN: {"price": {"kind": "per_output_second", "usd": "0.10"}}}})
        done, _ = self.made("shorter", factor=0.5)
        self.assertEqual((self.job()["frames"], done["metrics"]["video_output_duration_seconds"]), (40, 2.5))
        self.assertEqual(self.emulator.ledger()["total_micro"], 250000)

    def test_corrupt_empty_html(self):
        _, whole = self.made("wrong_start")
        _, corrupt = self.made("corrupt")
        self.assertNotEqual(corrupt.body, whole.body[:len(corrupt.body)])
        self.assertEqual(self.made("empty")[1].body, b"")
        answer = self.made("html")[1]
        self.assertEqual((answer.status, answer.headers["content-type"]), (200, "text/html"))

    def test_wrong_rate_and_size(self):
        self.made("wrong_fps")
        self.assertEqual((self.job()["fps"], self.job()["frames"]), ("24", 121))
        self.made("wrong_size")
        self.assertEqual(self.job()["size"], "624x360")

    def test_sound_where_none_was_asked(self):
        self.made("with_audio")
        self.assertEqual(self.emulator.app.jobs.order[-1].what.audio, True)
        self.made("black")
        self.assertEqual(self.emulator.app.jobs.order[-1].what.audio, False)


class Prices(unittest.TestCase):
    def test_the_scenario_sets_models_and_prices(self):
        words = {"models": {"acme/clip": {"kind": "video", "official": True, "frames": 48, "fps": 24, "sizes": ["640x360"], "latency": 3,
                                          "price": {"kind": "per_output_second", "usd": "0.000001"}}}}
        with Running(words) as emulator:
            emulator.create("acme/clip", prompt="x")
            emulator.advance(10)
            self.assertEqual(emulator.ledger()["entries"][0]["micro"], 2)

    def test_seconds_counted_at_a_rate_of_the_providers_own(self):
        with Running() as emulator:
            emulator.create("wavespeedai/wan-2.1-i2v-480p", prompt="x", image="https://example.com/a.png", frames_per_second=24)
            emulator.advance(60)
            self.assertEqual(emulator.ledger()["total_micro"], 455625)      # 81 frames at 16 are 5.0625 s at $0.09

    def test_sound_changes_the_price(self):
        rows = [{"kind": "per_output_second", "usd": "0.10", "condition": "without audio"},
                {"kind": "per_output_second", "usd": "0.15", "condition": "with audio"}]
        row = {"kind": "video", "official": True, "seconds": 4, "fps": 24, "seconds_field": "duration", "audio_field": "generate_audio", "prices": rows}
        with Running({"models": {"google/veo": row}}) as emulator:
            for given in ({"generate_audio": False, "duration": 4}, {"generate_audio": True, "duration": 8}):
                emulator.create("google/veo", **given)
            emulator.advance(60)
            self.assertEqual([e["micro"] for e in emulator.ledger()["entries"]], [400000, 1200000])

    def test_two_accounts_have_two_bills(self):
        with Running({"accounts": {"r8_test": "ann", "r8_bob": "bob"}}) as emulator:
            emulator.create()
            emulator.create(SCHNELL, prompt="x", token="Bearer r8_bob")
            emulator.advance(60)
            self.assertEqual(emulator.ledger()["by_account"], {"ann": 50000, "bob": 3000})
            self.assertEqual(emulator.get("/_emulator/ledger?account=bob").json()["total_usd"], "0.003000")


@unittest.skipUnless(shutil.which("ffmpeg"), "no ffmpeg")
class Refused(unittest.TestCase):
    def test_a_picture_that_is_none_fails_the_run(self):
        with Running({"media": {"mode": "real"}}) as emulator:
            ident = emulator.create(image="data:image/png;base64,aGVsbG8=").json()["id"]
            emulator.advance(60)
            done = emulator.prediction(ident)
            self.assertEqual((done["status"], done["error"]), ("failed", "cannot identify image file"))


if __name__ == "__main__":
    unittest.main()
