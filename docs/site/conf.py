# SPDX-License-Identifier: Apache-2.0
"""Sphinx's settings for the site; scripts/docs runs it. What the pages must hold is in checks.py."""
import builtins
import itertools
import os
import re
import shutil
import subprocess
import sys
import types

SITE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(SITE, "..", ".."))
sys.path.insert(0, SITE)

import checks  # noqa: E402
from docutils import nodes  # noqa: E402
from sphinx import addnodes  # noqa: E402
from sphinx.errors import ExtensionError  # noqa: E402
from sphinx.util.docutils import SphinxDirective  # noqa: E402
from sphinx.util.nodes import find_pending_xref_condition  # noqa: E402

project = "vidgen"
author = "the vidgen authors"
project_copyright = "the vidgen authors, Apache-2.0"
release = re.search(r'VIDGEN_VERSION_STRING "(.*)"', checks.read("include/vidgen/version.hpp"))[1]
version = release

extensions = ["myst_parser", "breathe", "sphinx.ext.autodoc"]
exclude_patterns = ["README.md"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
nitpicky = False
highlight_language = "text"

html_theme = "furo"
html_title = f"vidgen {release}"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_copy_source = False
html_show_sourcelink = False
html_theme_options = {"navigation_with_keys": False}
# Both keep contrast; Furo's own choice for the dark half does too.
pygments_style = "tango"
pygments_dark_style = "github-dark"

breathe_projects = {"vidgen": os.environ.get("VIDGEN_DOXYGEN_XML", os.path.join(ROOT, "build", "docs", "xml"))}
breathe_default_project = "vidgen"
breathe_domain_by_extension = {"h": "c", "hpp": "cpp"}
breathe_default_members = ("members", "undoc-members")
breathe_show_include = False
cpp_maximum_signature_line_length = 100
c_maximum_signature_line_length = 100

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_class_signature = "mixed"
# Shown by their names; reference/python says what they are.
autodoc_type_aliases = {name: name for name in ("Dollars", "JobStatus", "Rate", "Seconds", "Size", "StrPath")}
autodoc_default_options = {"members": True, "undoc-members": True}
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 140


# ---- the Python package: a built one, or the sources with something in place of the native module

# A member with a comment behind it: autodoc wants to be told that it is meant.
COMMENTED = re.compile(r"^(    \w+: \S.*|        self\.[a-z]\w*(?:: [^=]+)? = \S.*)  # (?!type:|noqa)", re.M)


def native_module():
    """What the package's sources take from the native module when they are imported."""
    module = types.ModuleType("vidgen._vidgen")
    module.version = release
    module.default_model = "wan"
    module.error_rows = [(row.name, row.number, row.retryable, row.exit_code, row.text) for row in checks.errors()]
    module.set_error_factory = lambda factory: None
    module.__getattr__ = lambda name: type(name, (), {"__module__": "vidgen._vidgen"})
    return module


def package_for_autodoc(package, folder):
    """A copy of the package whose comments autodoc reads. Files that are as they should be are left alone."""
    os.makedirs(folder, exist_ok=True)
    for name in os.listdir(package):
        source, copy = os.path.join(package, name), os.path.join(folder, name)
        if name.endswith(".so"):
            shutil.copy2(source, copy)
        elif name.endswith(".py"):
            text = COMMENTED.sub(r"\1  #: ", checks.read(source))
            if not os.path.exists(copy) or checks.read(copy) != text:
                with open(copy, "w", encoding="utf-8") as file:
                    file.write(text)


built = os.environ.get("VIDGEN_PYTHON_PACKAGE", "")
readable = os.path.join(ROOT, "build", "docs", "python-built" if built else "python")
package_for_autodoc(os.path.join(built or os.path.join(ROOT, "python"), "vidgen"), os.path.join(readable, "vidgen"))
sys.path.insert(0, readable)
sys.dont_write_bytecode = True
if not built:
    sys.modules["vidgen._vidgen"] = native_module()


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


def without_signature(app, what, name, obj, options, signature, returned):
    """Exceptions are caught, not made."""
    return ("", None) if what == "exception" and name != "vidgen.errors.Error" else None


# ---- what pages use

class ErrorFacts(SphinxDirective):
    """{errc} NAME: number, meaning, names in all languages and the exit code of a row of errc.def."""
    required_arguments = 1

    def run(self):
        self.env.note_dependency(os.path.join(ROOT, checks.ERRC))
        row = {row.name: row for row in checks.errors()}.get(self.arguments[0])
        if row is None:
            raise self.error(f"errc.def has no row {self.arguments[0]}")
        names = nodes.paragraph(classes=["errc"])
        for name in (f"Errc::{row.name}", f"VG_E_{row.name.upper()}", f"vidgen.{row.python}"):
            names += [nodes.literal(text=name), nodes.Text(" ")]
        again = ", may be tried again" if row.retryable else ""
        names += nodes.Text(f"number {row.number}, exit code {row.exit_code}{again}")
        return [nodes.paragraph(text=row.text[0].upper() + row.text[1:] + ".", classes=["errc-means"]), names]


class Drawing(SphinxDirective):
    """{drawing} WORDS: a graph in the language of dot, drawn into the page in the page's own colours."""
    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self):
        drawn = subprocess.run(["dot", "-Tsvg"], input="\n".join(self.content), capture_output=True, text=True, check=False)
        if drawn.returncode:
            raise self.error(f"dot: {drawn.stderr}")
        svg = re.sub(r"<title>.*?</title>\n|<!--.*?-->\n", "", drawn.stdout[drawn.stdout.index("<svg"):], flags=re.S)
        words = nodes.make_id(self.arguments[0])
        svg = svg.replace("<svg ", f'<svg role="img" aria-labelledby="{words}" ', 1)
        svg = svg.replace(">", f'><title id="{words}">{self.arguments[0]}</title>', 1)
        return [nodes.raw("", f'<div class="drawing">{svg}</div>', format="html")]


def what_is_missing(app):
    problems = checks.problems()
    if problems:
        raise ExtensionError("the pages are not complete:\n  " + "\n  ".join(problems))


def setup(app):
    app.add_directive("errc", ErrorFacts)
    app.add_directive("drawing", Drawing)
    app.connect("builder-inited", what_is_missing)
    app.connect("autodoc-process-docstring", plain_docstring)
    app.connect("autodoc-process-signature", without_signature)
    app.connect("doctree-read", without_false_links)
    return {"parallel_read_safe": True}
