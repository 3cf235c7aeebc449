"""Stories: which texts are copies of which, in whatever order they come, change and go."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copydesk.article import Moment
from copydesk.facts import Facts
from copydesk.likeness import StoryRole, Wording, find_likeness
from copydesk.shingles import SHINGLE, WINDOW, keys_of
from flows.cli import copydesk as command
from flows.roots import Root
from flows.steps import ingest_paths
from tests.warehousing import RULESET, RUN, ingest, make_article, make_capture
from warehouse.check import check_documents
from warehouse.connect import open_warehouse
from warehouse.files import published_path
from warehouse.forget import forget
from warehouse.integrity import find_problems
from warehouse.records import Run
from warehouse.rows import document_rows
from warehouse.stories import find_stale

CASES: Mapping[str, Any] = json.loads((Path(__file__).parent / "cases" / "stories.json").read_text(encoding="utf-8"))
TEXTS: Mapping[str, Sequence[str]] = CASES["texts"]
DAYS = {name: (number + 2) // 3 for number, name in enumerate(TEXTS)}
"""When each text was published: several a day."""


@pytest.mark.parametrize("case", CASES["pairs"], ids=lambda case: f"{case['earlier']}-{case['later']}")
def test_pairs(case: Mapping[str, Any]) -> None:
    """Each is what a person says it is; what is a copy has a key in common, so that it is found among many."""
    earlier, later = (Wording.of(TEXTS[case[name]]) for name in ("earlier", "later"))
    found = find_likeness(later, earlier)
    assert (found and found.role) == case["role"]
    if found:
        assert found.is_same_text == case["is_same_text"]
        assert set(keys_of(later.words)) & set(keys_of(earlier.words))


@given(st.lists(st.integers(0, 9), min_size=24, max_size=90), st.data())
def test_a_piece_of_24_words_shares_a_key(numbers: list[int], data: st.DataObject) -> None:
    """Wherever it stands, and whatever is around it."""
    words = [f"w{number}" for number in numbers]
    start = data.draw(st.integers(0, len(words) - (WINDOW + SHINGLE - 1)))
    piece = ["before", *words[start : start + WINDOW + SHINGLE - 1], "behind"]
    assert set(keys_of(words)) & set(keys_of(piece))


def put(path: Path, names: Sequence[str], *, text_of: Mapping[str, Sequence[str]] = TEXTS, later: int = 0) -> None:
    """Put texts into a warehouse; each is captured on the day on which it says that it was published."""
    captures, texts = [], {}
    for name in names:
        texts[name] = "\n\n".join((f"{name}\nPublished 1 March 2026", *text_of[name])) + "\n"
        captures.append(make_capture(texts[name], name, DAYS[name] + later))
    with open_warehouse(path) as wh:
        plan = wh.plan(captures, ruleset=RULESET)
    rows = []
    for planned in plan.work:
        name = planned.capture.path or ""
        published = Moment("as written", datetime(2026, 1, 1) + timedelta(days=DAYS[name]), "day", None, "given")  # noqa: DTZ001
        article = replace(make_article(texts[name]), language="en", published=published)
        rows.append(document_rows(planned, article, Facts(), ruleset=RULESET, run_id=RUN))
    with open_warehouse(path) as wh:
        wh.load(check_documents(rows, ruleset=RULESET, run_id=RUN), unchanged=plan.unchanged)


def refresh(path: Path) -> int:
    """Bring stories up to date."""
    with open_warehouse(path) as wh:
        return wh.refresh_stories()


def told(path: Path) -> list[tuple[Any, ...]]:
    """Return the stories as the views show them, without what depends on the machine."""
    with open_warehouse(path, read_only=True) as wh:
        assert [problem for problem in find_problems(wh.connection) if problem.table.startswith("story")] == []
        assert find_stale(wh.connection) == []
        sql = "SELECT * EXCLUDE (story_id), story_id::VARCHAR AS story FROM copies ORDER BY path"
        rows: list[tuple[Any, ...]] = wh.connection.execute(sql).fetchall()
        return rows + wh.connection.execute("SELECT * FROM stories ORDER BY path").fetchall()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a warehouse with all texts, put in at once."""
    path = tmp_path_factory.mktemp("whole") / "w.duckdb"
    put(path, list(TEXTS))
    refresh(path)
    return path


