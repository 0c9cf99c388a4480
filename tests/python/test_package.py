# SPDX-License-Identifier: Apache-2.0
"""The package as a whole: its names, what importing it does, and the command."""
import ast
import importlib
from pathlib import Path

import pytest
import support
import vidgen

SOURCE = Path(vidgen.__file__)
PURITY = """
import sys, threading, os
before = set(sys.modules)
fds = set(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else set()
import vidgen
assert threading.active_count() == 1
if fds:
    assert len(os.listdir("/proc/self/task")) == 1
    assert set(os.listdir("/proc/self/fd")) == fds
new = {name.partition(".")[0] for name in set(sys.modules) - before}
print(*sorted(new))
"""


def typed_names():
    """What type checkers are told at the top of the package."""
    block = next(node for node in ast.parse(SOURCE.read_text()).body if isinstance(node, ast.If))
    imports = [node for node in block.body if isinstance(node, ast.ImportFrom)]
    return {(alias.asname or alias.name): node.module for node in imports for alias in node.names}


def test_type_checkers_and_the_interpreter_find_the_same_names():
    typed = typed_names()
    assert set(vidgen.__all__) == (set(typed) - {"open"}) | {"__version__"}
    for name, module in typed.items():
        expected = importlib.import_module(f"vidgen.{name}") if module == "vidgen" else (
            getattr(importlib.import_module(module), name))
        assert getattr(vidgen, name) is expected


def test_names_are_listed_in_order():
    assert vidgen.__all__ == sorted(vidgen.__all__)
    assert set(vidgen.__all__) <= set(dir(vidgen)) and "open" in dir(vidgen)


def test_what_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        vidgen.nothing
    assert isinstance(vidgen.__version__, str)


def test_importing_does_nothing_and_loads_nothing_heavy():
    done = support.python(PURITY)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["vidgen"]


def test_each_file_opens_with_its_licence():
    for path in [*SOURCE.parent.glob("*.py*"), *Path(__file__).parent.glob("*.py")]:
        if path.suffix in (".py", ".pyi"):
            head = [line for line in path.read_text().splitlines() if not line.startswith("#!")]
            assert head[0] == "# SPDX-License-Identifier: Apache-2.0", path


def test_files_and_functions_are_short():
    for path in SOURCE.parent.glob("*.py"):
        text = path.read_text()
        assert text.count("\n") <= 310, path
        assert max(map(len, text.splitlines())) <= 120, path


def test_it_is_typed():
    assert (SOURCE.parent / "py.typed").exists()


COMMAND = """
import sys, vidgen._cli
vidgen._cli.PROGRAM = sys.argv.pop(1)
vidgen._cli.main()
"""


def test_the_command_is_the_native_program():
    done = support.python(COMMAND, "/bin/echo", "models", "--json")
    assert (done.returncode, done.stdout) == (0, "models --json\n")
    # No library is loaded on the way.
    done = support.python("import sys, vidgen._cli; print(sorted(m for m in sys.modules if 'vidgen' in m))")
    assert done.stdout == "['vidgen', 'vidgen._cli']\n"


def test_a_package_without_its_program_says_so():
    done = support.python(COMMAND, "/nowhere/vidgen")
    assert done.returncode == 1 and "came without its program, /nowhere/vidgen" in done.stderr
