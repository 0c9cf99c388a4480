# SPDX-License-Identifier: Apache-2.0
"""The built-in templates follow their JSON schemas, and the schemas refuse what they should. 77: jsonschema is missing."""
import copy
import json
import pathlib
import sys

try:
    import jsonschema
except ImportError:
    print("python3-jsonschema is not installed: skipped")
    sys.exit(77)

root = pathlib.Path(sys.argv[1]) / "templates"
FILES = {"product_showcase": "template", "lifestyle_ad": "template", "announcement": "template", "beats": "beats",
         "archetypes": "archetypes"}
found = {p.stem for p in root.glob("*.json")}
assert found == set(FILES), f"files without a schema: {found ^ set(FILES)}"

for name, kind in FILES.items():
    schema = json.loads((root / "schema" / f"{kind}.schema.json").read_text())
    document = json.loads((root / f"{name}.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(document, schema)
    for spoil in (lambda d: d.update(extra=1), lambda d: d.pop("schema"), lambda d: d.update(schema="vidgen.other/1")):
        bad = copy.deepcopy(document)
        spoil(bad)
        assert list(jsonschema.Draft202012Validator(schema).iter_errors(bad)), f"{kind}: a spoilt document passes"
print("templates follow their schemas")
