# SPDX-License-Identifier: Apache-2.0
"""Uploaded files, as Replicate keeps them: multipart in, 100 MB at most, downloads by signed URL, gone when they expire.
`name` and `etag` are sent too: the official Python client needs them although the published schema lacks them."""
from __future__ import annotations

import base64
import email.parser
import email.policy
import hashlib
import hmac
import json
import random
import re
from typing import Any, Dict, List, Optional, Tuple

from . import errors
from .clock import SECOND, from_seconds, iso
from .http import Request, Response, json_response

MAX_FILE = 100 * 1024 * 1024
SIGNING = b"files-signing-secret"


class Part:
    __slots__ = ("name", "filename", "type", "data")

    def __init__(self, name: str, filename: str, kind: str, data: bytes):
        self.name, self.filename, self.type, self.data = name, filename, kind, data


def parse_multipart(content_type: str, body: bytes) -> List[Part]:
    """The parts of a form; ValueError when it is none."""
    match = re.search(r'boundary="?([^";]+)"?', content_type)
    if "multipart/form-data" not in content_type or not match:
        raise ValueError("not multipart/form-data")
    mark = b"--" + match.group(1).encode("latin-1")
    pieces = (b"\r\n" + body).split(b"\r\n" + mark)
    if len(pieces) < 2 or not pieces[-1].startswith(b"--"):
        raise ValueError("the form has no end")
    return [_part(piece[2:]) for piece in pieces[1:-1]]


def _part(piece: bytes) -> Part:
    head, empty, data = piece.partition(b"\r\n\r\n")
    if not empty:
        raise ValueError("a part has no end of headers")
    message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + b"\r\n\r\n", headersonly=True)
    place = message["content-disposition"]
    if place is None or "name" not in place.params:
        raise ValueError("a part has no name")
    kind = message.get_content_type() if message["content-type"] else ""
    return Part(place.params["name"], place.params.get("filename", ""), kind, data)


class File:
    __slots__ = ("id", "name", "type", "data", "metadata", "created", "account", "removed")

    def __init__(self, ident: str, name: str, kind: str, data: bytes, metadata: Dict[str, Any], created: int, account: str):
        self.id, self.name, self.type, self.data, self.metadata, self.created, self.account = ident, name, kind, data, metadata, created, account
        self.removed = False


class Files:
    def __init__(self, app):
        self.app = app
        self.all: Dict[str, File] = {}
        self.count = 0

    def add(self, account: str, name: str, kind: str, data: bytes, metadata: Dict[str, Any]) -> File:
        self.count += 1
        rng = random.Random(f"{self.app.words['seed']}/file/{self.count}")
        ident = base64.b32encode(rng.randbytes(16)).decode().lower().rstrip("=")
        file = File(ident, name, kind, data, metadata, self.app.clock.now(), account)
        self.all[ident] = file
        self.app.clock.at(file.created + from_seconds(self.app.words["retention"]), lambda _due: self.all.pop(ident, None))
        return file

    def view(self, file: File) -> Dict[str, Any]:
        digest = hashlib.sha256(file.data).hexdigest()
        return {"id": file.id, "name": file.name, "content_type": file.type, "size": len(file.data), "etag": hashlib.md5(file.data).hexdigest(),
                "checksums": {"sha256": digest, "md5": hashlib.md5(file.data).hexdigest()}, "metadata": file.metadata,
                "created_at": iso(file.created), "expires_at": iso(file.created + from_seconds(self.app.words["retention"])),
                "urls": {"get": f"{self.app.origin}/replicate/v1/files/{file.id}"}}

    def bytes_of(self, url: str) -> Optional[bytes]:
        match = re.search(r"/v1/files/([a-z0-9]+)(/download)?(\?|$)", url)
        file = self.all.get(match.group(1)) if match and url.startswith(self.app.origin) else None
        return file.data if file else None


def signature(owner: str, ident: str, expiry: str) -> str:
    return base64.b64encode(hmac.new(SIGNING, f"{owner} {ident} {expiry}".encode(), hashlib.sha256).digest()).decode()


def _uploaded(request: Request) -> Tuple[str, str, bytes, Dict[str, Any]]:
    parts = {part.name: part for part in parse_multipart(request.header("content-type"), request.body)}
    content = parts["content"]
    name = parts["filename"].data.decode() if "filename" in parts else content.filename
    kind = parts["type"].data.decode() if "type" in parts else content.type
    metadata = json.loads(parts["metadata"].data) if "metadata" in parts else {}
    if not isinstance(metadata, dict):
        raise ValueError("metadata is no object")
    return name, kind or "application/octet-stream", content.data, metadata


def routes(app, route):
    missing = errors.replicate(404, "File not found")

    def mine(request: Request) -> Optional[File]:
        file = app.files.all.get(request.params["id"])
        return file if file and file.account == request.account else None

    async def create(request: Request) -> Response:
        try:
            name, kind, data, metadata = _uploaded(request)
        except KeyError:
            return errors.replicate(400, "Missing content")
        except (ValueError, UnicodeDecodeError) as error:
            return errors.replicate(400, f"Invalid form: {error}")
        if len(data) > MAX_FILE:
            return errors.replicate(413, "Files must be less than 100MB in size")
        if len(name.encode()) > 255:
            return errors.replicate(400, "Filename must be at most 255 bytes")
        return json_response(app.files.view(app.files.add(request.account, name, kind, data, metadata)), 201)

    async def get(request: Request) -> Response:
        file = mine(request)
        return json_response(app.files.view(file)) if file else missing

    async def listing(request: Request) -> Response:
        rows = [app.files.view(f) for f in reversed(list(app.files.all.values())) if f.account == request.account]
        return json_response({"next": None, "previous": None, "results": rows[:100]})

    async def delete(request: Request) -> Response:
        file = mine(request)
        if not file:
            return missing
        del app.files.all[file.id]
        return Response(204)

    async def download(request: Request) -> Response:
        query, file = request.query, app.files.all.get(request.params["id"])
        want = signature(query.get("owner", ""), request.params["id"], query.get("expiry", ""))
        fresh = query.get("expiry", "").isdigit() and int(query["expiry"]) * SECOND > app.clock.now()
        if not file or not fresh or not hmac.compare_digest(want, query.get("signature", "")):
            return missing
        return Response(200, file.data, "application/octet-stream")

    return [route("POST", "/v1/files", "files.create", "replicate", "read", create),
            route("GET", "/v1/files", "files.list", "replicate", "read", listing),
            route("GET", "/v1/files/{id}", "files.get", "replicate", "read", get),
            route("DELETE", "/v1/files/{id}", "files.delete", "replicate", "read", delete),
            route("GET", "/v1/files/{id}/download", "files.download", "replicate", "read", download, "optional")]
