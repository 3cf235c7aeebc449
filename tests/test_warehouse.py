"""The warehouse file: its tables, its one writer, and its readers."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from copydesk.errors import InputError
from schemas.base import title_of
from schemas.ddl import sql_type, write_all_ddl, write_dictionary
from schemas.domains import RunStatus
from schemas.tables import TABLES, schema_of
from tests.warehousing import NOON, RULESET, RUN, TEXT, contents, ingest, make_capture, make_rows
from warehouse.check import check_documents
from warehouse.connect import open_warehouse
from warehouse.errors import QueryError, StoreFailed, WarehouseBusy, WarehouseError
from warehouse.integrity import find_problems
from warehouse.migrate import migrate, scripts
from warehouse.query import run_query
from warehouse.records import Failure, Run

HOLD = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1])
print("open", flush=True)
sys.stdin.readline()
connection.close()
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a warehouse that holds one article, to be copied."""
    path = tmp_path_factory.mktemp("made") / "w.duckdb"
    ingest(path, {"ferries.txt": TEXT})
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    """Return the path of a warehouse that holds one article."""
    path = tmp_path / "warehouse" / "w.duckdb"
    path.parent.mkdir()
    shutil.copy(made, path)
    return path


# Tables ------------------------------------------------------------------------------------------------------------


def test_migrations_make_what_the_models_describe(tmp_path: Path) -> None:
    """Columns, their order, types, NULLs and comments of a fresh database are those of the schemas."""
    described = [
        (table, name, sql_type(table, name), column.nullable, column.description)
        for table in TABLES
        for name, column in schema_of(table).columns.items()
    ]
    with open_warehouse(tmp_path / "w.duckdb") as wh:
        made = wh.connection.execute(
            "SELECT table_name, column_name, data_type, is_nullable, c.comment FROM duckdb_columns() c "
            "JOIN duckdb_tables() t USING (table_name) WHERE NOT t.internal "
            "AND table_name NOT IN ('schema_migrations', 'touched') AND NOT starts_with(table_name, 'search_') "
            "ORDER BY table_name, column_index"
        ).fetchall()
        comments = dict(wh.connection.execute("SELECT table_name, comment FROM duckdb_tables()").fetchall())
    assert made == sorted(described, key=lambda row: row[0])
    assert {table: comments[table] for table in TABLES} == {table: title_of(TABLES[table]) for table in TABLES}


def test_every_view_has_a_comment(path: Path) -> None:
    """Analysts find out what a view shows where they are."""
    sql = "SELECT view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL"
    assert run_query(path, sql).rows == ()


def test_every_column_and_function_has_a_comment(path: Path) -> None:
    """Those of views, too: by the table that they are taken from, or by views/columns.tsv."""
    columns = "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL"
    assert [row for row in run_query(path, columns).rows if row[0] != "schema_migrations"] == []
    functions = "SELECT function_name FROM duckdb_functions() WHERE NOT internal AND comment IS NULL"
    assert run_query(path, functions).rows == ()
    words = "SELECT comment FROM duckdb_columns() WHERE (table_name, column_name) = (?, ?)"
    with open_warehouse(path) as wh:
        assert wh.rows(words, ["current_dates", "value"]) == wh.rows(words, ["dates", "value"])
        assert wh.rows(words, ["facts", "subject"]) != wh.rows(words, ["dates", "value"])


def test_migrations_run_once_and_are_recorded(tmp_path: Path) -> None:
    """Opening again changes nothing; the record says what was applied, by its checksum."""
    with open_warehouse(tmp_path / "w.duckdb") as wh:
        rows = wh.rows("SELECT name, length(checksum) AS n FROM schema_migrations ORDER BY name")
        assert rows == [{"name": name, "n": 64} for name in (*scripts("migrations"), "views")]
        assert migrate(wh.connection, wh.path) == []


