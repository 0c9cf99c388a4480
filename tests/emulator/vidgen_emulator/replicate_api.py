# SPDX-License-Identifier: Apache-2.0
"""Replicate's predictions: create by version, by official model and by deployment; get, list, cancel."""
from __future__ import annotations

import re
import urllib.parse
from typing import Any, Dict, List, Optional, Tuple

from . import delivery, errors, faults, replicate_files, replicate_models
from .clock import SECOND, from_seconds, iso, parse_iso
from .http import Request, Response, json_response
from .jobs import Job
from .models import Model

PAGE = 100
WORDS = {"queued": "starting", "running": "processing"}
_BODY = ("input", "webhook", "webhook_events_filter", "stream")
EVENTS = ("start", "output", "logs", "completed")
_HEX = re.compile(r"^[0-9a-f]{64}$")


def duration(text: str) -> int:
    """`30`, `30s`, `5m`, `1h30m45s` to microseconds; ValueError for anything else and below 5 s."""
    match = re.match(r"^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$", text.strip())
    if not match or not any(match.groups()):
        raise ValueError(f"'{text}' is not a duration")
    hours, minutes, seconds = (int(g or 0) for g in match.groups())
    total = hours * 3600 + minutes * 60 + seconds
    if total < 5:
        raise ValueError("the shortest deadline is 5 seconds")
    return total * SECOND


def prefer_wait(text: str) -> Optional[int]:
    """Seconds that the request is held open; None when it does not ask. ValueError outside 1..60."""
    match = re.match(r"^wait(?:=(\d+))?$", text.strip())
    if not match:
        return None
    seconds = int(match.group(1) or 60)
    if not 1 <= seconds <= 60:
        raise ValueError("wait must be between 1 and 60 seconds")
    return seconds


def logs_of(app, job: Job) -> str:
    """tqdm lines, as the clients read progress from them."""
    if job.started is None or job.removed:
        return ""
    done = int(10 * app.jobs.progress(job)) if job.state != "succeeded" else 10
    lines = [f"Using seed: {job.given.get('seed', job.seq)}"]
    lines += [f"{n * 10:3d}%|{'█' * n + ' ' * (10 - n)}| {n}/10 [00:{n:02d}<00:{10 - n:02d},  1.00it/s]" for n in range(done + 1)]
    return "\n".join(lines) + "\n"


def output_of(app, job: Job) -> Any:
    if job.state != "succeeded" or job.removed:
        return None
    links = delivery.urls(app, job)
    shape = (faults.find(job.outcome, "output_shape") or {}).get("shape", job.model.row.get("output", "string"))
    return {"string": links[0], "list": links, "object": {"video": links[0], "seed": job.given.get("seed")}, "null": None, "number": 42,
            "data_uri": "data:text/plain;base64,aGVsbG8=", "list_of_objects": [{"url": link} for link in links], "list_of_lists": [links],
            "empty_list": [], "empty_string": "", "file_uri": "file:///etc/passwd",
            "private_uri": "http://169.254.169.254/latest/meta-data"}.get(shape, links[0])


def metrics_of(job: Job) -> Dict[str, Any]:
    if not job.final or job.started is None:
        return {} if not job.final else {"total_time": (job.ended - job.created) / SECOND}
    found: Dict[str, Any] = {"predict_time": job.ran_us() / SECOND, "total_time": (job.ended - job.created) / SECOND}
    if job.state == "succeeded" and job.model.official:
        if job.what.kind == "image":
            found["image_count"] = job.what.count
        else:
            found[f"{'video' if job.what.kind == 'video' else 'audio'}_output_duration_seconds"] = job.what.length_us / SECOND
    return found


def word_of(job: Job) -> str:
    """The status; a fault may put a word there that nobody knows, for the first `polls` looks or for ever."""
    spoilt = faults.find(job.outcome, "status_word")
    if spoilt and job.polls <= spoilt.get("polls", 1 << 60):
        return spoilt.get("word", "warming_up")
    return WORDS.get(job.state, job.state)