def roles(path: Path) -> dict[str, tuple[str, str]]:
    """Return role and original of the copies."""
    with open_warehouse(path, read_only=True) as wh:
        sql = "SELECT c.path, c.role, o.path FROM copies c JOIN articles o ON o.document_id = c.story_id"
        return {name: (role, original) for name, role, original in wh.connection.execute(sql).fetchall()}


def test_what_is_found_among_all(whole: Path) -> None:
    """The texts of one story lead to one original; those that are none are alone."""
    found = roles(whole)
    assert {original for name, (_, original) in found.items() if name.startswith("wire")} == {"wire"}
    assert found["wire_one_figure"] == (StoryRole.COPY, "wire")
    assert found["wire_teaser"] == (StoryRole.EXCERPT, "wire")
    assert len({"german", "german_copy"} & found.keys()) == 1
    assert (
        not {"same_topic", "quote_second", "notice_chief", "weather_friday", "roundup", "trial_day_five"} & found.keys()
    )


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(list(TEXTS)), st.lists(st.integers(1, len(TEXTS) - 1), max_size=4, unique=True))
def test_the_order_of_arrival_changes_nothing(
    whole: Path, tmp_path_factory: pytest.TempPathFactory, names: list[str], cuts: list[int]
) -> None:
    """In any order, in any batches, brought up to date after each of them."""
    path = tmp_path_factory.mktemp("shuffled") / "w.duckdb"
    for start, end in pairwise([0, *sorted(cuts), len(names)]):
        put(path, names[start:end])
        refresh(path)
    assert told(path) == told(whole)


def test_doing_it_again_changes_nothing(whole: Path) -> None:
    """Nothing is stale, and nothing is written."""
    assert refresh(whole) == 0


def test_an_article_that_changes_leaves_its_story_and_comes_back(tmp_path: Path) -> None:
    """Its copies go with the next best; what was cut off before that is done the next time."""
    path = tmp_path / "w.duckdb"
    names = ["wire", "wire_with_note", "wire_rewritten", "same_topic"]
    put(path, names)
    refresh(path)
    before = roles(path)
    put(path, ["wire"], text_of={"wire": TEXTS["interview"]}, later=1)
    assert refresh(path) > 0
    assert roles(path) == {"wire_rewritten": ("copy", "wire_with_note")}
    put(path, ["wire"], later=2)
    with open_warehouse(path, read_only=True) as wh:
        assert len(find_stale(wh.connection)) == 1  # as after a crash: nothing was said of it
    refresh(path)
    assert roles(path) == before


def test_what_is_forgotten_leaves_its_story(tmp_path: Path) -> None:
    """Its copies are copies of each other then, as if it had never been there."""
    path, other = tmp_path / "w.duckdb", tmp_path / "other.duckdb"
    names = ["wire", "wire_with_note", "wire_rewritten", "flash", "flash_expanded"]
    put(path, names)
    refresh(path)
    with open_warehouse(path) as wh:
        wh.publish()
        gone = wh.connection.execute("SELECT document_id::VARCHAR FROM documents WHERE path = 'wire'").fetchall()[0]
        run = Run.start(
            started_at=datetime.fromisoformat("2026-03-01T12:00:00+00:00"), ruleset=RULESET, orchestrator="direct"
        )
        forget(wh, list(gone), run, lambda _: None)
    put(other, names[1:])
    refresh(other)
    assert told(path) == told(other)
    assert told(published_path(path)) == told(other)


def test_the_published_copy_has_the_stories(tmp_path: Path) -> None:
    """Also those of documents that a later run did not touch itself."""
    path = tmp_path / "w.duckdb"
    put(path, ["wire_rewritten", "same_topic"])
    for names in ([], ["wire_with_note"], ["wire"]):
        put(path, names)
        refresh(path)
        with open_warehouse(path) as wh:
            wh.publish()
        assert told(published_path(path)) == told(path)
    assert roles(published_path(path))["wire_rewritten"] == ("copy", "wire")


