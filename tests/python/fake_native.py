# SPDX-License-Identifier: Apache-2.0
"""What stands in for the native module where it is not built: the table of errors, read from the library's own."""
import re
from pathlib import Path
from types import ModuleType

_TABLE = Path(__file__).resolve().parents[2] / "include" / "vidgen" / "errc.def"
_ROW = re.compile(r'VIDGEN_ERRC\((\w+), (\d+), (true|false), (\d+), "(.*)"\)')


def rows():
    found = [match.groups() for match in map(_ROW.match, _TABLE.read_text().splitlines()) if match]
    return [(name, int(number), retryable == "true", int(code), text) for name, number, retryable, code, text in found]


def make():
    module = ModuleType("vidgen._vidgen")
    module.version = "0.0.0"
    module.default_model = "wan"
    module.error_rows = rows()
    module.factory = None
    module.set_error_factory = lambda factory: setattr(module, "factory", factory)
    return module
