"""What is forgotten is gone: from every table, from every file, also from the free blocks that DuckDB leaves."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

from flows.cli import copydesk as command
from flows.landing import store_path
from flows.roots import Root
from flows.steps import ingest_paths
from tests.warehousing import contents
from warehouse.connect import open_warehouse
from warehouse.errors import StoreFailed
from warehouse.files import files_of
from warehouse.integrity import find_problems

RARE = "Xylovar"
"""A name that stands in the article that is forgotten, and nowhere else."""
TEXT = f"""{RARE} Quay reopens

Published: 4 March 2026

The old quay of {RARE} was opened again on Monday, said Qwendolyn Zarkov, who runs the ferry. Traffic rose by 12 per
cent in 2025. “We of {RARE} waited for years,” said Qwendolyn Zarkov. Norway and Denmark met in Oslo.
"""
OTHER = (
    "Harbour fees\n\nPublished: 5 March 2026\n\nThe fees go up by 5 per cent, Norway said on Tuesday. Denmark agreed.\n"
)
COMMENTS = """
SELECT table_name, column_name, comment, data_type, is_nullable FROM duckdb_columns() WHERE NOT internal ORDER BY ALL
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a root with two articles, of which one is a secret with two versions and a failure."""
    root = Root.find(tmp_path_factory.mktemp("made"))
    root.make()
    (root.raw / "fees.txt").write_text(OTHER, encoding="utf-8")
    secret = root.raw / f"{RARE}.txt"
    no_text = b"\x00\x01" + RARE.encode() + bytes(range(256)) * 20
    for data in (TEXT.encode(), TEXT.replace("12 per", "13 per").encode(), no_text):
        secret.write_bytes(data)
        ingest_paths([str(root.raw)], root)
    return root.path


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Root:
    """Return a root of its own."""
    return Root.find(shutil.copytree(made, tmp_path / "root"))


def call(root: Root, *words: str) -> Result:
    """Call `copydesk forget`."""
    return CliRunner().invoke(command, ["forget", *words, "--root", str(root.path)])


def holders(root: Root, word: str = RARE) -> set[str]:
    """Return the files of a root, but for what people dropped in, of which the bytes or the name hold a word."""
    kept = (path for path in root.path.rglob("*") if path.is_file() and path.parent != root.raw)
    return {path.name for path in kept if word.encode() in path.read_bytes() or word in path.name}


def rows_with(path: Path, word: str) -> Mapping[str, int]:
    """Return by table how many rows hold a word in any column."""
    with duckdb.connect(str(path), read_only=True) as connection:
        tables = [name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        sql = "SELECT count(*) FROM {0} WHERE contains({0}::VARCHAR, ?)"
        found = {name: connection.execute(sql.format(name), [word]).fetchone() for name in tables}
    return {name: row[0] for name, row in found.items() if row and row[0]}


def the_id(root: Root) -> str:
    """Return the id of the secret document."""
    with open_warehouse(root.warehouse, read_only=True) as wh:
        return str(wh.rows("SELECT document_id::VARCHAR AS id FROM documents WHERE path LIKE ?", [f"{RARE}%"])[0]["id"])


def digests(root: Root, path: str) -> list[str]:
    """Return the SHA-256 of the bytes of a document."""
    sql = "SELECT DISTINCT sha256 FROM captures JOIN documents USING (document_id) WHERE path = ?"
    with open_warehouse(root.warehouse, read_only=True) as wh:
        return [row["sha256"] for row in wh.rows(sql, [path])]


def test_nothing_is_left(root: Root) -> None:
    """In no table and in no byte of a file; and what others wrote is as it was."""
    document = the_id(root)
    published = files_of(root.warehouse).current
    shutil.copy(published, published.with_name(f".{published.stem}.0.duckdb.part"))  # of one that was killed
    assert {root.warehouse.name, published.name} < holders(root)
    assert rows_with(root.warehouse, RARE).keys() >= {"documents", "derivations", "mentions", "runs", "paragraphs"}
    assert len(digests(root, f"{RARE}.txt")) == 3
    run = call(root, f"{RARE}.txt", "--yes")
    assert (run.exit_code, "forgotten: " in run.stdout, "3 in raw/store" in run.stdout) == (0, True, True)
    assert holders(root) == holders(root, "Qwendolyn") == holders(root, "Zarkov") == set()
    assert sorted(path.name for path in root.warehouse.parent.iterdir() if path.suffix != ".duckdb") == []
    for path in (root.warehouse, published):
        for word in (RARE, RARE.lower(), "zarkov", document):
            assert rows_with(path, word) == {}
    with open_warehouse(root.warehouse) as wh:
        assert not list(find_problems(wh.connection))
        assert [row["path"] for row in wh.rows("SELECT path FROM articles")] == ["fees.txt"]
        assert wh.rows("SELECT name FROM entities WHERE entity_id = 'country:NOR'") == [{"name": "Norway"}]
    assert all(store_path(digest, root).is_file() for digest in digests(root, "fees.txt"))


def test_the_file_is_rewritten_since_deleting_leaves_the_bytes(root: Root) -> None:
    """What is deleted stays in DuckDB's free blocks, after a checkpoint too: the reason for all the copying."""
    with open_warehouse(root.warehouse) as wh:
        wh.connection.execute("DELETE FROM derivations WHERE title LIKE ?", [f"{RARE}%"])
        wh.connection.execute("FORCE CHECKPOINT")
    assert rows_with(root.warehouse, RARE).get("derivations") is None
    assert root.warehouse.name in holders(root)


