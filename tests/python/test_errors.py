# SPDX-License-Identifier: Apache-2.0
import ast
import errno
import pickle
import sys
from decimal import Decimal
from pathlib import Path

import pytest
import vidgen
from vidgen import errors

ROWS = sys.modules["vidgen._vidgen"].error_rows
STUB = ast.parse((Path(vidgen.__file__).parent / "errors.pyi").read_text())


def written_out():
    """Class name to base names, as the stub has them."""
    return {node.name: [base.id for base in node.bases] for node in STUB.body if isinstance(node, ast.ClassDef)}


def test_the_stub_has_every_error_of_the_table_with_its_bases():
    stub = written_out()
    made = {errors.class_name(row[0]): [base.__name__ for base in errors.of_code(row[0]).__bases__] for row in ROWS}
    assert made == {name: bases for name, bases in stub.items() if name not in ("Error", "WaitTimeout")}


def test_the_stub_exports_what_there_is():
    listed = next(ast.literal_eval(node.value) for node in STUB.body if isinstance(node, ast.Assign)
                  and node.targets[0].id == "__all__")
    assert listed == errors.__all__


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_each_error_is_a_class_of_its_own(row):
    name, number, retryable, exit_code, meaning = row
    made = getattr(vidgen, errors.class_name(name))
    assert issubclass(made, vidgen.Error)
    assert (made.code, made.number, made.retryable, made.exit_code) == (name, number, retryable, exit_code)
    assert meaning[1:] in made.__doc__
    assert str(made("what to do")) == "what to do"


@pytest.mark.parametrize("name, builtin", [
    ("InvalidArgumentError", ValueError), ("InputError", ValueError), ("PlanImpossibleError", ValueError),
    ("ModelUnknownError", LookupError), ("NotFoundError", LookupError), ("FileMissingError", FileNotFoundError),
    ("NoSpaceError", OSError), ("NetworkError", OSError), ("ReadOnlyError", PermissionError),
    ("NoMemoryError", MemoryError), ("DeadlineError", TimeoutError), ("UnsupportedError", NotImplementedError),
    ("WaitTimeout", TimeoutError),
])
def test_builtin_handlers_catch_them(name, builtin):
    with pytest.raises(builtin):
        raise getattr(vidgen, name)("no")


def test_operating_system_errors_have_their_number():
    assert vidgen.FileMissingError("gone").errno == errno.ENOENT
    assert vidgen.NoSpaceError("full").errno == errno.ENOSPC


def test_the_factory_keeps_everything():
    error = errors._factory("budget", "it costs $3.00", "budget: it costs $3.00 (while planning)", "planning",
                            "replicate", "req_1", 1250000)
    assert type(error) is vidgen.BudgetError
    assert error.cost_so_far == Decimal("1.25")
    assert (error.phase, error.provider, error.request_id) == ("planning", "replicate", "req_1")
    assert error.described.endswith("(while planning)")
    assert errors._factory("budget", "", "", "", "", "", None).cost_so_far is None


def test_an_error_of_a_newer_library_is_an_error_all_the_same():
    error = errors._factory("of_tomorrow", "new", "", "", "", "", None)
    assert type(error) is vidgen.Error and error.code == "of_tomorrow"


@pytest.mark.parametrize("name", ["BudgetError", "FileMissingError", "NoMemoryError", "DeadlineError"])
def test_they_survive_pickling(name):
    error = getattr(vidgen, name)("why", provider="fal", cost_micros=7)
    error.add_note("a note")
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is type(error) and str(back) == "why"
    assert (back.provider, back.cost_micros, back.__notes__) == ("fal", 7, ["a note"])


def test_a_wait_that_ended_says_of_which_job():
    back = pickle.loads(pickle.dumps(vidgen.WaitTimeout("not done", "j1")))
    assert (str(back), back.job) == ("not done", "j1") and not isinstance(back, vidgen.Error)
