"""The readers' copy: always whole, never locked, and as dear as what changed."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from schemas.domains import ReviewKind, RunStatus
from schemas.tables import TABLES, dtypes_of
from tests.warehousing import NOON, RULESET, TEXT, contents, ingest, make_capture
from warehouse.connect import Warehouse, open_warehouse
from warehouse.files import published_path
from warehouse.publish import _SCOPES, Published
from warehouse.readers import open_readers
from warehouse.records import Fetch, Review, Run
from warehouse.replays import dismiss

OPEN = (
    "import duckdb, sys; con = duckdb.connect(sys.argv[1], read_only=True); print(con.sql('FROM versions').fetchall())"
)


def published(path: Path) -> Published | None:
    """Publish, and hold the copy against the warehouse, row by row."""
    with open_warehouse(path) as wh:
        done = wh.publish()
    assert contents(published_path(path), ()) == contents(path, ())
    assert {file.suffix for file in path.parent.iterdir()} == {".duckdb"}  # nothing that has yet to be put in
    return done


def replaced(path: Path) -> int:
    """Publish, see that rows were replaced and nothing was copied whole, and return their number."""
    done = published(path)
    assert done is not None
    assert not done.is_whole
    return done.rows


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a warehouse with two documents and both generations of its readers' copy, in a folder of their own."""
    path = tmp_path_factory.mktemp("begun") / "w.duckdb"
    for name in ("a.txt", "b.txt"):
        ingest(path, {name: TEXT})
        done = published(path)
        assert done is not None
        assert done.is_whole
    return path.parent


@pytest.fixture
def path(begun: Path, tmp_path: Path) -> Path:
    """Return a warehouse with two documents and both generations of its readers' copy."""
    for number in range(2):
        shutil.copy(begun / f".w_published.{number}.duckdb", tmp_path)
    os.link(tmp_path / ".w_published.1.duckdb", tmp_path / "w_published.duckdb")
    return Path(shutil.copy(begun / "w.duckdb", tmp_path))


def test_what_changed_is_replaced(path: Path) -> None:
    """A new document, a new version: the rows of that document alone are put in, in both generations."""
    ingest(path, {"c.txt": TEXT})
    both = replaced(path)  # b and c: this generation was the one before
    ingest(path, {"a.txt": TEXT.replace("12 per cent", "13 per cent")}, day=1)
    assert replaced(path) > 0
    ingest(path, {"a.txt": TEXT.replace("12 per cent", "14 per cent")}, day=2)
    replaced(path)
    assert both > 50


def test_nothing_new_is_not_published(path: Path) -> None:
    """The file stays the same file."""
    before = published_path(path).stat()
    assert published(path) is None
    assert published_path(path).stat() == before


def run_of(status: RunStatus = RunStatus.COMPLETED) -> Run:
    """Return a run that ended."""
    run = Run.start(started_at=NOON, ruleset=RULESET, orchestrator="direct")
    return run.finish(ended_at=NOON, status=status, counts={}, failures=[])


def decide(wh: Warehouse) -> None:
    """Decide on an edit, and take it back."""
    (row,) = wh.rows("SELECT document_id::VARCHAR AS id FROM documents LIMIT 1")
    made = wh.save_review(
        Review(
            document_id=row["id"],
            kind=ReviewKind.UNDO,
            exact="Ferry",
            prefix="",
            suffix="",
            start=0,
            edit_kind="title",
            rule="head.lines",
            decided_at=NOON,
        )
    )
    wh.withdraw_review(made[:8])


WRITES: dict[str, Callable[[Warehouse], object]] = {
    "run": lambda wh: wh.save_run(run_of()),
    "fetch": lambda wh: wh.save_fetches([Fetch(url="https://isle.example/a", source="isle", checked_at=NOON)]),
    "decision": decide,
    "missing": lambda wh: wh.note_missing("raw", "", lambda _source, path: path != "a.txt", NOON),
    "moved": lambda wh: wh.follow_moves([make_capture(path="z.txt")], lambda _source, path: path == "b.txt"),
    "seen again": lambda wh: wh.touch(wh.plan([make_capture(path="a.txt", day=3)], ruleset=RULESET).unchanged),
    "dismissed": lambda wh: dismiss(wh.connection, [wh.rows("SELECT uuid()::VARCHAR AS id")[0]["id"]], None),
}


