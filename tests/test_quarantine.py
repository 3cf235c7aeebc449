"""What breaks a rule waits in quarantine, whole; what can go on goes on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner, Result

import copydesk
from copydesk.article import FieldName
from copydesk.errors import CopydeskError
from copydesk.facts import Place
from flows.cli import copydesk as command
from flows.landing import store_bytes
from flows.roots import Root
from schemas import ruleset
from schemas.validate import Checked, validate
from tests.warehousing import RULESET, RUN, TEXT, make_article, make_capture, make_facts, make_rows, planned_alone
from warehouse.check import CheckedDocuments, check_documents
from warehouse.connect import open_warehouse
from warehouse.integrity import find_problems
from warehouse.rows import DocumentRows, document_rows

Tables = dict[str, dict[str, list[Any]]]


def tables_of(rows: DocumentRows) -> Tables:
    """Return the columns of a document, to be changed."""
    return {table: {name: list(values) for name, values in columns.items()} for table, columns in rows.tables.items()}


@pytest.fixture
def tables() -> Tables:
    """Return a good batch."""
    return tables_of(make_rows(planned_alone()))


def checked(tables: Mapping[str, Mapping[str, list[Any]]]) -> Checked:
    """Check a batch."""
    return validate(tables, ruleset=RULESET, run_id=RUN)


def entries(result: Checked) -> list[tuple[str, str, bool]]:
    """Return table, rule and whether the row was stopped, for each entry."""
    columns = result.quarantined.select("table_name", "rule", "is_stopped")
    return sorted(columns.iter_rows())


def test_a_bad_optional_value_is_emptied_and_waits(tables: Tables) -> None:
    """The row stays without the value; the whole row as it came is in quarantine, and what is wrong in words."""
    tables["entities"]["iso_alpha3"][0] = "XYZ"
    result = checked(tables)
    assert result.good["entities"]["iso_alpha3"][0] is None
    assert result.good["entities"].height == 5
    (entry,) = result.quarantined.to_dicts()
    assert (entry["rule"], entry["is_stopped"], entry["columns"]) == ("iso_code_is_known", False, ["iso_alpha3"])
    assert json.loads(entry["row_json"])["iso_alpha3"] == "XYZ"
    assert entry["message"] == "The country code is not one of ISO 3166-1 alpha-3, nor XKX."


def test_a_row_whose_meaning_is_gone_is_stopped(tables: Tables) -> None:
    """A date without a believable value is none; the other dates load."""
    tables["dates"]["value"][1] = "someday"
    result = checked(tables)
    assert entries(result) == [("dates", "date_value_is_timex", True)]
    assert result.good["dates"].height == 2
    kept = json.loads(result.quarantined["row_json"][0])
    assert set(kept) == set(tables["dates"])


def test_what_refers_to_a_stopped_row_is_stopped_and_says_by_which(tables: Tables) -> None:
    """Parents come first when things are put right."""
    number = tables["entities"]["entity_id"].index("country:NOR")
    tables["entities"]["type"][number] = "PLANET"
    result = checked(tables)
    rows = {(r["table_name"], r["rule"]): r for r in result.quarantined.to_dicts()}
    parent = rows["entities", "type_is_known"]
    assert parent["blocked_by"] is None
    for child in (
        ("mentions", "entity_id_is_in_entities"),
        ("event_participants", "entity_id_is_in_entities"),
        ("relations", "subject_id_is_in_entities"),
    ):
        assert rows[child]["blocked_by"] == parent["quarantine_id"]
        assert rows[child]["is_stopped"]
    assert result.good["relations"].height == 0
    assert result.good["events"].height == 1


def test_an_optional_reference_is_emptied(tables: Tables) -> None:
    """An event stays when its place is in quarantine, without the place."""
    number = tables["entities"]["entity_id"].index("region:oslo")
    tables["entities"]["name"][number] = ""
    result = checked(tables)
    assert result.good["events"]["location_id"].to_list() == [None]
    blocked = result.quarantined.filter(pl.col("rule") == "location_id_is_in_entities").to_dicts()
    assert [(e["is_stopped"], e["blocked_by"] is not None) for e in blocked] == [(False, True)]


def test_emptying_goes_on_until_all_rules_hold(tables: Tables) -> None:
    """A time whose words are too long to be true goes as a whole: without its words nobody stated it."""
    tables["derivations"]["published_written"][0] = "x" * 301
    result = checked(tables)
    row = result.good["derivations"].row(0, named=True)
    assert [row[f"published_{part}"] for part in ("local", "precision", "written", "source")] == [None] * 4
    rules = {rule for _, rule, _ in entries(result)}
    assert rules == {"published_written_is_short", "published_is_whole"}


def test_values_of_a_wrong_type_wait_too(tables: Tables) -> None:
    """A value that fits no column, and a text that no store takes, do not stop the batch."""
    tables["quantities"]["value_min"][0] = "a few"
    tables["mentions"]["surface"][0] = "\ud800"
    result = checked(tables)
    assert entries(result) == [
        ("mentions", "surface_is_of_its_type", True),
        ("quantities", "value_min_is_of_its_type", False),
    ]
    assert result.good["quantities"].height == 1
    assert result.good["mentions"].height == 4


def test_the_first_of_a_key_stays_and_the_others_wait(tables: Tables) -> None:
    """The same fact three times is one fact and two entries."""
    for values in tables["mentions"].values():
        values += [values[0], values[0]]
    result = checked(tables)
    assert result.good["mentions"].height == 5
    keys = result.quarantined["row_key"].to_list()
    assert [key.split(" ")[1] for key in keys] == ["#2", "#3"]


def test_a_row_without_identity_is_stopped_whole(tables: Tables) -> None:
    """It is found again by its content."""
    tables["dates"]["fact_id"][0] = None
    (entry,) = checked(tables).quarantined.to_dicts()
    assert entry["is_stopped"]
    assert len(entry["row_key"]) == 64


def test_a_derivation_that_does_not_replay_takes_all_with_it(tables: Tables) -> None:
    """Nothing that hangs on a text that we cannot account for is loaded."""
    tables["edits"]["replacement"][1] = "?"
    result = checked(tables)
    assert ("derivations", "edits_replay", True) in entries(result)
    for table in ("fields", "paragraphs", "edits", "mentions", "events", "event_participants", "claims"):
        assert result.good[table].height == 0


def test_the_same_entries_on_every_machine(tables: Tables) -> None:
    """An entry's id follows from table, row, rule and ruleset."""
    tables["dates"]["value"][1] = "someday"
    one, two = checked(tables), checked(tables)
    assert one.quarantined.equals(two.quarantined)
    other = validate(tables, ruleset="ruleset-2", run_id=RUN).quarantined
    assert set(other["quarantine_id"]).isdisjoint(one.quarantined["quarantine_id"])


