# SPDX-License-Identifier: Apache-2.0
"""Predictions by the documents: forms of create, life, cancel, deadlines, lists, retention, errors, billing."""
import unittest

from support import SCHNELL, SDXL, WAN, Case, Running

ZEROSCOPE = "9f747673945c62801b13b84701c783929c0ee784e4748ec062204894dda1a351"


class Create(Case):
    def test_the_three_forms_of_version(self):
        for version in (SCHNELL, SDXL, ZEROSCOPE):
            made = self.emulator.create(version, prompt="x")
            self.assertEqual(made.status, 201, version)
        self.assertEqual(made.json()["model"], "anotherjesse/zeroscope-v2-xl")
        self.assertEqual(made.json()["version"], ZEROSCOPE)

    def test_official_models_hide_their_version(self):
        made = self.emulator.create().json()
        self.assertEqual((made["status"], made["version"], made["output"], made["error"]), ("starting", "hidden", None, None))
        self.assertEqual(len(made["id"]), 26)
        self.assertIsNone(made["started_at"])

    def test_a_community_model_needs_its_version(self):
        made = self.emulator.create("stability-ai/sdxl", prompt="x")
        self.assertEqual((made.status, made.json()["title"]), (422, "Invalid version or not permitted"))
        self.emulator.change({"community_by_name": True})
        self.assertEqual(self.emulator.create("stability-ai/sdxl", prompt="x").status, 201)

    def test_by_model_and_by_deployment(self):
        body = {"input": {"prompt": "x"}}
        self.assertEqual(self.emulator.call("POST", f"/replicate/v1/models/{SCHNELL}/predictions", body).status, 201)
        self.assertEqual(self.emulator.call("POST", "/replicate/v1/models/stability-ai/sdxl/predictions", body).status, 404)
        made = self.emulator.call("POST", "/replicate/v1/deployments/stability-ai/sdxl/predictions", body)
        self.assertEqual((made.status, made.json()["deployment"]), (201, "stability-ai/sdxl"))

    def test_without_prefix_it_is_replicate(self):
        self.assertEqual(self.emulator.call("POST", "/v1/predictions", {"version": SCHNELL, "input": {"prompt": "x"}}).status, 201)

    def test_the_body_is_closed(self):
        made = self.emulator.call("POST", "/replicate/v1/predictions", {"version": WAN, "input": {}, "lifetime": "5m"})
        rows = made.json()["invalid_fields"]
        self.assertEqual(made.status, 422)
        self.assertEqual(made.json()["title"], "Input validation failed")
        self.assertEqual((rows[0]["type"], rows[0]["field"]), ("additional_property_not_allowed", "lifetime"))

    def test_input_is_checked_and_every_problem_is_named(self):
        made = self.emulator.call("POST", "/replicate/v1/predictions", {"version": WAN, "input": {"prompt": "x", "resolution": "8k", "num_frames": 500}})
        self.assertEqual([(r["type"], r["field"]) for r in made.json()["invalid_fields"]],
                         [("required", "input.image"), ("number_lte", "input.num_frames"), ("enum", "input.resolution")])
        self.assertTrue(made.json()["detail"].startswith("- input.image: image is required\n"))
        self.assertEqual(self.emulator.ledger()["entries"], [])

    def test_authentication(self):
        none, bad = self.emulator.create(token=None), self.emulator.create(token="Bearer")
        self.assertEqual((none.status, none.json()), (401, {"title": "Unauthenticated", "detail": "You did not pass an authentication token",
                                                            "status": 401}))
        self.assertEqual(bad.json()["detail"], "You did not pass a valid authentication token")
        self.emulator.change({"tokens": ["r8_good"]})
        self.assertEqual(self.emulator.create(token="Bearer r8_bad").status, 401)
        self.assertEqual(self.emulator.create(token="Token r8_good").status, 201)

    def test_malformed_json_and_unknown_paths(self):
        self.assertEqual(self.emulator.call("POST", "/replicate/v1/predictions", "{", {"Content-Type": "application/json"}).status, 400)
        self.assertEqual(self.emulator.get("/replicate/v1/nothing").status, 404)
        self.assertEqual(self.emulator.get("/replicate/v1/predictions/none").json()["detail"], "Prediction not found")


