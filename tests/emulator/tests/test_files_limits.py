# SPDX-License-Identifier: Apache-2.0
"""Uploads, rate limits, concurrency and credit."""
import hashlib
import unittest

from support import PICTURE, SCHNELL, WAN, Case, Running, multipart

from vidgen_emulator import replicate_files
from vidgen_emulator.limits import Bucket, Window


class Files(Case):
    def upload(self, data=PICTURE, fields=(), name="a.png"):
        kind, body = multipart([("content", name, "image/png", data), *fields])
        return self.emulator.call("POST", "/replicate/v1/files", body, {"Content-Type": kind})

    def test_upload_get_list_delete(self):
        made = self.upload(fields=[("metadata", None, "application/json", b'{"a":1}')])
        file = made.json()
        self.assertEqual((made.status, file["size"], file["content_type"], file["metadata"]), (201, len(PICTURE), "image/png", {"a": 1}))
        self.assertEqual(file["checksums"]["sha256"], hashlib.sha256(PICTURE).hexdigest())
        self.assertEqual((file["name"], len(file["etag"])), ("a.png", 32))
        self.assertEqual(self.emulator.get(file["urls"]["get"]).json(), file)
        self.assertEqual(self.emulator.get("/replicate/v1/files").json()["results"], [file])
        self.assertEqual(self.emulator.call("DELETE", "/replicate/v1/files/" + file["id"]).status, 204)
        self.assertEqual(self.emulator.get(file["urls"]["get"]).json(), {"detail": "File not found"})

    def test_type_and_filename_parts_win(self):
        file = self.upload(fields=[("type", None, None, b"image/jpeg"), ("filename", None, None, b"b.jpg")]).json()
        self.assertEqual((file["content_type"], file["name"]), ("image/jpeg", "b.jpg"))

    def test_bytes_pass_unchanged(self):
        data = bytes(range(256)) * 40 + b"\r\n--xy\r\n\r\n"
        file = self.upload(data).json()
        path = f"/replicate/v1/files/{file['id']}/download?owner=me&expiry=1900000000&signature="
        signature = replicate_files.signature("me", file["id"], "1900000000").replace("+", "%2B")
        self.assertEqual(self.emulator.get(path + signature, token=None).body, data)
        self.assertEqual(self.emulator.get(path + "wrong", token=None).status, 404)

    def test_too_large_is_413(self):
        before, replicate_files.MAX_FILE = replicate_files.MAX_FILE, 1000
        self.addCleanup(setattr, replicate_files, "MAX_FILE", before)
        answer = self.upload(bytes(1001))
        self.assertEqual((answer.status, answer.json()["detail"]), (413, "Files must be less than 100MB in size"))

    def test_broken_forms_are_400(self):
        self.assertEqual(self.emulator.call("POST", "/replicate/v1/files", b"x", {"Content-Type": "text/plain"}).status, 400)
        kind, body = multipart([("other", "a", None, b"x")])
        self.assertEqual(self.emulator.call("POST", "/replicate/v1/files", body, {"Content-Type": kind}).status, 400)
        self.assertEqual(self.emulator.call("POST", "/replicate/v1/files", body[:-9], {"Content-Type": kind}).status, 400)

    def test_it_expires(self):
        file = self.upload().json()
        self.emulator.advance(3601)
        self.assertEqual(self.emulator.get(file["urls"]["get"]).status, 404)

    def test_another_account_does_not_see_it(self):
        self.assertEqual(self.emulator.get(self.upload().json()["urls"]["get"], token="Bearer other").status, 404)


