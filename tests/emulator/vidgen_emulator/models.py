# SPDX-License-Identifier: Apache-2.0
"""A model: what it takes, what comes back, what it costs. Rows come from the built-in table, from a folder of the
library's own `vidgen.model/1` files (read as data), and from the scenario."""
from __future__ import annotations

import glob
import hashlib
import json
import os
import re
from fractions import Fraction
from typing import Any, Dict, List, Optional, Tuple

from . import model_table, schema
from .billing import Price
from .clock import SECOND

_ROW = {"kind", "official", "output", "needs", "first_frame", "last_frame", "frames", "fps", "seconds", "frames_field", "fps_field",
        "seconds_field", "width_field", "height_field", "count_field", "sizes", "size", "resolution", "format", "latency", "spread",
        "queue", "cold", "cold_chance", "version", "prices", "price", "ranges", "enums", "audio", "audio_field", "schema",
        "credits_per_second", "bill_fps", "provider"}

# What the library's files do not say of a model and our own table does.
_KEPT = ("official", "version", "resolution", "format", "ranges", "enums", "count_field", "bill_fps")


class Deliverable:
    """What one run is to make, exactly. `length_us` is its playing time; pictures have none."""

    __slots__ = ("kind", "width", "height", "fps", "frames", "length_us", "count", "format", "audio", "first", "last", "text", "seed",
                 "fault")

    def __init__(self, kind: str):
        self.kind, self.width, self.height, self.fps, self.frames = kind, 0, 0, Fraction(24), 0
        self.length_us, self.count, self.format, self.audio = 0, 1, "mp4", False
        self.first: Optional[bytes] = None      # the bytes of the pictures it starts from and ends on
        self.last: Optional[bytes] = None
        self.text, self.seed, self.fault = "", 0, None