def view(app, job: Job, word: Optional[str] = None) -> Dict[str, Any]:
    """The prediction object."""
    base = f"{app.origin}/replicate/v1/predictions/{job.id}"
    found = {"id": job.id, "model": job.model.id, "version": job.model.shown_version, "input": {} if job.removed else job.given,
             "logs": logs_of(app, job), "output": output_of(app, job), "data_removed": job.removed, "error": job.error,
             "status": word or word_of(job), "created_at": iso(job.created), "started_at": iso(job.started) if job.started else None,
             "completed_at": iso(job.ended) if job.ended else None, "metrics": metrics_of(job), "source": "api",
             "urls": {"get": base, "cancel": base + "/cancel", "web": f"https://replicate.com/p/{job.id}"}}
    if job.deadline is not None:
        found["deadline"] = iso(job.deadline)
    if "deployment" in job.extra:
        found["deployment"] = job.extra["deployment"]
    return found


def check_body(body: Any, with_version: bool) -> List[Dict[str, str]]:
    """The body is closed: what does not belong there is refused."""
    if not isinstance(body, dict):
        return [{"type": "invalid_type", "field": "(root)", "description": "Invalid type. Expected: object"}]
    allowed = _BODY + (("version",) if with_version else ())
    rows = [{"type": "required", "field": name, "description": f"{name} is required"}
            for name in (("version",) if with_version else ()) + ("input",) if name not in body]
    rows += [{"type": "additional_property_not_allowed", "field": name, "description": f"Additional property {name} is not allowed"}
             for name in body if name not in allowed]
    if "input" in body and not isinstance(body["input"], dict):
        rows.append({"type": "invalid_type", "field": "input", "description": "Invalid type. Expected: object"})
    if "webhook" in body and not str(body["webhook"]).startswith(("https://", "http://127.0.0.1", "http://localhost")):
        rows.append({"type": "format", "field": "webhook", "description": "Does not match format 'https url'"})
    for name in body.get("webhook_events_filter") or []:
        if name not in EVENTS:
            rows.append({"type": "enum", "field": "webhook_events_filter",
                         "description": "Must be one of the following: " + ", ".join(f'"{e}"' for e in EVENTS)})
    return rows


def find_model(app, text: str) -> Tuple[Optional[Model], str]:
    """A model by `owner/name`, `owner/name:<hex>` or `<hex>`; else what to say."""
    bad = "The specified version does not exist (or perhaps you don't have permission to use it?)"
    name, _, version = text.partition(":")
    if _HEX.match(text):
        model = app.models.by_version.get(text)
        return model, bad
    model = app.models.get("replicate", name)
    if model is None or version and version != model.version:
        return None, bad
    if not version and not model.official and not app.words["community_by_name"]:
        return None, bad
    return model, bad


async def create(app, request: Request, model: Optional[Model], with_version: bool, deployment: str = "") -> Response:
    try:
        body = request.json()
    except ValueError:
        return errors.replicate(400, "Malformed JSON in request body")
    rows = check_body(body, with_version)
    if rows:
        return errors.invalid_input(rows)
    if with_version:
        model, said = find_model(app, str(body["version"]))
        if model is None:
            return errors.replicate(422, said, "Invalid version or not permitted")
    try:
        wait = prefer_wait(request.header("prefer"))
        deadline = duration(request.header("cancel-after")) if request.header("cancel-after") else None
    except ValueError as error:
        return errors.replicate(422, str(error), "Invalid header")
    rows = model.problems(body["input"])
    if rows:
        return errors.invalid_input(rows)
    if app.words["limits"]["concurrency_mode"] == "refuse" and busy(app, request.account):
        return errors.throttled("replicate", 5 * SECOND, app.words["limits"]["answer"], app.clock.now())
    return await begin(app, request, model, body, wait, deadline, deployment)


def busy(app, account: str) -> bool:
    limit = app.words["limits"]["concurrency"]
    return limit is not None and sum(j.account == account and not j.final for j in app.jobs.order) >= limit