class Life(Case):
    def test_it_starts_runs_succeeds_and_is_paid(self):
        ident = self.emulator.create(seed=7).json()["id"]
        self.emulator.advance(0.9)
        self.assertEqual(self.emulator.prediction(ident)["status"], "starting")
        self.emulator.advance(0.2)
        running = self.emulator.prediction(ident)
        self.assertEqual((running["status"], running["started_at"]), ("processing", "2026-11-21T00:00:01.000000Z"))
        self.assertRegex(running["logs"], r"(?m)^\s*\d+%\s*\|.+?\|\s*\d+/\d+")
        self.emulator.advance(45)
        done = self.emulator.prediction(ident)
        self.assertEqual((done["status"], done["completed_at"]), ("succeeded", "2026-11-21T00:00:46.000000Z"))
        self.assertEqual(done["metrics"], {"predict_time": 45.0, "total_time": 46.0, "video_output_duration_seconds": 5.0625})
        self.assertIsInstance(done["output"], str)
        self.assertEqual(self.emulator.ledger()["total_micro"], 50000)

    def test_output_comes_from_another_origin_in_whole_and_in_parts(self):
        url = self.finished()["output"]
        self.assertFalse(url.startswith(self.emulator.app.origin))
        whole = self.emulator.get(url, token=None)
        self.assertEqual((whole.status, whole.headers["content-type"]), (200, "video/mp4"))
        part = self.emulator.get(url, token=None, headers={"Range": "bytes=10-19"})
        self.assertEqual((part.status, part.body), (206, whole.body[10:20]))
        self.assertEqual(part.headers["content-range"], f"bytes 10-19/{len(whole.body)}")
        self.assertEqual(self.emulator.get(url, token=None, headers={"Range": "bytes=99999999-"}).status, 416)
        head = self.emulator.call("HEAD", url, token=None)
        self.assertEqual((head.body, head.headers["content-length"]), (b"", str(len(whole.body))))

    def test_a_token_sent_to_the_delivery_host_is_noticed(self):
        self.emulator.get(self.finished()["output"])
        self.assertEqual(self.emulator.get("/_emulator/state").json()["flags"], {"token_sent_to_delivery": 1})

    def test_images_come_as_a_list_and_are_paid_each(self):
        done = self.finished(10, version=SCHNELL, prompt="x", num_outputs=3)
        self.assertEqual((len(done["output"]), done["metrics"]["image_count"]), (3, 3))
        self.assertEqual(self.emulator.ledger()["total_micro"], 9000)

    def test_time_is_paid_to_the_microsecond(self):
        self.finished(10, version=SDXL, prompt="x")
        self.assertEqual(self.emulator.ledger()["total_micro"], 6972)      # 4.98 s at $0.0014

    def test_the_size_chooses_the_price(self):
        self.finished(version=WAN, resolution="720p")
        self.assertEqual(self.emulator.ledger()["total_micro"], 100000)

    def test_others_do_not_see_it(self):
        ident = self.emulator.create().json()["id"]
        self.assertEqual(self.emulator.get("/replicate/v1/predictions/" + ident, token="Bearer r8_other").status, 404)
        self.assertEqual(self.emulator.get("/replicate/v1/predictions", token="Bearer r8_other").json()["results"], [])

    def test_after_an_hour_everything_is_removed(self):
        done = self.finished(3600 + 45)
        self.assertFalse(done["data_removed"])
        self.emulator.advance(1)
        gone = self.emulator.prediction(done["id"])
        self.assertEqual((gone["status"], gone["data_removed"], gone["output"], gone["input"], gone["logs"]), ("succeeded", True, None, {}, ""))
        self.assertEqual(self.emulator.get(done["output"], token=None).status, 404)

    def test_a_run_ends_after_thirty_minutes(self):
        self.emulator.change({"models": {WAN: {"latency": 4000}}})
        done = self.finished(1801)
        self.assertEqual(done["status"], "failed")


