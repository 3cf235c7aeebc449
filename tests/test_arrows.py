"""The arrows between the rooms run one way, and nobody loads what he does not use."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("copydesk", "schemas", "warehouse", "flows")
"""Each may use those before it."""
KEPT_OUT = {
    "copydesk": {"prefect", "duckdb", "pandera", "polars", "pyarrow", "pandas", "numpy", "httpx", "click", "rich"},
    "schemas": {"prefect", "duckdb", "pyarrow", "pandas", "numpy", "httpx", "click", "rich"},
    "warehouse": {"prefect", "pyarrow", "pandas", "numpy", "httpx", "click", "rich"},
    "flows": {"pandera", "pandas", "numpy"},
}
MODULES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]


def imports_of(path: Path) -> Iterator[str]:
    """Yield the packages that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} has a relative import"
            yield str(node.module).split(".")[0]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_arrows_run_one_way(path: Path) -> None:
    """Flows -> warehouse -> schemas -> copydesk, and each room keeps out what belongs to the others."""
    room = path.relative_to(ROOT).parts[0]
    later = set(ROOMS[ROOMS.index(room) + 1 :])
    assert set(imports_of(path)).isdisjoint(later | KEPT_OUT[room])


@pytest.mark.parametrize("name", sorted({path.stem for path in MODULES if not path.stem.startswith("__")}))
def test_no_module_bears_the_name_of_another(name: str) -> None:
    """An entrypoint given by path puts its folder first on the path: there, our module would hide the other."""
    assert name not in sys.stdlib_module_names
    found = importlib.util.find_spec(name)
    assert found is None or Path(str(found.origin)).is_relative_to(ROOT)


LIGHT = {
    "import copydesk, copydesk.extract, schemas.domains, warehouse.records, warehouse.rows": {
        *("duckdb", "polars", "pandera", "pyarrow", "numpy", "prefect")
    },
    "import warehouse.connect, warehouse.query, warehouse.reviews": {"polars", "pandera", "pyarrow", "prefect"},
    "import warehouse.check, warehouse.load": {"pyarrow", "prefect", "pytest"},
}


HIDDEN = """
import sys
from importlib.machinery import PathFinder
found = PathFinder.find_spec
PathFinder.find_spec = classmethod(lambda cls, name, *rest: None if name == "pandas" else found(name, *rest))
""".strip()
"""Where pandas is installed pandera loads it, and that loads pyarrow: here it is not installed."""


@pytest.mark.parametrize("statement", LIGHT)
def test_nobody_loads_what_he_does_not_use(statement: str) -> None:
    """Workers need no frames, readers no schemas, and nobody pyarrow: it costs more than it gives."""
    code = f"{HIDDEN}; {statement}; print(' '.join(m for m in sys.modules if '.' not in m))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)  # noqa: S603
    assert LIGHT[statement].isdisjoint(loaded.stdout.split())