class Model:
    def __init__(self, ident: str, row: Dict[str, Any], provider: str):
        unknown = set(row) - _ROW
        if unknown:
            raise ValueError(f"model {ident}: unknown words {', '.join(sorted(unknown))}")
        self.id, self.row, self.provider = ident, row, provider
        self.kind = row.get("kind", "video")
        self.prices = [Price(p) for p in (row.get("prices") or [row.get("price") or {"kind": "free", "usd": "0"}])]
        self.official = bool(row.get("official", not self.prices[0].by_time))
        self.version = row.get("version") or model_table.VERSIONS.get(ident) or hashlib.sha256(ident.encode()).hexdigest()
        self.schema = row.get("schema") or build_schema(row)

    @property
    def shown_version(self) -> str:
        return "hidden" if self.official else self.version

    def problems(self, given: Dict[str, Any]) -> List[Dict[str, str]]:
        """What is wrong with an input: rows of {type, field, description}."""
        return schema.field_problems(self.schema, given)

    def price(self, given: Dict[str, Any]) -> Price:
        """The first price, unless another's condition is what the input asks for."""
        facts = self._facts(given)
        for price in self.prices:
            words = price.condition.lower().replace("without audio", "silent").replace("with audio", "sound").split()
            if words and facts.issuperset(words):
                return price
        return self.prices[0]

    def _facts(self, given: Dict[str, Any]) -> set:
        facts = {str(self.row.get("resolution", "")).lower()} if "resolution" not in given else set()
        for value in given.values():
            if isinstance(value, str) and len(value) < 32:
                facts.update(value.lower().split())
        if "mode" not in given:
            facts.add("standard")
        return facts | {"sound" if self.wants_audio(given) else "silent"}

    def wants_audio(self, given: Dict[str, Any]) -> bool:
        field = self.row.get("audio_field")
        return bool(given.get(field, True)) if field else bool(self.row.get("audio", False))

    def deliverable(self, given: Dict[str, Any]) -> Deliverable:
        row, what = self.row, Deliverable(self.kind)
        prompt = next((given[k] for k in ("prompt", "promptText", "text") if isinstance(given.get(k), str)), "")
        seed = given.get("seed")
        what.text, what.seed = prompt, seed if isinstance(seed, int) else 0
        what.width, what.height = self._size(given)
        what.audio = self.wants_audio(given) and self.kind == "video"
        what.count = max(1, int(given.get(row.get("count_field", ""), 1) or 1)) if self.kind == "image" else 1
        if self.kind == "video":
            self._length(given, what)
        elif self.kind == "music":
            what.length_us = round(float(given.get(row.get("seconds_field", ""), row.get("seconds", 8))) * SECOND)
        what.format = str(given.get("output_format") or row.get("format") or {"video": "mp4", "image": "png", "music": "wav"}[self.kind])
        if self.kind == "video":
            what.format = "mp4"
        return what

    def _length(self, given: Dict[str, Any], what: Deliverable) -> None:
        row = self.row
        what.fps = Fraction(str(given.get(row.get("fps_field", ""), row.get("fps", 24))))
        asked = given.get(row.get("frames_field", ""))
        if asked is not None or "frames" in row:
            what.frames = int(asked if asked is not None else row["frames"])
        else:
            what.frames = int(Fraction(str(given.get(row.get("seconds_field", ""), row.get("seconds", 5)))) * what.fps)
        what.length_us = round(Fraction(what.frames) / what.fps * SECOND)

    def _size(self, given: Dict[str, Any]) -> Tuple[int, int]:
        row = self.row
        width, height = given.get(row.get("width_field", "")), given.get(row.get("height_field", ""))
        if isinstance(width, int) and isinstance(height, int):
            return width, height
        sizes = [tuple(map(int, s.split("x"))) for s in ([row["size"]] if "size" in row else row.get("sizes", ["1280x720"]))]
        tall = re.search(r"\d+", str(given.get("resolution", row.get("resolution", ""))))
        if tall:
            sizes = [s for s in sizes if min(s) == int(tall.group())] or sizes
        ratio = re.match(r"^(\d+):(\d+)$", str(given.get("aspect_ratio") or given.get("ratio") or ""))
        if ratio and int(ratio.group(2)):
            want = int(ratio.group(1)) / int(ratio.group(2))
            return min(sizes, key=lambda s: abs(s[0] / s[1] - want))
        size = re.match(r"^(\d+)[x*](\d+)$", str(given.get("size", "")))
        return (int(size.group(1)), int(size.group(2))) if size else sizes[0]

    def sizes_like(self, size: Tuple[int, int], given: Dict[str, Any]) -> Tuple[int, int]:
        """For models that follow their first picture: the size of the same height class nearest to its aspect."""
        if any(k in given for k in ("aspect_ratio", "ratio")) or self.row.get("width_field") in given:
            return self._size(given)
        now = self._size(given)
        sizes = [tuple(map(int, s.split("x"))) for s in self.row.get("sizes", [])] or [now]
        sizes = [s for s in sizes if min(s) == min(now)] or [now]
        return min(sizes, key=lambda s: abs(s[0] / s[1] - size[0] / max(1, size[1])))


def build_schema(row: Dict[str, Any]) -> Dict[str, Any]:
    """An input schema from a row's words. Inputs that it does not name are let through, as the provider does."""
    properties: Dict[str, Any] = {name: {"type": "string"} for name in row.get("needs", [])}
    for name in ("prompt", "negative_prompt"):
        properties.setdefault(name, {"type": "string"})
    properties["seed"] = {"type": ["integer", "null"]}
    for name, (low, high) in row.get("ranges", {}).items():
        properties[name] = {"type": "number", "minimum": low, "maximum": high}
    for name, values in row.get("enums", {}).items():
        properties[name] = {"enum": values}
    return {"type": "object", "title": "Input", "properties": properties, "required": list(row.get("needs", []))}


