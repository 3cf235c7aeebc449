"""What older rules made is derived anew: told before it is written, in batches, and taken up where it stopped."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from copydesk.reviews import Decision, review_edit
from flows import loading
from flows.backfill import backfill, stale_versions, try_out
from flows.cli import copydesk as command
from flows.roots import Root
from flows.steps import decide_and_rederive, ingest_paths
from tests.warehousing import contents
from warehouse.backfills import Wanted
from warehouse.connect import open_warehouse
from warehouse.integrity import find_problems
from warehouse.stored import stored_article

PROSE = "The ferry to Skarvik was late again on Monday, and fares rose by {n} per cent in 2025. Nobody knew why."
TEXT = "Ferry number {n} is late\n\n" + PROSE + "\n\nShare on Facebook\n\nA pump has to be replaced, says the line.\n"
COUNT = 7


@pytest.fixture
def root(tmp_path: Path) -> Root:
    """Make a root with some articles, one of them in two versions, as the usual rules read them."""
    root = Root.find(tmp_path)
    root.make()
    for n in range(COUNT):
        (root.raw / f"{n}.txt").write_text(TEXT.format(n=n + 10), encoding="utf-8")
    ingest_paths([str(root.raw)], root)
    (root.raw / "0.txt").write_text(TEXT.format(n=99), encoding="utf-8")
    ingest_paths([str(root.raw)], root)
    return root


def stricter(root: Root) -> Root:
    """Return the root with other rules: only what is sure is edited."""
    settings = "[clean]\nmin_confidence = 0.98\n"
    (root.path / "copydesk.toml").write_text(settings, encoding="utf-8")
    return Root.find(root.path)


def call(root: Root, *words: str) -> dict[str, Any]:
    """Call copydesk backfill."""
    done = CliRunner().invoke(command, ["backfill", "--json", "-j", "1", *words, "--root", str(root.path)])
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def rulesets(root: Root) -> int:
    """Return how many rulesets are shown."""
    with open_warehouse(root.warehouse) as warehouse:
        assert list(find_problems(warehouse.connection)) == []
        sql = "SELECT count(DISTINCT ruleset) AS n FROM derivations WHERE is_current"
        return int(warehouse.rows(sql)[0]["n"])


def test_nothing_is_to_be_done_under_the_same_rules(root: Root) -> None:
    """The versions are those that a run makes."""
    assert stale_versions(root, Wanted()) == []


def test_a_dry_run_tells_what_a_real_one_does_and_writes_nothing(root: Root) -> None:
    """The same report twice; between, the warehouse is as it was."""
    root = stricter(root)
    before = contents(root.warehouse)
    tried = call(root, "--dry-run")
    assert contents(root.warehouse) == before
    assert (tried["versions"], tried["texts"], rulesets(root)) == (COUNT + 1, COUNT + 1, 1)
    assert sum(tried["edits_lost"].values()) > 0
    done = call(root)
    assert {name: value for name, value in done.items() if name not in ("is_dry", "run_id", "examples")} == {
        name: value for name, value in tried.items() if name not in ("is_dry", "run_id", "examples")
    }
    assert stale_versions(root, Wanted()) == []


def test_all_versions_are_derived_anew_and_no_correction_appears(root: Root) -> None:
    """The publisher's clock stands still, and classes are those of two derivations by one ruleset."""
    sql = "SELECT version_id, valid_from, valid_to, change_class FROM versions ORDER BY ALL"
    with open_warehouse(root.warehouse) as warehouse:
        before = warehouse.rows(sql)
    call(stricter(root))
    with open_warehouse(root.warehouse) as warehouse:
        assert warehouse.rows(sql) == before
        assert warehouse.rows("SELECT count(*) AS n FROM derivations") == [{"n": 2 * (COUNT + 1)}]
        lost = warehouse.rows("SELECT derivation_id FROM edits e ANTI JOIN runs r ON r.run_id = e.run_id")
    assert (lost, rulesets(root)) == ([], 1)


