# SPDX-License-Identifier: Apache-2.0
"""What the pages must hold, whoever builds them: every error, every public header, every public name of Python."""
import ast
import os
import re
from typing import NamedTuple

SITE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(SITE, "..", ".."))
ERRC = "include/vidgen/errc.def"
ROW = re.compile(r'^VIDGEN_ERRC\((\w+), (\d+), (true|false), (\d+), "(.*)"\)$', re.M)
# Where Python's name is not the error's in CamelCase: as in vidgen/errors.py.
PYTHON = {"interrupted": "JobInterrupted", "timeout": "DeadlineError"}


class ErrorRow(NamedTuple):
    name: str
    number: int
    retryable: bool
    exit_code: int
    text: str

    @property
    def python(self):
        return PYTHON.get(self.name) or self.name.title().replace("_", "") + "Error"


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


def errors():
    return [ErrorRow(name, int(number), retryable == "true", int(code), text)
            for name, number, retryable, code, text in ROW.findall(read(ERRC))]


def pages(folder):
    """The text of all pages below a folder of the site, in one."""
    texts = []
    for place, _, names in sorted(os.walk(os.path.join(SITE, folder))):
        texts += [read(os.path.join(place, name)) for name in sorted(names) if name.endswith(".md")]
    return "\n".join(texts)


def of_errors():
    text = read(os.path.join(SITE, "errors.md"))
    entries = dict(re.findall(r"^### (\w+)\n(.*?)(?=^##|\Z)", text, re.M | re.S))
    for row in errors():
        said = entries.pop(row.name, "")
        if f"```{{errc}} {row.name}\n```" not in said:
            yield f"errors.md has no entry for {row.name}, or one without its {{errc}} {row.name}"
        elif len(said.split()) < 12:
            yield f"errors.md does not say what to do about {row.name}"
    for name in entries:
        yield f"errors.md speaks of {name}, which errc.def does not have"


def of_headers():
    for folder, ending, place in (("capi/include", ".h", "reference/c"), ("include", ".hpp", "reference/cpp")):
        text = pages(place)
        for _, _, names in sorted(os.walk(os.path.join(ROOT, folder))):
            for name in sorted(names):
                if name.endswith(ending) and f"```{{doxygenfile}} {name}\n" not in text:
                    yield f"no page of {place} shows {name}"


def public_names():
    """`__all__` of the Python package, as it is written there."""
    for node in ast.parse(read("python/vidgen/__init__.py")).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            return ast.literal_eval(node.value)
    return []


def of_python():
    text = pages("reference/python")
    shown = {row.python for row in errors()} | {"Error", "InputError", "WaitTimeout"}  # by automodule:: vidgen.errors
    for name in public_names():
        home = re.search(r"^\.\. auto\w+:: vidgen\.%s$" % name, text, re.M)
        if name not in shown and name != "__version__" and not home:
            yield f"no page of reference/python shows vidgen.{name}"


def problems():
    return [*of_errors(), *of_headers(), *of_python()]
