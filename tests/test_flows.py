"""Ingesting: the same steps directly and as a Prefect flow, on good and on bad inputs."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import duckdb
import pytest

import copydesk
from copydesk.errors import CopydeskError, InputError
from flows import batches, landing
from flows.facts import extract_facts
from flows.ingest import ingest
from flows.inputs import input_error
from flows.roots import SETTINGS, TEMPLATE, Root
from flows.sources.folder import Place, land_file
from flows.sources.found import Landing
from flows.steps import ingest_paths, utc_now

PROJECT = Path(__file__).parent.parent
SAMPLE = next((PROJECT / "raw").glob("*.txt"))
OF_A_RUN = {
    *("run_id", "started_at", "ended_at", "captured_at", "last_seen_at", "valid_from", "valid_to", "orchestrator"),
    "position",
}
OF_A_RUN |= {"flow_run_id", "decided_at", "quarantined_at", "applied_at", "shown_at", "missing_since"}
"""Columns that tell when and by whom something was done, and differ from run to run."""


@pytest.fixture
def root(tmp_path: Path) -> Root:
    """Make a root that holds the sample article."""
    found = Root.find(tmp_path)
    found.make()
    shutil.copy(SAMPLE, found.raw)
    return found


def call(*args: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Call copydesk."""
    command = [sys.executable, "-m", "flows.cli", *args]
    env = {**os.environ, "PYTHONPATH": str(PROJECT), **environment}
    return subprocess.run(command, capture_output=True, text=True, env=env, check=False)  # noqa: S603


def rows(root: Root, *, but_tables: tuple[str, ...] = ("runs", "schema_migrations", "touched")) -> dict[str, list[Any]]:
    """Return all rows of a warehouse, without what differs from run to run."""
    found = {}
    with duckdb.connect(str(root.warehouse), read_only=True) as connection:
        tables = connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY ALL").fetchall()
        for (table,) in tables:
            if table in but_tables or table.startswith("search_"):  # an index numbers documents as they come
                continue
            names = [row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall() if row[0] not in OF_A_RUN]
            found[table] = connection.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY ALL").fetchall()  # noqa: S608
    return found


