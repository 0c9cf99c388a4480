# SPDX-License-Identifier: Apache-2.0
"""A ComfyUI server: workflows under a prompt_id that the client may choose, history, queue, interrupt, uploads, view.
With and without the /api prefix, without authentication; the web socket is not emulated. As the real one, it runs a
repeated prompt_id again."""
from __future__ import annotations

import random
import re
import uuid
from typing import Any, Dict, List, Optional

from . import replicate_files
from .delivery import ranged
from .http import Request, Response, json_response
from .jobs import Job
from .media import MediaError

_NODES = {"LoadImage": ["image"], "CLIPTextEncode": ["text", "clip"], "KSampler": ["seed", "steps", "cfg"], "VAEDecode": ["samples", "vae"],
          "EmptyLatentImage": ["width", "height", "batch_size"], "CheckpointLoaderSimple": ["ckpt_name"], "UNETLoader": ["unet_name"],
          "CLIPLoader": ["clip_name"], "VAELoader": ["vae_name"], "ModelSamplingSD3": ["model", "shift"], "KSamplerAdvanced": ["noise_seed"],
          "WanImageToVideo": ["width", "height", "length"], "CreateVideo": ["images", "fps"], "SaveVideo": ["video", "filename_prefix"],
          "SaveImage": ["images", "filename_prefix"], "SaveWEBM": ["images", "fps"], "VHS_VideoCombine": ["images", "frame_rate"]}
OUTPUTS = ("SaveVideo", "SaveImage", "SaveWEBM", "VHS_VideoCombine", "PreviewImage")


def _bad(kind: str, message: str, nodes: Optional[Dict] = None) -> Response:
    return json_response({"error": {"type": kind, "message": message, "details": "", "extra_info": {}}, "node_errors": nodes or {}}, 400)


class Comfy:
    def __init__(self, app):
        self.app = app
        self.files: Dict[str, bytes] = {}
        self.number = 0

    def bytes_of(self, url: str) -> Optional[bytes]:
        if url.startswith("comfy-input:"):
            return self.files.get(url[len("comfy-input:"):])
        return None

    def nodes_of(self, workflow: Any) -> Optional[Response]:
        """What is wrong with a workflow, or None."""
        if not isinstance(workflow, dict) or not workflow:
            return _bad("no_prompt", "No prompt provided")
        for ident, node in workflow.items():
            if not isinstance(node, dict) or "class_type" not in node:
                return _bad("invalid_prompt", "Cannot execute because a node is missing the class_type property.", {})
            if node["class_type"] not in _NODES and node["class_type"] not in OUTPUTS:
                return _bad("missing_node_type", f"Node '{node['class_type']}' not found.", {})
            image = node.get("inputs", {}).get("image")
            if node["class_type"] == "LoadImage" and isinstance(image, str) and image not in self.files:
                row = {"errors": [{"type": "custom_validation_failed", "message": "Custom validation failed for node",
                                   "details": f"image - Invalid image file: {image}"}],
                       "dependent_outputs": [], "class_type": "LoadImage"}
                return _bad("prompt_outputs_failed_validation", "Prompt outputs failed validation", {ident: row})
        if not any(node["class_type"] in OUTPUTS for node in workflow.values()):
            return _bad("prompt_no_outputs", "Prompt has no outputs")
        return None

    @staticmethod
    def wish(workflow: Dict[str, Any]) -> Dict[str, Any]:
        """The inputs that matter here, wherever in the workflow they stand."""
        found: Dict[str, Any] = {"workflow": workflow}
        for node in workflow.values():
            inputs = {k: v for k, v in node.get("inputs", {}).items() if not isinstance(v, list)}
            for name, word in (("length", "num_frames"), ("fps", "fps"), ("frame_rate", "fps"), ("width", "width"), ("height", "height"),
                               ("seed", "seed"), ("noise_seed", "seed")):
                if name in inputs:
                    found[word] = inputs[name]
            if node["class_type"] == "CLIPTextEncode":
                found.setdefault("prompt", inputs.get("text", ""))
            if node["class_type"] == "LoadImage":
                found.setdefault("image", "comfy-input:" + str(inputs.get("image")))
        return found

    def mine(self) -> List[Job]:
        return [job for job in self.app.jobs.order if job.provider == "comfy" and not job.extra.get("forgotten")]

    def row(self, job: Job) -> List[Any]:
        return [job.extra["number"], job.id, job.extra["workflow"], {"client_id": job.extra["client"]}, self.outputs(job)]

    @staticmethod
    def outputs(job: Job) -> List[str]:
        return [ident for ident, node in job.extra["workflow"].items() if node["class_type"] in OUTPUTS]

    def history(self, job: Job) -> Dict[str, Any]:
        good, outputs = job.state == "succeeded", {}
        for ident in self.outputs(job) if good else []:
            kind = job.extra["workflow"][ident]["class_type"]
            files = [{"filename": f"{job.id}_{name}", "subfolder": "", "type": "output"} for name in job.names()]
            outputs[ident] = {"gifs" if kind == "VHS_VideoCombine" else "images": files, **({"animated": [True]} if kind == "SaveVideo" else {})}
        word = "execution_success" if good else "execution_error" if job.state == "failed" else "execution_interrupted"
        messages = [["execution_start", {"prompt_id": job.id}], [word, {"prompt_id": job.id, **({"exception_message": job.error} if job.error else {})}]]
        return {"prompt": self.row(job), "outputs": outputs, "status": {"status_str": "success" if good else "error", "completed": good,
                                                                      "messages": messages}, "meta": {}}


