"""The README and the pages of docs are true: commands are called, in order, and print what is shown; Python runs."""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
README = (PROJECT / "README.md").read_text(encoding="utf-8")
PAGES = (PROJECT / "docs" / "pages.md").read_text(encoding="utf-8")
SEARCH = (PROJECT / "docs" / "search.md").read_text(encoding="utf-8")
EXPORTS = (PROJECT / "docs" / "exports.md").read_text(encoding="utf-8")
STORIES = (PROJECT / "docs" / "stories.md").read_text(encoding="utf-8")
SITES = (PROJECT / "docs" / "sites.md").read_text(encoding="utf-8")
QUERIES = (PROJECT / "docs" / "queries.md").read_text(encoding="utf-8")
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
OPENED = re.compile(r"^```python\n(import duckdb\n.*?)^```$", re.MULTILINE | re.DOTALL)
TRANSCRIPT = re.compile(r"^```text\n\$ make run\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def commands(page: str = README) -> list[tuple[str, str]]:
    """Return the commands of the console blocks with the output shown below each; lines with ``>`` belong to one."""
    found = []
    for block in CONSOLE.findall(page):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, more, shown = re.findall(r"\A(.*)((?:\n> .*)*)\n([\s\S]*)\Z", part)[0]
            found.append((command + more.replace("\n> ", "\n"), shown))
    return found


def matches(shown: str, printed: str) -> bool:
    """Tell whether an output is the one shown, where ``...`` stands for anything and blank ends do not count."""
    lines = [line.rstrip() for line in shown.strip("\n").splitlines()]
    pattern = "\n".join(re.escape(line).replace(r"\.\.\.", ".*") for line in lines)
    text = "\n".join(line.rstrip() for line in printed.strip("\n").splitlines())
    return re.fullmatch(pattern, text, re.DOTALL) is not None


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a root as in a fresh clone, and a place on the path where `copydesk` is."""
    root = tmp_path_factory.mktemp("clone")
    (root / "raw").mkdir()
    for path in (PROJECT / "raw").glob("*.txt"):
        shutil.copy(path, root / "raw")
    shutil.copytree(PROJECT / "tests" / "pages", root / "tests" / "pages")
    (root / "bin").mkdir()
    program = root / "bin" / "copydesk"
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{PROJECT}" exec "{sys.executable}" -m flows.cli "$@"\n')
    program.chmod(0o755)
    return root


@pytest.mark.parametrize(
    ("page", "least"),
    [(README, 9), (SITES, 7), (PAGES, 2), (QUERIES, 6), (SEARCH, 5), (EXPORTS, 8), (STORIES, 6)],
    ids=["README", "sites", "pages", "queries", "search", "exports", "stories"],
)
def test_commands_print_what_is_shown(folder: Path, page: str, least: int) -> None:
    """In their order, in one root."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("PREFECT", "COPYDESK"))}
    env |= {"PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "PREFECT_HOME": str(folder / "home")}
    assert len(commands(page)) >= least
    for command, shown in commands(page):
        done = subprocess.run(  # noqa: S602 - our own README
            command, shell=True, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
        printed = done.stdout.decode()
        assert matches(shown, printed), f"$ {command}\n{printed}"


@pytest.mark.parametrize(("number", "package"), list(enumerate(["polars", "pyarrow", "pandas"])))
def test_the_published_copy_is_opened_in_three_lines(folder: Path, number: int, package: str) -> None:
    """As frames of polars, tables of Arrow, frames of pandas; each where its package is there."""
    pytest.importorskip(package)
    command = [sys.executable, "-m", "flows.cli", "run", "-q", "raw"]
    subprocess.run(command, cwd=folder, env={**os.environ, "PYTHONPATH": str(PROJECT)}, check=True)  # noqa: S603
    block = OPENED.findall(README)[number]
    assert len(block.split("\n\n", 1)[-1].splitlines()) == 2  # and the import
    name = block.splitlines()[-1].partition(" = ")[0]
    shown = f"{block}print(type({name}).__module__.partition('.')[0], len({name}) > 0)"
    done = subprocess.run([sys.executable, "-c", shown], cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    assert (done.stdout, done.stderr) == (f"{package} True\n", "")


def test_the_transcript_of_make_run_is_what_a_run_prints() -> None:
    """The articles' lines of the transcript are those of `copydesk run` above; only time and place differ."""
    (transcript,) = TRANSCRIPT.findall(README)
    (shown,) = (shown for command, shown in commands() if command == "copydesk run raw")
    assert shown.rpartition("...")[0] in transcript
    assert "raw" in (PROJECT / "Makefile").read_text(encoding="utf-8").partition("copydesk run --prefect")[2][:8]


def test_the_python_of_the_readme_runs() -> None:
    """The library part is a doctest."""
    failed, tried = doctest.testfile(str(PROJECT / "README.md"), module_relative=False)
    assert (failed, tried > 5) == (0, True)


def test_every_command_is_in_the_readme() -> None:
    """And none that does not exist."""
    from flows.cli import COMMANDS  # noqa: PLC0415 - only here

    table = README.partition("## Commands")[2].partition("## Prefect")[0]
    assert all(f"copydesk {name}" in table or f"`{name} " in table for name in COMMANDS)


def test_the_data_dictionary_is_what_the_schemas_say() -> None:
    """`python -c "from schemas.ddl import write_dictionary as w; print(w(), end=str())" > docs/tables.md` makes it."""
    from schemas.ddl import write_dictionary  # noqa: PLC0415 - pandera loads only here

    assert (PROJECT / "docs" / "tables.md").read_text(encoding="utf-8") == write_dictionary()


def test_the_page_of_the_views_is_what_they_say_of_themselves() -> None:
    """`python tools/document_views.py > docs/views.md` makes it."""
    from tools.document_views import write  # noqa: PLC0415 - only here

    assert (PROJECT / "docs" / "views.md").read_text(encoding="utf-8") == write()


def test_the_page_of_the_repairs_is_what_they_say_of_themselves() -> None:
    """`python tools/document_repairs.py > docs/repairs.md` makes it."""
    from tools.document_repairs import write  # noqa: PLC0415 - only here

    assert (PROJECT / "docs" / "repairs.md").read_text(encoding="utf-8") == write()
