"""Two clocks: what a publisher changed, and what we made of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from schemas.domains import CaptureStatus, ChangeClass, ReviewKind, ReviewStatus
from tests.warehousing import (
    NOON,
    RULESET,
    RUN,
    TEXT,
    contents,
    ingest,
    make_article,
    make_capture,
    make_facts,
    make_rows,
    planned_alone,
)
from warehouse.check import check_documents
from warehouse.connect import open_warehouse
from warehouse.history import CaptureState, Place, Reading, change_class, in_time_order, place_capture, version_spans
from warehouse.holding import CONTRADICTED
from warehouse.integrity import find_problems
from warehouse.records import Review
from warehouse.rows import document_rows

A, B, C = TEXT, TEXT.replace("12 per cent", "14 per cent"), TEXT + "\nA third paragraph.\n"


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    """Return where a warehouse may be made; whatever a test did there, it holds together afterwards."""
    path = tmp_path / "w.duckdb"
    yield path
    if path.exists():
        with open_warehouse(path) as wh:
            assert list(find_problems(wh.connection)) == []


def take(path: Path, text: str, day: int, ruleset: str = RULESET) -> None:
    """Take one state of the article, seen on a day."""
    ingest(path, {"ferries.txt": text}, day=day, ruleset=ruleset)


def query(path: Path, sql: str) -> list[dict[str, Any]]:
    """Return rows."""
    with open_warehouse(path) as wh:
        return wh.rows(sql)


def days(path: Path) -> list[tuple[int, int | None, str | None]]:
    """Return from which day to which each version is valid, and its class."""
    rows = query(path, "SELECT valid_from, valid_to, change_class FROM versions ORDER BY valid_from")
    return [
        (
            (row["valid_from"] - NOON).days,
            (row["valid_to"] - NOON).days if row["valid_to"] else None,
            row["change_class"],
        )
        for row in rows
    ]


# The publisher's clock ------------------------------------------------------------------------------------------------


def test_a_changed_text_makes_a_second_version_and_closes_the_first(path: Path) -> None:
    """The article that analysts see is the new one; the old one is still there."""
    take(path, A, 0)
    take(path, B, 2)
    assert days(path) == [(0, 2, "first"), (2, None, "substantive")]
    assert "14 per cent" in query(path, "SELECT text FROM articles")[0]["text"]
    assert query(path, "SELECT count(*) AS n FROM derivations") == [{"n": 2}]
    assert query(path, "SELECT change_class, words_more FROM changes")[1] == {
        "change_class": "substantive",
        "words_more": 0,
    }


def test_there_and_back_again_is_three_captures(path: Path) -> None:
    """A text that is put back is a third version, not the first one again."""
    for day, text in enumerate((A, B, A)):
        take(path, text, day)
    assert days(path) == [(0, 1, "first"), (1, 2, "substantive"), (2, None, "substantive")]
    assert query(path, "SELECT count(*) AS n, count(DISTINCT sha256) AS texts FROM captures") == [{"n": 3, "texts": 2}]


def test_the_same_bytes_as_the_latest_only_move_the_time(path: Path) -> None:
    """Nothing is processed and no row is new."""
    for day in (0, 1, 4):
        take(path, A, day)
    (row,) = query(path, "SELECT captured_at, last_seen_at FROM captures")
    assert row == {"captured_at": NOON, "last_seen_at": NOON + timedelta(days=4)}


def test_the_same_bytes_under_another_name_are_another_document(path: Path) -> None:
    """Two addresses, two documents."""
    ingest(path, {"one.txt": A, "two.txt": A})
    assert query(path, "SELECT count(*) AS n FROM articles") == [{"n": 2}]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (A.replace("Oslo on", "Oslo  on").replace("“", '"'), "cosmetic"),
        (A.replace("Ferry talks resume", "Ferry talks start again"), "metadata"),
        (A.replace("Denmark", "Sweden"), "substantive"),
    ],
)
def test_a_change_is_put_in_a_class(path: Path, text: str, expected: str) -> None:
    """Readers of changes care for words, not for spaces."""
    take(path, A, 0)
    take(path, text, 1)
    assert days(path)[1] == (1, None, expected)


def test_captures_of_one_document_come_one_after_the_other(path: Path) -> None:
    """Three states in one go need three rounds; the result is that of three runs."""
    other = path.with_name("other.duckdb")
    captures = [make_capture(text, day=day) for day, text in enumerate((A, B, A))]
    texts = {capture.sha256: text for capture, text in zip(captures, (A, B, A), strict=True)}
    waiting: Sequence[Any] = captures
    rounds = 0
    while waiting:
        with open_warehouse(path) as wh:
            plan = wh.plan(waiting, ruleset=RULESET)
            rows = [make_rows(p, texts[p.capture.sha256]) for p in plan.work]
            wh.load(check_documents(rows, ruleset=RULESET, run_id=RUN), unchanged=plan.unchanged)
        waiting, rounds = plan.later, rounds + 1
    for day, text in enumerate((A, B, A)):
        take(other, text, day)
    assert rounds == 3
    assert contents(path) == contents(other)


def test_a_late_capture_is_put_in_by_its_time(path: Path) -> None:
    """An archive has what was there before, and between."""
    take(path, A, 4)
    take(path, B, 8)
    take(path, C, 6)
    assert days(path) == [(4, 6, "first"), (6, 8, "substantive"), (8, None, "substantive")]
    take(path, C, 0)
    assert days(path)[:2] == [(0, 4, "first"), (4, 6, "substantive")]
    assert "14 per cent" in query(path, "SELECT text FROM articles")[0]["text"]


def test_a_late_capture_of_the_first_text_moves_its_beginning(path: Path) -> None:
    """The same bytes, seen earlier: the version is older than we knew."""
    take(path, A, 4)
    take(path, A, 1)
    assert days(path) == [(1, None, "first")]
    assert query(path, "SELECT count(*) AS n FROM captures") == [{"n": 1}]


def test_a_late_capture_that_others_contradict_is_held(path: Path) -> None:
    """Seen the same before and after: the one between is not believed, and says why it was held."""
    take(path, A, 0)
    take(path, A, 8)
    take(path, B, 4)
    assert days(path) == [(0, None, "first")]
    held = query(path, "SELECT reason FROM captures WHERE status = 'held'")
    assert held == [{"reason": CONTRADICTED}]


# Our clock ----------------------------------------------------------------------------------------------------------


def test_a_better_ruleset_is_no_correction(path: Path) -> None:
    """A new derivation of the same version: the publisher's clock stands still."""
    take(path, A, 0)
    before = days(path)
    _, result = ingest(path, {"ferries.txt": A}, day=1, ruleset="ruleset-2")
    assert len(result.rederived) == 1
    assert days(path) == before
    rows = query(path, "SELECT ruleset, is_current FROM derivations ORDER BY ruleset")
    assert rows == [{"ruleset": "ruleset-1", "is_current": False}, {"ruleset": "ruleset-2", "is_current": True}]
    assert query(path, "SELECT count(*) AS n FROM facts") == [{"n": 14}]
    assert query(path, "SELECT count(*) AS n FROM mentions") == [{"n": 10}]


