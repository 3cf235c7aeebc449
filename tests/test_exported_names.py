"""The public names of the library: those that are promised, and no others."""

from __future__ import annotations

import subprocess
import sys

import pytest

import copydesk

PUBLIC = ["Article", "CopydeskError", "Document", "Facts", "Options", "Span", "clean", "extract", "read"]


def test_the_public_names_are_those_that_are_promised() -> None:
    """A name that comes or goes is a change for users."""
    assert copydesk.__all__ == PUBLIC
    assert all(getattr(copydesk, name) is not None for name in PUBLIC)


def test_submodules_do_not_hide_public_functions() -> None:
    """``copydesk.extract`` is the function, although a package bears its name."""
    code = "import copydesk.pipeline, copydesk; print(callable(copydesk.extract), callable(copydesk.read))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.split() == ["True", "True"]


def test_an_unknown_name_is_an_attribute_error() -> None:
    """As with any module."""
    with pytest.raises(AttributeError, match="no attribute 'polish'"):
        _ = copydesk.polish  # type: ignore[attr-defined]


def test_help_imports_no_part_of_the_library() -> None:
    """A cold start pays for what is used."""
    code = "import sys, flows.cli; print([m for m in sys.modules if m.partition('.')[0] in HEAVY])".replace(
        "HEAVY", "('copydesk', 'prefect', 'duckdb', 'polars', 'pandera', 'rich')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "[]"
