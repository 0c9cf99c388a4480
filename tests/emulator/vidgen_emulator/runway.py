# SPDX-License-Identifier: Apache-2.0
"""Runway's tasks: image to video and text to video. The version header is required; a task tells what it cost in credits
(one credit is a cent)."""
from __future__ import annotations

import random
import uuid
from typing import Any, Dict, List, Optional

from . import delivery, errors
from .clock import SECOND, iso
from .http import Request, Response, json_response
from .jobs import Job

VERSION = "2024-11-06"
CREDIT = 10_000     # micro-dollars
MAX_DATA_URI = 5 << 20
WORDS = {"queued": "PENDING", "running": "RUNNING", "succeeded": "SUCCEEDED", "failed": "FAILED", "canceled": "CANCELLED", "aborted": "CANCELLED"}


def view(app, job: Job) -> Dict[str, Any]:
    word = WORDS[job.state]
    waits = app.words["limits"]["concurrency"] is not None and job in app.jobs.waiting.get(job.account, ())
    found: Dict[str, Any] = {"id": job.id, "status": "THROTTLED" if waits else word, "createdAt": iso(job.created)}
    whole = job.price.of_run(job.run_us, job.what.length_us, 1)
    found["estimatedCost"] = {"credits": whole // CREDIT}
    if word == "RUNNING":
        found["progress"] = round(app.jobs.progress(job), 3)
    if word == "SUCCEEDED":
        found["output"] = [u + f"?_jwt={job.polls}" for u in delivery.urls(app, job)] if not job.removed else []
    if word == "FAILED":
        found["failure"] = job.error
        found["failureCode"] = "SAFETY.INPUT.TEXT" if "NSFW" in (job.error or "") else "INTERNAL.BAD_OUTPUT.CODE01"
    if job.final:
        found["cost"] = {"credits": job.cost // CREDIT}
    return found


def _first_picture(body: Dict[str, Any]) -> Any:
    value = body.get("promptImage")
    if isinstance(value, list):
        value = next((v for v in value if isinstance(v, dict) and v.get("position", "first") == "first"), None)
        return value.get("uri") if value else None
    return value


def problems(body: Dict[str, Any], with_image: bool) -> List[Dict[str, Any]]:
    found = []
    picture, text = _first_picture(body), body.get("promptText", "")
    if with_image and not isinstance(picture, str):
        found.append({"path": ["promptImage"], "message": "Required", "code": "invalid_type"})
    if isinstance(picture, str) and picture.startswith("data:") and len(picture) > MAX_DATA_URI:
        found.append({"path": ["promptImage"], "message": "Data URI must be at most 5242880 characters", "code": "too_big"})
    if not isinstance(text, str) or len(text.encode("utf-16-le")) // 2 > 1000:
        found.append({"path": ["promptText"], "message": "String must contain at most 1000 character(s)", "code": "too_big"})
    if not with_image and not text:
        found.append({"path": ["promptText"], "message": "Required", "code": "invalid_type"})
    return found


def routes(app, route):
    def versioned(function):
        async def answer(request: Request) -> Response:
            if request.header("x-runway-version") != VERSION:
                return errors.runway(400, f"Missing or unsupported X-Runway-Version header. Use {VERSION}.")
            return await function(request)
        return answer

    def create(with_image: bool):
        async def answer(request: Request) -> Response:
            try:
                body = request.json()
            except ValueError:
                return errors.runway(400, "Invalid JSON")
            if not isinstance(body, dict):
                return errors.runway(400, "Validation of body failed")
            model = app.models.get("runway", str(body.get("model")))
            rows = problems(body, with_image)
            if model is None:
                rows.append({"path": ["model"], "message": "Invalid enum value", "code": "invalid_enum_value"})
            else:
                given = {k: v for k, v in {**body, "promptImage": _first_picture(body)}.items() if v is not None}
                needs = [r for r in model.problems(given) if with_image or r["field"] != "input.promptImage"]
                rows += [{"path": [r["field"].split(".")[-1]], "message": r["description"], "code": r["type"]} for r in needs]
            if rows:
                return errors.runway(400, "Validation of body failed", issues=rows, docUrl="https://docs.dev.runwayml.com/api")
            rng = random.Random(f"{app.words['seed']}/runway/{len(app.jobs.order)}")
            job = app.jobs.create("runway", request.account, model, given, request.outcome, ident=str(uuid.UUID(int=rng.getrandbits(128), version=4)))
            request.created = job.id
            return json_response({"id": job.id})
        return answer

    def mine(request: Request) -> Optional[Job]:
        job = app.jobs.all.get(request.params["id"])
        return job if job and job.account == request.account and job.provider == "runway" and not job.extra.get("deleted") else None

    async def get(request: Request) -> Response:
        job = mine(request)
        if not job:
            return errors.runway(404, "Task not found")
        now = app.clock.now()
        if now - job.extra.get("polled", -10 * SECOND) < 5 * SECOND:
            request.notes.append("polled_too_often")
        job.extra["polled"] = now
        job.polls += 1
        return json_response(view(app, job))

    async def delete(request: Request) -> Response:
        job = mine(request)
        if not job:
            return errors.runway(404, "Task not found")
        if job.final:
            job.extra["deleted"] = True
        app.jobs.cancel(job)
        return Response(204)

    return [route("POST", "/v1/image_to_video", "runway.create", "runway", "create", versioned(create(True))),
            route("POST", "/v1/text_to_video", "runway.create_text", "runway", "create", versioned(create(False))),
            route("GET", "/v1/tasks/{id}", "runway.get", "runway", "read", versioned(get)),
            route("DELETE", "/v1/tasks/{id}", "runway.delete", "runway", "read", versioned(delete))]