def test_texts_of_a_few_words_are_alone(tmp_path: Path) -> None:
    """No key, no story."""
    path = tmp_path / "w.duckdb"
    with open_warehouse(path):
        pass
    ingest(path, {name: f"{name}\n\nClosed.\n" for name in ("a.txt", "b.txt")})
    assert refresh(path) == 0
    with open_warehouse(path, read_only=True) as wh:
        assert set(wh.connection.execute("SELECT role FROM article_stories").fetchall()) == {("alone",)}


def test_the_command(whole: Path, tmp_path: Path) -> None:
    """It lists stories, and the documents of one; what it cannot find it says."""

    def call(*words: str) -> Any:  # noqa: ANN401 - click's result
        return CliRunner().invoke(command, ["stories", *words, "--warehouse", str(whole), "--root", str(tmp_path)])

    stories = [json.loads(line) for line in call("--json").output.splitlines()]
    wire = stories[0]
    assert (wire["title"], wire["documents"]) == ("wire", 1 + wire["copies"] + wire["excerpts"] + wire["expansions"])
    members = [json.loads(line) for line in call(wire["story"], "--json").output.splitlines()]
    assert [member["role"] for member in members].count("original") == 1
    assert len(members) == wire["documents"]
    assert all(member["of_its_words"] >= 33 for member in members[1:])
    for words in ("ffffffff", "a"):
        failed = call(words)
        assert failed.exit_code != 0
        assert "no document in a story has this id" in str(failed.exception)


# Counted by story -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Root:
    """Make a root with an article, its copy with another figure, an expansion, and one of its own."""
    root = Root.find(tmp_path_factory.mktemp("root"))
    root.make()
    lead = (
        "Norway accused Denmark of delays on 26 February 2026, and ferry traffic between Skarvik and Holm rose by {} "
        "per cent in 2025. The quay at Holm can no longer carry lorries, and divers found that its timber had rotted."
    )
    more = (
        "Sweden criticised Norway on 27 February 2026. Fares rose by 7 per cent in 2025. The boats of the other line, "
        "which ran empty all winter, are full since the morning, and their crews work double shifts until the spring."
    )
    articles = {
        "wire": ("Ferry talks", "1 March 2026", [lead.format(12)]),
        "copy": ("Talks on ferries", "2 March 2026", [lead.format(13)]),
        "long": ("Ferries and fares", "3 March 2026", [lead.format(12), more]),
        "other": (
            "Bakers sell less bread",
            "1 March 2026",
            ["Bakers in Holm sold 40 per cent less bread in 2025 than a year earlier."],
        ),
    }
    for name, (title, day, paragraphs) in articles.items():
        text = f"{title}\n\nPublished: {day} 09:00 am\n\n" + "\n\n".join(paragraphs) + "\n"
        (root.raw / f"{name}.txt").write_text(text, encoding="utf-8")
    assert not ingest_paths([str(root.raw)], root).failures
    return root


def test_a_run_finds_stories_and_counts_by_them(root: Root) -> None:
    """Events and figures of copies count once; the figure that a copy changed is a row of its own."""
    with open_warehouse(root.warehouse, read_only=True) as wh:
        roles = {row["path"]: row["role"] for row in wh.rows("FROM article_stories JOIN articles USING (document_id)")}
        figures = wh.rows("SELECT value, documents FROM story_figures WHERE unit = 'percent' ORDER BY value")
        events = wh.rows("SELECT actors, documents FROM story_events ORDER BY ALL")
    assert roles == {"wire.txt": "original", "copy.txt": "copy", "long.txt": "expansion", "other.txt": "alone"}
    counted = [(row["value"], row["documents"]) for row in figures]
    assert counted == [(7.0, 1), (12.0, 2), (13.0, 1), (40.0, 1)]
    assert ("country:NOR", 3) in [(row["actors"], row["documents"]) for row in events]
    done = CliRunner().invoke(command, ["sql", "--query", "figures", "--json", "--root", str(root.path)])
    rows = [json.loads(line) for line in done.output.splitlines()]
    told = sorted((row["value"], row["article"]) for row in rows if row["unit"] == "percent")
    assert told == [(7.0, "Ferries and fares"), (12.0, "Ferry talks"), (40.0, "Bakers sell less bread")]