def begin(app, request: Request) -> Response:
    """Takes a workflow and begins its run."""
    comfy = app.comfy
    try:
        body = request.json()
    except ValueError:
        return _bad("invalid_prompt", "The request is not JSON")
    workflow = body.get("prompt") if isinstance(body, dict) else None
    wrong = comfy.nodes_of(workflow)
    if wrong:
        return wrong
    ident = str(body.get("prompt_id") or uuid.UUID(int=random.Random(f"{app.words['seed']}/comfy/{comfy.number}").getrandbits(128), version=4))
    if ident in app.jobs.all:
        request.notes.append("repeated_prompt_id")
    model, given = app.models.get("comfy", "comfyui/workflow"), comfy.wish(workflow)
    if all(workflow[n]["class_type"] in ("SaveImage", "PreviewImage") for n in workflow if workflow[n]["class_type"] in OUTPUTS):
        model = type(model)(model.id, {**model.row, "kind": "image", "format": "png", "width_field": "width", "height_field": "height"}, "comfy")
    else:
        model = type(model)(model.id, {**model.row, "width_field": "width", "height_field": "height", "frames_field": "num_frames",
                                       "fps_field": "fps"}, "comfy")
    job = app.jobs.create("comfy", request.account, model, given, request.outcome, ident=ident)
    comfy.number += 1
    job.extra.update({"number": comfy.number, "workflow": workflow, "client": body.get("client_id", "")})
    request.created = job.id
    return json_response({"prompt_id": ident, "number": comfy.number, "node_errors": {}})


def _files(app):
    """Uploads, downloads and what the server says of itself."""
    comfy = app.comfy

    async def upload(request: Request) -> Response:
        try:
            parts = {p.name: p for p in replicate_files.parse_multipart(request.header("content-type"), request.body)}
            picture = parts["image"]
        except (ValueError, KeyError):
            return Response(400)
        folder = parts["subfolder"].data.decode() if "subfolder" in parts else ""
        name = re.sub(r"[^\w.-]", "_", picture.filename) or "image.png"
        if name in comfy.files and comfy.files[name] != picture.data and "overwrite" not in parts:
            stem, _, suffix = name.rpartition(".")
            name = f"{stem} ({len(comfy.files)}).{suffix}"
        comfy.files[name] = picture.data
        return json_response({"name": name, "subfolder": folder, "type": "input"})

    async def view(request: Request) -> Response:
        name = request.query.get("filename", "")
        if request.query.get("type") == "input":
            return ranged(request, comfy.files[name], "image/png") if name in comfy.files else Response(404)
        ident, _, file = name.partition("_")
        job = app.jobs.all.get(ident)
        if not job or job.state != "succeeded" or file not in job.names():
            return Response(404)
        try:
            made = await app.media.make(job.what)
        except MediaError:
            return Response(500)
        return ranged(request, made[0].data, made[0].type)

    async def object_info(_request: Request) -> Response:
        return json_response({name: {"input": {"required": {i: ["*", {}] for i in inputs}}, "name": name, "display_name": name, "category": "",
                                     "output_node": name in OUTPUTS, "output": []} for name, inputs in _NODES.items()})

    async def stats(_request: Request) -> Response:
        return json_response({"system": {"comfyui_version": "0.3.60", "python_version": "3.12"}, "devices": []})

    return upload, view, object_info, stats


def routes(app, route):
    comfy = app.comfy

    async def prompt(request: Request) -> Response:
        return begin(app, request)

    async def history(request: Request) -> Response:
        wanted = request.params.get("id")
        rows = [j for j in comfy.mine() if j.final and wanted in (None, j.id)]
        return json_response({job.id: comfy.history(job) for job in rows})

    async def queue(_request: Request) -> Response:
        jobs = comfy.mine()
        return json_response({"queue_running": [comfy.row(j) for j in jobs if j.state == "running"],
                              "queue_pending": [comfy.row(j) for j in jobs if j.state == "queued"]})

    async def change_queue(request: Request) -> Response:
        try:
            body = request.json()
        except ValueError:
            return Response(400)
        for job in comfy.mine():
            if job.state == "queued" and (body.get("clear") or job.id in body.get("delete", [])):
                app.jobs.cancel(job)
                job.extra["forgotten"] = True
        return Response(200)

    async def interrupt(request: Request) -> Response:
        wanted = request.json().get("prompt_id") if request.body else None
        for job in comfy.mine():
            if job.state == "running" and wanted in (None, job.id):
                app.jobs.cancel(job)
        return Response(200)

    upload, view, object_info, stats = _files(app)
    rows = [("POST", "/prompt", "comfy.prompt", "create", prompt), ("GET", "/history", "comfy.history", "read", history),
            ("GET", "/history/{id}", "comfy.history", "read", history), ("GET", "/queue", "comfy.queue", "read", queue),
            ("POST", "/queue", "comfy.queue_change", "none", change_queue), ("POST", "/interrupt", "comfy.interrupt", "none", interrupt),
            ("POST", "/upload/image", "comfy.upload", "none", upload), ("GET", "/view", "comfy.view", "read", view),
            ("GET", "/object_info", "comfy.object_info", "read", object_info), ("GET", "/system_stats", "comfy.system_stats", "read", stats)]
    return [route(method, prefix + path, operation, "comfy", kind, handler, "none") for prefix in ("", "/api")
            for method, path, operation, kind, handler in rows]
