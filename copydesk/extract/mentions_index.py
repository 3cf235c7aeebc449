"""The mentions of a passage, to be asked for by place: what starts here, ends here, lies within, comes before."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from copydesk.document import Span
from copydesk.extract.found import Found
from copydesk.extract.reading import Reading, ReadingPassage
from copydesk.facts import Entity, EntityType, Fact, Mention

_F = TypeVar("_F", bound=Fact)


@dataclass(frozen=True)
class MentionPage:
    """A passage with its plain text and its mentions in text order, nested ones too."""

    passage: ReadingPassage
    text: str
    mentions: Sequence[Mention]
    entities: Mapping[str, Entity]

    @cached_property
    def _starts(self) -> Sequence[int]:
        return [m.place.start for m in self.mentions]

    @cached_property
    def _by_end(self) -> Mapping[int, Sequence[Mention]]:
        ends: dict[int, list[Mention]] = {}
        for mention in self.mentions:
            ends.setdefault(mention.place.end, []).append(mention)
        return ends

    def of(self, *types: EntityType) -> Iterator[Mention]:
        """Yield the mentions of some types."""
        return (m for m in self.mentions if m.type in types)

    def starting_in(self, start: int, end: int, *types: EntityType) -> Iterator[Mention]:
        """Yield the mentions of some types (of all, when none is given) that start in a stretch."""
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return (m for m in self.mentions[low:high] if not types or m.type in types)

    def first_in(self, start: int, end: int, *types: EntityType) -> Mention | None:
        """Return the first mention of some types that starts in a stretch."""
        return next(self.starting_in(start, end, *types), None)

    def starting_at(self, start: int, *types: EntityType) -> Mention | None:
        """Return the longest mention of some types that starts there."""
        return max(self.starting_in(start, start + 1, *types), key=lambda m: m.place.end, default=None)

    def ending_at(self, end: int, *types: EntityType) -> Mention | None:
        """Return the longest mention of some types that ends there."""
        found = (m for m in self._by_end.get(end, ()) if m.type in types)
        return min(found, key=lambda m: m.place.start, default=None)

    def within(self, outer: Mention) -> Iterator[Mention]:
        """Yield the mentions inside another one."""
        found = self.starting_in(outer.place.start, outer.place.end)
        return (m for m in found if m is not outer and m.place.end <= outer.place.end)

    def last_before(self, position: int, reach: int, *types: EntityType) -> Mention | None:
        """Return the last mention of some types that ends at a position or up to ``reach`` characters before."""
        index = bisect_right(self._starts, position)
        while index and self._starts[index - 1] >= position - reach:
            index -= 1
            if self.mentions[index].place.end <= position and self.mentions[index].type in types:
                return self.mentions[index]
        return None


def mention_pages(reading: Reading, found: Found) -> Iterator[MentionPage]:
    """Yield the passages that have mentions."""
    mentions = by_passage(found.mentions)
    for passage in reading.passages:
        if inside := mentions.get((passage.field, passage.ordinal)):
            inside.sort(key=lambda m: (m.place.start, -m.place.end))
            yield MentionPage(passage, passage.plain, inside, found.entities)


def by_passage(facts: Iterable[_F]) -> dict[tuple[str, int], list[_F]]:
    """Return facts by the passage that they stand in."""
    groups: dict[tuple[str, int], list[_F]] = {}
    for fact in facts:
        groups.setdefault((fact.place.field, fact.place.ordinal), []).append(fact)
    return groups


def hull(*mentions: Mention) -> Span:
    """Return the span from the first to the last of some mentions."""
    return Span(min(m.place.start for m in mentions), max(m.place.end for m in mentions))
