"""The runs of a ledger: integer columns, and one linear sweep that splices a stage of edits into them."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from copydesk.offsets import Segment

BASE = -1
"""The origin of a run that is a piece of the base text; any other origin is an edit id."""

Columns = tuple["array[int]", "array[int]", "array[int]", "array[int]"]


def _columns() -> Columns:
    return array("i"), array("i"), array("i"), array("i")


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs in text order: origin, offset into the origin, length, and who deletes them.

    ``deleter`` holds 0 for nobody, n > 0 for edit n - 1 alone (the usual case), and n < 0 for the edits
    ``groups[-n - 1]``, ascending. Base runs stand in the order of the base text and cover it.
    """

    columns: Columns
    groups: list[tuple[int, ...]] = field(default_factory=list)

    @classmethod
    def of(cls, length: int) -> Runs:
        """Return the runs of an unedited text."""
        runs = cls(_columns())
        if length:
            for column, value in zip(runs.columns, (BASE, 0, length, 0), strict=True):
                column.append(value)
        return runs

    def __iter__(self) -> Iterator[tuple[int, int, int, int]]:
        """Yield (origin, offset, length, deleter)."""
        return zip(*self.columns, strict=True)

    def deleters(self, deleter: int) -> tuple[int, ...]:
        """Return the edits behind a value of the deleter column, ascending."""
        if deleter > 0:
            return (deleter - 1,)
        return self.groups[-deleter - 1] if deleter else ()

    def shows(self, active: bytearray, origin: int, deleter: int) -> bool:
        """Tell whether a run is part of the text of the active edits."""
        if origin >= 0 and not active[origin]:
            return False
        if deleter >= 0:
            return not deleter or not active[deleter - 1]
        return not any(active[edit] for edit in self.groups[-deleter - 1])

    def shown(self, active: bytearray) -> Iterator[tuple[int, int, int]]:
        """Yield (origin, offset, length) of the runs that make up the text."""
        for origin, offset, length, deleter in self:
            if self.shows(active, origin, deleter):
                yield origin, offset, length

    def hulls(self, count: int, depends: Mapping[int, Sequence[int]]) -> tuple[array[int], array[int]]:
        """Return, per edit, where the base text that it stands for begins and ends.

        What an edit cuts of an earlier edit's replacement stands for that edit's whole hull.
        """
        starts, ends = array("i", [-1]) * count, array("i", [-1]) * count
        nested = [(edit, inner) for edit, needed in depends.items() for inner in needed]
        raw = 0
        for origin, offset, length, deleter in self:
            owners = self.deleters(deleter)
            begin, raw = (offset, offset + length) if origin == BASE else (raw, raw)
            if origin != BASE:
                owners = (origin, *owners)
            for owner in owners:
                if starts[owner] < 0:
                    starts[owner] = begin
                ends[owner] = raw
        for owner, inner in sorted(nested):  # an inner edit is the earlier one: its own hull is complete by then
            starts[owner], ends[owner] = min(starts[owner], starts[inner]), max(ends[owner], ends[inner])
        return starts, ends

    def segments(self, active: bytearray, depends: Mapping[int, Sequence[int]]) -> Iterator[Segment]:
        """Yield the pieces of the text of the active edits with their places in the base text."""
        starts, ends = self.hulls(len(active), depends)
        position = 0
        for origin, offset, length in self.shown(active):
            end = position + length
            if origin == BASE:
                yield Segment(position, end, offset, offset + length, is_exact=True)
            else:
                yield Segment(position, end, starts[origin], ends[origin], is_exact=False)
            position = end

    def flat(self, active: bytearray) -> Iterator[tuple[int, int, list[tuple[int, int]], int]]:
        """Yield (raw_start, raw_end, pieces of the owner's replacement, owner): sorted and disjoint."""
        current: tuple[int, int, list[tuple[int, int]], int] | None = None
        raw = 0
        for origin, offset, length, deleter in self:
            shown = self.shows(active, origin, deleter)
            if origin == BASE and shown:
                raw = offset + length
                if current:
                    yield current
                current = None
                continue
            if origin != BASE and not shown:
                continue
            start, pieces = raw, list[tuple[int, int]]()
            if origin == BASE:
                owner = max(edit for edit in self.deleters(deleter) if active[edit])
                raw = offset + length
            else:
                owner, pieces = origin, [(offset, length)]
            if current and current[3] == owner:
                current = (current[0], raw, current[2] + pieces, owner)
                continue
            if current:
                yield current
            current = (start, raw, pieces, owner)
        if current:
            yield current


