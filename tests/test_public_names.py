import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import channelsim

ROOT = Path(__file__).parents[1]
HEAVY = {"numpy", "pandas", "numba", "scipy", "matplotlib", "pulp", "mesa", "pydantic", "typer"}


def stub():
    """Return name -> module, as the type checker sees them."""
    tree = ast.parse((ROOT / "channelsim" / "__init__.pyi").read_text("utf-8"))
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    return {alias.asname: node.module for node in imports for alias in node.names}


def test_the_table_and_the_stub_agree():
    names = [name for name in channelsim.__all__ if name != "__version__"]
    assert sorted(names) == sorted(stub())


@pytest.mark.parametrize(("name", "module"), sorted(stub().items()))
def test_every_public_name_is_what_its_module_holds(name, module):
    assert getattr(channelsim, name) is getattr(import_module(module), name)


def test_an_unknown_name_is_refused_with_the_known_ones():
    with pytest.raises(AttributeError, match="channelsim has no 'recomend'; it has .*recommend"):
        _ = channelsim.recomend


def test_names_can_be_listed():
    assert set(dir(channelsim)) >= {"plan", "simulate", "Scenario"}


def in_fresh_python(code):
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout


def test_importing_costs_nothing():
    loaded = set(in_fresh_python("import channelsim, sys; print(*sys.modules)").split())
    assert not loaded & HEAVY
    assert [name for name in loaded if name.startswith("channelsim.")] == []


def test_importing_takes_no_time():
    code = "import time; t = time.perf_counter(); import channelsim; print(time.perf_counter() - t)"
    assert min(float(in_fresh_python(code)) for _ in range(3)) <= 0.1


@pytest.mark.parametrize(
    "code",
    [
        "import channelsim as cs; import channelsim.simulate.run; print(callable(cs.simulate))",
        "import channelsim as cs; cs.compare; print(callable(cs.simulate))",
        "from channelsim import simulate; print(callable(simulate))",
    ],
)
def test_simulate_stays_the_verb_whatever_was_imported(code):
    assert in_fresh_python(code) == "True\n"