def test_tables_and_columns_that_do_not_exist_are_a_fault(tables: Tables) -> None:
    """A caller's mistake is told at once."""
    with pytest.raises(ValueError, match="no tables planets"):
        checked({"planets": {}})
    del tables["dates"]["value"]
    with pytest.raises(ValueError, match="rows of dates have other columns than the table: value"):
        checked(tables)


def test_a_fact_outside_its_text_is_kept_back(tmp_path: Path) -> None:
    """A wrong offset neither fails the document nor reaches the warehouse."""
    article = make_article()
    facts = make_facts(article)
    too_far, nowhere = Place(FieldName.BODY, 0, 5, 10_000), Place(FieldName.CAPTION, 3, 0, 4)
    first, second, *others = facts.mentions
    facts = replace(facts, mentions=(replace(first, place=too_far), replace(second, place=nowhere), *others))
    rows = document_rows(planned_alone(), article, facts, ruleset=RULESET, run_id=RUN)
    batch = check_documents([rows], ruleset=RULESET, run_id=RUN)
    with open_warehouse(tmp_path / "w.duckdb") as wh:
        result = wh.load(batch)
        assert result.counts["mentions"] == 3
        assert {row["table_name"] for row in wh.rows("SELECT table_name FROM waiting")} == {"mentions"}


def test_a_version_that_cannot_be_read_does_not_replace_a_good_one(tmp_path: Path) -> None:
    """Its capture is held, with the reason, and the version before stays the current one."""
    path = tmp_path / "w.duckdb"
    for day, text in enumerate((TEXT, TEXT.replace("Oslo", "Bergen"))):
        with open_warehouse(path) as wh:
            (planned,) = wh.plan([make_capture(text, day=day)], ruleset=RULESET).work
        rows = make_rows(planned, text)
        batch = check_documents([rows], ruleset=RULESET, run_id=RUN)
        if day:
            tables = tables_of(rows)
            tables["edits"]["replacement"][1] = "?"
            batch = CheckedDocuments((planned,), checked(tables))
        with open_warehouse(path) as wh:
            wh.load(batch)
            assert "Oslo" in wh.rows("SELECT text FROM articles")[0]["text"]
    with open_warehouse(path) as wh:
        held = wh.rows("SELECT status, reason FROM captures ORDER BY captured_at")[1]
        assert held == {"status": "held", "reason": "Its derivation waits in quarantine."}
        (again,) = wh.plan([make_capture(TEXT.replace("Oslo", "Bergen"), day=2)], ruleset=RULESET).work
        wh.load(check_documents([make_rows(again, TEXT.replace("Oslo", "Bergen"))], ruleset=RULESET, run_id=RUN))
        assert "Bergen" in wh.rows("SELECT text FROM articles")[0]["text"]
        assert len(wh.rows("SELECT * FROM captures")) == 2


# What people do about it ---------------------------------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path: Path) -> Root:
    """Make a root whose warehouse has four things in quarantine: an entity with its facts, a date, a code, a figure."""
    root = Root.find(tmp_path)
    root.make()
    tables = tables_of(make_rows(planned_alone()))
    tables["entities"]["type"][tables["entities"]["entity_id"].index("country:NOR")] = "PLANET"
    tables["entities"]["iso_alpha3"][tables["entities"]["entity_id"].index("country:DNK")] = "XYZ"
    tables["dates"]["value"][1] = "someday"
    tables["quantities"]["period"][0] = "2025-13"
    with open_warehouse(root.warehouse) as wh:
        wh.load(CheckedDocuments((planned_alone(),), checked(tables)))
    return root