async def begin(app, request: Request, model: Model, body: Dict[str, Any], wait: Optional[int], deadline: Optional[int], deployment: str):
    job = app.jobs.create("replicate", request.account, model, body["input"], request.outcome, deadline_us=deadline)
    request.created = job.id
    if deployment:
        job.extra["deployment"] = deployment
    if body.get("webhook"):
        job.extra["webhook"] = (body["webhook"], body.get("webhook_events_filter") or ["output", "completed"])
    if app.words["webhooks"]["before_answer"]:
        await app.webhooks.now(job, "start")
    if wait is None:
        return json_response(view(app, job), 201)
    await app.jobs.wait(job, from_seconds(wait))
    await app.jobs.settle() if app.clock.speed == 0 else None
    return json_response(view(app, job), 201 if job.final else 202)


def routes(app, route):
    async def by_version(request: Request) -> Response:
        return await create(app, request, None, True)

    async def by_model(request: Request) -> Response:
        model = app.models.get("replicate", f"{request.params['owner']}/{request.params['name']}")
        if model is None or not model.official:
            return errors.replicate(404, "The requested resource could not be found.")
        return await create(app, request, model, False)

    async def by_deployment(request: Request) -> Response:
        name = f"{request.params['owner']}/{request.params['name']}"
        model = app.models.get("replicate", name)
        return await create(app, request, model, False, name) if model else errors.replicate(404, "The requested resource could not be found.")

    def mine(request: Request) -> Optional[Job]:
        job = app.jobs.all.get(request.params["id"])
        return job if job and job.account == request.account and job.provider == "replicate" else None

    async def get(request: Request) -> Response:
        job = mine(request)
        if job is None:
            return errors.replicate(404, "Prediction not found")
        job.polls += 1
        return json_response(view(app, job))

    async def cancel(request: Request) -> Response:
        job = mine(request)
        if job is None:
            return errors.replicate(404, "Prediction not found")
        app.jobs.cancel(job)
        return json_response(view(app, job))

    async def listing(request: Request) -> Response:
        return list_predictions(app, request)

    return [route("POST", "/v1/predictions", "predictions.create", "replicate", "create", by_version),
            route("GET", "/v1/predictions", "predictions.list", "replicate", "read", listing),
            route("GET", "/v1/predictions/{id}", "predictions.get", "replicate", "read", get),
            route("POST", "/v1/predictions/{id}/cancel", "predictions.cancel", "replicate", "read", cancel),
            route("POST", "/v1/models/{owner}/{name}/predictions", "models.predictions.create", "replicate", "create", by_model),
            route("POST", "/v1/deployments/{owner}/{name}/predictions", "deployments.predictions.create", "replicate", "create", by_deployment),
            *replicate_files.routes(app, route), *replicate_models.routes(app, route)]


def list_predictions(app, request: Request) -> Response:
    """Newest first, 100 a page; the cursor is the number of the last prediction of the page before."""
    query, now = request.query, app.clock.now()
    try:
        after = parse_iso(query["created_after"]) if "created_after" in query else 0
        before = parse_iso(query["created_before"]) if "created_before" in query else 1 << 62
        last = int(query.get("cursor", 1 << 60))
    except ValueError:
        return errors.replicate(400, "Invalid date or cursor")
    if query.get("source", "") == "web":
        return json_response({"next": None, "previous": None, "results": []})
    page: List[Job] = []
    more = False
    for job in reversed(app.jobs.order[:max(0, min(last - 1, len(app.jobs.order)))]):
        if job.created < after:
            break
        if job.account != request.account or job.provider != "replicate" or job.created >= before or job.hidden_until > now:
            continue
        if len(page) == PAGE:
            more = True
            break
        page.append(job)
    link = _link(app, query, page[-1].seq) if more else None
    back = _link(app, query, int(query["back"])) if query.get("back") else _link(app, query, None) if "cursor" in query else None
    return json_response({"next": link, "previous": back, "results": [view(app, job) for job in page]})


def _link(app, query: Dict[str, str], cursor: Optional[int]) -> str:
    words = {k: v for k, v in query.items() if k in ("created_after", "created_before", "source")}
    if cursor is not None:
        words["cursor"] = str(cursor)
        if "cursor" in query and str(cursor) != query.get("back"):
            words["back"] = query["cursor"]
    tail = "?" + urllib.parse.urlencode(words) if words else ""
    return f"{app.origin}/replicate/v1/predictions{tail}"

