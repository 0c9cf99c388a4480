# SPDX-License-Identifier: Apache-2.0
"""The Python package as autodoc reads it: comments as documentation, docstrings as plain text, and something in place of the
native module where that is not built."""
import ast
import builtins
import dataclasses
import itertools
import os
import re
import shutil
import types

import checks
from sphinx import addnodes
from sphinx.util.nodes import find_pending_xref_condition


MADE_BY_HOSTS = ("Output", "RemoteJob", "Request", "StepResult")
MADE_BY_THE_LIBRARY = ("Frame", "FrameBatch", "FrameReader", "Job", "JobInfo", "Ledger", "Plan", "PlanEditor")
PLUMBING = ("of_payload", "of_row", "to_row")
ALIAS = re.compile(r"TypeAliasForwardRef\('(\w+)'\)")


def native_module():
    """What the package's sources take from the native module when they are imported."""
    module = types.ModuleType("vidgen._vidgen")
    module.version = ""
    module.default_model = "wan"
    module.error_rows = [(row.name, row.number, row.retryable, row.exit_code, row.text) for row in checks.errors()]
    module.set_error_factory = lambda factory: None
    module.__getattr__ = lambda name: type(name, (), {"__module__": "vidgen._vidgen"})
    return module


# A member of a dataclass with a comment behind it: autodoc wants to be told that it is meant.
COMMENTED = re.compile(r"^(    \w+: \S.*)  # (?!type:|noqa)", re.M)
# What a member is when __init__ does not say.
TYPES = (("units.fraction_of", "Fraction"), ("datetime.", "datetime"), ("Fraction(", "Fraction"), ("sum(", "int"),
         ("MediaInfo.", "MediaInfo"))


def readable_source(text):
    """A module with its comments where autodoc finds them: members that __init__ makes are declared in the class."""
    lines, declared = text.split("\n"), []
    for made in ast.walk(ast.parse(text)):
        init = [part for part in made.body if getattr(part, "name", "") == "__init__"] if isinstance(made, ast.ClassDef) else []
        if not init:
            continue
        has_words = isinstance(made.body[0], ast.Expr)
        declared.append((made.body[0].end_lineno if has_words else made.lineno, list(members(init[0], lines))))
    for at, rows in sorted(declared, reverse=True):
        lines[at:at] = rows
    return COMMENTED.sub(r"\1  #: ", "\n".join(lines))


def kind_of(parameter, default):
    if parameter.annotation:
        return ast.unparse(parameter.annotation)
    return "str" if isinstance(getattr(default, "value", None), str) else "int | None"  # errors.py, which is not annotated


def members(init, lines):
    parameters = init.args.args + init.args.kwonlyargs
    defaults = [None] * (len(init.args.args) - len(init.args.defaults)) + init.args.defaults + init.args.kw_defaults
    given = {part.arg: kind_of(part, default) for part, default in zip(parameters, defaults, strict=True)}
    for row in init.body:
        target = getattr(row, "target", None) or (getattr(row, "targets", None) or [None])[0]
        if not isinstance(target, ast.Attribute) or target.attr.startswith("_"):
            continue
        value = ast.unparse(row.value)
        kind = next((kind for start, kind in TYPES if value.startswith(start)), given.get(value, "object"))
        if isinstance(row, ast.AnnAssign):
            kind = ast.unparse(row.annotation)
        said = re.search(r"  # (.*)$", lines[row.end_lineno - 1])
        yield f"    {target.attr}: {kind}" + (f"  # {said[1]}" if said else "")


def copy_package(package, folder):
    """A copy of the package with readable sources. Files that are as they should be are left alone."""
    os.makedirs(folder, exist_ok=True)
    for name in os.listdir(package):
        source, copy = os.path.join(package, name), os.path.join(folder, name)
        if name.endswith(".so"):
            shutil.copy2(source, copy)
        elif name.endswith(".py"):
            text = readable_source(checks.read(source))
            if not os.path.exists(copy) or checks.read(copy) != text:
                with open(copy, "w", encoding="utf-8") as file:
                    file.write(text)


def plain_docstring(app, what, name, obj, options, lines):
    """Our docstrings are plain text: backticks stand around code, indented lines are code, all else is itself."""
    out = []
    for is_code, group in itertools.groupby("\n".join(lines).strip().split("\n\n"), lambda part: part.startswith("    ")):
        text = "\n\n".join(group)
        out += [".. code-block:: python", "", text, ""] if is_code else [as_text(text), ""]
    lines[:] = "\n".join(out).split("\n")


def as_text(text):
    parts = re.split(r"(`[^`]+`)", text)
    parts[::2] = [re.sub(r"([\\*_|])", r"\\\1", part) for part in parts[::2]]
    parts[1::2] = [f"`{part}`\\ " for part in parts[1::2]]  # a letter may follow
    return "".join(parts)


def without_false_links(app, doctree):
    """Types of Python's own, and names that two modules have, lead nowhere rather than astray."""
    for reference in list(doctree.findall(addnodes.pending_xref)):
        target = reference.get("reftarget", "")
        if reference.get("refdomain") == "py" and (hasattr(builtins, target) or target == "Pipeline"):
            shown = find_pending_xref_condition(reference, "resolved")
            reference.replace_self(shown.children if shown else reference.children)


def readable_signature(app, what, name, obj, options, signature, returned):
    """Without one: exceptions, which are caught, and what the library makes."""
    short = name.rpartition(".")[2]
    if what == "exception" or short in MADE_BY_THE_LIBRARY or (dataclasses.is_dataclass(obj) and short not in MADE_BY_HOSTS):
        return "", None
    return tuple(part and ALIAS.sub(r"\1", part) for part in (signature, returned))


def without_plumbing(app, what, name, obj, skip, options):
    """Between the package and its native module."""
    return True if name in PLUMBING or (name == "from_json" and not obj.__doc__) else None


def setup(app):
    app.connect("autodoc-process-docstring", plain_docstring)
    app.connect("autodoc-process-signature", readable_signature)
    app.connect("autodoc-skip-member", without_plumbing)
    app.connect("doctree-read", without_false_links)
