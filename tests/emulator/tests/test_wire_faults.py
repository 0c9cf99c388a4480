# SPDX-License-Identifier: Apache-2.0
"""Every fault on the wire: what the client sees, and whether the provider acted."""
import gzip
import json
import unittest

from support import SCHNELL, WAN, Case, Running


def fault(do, **words):
    return {"faults": [{"operation": "predictions.create", "times": 1, "do": do, **words}]}


class Wire(Case):
    def jobs(self):
        return len(self.emulator.app.jobs.order)

    def entry(self):
        return self.emulator.get("/_emulator/requests").json()["requests"][-1]

    def test_refuse_connection(self):
        self.emulator.change({"faults": [{"do": "refuse_connection", "times": 1}]})
        self.assertEqual(self.emulator.raw(self.emulator.request_bytes()), (b"", "reset"))
        self.assertEqual(self.jobs(), 0)

    def test_reset_before(self):
        self.emulator.change(fault("reset_before"))
        self.assertEqual(self.emulator.raw(self.emulator.request_bytes()), (b"", "reset"))
        self.assertEqual((self.jobs(), self.entry()["executed"]), (0, False))

    def test_cut_request_at_every_byte(self):
        data = self.emulator.request_bytes()
        self.emulator.change({"limits": {"enforce": False}})
        for at in range(len(data)):
            self.emulator.change(fault("cut_request", at=at))
            self.assertEqual(self.emulator.raw(data)[0], b"")
            self.assertEqual((self.jobs(), self.entry()["bytes_in"]), (0, at))
        self.emulator.change(fault("cut_request", at=len(data)))
        self.assertIn(b"201 Created", self.emulator.raw(data)[0])
        self.assertIn("fault_missed", self.entry()["flags"])

    def test_cut_response_at_every_byte(self):
        self.emulator.change({"limits": {"enforce": False}})
        whole = len(self.emulator.raw(self.emulator.request_bytes())[0])
        for at in range(0, whole, 7):
            self.emulator.change(fault("cut_response", at=at))
            got, _ = self.emulator.raw(self.emulator.request_bytes())
            self.assertEqual(len(got), at)
            self.assertEqual((self.entry()["executed"], self.entry()["bytes_out"]), (True, at))
        self.emulator.change(fault("cut_response", at=10_000))
        self.emulator.raw(self.emulator.request_bytes())
        self.assertIn("fault_missed", self.entry()["flags"])

    def test_cut_response_by_reset_and_from_the_end(self):
        self.emulator.change(fault("cut_response", at=-1, how="reset"))
        got, how = self.emulator.raw(self.emulator.request_bytes())
        self.assertEqual((got[:12], how), (b"HTTP/1.1 201", "reset"))

    def test_drop_after_accept(self):
        self.emulator.change(fault("drop_after_accept"))
        self.assertEqual(self.emulator.raw(self.emulator.request_bytes()), (b"", "reset"))
        self.assertEqual(self.jobs(), 1)
        self.assertEqual(len(self.emulator.get("/replicate/v1/predictions").json()["results"]), 1)

    def test_status_without_and_with_execution(self):
        for status in (500, 502, 503, 504, 408, 409):
            self.emulator.change(fault("status", status=status))
            self.assertEqual(self.emulator.create().status, status)
        self.assertEqual(self.jobs(), 0)
        self.emulator.change(fault("status", status=502, executed=True, body="<html>Bad gateway</html>", headers={"Server": "cloudflare"}))
        answer = self.emulator.create()
        self.assertEqual((answer.status, answer.headers["server"], answer.body), (502, "cloudflare", b"<html>Bad gateway</html>"))
        self.assertEqual(self.jobs(), 1)

    def test_throttle_in_its_forms(self):
        found = {}
        for form in ("header", "date", "body", "prose", "none"):
            self.emulator.change(fault("throttle", form=form, seconds=30))
            found[form] = self.emulator.create()
            self.assertEqual(found[form].status, 429)
        self.assertEqual(found["header"].headers["retry-after"], "30")
        self.assertEqual(found["date"].headers["retry-after"], "Sat, 21 Nov 2026 00:00:30 GMT")
        self.assertEqual(found["body"].json()["retry_after"], 30)
        self.assertEqual(found["prose"].json()["detail"], "Request was throttled. Your rate limit resets in ~30s.")
        for form in ("body", "prose", "none"):
            self.assertNotIn("retry-after", found[form].headers)
        self.assertEqual(self.jobs(), 0)

    def test_bodies_of_other_kinds(self):
        self.emulator.change(fault("html"))
        self.assertIn(b"<html>", self.emulator.create().body)
        self.emulator.change(fault("empty"))
        self.assertEqual(self.emulator.create().body, b"")
        self.emulator.change(fault("content_type", content_type="application/octet-stream"))
        self.assertEqual(self.emulator.create().headers["content-type"], "application/octet-stream")
        self.emulator.change(fault("gzip"))
        answer = self.emulator.create()
        self.assertEqual(answer.headers["content-encoding"], "gzip")
        self.assertEqual(json.loads(gzip.decompress(answer.body))["status"], "starting")
        self.emulator.change(fault("broken_json"))
        with self.assertRaises(ValueError):
            self.emulator.create().json()
        self.assertEqual(self.jobs(), 5)

    def test_nonsense_of_fifty_megabytes(self):
        self.emulator.change(fault("nonsense"))
        self.assertEqual(len(self.emulator.create().body), 50 << 20)

    def test_garbage_is_not_http(self):
        self.emulator.change(fault("garbage"))
        self.assertTrue(self.emulator.raw(self.emulator.request_bytes())[0].startswith(b"\x16\x03"))

    def test_redirect(self):
        self.emulator.change(fault("redirect", status=307, location="https://elsewhere.example/"))
        answer = self.emulator.create()
        self.assertEqual((answer.status, answer.headers["location"]), (307, "https://elsewhere.example/"))

    def test_edit_and_extra_headers(self):
        self.emulator.change(fault("edit", set={"status": "warming", "urls.get": None, "-logs": None}))
        value = self.emulator.create().json()
        self.assertEqual((value["status"], value["urls"]["get"], "logs" in value), ("warming", None, False))
        self.emulator.change(fault("extra_headers", headers={"CF-Ray": "1"}))
        self.assertEqual(self.emulator.create().headers["cf-ray"], "1")

    def test_hang_ends_when_its_time_is_over(self):
        for do, jobs in (("hang_before", 0), ("hang_after", 1)):
            self.emulator.change({"speed": 1000, **fault(do, seconds=60)})
            self.assertEqual(self.emulator.raw(self.emulator.request_bytes()), (b"", "reset"))
            self.assertEqual(self.jobs(), jobs)

    def test_slow_and_delay(self):
        self.emulator.change({"speed": 1000, **fault("slow", rate=400, block=8)})
        before = self.emulator.app.clock.now()
        self.assertEqual(self.emulator.create().status, 201)
        self.assertGreater(self.emulator.app.clock.now() - before, 1_500_000)
        self.emulator.change(fault("delay", seconds=30))
        before = self.emulator.app.clock.now()
        self.assertEqual(self.emulator.create().status, 201)
        self.assertGreater(self.emulator.app.clock.now() - before, 30_000_000)


