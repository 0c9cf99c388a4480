# SPDX-License-Identifier: Apache-2.0
"""The life of a run at fal, at Runway and at a ComfyUI server."""
import unittest

from support import PICTURE, Case, multipart

FAL = "fal-ai/wan/v2.2-5b/image-to-video"


class Fal(Case):
    def call(self, method, path, body=None, token="Key k:s"):
        return self.emulator.call(method, path, body, token=token)

    def submit(self, **given):
        return self.call("POST", "/fal/" + FAL, {"prompt": "x", "image_url": "https://example.com/a.png", **given})

    def test_its_life(self):
        made = self.submit().json()
        self.assertTrue(made["status_url"].endswith(f"/fal/fal-ai/wan/requests/{made['request_id']}/status"))
        status = self.call("GET", made["status_url"])
        self.assertEqual((status.status, status.json()["status"], status.json()["queue_position"]), (202, "IN_QUEUE", 0))
        self.emulator.advance(10)
        self.assertEqual(self.call("GET", made["status_url"] + "?logs=1").json()["status"], "IN_PROGRESS")
        self.assertEqual(self.call("GET", made["response_url"]).status, 400)
        self.emulator.advance(60)
        self.assertEqual(self.call("GET", made["status_url"]).json()["status"], "COMPLETED")
        url = self.call("GET", made["response_url"]).json()["video"]["url"]
        self.assertEqual(self.emulator.get(url, token=None).status, 200)
        self.assertEqual(self.emulator.ledger()["by_provider"], {"fal": 150000})

    def test_cancel_errors_and_events(self):
        made = self.submit().json()
        self.assertEqual(self.call("PUT", made["cancel_url"]).json()["status"], "CANCELLATION_REQUESTED")
        self.assertEqual(self.call("PUT", made["cancel_url"]).status, 400)
        self.assertIn(b"COMPLETED", self.call("GET", made["status_url"] + "/stream").body)
        self.assertEqual(self.submit(prompt=None).json()["detail"][0]["loc"], ["body", "prompt"])
        self.assertEqual(self.call("POST", "/fal/no/model", {}).status, 404)
        self.assertEqual(self.call("POST", "/fal/" + FAL, {}, token=None).status, 401)
        self.assertEqual(self.call("GET", made["status_url"], token="Key other").status, 404)

    def test_failed(self):
        self.emulator.change({"faults": [{"provider": "fal", "operation": "create", "do": "nsfw"}]})
        made = self.submit().json()
        self.emulator.advance(60)
        self.assertEqual(self.call("GET", made["response_url"]).status, 422)
        self.assertIn("error", self.call("GET", made["status_url"]).json())

    def test_pictures(self):
        made = self.call("POST", "/fal/fal-ai/flux/schnell", {"prompt": "x"}).json()
        self.emulator.advance(10)
        self.assertEqual(self.call("GET", made["response_url"]).json()["images"][0]["width"], 1024)


class Runway(Case):
    BODY = {"model": "gen4_turbo", "promptImage": "https://example.com/a.png", "promptText": "x", "ratio": "1280:720", "duration": 5}

    def call(self, method, path, body=None, version="2024-11-06"):
        return self.emulator.call(method, "/runway" + path, body, {"X-Runway-Version": version} if version else {})

    def test_its_life_and_its_credits(self):
        ident = self.call("POST", "/v1/image_to_video", self.BODY).json()["id"]
        task = self.call("GET", "/v1/tasks/" + ident).json()
        self.assertEqual((task["status"], task["estimatedCost"]), ("PENDING", {"credits": 25}))
        self.emulator.advance(21)
        self.assertEqual(self.call("GET", "/v1/tasks/" + ident).json()["progress"], 0.5)
        self.emulator.advance(30)
        task = self.call("GET", "/v1/tasks/" + ident).json()
        self.assertEqual((task["status"], task["cost"]), ("SUCCEEDED", {"credits": 25}))
        self.assertEqual(self.emulator.get(task["output"][0], token=None).status, 200)
        self.assertNotEqual(self.call("GET", "/v1/tasks/" + ident).json()["output"], task["output"])
        self.assertEqual(self.emulator.flags()["polled_too_often"], 1)
        self.assertEqual(self.emulator.ledger()["total_micro"], 250000)

    def test_the_version_header_is_required(self):
        self.assertEqual(self.call("POST", "/v1/image_to_video", self.BODY, version=None).status, 400)
        self.assertEqual(self.call("POST", "/v1/image_to_video", self.BODY, version="2020-01-01").status, 400)

    def test_bodies_are_checked(self):
        for change in ({"ratio": "1:1"}, {"model": "gen9"}, {"promptImage": None}, {"promptText": "😀" * 501}, {"duration": 7},
                       {"promptImage": "data:image/png;base64," + "A" * (5 << 20)}):
            answer = self.call("POST", "/v1/image_to_video", {k: v for k, v in {**self.BODY, **change}.items() if v is not None})
            self.assertEqual((answer.status, len(answer.json()["issues"]) > 0), (400, True), str(change)[:40])
        listed = {**self.BODY, "promptImage": [{"uri": "https://example.com/a.png", "position": "first"}]}
        self.assertEqual(self.call("POST", "/v1/image_to_video", listed).status, 200)
        self.assertEqual(self.call("POST", "/v1/text_to_video", {"model": "gen4.5", "promptText": "x", "ratio": "1280:720"}).status, 200)

    def test_cancel_then_delete(self):
        ident = self.call("POST", "/v1/image_to_video", self.BODY).json()["id"]
        self.assertEqual(self.call("DELETE", "/v1/tasks/" + ident).status, 204)
        self.assertEqual(self.call("GET", "/v1/tasks/" + ident).json()["status"], "CANCELLED")
        self.assertEqual(self.call("DELETE", "/v1/tasks/" + ident).status, 204)
        self.assertEqual(self.call("GET", "/v1/tasks/" + ident).status, 404)

    def test_throttled_and_failed(self):
        self.emulator.change({"limits": {"concurrency": 1}, "faults": [{"operation": "runway.create", "do": "fail", "nth": 1}]})
        idents = [self.call("POST", "/v1/image_to_video", self.BODY).json()["id"] for _ in range(2)]
        self.emulator.advance(2)
        self.assertEqual(self.call("GET", "/v1/tasks/" + idents[1]).json()["status"], "THROTTLED")
        self.emulator.advance(30)
        task = self.call("GET", "/v1/tasks/" + idents[0]).json()
        self.assertEqual((task["status"], task["failureCode"]), ("FAILED", "INTERNAL.BAD_OUTPUT.CODE01"))