def test_it_goes_on_where_it_stopped(root: Root, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped after a batch: what is done stays, the rest is done by the next one, and the rows are the same."""
    undisturbed = tmp_path / "copy.duckdb"
    undisturbed.write_bytes(root.warehouse.read_bytes())
    root = stricter(root)
    backfill(stale_versions(replace(root, database=undisturbed), Wanted()), replace(root, database=undisturbed))
    monkeypatch.setattr(loading, "BATCH", 3)

    def stop(done: int, _total: int) -> None:
        if done == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backfill(stale_versions(root, Wanted()), root, tell=stop)
    assert len(stale_versions(root, Wanted())) == COUNT + 1 - 6
    with open_warehouse(root.warehouse) as warehouse:
        assert warehouse.rows("SELECT status FROM runs ORDER BY started_at DESC LIMIT 1") == [{"status": "stopped"}]
    backfill(stale_versions(root, Wanted()), root)
    assert contents(root.warehouse) == contents(undisturbed)


def test_what_is_chosen_is_derived(root: Root) -> None:
    """By rule, by source and by day."""
    root = stricter(root)
    with open_warehouse(root.warehouse) as warehouse:
        rules = warehouse.rows("SELECT rule_id, count(DISTINCT derivation_id) AS n FROM edits GROUP BY 1")
    for row in rules:
        assert len(stale_versions(root, Wanted(rule=row["rule_id"]))) == row["n"]
        assert len(stale_versions(root, Wanted(rule=row["rule_id"].partition(".")[0]))) >= row["n"]
    assert stale_versions(root, Wanted(rule="no_such")) == []
    assert len(stale_versions(root, Wanted(source="raw"))) == COUNT + 1
    assert stale_versions(root, Wanted(source="elsewhere")) == []
    assert call(root, "--since", "2999-01-01")["versions"] == 0


def test_decisions_hold(root: Root) -> None:
    """What a person undid stays undone under other rules."""
    with open_warehouse(root.warehouse) as warehouse:
        document = warehouse.rows("SELECT document_id::VARCHAR AS id FROM documents WHERE path = '3.txt'")[0]["id"]
    _, article = stored_article(root.warehouse, document)
    (edit,) = (edit.edit_id for edit in article.log.edits if edit.kind == "share_row")
    decide_and_rederive(document, [review_edit(article.log, edit, Decision.UNDO)], root)
    call(stricter(root))
    assert "Share on Facebook" in stored_article(root.warehouse, document)[1].text


def test_changed_facts_are_told_with_both_values(root: Root, monkeypatch: pytest.MonkeyPatch) -> None:
    """The report has examples, and a real run would write them."""
    with open_warehouse(root.warehouse) as warehouse:
        warehouse.connection.execute("UPDATE quantities SET value = 5, fact_key = uuid() WHERE value = 99")
    monkeypatch.setattr(loading, "BATCH", 3)
    root = stricter(root)
    found, _ = try_out(stale_versions(root, Wanted()), root)
    values = [
        (change.before and change.before.number, change.after and change.after.number) for _, change in found.examples
    ]
    assert (5.0, 99.0) in values
    assert found.facts_changed["quantity"] == 1


def test_bytes_that_are_gone_are_told(root: Root) -> None:
    """The others are derived; the article stays as it was."""
    with open_warehouse(root.warehouse) as warehouse:
        (row,) = warehouse.rows("SELECT sha256 FROM captures JOIN documents USING (document_id) WHERE path = '3.txt'")
    (root.store / row["sha256"][:2] / row["sha256"]).unlink()
    root = stricter(root)
    done = CliRunner().invoke(command, ["backfill", "--yes", "-j", "1", "--root", str(root.path)])
    assert done.exit_code == 1
    assert row["sha256"] in done.stderr or "3.txt" in done.stderr
    assert len(stale_versions(root, Wanted())) == 1
    with open_warehouse(root.warehouse) as warehouse:
        assert warehouse.rows("SELECT count(*) AS n FROM articles") == [{"n": COUNT}]
