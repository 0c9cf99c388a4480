# SPDX-License-Identifier: Apache-2.0
"""Checks every exchange in an emulator's log against the provider's own OpenAPI document.

    python3 spec_check.py CONTROL_URL DOCUMENT      (needs jsonschema)

Where the published Replicate document and the live API contradict each other, the API is followed. The four exceptions:
  1. `version` is oneOf "any string" and the constant `hidden`, which matches both: read as anyOf.
  2. `nullable: true` means nothing in OpenAPI 3.1: read as "or null".
  3. started_at, completed_at, logs and metrics may be null while a prediction is pending.
  4. `Prefer` allows 61 to 99 by its pattern, 1 to 60 by its text (the text counts); `QUERY` is no method of 3.1 (left out).
Error answers that the document does not list are left out; an unlisted success is an error.
"""
import copy
import json
import re
import sys
import urllib.request

PENDING = ("started_at", "completed_at", "logs", "metrics")


def with_exceptions(document):
    """A copy of Replicate's document with the first three exceptions written into it."""
    document = _nullable(copy.deepcopy(document))
    prediction = document["components"]["schemas"]["schemas_prediction_response"]["properties"]
    version = prediction["version"]
    version["anyOf"] = version.pop("oneOf")
    for name in PENDING:
        prediction[name] = {"anyOf": [prediction[name], {"type": "null"}]}
    for path in document["paths"].values():
        path.pop("query", None)
    return document


def _nullable(value):
    if isinstance(value, list):
        return [_nullable(item) for item in value]
    if not isinstance(value, dict):
        return value
    value = {key: _nullable(item) for key, item in value.items()}
    if value.get("nullable") is True and isinstance(value.get("type"), str):
        value["type"] = [value["type"], "null"]
    return value


def operations(document):
    return {operation["operationId"]: operation for path in document["paths"].values() for method, operation in path.items()
            if isinstance(operation, dict) and "operationId" in operation}


def problems(validator, schema, document, text):
    try:
        value = json.loads(text)
    except ValueError as error:
        return [f"not JSON: {error}"]
    checker = validator({**schema, "components": document["components"]})
    return [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in checker.iter_errors(value)]


def _schema(part):
    kinds = (part or {}).get("content", {})
    return next((kind["schema"] for name, kind in kinds.items() if "json" in name and "schema" in kind), None)


def check_entry(validator, document, table, entry):
    """What is wrong with one exchange of the log; None when it was not checked."""
    operation = table.get(entry["operation"])
    if operation is None or not entry["status"] or entry["faults"]:
        return None
    found, answer = [], operation["responses"].get(str(entry["status"]))
    if answer is None:
        return [f"status {entry['status']} is not in the document"] if entry["status"] < 400 else None
    wanted = _schema(operation.get("requestBody"))
    if wanted is not None and entry.get("request_body") is not None:
        found += ["request " + p for p in problems(validator, wanted, document, entry["request_body"])]
    wanted = _schema(answer)
    if wanted is not None and entry.get("response_body") is not None:
        found += ["answer " + p for p in problems(validator, wanted, document, entry["response_body"])]
    prefer = entry["request_headers"].get("prefer", "")
    if prefer and not re.match(r"^wait(=([1-9]|[1-5][0-9]|60))?$", prefer):
        found.append(f"Prefer: {prefer} was accepted")
    return found


def check(entries, document):
    """(number checked, {operation}, list of problems)"""
    import jsonschema
    table, wrong, seen, count = operations(document), [], set(), 0
    for entry in entries:
        found = check_entry(jsonschema.Draft202012Validator, document, table, entry)
        if found is None:
            continue
        count += 1
        seen.add(entry["operation"])
        wrong += [f"#{entry['seq']} {entry['operation']}: {text}" for text in found]
    return count, seen, wrong


def main():
    with urllib.request.urlopen(sys.argv[1] + "/requests?limit=1000000", timeout=60) as answer:
        entries = json.load(answer)["requests"]
    with open(sys.argv[2], encoding="utf-8") as file:
        count, seen, wrong = check(entries, with_exceptions(json.load(file)))
    print("\n".join(wrong))
    print(f"{count} exchanges of {len(seen)} operations checked, {len(wrong)} problems")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
