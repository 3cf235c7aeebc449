"""The mentions of entities in a passage, by place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from copydesk.document import Span
from copydesk.extract.reading import ReadingPassage
from copydesk.facts import EntityType, Mention

_RANK: Mapping[EntityType, int] = {
    EntityType.PERSON: 0,
    EntityType.ORG: 1,
    EntityType.COUNTRY: 2,
    EntityType.POLICY: 3,
    EntityType.DOCUMENT: 3,
    EntityType.REGION: 4,
}


class Named:
    """Mentions of one passage, outermost first, in text order."""

    def __init__(self, mentions: Iterable[Mention], passage: ReadingPassage) -> None:
        """Take those that stand in the passage."""
        here = (m for m in mentions if (m.place.field, m.place.ordinal) == (passage.field, passage.ordinal))
        self._mentions = sorted(here, key=lambda m: (m.place.start, -m.place.end))
        self._starts = [m.place.start for m in self._mentions]

    def within(self, span: Span) -> Sequence[Mention]:
        """Return the mentions that lie wholly within a span, nested ones too."""
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return [m for m in self._mentions[first:last] if m.place.end <= span.end]

    def best(self, span: Span) -> Mention | None:
        """Return the mention that a phrase is about: a person before an organisation before a country."""
        return min(self.within(span), key=lambda m: (_RANK.get(m.type, 5), m.is_nested), default=None)

    def last(self, span: Span) -> Mention | None:
        """Return the last mention within a span that is not nested in another."""
        return next((m for m in reversed(self.within(span)) if not m.is_nested), None)
