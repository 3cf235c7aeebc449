"""The runs of a ledger: integer columns, and one linear sweep that splices a stage of edits into them."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

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

    def row(self, index: int) -> tuple[int, int, int, int]:
        """Return (origin, offset, length, deleter) of one run."""
        origins, offsets, lengths, deleters = self.columns
        return origins[index], offsets[index], lengths[index], deleters[index]

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
            begin, raw = (offset, offset + length) if origin == BASE else (raw, raw)
            if not deleter and origin == BASE:
                continue
            for owner in self.deleters(deleter) if origin == BASE else (origin, *self.deleters(deleter)):
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
                yield Segment(position, end, offset, offset + length, True)  # noqa: FBT003 - by keyword is slow
            else:
                yield Segment(position, end, starts[origin], ends[origin], False)  # noqa: FBT003
            position = end

    def flat(self, active: bytearray) -> Iterator[tuple[int, int, list[tuple[int, int]], int]]:
        """Yield (raw_start, raw_end, pieces of the owner's replacement, owner): sorted and disjoint."""
        current, start, raw = BASE, 0, 0
        pieces: list[tuple[int, int]] = []
        for origin, offset, length, owner in self._owned(active):
            if owner != current:
                if current != BASE:
                    yield start, raw, pieces, current
                current, start, pieces = owner, raw, []
            if origin == BASE:
                raw = offset + length
            else:
                pieces.append((offset, length))
        if current != BASE:
            yield start, raw, pieces, current

    def _owned(self, active: bytearray) -> Iterator[tuple[int, int, int, int]]:
        """Yield (origin, offset, length, owner) of the base text and of what is put in.

        The owner of a piece of the base text is its latest active deleter, or ``BASE`` where it shows.
        """
        for origin, offset, length, deleter in self:
            if origin != BASE:
                if self.shows(active, origin, deleter):
                    yield origin, offset, length, origin
            elif deleter >= 0:
                yield origin, offset, length, deleter - 1 if deleter and active[deleter - 1] else BASE
            else:
                owners = (edit for edit in reversed(self.deleters(deleter)) if active[edit])
                yield origin, offset, length, next(owners, BASE)


class Splicer:
    """Takes edits in text order into a list of runs, in one sweep from the left."""

    def __init__(self, runs: Runs, active: bytearray, lengths: Sequence[int]) -> None:
        """Begin at the start of the text of the active edits; ``lengths`` are those of all replacements."""
        self._source = runs
        self._active = active
        self._lengths = lengths
        self._out = Runs(_columns(), runs.groups[:])
        self._put = tuple(column.append for column in self._out.columns)
        self._open: list[int] = []
        self._joined: dict[int, int] = {}
        self._row = 0  # the first row that is not wholly passed,
        self._used = 0  # how much of it is,
        self._position = 0  # and where the rest of it stands in the text, if it shows
        self._count = len(runs.columns[0])

    def splice(self, start: int, end: int, edit: int, length: int) -> Collection[int]:
        """Replace [start, end) of the text by ``length`` characters of an edit; return the edits that this cuts.

        Hidden runs between the ends are marked too. Those at the left end stay outside, unless they are what the
        insertion replaced that is deleted now: the two go together.
        """
        if self._position < start:
            self._pass(start)
        cuts: Collection[int] = ()
        if not self._take_within_base(end, edit):
            self._joined.clear()
            if end > start:
                self._take_edge(edit)
                cuts = self._cut_here()
                self._mark(end, edit)
                cuts = {*cuts, *self._cut_here()}
            else:
                self._skip_edge()
                cuts = self._cut_here()
        if length:
            self._push(edit, 0, length, 0)
        return cuts

    def finish(self) -> Runs:
        """Return the new runs."""
        if self._used:
            self._push(*self._rest())
            self._row += 1
        self._copy(self._row, self._count)
        return self._out

    def _rest(self) -> tuple[int, int, int, int]:
        """Return what is left of the present row."""
        origins, offsets, lengths, deleters = self._source.columns
        row, used = self._row, self._used
        return origins[row], offsets[row] + used, lengths[row] - used, deleters[row]

    def _take_within_base(self, end: int, edit: int) -> bool:
        """Take an edit that lies within one untouched piece of the base text: the usual case, and a short way."""
        if not self._used or self._open:
            return False
        origin, offset, length, deleter = self._rest()
        taken = end - self._position
        if origin != BASE or deleter or taken >= length:
            return False
        if taken:
            put_origin, put_offset, put_length, put_deleter = self._put
            put_origin(BASE)
            put_offset(offset)
            put_length(taken)
            put_deleter(edit + 1)
            self._used += taken
            self._position = end
        return True

    def _pass(self, target: int) -> None:
        """Move on to a position of the text, leaving what is passed as it is."""
        if self._used and not self._pass_begun(target):
            return
        origins, offsets, lengths, deleters = self._source.columns
        first = row = self._row
        position = self._position
        while position < target and row < self._count:
            origin, length, deleter = origins[row], lengths[row], deleters[row]
            if (origin == BASE and not deleter) or self._source.shows(self._active, origin, deleter):
                position += length
                if position > target:
                    break
            if origin != BASE and length != self._lengths[origin]:
                self._follow(origin, offsets[row], length)
            row += 1
        self._copy(first, row)
        self._row, self._used = row, 0
        if position > target:
            self._used = lengths[row] - (position - target)
            self._push(origins[row], offsets[row], self._used, deleters[row])
        self._position = min(position, target)

    def _pass_begun(self, target: int) -> bool:
        """Move on within the row that is begun; tell whether it ends before the position."""
        origin, offset, length, deleter = self._rest()
        taken = min(length, target - self._position)
        self._push(origin, offset, taken, deleter)
        self._position += taken
        self._used += taken
        if taken < length:
            return False
        self._row, self._used = self._row + 1, 0
        return True

    def _copy(self, first: int, last: int) -> None:
        for column, source in zip(self._out.columns, self._source.columns, strict=True):
            column.extend(source[first:last])

    def _mark(self, target: int, edit: int) -> None:
        """Move on to a position of the text, marking what is passed as deleted by an edit."""
        while self._position < target and self._row < self._count:
            origin, offset, length, deleter = self._rest()
            row, used = self._row + 1, 0
            if self._source.shows(self._active, origin, deleter):
                room = target - self._position
                if length > room:
                    row, used, length = self._row, self._used + room, room
                self._position += length
            self._push(origin, offset, length, self._join(deleter, edit))
            self._row, self._used = row, used

    def _take_edge(self, edit: int) -> None:
        end = self._next_shown()
        for row in range(self._row, end):
            origin, offset, length, deleter = self._source.row(row)
            self._push(origin, offset, length, self._join(deleter, edit) if self._goes_on(deleter, end) else deleter)
        self._row = end

    def _skip_edge(self) -> None:
        """Pass the hidden runs at a place of insertion, but for those that the next insertion replaced."""
        end = self._next_shown()
        while self._row < end:
            origin, offset, length, deleter = self._source.row(self._row)
            if self._goes_on(deleter, end):
                break
            self._push(origin, offset, length, deleter)
            self._row += 1

    def _goes_on(self, deleter: int, shown: int) -> bool:
        """Tell whether a shown row is the replacement of an edit that this value of the deleter column names."""
        owner = self._source.columns[0][shown] if shown < self._count else BASE
        return owner != BASE and owner in self._source.deleters(deleter)

    def _next_shown(self) -> int:
        """Return the next row that shows, the present one included; a row that is begun does."""
        origins, _, _, deleters = self._source.columns
        row = self._row
        while row < self._count and not self._source.shows(self._active, origins[row], deleters[row]):
            row += 1
        return row

    def _cut_here(self) -> Collection[int]:
        """Return the edits within whose replacement this place lies."""
        return [edit for edit in self._open if self._active[edit]] if self._open else ()

    def _push(self, origin: int, offset: int, length: int, deleter: int) -> None:
        put_origin, put_offset, put_length, put_deleter = self._put
        put_origin(origin)
        put_offset(offset)
        put_length(length)
        put_deleter(deleter)
        if BASE < origin < len(self._active) and length != self._lengths[origin]:
            self._follow(origin, offset, length)

    def _follow(self, origin: int, offset: int, length: int) -> None:
        """Keep track of the replacements that have begun and not ended; one within another ends first."""
        if offset == 0:
            self._open.append(origin)
        elif offset + length == self._lengths[origin]:
            self._open.pop()

    def _join(self, deleter: int, edit: int) -> int:
        if not deleter:
            return edit + 1
        joined = self._joined.get(deleter)
        if joined is None:
            self._out.groups.append((*self._source.deleters(deleter), edit))
            joined = self._joined[deleter] = -len(self._out.groups)
        return joined