def test_changed_views_are_made_again(path: Path) -> None:
    """Views hold no rows: a newer text replaces them by itself."""
    with open_warehouse(path) as wh:
        wh.connection.execute("CREATE OR REPLACE VIEW articles AS SELECT 1 AS old")
        wh.connection.execute("UPDATE schema_migrations SET checksum = 'old' WHERE name = 'views'")
    with open_warehouse(path) as wh:
        assert wh.rows("SELECT title FROM articles") == [{"title": "Ferry talks resume"}]


def test_a_warehouse_of_a_newer_program_is_left_alone(path: Path) -> None:
    """Tables that this program does not know are not written to."""
    with open_warehouse(path) as wh:
        wh.connection.execute("INSERT INTO schema_migrations VALUES ('0999_later.sql', 'x', now())")
    with (
        pytest.raises(WarehouseError, match=r"migration 0999_later\.sql, which this program does not know"),
        open_warehouse(path),
    ):
        pass


def test_the_dictionary_names_every_column_and_rule() -> None:
    """What the models describe can be read without Python."""
    text = write_dictionary()
    for table in TABLES:
        assert f"\n## {table}\n" in text
        for name, column in schema_of(table).columns.items():
            assert f"| {name} | {sql_type(table, name)} |" in text
            assert column.description
    assert "- `evidence_is_text`: The words are not those" in text


def test_no_column_has_a_name_that_sql_keeps() -> None:
    """Every column can be named without quotes, and the DDL runs."""
    con = duckdb.connect()
    con.execute(write_all_ddl())
    for table in TABLES:
        con.execute(f"SELECT {', '.join(schema_of(table).columns)} FROM {table}")  # noqa: S608 - our own names
    con.close()


# Loading -----------------------------------------------------------------------------------------------------------


def test_all_kinds_of_rows_arrive(path: Path) -> None:
    """Each table of the batch has what was put in, and the whole holds together."""
    with open_warehouse(path) as wh:
        assert wh.rows("SELECT kind, count(*) AS n FROM facts GROUP BY 1 ORDER BY 1") == [
            {"kind": "claim", "n": 1},
            {"kind": "date", "n": 3},
            {"kind": "event", "n": 1},
            {"kind": "mention", "n": 5},
            {"kind": "officeholder", "n": 1},
            {"kind": "quantity", "n": 1},
            {"kind": "quote", "n": 1},
            {"kind": "relation", "n": 1},
        ]
        assert wh.rows("SELECT actors, targets FROM asserted_events") == [
            {"actors": "country:NOR", "targets": "country:DNK"}
        ]
        (article,) = wh.rows("SELECT title, text, published_local, published_at FROM articles")
        assert article["text"].startswith("Norway and Denmark met in Oslo")
        assert article["published_at"] is None
        assert list(find_problems(wh.connection)) == []


def test_the_same_input_again_changes_no_row(path: Path) -> None:
    """Neither through the plan, nor when the very same batch is loaded twice."""
    before = contents(path, leave_out=())
    plan, result = ingest(path, {"ferries.txt": TEXT})
    assert (plan.work, len(result.unchanged), result.counts) == ((), 1, {})
    assert contents(path, leave_out=()) == before
    with open_warehouse(path) as wh:
        plan = wh.plan([make_capture()], ruleset="other")
        rows = [make_rows(planned, ruleset="other") for planned in plan.work]
        batch = check_documents(rows, ruleset="other", run_id=RUN)
        wh.load(batch)
    twice = contents(path, leave_out=())
    with open_warehouse(path) as wh:
        assert wh.load(batch).counts == {}
    assert contents(path, leave_out=()) == twice


def test_only_the_time_moves_when_the_same_bytes_come_later(path: Path) -> None:
    """The one thing that is new is when they were last seen."""
    before = contents(path)
    ingest(path, {"ferries.txt": TEXT}, day=3)
    assert contents(path) == before
    with open_warehouse(path) as wh:
        assert wh.rows("SELECT last_seen_at - captured_at AS age FROM captures") == [{"age": timedelta(days=3)}]


def test_the_same_rows_in_whatever_batches(tmp_path: Path) -> None:
    """Documents do not know of each other: together or apart, in any order."""
    texts = {f"{n}.txt": TEXT.replace("Ferry", f"Ferry {n}") for n in range(4)}
    together, apart = tmp_path / "a.duckdb", tmp_path / "b.duckdb"
    ingest(together, texts)
    for name in reversed(texts):
        ingest(apart, {name: texts[name]})
    assert contents(together) == contents(apart)