class Choice(unittest.TestCase):
    """Which request a rule hits."""

    def statuses(self, rule, calls=6, seed=1):
        with Running({"seed": seed, "faults": [{"do": "status", "status": 503, **rule}]}) as emulator:
            return [emulator.create(SCHNELL, prompt="x").status for _ in range(calls)]

    def test_nth_every_after_times(self):
        self.assertEqual(self.statuses({"nth": 2}), [201, 503, 201, 201, 201, 201])
        self.assertEqual(self.statuses({"nth": [1, 4]}), [503, 201, 201, 503, 201, 201])
        self.assertEqual(self.statuses({"every": 3}), [201, 201, 503, 201, 201, 503])
        self.assertEqual(self.statuses({"after": 2, "times": 1}), [201, 201, 503, 201, 201, 201])

    def test_probability_is_a_function_of_the_seed(self):
        first = self.statuses({"probability": 0.5}, 20)
        self.assertEqual(first, self.statuses({"probability": 0.5}, 20))
        self.assertNotEqual(first, self.statuses({"probability": 0.5}, 20, seed=2))
        self.assertEqual(set(first), {201, 503})

    def test_operation_class_provider_model_path(self):
        hit = lambda rule: self.statuses(rule, 1) == [503]
        self.assertTrue(hit({"operation": "create"}))
        self.assertTrue(hit({"operation": "*predictions.create"}))
        self.assertTrue(hit({"operation": "any"}))
        self.assertFalse(hit({"operation": "read"}))
        self.assertTrue(hit({"model": "black-forest-labs/*"}))
        self.assertFalse(hit({"model": WAN}))
        self.assertTrue(hit({"provider": ["openai", "replicate"]}))
        self.assertFalse(hit({"provider": "openai"}))
        self.assertTrue(hit({"token": "r8_test", "path": "/replicate/*", "method": "POST"}))

    def test_a_rule_by_model_hits_reads_and_downloads_too(self):
        rule = {"operation": "predictions.get", "model": SCHNELL, "do": "status", "status": 500}
        with Running({"faults": [rule, {"operation": "delivery.get", "do": "cut_response", "at": 400}]}) as emulator:
            ident = emulator.create(SCHNELL, prompt="x").json()["id"]
            self.assertEqual(emulator.get("/replicate/v1/predictions/" + ident).status, 500)

    def test_a_cut_by_model_does_not_execute(self):
        with Running({"faults": [{"model": WAN, "do": "cut_request", "at": 200}]}) as emulator:
            self.assertEqual(emulator.raw(emulator.request_bytes())[0], b"")
            self.assertEqual(len(emulator.app.jobs.order), 0)
            self.assertEqual(emulator.create(SCHNELL, prompt="x").status, 201)

    def test_the_report_counts(self):
        with Running({"faults": [{"do": "status", "every": 2}]}) as emulator:
            for _ in range(5):
                emulator.create(SCHNELL, prompt="x")
            rule = emulator.get("/_emulator/faults").json()["rules"][0]
            self.assertEqual((rule["seen"], rule["hits"]), (5, 2))