def test_the_rest_of_the_file_is_what_it_was(root: Root) -> None:
    """Tables, views, macros and comments; tables that people made; the rows of the others."""
    with open_warehouse(root.warehouse) as wh:
        wh.connection.execute("CREATE TABLE notes AS SELECT document_id, title AS note FROM articles")
        wh.connection.execute("COMMENT ON COLUMN notes.note IS 'what I think'")
        before = wh.connection.execute(COMMENTS).fetchall()
        fees = wh.rows("SELECT * FROM facts_as_of(now()) WHERE path = 'fees.txt' ORDER BY fact_id")
    root.warehouse.chmod(0o640)
    assert call(root, the_id(root)[:8], "--yes").exit_code == 0
    assert root.warehouse.stat().st_mode & 0o777 == 0o640
    with open_warehouse(root.warehouse) as wh:
        assert wh.connection.execute(COMMENTS).fetchall() == before
        assert wh.rows("SELECT note FROM notes") == [{"note": "Harbour fees"}]
        assert wh.rows("SELECT * FROM facts_as_of(now()) ORDER BY fact_id") == fees
        assert "raw" in {row["name"] for row in wh.rows("SELECT name FROM sources")}


def test_the_log_keeps_when_and_how_many(root: Root) -> None:
    """Nothing else."""
    call(root, the_id(root), "--yes")
    with open_warehouse(root.warehouse, read_only=True) as wh:
        runs = wh.rows(
            "SELECT status, counts::VARCHAR AS counts, failures::VARCHAR AS failures FROM runs ORDER BY started_at"
        )
    assert runs[-1] == {"status": "completed", "counts": '{"forgotten": 1}', "failures": "[]"}
    assert [json.loads(run["failures"]) for run in runs] == [[]] * 4


def test_bytes_that_others_have_stay(root: Root) -> None:
    """And their documents are untouched; the last one takes the bytes along."""
    (root.raw / "copy.txt").write_text(OTHER, encoding="utf-8")
    ingest_paths([str(root.raw / "copy.txt")], root)
    (digest,) = digests(root, "copy.txt")
    assert "0 in raw/store; 1 stay, since other documents have them" in call(root, "copy.txt", "--yes").stdout
    assert store_path(digest, root).is_file()
    call(root, "fees.txt", "--yes")
    assert not store_path(digest, root).exists()


