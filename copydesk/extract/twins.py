"""One statement, two words of saying: of quotations or claims of the same words the one is kept whose cue is nearer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from copydesk.document import Span
from copydesk.facts import Claim, Quote

Said = TypeVar("Said", Quote, Claim)


def without_twins(found: Iterable[Said]) -> list[Said]:
    """Return quotations or claims without those that cover and say the same as another, whose cue is farther off.

    In "The Ferries States report revealed that fares rose" both "States" and "revealed" can be words of saying.
    """
    nearest: dict[tuple[object, ...], Said] = {}
    for fact in found:
        key = (fact.place, fact.kind, fact.content)
        if key not in nearest or _gap(fact.cue, fact.content) < _gap(nearest[key].cue, fact.content):
            nearest[key] = fact
    return list(nearest.values())


def _gap(cue: Span | None, content: Span) -> int:
    return 0 if cue is None else max(content.start - cue.end, cue.start - content.end, 0)