class Rates(Case):
    words = {"limits": {"creates_per_minute": 60, "create_burst": 3, "others_per_minute": 120, "other_burst": 5}}

    def test_creates_have_a_burst_and_a_rate(self):
        self.assertEqual([self.emulator.create().status for _ in range(5)], [201, 201, 201, 429, 429])
        self.emulator.advance(1)
        self.assertEqual([self.emulator.create().status for _ in range(2)], [201, 429])
        self.assertEqual(self.emulator.create(token="Bearer other").status, 201)

    def test_reads_are_counted_apart(self):
        self.assertEqual([self.emulator.get("/replicate/v1/account").status for _ in range(6)], [200] * 5 + [429])
        self.assertEqual(self.emulator.create().status, 201)

    def test_the_answer_says_how_long(self):
        for _ in range(3):
            self.emulator.create()
        answer = self.emulator.create()
        self.assertEqual((answer.headers["retry-after"], answer.json()["retry_after"]), ("1", 1))
        self.assertIn("resets in ~1s.", answer.json()["detail"])

    def test_the_report_knows_the_most_in_a_minute(self):
        for _ in range(5):
            self.emulator.create()
        report = self.emulator.get("/_emulator/limits").json()
        kinds = next(iter(report["accounts"].values()))
        self.assertEqual((kinds["create"]["most_in_60_s"], kinds["create_asked"]["most_in_60_s"], report["refused"]), (3, 5, 2))

    def test_they_can_be_off(self):
        self.emulator.change({"limits": {"enforce": False}})
        self.assertEqual({self.emulator.create().status for _ in range(20)}, {201})


class Buckets(unittest.TestCase):
    def test_never_more_than_rate_and_burst_in_a_minute(self):
        bucket, window, now = Bucket(600, 60, 0), Window(), 0
        for step in range(20000):
            now += 7919 * (step % 13)
            if bucket.take(now) == 0:
                window.add(now)
        self.assertLessEqual(window.most, 660)
        self.assertGreater(window.most, 600)

    def test_the_wait_is_exact(self):
        bucket = Bucket(7, 1, 0)
        self.assertEqual(bucket.take(0), 0)
        wait = bucket.take(0)
        self.assertGreater(bucket.take(wait - 1), 0)
        self.assertEqual(bucket.take(wait), 0)


class Slots(unittest.TestCase):
    def test_runs_above_the_number_wait_in_the_queue(self):
        with Running({"limits": {"concurrency": 2}}) as emulator:
            idents = [emulator.create().json()["id"] for _ in range(5)]
            emulator.advance(500)
            self.assertEqual([emulator.prediction(i)["started_at"][14:19] for i in idents], ["00:01", "00:01", "00:46", "00:46", "01:31"])
            self.assertEqual(set(emulator.get("/_emulator/state").json()["most_running"].values()), {2})

    def test_or_are_refused(self):
        with Running({"limits": {"concurrency": 2, "concurrency_mode": "refuse"}}) as emulator:
            self.assertEqual([emulator.create().status for _ in range(3)], [201, 201, 429])

    def test_one_that_was_canceled_while_waiting_is_passed_over(self):
        with Running({"limits": {"concurrency": 1}}) as emulator:
            idents = [emulator.create().json()["id"] for _ in range(3)]
            emulator.advance(2)
            emulator.call("POST", f"/replicate/v1/predictions/{idents[1]}/cancel")
            emulator.advance(100)
            self.assertEqual([emulator.prediction(i)["status"] for i in idents], ["succeeded", "canceled", "succeeded"])


class Credit(unittest.TestCase):
    def test_none_left_is_402(self):
        with Running({"limits": {"credit_usd": "0.05"}}) as emulator:
            emulator.create()
            emulator.advance(100)
            answer = emulator.create()
            self.assertEqual((answer.status, answer.json()["title"]), (402, "Insufficient credit"))
            self.assertTrue(answer.json()["detail"].startswith("You have insufficient credit to run this model."))

    def test_little_left_is_slow(self):
        with Running({"limits": {"credit_usd": "4"}}) as emulator:
            self.assertEqual(emulator.create(SCHNELL, prompt="x").status, 201)
            answer = emulator.create(WAN)
            self.assertEqual((answer.status, answer.headers["retry-after"]), (429, "10"))
            self.assertIn("6 requests per minute with a burst of 1 requests while you have less than $5.0 in credit", answer.json()["detail"])


if __name__ == "__main__":
    unittest.main()