@pytest.mark.parametrize("name", WRITES)
def test_every_write_is_published(path: Path, name: str) -> None:
    """Runs, fetches, decisions, names, times: by their own rows."""
    with open_warehouse(path) as wh:
        WRITES[name](wh)
    if name != "dismissed":
        replaced(path)
    published(path)


def test_what_was_only_seen_again_costs_a_row_each(path: Path) -> None:
    """An unchanged folder of many articles does not put their facts in anew."""
    published(path)
    with open_warehouse(path) as wh:
        wh.save_run(run_of())
    replaced(path)
    with open_warehouse(path) as wh:
        wh.touch(wh.plan([make_capture(path="a.txt", day=3)], ruleset=RULESET).unchanged)
    assert replaced(path) == 2 + 1  # the capture, the run that this generation has not seen; sources are copied


def test_every_table_says_how_its_changes_are_found() -> None:
    """By document, or by a key of its own; only the few sources are copied."""
    without = [name for name in TABLES if name not in _SCOPES and "document_id" not in dtypes_of(name)]
    assert without == ["sources"]
    assert set(_SCOPES) <= {*TABLES, "search_passages", "search_terms"}


def test_a_reader_keeps_what_it_has(path: Path) -> None:
    """Another process that holds a generation sees it unchanged; the next is a whole copy, and then again replaced."""
    holder = (
        "import sys; print('open', flush=True); sys.stdin.readline(); print(len(con.sql('FROM documents').fetchall()))"
    )
    command = [sys.executable, "-c", f"{OPEN}; {holder}", str(published_path(path))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:  # noqa: S603
        assert reader.stdout is not None
        while reader.stdout.readline() != "open\n":
            pass
        whole = []
        for number in range(4):
            ingest(path, {f"new{number}.txt": TEXT})
            done = published(path)
            whole.append(done.is_whole if done else None)
        said, _ = reader.communicate("go on\n")
    assert whole == [False, True, False, False]
    assert said == "2\n"


def test_a_reader_in_the_same_process_keeps_what_it_has(path: Path) -> None:
    """Locks do not hold off their own process."""
    with duckdb.connect(str(published_path(path)), read_only=True) as reader:
        for number in range(4):
            ingest(path, {f"new{number}.txt": TEXT})
            with open_warehouse(path) as wh:
                wh.publish()
        assert reader.execute("SELECT count(*) FROM documents").fetchone() == (2,)
    published(path)


def test_views_comments_and_macros_are_there(path: Path) -> None:
    """The copy is queried like the warehouse."""
    sql = "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal ORDER BY ALL"
    with open_warehouse(path) as wh, open_readers(path) as readers:
        assert readers.path == published_path(path)
        assert readers.rows(sql) == wh.rows(sql)
        assert len(readers.rows("FROM facts_as_of(now())")) == len(wh.rows("FROM facts")) > 20


def test_another_schema_is_copied_whole(path: Path) -> None:
    """A generation that has not the tables and views of the warehouse is not gone on with."""
    for number in range(2):
        with open_warehouse(path) as wh:
            wh.connection.execute("UPDATE schema_migrations SET checksum = 'old' WHERE name = 'views'")
        with open_warehouse(path) as wh:
            wh.connection.execute(
                "UPDATE schema_migrations SET checksum = checksum || ? WHERE name = 'views'", [number]
            )
            wh.save_run(run_of())
            done = wh.publish()
        assert done is not None
        assert done.is_whole


def test_a_backup_that_was_put_back_is_not_mixed(path: Path) -> None:
    """The copy was ahead of it: what was never to be is not shown."""
    backup = path.with_name("backup.duckdb")
    shutil.copy(path, backup)
    for number in range(3):
        ingest(path, {f"lost{number}.txt": TEXT})
        published(path)
    backup.replace(path)
    for number in range(5):
        ingest(path, {f"kept{number}.txt": TEXT})
    done = published(path)
    assert done is not None
    assert done.is_whole
    for number in range(2):
        ingest(path, {f"more{number}.txt": TEXT})
        published(path)


def test_a_new_warehouse_in_an_old_place(path: Path) -> None:
    """Somebody took the file away and began anew."""
    path.unlink()
    ingest(path, {"other.txt": TEXT})
    done = published(path)
    assert done is not None
    assert done.is_whole


def test_afresh_leaves_nothing_of_the_old(path: Path) -> None:
    """Neither rows nor the bytes of rows that were taken out."""
    word = "Skarvikholm"
    ingest(path, {"secret.txt": TEXT.replace("Oslo", word)})
    published(path)
    with open_warehouse(path) as wh:
        (document,) = wh.rows("SELECT document_id FROM documents WHERE path = 'secret.txt'")
        for table in TABLES:
            if "document_id" in dtypes_of(table):
                wh.connection.execute(f"DELETE FROM {table} WHERE document_id = ?", [document["document_id"]])  # noqa: S608
        done = wh.publish(afresh=True)
    assert done is not None
    files = [file for file in path.parent.iterdir() if file != path]
    assert len(files) == 2
    assert files[0].samefile(files[1])
    assert word.encode() not in files[0].read_bytes()


@pytest.mark.parametrize("damage", [b"", b"no database", None])
def test_a_damaged_generation_is_made_anew(path: Path, damage: bytes | None) -> None:
    """Cut short, overwritten, or gone."""
    for number in range(2):
        idle = path.with_name(f".w_published.{number}.duckdb")
        if damage is None:
            idle.unlink()
        else:
            idle.unlink()
            idle.write_bytes(damage)
        ingest(path, {f"new{number}.txt": TEXT})
        published(path)


def test_no_links_on_the_disk(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system without hard links gets copies."""

    def refuse(*_: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    for number in range(3):
        ingest(path, {f"new{number}.txt": TEXT})
        published(path)


# Readers, writers, kills ---------------------------------------------------------------------------------------------

WRITER = """
import sys
from pathlib import Path
from tests.warehousing import TEXT, ingest
from warehouse.connect import open_warehouse
print("ready", flush=True)
for number in range(int(sys.argv[2]), 10_000):
    ingest(Path(sys.argv[1]), {f"{number}.txt": TEXT})
    with open_warehouse(sys.argv[1]) as warehouse:
        warehouse.publish()
    print(number, flush=True)
"""


def write(path: Path, first: int) -> subprocess.Popen[str]:
    """Start a process that ingests and publishes, again and again."""
    command = [sys.executable, "-c", WRITER, str(path), str(first)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    return child


def count_whole(path: Path) -> int:
    """Return how many documents a reader finds, each of them whole; no second try is made."""
    with duckdb.connect(str(published_path(path)), read_only=True) as reader:
        rows = reader.execute(
            "SELECT document_id, (SELECT count(*) FROM facts f WHERE f.document_id = d.document_id), "
            "(SELECT count(*) FROM articles a WHERE a.document_id = d.document_id) FROM documents d"
        ).fetchall()
    assert {row[1:] for row in rows} == {(14, 1)}
    return len(rows)


def test_readers_never_meet_a_lock(path: Path) -> None:
    """Any DuckDB client, all through loads, publications and kill -9: a whole state each time, never an older one."""
    seen, first = count_whole(path), 0
    for kill in range(5):
        with write(path, first) as child:
            until = time.monotonic() + random.Random(kill).uniform(0.3, 1.2)  # noqa: S311 - no secret
            while time.monotonic() < until:
                found = count_whole(path)
                assert found >= seen
                seen = found
            child.send_signal(signal.SIGKILL)
        first += 100
        assert count_whole(path) >= seen
    assert seen > 2
    with open_warehouse(path) as wh:
        wh.save_run(run_of())
    published(path)