def test_going_back_to_a_ruleset_makes_its_derivation_current(path: Path) -> None:
    """What was made is still there."""
    for day, ruleset in enumerate(("ruleset-1", "ruleset-2", "ruleset-1")):
        take(path, A, day, ruleset)
    rows = query(path, "SELECT ruleset FROM derivations WHERE is_current")
    assert rows == [{"ruleset": "ruleset-1"}]
    assert query(path, "SELECT count(*) AS n FROM derivations") == [{"n": 2}]


def test_rulesets_are_never_compared_with_each_other(path: Path) -> None:
    """A class is NULL until one ruleset has read both versions."""
    take(path, A, 0, "ruleset-1")
    take(path, B, 1, "ruleset-2")
    assert days(path) == [(0, 1, "first"), (1, None, None)]
    take(path, B, 2, "ruleset-1")
    assert days(path) == [(0, 1, "first"), (1, None, "substantive")]


def test_a_fact_is_known_again_in_the_next_version() -> None:
    """Its key has no offsets: a title that grew moves all facts and changes no key."""
    rows = []
    for text in (A, A.replace("Ferry talks", "Ferry talks between two countries")):
        article = make_article(text)
        made = document_rows(planned_alone(text), article, make_facts(article), ruleset=RULESET, run_id=RUN)
        rows.append(made.tables["mentions"])
    one, two = rows
    assert one["fact_key"] == two["fact_key"]
    assert len(set(one["fact_key"])) == 5
    assert one["raw_start"] != two["raw_start"]
    assert set(one["fact_id"]).isdisjoint(two["fact_id"])


