# SPDX-License-Identifier: Apache-2.0
"""JSON Schema, as far as providers use it: checks a value, makes one that fits, and says it the way Replicate does."""
from __future__ import annotations

import random
import re
from typing import Any, Dict, List, Optional

_TYPES = {"object": dict, "array": list, "string": str, "null": type(None), "boolean": bool}
MAX_DEPTH = 64


def _is_type(name: str, value: Any) -> bool:
    if name in ("integer", "number"):
        return isinstance(value, int) and not isinstance(value, bool) or name == "number" and isinstance(value, float) \
            or name == "integer" and isinstance(value, float) and value.is_integer()
    return isinstance(value, _TYPES.get(name, object))


def resolve(schema: Any, root: Dict[str, Any]) -> Any:
    """Follows `$ref` within the document; a single `allOf` is unwrapped, as Cog writes it."""
    for _ in range(MAX_DEPTH):
        if not isinstance(schema, dict) or "$ref" not in schema:
            return schema
        target: Any = root
        for part in schema["$ref"].lstrip("#/").split("/"):
            if part:
                target = target[part.replace("~1", "/").replace("~0", "~")]
        rest = {k: v for k, v in schema.items() if k != "$ref"}
        schema = {**target, **rest} if rest else target
    raise ValueError("references go round in circles")


def errors(schema: Any, value: Any, root: Optional[Dict[str, Any]] = None, where: str = "$", depth: int = 0) -> List[str]:
    """Everything that is wrong with `value`, a line each; an empty list when it fits."""
    root = schema if root is None else root
    if schema is True or depth > MAX_DEPTH:
        return []
    if schema is False:
        return [f"{where}: nothing is allowed here"]
    schema = resolve(schema, root)
    if value is None and schema.get("nullable"):
        return []
    found = _value_errors(schema, value, where)
    for key, need in (("anyOf", 1), ("oneOf", 1)):
        if key in schema:
            fits = sum(not errors(s, value, root, where, depth + 1) for s in schema[key])
            if fits < need or key == "oneOf" and fits > 1:
                found.append(f"{where}: fits {fits} of {key}")
    for part in schema.get("allOf", []):
        found += errors(part, value, root, where, depth + 1)
    if isinstance(value, dict):
        found += _object_errors(schema, value, root, where, depth)
    if isinstance(value, list):
        found += _array_errors(schema, value, root, where, depth)
    return found


def _value_errors(schema: Dict[str, Any], value: Any, where: str) -> List[str]:
    found = []
    types = schema.get("type")
    if types is not None and not any(_is_type(t, value) for t in (types if isinstance(types, list) else [types])):
        return [f"{where}: is not of type {types}"]
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{where}: is none of {schema['enum']}")
    if "const" in schema and value != schema["const"]:
        found.append(f"{where}: is not {schema['const']!r}")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        for key, bad in (("minimum", lambda a, b: a < b), ("maximum", lambda a, b: a > b),
                         ("exclusiveMinimum", lambda a, b: a <= b), ("exclusiveMaximum", lambda a, b: a >= b)):
            if isinstance(schema.get(key), (int, float)) and bad(value, schema[key]):
                found.append(f"{where}: {key} is {schema[key]}")
    if isinstance(value, str):
        if len(value) < schema.get("minLength", 0) or len(value) > schema.get("maxLength", 1 << 60):
            found.append(f"{where}: length {len(value)} is out of bounds")
        if "pattern" in schema and not re.search(schema["pattern"], value):
            found.append(f"{where}: does not match {schema['pattern']}")
    return found


def _object_errors(schema: Dict[str, Any], value: Dict[str, Any], root, where: str, depth: int) -> List[str]:
    properties, found = schema.get("properties", {}), []
    found += [f"{where}: {name} is required" for name in schema.get("required", []) if name not in value]
    for name, item in value.items():
        if name in properties:
            found += errors(properties[name], item, root, f"{where}.{name}", depth + 1)
        elif "additionalProperties" in schema:
            rule = schema["additionalProperties"]
            found += [f"{where}: additional property {name}"] if rule is False else errors(rule, item, root, f"{where}.{name}", depth + 1)
    return found


def _array_errors(schema: Dict[str, Any], value: List[Any], root, where: str, depth: int) -> List[str]:
    found = []
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", 1 << 60):
        found.append(f"{where}: {len(value)} items are out of bounds")
    for index, item in enumerate(value if "items" in schema else []):
        found += errors(schema["items"], item, root, f"{where}[{index}]", depth + 1)
    return found