def from_library(record: Dict[str, Any]) -> Dict[str, Any]:
    """One model of a `vidgen.model/1` file as a row of ours."""
    fields, takes, returns = record["fields"], record["takes"], record["returns"]
    duration = record.get("duration", {})
    row: Dict[str, Any] = {"kind": record["kind"], "prices": record["prices"], "latency": float(Fraction(str(record.get("seconds_to_make", 30))))}
    row["output"] = "list" if record["kind"] == "image" else "string"
    words = [w for w in ("prompt", "first_frame", "last_frame") if takes.get(w) == "needs" and w in fields]
    row["needs"] = [fields[w] for w in words]
    for word, name in (("first_frame", "first_frame"), ("last_frame", "last_frame"), ("frames", "frames_field"), ("fps", "fps_field"),
                       ("width", "width_field"), ("height", "height_field"), ("duration", "seconds_field")):
        if word in fields:
            row[name] = fields[word]
    row.update({k: returns[k] for k in ("frames", "fps", "sizes") if k in returns})
    row["audio"] = bool(returns.get("audio", False))
    if "audio" in fields:
        row["audio_field"] = fields["audio"]
    constant = {k[1:]: json.loads(v) for k, v in fields.items() if k.startswith("=")}
    for name in ("generate_audio", "sound", "enable_audio"):
        if name in constant:
            row["audio_field"] = name
    if duration.get("values") or "shortest" in duration:
        row["seconds"] = float(Fraction(str(duration["values"][0] if duration.get("values") else max(5, Fraction(str(duration["shortest"]))))))
    return row


class Models:
    """All models of all providers. Later sources replace earlier rows: table, folder, schemas, scenario."""

    def __init__(self, folder: Optional[str] = None, schemas: Optional[str] = None):
        self._base: Dict[str, Dict[str, Dict[str, Any]]] = {
            "replicate": dict(model_table.REPLICATE), "fal": dict(model_table.FAL), "runway": dict(model_table.RUNWAY),
            "comfy": dict(model_table.COMFY)}
        self.openai: Dict[str, Dict[str, Any]] = dict(model_table.OPENAI)
        if folder:
            self._read_folder(folder)
        if schemas:
            self._read_schemas(schemas)
        self.tables: Dict[str, Dict[str, Model]] = {}
        self.apply({})

    def _read_folder(self, folder: str) -> None:
        for path in sorted(glob.glob(os.path.join(folder, "*.json"))):
            with open(path, encoding="utf-8") as file:
                records = json.load(file).get("models", [])
            for record in records:
                if record["kind"] == "llm":
                    self.openai[record["id"]] = dict(record["prices"][0], kind="per_token")
                elif record["provider"] in self._base:
                    # The library names a community model with its version, as a create does.
                    ident, _, version = record["id"].partition(":")
                    known = self._base[record["provider"]].get(ident, {})
                    kept = {k: known[k] for k in _KEPT if k in known}
                    row = {**kept, **from_library(record), **({"version": version} if version else {})}
                    self._base[record["provider"]][ident] = row

    def _read_schemas(self, folder: str) -> None:
        """Input schemas of the provider itself: full model records, or files with an `input_schema`."""
        for path in sorted(glob.glob(os.path.join(folder, "*.json"))):
            with open(path, encoding="utf-8") as file:
                record = json.load(file)
            for ident, row in self._base["replicate"].items():
                if os.path.basename(path)[:-5] in (ident.replace("/", "__"), ident.replace("/", "-").replace(".", "-")):
                    self._base["replicate"][ident] = {**row, "schema": schema.of_record(record)}

    def apply(self, changes: Dict[str, Dict[str, Any]]) -> None:
        """Lays the scenario's `models` over the base; a row may name its `provider`, else it is Replicate's."""
        self.tables = self._laid(changes)
        self.by_version = {m.version: m for m in self.tables["replicate"].values()}

    def check(self, changes: Dict[str, Dict[str, Any]]) -> None:
        """Raises what `apply` would, and changes nothing."""
        self._laid(changes)

    def _laid(self, changes: Dict[str, Dict[str, Any]]) -> Dict[str, Dict[str, Model]]:
        tables = {provider: dict(rows) for provider, rows in self._base.items()}
        for ident, change in changes.items():
            known = [p for p, rows in tables.items() if ident in rows]
            provider = change.get("provider") or (known[0] if known else "replicate")
            tables[provider][ident] = {**tables[provider].get(ident, {}), **{k: v for k, v in change.items() if k != "provider"}}
            if "price" in change:
                tables[provider][ident]["prices"] = [change["price"]]
        return {p: {i: Model(i, row, p) for i, row in rows.items()} for p, rows in tables.items()}

    def get(self, provider: str, ident: str) -> Optional[Model]:
        return self.tables[provider].get(ident)
