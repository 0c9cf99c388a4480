# SPDX-License-Identifier: Apache-2.0
"""HTTP/1.1 as bytes: reads a request, serialises an answer. It counts every byte, because faults are told in bytes."""
from __future__ import annotations

import asyncio
import email.utils
import json
import re
import urllib.parse
from typing import Dict, Iterable, List, Optional, Tuple

MAX_HEAD = 64 * 1024
MAX_BODY = 128 * 1024 * 1024

REASONS = {100: "Continue", 200: "OK", 201: "Created", 202: "Accepted", 204: "No Content", 206: "Partial Content",
           301: "Moved Permanently", 302: "Found", 307: "Temporary Redirect", 308: "Permanent Redirect",
           400: "Bad Request", 401: "Unauthorized", 402: "Payment Required", 403: "Forbidden", 404: "Not Found",
           405: "Method Not Allowed", 408: "Request Timeout", 409: "Conflict", 410: "Gone", 411: "Length Required",
           413: "Content Too Large", 415: "Unsupported Media Type", 416: "Range Not Satisfiable",
           422: "Unprocessable Entity", 429: "Too Many Requests", 500: "Internal Server Error", 501: "Not Implemented",
           502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout"}


class BadRequest(Exception):
    """The bytes are no request that can be answered; the connection ends after a 4xx."""

    def __init__(self, status: int, detail: str):
        super().__init__(detail)
        self.status, self.detail = status, detail


class Request:
    """One request. Header names are lower case; `bytes_in` is what was read from the wire for it."""

    __slots__ = ("method", "target", "path", "query", "headers", "body", "bytes_in", "head_length", "origin", "params",
                 "outcome", "account", "model", "version11", "executed", "notes", "created")

    def __init__(self, method: str, target: str, headers: Dict[str, str], version11: bool = True):
        self.method, self.target, self.headers, self.version11 = method, target, headers, version11
        parts = urllib.parse.urlsplit(target)
        self.path = parts.path or "/"
        self.query: Dict[str, str] = dict(urllib.parse.parse_qsl(parts.query, keep_blank_values=True))
        self.body = b""
        self.bytes_in = self.head_length = 0
        self.origin = ""            # scheme://host:port as the client knows it
        self.params: Dict[str, str] = {}
        self.outcome: List[dict] = []   # faults that the handler itself carries out
        self.account = ""
        self.model = ""
        self.executed = False
        self.notes: List[str] = []
        self.created = ""           # the id of the run that it began

    def header(self, name: str, default: str = "") -> str:
        return self.headers.get(name.lower(), default)

    def json(self):
        """The body as JSON; ValueError when it is none."""
        return json.loads(self.body.decode("utf-8"))


class Response:
    """One answer. `body` is bytes; or `stream` gives blocks and `length` says how many bytes they are."""

    __slots__ = ("status", "headers", "body", "stream", "length", "close")

    def __init__(self, status: int = 200, body: bytes = b"", content_type: str = "", headers: Iterable = ()):
        self.status, self.body = status, body
        self.headers: List[Tuple[str, str]] = list(headers)
        if content_type:
            self.headers.insert(0, ("Content-Type", content_type))
        self.stream = None
        self.length: Optional[int] = None
        self.close = False

    def set(self, name: str, value: str) -> None:
        self.headers = [pair for pair in self.headers if pair[0].lower() != name.lower()] + [(name, value)]

    def get(self, name: str) -> str:
        return next((v for k, v in self.headers if k.lower() == name.lower()), "")


def json_response(value, status: int = 200, content_type: str = "application/json", headers: Iterable = ()) -> Response:
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return Response(status, body, content_type, headers)


def http_date(micros: int) -> str:
    return email.utils.formatdate(micros / 1e6, usegmt=True)


_TOKEN = re.compile(rb"^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$")


def parse_head(head: bytes) -> Request:
    lines = head[:-4].split(b"\r\n")
    parts = lines[0].split(b" ")
    if len(parts) != 3 or not parts[2].startswith(b"HTTP/1."):
        raise BadRequest(400, "malformed request line")
    headers: Dict[str, str] = {}
    for line in lines[1:]:
        name, colon, value = line.partition(b":")
        if not colon or not _TOKEN.match(name):
            raise BadRequest(400, "malformed header")
        key, text = name.decode("ascii").lower(), value.strip(b" \t").decode("latin-1")
        headers[key] = headers[key] + ", " + text if key in headers else text
    request = Request(parts[0].decode("latin-1"), parts[1].decode("latin-1"), headers, parts[2] != b"HTTP/1.0")
    if request.version11 and "host" not in headers:
        raise BadRequest(400, "no Host header")
    request.head_length = request.bytes_in = len(head)
    return request


async def read_head(reader: asyncio.StreamReader) -> Optional[bytes]:
    """The head with its empty line, or None when the peer closed between requests."""
    try:
        return await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        if error.partial:
            raise BadRequest(400, "the head ended early") from None
        return None
    except asyncio.LimitOverrunError:
        raise BadRequest(400, "the head is too long") from None


class Body:
    """Reads a request's body from the wire; `stop_at` ends it early, at that byte of the whole request."""

    def __init__(self, reader: asyncio.StreamReader, request: Request, stop_at: Optional[int] = None):
        self.reader, self.request, self.stop_at = reader, request, stop_at
        self.stopped = False

    async def read(self) -> None:
        request = self.request
        if self.stop_at is not None and self.stop_at <= request.head_length:
            self.stopped, request.bytes_in = True, self.stop_at
            return
        if "chunked" in request.header("transfer-encoding").lower():
            await self._chunks()
        elif request.header("content-length"):
            length = request.header("content-length")
            if not length.isdigit() or int(length) > MAX_BODY:
                raise BadRequest(413 if length.isdigit() else 400, "body too large or length not a number")
            request.body = await self._take(int(length))

    async def _take(self, count: int) -> bytes:
        """Up to `count` raw bytes; fewer only when the stop lies within them."""
        if self.stop_at is not None and self.request.bytes_in + count > self.stop_at:
            count, self.stopped = self.stop_at - self.request.bytes_in, True
        data = await self.reader.readexactly(count)
        self.request.bytes_in += count
        return data

    async def _line(self) -> bytes:
        line = b""
        while not line.endswith(b"\r\n") and not self.stopped and len(line) < 1024:
            line += await self._take(1)
        return line

    async def _chunks(self) -> None:
        blocks, total = [], 0
        while not self.stopped:
            line = await self._line()
            if self.stopped:
                break
            try:
                size = int(line.split(b";")[0].strip(), 16)
            except ValueError:
                raise BadRequest(400, "malformed chunk") from None
            total += size
            if total > MAX_BODY:
                raise BadRequest(413, "body too large")
            if size == 0:
                while not self.stopped and await self._line() != b"\r\n":
                    pass
                break
            blocks.append(await self._take(size))
            if not self.stopped:
                await self._line()
        self.request.body = b"".join(blocks)


def serialize_head(response: Response, date: str, keep_alive: bool) -> bytes:
    length = response.length if response.stream is not None else len(response.body)
    lines = [f"HTTP/1.1 {response.status} {REASONS.get(response.status, 'Status')}", f"Date: {date}"]
    lines += [f"{name}: {value}" for name, value in response.headers]
    if response.status != 204 and not response.get("Content-Length"):
        lines.append(f"Content-Length: {length}")
    lines.append("Connection: keep-alive" if keep_alive else "Connection: close")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