def call(root: Root, *words: str) -> Result:
    """Call copydesk."""
    return CliRunner().invoke(command, ["quarantine", *words, "--root", str(root.path)], catch_exceptions=False)


def waiting(root: Root) -> list[str]:
    """Return the tables of what waits."""
    with open_warehouse(root.warehouse) as wh:
        assert list(find_problems(wh.connection)) == []
        return [row["table_name"] for row in wh.rows("SELECT table_name FROM waiting ORDER BY table_name")]


def allow(monkeypatch: pytest.MonkeyPatch, table: str, *columns: str) -> None:
    """Change the rules: what a column may hold is not asked any more."""
    known = ruleset.all_rules
    kept = tuple(rule for rule in known(table) if not set(rule.blames) & set(columns))
    monkeypatch.setattr(ruleset, "all_rules", lambda name: kept if name == table else known(name))


def test_nothing_moves_while_the_rules_are_the_same(desk: Root) -> None:
    """A replay changes nothing then, and says so."""
    before = waiting(desk)
    assert call(desk, "replay").stderr == f"moved 0, still waiting {len(before)}\n"
    assert waiting(desk) == before


def test_what_passes_after_a_rule_change_moves_and_the_rest_stays(desk: Root, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parents go first: with the entity, all that was blocked by it."""
    allow(monkeypatch, "entities", "type")
    assert set(waiting(desk)) == {"dates", "entities", "mentions", "event_participants", "quantities", "relations"}
    call(desk, "replay", "--table", "mentions")
    assert set(waiting(desk)) == {"dates", "entities", "event_participants", "quantities", "relations"}
    call(desk, "replay")
    assert set(waiting(desk)) == {"dates", "entities", "quantities"}
    with open_warehouse(desk.warehouse) as wh:
        assert wh.rows("SELECT count(*) AS n FROM facts WHERE kind = 'mention'") == [{"n": 5}]
        assert wh.rows("SELECT type FROM entities WHERE entity_id = 'country:NOR'") == [{"type": "PLANET"}]
        assert wh.rows("SELECT DISTINCT status FROM quarantine ORDER BY 1") == [
            {"status": "replayed"},
            {"status": "waiting"},
        ]


def test_a_value_that_was_taken_out_is_put_back(desk: Root, monkeypatch: pytest.MonkeyPatch) -> None:
    """The row was there without it; no row comes twice."""
    allow(monkeypatch, "quantities", "period")
    call(desk, "replay", "--rule", "period_is_timex")
    with open_warehouse(desk.warehouse) as wh:
        assert wh.rows("SELECT period, value FROM quantities") == [{"period": "2025-13", "value": 12.0}]
    assert "quantities" not in waiting(desk)


def test_what_is_not_wanted_is_dismissed_and_kept(desk: Root) -> None:
    """It is listed no more, with the reason; everything at once is asked for by name."""
    assert call(desk, "dismiss").exit_code == 2
    assert call(desk, "dismiss", "--table", "dates", "--note", "no day").stderr == "dismissed 1\n"
    assert "dates" not in waiting(desk)
    with open_warehouse(desk.warehouse) as wh:
        assert wh.rows("SELECT note FROM quarantine WHERE status = 'dismissed'") == [{"note": "no day"}]


def test_what_waits_is_listed_and_shown(desk: Root) -> None:
    """In words, and as it came."""
    listed = call(desk, "list", "--rule", "date_value_is_timex").stdout.splitlines()
    assert len(listed) == 2
    assert "not written as TIMEX3 has it" in listed[1]
    entry = listed[1].split()[0]
    assert json.loads(call(desk, "show", entry).stdout)["row_json"]["value"] == "someday"
    with pytest.raises(CopydeskError, match="nothing that waits has this id"):
        call(desk, "show", "ffffffff")


def test_a_text_that_could_not_be_derived_is_derived_anew(tmp_path: Path) -> None:
    """Its rows wait whole; from the kept bytes all of them come again."""
    root = Root.find(tmp_path)
    root.make()
    text = "Ferry talks resume\n\nNorway and Denmark met in Oslo. Traffic rose by 12 per cent in 2025.\n"
    capture = make_capture(text)
    store_bytes(text.encode(), capture.sha256, root)
    with open_warehouse(root.warehouse) as wh:
        (planned,) = wh.plan([capture], ruleset=RULESET).work
        article = copydesk.clean(copydesk.read(text))
        rows = document_rows(planned, article, copydesk.extract(article), ruleset=RULESET, run_id=RUN)
        tables = tables_of(rows)
        tables["derivations"]["base_text"][0] += "?"
        wh.load(CheckedDocuments((planned,), checked(tables)))
        assert wh.rows("SELECT held_as FROM held") == [{"held_as": "underived"}]
    call(root, "replay")
    assert waiting(root) == []
    with open_warehouse(root.warehouse) as wh:
        assert wh.rows("SELECT count(*) AS n FROM articles") == [{"n": 1}]
