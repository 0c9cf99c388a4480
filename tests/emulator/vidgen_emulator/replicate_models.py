# SPDX-License-Identifier: Apache-2.0
"""Replicate's records: models, versions, examples, account, hardware, collections, deployments, search, webhook secret."""
from __future__ import annotations

from typing import Any, Dict, Optional

from . import errors
from .http import Request, Response, json_response
from .models import Model

CREATED = "2025-01-15T00:00:00.000000Z"
HARDWARE = [{"name": "CPU", "sku": "cpu"}, {"name": "Nvidia T4 GPU", "sku": "gpu-t4"}, {"name": "Nvidia L40S GPU", "sku": "gpu-l40s"},
            {"name": "Nvidia A100 (80GB) GPU", "sku": "gpu-a100-large"}, {"name": "Nvidia H100 GPU", "sku": "gpu-h100"}]


def version_view(model: Model) -> Dict[str, Any]:
    output = {"type": "array", "items": {"type": "string", "format": "uri"}, "title": "Output"} if model.row.get("output") == "list" else \
        {"type": "string", "format": "uri", "title": "Output"}
    schemas = {"Input": model.schema, "Output": output}
    return {"id": model.version, "created_at": CREATED, "cog_version": "0.13.6",
            "openapi_schema": {"openapi": "3.0.2", "info": {"title": "Cog", "version": "0.1.0"}, "paths": {}, "components": {"schemas": schemas}}}


def model_view(model: Model) -> Dict[str, Any]:
    owner, _, name = model.id.partition("/")
    return {"url": f"https://replicate.com/{model.id}", "owner": owner, "name": name, "description": f"{model.kind} model",
            "visibility": "public", "github_url": None, "paper_url": None, "license_url": None, "run_count": 1, "cover_image_url": None,
            "default_example": None, "latest_version": version_view(model), "is_official": model.official}


def deployment_view(model: Model) -> Dict[str, Any]:
    owner, _, name = model.id.partition("/")
    return {"owner": owner, "name": name, "current_release": {
        "number": 1, "model": model.id, "version": model.version, "created_at": CREATED,
        "created_by": {"type": "user", "username": owner, "name": owner},
        "configuration": {"hardware": "gpu-a100-large", "min_instances": 0, "max_instances": 1}}}


def page(rows) -> Response:
    return json_response({"next": None, "previous": None, "results": rows})


def routes(app, route):
    missing = errors.replicate(404, "The requested resource could not be found.")

    def named(request: Request) -> Optional[Model]:
        return app.models.get("replicate", f"{request.params['owner']}/{request.params['name']}")

    def about(make):
        async def answer(request: Request) -> Response:
            model = named(request)
            return make(model, request) if model else missing
        return answer

    def version(model: Model, request: Request) -> Response:
        return json_response(version_view(model)) if request.params["version"] == model.version else missing

    async def models(_request: Request) -> Response:
        return page([model_view(m) for m in app.models.tables["replicate"].values()])

    async def account(request: Request) -> Response:
        return json_response({"type": "user", "username": request.account, "name": request.account,
                              "github_url": f"https://github.com/{request.account}"})

    async def search(request: Request) -> Response:
        query = request.query.get("query", "")
        found = [{"model": model_view(m), "metadata": {"tags": [], "score": 1.0, "generated_description": None}}
                 for m in app.models.tables["replicate"].values() if query.lower() in m.id]
        return json_response({"query": query, "models": found, "collections": [], "pages": []})

    async def collection(request: Request) -> Response:
        kinds = {"text-to-video": "video", "text-to-image": "image", "ai-music-generation": "music"}
        kind = kinds.get(request.params["slug"])
        rows = [model_view(m) for m in app.models.tables["replicate"].values() if m.kind == kind]
        return json_response({"name": request.params["slug"], "slug": request.params["slug"], "description": "", "full_description": None,
                              "models": rows}) if kind else missing

    async def collections(_request: Request) -> Response:
        return page([{"name": s, "slug": s, "description": s} for s in ("text-to-video", "text-to-image", "ai-music-generation")])

    async def secret(_request: Request) -> Response:
        return json_response({"key": app.webhooks.secret})

    async def hardware(_request: Request) -> Response:
        return json_response(HARDWARE)

    at = "/v1/models/{owner}/{name}"
    rows = [("GET", "/v1/models", "models.list", models), ("GET", at, "models.get", about(lambda m, r: json_response(model_view(m)))),
            ("GET", at + "/versions", "models.versions.list", about(lambda m, r: page([version_view(m)]))),
            ("GET", at + "/versions/{version}", "models.versions.get", about(version)),
            ("GET", at + "/examples", "models.examples.list", about(lambda m, r: page([]))),
            ("GET", at + "/readme", "models.readme.get", about(lambda m, r: Response(200, f"# {m.id}\n".encode(), "text/plain"))),
            ("GET", "/v1/deployments/{owner}/{name}", "deployments.get", about(lambda m, r: json_response(deployment_view(m)))),
            ("GET", "/v1/account", "account.get", account), ("GET", "/v1/hardware", "hardware.list", hardware),
            ("GET", "/v1/search", "search", search), ("GET", "/v1/collections", "collections.list", collections),
            ("GET", "/v1/collections/{slug}", "collections.get", collection),
            ("GET", "/v1/webhooks/default/secret", "webhooks.default.secret.get", secret)]
    return [route(method, path, operation, "replicate", "read", handler) for method, path, operation, handler in rows]
