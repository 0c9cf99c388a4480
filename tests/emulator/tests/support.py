# SPDX-License-Identifier: Apache-2.0
"""An emulator in a thread, with time standing still unless told otherwise, and small clients for it."""
import asyncio
import http.client
import http.server
import json
import os
import socket
import sys
import threading
import unittest
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))

from vidgen_emulator import pictures  # noqa: E402
from vidgen_emulator.app import App  # noqa: E402
from vidgen_emulator.server import Server  # noqa: E402

TOKEN = "Bearer r8_test"
WAN = "wan-video/wan-2.2-i2v-fast"
SCHNELL = "black-forest-labs/flux-schnell"
SDXL = "stability-ai/sdxl:7762fd07cf82c948538e41f63f77d685e02b063e37e496e96eefd46c929f9bdc"
QUIET = {"speed": 0, "epoch": "2026-11-21T00:00:00Z", "media": {"mode": "stub"}, "openai": {"latency": 0},
         "latency": {"queue": 1, "spread": 0}}


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, {k.lower(): v for k, v in headers}, body

    def json(self):
        return json.loads(self.body)


class Running:
    """`with Running(words) as emulator:`"""

    def __init__(self, words=None, models=None, schemas=None):
        merged = dict(QUIET)
        for key, value in (words or {}).items():
            merged[key] = {**merged[key], **value} if isinstance(value, dict) and isinstance(merged.get(key), dict) else value
        self.words, self.models, self.schemas = merged, models, schemas
        self.ready = threading.Event()

    def __enter__(self):
        self.thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self.thread.start()
        self.ready.wait(10)
        return self

    async def _serve(self):
        self.app, self.loop, self.stop = App(self.words, self.models, self.schemas), asyncio.get_running_loop(), asyncio.Event()
        server = Server(self.app)
        self.app.origin = await server.listen("127.0.0.1", 0, None)
        self.app.delivery_origin = await server.listen("127.0.0.1", 0, None)
        self.port = int(self.app.origin.rsplit(":", 1)[1])
        timers = asyncio.create_task(self.app.clock.run())
        self.ready.set()
        await self.stop.wait()
        timers.cancel()
        await server.close()

    def __exit__(self, *_):
        self.loop.call_soon_threadsafe(self.stop.set)
        self.thread.join(10)

    # ---- calls ----
    def call(self, method, path, body=None, headers=None, token=TOKEN):
        url = urllib.parse.urlsplit(path if path.startswith("http") else self.app.origin + path)
        connection = http.client.HTTPConnection(url.hostname, url.port, timeout=20)
        sent = {"Authorization": token} if token else {}
        data = body
        if isinstance(body, (dict, list)):
            data, sent["Content-Type"] = json.dumps(body), "application/json"
        sent.update(headers or {})
        try:
            connection.request(method, url.path + ("?" + url.query if url.query else ""), data, sent)
            answer = connection.getresponse()
            return Answer(answer.status, answer.getheaders(), answer.read())
        finally:
            connection.close()

    def get(self, path, **words):
        return self.call("GET", path, **words)

    def create(self, version=WAN, headers=None, token=TOKEN, **given):
        if version == WAN:
            given = {"prompt": "a kettle boils", "image": "https://example.com/a.png", **given}
        return self.call("POST", "/replicate/v1/predictions", {"version": version, "input": given}, headers, token)

    def prediction(self, ident, token=TOKEN):
        return self.get("/replicate/v1/predictions/" + ident, token=token).json()

    def advance(self, seconds):
        return self.call("POST", "/_emulator/clock", {"advance": seconds}).json()

    def change(self, words):
        answer = self.call("POST", "/_emulator/scenario", words)
        assert answer.status == 200, answer.body
        return answer.json()

    def flags(self):
        """Asked over HTTP: an exchange is written down after its answer was sent, and before the next request is read."""
        return self.get("/_emulator/state").json()["flags"]

    def ledger(self):
        return self.get("/_emulator/ledger").json()

    def raw(self, data, half=None):
        """Sends bytes as they are; returns what came until the connection ended, and how it ended."""
        with socket.create_connection(("127.0.0.1", self.port), 10) as sock:
            sock.sendall(data)
            if half:
                sock.shutdown(socket.SHUT_WR)
            got = b""
            try:
                while True:
                    block = sock.recv(65536)
                    if not block:
                        return got, "closed"
                    got += block
            except ConnectionResetError:
                return got, "reset"

    def request_bytes(self, path="/replicate/v1/predictions", body=None, method="POST", close=True):
        data = json.dumps(body if body is not None else {"version": WAN, "input": {"prompt": "p", "image": "https://example.com/a.png"}}).encode()
        head = f"{method} {path} HTTP/1.1\r\nHost: x\r\nAuthorization: {TOKEN}\r\nContent-Type: application/json\r\nContent-Length: {len(data)}\r\n"
        return (head + ("Connection: close\r\n" if close else "") + "\r\n").encode() + data


class Case(unittest.TestCase):
    """A test with an emulator of its own; `words` is its scenario."""
    words = {}

    def setUp(self):
        self.emulator = Running(self.words)
        self.emulator.__enter__()
        self.addCleanup(self.emulator.__exit__)

    def finished(self, seconds=3000, **words):
        """A prediction that was created and has ended."""
        made = self.emulator.create(**words)
        self.assertEqual(made.status, 201, made.body)
        self.emulator.advance(seconds)
        return self.emulator.prediction(made.json()["id"])


class Listener:
    """Receives webhooks: a list of (headers, body)."""

    def __init__(self, statuses=None):
        self.got, self.statuses, self.arrived = [], list(statuses or []), threading.Condition()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with outer.arrived:
                    outer.got.append(({k.lower(): v for k, v in self.headers.items()}, body))
                    status = outer.statuses.pop(0) if outer.statuses else 200
                    outer.arrived.notify_all()
                self.send_response(status)
                self.end_headers()

            def log_message(self, *_):
                pass
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/hooks"

    def wait(self, count):
        with self.arrived:
            return self.arrived.wait_for(lambda: len(self.got) >= count, 10)

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def multipart(fields):
    """[(name, filename or None, type or None, data)] as (content type, body)."""
    body = b""
    for name, filename, kind, data in fields:
        body += b'--xyz\r\nContent-Disposition: form-data; name="' + name.encode() + b'"'
        body += b'; filename="' + filename.encode() + b'"' if filename else b""
        body += b"\r\n" + (b"Content-Type: " + kind.encode() + b"\r\n" if kind else b"") + b"\r\n" + data + b"\r\n"
    return "multipart/form-data; boundary=xyz", body + b"--xyz--\r\n"


PICTURE = pictures.scene(64, 36, "a mug", 1)
