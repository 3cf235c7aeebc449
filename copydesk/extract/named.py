"""The mentions of entities in a passage, by place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from copydesk.document import Span
from copydesk.extract.found import Found
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

_SPEAKS_FOR = re.compile(
    r"\b(?:spokes\w+|officials?|authorit(?:y|ies)|government|ministry|minister|police|army|military|leaders?|sources?|"
    r"administration|embassy|campaign|aides?|diplomats?|lawmakers?|regulators?|prosecutors?|newspaper|media|commander)\b"
)
_PREPOSITION = re.compile(r"\b(?:of|in|on|at|by|for|with|from|to|about|between|against|over)\b")


def named_in(found: Found, passage: ReadingPassage) -> Named:
    """Return the mentions of a passage; they are put in order once for all extractors."""
    key = (passage.field, passage.ordinal, len(found.mentions))
    if key not in found.named:
        found.named[key] = Named(found.mentions, passage)
    return found.named[key]


class Named:
    """Mentions of one passage, outermost first, in text order."""

    def __init__(self, mentions: Iterable[Mention], passage: ReadingPassage) -> None:
        """Take those that stand in the passage."""
        here = (m for m in mentions if (m.place.field, m.place.ordinal) == (passage.field, passage.ordinal))
        self._mentions = sorted(here, key=lambda m: (m.place.start, -m.place.end))
        self._text = passage.text
        self._starts = [m.place.start for m in self._mentions]

    def within(self, span: Span) -> Sequence[Mention]:
        """Return the mentions that lie wholly within a span, nested ones too."""
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return [m for m in self._mentions[first:last] if m.place.end <= span.end]

    def head(self, span: Span) -> Mention | None:
        """Return whom a phrase names as a speaker or holder: a person, or the body or country that it speaks for.

        ``Kenyan officials`` and ``a spokesman for Kenya`` are Kenya; ``the Kenyan almanac`` and ``trade with Kenya``
        are nobody.
        """
        named = [m for m in self.within(span) if m.type is EntityType.PERSON or self._is_head(m, span)]
        return min(named, key=lambda m: (_RANK.get(m.type, 5), m.is_nested), default=None)

    def _is_head(self, mention: Mention, span: Span) -> bool:
        before = self._text[span.start : mention.place.start].lower()
        after = self._text[mention.place.end : span.end].lower()
        alone = not after or after[0] in ",(" or bool(_SPEAKS_FOR.search(after))
        return alone and (not _PREPOSITION.search(before) or bool(_SPEAKS_FOR.search(before)))

    def last(self, span: Span) -> Mention | None:
        """Return the last mention within a span that is not nested in another."""
        return next((m for m in reversed(self.within(span)) if not m.is_nested), None)
