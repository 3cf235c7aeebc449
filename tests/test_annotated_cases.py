"""Precision and recall on sentences that were annotated before the rules were run on them (``annotated.json``).

Asserted deeds: the words of which one stands in the trigger of each deed that the text itself says has happened. What
may be shown as well (a deed that another word presupposes) is listed apart; any other asserted event is wrong.
Office-holders: name, title as written, country, status. Capitals: the government or the place.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import copydesk
from copydesk.facts import Facts, MentionKind, Modality

CASES = Path(__file__).parent / "cases"
Counts = tuple[int, int, int, int]
"""Shown, of these right, wanted, of these found."""


def rows(topic: str) -> list[Any]:
    """Return the annotated sentences of a topic."""
    rows: list[Any] = json.loads((CASES / topic / "annotated.json").read_text(encoding="utf-8"))
    return rows


def facts_of(text: str) -> Facts:
    """Return the facts of a text."""
    return copydesk.extract(copydesk.clean(copydesk.read(text)))


def count_asserted(row: Any) -> Counts:  # noqa: ANN401 - a case's JSON
    """Count the asserted events of a sentence."""
    text = row["text"]
    shown = [text[slice(*e.trigger)] for e in facts_of(text).events if e.modality is Modality.ASSERTED]
    known = [*row["asserted"], *row["may"]]
    right = [trigger for trigger in shown if any(word in trigger for word in known)]
    found = [word for word in row["asserted"] if any(word in trigger for trigger in shown)]
    return len(shown), len(right), len(row["asserted"]), len(found)


def count_holders(row: Any) -> Counts:  # noqa: ANN401 - a case's JSON
    """Count the office-holders of a sentence."""
    facts = facts_of(row["text"])
    names = {e.entity_id: e.name for e in facts.entities}
    shown = [[names[h.person], h.title, h.country, h.status.value] for h in facts.officeholders]
    found = [wanted for wanted in row["holders"] if _has(shown, wanted)]
    right = [one for one in shown if _has([*row["holders"], *row["may"]], one)]
    return len(shown), len(right), len(row["holders"]), len(found)


def _has(holders: Iterable[Sequence[str | None]], one: Sequence[str | None]) -> bool:
    return any([*one[:1], str(one[1]).lower(), *one[2:]] == [*h[:1], str(h[1]).lower(), *h[2:]] for h in holders)


def count_capitals(row: Any) -> Counts:  # noqa: ANN401 - a case's JSON
    """Count the capitals that are shown for a government."""
    text = row["text"]
    start = text.index(row["capital"])
    shown = any(m.kind is MentionKind.METONYM and m.place.start == start for m in facts_of(text).mentions)
    wanted = row["meant"] == "government"
    return shown, shown and wanted, wanted, shown and wanted


def percent(counts: Iterable[Counts]) -> tuple[float, float]:
    """Return precision and recall in percent."""
    shown, right, wanted, found = (sum(column) for column in zip(*counts, strict=True))
    return 100 * right / shown, 100 * found / wanted


def test_asserted_events() -> None:
    """What is conditional, expected, reported or negated is not shown as asserted; most plain assertions are."""
    precision, recall = percent(map(count_asserted, rows("events")))
    assert precision >= 92
    assert recall >= 80


def test_officeholders() -> None:
    """Most office-holders that are shown are such, with the right country and status."""
    precision, recall = percent(map(count_holders, rows("officeholders")))
    assert precision >= 95
    assert recall >= 85


def test_capitals() -> None:
    """A capital that is shown for a government is one, and most of these are shown."""
    precision, recall = percent(map(count_capitals, rows("mentions")))
    assert precision >= 95
    assert recall >= 84