class Http(Case):
    def test_chunked_bodies_and_keep_alive(self):
        body = json.dumps({"version": SCHNELL, "input": {"prompt": "x"}}).encode()
        chunks = b"".join(b"%x\r\n%s\r\n" % (len(body[n:n + 9]), body[n:n + 9]) for n in range(0, len(body), 9)) + b"0\r\n\r\n"
        head = b"POST /replicate/v1/predictions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer t\r\nTransfer-Encoding: chunked\r\n"
        got, _ = self.emulator.raw(head + b"\r\n" + chunks + head + b"Connection: close\r\n\r\n" + chunks)
        self.assertEqual(got.count(b"HTTP/1.1 201"), 2)

    def test_expect_100_continue(self):
        got, _ = self.emulator.raw(self.emulator.request_bytes().replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n\r\n", 1))
        self.assertTrue(got.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201"))

    def test_malformed_requests_are_400(self):
        for bad in (b"nonsense\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n",
                    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n", b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 20000 + b"\r\n"):
            got, _ = self.emulator.raw(bad, half=True)
            self.assertTrue(got == b"" or b" 400 " in got, got[:60])

    def test_the_log_counts_bytes_and_hides_tokens(self):
        data = self.emulator.request_bytes()
        got, _ = self.emulator.raw(data)
        entry = self.emulator.get("/_emulator/requests").json()["requests"][0]
        self.assertEqual((entry["bytes_in"], entry["bytes_out"], entry["operation"]), (len(data), len(got), "predictions.create"))
        self.assertNotIn("r8_test", json.dumps(entry))
        self.assertEqual(json.loads(entry["response_body"])["status"], "starting")

    def test_dates_are_virtual(self):
        self.assertEqual(self.emulator.get("/replicate/v1/account").headers["date"], "Sat, 21 Nov 2026 00:00:00 GMT")


if __name__ == "__main__":
    unittest.main()
