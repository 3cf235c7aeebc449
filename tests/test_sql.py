"""`copydesk sql`: it reads, and can do nothing else; rows come as they are found."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import polars as pl
import pytest

from tests.warehousing import TEXT, ingest
from warehouse.connect import open_warehouse
from warehouse.errors import QueryError
from warehouse.query import open_query, run_query

PROJECT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a root with one article, published."""
    path = tmp_path_factory.mktemp("root") / "warehouse" / "copydesk.duckdb"
    ingest(path, {"a.txt": TEXT})
    with open_warehouse(path) as wh:
        wh.publish()
    return path


def call(path: Path, *args: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Call `copydesk sql` in a process of its own."""
    command = [sys.executable, "-m", "flows.cli", "sql", *args, "--root", str(path.parent.parent)]
    env = {**os.environ, "PYTHONPATH": str(PROJECT)}
    return subprocess.run(command, input=stdin, capture_output=True, text=True, env=env, check=False)  # noqa: S603


REFUSED = [
    "CREATE TABLE mine AS SELECT 1",
    "DELETE FROM documents",
    "COPY documents TO '{folder}/x.csv'",
    "COPY documents TO '{folder}/x.parquet' (FORMAT parquet)",
    "EXPORT DATABASE '{folder}/x'",
    "IMPORT DATABASE '{folder}'",
    "ATTACH '{folder}/x.duckdb'",
    "FROM '{folder}/a.csv'",
    "FROM read_text('{folder}/a.csv')",
    "FROM glob('{folder}/*')",
    "FROM sniff_csv('{folder}/a.csv')",
    "FROM 'https://isle.example/a.parquet'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "CALL dbgen(sf = 0.01)",
    "SET enable_external_access = true",
    "SET temp_directory = '{folder}'",
    "SET lock_configuration = false",
    "RESET lock_configuration",
    "PRAGMA enable_profiling",
    "PRAGMA profiling_output = '{folder}/x'",
    "CALL enable_logging(storage = 'file', storage_path = '{folder}/x')",
    "CREATE PERSISTENT SECRET s (TYPE http, bearer_token 'x')",
    "SELECT getenv('HOME')",
    "FROM path",
    "SELECT 1; COPY documents TO '{folder}/x.csv'",
]


@pytest.mark.parametrize("sql", REFUSED)
def test_queries_can_read_and_nothing_else(path: Path, tmp_path: Path, sql: str) -> None:
    """No writing, no files, no network, no settings, no variables of ours."""
    (tmp_path / "a.csv").write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(QueryError):
        run_query(path, sql.format(folder=tmp_path))
    assert [file.name for file in tmp_path.iterdir()] == ["a.csv"]


def test_rows_come_as_they_are_found(path: Path) -> None:
    """A query without an end gives its first rows, and an error in a late row comes late."""
    with open_query(path, "SELECT range AS n FROM range(1_000_000_000_000)") as result:
        rows = iter(result)
        assert [next(rows) for _ in range(3)] == [(0,), (1,), (2,)]
    late = "SELECT CASE WHEN range < 900_000 THEN 1 ELSE error('late') END FROM range(1_000_000)"
    with pytest.raises(QueryError, match="late"), open_query(path, late) as result:
        assert sum(1 for _ in result)
    assert run_query(path, "FROM range(5)", limit=5).is_cut is False
    assert run_query(path, "FROM range(5)", limit=4).is_cut is True


def test_a_reader_who_goes_stops_the_query(path: Path) -> None:
    """`copydesk sql ... | head`."""
    command = [sys.executable, "-m", "flows.cli", "sql", "FROM range(1_000_000_000_000)", "--csv"]
    env = {**os.environ, "PYTHONPATH": str(PROJECT), "COPYDESK_ROOT": str(path.parent.parent)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env) as child:  # noqa: S603
        assert child.stdout is not None
        assert child.stderr is not None
        assert [child.stdout.readline() for _ in range(3)] == ["range\n", "0\n", "1\n"]
        child.stdout.close()
        assert (child.wait(60), child.stderr.read()) == (0, "")


def test_long_tables_have_one_head(path: Path) -> None:
    """They are written in parts, and look like one."""
    lines = call(path, "SELECT range AS n, 'x' AS letter FROM range(2500)").stdout.splitlines()
    assert len(lines) == 2501
    assert lines[0].split() == ["n", "letter"]
    assert len({line.index("x") for line in lines[1:1001]}) == 1
    assert call(path, "SELECT 1 AS n WHERE false").stdout.split() == ["n"]


def test_parquet(path: Path, tmp_path: Path) -> None:
    """The types are kept; other libraries read it; what fails leaves no file."""
    out = tmp_path / "facts.parquet"
    done = call(path, "SELECT * FROM facts ORDER BY start_offset", "--parquet", "-o", str(out))
    assert (done.returncode, done.stdout) == (0, "")
    assert "rows in" in done.stderr
    frame = pl.read_parquet(out)
    assert frame.height == len(run_query(path, "FROM facts").rows) > 0
    assert frame.schema["start_date"] == pl.Date
    assert frame.schema["number"] == pl.Float64
    failed = tmp_path / "failed.parquet"
    assert call(path, "SELECT no_such FROM facts", "--parquet", "-o", str(failed)).returncode == 1
    late = "SELECT CASE WHEN range < 900_000 THEN 1 ELSE error('too late') END FROM range(1_000_000)"
    done = call(path, late, "--parquet", "-o", str(failed))
    assert (done.returncode, "too late" in done.stderr, "disk" in done.stderr) == (1, True, False)
    assert call(path, "FROM facts", "--parquet").returncode == 2
    assert [file.name for file in tmp_path.iterdir()] == ["facts.parquet"]


def test_from_stdin_as_json(path: Path) -> None:
    """Without a query, and with a dash."""
    for args in ((), ("-",)):
        done = call(path, *args, "--json", stdin="SELECT title FROM articles")
        assert json.loads(done.stdout) == {"title": "Ferry talks resume"}


def test_what_there_is_to_ask(path: Path) -> None:
    """Views first, with what they are; then the columns of one."""
    listed = call(path, ".tables").stdout
    assert listed == call(path, "--tables").stdout
    assert listed.index(" articles ") < listed.index(" asserted_events ") < listed.index(" derivations ")
    assert "articles_as_of(valid_at, known_at)" in listed
    assert "touched" not in listed
    columns = call(path, ".tables articles").stdout
    assert "published_zone" in columns
    wrong = call(path, ".tables nothing")
    assert (wrong.returncode, "no such table" in wrong.stderr) == (1, True)


def test_while_a_writer_holds_the_warehouse(path: Path) -> None:
    """The copy is read: no lock, no waiting."""
    with open_warehouse(path):
        done = call(path, "SELECT count(*) AS n FROM articles", "--csv")
    assert (done.returncode, done.stdout, done.stderr) == (0, "n\n1\n", "")


def test_outside_clients_open_the_copy(path: Path) -> None:
    """A plain DuckDB connection, and frames of polars and Arrow of it."""
    with duckdb.connect(str(path.with_name("copydesk_published.duckdb")), read_only=True) as con:
        assert con.sql("FROM articles").pl().height == 1
        assert con.sql("FROM articles").to_arrow_table().num_rows == 1


def test_pandas_opens_the_copy(path: Path) -> None:
    """Where it is installed: copydesk does without."""
    pandas = pytest.importorskip("pandas")
    with duckdb.connect(str(path.with_name("copydesk_published.duckdb")), read_only=True) as con:
        assert isinstance(con.sql("FROM articles").df(), pandas.DataFrame)