class Cancel(Case):
    def cancel(self, ident):
        return self.emulator.call("POST", f"/replicate/v1/predictions/{ident}/cancel").json()

    def test_while_running_time_is_charged(self):
        ident = self.emulator.create(SDXL, prompt="x").json()["id"]
        self.emulator.advance(3)
        gone = self.cancel(ident)
        self.assertEqual((gone["status"], gone["metrics"]["predict_time"]), ("canceled", 2.0))
        self.assertEqual(self.emulator.ledger()["total_micro"], 2800)
        self.assertEqual(self.cancel(ident)["completed_at"], gone["completed_at"])
        self.assertEqual(len(self.emulator.ledger()["entries"]), 1)

    def test_in_the_queue_nothing_is_charged(self):
        self.assertEqual(self.cancel(self.emulator.create(SDXL, prompt="x").json()["id"])["status"], "canceled")
        self.emulator.change({"cancel_before_start": "aborted"})
        self.assertEqual(self.cancel(self.emulator.create(SDXL, prompt="x").json()["id"])["status"], "aborted")
        self.assertEqual(self.emulator.ledger()["total_micro"], 0)

    def test_output_priced_models_follow_the_rule(self):
        for rule, paid in (("none", 0), ("full", 50000), ("time", 25000)):
            self.emulator.change({"billing": {"output_canceled": rule}})
            before = self.emulator.ledger()["total_micro"]
            ident = self.emulator.create().json()["id"]
            self.emulator.advance(1 + 22.5)
            self.cancel(ident)
            self.assertEqual(self.emulator.ledger()["total_micro"] - before, paid, rule)

    def test_deadline_before_start_aborts_and_costs_nothing(self):
        self.emulator.change({"models": {WAN: {"queue": 60}}})
        made = self.emulator.create(headers={"Cancel-After": "30s"}).json()
        self.assertEqual(made["deadline"], "2026-11-21T00:00:30.000000Z")
        self.emulator.advance(100)
        done = self.emulator.prediction(made["id"])
        self.assertEqual((done["status"], done["started_at"]), ("aborted", None))
        self.assertEqual(self.emulator.ledger()["total_micro"], 0)

    def test_deadline_while_running_cancels_and_costs_time(self):
        made = self.emulator.create(ZEROSCOPE, prompt="x", headers={"Cancel-After": "11"}).json()
        self.emulator.advance(100)
        self.assertEqual(self.emulator.prediction(made["id"])["status"], "canceled")
        self.assertEqual(self.emulator.ledger()["total_micro"], 14000)

    def test_durations(self):
        for text, status in (("5", 201), ("1h30m45s", 201), ("4s", 422), ("soon", 422), ("1d", 422)):
            self.assertEqual(self.emulator.create(headers={"Cancel-After": text}).status, status, text)


class Wait(unittest.TestCase):
    def test_it_is_held_until_done(self):
        with Running({"speed": 200}) as emulator:
            made = emulator.create(headers={"Prefer": "wait"})
            self.assertEqual((made.status, made.json()["status"]), (201, "succeeded"))

    def test_or_until_the_wait_is_over(self):
        with Running({"speed": 200}) as emulator:
            made = emulator.create(headers={"Prefer": "wait=5"})
            self.assertEqual((made.status, made.json()["status"], made.json()["output"]), (202, "processing", None))

    def test_waits_out_of_range_are_refused(self):
        with Running() as emulator:
            self.assertEqual(emulator.create(headers={"Prefer": "wait=61"}).status, 422)


