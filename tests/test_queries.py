"""The ready-made queries, on a small corpus of our own: each answers the question that it is named for."""

from __future__ import annotations

import json
import os
import time
from typing import Any

import pytest
from click.testing import CliRunner

from flows.cli import copydesk
from flows.roots import Root
from flows.steps import ingest_paths
from warehouse.connect import open_warehouse
from warehouse.errors import QueryError
from warehouse.named_queries import named_queries, named_query
from warehouse.query import run_query

TALKS = """\
Denmark and Norway open ferry talks

Published: 5 March 2024 09:00 am

Danish Foreign Minister Ida Holm met Norwegian Prime Minister Per Dahl in Oslo on 4 March 2024. Norway accused Denmark
of delays in February 2024.

Share on Facebook

Ferry traffic rose by 12 per cent in 2023. Fares will fall next year.
"""
BRIDGE = """\
Council keeps the old bridge

Published: 6 March 2024 08:00 am

The bridge cost 3 million euros in 2022. Mayor Ada Lund said that the toll would end in May. Ferry traffic was not
counted.
"""
HARBOUR = """\
Harbour closes for the winter

Updated: 2 March 2024 10:00 am

The harbour at Skarvik closed on Monday, and nobody on the quay could say when it would open again. Some 40 boats are
there.
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Root:
    """Make a root with a few articles: one is copied, one is changed without a word, of one a figure waits."""
    root = Root.find(tmp_path_factory.mktemp("root"))
    root.make()
    texts = {"talks.txt": TALKS, "bridge.txt": BRIDGE, "harbour.txt": HARBOUR}
    for number, (name, text) in enumerate(texts.items()):
        path = root.raw / name
        path.write_text(text, encoding="utf-8")
        os.utime(path, (1_710_000_000 + number, 1_710_000_000 + number))
    assert not ingest_paths([str(root.raw)], root).failures
    with open_warehouse(root.warehouse) as wh:
        wh.connection.execute(
            "INSERT INTO quarantine SELECT uuid(), 'quantities', 'x', 'value_is_finite', 'The figure is no number.', "
            "['value'], false, '{}', NULL, document_id, derivation_id, ruleset, 'waiting', run_id, NULL "
            "FROM current_derivations WHERE title LIKE 'Council%'"
        )
    time.sleep(0.01)
    (root.raw / "harbour.txt").write_text(HARBOUR.replace("40 boats", "60 boats"), encoding="utf-8")
    (root.raw / "taken.txt").write_text(TALKS, encoding="utf-8")
    assert not ingest_paths([str(root.raw)], root).failures
    return root


def ask(root: Root, name: str, **chosen: str) -> list[dict[str, Any]]:
    """Return the rows of a ready-made query."""
    query = named_query(name)
    answer = run_query(root.warehouse, query.sql, query.parameters(chosen))
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def test_there_are_the_ten_questions() -> None:
    """Each says in a sentence what it answers, and what can be chosen."""
    assert len(named_queries()) >= 10
    for query in named_queries().values():
        assert query.question.endswith(".")
        assert all(f"${choice.name}" in query.sql.rpartition("--")[2] for choice in query.choices)


def test_who_did_what(root: Root) -> None:
    """One row an event, the copy not counted, by the month in which it was."""
    rows = ask(root, "who_did_what")
    assert [(row["month"], row["action"], row["actors"]) for row in rows if row["action"] == "ACCUSE"] == [
        ("2024-02", "ACCUSE", "Norway")
    ]
    assert {row["article"] for row in rows} == {"Denmark and Norway open ferry talks"}
    assert 2 * len(rows) == len(run_query(root.warehouse, "FROM asserted_events").rows)
    assert ask(root, "who_did_what", who="norway", since="2024-03") == [r for r in rows if r["month"] == "2024-03"]
    assert ask(root, "who_did_what", until="2024-01") == []


def test_words_behind(root: Root) -> None:
    """The words of a row that another query gave, and where they stand in what was received."""
    event = ask(root, "who_did_what")[0]
    (row,) = ask(root, "words_behind", fact=str(event["fact_id"]))
    assert row["words"] == event["words"]
    text = (root.raw / "store" / row["sha256"][:2] / row["sha256"]).read_text(encoding="utf-8")
    assert row["is_exact"]
    assert text[row["raw_start"] : row["raw_end"]] == row["words"]


def test_quiet_changes(root: Root) -> None:
    """Another text under the same time of updating."""
    (row,) = ask(root, "quiet_changes")
    assert (row["article"], row["change_class"]) == ("Harbour closes for the winter", "substantive")


def test_known_on(root: Root) -> None:
    """The figure as it stood before the change, and after it."""
    (change,) = ask(root, "quiet_changes")
    now = [row["number"] for row in ask(root, "known_on") if row["words"].endswith(("40", "60", "boats"))]
    with open_warehouse(root.warehouse, read_only=True) as wh:
        (shown,) = wh.rows("SELECT max(shown_at) - INTERVAL 1 MICROSECOND AS at FROM showings")
    before = min(change["changed_at"], shown["at"]).isoformat()
    then = [row["number"] for row in ask(root, "known_on", day=before) if row["words"].endswith(("40", "60", "boats"))]
    assert 60 in now
    assert 60 not in then
    assert ask(root, "known_on", day="2020-01-01") == []


def test_who_copied_whom(root: Root) -> None:
    """The one that was there first is the original."""
    (row,) = ask(root, "who_copied_whom")
    assert (row["original"], row["copy"]) == ("Denmark and Norway open ferry talks", "taken.txt")


def test_what_was_cut(root: Root) -> None:
    """By rule and site; an artifact alone."""
    assert {"share_row", "title"} <= {row["kind"] for row in ask(root, "what_was_cut")}
    (row,) = ask(root, "what_was_cut", kind="share_row")
    assert (row["edits"], row["articles"]) == (2, 2)


def test_what_waits(root: Root) -> None:
    """With the rule and the words."""
    (row,) = ask(root, "what_waits")
    assert (row["table_name"], row["rule"], row["entries"]) == ("quantities", "value_is_finite", 1)


def test_figures(root: Root) -> None:
    """On a topic, with period and article; copies once."""
    (row,) = ask(root, "figures", topic="ferry traffic")
    assert (row["value"], row["unit"], row["direction"], row["period"]) == (12, "percent", "increase", "2023")
    assert row["article"] == "Denmark and Norway open ferry talks"


def test_offices(root: Root) -> None:
    """Who is said to hold what, from when to when."""
    rows = {row["person"]: row for row in ask(root, "offices")}
    assert rows["Per Dahl"]["office"] == "prime_minister"
    assert rows["Per Dahl"]["of_whom"] == "NOR"
    assert [row["person"] for row in ask(root, "offices", who="holm")] == ["Ida Holm"]


def test_forecasts(root: Root) -> None:
    """With who makes them; other kinds of claims on demand."""
    rows = ask(root, "forecasts")
    assert [row["claim"] for row in rows] == ["Fares will fall next year"]
    assert ask(root, "forecasts", kind="goal", who="nobody") == []


def test_what_is_chosen_is_a_value_and_no_sql(root: Root) -> None:
    """Quotation marks are characters."""
    assert ask(root, "figures", topic="' OR true --") == []
    with pytest.raises(QueryError, match="topics is no choice of figures"):
        ask(root, "figures", topics="ferry")
    with pytest.raises(QueryError, match="no such query"):
        named_query("figure")


def test_on_the_command_line(root: Root) -> None:
    """Listed, shown, run, with values chosen."""

    def call(*args: str) -> str:
        done = CliRunner().invoke(copydesk, ["sql", *args, "--root", str(root.path)], catch_exceptions=False)
        assert done.exit_code == 0
        return str(done.stdout)

    assert call(".queries") == call("--queries")
    assert all(f" {name} " in call(".queries") for name in named_queries())
    assert call(".queries figures") == named_query("figures").sql
    (line,) = call("--query", "figures", "--set", "topic=Ferry traffic", "--json").splitlines()
    assert json.loads(line)["value"] == 12
    wrong = CliRunner().invoke(copydesk, ["sql", "--query", "figures", "--set", "topic", "--root", str(root.path)])
    assert wrong.exit_code == 2
