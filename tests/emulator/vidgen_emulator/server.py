# SPDX-License-Identifier: Apache-2.0
"""Sockets: connections, keep-alive, TLS, and the faults that are told in bytes."""
from __future__ import annotations

import asyncio
import gzip
import json
import socket
import ssl
import struct
import sys
import traceback
from typing import Any, Dict, List, Optional

from . import errors
from .app import App
from .clock import from_seconds
from .faults import AFTER, ANSWER, BEFORE, DELAY, OUTCOME
from .http import (MAX_HEAD, BadRequest, Body, Request, Response, http_date, json_response, parse_head, read_head, serialize_head)
from .log import headers_shown

BLOCK = 65536


def cut(writer: asyncio.StreamWriter, how: str) -> None:
    """Ends a connection: `reset` as a crash does, `close` as an orderly end."""
    sock = writer.get_extra_info("socket")
    if how == "reset":
        if sock is not None:
            try:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            except OSError:
                pass
        writer.transport.abort()
    else:
        writer.close()


class Exchange:
    """One request on one connection, from its first byte to the entry in the log."""

    def __init__(self, server: "Server", reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: Request):
        self.server, self.app, self.reader, self.writer, self.request = server, server.app, reader, writer, request
        self.route = self.app.route(request)
        self.about = self.app.about(request, self.route)
        self.applied: List[Dict[str, Any]] = []
        self.status, self.bytes_out, self.answer = 0, 0, None
        self.at = self.app.clock.now()

    def wire(self) -> Optional[Dict[str, Any]]:
        return next((f for f in self.applied if f["do"] in BEFORE | ANSWER | AFTER), None)

    async def run(self) -> bool:
        """True when the connection lives on."""
        request = self.request
        scripted = self.about["provider"] != "_emulator"
        if scripted:
            self.applied = self.app.faults.at_head(self.about)
        if not await self._read_body():
            return self._finish(False)
        if scripted and any(rule.needs_model for rule in self.app.faults.rules):
            request.model = self.about["model"] = self.app.model_of(request, self.route)
            late = self.app.faults.at_body(self.about)
            kinds = {f["do"] for f in self.applied}
            self.applied += [f for f in late if f["do"] not in kinds and not (self.wire() and f["do"] not in OUTCOME | DELAY)]
            if not self._unbitten_request(late):
                return self._finish(False)
        request.outcome = [f for f in self.applied if f["do"] in OUTCOME]
        for fault in self.applied:
            if fault["do"] in DELAY:
                await self.app.clock.sleep(from_seconds(fault.get("seconds", 1)))
        return self._finish(await self._act())

    async def _read_body(self) -> bool:
        wire = self.wire() or {}
        stop = {"cut_request": wire.get("at"), "reset_before": 0}.get(wire.get("do", ""))
        if self.request.header("expect").lower() == "100-continue" and stop is None:
            self.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        body = Body(self.reader, self.request, stop)
        await body.read()
        if body.stopped:
            cut(self.writer, wire.get("how", "reset"))
            return False
        if wire.get("do") == "cut_request":     # it ended before that byte: nothing to cut
            self.applied.remove(wire)
            self.request.notes.append("fault_missed")
        return True

    def _unbitten_request(self, late: List[Dict[str, Any]]) -> bool:
        """A cut of the request that had to wait for the model's name: the request is dropped unread, as it were."""
        for fault in late:
            if fault["do"] == "reset_before" or fault["do"] == "cut_request" and fault["at"] < self.request.bytes_in:
                cut(self.writer, fault.get("how", "reset"))
                return False
        return True

    async def _act(self) -> bool:
        wire = self.wire() or {}
        do = wire.get("do", "")
        if do == "hang_before":
            return await self._hang(wire)
        answer = await self._answer(wire)
        self.answer, self.status = answer, answer.status
        if do == "drop_after_accept":
            self.status = 0
            cut(self.writer, wire.get("how", "reset"))
            return False
        if do == "hang_after":
            return await self._hang(wire)
        if do == "garbage":
            return await self._raw(b"\x16\x03\x01 this is not HTTP\r\n\r\n" * 8)
        return await self._write(self._spoil(answer, wire), wire)

    async def _hang(self, wire: Dict[str, Any]) -> bool:
        """Says nothing until the client goes away or the seconds are over."""
        self.status = 0
        end = asyncio.ensure_future(self.reader.read(1))
        waits = [end] + ([asyncio.ensure_future(self.app.clock.sleep(from_seconds(wire["seconds"])))] if "seconds" in wire else [])
        _, rest = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for task in rest:
            task.cancel()
        cut(self.writer, wire.get("how", "reset"))
        return False

    async def _answer(self, wire: Dict[str, Any]) -> Response:
        do, provider = wire.get("do"), self.about["provider"]
        if do == "throttle":
            wait = from_seconds(wire.get("seconds", 30))
            return errors.throttled(provider, wait, wire.get("form", "all"), self.app.clock.now(), code=wire.get("code", ""))
        if do == "status" and not wire.get("executed", False):
            return self._scripted(wire)
        try:
            answer = await self.app.handle(self.request, self.route)
        except Exception:                       # a defect of the emulator must be seen, not hidden as a provider's fault
            traceback.print_exc(file=sys.stderr)
            self.request.notes.append("emulator_defect")
            return json_response({"detail": "defect of the emulator"}, 500)
        return self._scripted(wire) if do == "status" else answer

    def _scripted(self, wire: Dict[str, Any]) -> Response:
        answer = errors.of(self.about["provider"], wire.get("status", 500), wire.get("message", ""))
        if "body" in wire:
            text = wire["body"]
            answer = json_response(text, wire.get("status", 500)) if not isinstance(text, str) else \
                Response(wire.get("status", 500), text.encode(), wire.get("content_type", "text/html"))
        elif self.about["provider"] == "openai" and ("code" in wire or "type" in wire):
            answer = errors.openai(wire.get("status", 500), wire.get("message", "error"), wire.get("type", "server_error"), wire.get("code"))
        for name, value in wire.get("headers", {}).items():
            answer.set(name, value)
        return answer

    def _spoil(self, answer: Response, wire: Dict[str, Any]) -> Response:
        do = wire.get("do")
        if do == "content_type":
            answer.set("Content-Type", wire.get("content_type", "text/html"))
        elif do == "gzip":
            answer.body = gzip.compress(answer.body)
            answer.set("Content-Encoding", "gzip")
        elif do == "empty":
            answer.body = b""
        elif do == "html":
            answer.body = b"<!DOCTYPE html><html><body><h1>" + str(answer.status).encode() + b"</h1></body></html>"
            answer.set("Content-Type", "text/html")
        elif do == "broken_json":
            answer.body = answer.body[:len(answer.body) * 2 // 3]
        elif do == "redirect":
            answer = Response(wire.get("status", 302), b"", headers=[("Location", wire.get("location", "http://127.0.0.1:9/"))])
        elif do == "edit":
            answer.body = edit(answer.body, wire.get("set", {}))
        elif do == "extra_headers":
            answer.headers += [(k, v) for k, v in wire.get("headers", {}).items()]
        elif do == "nonsense":
            answer.stream, answer.length, answer.body = _noise, int(wire.get("bytes", 50 << 20)), b""
        self.status = answer.status
        return answer

    async def _raw(self, data: bytes) -> bool:
        self.status = 0
        self.writer.write(data)
        self.bytes_out += len(data)
        await self.writer.drain()
        cut(self.writer, "close")
        return False

    async def _write(self, answer: Response, wire: Dict[str, Any]) -> bool:
        keep = self.request.version11 and "close" not in self.request.header("connection").lower() and not answer.close
        head = serialize_head(answer, http_date(self.app.clock.now()), keep)
        body = b"" if self.request.method == "HEAD" else answer.body
        if wire.get("do") == "cut_response":
            return await self._cut_response(head + body, wire, keep)
        if wire.get("do") == "slow":
            return await self._slow(head + body, wire, keep)
        self.writer.write(head + body)
        self.bytes_out += len(head) + len(body)
        if answer.stream is not None and self.request.method != "HEAD":
            for block in answer.stream(answer.length):
                self.writer.write(block)
                self.bytes_out += len(block)
                await self.writer.drain()
        await self.writer.drain()
        return keep

    async def _cut_response(self, data: bytes, wire: Dict[str, Any], keep: bool) -> bool:
        at = wire["at"] if wire["at"] >= 0 else len(data) + wire["at"]
        if at >= len(data):
            self.request.notes.append("fault_missed")
            self.writer.write(data)
            self.bytes_out += len(data)
            await self.writer.drain()
            return keep
        self.writer.write(data[:at])
        self.bytes_out += at
        await self.writer.drain()
        if wire.get("how", "close") == "reset":
            await asyncio.sleep(0.02)           # a reset overtakes bytes that the peer has not read
        cut(self.writer, wire.get("how", "close"))
        return False

    async def _slow(self, data: bytes, wire: Dict[str, Any], keep: bool) -> bool:
        rate, block = float(wire.get("rate", 1000)), int(wire.get("block", 1))
        for at in range(0, len(data), block):
            self.writer.write(data[at:at + block])
            self.bytes_out += len(data[at:at + block])
            await self.writer.drain()
            await self.app.clock.sleep(from_seconds(block / rate))
        return keep

    def _finish(self, keep: bool) -> bool:
        if self.about["provider"] != "_emulator":
            self.app.log.add(self._entry())
        return keep

    def _entry(self) -> Dict[str, Any]:
        request, log, answer = self.request, self.app.log, self.answer
        entry = {"at": self.at, "done": self.app.clock.now(), "operation": self.about["operation"], "provider": self.about["provider"],
                 "account": request.account, "method": request.method, "path": request.target.split("?")[0], "query": request.query,
                 "status": self.status, "bytes_in": request.bytes_in, "bytes_out": self.bytes_out, "executed": request.executed,
                 "created": request.created, "faults": [f["do"] for f in self.applied], "flags": request.notes, "request_headers": headers_shown(request.headers),
                 "request_body": log.body(request.body, request.header("content-type"))}
        if answer is not None:
            entry["response_headers"] = dict(answer.headers)
            entry["response_body"] = log.body(answer.body, answer.get("Content-Type"))
        return entry


def edit(body: bytes, changes: Dict[str, Any]) -> bytes:
    """Puts values into a JSON body; a path is keys joined by dots, and null as value with '-' before the key removes it."""
    value = json.loads(body)
    for path, new in changes.items():
        keys, target = path.lstrip("-").split("."), value
        for key in keys[:-1]:
            target = target[int(key)] if isinstance(target, list) else target[key]
        if path.startswith("-"):
            target.pop(keys[-1], None)
        elif isinstance(target, list):
            target[int(keys[-1])] = new
        else:
            target[keys[-1]] = new
    return json.dumps(value).encode()


def _noise(length: int):
    block = bytes((n * 73 + 41) % 251 for n in range(BLOCK))
    for at in range(0, length, BLOCK):
        yield block[:min(BLOCK, length - at)]


class Server:
    def __init__(self, app: App):
        self.app = app
        self.listeners: List[asyncio.AbstractServer] = []
        self.writers: set = set()
        self.connections = 0

    async def listen(self, host: str, port: int, context: Optional[ssl.SSLContext]) -> str:
        listener = await asyncio.start_server(self._connected, host, port, ssl=context, limit=MAX_HEAD, backlog=1024)
        self.listeners.append(listener)
        name = listener.sockets[0].getsockname()
        return f"{'https' if context else 'http'}://{host if ':' not in host else '[' + host + ']'}:{name[1]}"

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.writers.add(writer)
        try:
            sock = writer.get_extra_info("socket")
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while await self._one(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError, TimeoutError, OSError):
            pass
        except asyncio.CancelledError:
            pass
        finally:
            self.writers.discard(writer)
            if not writer.is_closing():
                writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        try:
            head = await read_head(reader)
            if head is None:
                return False
            request = parse_head(head)
            refused = None if request.path.startswith("/_emulator") else self.app.faults.connection()
            if refused:
                self.app.log.add({"operation": "connect", "status": 0, "flags": [], "faults": ["refuse_connection"], "bytes_in": 0,
                                  "bytes_out": 0, "provider": "", "at": self.app.clock.now(), "executed": False})
                cut(writer, refused.get("how", "reset"))
                return False
            return await Exchange(self, reader, writer, request).run()
        except BadRequest as error:
            answer = json_response({"detail": error.detail}, error.status)
            writer.write(serialize_head(answer, http_date(self.app.clock.now()), False) + answer.body)
            await writer.drain()
            self.app.log.add({"operation": "malformed", "status": error.status, "flags": ["malformed_request"], "faults": [], "bytes_in": 0,
                              "bytes_out": 0, "provider": "", "at": self.app.clock.now(), "executed": False})
            return False

    async def close(self) -> None:
        for listener in self.listeners:
            listener.close()
        for writer in list(self.writers):
            writer.transport.abort()
        self.app.media.close()

