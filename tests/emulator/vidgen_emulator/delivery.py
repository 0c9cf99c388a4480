# SPDX-License-Identifier: Apache-2.0
"""The delivery host: where outputs are downloaded from. Another origin than the API, without authentication; ranges,
HEAD and ETags work; after the retention time a file is gone."""
from __future__ import annotations

import asyncio
import hashlib
import re
from typing import Optional

from .http import Request, Response, json_response
from .jobs import Job
from .media import MediaError

_PATH = re.compile(r"/delivery/(pbxt|fal|runway)/([^/]+)/([^/?]+)")


def routes(app, route):
    async def get(request: Request) -> Response:
        return await download(app, request)
    return [route("GET", "/{store}/{id}/{file}", "delivery.get", "delivery", "none", get, "optional")]


def url(app, job: Job, name: str) -> str:
    store = {"fal": "fal", "runway": "runway"}.get(job.provider, "pbxt")
    return f"{app.delivery_origin}/delivery/{store}/{job.id}/{name}"


def urls(app, job: Job) -> list:
    return [url(app, job, name) for name in job.names()]


async def file_of(app, job: Job, name: str):
    """One file of a run that has succeeded, or None."""
    names = job.names()
    if job.state != "succeeded" or job.removed or name not in names:
        return None
    if job.task is None and job.what.kind == "video" and job.what.first is None and app.media.real and not job.made_from:
        job.made_from = "prompt"
    made = await app.media.make(job.what)
    return made[names.index(name) if len(made) > 1 else 0]


async def download(app, request: Request) -> Response:
    if request.header("authorization"):
        request.notes.append("token_sent_to_delivery")
    job = app.jobs.all.get(request.params["id"])
    try:
        made = await file_of(app, job, request.params["file"]) if job else None
    except MediaError as error:
        return json_response({"detail": str(error)}, 500)
    if made is None:
        return Response(404, b"<?xml version='1.0'?><Error><Code>NoSuchKey</Code></Error>", "application/xml")
    return ranged(request, made.data, made.type)


def ranged(request: Request, data: bytes, content_type: str) -> Response:
    """The whole, or the part that was asked for."""
    tag = '"' + hashlib.md5(data).hexdigest() + '"'
    headers = [("ETag", tag), ("Accept-Ranges", "bytes"), ("Cache-Control", "public, max-age=3600")]
    match = re.match(r"^bytes=(\d+)-(\d*)$", request.header("range"))
    if not match or request.header("if-range", tag) != tag:
        return Response(200, data, content_type, headers)
    first, last = int(match.group(1)), min(int(match.group(2) or len(data) - 1), len(data) - 1)
    if first > last:
        return Response(416, b"", content_type, headers + [("Content-Range", f"bytes */{len(data)}")])
    return Response(206, data[first:last + 1], content_type, headers + [("Content-Range", f"bytes {first}-{last}/{len(data)}")])


def bytes_of(app, text: str) -> Optional[object]:
    """What an URL of ours names, for inputs that are outputs: a coroutine, or None for other URLs."""
    if not text.startswith(app.delivery_origin + "/") or not app.delivery_origin:
        return None
    match = _PATH.search(text)
    job = app.jobs.all.get(match.group(2)) if match else None
    return _bytes(app, job, match.group(3)) if job else None


async def _bytes(app, job: Job, name: str) -> bytes:
    made = await file_of(app, job, name)
    if made is None:
        raise MediaError("cannot download the input: 404")
    await asyncio.sleep(0)
    return made.data