# Reviews ------------------------------------------------------------------------------------------------------------


def review_of(document: str, **changes: Any) -> Review:  # noqa: ANN401 - columns of a review
    """Return the decision to undo the spacing edit."""
    made: dict[str, Any] = {
        "document_id": document,
        "kind": ReviewKind.UNDO,
        "exact": "  ",
        "prefix": "Norway",
        "suffix": "and Denmark",
        "start": 49,
        "edit_kind": "spacing",
        "rule": "spaces.double",
        "replacement": " ",
        "decided_at": NOON,
        "decided_by": "Ann",
    }
    return Review(**(made | changes))


def test_a_review_is_read_with_the_plan_and_asks_for_a_new_derivation(path: Path) -> None:
    """The bytes and the ruleset are the same, the decisions are not."""
    take(path, A, 0)
    (row,) = query(path, "SELECT document_id::VARCHAR AS id FROM documents")
    review = review_of(row["id"])
    with open_warehouse(path) as wh:
        wh.save_review(review)
        assert wh.reviews_for([row["id"]]) == {row["id"]: (review,)}
        (planned,) = wh.plan([make_capture(A, day=1)], ruleset=RULESET).work
        assert planned.reviews == (review,)
        wh.load(check_documents([make_rows(planned, A)], ruleset=RULESET, run_id=RUN))
        assert wh.plan([make_capture(A, day=2)], ruleset=RULESET).work == ()
    assert days(path) == [(0, None, "first")]
    assert query(path, "SELECT count(*) AS n FROM derivations WHERE is_current") == [{"n": 1}]


def test_a_decision_made_while_a_batch_was_processed_is_not_overwritten(path: Path) -> None:
    """The rows know nothing of it: the document is left out of the load, and goes round again."""
    take(path, A, 0)
    with open_warehouse(path) as wh:
        (planned,) = wh.plan([make_capture(A, day=1)], ruleset="f" * 64).work
        wh.save_review(review_of(planned.document_id))
        checked = check_documents([make_rows(planned, A, ruleset="f" * 64)], ruleset="f" * 64, run_id=RUN)
        result = wh.load(checked)
    assert (result.stale, result.counts) == ((planned.document_id,), {})


def test_deciding_again_replaces_the_decision(path: Path) -> None:
    """One edit, one decision; one that is withdrawn is in force no more."""
    take(path, A, 0)
    (row,) = query(path, "SELECT document_id::VARCHAR AS id FROM documents")
    with open_warehouse(path) as wh:
        for changes in ({}, {"kind": ReviewKind.REDO}, {"status": ReviewStatus.WITHDRAWN}):
            wh.save_review(review_of(row["id"], **changes))
        assert wh.rows("SELECT count(*) AS n FROM reviews") == [{"n": 1}]
        assert wh.reviews_for([row["id"]]) == {}
        assert wh.plan([make_capture(A)], ruleset=RULESET).work == ()
        with pytest.raises(ValueError, match="words that it stands at"):
            wh.save_review(review_of(row["id"], exact="", prefix="", suffix=""))


# Pure parts ----------------------------------------------------------------------------------------------------------


def state(name: str, day: int, last: int | None = None, *, previous: str | None = None) -> CaptureState:
    """Return an accepted capture whose bytes, version and id bear one name."""
    first, seen = NOON + timedelta(days=day), NOON + timedelta(days=day if last is None else last)
    return CaptureState(name, previous, name, name.lower(), CaptureStatus.ACCEPTED, first, seen)


STATES = [state("A", 0, 3), state("B", 5)]