def test_rows_that_differ_under_the_same_ids_replace_the_old(path: Path) -> None:
    """A derivation is taken out and put in as a whole; nothing of it is left twice."""
    with open_warehouse(path) as wh:
        wh.connection.execute("UPDATE derivations SET rows_sha256 = repeat('0', 64)")
        wh.connection.execute("UPDATE mentions SET surface = 'wrong'")
        wh.connection.execute("DELETE FROM dates")
        (planned,) = wh.plan([make_capture()], ruleset="none").work
        wh.load(check_documents([make_rows(planned)], ruleset=RULESET, run_id=RUN))
        assert wh.rows("SELECT count(*) AS n FROM mentions WHERE surface <> 'wrong'") == [{"n": 5}]
        assert wh.rows("SELECT count(*) AS n FROM dates") == [{"n": 3}]
        assert list(find_problems(wh.connection)) == []


def test_a_load_that_fails_leaves_nothing(path: Path) -> None:
    """All of a batch, or none of it."""
    before = contents(path)
    with open_warehouse(path) as wh:
        (planned,) = wh.plan([make_capture(TEXT + "More.", day=1)], ruleset=RULESET).work
        batch = check_documents([make_rows(planned, TEXT + "More.")], ruleset=RULESET, run_id=RUN)
        wh.connection.execute("ALTER TABLE paragraphs RENAME COLUMN ordinal TO number")
        with pytest.raises(duckdb.Error):
            wh.load(batch)
        wh.connection.execute("ALTER TABLE paragraphs RENAME COLUMN number TO ordinal")
    assert contents(path) == before


def test_failures_are_captures_that_say_why(path: Path) -> None:
    """They are tried again, and accepted when the text can be read."""
    capture = make_capture("gibberish", "broken.txt")
    for _ in range(2):
        with open_warehouse(path) as wh:
            (planned,) = wh.plan([capture], ruleset=RULESET).work
            failure = Failure.of(planned, InputError("this is not text.", advice="Look at it."))
            assert wh.load(check_documents([], failures=[failure], ruleset=RULESET, run_id=RUN)).unchanged == ()
            rows = wh.rows("SELECT status, reason FROM captures WHERE version_id IS NULL")
            assert rows == [{"status": "failed", "reason": "InputError: this is not text. Look at it."}]
    with open_warehouse(path) as wh:
        (planned,) = wh.plan([capture], ruleset=RULESET).work
        wh.load(check_documents([make_rows(planned)], ruleset=RULESET, run_id=RUN))
        assert wh.rows("SELECT count(*) AS n FROM captures WHERE status = 'accepted'") == [{"n": 2}]
        assert wh.rows("SELECT count(*) AS n FROM articles") == [{"n": 2}]
        assert list(find_problems(wh.connection)) == []


def test_a_batch_holds_one_capture_of_a_document(path: Path) -> None:
    """The second one's ids depend on what becomes of the first."""
    captures = [make_capture(TEXT + "1", day=1), make_capture(TEXT + "2", day=2)]
    with open_warehouse(path) as wh:
        plan = wh.plan(captures, ruleset=RULESET)
    assert ([p.capture for p in plan.work], list(plan.later)) == (captures[:1], captures[1:])
    rows = make_rows(plan.work[0], TEXT + "1")
    with pytest.raises(ValueError, match="one capture of a document"):
        check_documents([rows, rows], ruleset=RULESET, run_id=RUN)


def test_a_plan_that_was_overtaken_is_told_and_left_out(path: Path) -> None:
    """When another run loads a newer capture in between, the ids of the batch are not right any more."""
    with open_warehouse(path) as wh:
        (planned,) = wh.plan([make_capture(TEXT + "slow", day=5)], ruleset=RULESET).work
    ingest(path, {"ferries.txt": TEXT + "quick"}, day=4)
    before = contents(path)
    with open_warehouse(path) as wh:
        result = wh.load(check_documents([make_rows(planned, TEXT + "slow")], ruleset=RULESET, run_id=RUN))
    assert (result.stale, result.counts) == ((planned.document_id,), {})
    assert contents(path) == before


