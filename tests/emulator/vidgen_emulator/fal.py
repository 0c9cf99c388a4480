# SPDX-License-Identifier: Apache-2.0
"""fal's queue: submit, status (also as events), result, cancel. No idempotency key; webhooks are not emulated."""
from __future__ import annotations

import json
import re
from typing import Any, Dict, Optional

from . import delivery, errors
from .clock import SECOND
from .http import Request, Response, json_response
from .jobs import Job

WORDS = {"queued": "IN_QUEUE", "running": "IN_PROGRESS"}


def links(app, model: str, ident: str) -> Dict[str, str]:
    """The sub-path of a model's id is dropped in the URLs of its requests."""
    base = f"{app.origin}/fal/{'/'.join(model.split('/')[:2])}/requests/{ident}"
    return {"response_url": base, "status_url": base + "/status", "cancel_url": base + "/cancel"}


def status_view(app, job: Job, logs: bool) -> Dict[str, Any]:
    found: Dict[str, Any] = {"status": WORDS.get(job.state, "COMPLETED"), "request_id": job.id, **links(app, job.model.id, job.id)}
    if job.state == "queued":
        found["queue_position"] = sum(1 for j in app.jobs.order if j.provider == "fal" and j.state == "queued" and j.seq < job.seq)
    else:
        found["logs"] = [{"message": "running", "level": "INFO", "source": "USER", "timestamp": ""}] if logs else None
    if job.final:
        found["metrics"] = {"inference_time": job.ran_us() / SECOND}
        if job.state != "succeeded":
            found.update({"error": job.error or "Request was cancelled", "error_type": "request_cancelled" if not job.error else "internal_error"})
    return found


def result(app, job: Job) -> Response:
    if not job.final:
        return errors.fal(400, "Request is still in progress")
    if job.state == "failed":
        return errors.fal(422, [{"loc": ["body"], "msg": job.error, "type": "content_policy_violation" if "NSFW" in job.error else "internal_error"}])
    if job.state != "succeeded":
        return errors.fal(499, "Request was cancelled")
    urls = delivery.urls(app, job)
    if job.what.kind == "image":
        rows = [{"url": u, "width": job.what.width, "height": job.what.height, "content_type": "image/png"} for u in urls]
        return json_response({"images": rows, "seed": job.what.seed, "prompt": job.what.text, "has_nsfw_concepts": [False] * len(rows)})
    name = "video" if job.what.kind == "video" else "audio"
    return json_response({name: {"url": urls[0], "content_type": "video/mp4", "file_name": "output.mp4", "file_size": None}, "seed": job.what.seed})


def begin(app, request: Request) -> Response:
    """Checks an input and puts it into the queue."""
    name = request.params["model"]
    model = app.models.get("fal", name)
    if model is None:
        return errors.fal(404, f"Application '{re.sub('[^a-z0-9/._-]', '', name.lower())}' not found")
    try:
        given = request.json()
    except ValueError:
        return errors.fal(422, [{"loc": ["body"], "msg": "JSON decode error", "type": "json_invalid"}])
    if not isinstance(given, dict):
        return errors.fal(422, [{"loc": ["body"], "msg": "Input should be an object", "type": "model_type"}])
    rows = model.problems(given)
    if rows:
        return errors.fal(422, [{"loc": ["body", r["field"].split(".")[-1]], "msg": r["description"], "type": "missing" if r["type"] == "required"
                                 else r["type"], "input": given} for r in rows])
    job = app.jobs.create("fal", request.account, model, given, request.outcome)
    request.created = job.id
    return json_response({"status": "IN_QUEUE", "request_id": job.id, "gateway_request_id": job.id, "queue_position": 0,
                          **links(app, name, job.id)})


def routes(app, route):
    def mine(request: Request) -> Optional[Job]:
        job = app.jobs.all.get(request.params["id"])
        return job if job and job.account == request.account and job.provider == "fal" else None

    missing = errors.fal(404, "Request not found")

    async def submit(request: Request) -> Response:
        return begin(app, request)

    async def status(request: Request) -> Response:
        job = mine(request)
        if not job:
            return missing
        job.polls += 1
        return json_response(status_view(app, job, request.query.get("logs") == "1"), 200 if job.final else 202)

    async def stream(request: Request) -> Response:
        job = mine(request)
        if not job:
            return missing
        events = [status_view(app, job, True)]
        if not job.final:
            await app.jobs.wait(job, 600 * SECOND)
            events.append(status_view(app, job, True))
        return Response(200, "".join(f"data: {json.dumps(e)}\n\n" for e in events).encode(), "text/event-stream")

    async def answer(request: Request) -> Response:
        job = mine(request)
        return result(app, job) if job else missing

    async def cancel(request: Request) -> Response:
        job = mine(request)
        if not job:
            return missing
        if job.final:
            return json_response({"status": "ALREADY_COMPLETED"}, 400)
        app.jobs.cancel(job)
        return json_response({"status": "CANCELLATION_REQUESTED"}, 202)

    at = "/{model+}/requests/{id}"
    return [route("GET", at + "/status/stream", "fal.stream", "fal", "read", stream, "key"),
            route("GET", at + "/status", "fal.status", "fal", "read", status, "key"),
            route("PUT", at + "/cancel", "fal.cancel", "fal", "read", cancel, "key"),
            route("GET", at, "fal.result", "fal", "read", answer, "key"),
            route("POST", "/{model+}", "fal.submit", "fal", "create", submit, "key")]