# ---- what is wrong with a strict schema, by the rules of structured output --------------------------------------

def strict_problems(schema: Any, root: Optional[Dict[str, Any]] = None, where: str = "()", depth: int = 0) -> List[str]:
    root = schema if root is None else root
    if depth > 10:
        return [f"In context={where}, nesting is deeper than 10 levels"]
    if not isinstance(schema, dict):
        return [f"In context={where}, schema must be an object"]
    found = []
    if depth == 0 and schema.get("type") != "object":
        found.append("schema must be a JSON Schema of 'type: \"object\"', got 'type: \"%s\"'" % schema.get("type"))
    if "default" in schema:
        found.append(f"In context={where}, 'default' is not permitted")
    if schema.get("type") == "object" or "object" in (schema.get("type") if isinstance(schema.get("type"), list) else []):
        if schema.get("additionalProperties") is not False:
            found.append(f"In context={where}, 'additionalProperties' is required to be supplied and to be false.")
        names = set(schema.get("properties", {}))
        missing = names - set(schema.get("required", []))
        if missing:
            found.append(f"In context={where}, 'required' is required to be supplied and to be an array including every key in "
                         f"properties. Missing '{sorted(missing)[0]}'.")
    for name, part in schema.get("properties", {}).items():
        found += strict_problems(part, root, f"{where[:-1]}'properties', '{name}')", depth + 1)
    if isinstance(schema.get("items"), dict):
        found += strict_problems(schema["items"], root, f"{where[:-1]}'items')", depth + 1)
    for part in schema.get("anyOf", []):
        found += strict_problems(part, root, where, depth + 1)
    return found


# ---- a value that fits ------------------------------------------------------------------------------------------

_WORDS = "a quiet kettle steams on an oak table while morning light drifts across the blue wall and the camera moves slowly in".split()


def make(schema: Any, rng: random.Random, lists: int = 2, root: Optional[Dict[str, Any]] = None, depth: int = 0, name: str = "") -> Any:
    """A value that fits; `lists` items in arrays that say no number."""
    root = schema if root is None else root
    if not isinstance(schema, dict) or depth > MAX_DEPTH:
        return None
    schema = resolve(schema, root)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return rng.choice(schema["enum"])
    for key in ("anyOf", "oneOf"):
        if key in schema:
            options = [s for s in schema[key] if resolve(s, root).get("type") != "null"] if depth < 6 else schema[key][-1:]
            return make(rng.choice(options or schema[key]), rng, lists, root, depth + 1, name)
    if schema.get("allOf"):
        merged: Dict[str, Any] = {k: v for k, v in schema.items() if k != "allOf"}
        for part in schema["allOf"]:
            merged.update(resolve(part, root))
        return make(merged, rng, lists, root, depth + 1, name)
    types = schema.get("type", "object" if "properties" in schema else "string")
    kinds = [t for t in (types if isinstance(types, list) else [types]) if t != "null"] or ["null"]
    return _MAKERS[kinds[0]](schema, rng, lists, root, depth, name)


def _make_object(schema, rng, lists, root, depth, _name):
    wanted = schema.get("properties", {})
    if depth > 8:
        wanted = {k: v for k, v in wanted.items() if k in schema.get("required", [])}
    return {key: make(part, rng, lists, root, depth + 1, key) for key, part in wanted.items()}


def _make_array(schema, rng, lists, root, depth, name):
    count = max(schema.get("minItems", 0), min(schema.get("maxItems", lists), lists if depth < 8 else 0))
    return [make(schema.get("items", {"type": "string"}), rng, lists, root, depth + 1, name) for _ in range(count)]


def _make_string(schema, rng, _lists, _root, _depth, name):
    if "pattern" in schema:
        return _from_pattern(schema["pattern"], rng)
    if schema.get("format") == "uri":
        return "https://example.com/" + (name or "x")
    text = f"{name}: " if name else ""
    while len(text) < max(24, schema.get("minLength", 0)):
        text += rng.choice(_WORDS) + " "
    text = text.strip().ljust(schema.get("minLength", 0), "x")
    return text[:schema.get("maxLength", 1 << 60)]


