# SPDX-License-Identifier: Apache-2.0
"""The emulator's own calls under /_emulator: ledger, predictions, requests, limits, faults, scenario, clock."""
from __future__ import annotations

from typing import Any, Dict

from . import replicate_api
from .clock import from_seconds, iso, parse_iso
from .http import Request, Response, json_response
from .scenario import ScenarioError


def job_view(app, job) -> Dict[str, Any]:
    """A run as the provider's staff would see it: with its cost, and nothing removed."""
    return {"id": job.id, "seq": job.seq, "provider": job.provider, "account": job.account, "model": job.model.id, "state": job.state,
            "input": job.given, "created_at": iso(job.created), "started_at": iso(job.started) if job.started else None,
            "ended_at": iso(job.ended) if job.ended else None, "error": job.error, "cost_micro": job.cost, "removed": job.removed,
            "polls": job.polls, "frames": job.what.frames, "fps": str(job.what.fps), "size": f"{job.what.width}x{job.what.height}",
            "media_us": job.what.length_us, "faults": [spec["do"] for spec in job.outcome]}


def _changes(app):
    """The calls that change the world, and those that show what was changed."""
    async def scenario_get(_request: Request) -> Response:
        return json_response(app.words)

    async def scenario_set(request: Request) -> Response:
        try:
            words = request.json()
            app.change(words)
        except (ValueError, ScenarioError, KeyError, TypeError, AttributeError) as error:
            return json_response({"error": str(error)}, 400)
        return json_response(app.words)

    async def clock_get(_request: Request) -> Response:
        return json_response({"now": iso(app.clock.now()), "speed": app.clock.speed})

    async def clock_set(request: Request) -> Response:
        """`advance` seconds, or `to` a time; `speed` changes how fast it runs. Answers when all that was due is done."""
        try:
            words = request.json()
            if "speed" in words:
                app.clock.set_speed(words["speed"])
                app.words["speed"] = app.clock.speed
            step = from_seconds(words.get("advance", 0))
            if "to" in words:
                step = parse_iso(words["to"]) - app.clock.now()
        except (ValueError, TypeError, AttributeError) as error:
            return json_response({"error": str(error)}, 400)
        if step:
            app.clock.jump(step)
        await app.jobs.settle()
        return await clock_get(request)

    return scenario_get, scenario_set, clock_get, clock_set


def routes(app, route):
    async def ledger(request: Request) -> Response:
        return json_response(app.ledger.report(request.query.get("account", ""), request.query.get("provider", "")))

    async def predictions(request: Request) -> Response:
        after, limit = int(request.query.get("after", 0)), int(request.query.get("limit", 10000))
        return json_response({"predictions": [job_view(app, job) for job in app.jobs.order[after:after + limit]]})

    async def requests(request: Request) -> Response:
        query = request.query
        return json_response(app.log.report(int(query.get("after", 0)), int(query.get("limit", 1000)), query.get("operation", "")))

    scenario_get, scenario_set, clock_get, clock_set = _changes(app)

    async def limits(_request: Request) -> Response:
        return json_response(app.limits.report())

    async def faults(_request: Request) -> Response:
        return json_response({"rules": app.faults.report()})

    async def webhooks(_request: Request) -> Response:
        return json_response({"secret": app.webhooks.secret, "counts": app.webhooks.counts, "sent": app.webhooks.sent})

    async def state(_request: Request) -> Response:
        return json_response(app.state())

    async def prediction(request: Request) -> Response:
        job = app.jobs.all.get(request.params["id"])
        return json_response({**job_view(app, job), "object": replicate_api.view(app, job)}) if job else json_response({"error": "none"}, 404)

    rows = [("GET", "/ledger", ledger), ("GET", "/predictions", predictions), ("GET", "/predictions/{id}", prediction),
            ("GET", "/requests", requests), ("GET", "/scenario", scenario_get), ("POST", "/scenario", scenario_set), ("GET", "/clock", clock_get),
            ("POST", "/clock", clock_set), ("GET", "/limits", limits), ("GET", "/faults", faults), ("GET", "/webhooks", webhooks),
            ("GET", "/state", state)]
    return [route(method, path, "emulator" + path.split("{")[0].rstrip("/").replace("/", "."), "_emulator", "none", handler, "none")
            for method, path, handler in rows]