class List(Case):
    words = {"limits": {"enforce": False}}

    def test_pages_of_a_hundred_newest_first(self):
        idents = [self.emulator.create(SCHNELL, prompt=str(n)).json()["id"] for n in range(205)]
        path, seen, pages = "/replicate/v1/predictions", [], []
        while path:
            page = self.emulator.get(path).json()
            pages.append(page)
            seen += [row["id"] for row in page["results"]]
            path = page["next"]
        self.assertEqual(seen, list(reversed(idents)))
        self.assertEqual([len(p["results"]) for p in pages], [100, 100, 5])
        self.assertIsNone(pages[0]["previous"])
        self.assertEqual(self.emulator.get(pages[2]["previous"]).json()["results"][0]["id"], idents[104])
        self.assertEqual(self.emulator.get(pages[1]["previous"]).json()["results"][0]["id"], idents[204])

    def test_created_after_and_before(self):
        first = self.emulator.create().json()
        self.emulator.advance(60)
        second = self.emulator.create().json()
        at = "2026-11-21T00:01:00Z"
        self.assertEqual([r["id"] for r in self.emulator.get("/replicate/v1/predictions?created_after=" + at).json()["results"]], [second["id"]])
        self.assertEqual([r["id"] for r in self.emulator.get("/replicate/v1/predictions?created_before=" + at).json()["results"]], [first["id"]])
        self.assertEqual(self.emulator.get("/replicate/v1/predictions?source=web").json()["results"], [])
        self.assertEqual(self.emulator.get("/replicate/v1/predictions?created_after=never").status, 400)

    def test_running_ones_are_in_the_list_with_their_input(self):
        self.emulator.create(seed=99)
        self.assertEqual(self.emulator.get("/replicate/v1/predictions").json()["results"][0]["input"]["seed"], 99)


class Records(Case):
    def test_models_versions_account_and_the_rest(self):
        get = lambda path: self.emulator.get("/replicate/v1" + path)
        self.assertEqual(get(f"/models/{WAN}").json()["is_official"], True)
        version = get("/models/stability-ai/sdxl/versions").json()["results"][0]
        self.assertIn("prompt", version["openapi_schema"]["components"]["schemas"]["Input"]["properties"])
        self.assertEqual(get("/models/stability-ai/sdxl/versions/" + version["id"]).status, 200)
        self.assertEqual(get("/models/stability-ai/sdxl/versions/" + "0" * 64).status, 404)
        self.assertEqual(get("/models/no/model").status, 404)
        self.assertTrue(get("/webhooks/default/secret").json()["key"].startswith("whsec_"))
        for path in ("/account", "/hardware", "/models", "/collections", "/collections/text-to-video", "/search?query=wan",
                     "/deployments/stability-ai/sdxl", f"/models/{WAN}/readme", f"/models/{WAN}/examples"):
            self.assertEqual(get(path).status, 200, path)


class Draws(unittest.TestCase):
    def life(self, seed):
        with Running({"seed": seed, "latency": {"spread": 0.3, "cold": 120, "cold_chance": 0.5, "queue": 1}}) as emulator:
            idents = [emulator.create().json()["id"] for _ in range(8)]
            emulator.advance(600)
            return [(i, emulator.prediction(i)["started_at"], emulator.prediction(i)["metrics"]["predict_time"]) for i in idents]

    def test_a_seed_is_a_history(self):
        self.assertEqual(self.life(4), self.life(4))
        self.assertNotEqual(self.life(4), self.life(5))

    def test_some_starts_are_cold_and_times_differ(self):
        starts = {started for _, started, _ in self.life(4)}
        self.assertEqual(starts, {"2026-11-21T00:00:01.000000Z", "2026-11-21T00:02:01.000000Z"})
        self.assertTrue(all(31.4 < run < 58.6 for _, _, run in self.life(4)))


if __name__ == "__main__":
    unittest.main()
