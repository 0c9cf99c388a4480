# SPDX-License-Identifier: Apache-2.0
"""Sphinx's settings for the site; scripts/docs runs it. What the pages must hold is in checks.py."""
import os
import re
import subprocess
import sys

SITE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(SITE, "..", ".."))
OUT = os.environ.get("VIDGEN_DOCS") or os.path.join(ROOT, "build", "docs")
sys.path.insert(0, SITE)

import checks  # noqa: E402
import python_sources  # noqa: E402
from docutils import nodes  # noqa: E402
from sphinx.errors import ExtensionError  # noqa: E402
from sphinx.util.docutils import SphinxDirective  # noqa: E402

project = "vidgen"
author = "the vidgen authors"
project_copyright = "the vidgen authors, Apache-2.0"
release = re.search(r'VIDGEN_VERSION_STRING "(.*)"', checks.read("include/vidgen/version.hpp"))[1]
version = release

extensions = ["myst_parser", "breathe", "sphinx.ext.autodoc"]
exclude_patterns = ["README.md"]
myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist"]
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

breathe_projects = {"vidgen": os.path.join(OUT, "xml")}
breathe_default_project = "vidgen"
breathe_domain_by_extension = {"h": "c", "hpp": "cpp"}
breathe_default_members = ("members", "undoc-members")
breathe_show_include = False
cpp_maximum_signature_line_length = 150
c_maximum_signature_line_length = 150

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_class_signature = "mixed"
# Shown by their names; reference/python says what they are.
autodoc_type_aliases = {name: name for name in ("Dollars", "JobStatus", "Rate", "Seconds", "Size", "StrPath")}
autodoc_default_options = {"members": True, "undoc-members": True}
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 220


# ---- the Python package: a built one, or the sources with something in place of the native module

built = os.environ.get("VIDGEN_PYTHON_PACKAGE", "")
readable = os.path.join(OUT, "python-built" if built else "python")
python_sources.copy_package(os.path.join(built or os.path.join(ROOT, "python"), "vidgen"), os.path.join(readable, "vidgen"))
sys.path.insert(0, readable)
sys.dont_write_bytecode = True
if not built:
    sys.modules["vidgen._vidgen"] = python_sources.native_module()


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


def code_of_headers(app, doctree):
    """What doxygen_filter.py leaves without a language."""
    language = re.match(r"reference/(c|cpp)/", app.env.docname)
    for block in doctree.findall(nodes.literal_block):
        if language:
            block["language"] = language[1]


def setup(app):
    app.add_directive("errc", ErrorFacts)
    app.add_directive("drawing", Drawing)
    app.connect("builder-inited", what_is_missing)
    app.connect("doctree-read", code_of_headers)
    python_sources.setup(app)
    return {"parallel_read_safe": True}