def test_trying_it_out_changes_nothing(root: Root) -> None:
    """The report is the same, and JSON where it is asked for."""
    before, held = contents(root.warehouse), holders(root)
    run = call(root, f"{RARE}.txt", "--dry-run", "--json")
    tried = json.loads(run.stdout)
    assert (contents(root.warehouse), holders(root)) == (before, held)
    done = json.loads(call(root, f"{RARE}.txt", "--yes", "--json").stdout)
    assert tried | {"is_dry": False} == done
    assert (done["rows"]["documents"], done["rows"]["versions"], len(done["bytes"])) == (1, 2, 3)


def test_nothing_goes_without_a_yes(root: Root) -> None:
    """Where nobody can be asked it is an error."""
    run = call(root, f"{RARE}.txt")
    assert (run.exit_code, "nobody to ask" in run.stderr) == (2, True)
    assert root.warehouse.name in holders(root)


@pytest.mark.parametrize("name", ["nothing.txt", "https://isle.example/a", "ffff", "f", "%", ""])
def test_a_name_of_nothing_is_told(root: Root, name: str) -> None:
    """And nothing is forgotten, of the others neither."""
    run = call(root, "fees.txt", name, "--yes")
    assert (run.exit_code, type(run.exception).__name__) == (1, "WarehouseError")
    assert digests(root, "fees.txt")


def test_documents_are_named_in_several_ways(root: Root) -> None:
    """By an id's beginning, by the path in the source, by the path of the file; twice is once."""
    ways = (the_id(root)[:8], f"{RARE}.txt", str(root.raw / f"{RARE}.txt"))
    assert len(json.loads(call(root, *ways, "--dry-run", "--json").stdout)["documents"]) == 1
    assert len(json.loads(call(root, *ways, "fees.txt", "--dry-run", "--json").stdout)["documents"]) == 2


def test_an_address_takes_what_its_server_said_along(root: Root) -> None:
    """The next run of its source asks for it as if for the first time."""
    with open_warehouse(root.warehouse) as wh:
        wh.connection.execute(
            "UPDATE documents SET path = NULL, former_paths = [path], url = ? WHERE path LIKE ?",
            ["https://isle.example/x", f"{RARE}%"],
        )
        for url, reason in (("https://isle.example/x", RARE), ("https://isle.example/y", None)):
            sql = "INSERT INTO fetches (url, source, checked_at, reason) VALUES (?, 'web', now(), ?)"
            wh.connection.execute(sql, [url, reason])
    run = call(root, "https://isle.example/x", "--yes")
    assert "if a source still leads there" in run.stderr
    assert holders(root) == holders(root, "isle.example/x") == set()
    with open_warehouse(root.warehouse, read_only=True) as wh:
        assert wh.rows("SELECT url FROM fetches") == [{"url": "https://isle.example/y"}]


def test_it_comes_back_only_when_it_is_ingested_again(root: Root) -> None:
    """As a new document, in its first version."""
    document = the_id(root)
    (root.raw / f"{RARE}.txt").write_text(TEXT, encoding="utf-8")
    run = call(root, document, "--yes")
    assert f"the next run takes it in again: {root.raw / f'{RARE}.txt'}" in run.stderr
    ingest_paths([str(root.raw / "fees.txt")], root)
    assert holders(root) == set()
    ingest_paths([str(root.raw)], root)
    with open_warehouse(root.warehouse, read_only=True) as wh:
        found = wh.rows("SELECT change_class FROM changes WHERE document_id = ?::UUID", [document])
    assert found == [{"change_class": "first"}]
    with open_warehouse(files_of(root.warehouse).current, read_only=True) as wh:
        assert wh.rows("SELECT count(*) AS n FROM articles") == [{"n": 2}]