def test_runs_are_written_down_and_finished(path: Path) -> None:
    """One row a run, with what it did and what failed."""
    run = Run.start(started_at=NOON, ruleset=RULESET, orchestrator="direct")
    done = run.finish(
        ended_at=NOON + timedelta(seconds=2),
        status=RunStatus.COMPLETED,
        counts={"documents": 3},
        failures=[Failure("a.txt", "EmptyInput", "it is empty.")],
    )
    with open_warehouse(path) as wh:
        wh.save_run(run)
        wh.save_run(done)
        (row,) = wh.rows("SELECT status, counts->>'documents' AS n, failures->0->>'source' AS failed FROM runs")
    assert row == {"status": "completed", "n": "3", "failed": "a.txt"}


DAMAGE = {
    ("mentions", "entity_id is not in entities"): "DELETE FROM entities WHERE entity_id = 'org:g7'",
    ("mentions", "the words are not those of the text"): "UPDATE mentions SET evidence = 'x' WHERE surface = 'G7'",
    ("dates", "two rows have one fact_id"): "INSERT INTO dates SELECT * FROM dates LIMIT 1",
    ("versions", "a document has not exactly one current version"): "UPDATE versions SET is_current = false",
    ("derivations", "the edits do not turn the base text into the clean text"): "DELETE FROM edits WHERE seq = 1",
    ("derivations", "a derivation has no body"): "DELETE FROM fields WHERE field = 'body'",
}


@pytest.mark.parametrize("problem", DAMAGE)
def test_integrity_finds_what_is_wrong(path: Path, problem: tuple[str, str]) -> None:
    """Each sort of damage is named with its table."""
    with open_warehouse(path) as wh:
        wh.connection.execute(DAMAGE[problem])
        assert problem in [found[:2] for found in find_problems(wh.connection)]


# One writer --------------------------------------------------------------------------------------------------------


@pytest.fixture
def holder(path: Path) -> subprocess.Popen[str]:
    """Return another process that has the warehouse open, until it reads a line."""
    process = subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    return process


def test_a_second_writer_is_told_who_holds_the_warehouse(path: Path, holder: subprocess.Popen[str]) -> None:
    """By process id, and it may try again."""
    with (
        pytest.raises(WarehouseBusy, match=f"process {holder.pid} holds the warehouse") as told,
        open_warehouse(path, wait=0),
    ):
        pass
    assert (told.value.pid, told.value.is_transient) == (holder.pid, True)
    holder.communicate("\n")


def test_a_second_writer_waits(path: Path, holder: subprocess.Popen[str]) -> None:
    """When the other is done in time, nothing is said."""
    assert holder.stdin is not None
    with pytest.raises(WarehouseBusy), open_warehouse(path, wait=0):
        pass
    holder.stdin.write("\n")
    holder.stdin.flush()
    with open_warehouse(path, wait=30) as wh:
        assert wh.rows("SELECT count(*) AS n FROM articles") == [{"n": 1}]
    holder.communicate()


def test_since_when_is_said_when_it_is_known(path: Path, holder: subprocess.Popen[str]) -> None:
    """A writer of ours leaves a note beside the file, and takes it away."""
    note = path.with_name(path.name + ".writer")
    note.write_text(f'{{"pid": {holder.pid}, "since": "2026-03-01T12:00:00+00:00"}}', encoding="utf-8")
    with pytest.raises(WarehouseBusy, match=r"since 2026-03-01 12:00:00 UTC"), open_warehouse(path, wait=0):
        pass
    note.write_text("{", encoding="utf-8")
    with pytest.raises(WarehouseBusy) as told, open_warehouse(path, wait=0):
        pass
    assert told.value.since is None
    holder.communicate("\n")
    with open_warehouse(path):
        assert note.exists()
    assert not note.exists()