@pytest.mark.parametrize(
    ("digest", "day", "expected", "before"),
    [
        ("a", 2, Place.SAME, None),
        ("a", 4, Place.SAME, None),
        ("b", 9, Place.SAME, "A"),
        ("b", 4, Place.SAME, "A"),
        ("c", 9, Place.NEXT, "B"),
        ("c", 4, Place.NEXT, "A"),
        ("c", -1, Place.NEXT, None),
        ("c", 2, Place.CONTRADICTED, "A"),
        ("a", 9, Place.NEXT, "B"),
    ],
)
def test_where_a_capture_belongs(digest: str, day: int, expected: Place, before: str | None) -> None:
    """By its time and its bytes, among those that are loaded."""
    placed = place_capture(digest, NOON + timedelta(days=day), STATES)
    assert (placed.place, placed.before.capture_id if placed.before else None) == (expected, before)


def test_captures_of_one_moment_stand_in_the_order_in_which_they_came() -> None:
    """A coarse clock does not turn them round."""
    states = [state("A", 0, previous="B"), state("B", 0, previous="C"), state("C", 0)]
    assert [s.capture_id for s in in_time_order(states)] == ["C", "B", "A"]


def test_versions_follow_one_another_without_gaps() -> None:
    """Each ends where the next begins; what was not accepted opens none."""
    failed = CaptureState("F", None, None, "f", CaptureStatus.FAILED, NOON + timedelta(days=4), NOON)
    spans = version_spans([STATES[0], failed, STATES[1]])
    assert [(s.version_id, s.valid_to) for s in spans] == [("A", STATES[1].captured_at), ("B", None)]


def test_nothing_is_compared_across_rulesets() -> None:
    """Without two readings by one ruleset there is no class."""
    one = Reading("1", "text", ())
    assert change_class(one, one._replace(ruleset="2")) is None
    assert change_class(None, one) is None
    assert change_class(one, one) is ChangeClass.COSMETIC


# As of a moment ------------------------------------------------------------------------------------------------------


def texts_as_of(path: Path, day: float, known: str = "now()") -> list[str]:
    """Return the part of the texts that differs, as of a day on the publisher's clock."""
    moment = (NOON + timedelta(days=day)).isoformat()
    rows = query(path, f"SELECT text FROM articles_as_of('{moment}', known_at := {known})")  # noqa: S608 - our own
    return [next(words for words in ("12 per cent", "14 per cent") if words in row["text"]) for row in rows]


def test_what_was_published_at_a_moment(path: Path) -> None:
    """Before the first version nothing; from each on, that one, to the second."""
    take(path, A, 0)
    take(path, B, 2)
    found = [texts_as_of(path, day) for day in (-1, 0, 1.99, 2, 9)]
    assert found == [[], ["12 per cent"], ["12 per cent"], ["14 per cent"], ["14 per cent"]]
    assert query(path, "SELECT count(*) AS n FROM facts_as_of('2026-03-02') WHERE number = 12") == [{"n": 1}]


def test_what_we_knew_of_it_at_a_moment(path: Path) -> None:
    """A version that came in late was not known before; an older derivation was shown until the better one."""
    take(path, A, 0)
    take(path, B, 2)
    take(path, C, 1)
    with open_warehouse(path) as wh:
        (late,) = wh.rows(
            "SELECT shown_at FROM showings JOIN versions USING (version_id) WHERE valid_from::DATE = '2026-03-02'"
        )
    before = f"'{late['shown_at'].isoformat()}'::TIMESTAMPTZ - INTERVAL 1 MICROSECOND"
    day = (NOON + timedelta(days=1.5)).isoformat()
    known = query(path, f"SELECT words FROM articles_as_of('{day}')")  # noqa: S608 - our own
    then = query(path, f"SELECT words FROM articles_as_of('{day}', known_at := {before})")  # noqa: S608 - our own
    assert known[0]["words"] == then[0]["words"] + 3


def test_every_showing_is_written_down(path: Path) -> None:
    """There and back again between rulesets: three showings of one version."""
    for day, ruleset in enumerate(("ruleset-1", "ruleset-2", "ruleset-1", "ruleset-1")):
        take(path, A, day, ruleset)
    rows = query(path, "SELECT ruleset FROM showings JOIN derivations USING (derivation_id) ORDER BY number")
    assert [row["ruleset"] for row in rows] == ["ruleset-1", "ruleset-2", "ruleset-1"]