@pytest.mark.parametrize("step", ["_copy", "_take_out", "publish"])
def test_what_breaks_off_can_be_called_again(root: Root, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Until the last step the document is there, with its bytes."""
    import warehouse.forget as module  # noqa: PLC0415 - to be broken

    made = getattr(module, step)
    calls = []

    def break_off(*values: object, **names: object) -> object:
        calls.append(step)
        if len(calls) == (1 if step == "publish" else 2):
            raise StoreFailed("the disk is full.")
        return made(*values, **names)

    before = contents(root.warehouse)
    monkeypatch.setattr(module, step, break_off)
    assert call(root, f"{RARE}.txt", "--yes").exit_code == 1
    monkeypatch.undo()
    assert contents(root.warehouse) == before
    assert all(store_path(digest, root).is_file() for digest in digests(root, f"{RARE}.txt"))
    assert not [path for path in root.warehouse.parent.iterdir() if path.name.endswith((".work", ".fresh", ".wal"))]
    assert call(root, f"{RARE}.txt", "--yes").exit_code == 0
    assert holders(root) == set()


WRITER = """
import sys, time
from warehouse.connect import open_warehouse
for number in range(1000):
    with open_warehouse(sys.argv[1]) as wh:
        wh.connection.execute("INSERT INTO notes VALUES (?)", [number])
    print(number, flush=True)
"""


@pytest.fixture
def writer(root: Root) -> Iterator[subprocess.Popen[str]]:
    """Start a process that writes to the warehouse again and again."""
    with open_warehouse(root.warehouse) as wh:
        wh.connection.execute("CREATE TABLE notes (number BIGINT)")
    words = [sys.executable, "-c", WRITER, str(root.warehouse)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own
        yield process
        process.kill()


def test_who_writes_meanwhile_loses_nothing(root: Root, writer: subprocess.Popen[str]) -> None:
    """Whoever waits for the file gets the new one."""
    assert writer.stdout is not None
    writer.stdout.readline()
    document = the_id(root)
    for _ in range(3):
        run = CliRunner().invoke(command, ["forget", document, "--yes", "--root", str(root.path)])
        assert run.exit_code in (0, 1)  # 1: it is forgotten already
    time.sleep(0.2)
    writer.kill()
    written = [int(line) for line in writer.stdout.read().split()]
    with open_warehouse(root.warehouse) as wh:
        found = {row["number"] for row in wh.rows("SELECT number FROM notes")}
        assert set(written) <= found
        assert wh.rows("SELECT path FROM documents") == [{"path": "fees.txt"}]


_WAITS = """
INSERT INTO quarantine BY NAME SELECT $id::UUID AS quarantine_id, 'mentions' AS table_name, $id AS row_key,
    'made' AS rule, 'made' AS message, []::VARCHAR[] AS columns, true AS is_stopped, $row AS row_json,
    $parent::UUID AS blocked_by, $document::UUID AS document_id, 'r' AS ruleset, 'waiting' AS status, uuid() AS run_id
"""


def test_what_waits_for_others_goes_when_nobody_else_waits_for_it(root: Root) -> None:
    """A row of quarantine that names no document, as one of entities, belongs to those that it blocks."""
    ids = [f"00000000-0000-8000-8000-00000000000{number}" for number in range(5)]
    own, shared, first, second, third = ids
    with open_warehouse(root.warehouse) as wh:
        (other,) = (
            str(row["id"]) for row in wh.rows("SELECT document_id AS id FROM documents WHERE path = 'fees.txt'")
        )
        secret = str(wh.rows("SELECT document_id AS id FROM documents WHERE path <> 'fees.txt'")[0]["id"])
        waiting = ((own, None, None), (shared, None, None), (first, own, secret), (second, shared, secret))
        for entry, parent, document in (*waiting, (third, shared, other)):
            row = json.dumps({"name": RARE if entry != shared and document != other else "shared"})
            wh.connection.execute(_WAITS, {"id": entry, "row": row, "parent": parent, "document": document})
    assert call(root, secret, "--yes").exit_code == 0
    assert holders(root) == set()
    with open_warehouse(root.warehouse) as wh:
        found = wh.rows("SELECT quarantine_id::VARCHAR AS id FROM quarantine ORDER BY 1")
    assert [row["id"] for row in found] == [shared, third]
