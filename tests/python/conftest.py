# SPDX-License-Identifier: Apache-2.0
"""Finds the package: an installed or built one with its native module, else the sources with a stand-in for it."""
import importlib
import importlib.util
import os
import sys
from pathlib import Path

import fake_native
import pytest

if importlib.util.find_spec("vidgen") is None:
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "python"))

try:
    importlib.import_module("vidgen._vidgen")
except ImportError:
    if "VIDGEN_BUILT" in os.environ:  # a package that was built and cannot be loaded is not one that was not built
        raise
    package = importlib.import_module("vidgen")
    package._vidgen = sys.modules["vidgen._vidgen"] = fake_native.make()


@pytest.fixture(scope="session")
def films(tmp_path_factory):
    """A workspace with one film in it; what is made there again is made at once."""
    import support
    import vidgen

    folder = tmp_path_factory.mktemp("films")
    with vidgen.Pipeline(folder, language_model="rules") as p:
        p.render(support.PROMPT, **support.SHORT)
    return folder


@pytest.fixture(scope="session")
def film(films):
    import vidgen

    with vidgen.Pipeline(films) as p:
        return p.jobs()[0].film