class Splicer:
    """Takes edits in text order into a list of runs, in one sweep from the left."""

    def __init__(self, runs: Runs, active: bytearray, lengths: Sequence[int]) -> None:
        """Begin at the start of the text of the active edits; ``lengths`` are those of all replacements."""
        self._lengths = lengths
        self._open: list[int] = []
        self._source = runs
        self._rows: Iterator[tuple[int, int, int, int]] = iter(runs)
        self._active = active
        self._out = Runs(_columns(), runs.groups[:])
        self._joined: dict[int, int] = {}
        self._position = 0
        self._head: tuple[int, int, int, int] | None = next(self._rows, None)

    def splice(self, start: int, end: int, edit: int, length: int) -> set[int]:
        """Replace [start, end) of the text by ``length`` characters of an edit; return the edits that this cuts.

        Hidden runs between the ends are marked too. Those at the left end stay outside, unless they are what the
        insertion replaced that is deleted now: the two go together.
        """
        cuts = set[int]()
        self._joined.clear()
        self._advance(start, None)
        if end > start:
            self._take_edge(edit)
            self._note_cut(cuts)
            self._advance(end, edit)
            self._note_cut(cuts)
        else:
            self._skip_edge()
            self._note_cut(cuts)
        if length:
            self._push(edit, 0, length, 0)
        return cuts

    def finish(self) -> Runs:
        """Return the new runs."""
        while self._head:
            self._push(*self._head)
            self._head = next(self._rows, None)
        return self._out

    def _advance(self, target: int, edit: int | None) -> None:
        """Move on to a position of the text, marking what is passed as deleted by the edit, if one is given."""
        while self._position < target and self._head:
            origin, offset, length, deleter = self._head
            rest = None
            if self._source.shows(self._active, origin, deleter):
                room = target - self._position
                if length > room:
                    rest, length = (origin, offset + room, length - room, deleter), room
                self._position += length
            self._push(origin, offset, length, deleter if edit is None else self._join(deleter, edit))
            self._head = rest or next(self._rows, None)

    def _take_edge(self, edit: int) -> None:
        for origin, offset, length, deleter in self._hidden():
            self._push(origin, offset, length, self._join(deleter, edit) if self._goes_on(deleter) else deleter)

    def _skip_edge(self) -> None:
        """Pass the hidden runs at a place of insertion, but for those that the next insertion replaced."""
        rows = self._hidden()
        kept = next((i for i, row in enumerate(rows) if self._goes_on(row[3])), len(rows))
        for row in rows[:kept]:
            self._push(*row)
        if kept < len(rows):
            self._rows = chain(rows[kept + 1 :], [self._head] if self._head else [], self._rows)
            self._head = rows[kept]

    def _goes_on(self, deleter: int) -> bool:
        """Tell whether the next shown run is the replacement of an edit that this value of the column names."""
        owner = self._head[0] if self._head else BASE
        return owner != BASE and owner in self._source.deleters(deleter)

    def _hidden(self) -> Sequence[tuple[int, int, int, int]]:
        """Take the hidden runs that stand before the next shown one."""
        rows = []
        while self._head and not self._source.shows(self._active, self._head[0], self._head[3]):
            rows.append(self._head)
            self._head = next(self._rows, None)
        return rows

    def _note_cut(self, cuts: set[int]) -> None:
        """Note the edits within whose replacement this place lies."""
        cuts.update(edit for edit in self._open if self._active[edit])

    def _push(self, origin: int, offset: int, length: int, deleter: int) -> None:
        origins, offsets, lengths, deleters = self._out.columns
        origins.append(origin)
        offsets.append(offset)
        lengths.append(length)
        deleters.append(deleter)
        if origin != BASE and origin < len(self._active):
            self._follow(origin, offset, length)

    def _follow(self, origin: int, offset: int, length: int) -> None:
        """Keep track of the replacements that have begun and not ended; one within another ends first."""
        is_last = offset + length == self._lengths[origin]
        if offset == 0 and not is_last:
            self._open.append(origin)
        elif offset > 0 and is_last:
            self._open.pop()

    def _join(self, deleter: int, edit: int) -> int:
        if not deleter:
            return edit + 1
        joined = self._joined.get(deleter)
        if joined is None:
            self._out.groups.append((*self._source.deleters(deleter), edit))
            joined = self._joined[deleter] = -len(self._out.groups)
        return joined