def _from_pattern(pattern: str, rng) -> str:
    """Enough for the patterns that schemas of plans use: classes, counts, groups without choice inside choice."""
    for candidate in ("#1a2b3c", "2026-01-01", "shot-1", "a", "A1", "16:9", "1920x1080", "0", "1.5", "ab-cd", "abcdef"):
        if re.search(pattern, candidate):
            return candidate
    out = ""
    for chars, low, high in re.findall(r"(\[[^\]]+\]|\\d|\\w|[A-Za-z0-9_#:-])(?:\{(\d+)(?:,(\d*))?\}|[+*?])?", pattern.strip("^$")):
        pool = [c for c in "abcdefghijklmnopqrstuvwxyz0123456789ABCDEF-_#:" if re.match(chars, c)]
        out += "".join(rng.choice(pool) for _ in range(int(low or 1))) if pool else ""
    return out


def _make_number(schema, rng, _lists, _root, _depth, _name, whole=False):
    low = schema.get("minimum", schema.get("exclusiveMinimum", 0 if schema.get("maximum", 1) >= 0 else schema.get("maximum", 0) - 10))
    high = schema.get("maximum", schema.get("exclusiveMaximum", low + 10))
    step = schema.get("multipleOf")
    if whole or step:
        step = step or 1
        first = -(-low // step) + (1 if "exclusiveMinimum" in schema and low % step == 0 else 0)
        last = max(first, high // step - (1 if "exclusiveMaximum" in schema and high % step == 0 else 0))
        value = rng.randint(int(first), int(last)) * step
        return int(value) if whole else value
    return round(low + (high - low) * (0.25 + rng.random() / 2), 3)


_MAKERS = {"object": _make_object, "array": _make_array, "string": _make_string, "number": _make_number,
           "integer": lambda *a: _make_number(*a, whole=True), "boolean": lambda s, rng, *a: rng.random() < 0.5, "null": lambda *a: None}


# ---- input schemas of models --------------------------------------------------------------------------------------

def of_record(record: Dict[str, Any]) -> Dict[str, Any]:
    """The input schema out of a model record, self-contained: its references are resolved."""
    if "input_schema" in record:
        root, top = record, record["input_schema"]
    else:
        root = record["latest_version"]["openapi_schema"]
        top = root["components"]["schemas"]["Input"]
    flat = {k: v for k, v in top.items() if k != "properties"}
    flat["properties"] = {}
    for name, part in top.get("properties", {}).items():
        merged = {k: v for k, v in part.items() if k != "allOf"}
        for piece in part.get("allOf", []):
            merged.update({k: v for k, v in resolve(piece, root).items() if k not in ("title", "description")})
        flat["properties"][name] = merged
    return flat


_SAYS = {"minimum": ("number_gte", "Must be greater than or equal to {}"), "maximum": ("number_lte", "Must be less than or equal to {}")}


def field_problems(schema: Dict[str, Any], given: Dict[str, Any]) -> List[Dict[str, str]]:
    """What is wrong with a model's input, in the provider's words: rows of {type, field, description}."""
    rows = [{"type": "required", "field": f"input.{name}", "description": f"{name} is required"}
            for name in schema.get("required", []) if given.get(name) is None]
    for name, part in schema.get("properties", {}).items():
        if name not in given or given[name] is None:
            continue
        row = _field_problem(part, given[name])
        if row:
            rows.append({"type": row[0], "field": f"input.{name}", "description": row[1]})
    return rows


def _field_problem(part: Dict[str, Any], value: Any):
    if "enum" in part and value not in part["enum"]:
        return "enum", "Must be one of the following: " + ", ".join(f'"{v}"' if isinstance(v, str) else str(v) for v in part["enum"])
    types = part.get("type")
    if types and not any(_is_type(t, value) for t in (types if isinstance(types, list) else [types])):
        return "invalid_type", f"Invalid type. Expected: {types if isinstance(types, str) else types[0]}, given: {_type_name(value)}"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if part.get("minimum") is not None and value < part["minimum"]:
            return _SAYS["minimum"][0], _SAYS["minimum"][1].format(part["minimum"])
        if part.get("maximum") is not None and value > part["maximum"]:
            return _SAYS["maximum"][0], _SAYS["maximum"][1].format(part["maximum"])
    return None


def _type_name(value: Any) -> str:
    return next((n for n in ("null", "boolean", "integer", "number", "string", "array", "object") if _is_type(n, value)), "object")