class Comfy(Case):
    def workflow(self, image="a.png", save="SaveVideo"):
        return {"1": {"class_type": "LoadImage", "inputs": {"image": image}}, "2": {"class_type": "CLIPTextEncode", "inputs": {"text": "x", "clip": ["1", 0]}},
                "3": {"class_type": "WanImageToVideo", "inputs": {"width": 832, "height": 480, "length": 33, "positive": ["2", 0]}},
                "4": {"class_type": "CreateVideo", "inputs": {"images": ["3", 0], "fps": 16}}, "9": {"class_type": save, "inputs": {"video": ["4", 0]}}}

    def call(self, method, path, body=None, **words):
        return self.emulator.call(method, "/comfy" + path, body, token=None, **words)

    def upload(self):
        kind, body = multipart([("image", "a.png", "image/png", PICTURE), ("overwrite", None, None, b"true")])
        return self.call("POST", "/upload/image", body, headers={"Content-Type": kind}).json()

    def test_its_life_under_the_clients_own_id(self):
        self.assertEqual(self.upload(), {"name": "a.png", "subfolder": "", "type": "input"})
        made = self.call("POST", "/api/prompt", {"prompt": self.workflow(), "client_id": "c", "prompt_id": "my-id"}).json()
        self.assertEqual((made["prompt_id"], made["node_errors"]), ("my-id", {}))
        self.assertEqual(self.call("GET", "/queue").json()["queue_pending"][0][1], "my-id")
        self.assertEqual(self.call("GET", "/history/my-id").json(), {})
        self.emulator.advance(30)
        entry = self.call("GET", "/history/my-id").json()["my-id"]
        file = entry["outputs"]["9"]["images"][0]
        self.assertEqual((entry["status"]["status_str"], file["type"]), ("success", "output"))
        self.assertEqual(self.call("GET", f"/view?filename={file['filename']}&subfolder=&type=output").headers["content-type"], "video/mp4")
        self.assertEqual(self.emulator.app.jobs.order[0].what.frames, 33)
        self.assertEqual(self.call("GET", "/view?filename=a.png&type=input").body, PICTURE)
        self.assertEqual(self.emulator.ledger()["total_micro"], 0)

    def test_workflows_are_checked(self):
        self.upload()
        bad = {"1": {"class_type": "Nothing", "inputs": {}}}
        cases = (({}, "no_prompt"), (bad, "missing_node_type"), ({"1": {"inputs": {}}}, "invalid_prompt"),
                 (self.workflow(image="none.png"), "prompt_outputs_failed_validation"), ({"1": self.workflow()["2"]}, "prompt_no_outputs"))
        for workflow, kind in cases:
            answer = self.call("POST", "/prompt", {"prompt": workflow})
            self.assertEqual((answer.status, answer.json()["error"]["type"]), (400, kind))

    def test_interrupt_and_queue(self):
        self.upload()
        for ident in ("a", "b", "c"):
            self.call("POST", "/prompt", {"prompt": self.workflow(), "prompt_id": ident})
        self.call("POST", "/queue", {"delete": ["c"]})
        self.emulator.advance(2)
        self.call("POST", "/interrupt", {"prompt_id": "a"})
        self.emulator.advance(30)
        history = self.call("GET", "/history").json()
        self.assertEqual({k: v["status"]["status_str"] for k, v in history.items()}, {"a": "error", "b": "success"})

    def test_a_repeated_id_is_seen(self):
        self.upload()
        for _ in range(2):
            self.call("POST", "/prompt", {"prompt": self.workflow(), "prompt_id": "a"})
        self.assertEqual(self.emulator.flags()["repeated_prompt_id"], 1)

    def test_object_info(self):
        self.assertIn("WanImageToVideo", self.call("GET", "/object_info").json())
        self.assertEqual(self.call("GET", "/system_stats").status, 200)


if __name__ == "__main__":
    unittest.main()