def query(root: Root, sql: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query."""
    with duckdb.connect(str(root.warehouse), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_what_was_left_out_of_a_page_is_in_the_warehouse(root: Root) -> None:
    """A row a block, with its reason, its score and its place in the page's source."""
    page = Path(__file__).parent / "pages" / "ferry.html"
    shutil.copy(page, root.raw)
    ingest_paths([str(root.raw)], root)
    asked = "SELECT text, reason, score, source_start, source_end FROM current_left_out_blocks ORDER BY ordinal"
    left_out, source = query(root, asked), page.read_text(encoding="utf-8")
    assert len(left_out) > 2
    for text, reason, score, start, end in left_out:
        assert reason
        assert 0 <= score <= 1
        assert text.split()[0] in source[start:end]


def test_the_sample_is_in_the_warehouse_with_its_words(root: Root) -> None:
    """Each fact shows its words, in its field and in what was received; nothing is in quarantine."""
    summary = ingest_paths([str(root.raw)], root)
    assert (len(summary.articles), summary.failures, sum(summary.quarantined.values())) == (1, [], 0)
    text = SAMPLE.read_bytes().decode("utf-8")
    facts = query(root, "SELECT evidence, raw_start, raw_end, is_exact FROM facts")
    assert len(facts) > 100
    assert all(text[start:end] == evidence for evidence, start, end, is_exact in facts if is_exact)
    published = query(root, "SELECT published_local::VARCHAR, published_zone, published_at FROM articles")
    assert published == [("2019-06-14 18:37:00", None, None)]


def test_a_fact_of_the_warehouse_is_explained_by_its_id(root: Root) -> None:
    """With its rule and the words that each value follows from; an id that no fact has is said to be none."""
    ingest_paths([str(root.raw)], root)
    with duckdb.connect(str(root.warehouse), read_only=True) as connection:
        sql = "SELECT fact_id::VARCHAR FROM facts WHERE subkind = 'percent_change'"
        ((fact_id,),) = connection.execute(sql).fetchall()
    told = call("explain", "--root", str(root.path), fact_id).stdout
    assert told.startswith("quantities.2: quantities.percent_change")
    assert "baseline    2017 from 'the previous year': dates.unit" in told
    other = "00000000-0000-0000-0000-000000000000"
    assert "no document has this id" in call("explain", "--root", str(root.path), other).stderr


def test_running_again_changes_no_row(root: Root) -> None:
    """Same input, same rows; only the run itself is new."""
    ingest_paths([str(root.raw)], root)
    before = rows(root)
    summary = ingest_paths([str(root.raw)], root)
    assert (summary.unchanged, summary.articles) == (1, [])
    assert rows(root) == before
    assert query(root, "SELECT count(*) FROM runs WHERE status = 'completed'") == [(2,)]


def test_a_changed_text_is_a_second_version(root: Root) -> None:
    """The first version is closed, and the article shows the second."""
    ingest_paths([str(root.raw)], root)
    (path,) = root.raw.glob("*.txt")
    path.write_text(
        path.read_text(encoding="utf-8").replace("nearly 29 per cent", "nearly 28 per cent"), encoding="utf-8"
    )
    summary = ingest_paths([str(root.raw)], root)
    assert summary.new_versions == 1
    versions = query(root, "SELECT is_current, valid_to IS NULL, change_class FROM versions ORDER BY valid_from")
    assert versions == [(False, False, "first"), (True, True, "substantive")]
    assert query(root, "SELECT value FROM quantities q JOIN articles USING (derivation_id) WHERE unit = 'percent'") == [
        (28.0,)
    ]


def test_prefect_and_the_direct_run_give_equal_warehouses(root: Root, tmp_path: Path) -> None:
    """One seam: how a batch is called."""
    ingest_paths([str(root.raw)], root)
    other = Root.find(root.path, tmp_path / "prefect.duckdb")
    done = call(
        *("run", "--prefect", "--root", str(root.path), "--warehouse", str(other.warehouse)),
        PREFECT_HOME=str(tmp_path / "home"),
    )
    assert done.returncode == 0, done.stderr
    assert rows(other) == rows(root)
    assert query(other, "SELECT orchestrator, status, flow_run_id IS NOT NULL FROM runs") == [
        ("prefect", "completed", True)
    ]


def test_bad_files_are_named_and_the_others_go_in(root: Root) -> None:
    """A clear line each, exit status 1, and the good article is there; the bytes of the bad ones are kept."""
    bad = {"empty.txt": b"", "picture.txt": b"\x89PNG\r\n\x1a\n" + bytes(99), "noise": bytes(range(256)) * 9}
    bad["huge.txt"] = b"a" * (17 * 1024 * 1024)
    for name, data in bad.items():
        (root.raw / name).write_bytes(data)
    done = call("run", "--direct", "--root", str(root.path))
    assert done.returncode == 1
    for name in bad:
        assert any(name in line and line.startswith("copydesk: ") for line in done.stderr.splitlines()), done.stderr
    assert query(root, "SELECT count(*) FROM articles") == [(1,)]
    assert query(root, "SELECT count(*) FROM captures WHERE status = 'failed' AND reason IS NOT NULL") == [(3,)]
    assert json.loads(query(root, "SELECT counts::VARCHAR FROM runs")[0][0])["failed"] == 4
    assert call("run", "--direct", "--root", str(root.path)).returncode == 1


def test_a_file_that_vanished_and_a_path_that_never_was(root: Root, tmp_path: Path) -> None:
    """Both are told with the path and what to do; the rest is taken."""
    (there,) = root.raw.glob("*.txt")
    vanished = tmp_path / "vanished.txt"
    landing = Landing(root, "", utc_now, lambda _urls: {})
    found = [land_file(Place(path, "raw", path.name), landing) for path in (there, vanished)]
    assert [one.capture.path for one in found if one.capture] == [there.name]
    assert [(one.error.source, one.error.reason) for one in found if one.error] == [
        (str(vanished), "there is no such file.")
    ]
    summary = ingest_paths([str(tmp_path / "never"), str(root.raw)], root)
    assert ([f.source for f in summary.failures], len(summary.articles)) == ([str(tmp_path / "never")], 1)


def test_a_folder_that_may_not_be_read(root: Root, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named; its neighbours are taken. The refusal is staged, since the super-user may read everything."""
    closed = root.raw / "closed"
    closed.mkdir()
    scandir = os.scandir

    def refuse(path: str) -> object:
        if Path(path) == closed:
            raise PermissionError(errno.EACCES, "Permission denied", str(closed))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    summary = ingest_paths([str(root.raw)], root)
    (failure,) = summary.failures
    assert (len(summary.articles), failure.source) == (1, str(closed))
    assert "permission denied" in failure.reason


def test_an_error_that_passes_is_tried_again(root: Root, monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy disk is waited for; what stays broken is told for that document, after some tries."""
    tries = []

    def busy_at_first(digest: str, place: Root) -> bytes:
        tries.append(digest)
        if len(tries) <= busy:
            raise input_error(OSError(errno.EBUSY, "Device or resource busy"), digest)
        return landing.load_bytes(digest, place)

    monkeypatch.setattr(batches, "load_bytes", busy_at_first)
    monkeypatch.setattr(batches, "RETRY_AFTER", (0.0, 0.0))
    busy = 3
    (failure,) = ingest_paths([str(root.raw)], root).failures
    assert (len(tries), failure.error) == (3, "TransientError")
    tries.clear()
    busy = 2
    assert len(ingest_paths([str(root.raw)], root).articles) == 1


def test_a_defect_on_one_document_does_not_stop_the_others(root: Root, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told as ours, with the place in the code, and the bytes are kept."""
    (root.raw / "poison.txt").write_text("Poison.\n")
    extract = extract_facts

    def fail_on_poison(article: copydesk.Article, options: copydesk.Options) -> copydesk.Facts:
        if "Poison" in article.text:
            raise ZeroDivisionError("division by zero")
        return extract(article, options)

    monkeypatch.setattr(batches, "extract_facts", fail_on_poison)
    summary = ingest_paths([str(root.raw)], root)
    assert [f.source for f in summary.failures] == ["poison.txt"]
    assert "ZeroDivisionError" in summary.failures[0].reason
    assert len(summary.articles) == 1


def test_strict_exits_with_three_when_rows_were_quarantined(root: Root) -> None:
    """An article that was updated before it was published: the times wait, the article goes in."""
    prose = "The ferry left the island an hour late, and nobody on the quay could say why it had waited. " * 2
    (root.raw / "late.txt").write_text(f"Ferry late\n\nPublished: 5 May 2021 | Updated: 4 May 2021\n\n{prose}\n")
    assert call("run", "--direct", "--root", str(root.path), "--strict", "-q").returncode == 3
    assert query(root, "SELECT count(*) FROM articles") == [(2,)]
    waiting = query(root, "SELECT DISTINCT rule, message FROM waiting")
    assert [rule for rule, _ in waiting] == ["published_before_updated"]


def test_a_full_disk_is_told_for_the_article_and_nothing_half_is_left(
    root: Root, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bytes are kept whole or not at all; when there is room again, the same command takes them."""

    def refuse(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", refuse)
        summary = ingest_paths([str(root.raw)], root)
    (failure,) = summary.failures
    assert "the disk is full" in failure.reason
    assert "run the same command again" in failure.advice
    assert [path for path in root.store.rglob("*") if path.is_file()] == []
    assert len(ingest_paths([str(root.raw)], root).articles) == 1


def test_kept_bytes_that_were_damaged_are_not_believed(root: Root) -> None:
    """The store is checked against its digests."""
    ingest_paths([str(root.raw)], root)
    (kept,) = (path for path in root.store.rglob("*") if path.is_file())
    kept.write_bytes(b"something else")
    with pytest.raises(InputError, match="damaged"):
        landing.load_bytes(kept.name, root)


def test_files_with_odd_names_are_taken(root: Root) -> None:
    """Spaces, line feeds and bytes that are no UTF-8: each has a name of its own in the warehouse."""
    names = [b"a b.txt", b"a\nb.txt", b"a\xffb.txt", "ä.txt".encode()]
    for name in names:
        Path(os.fsdecode(os.fsencode(root.raw) + b"/" + name)).write_text(
            "The ferry left an hour late.\n", encoding="utf-8"
        )
    summary = ingest_paths([str(root.raw)], root)
    assert (len(summary.articles), summary.failures, sum(summary.quarantined.values())) == (5, [], 0)
    paths = {path for (path,) in query(root, "SELECT path FROM documents")}
    assert paths >= {"a b.txt", "a\nb.txt", "a\\xffb.txt", "ä.txt"}
    assert ingest_paths([str(root.raw)], root).unchanged == 5


def test_a_file_is_one_document_whichever_way_leads_to_it(root: Root, tmp_path: Path) -> None:
    """Through the folder above, or through a link to the root: the same path, the same document."""
    link = tmp_path / "link"
    link.symlink_to(root.path)
    ways = [str(root.raw), f"{root.raw}/../raw", f"{link}/raw", f"{link}/raw/{SAMPLE.name}"]
    summaries = [ingest_paths([way], root) for way in ways]
    assert [(len(summary.articles), summary.unchanged) for summary in summaries] == [(1, 0), (0, 1), (0, 1), (0, 1)]


def test_what_copydesk_keeps_is_no_input(root: Root) -> None:
    """The root as a folder of inputs: its articles go in, the store, the warehouse and the settings do not."""
    first = ingest_paths([str(root.raw)], root)
    again = ingest_paths([f"{root.raw}/../../{root.path.name}"], root)
    assert (first.found, again.found, again.failures) == (1, 1, [])
    (refused,) = ingest_paths([str(root.store)], root).failures
    assert "copydesk keeps received bytes here" in refused.reason


def test_pipes_are_passed_over(root: Root) -> None:
    """To read one would be to wait for ever."""
    os.mkfifo(root.raw / "pipe.txt")
    assert ingest_paths([str(root.raw)], root).found == 1


def test_what_is_hidden_or_linked_is_passed_over(root: Root, tmp_path: Path) -> None:
    """Editors' files, links out of the folder and the store are no articles."""
    (root.raw / ".draft.txt").write_text("A draft.")
    (tmp_path / "secret.txt").write_text("A secret.")
    (root.raw / "link.txt").symlink_to(tmp_path / "secret.txt")
    ingest_paths([str(root.raw)], root)
    found = list(landing.find_files([str(root.raw)], root))
    assert found == [root.raw / SAMPLE.name]


def test_a_decision_survives_the_next_run_and_a_changed_text(root: Root) -> None:
    """An edit that a person undid stays undone, and can be made again."""
    ingest_paths([str(root.raw)], root)
    quote = "FROM edits e JOIN articles USING (derivation_id) WHERE kind = 'pull_quote'"
    ((document, seq),) = query(root, f"SELECT e.document_id::VARCHAR, e.seq {quote}")
    status = f"SELECT status {quote}"
    done = call("undo", document[:8], str(seq), "--root", str(root.path))
    assert done.returncode == 0, done.stderr
    assert query(root, status) == [("undone",)]
    ingest_paths([str(root.raw)], root)
    assert query(root, status) == [("undone",)]
    (path,) = root.raw.glob("*.txt")
    path.write_text(path.read_text(encoding="utf-8").replace("dozens of times", "many times"), encoding="utf-8")
    ingest_paths([str(root.raw)], root)
    assert query(root, status) == [("undone",)]
    assert call("redo", document[:8], str(seq), "--root", str(root.path)).returncode == 0
    assert query(root, status) == [("active",)]


def test_a_decision_that_cannot_take_effect_is_told(root: Root) -> None:
    """The received bytes are gone: the decision is kept, and nobody is told that it is done."""
    ingest_paths([str(root.raw)], root)
    ((document,),) = query(root, "SELECT document_id::VARCHAR FROM articles")
    shutil.rmtree(root.store)
    done = call("undo", document, "0", "--root", str(root.path))
    assert done.returncode == 1
    assert "could not be derived anew" in done.stderr
    assert "is undone" not in done.stderr


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ("[read]\nmax_mb = nan", "read.max_mb is not a number"),
        ("[read]\nmax_mb = inf", "read.max_mb is not a number"),
        ("[read]\nmax_mb = true", "read.max_mb is not a number"),
        ("[clean]\nmin_confidense = 0.9", "there is no setting clean.min_confidense"),
        ("read = 5", "there is no setting read"),
        ("[phrases]\nads = ['Buy']", "there is no setting phrases.ads"),
        ("[phrases]\nread_more = [' * ']", "phrases.read_more is no list of lines"),
        ("[phrases]\nread_more = 'Read this'", "phrases.read_more is no list of lines"),
        ("not toml", "not valid TOML"),
    ],
)
def test_settings_that_cannot_be_meant_are_told(tmp_path: Path, settings: str, reason: str) -> None:
    """With the file; a mistyped key is not passed over in silence."""
    (tmp_path / "copydesk.toml").write_text(settings)
    with pytest.raises(CopydeskError, match=reason) as told:
        Root.find(tmp_path)
    assert told.value.source == str(tmp_path / "copydesk.toml")


def test_a_run_that_was_cut_off_does_not_pass_for_one_that_runs(root: Root) -> None:
    """A killed process has written no end: status says that, too."""
    ingest_paths([str(root.raw)], root)
    with duckdb.connect(str(root.warehouse)) as connection:
        connection.execute("UPDATE runs SET status = 'running', ended_at = NULL")
    assert "running, or cut off" in call("status", "--root", str(root.path)).stdout


@pytest.mark.parametrize(
    ("sql", "shape", "expected"),
    [
        ("SELECT '[bold]x[/no]' AS \"[red]h[/no]\"", (), " [red]h[/no]  \n [bold]x[/no] \n"),
        ("SELECT 1 AS a, 2 AS a", ("--json",), '{"a": 1, "a_1": 2}\n'),
        ("SELECT 'nan'::DOUBLE AS a, 1.5 AS b", ("--json",), '{"a": "nan", "b": 1.5}\n'),
        ("SELECT 'a\udcff' AS a", ("--csv",), "a\na?\n"),
    ],
)
def test_odd_answers_come_out_whole(root: Root, sql: str, shape: tuple[str, ...], expected: str) -> None:
    """Brackets, columns of one name, numbers that JSON has not, bytes that are no UTF-8."""
    ingest_paths([], root)
    done = call("sql", sql, *shape, "--root", str(root.path))
    assert (done.returncode, done.stdout) == (0, expected), done.stderr


# A real Prefect server ------------------------------------------------------------------------------------------------


def post(address: str, body: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON is any value
    """Return what the API answers; a server that is busy for a moment is asked again."""
    request = urllib.request.Request(  # noqa: S310 - loopback
        address, json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    for _ in range(10):
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - loopback
                return json.load(answer)
        except urllib.error.HTTPError as error:
            if error.code != 503:
                raise
            time.sleep(1)
    pytest.fail("the server stays busy")


def test_the_flow_runs_on_a_server_and_leaves_its_artifacts(root: Root, server: str, tmp_path: Path) -> None:
    """Where a server is configured, `copydesk run` uses it: the run and its artifacts are on the server's pages."""
    (root.raw / "empty.txt").write_bytes(b"")
    done = call("run", "--root", str(root.path), PREFECT_API_URL=server, PREFECT_HOME=str(tmp_path / "home"))
    assert done.returncode == 1, done.stderr
    assert "empty.txt: there is no text in it" in done.stderr
    ((run, flow_run),) = query(root, "SELECT orchestrator, flow_run_id FROM runs")
    assert run == "prefect"
    runs = post(server + "/flow_runs/filter", {"flow_runs": {"id": {"any_": [flow_run]}}})
    assert [found["state"]["type"] for found in runs] == ["COMPLETED"]
    artifacts = post(server + "/artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [flow_run]}}})
    assert {a["key"] for a in artifacts} == {
        *("ingest-summary", "ingest-tables", "ingest-articles", "ingest-quarantine")
    }
    tables = next(json.loads(a["data"]) for a in artifacts if a["key"] == "ingest-tables")
    assert {"table": "derivations", "rows written": 1} in tables


def test_the_entrypoint_of_the_deployment_runs(root: Root, server: str, tmp_path: Path) -> None:
    """What prefect.yaml names is loaded by its path, as a worker does, and ingests."""
    text = (PROJECT / "prefect.yaml").read_text(encoding="utf-8")
    assert "entrypoint: flows/ingest.py:ingest" in text
    code = (
        "import sys; from prefect.flows import load_flow_from_entrypoint\n"
        "print(load_flow_from_entrypoint('flows/ingest.py:ingest')(root=sys.argv[1]))"
    )
    env = {**os.environ, "PREFECT_API_URL": server, "PREFECT_HOME": str(tmp_path / "home")}
    command = [sys.executable, "-c", code, str(root.path)]
    done = subprocess.run(command, cwd=PROJECT, env=env, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr
    assert "'articles': 1" in done.stdout
    assert query(root, "SELECT count(*) FROM articles") == [(1,)]


def test_the_flow_takes_paths_and_never_texts() -> None:
    """Prefect refuses large parameters, and keeps those that it gets."""
    assert list(ingest.parameters.properties) == ["paths", "sources", "root", "warehouse", "jobs"]


def test_the_settings_of_the_clone_are_those_that_init_makes() -> None:
    """A first run in a fresh clone leaves nothing that git would ask about."""
    assert (PROJECT / SETTINGS).read_text(encoding="utf-8") == TEMPLATE


def test_settings_come_from_the_environment_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what is no number is said to be none, with where it stands."""
    (tmp_path / SETTINGS).write_text("[read]\nmax_mb = 2\n[clean]\nmin_confidence = 0.7\n")
    assert (Root.find(tmp_path).options.max_bytes, Root.find(tmp_path).options.min_confidence) == (2 * 2**20, 0.7)
    monkeypatch.setenv("COPYDESK_MAX_MB", "3")
    assert Root.find(tmp_path).options.max_bytes == 3 * 2**20
    monkeypatch.setenv("COPYDESK_MAX_MB", "many")
    with pytest.raises(CopydeskError, match="COPYDESK_MAX_MB: read\\.max_mb is not a number: 'many'"):
        Root.find(tmp_path)
    (tmp_path / SETTINGS).write_text("[read\n")
    with pytest.raises(CopydeskError, match="not valid TOML"):
        Root.find(tmp_path)
