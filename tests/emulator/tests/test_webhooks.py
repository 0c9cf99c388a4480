# SPDX-License-Identifier: Apache-2.0
"""Webhooks: signatures, events, repeats, and everything that may go wrong with them."""
import base64
import hashlib
import hmac
import json

from support import SCHNELL, Case, Listener


class Webhooks(Case):
    def setUp(self):
        super().setUp()
        self.listener = Listener()
        self.addCleanup(self.listener.close)

    def run_one(self, events=("start", "output", "logs", "completed"), **words):
        if words:
            self.emulator.change({"webhooks": words})
        body = {"version": SCHNELL, "input": {"prompt": "x"}, "webhook": self.listener.url, "webhook_events_filter": list(events)}
        made = self.emulator.call("POST", "/replicate/v1/predictions", body)
        self.assertEqual(made.status, 201, made.body)
        self.emulator.advance(30)
        return made.json()["id"]

    def statuses(self):
        return [json.loads(body)["status"] for _, body in self.listener.got]

    def valid(self, headers, body):
        secret = self.emulator.get("/replicate/v1/webhooks/default/secret").json()["key"]
        text = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        want = base64.b64encode(hmac.new(base64.b64decode(secret[len("whsec_"):]), text, hashlib.sha256).digest()).decode()
        return "v1," + want in headers["webhook-signature"].split(" ")

    def test_all_events_are_signed(self):
        ident = self.run_one()
        self.assertTrue(self.listener.wait(4))
        self.assertTrue(all(self.valid(h, b) for h, b in self.listener.got))
        self.assertEqual({json.loads(b)["id"] for _, b in self.listener.got}, {ident})
        self.assertEqual(sorted(self.statuses()), ["processing", "processing", "processing", "succeeded"])
        self.assertEqual(len({h["webhook-id"] for h, _ in self.listener.got}), 4)

    def test_only_what_was_asked(self):
        self.run_one(("completed",))
        self.assertTrue(self.listener.wait(1))
        self.assertEqual(self.statuses(), ["succeeded"])

    def test_lost(self):
        self.run_one(lose=1.0)
        self.assertEqual(self.emulator.app.webhooks.counts["lost"], 4)
        self.assertEqual(self.listener.got, [])

    def test_doubled_under_one_id(self):
        self.run_one(("completed",), duplicate=2)
        self.assertTrue(self.listener.wait(3))
        self.assertEqual(len({h["webhook-id"] for h, _ in self.listener.got}), 1)

    def test_reordered(self):
        self.run_one(("start", "completed"), reorder=True)
        self.assertTrue(self.listener.wait(2))
        self.assertEqual(self.statuses(), ["succeeded", "processing"])

    def test_forged(self):
        self.run_one(("completed",), forge=True)
        self.assertTrue(self.listener.wait(2))
        self.assertEqual([self.valid(h, b) for h, b in self.listener.got], [False, True])

    def test_before_the_answer(self):
        self.emulator.change({"webhooks": {"before_answer": True}})
        body = {"version": SCHNELL, "input": {"prompt": "x"}, "webhook": self.listener.url, "webhook_events_filter": ["start"]}
        self.emulator.call("POST", "/replicate/v1/predictions", body)
        self.assertEqual(len(self.listener.got), 1)

    def test_late(self):
        self.emulator.change({"webhooks": {"delay": 600}})
        self.run_one(("completed",))
        self.assertEqual(self.listener.got, [])
        self.emulator.advance(601)
        self.assertTrue(self.listener.wait(1))

    def test_terminal_ones_are_repeated_on_trouble(self):
        self.listener.statuses = [503, 500]
        self.run_one(("completed",))
        self.assertTrue(self.listener.wait(3))
        self.assertEqual(len({h["webhook-id"] for h, _ in self.listener.got}), 1)

    def test_a_target_must_be_https_or_local(self):
        body = {"version": SCHNELL, "input": {"prompt": "x"}, "webhook": "http://example.com/"}
        self.assertEqual(self.emulator.call("POST", "/replicate/v1/predictions", body).status, 422)