def test_what_is_no_warehouse_is_told(tmp_path: Path) -> None:
    """A missing file, a file of another sort, and a place that cannot be written to."""
    with pytest.raises(WarehouseError, match="there is no warehouse"), open_warehouse(tmp_path / "no", read_only=True):
        pass
    other = tmp_path / "other.duckdb"
    other.write_text("not a database at all, but long enough to be looked at" * 100, encoding="utf-8")
    with pytest.raises(WarehouseError, match="no DuckDB file"), open_warehouse(other):
        pass
    foreign = tmp_path / "foreign.duckdb"
    with duckdb.connect(str(foreign)) as connection:
        connection.execute("CREATE TABLE runs (number INTEGER)")
    for read_only in (False, True):
        opening = open_warehouse(foreign, read_only=read_only)
        with pytest.raises(WarehouseError, match="no warehouse of copydesk"), opening:
            pass
    empty = tmp_path / "empty.duckdb"
    duckdb.connect(str(empty)).close()
    with pytest.raises(WarehouseError, match="no run has made its tables"), open_warehouse(empty, read_only=True):
        pass
    with pytest.raises(StoreFailed, match="Make room on the disk"), open_warehouse(other / "below" / "w.duckdb"):
        pass


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (duckdb.TransactionException("Failed to commit: Could not write file: No space left on device"), StoreFailed),
        (duckdb.InterruptException("Interrupted!"), KeyboardInterrupt),
        (RuntimeError("Query interrupted"), KeyboardInterrupt),
    ],
)
def test_what_duckdb_says_of_a_full_disk_and_of_ctrl_c_is_understood(
    path: Path, error: Exception, expected: type[BaseException]
) -> None:
    """A commit that finds no room is the disk's failure; an interrupted query is the user's wish."""
    with pytest.raises(expected), open_warehouse(path):
        raise error


# Readers -----------------------------------------------------------------------------------------------------------


def test_readers_get_answers(path: Path) -> None:
    """Columns, types and rows; more than was asked for is said to be cut."""
    answer = run_query(path, "SELECT title, words FROM articles")
    assert (answer.columns, answer.rows, answer.is_cut) == (("title", "words"), (("Ferry talks resume", 33),), False)
    assert run_query(path, "SELECT * FROM facts", limit=3).is_cut
    assert len(run_query(path, "SELECT * FROM facts", limit=3).rows) == 3


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('{here}')",
        "COPY articles TO '{here}.csv'",
        "EXPORT DATABASE '{here}.out'",
        "ATTACH '{here}.other' AS other",
        "INSTALL httpfs",
        "SELECT * FROM 'https://example.org/a.parquet'",
        "SET enable_external_access = true",
        "RESET enable_external_access",
        "DELETE FROM articles",
        "DELETE FROM documents",
        "CREATE TABLE mine (a INTEGER)",
        "SELECT nothing",
        "SELECT * FROM path",
        "",
    ],
)
def test_readers_reach_no_file_no_network_and_no_row(path: Path, sql: str) -> None:
    """Whatever is asked, the warehouse and the folder are as they were."""
    before = sorted(path.parent.iterdir())
    with pytest.raises(QueryError):
        run_query(path, sql.format(here=path))
    assert sorted(path.parent.iterdir()) == before
    assert run_query(path, "SELECT count(*) FROM documents").rows == ((1,),)


def test_touching_is_what_a_load_without_work_does(path: Path) -> None:
    """Only the time moves, and neither frames nor schemas are needed for it."""
    before = contents(path)
    with open_warehouse(path) as wh:
        wh.touch(wh.plan([make_capture(day=2)], ruleset=RULESET).unchanged)
        assert wh.rows("SELECT last_seen_at FROM captures") == [{"last_seen_at": NOON + timedelta(days=2)}]
    assert contents(path) == before


def test_frames_come_back_with_their_types(path: Path) -> None:
    """For those who go on with polars."""
    with open_warehouse(path, read_only=True) as wh:
        frame = wh.frame("SELECT a.title, words, start_date FROM articles a, asserted_events")
    assert frame.rows() == [("Ferry talks resume", 33, date(2026, 2, 26))]
