"""The ledger: every edit of a text, recorded and reversible.

The base text never changes. The state is one list of *runs* in text order. A run is a piece of the base text or of an
edit's replacement, with the edits that delete it; it shows when its origin is active and no active edit deletes it.
Repairs see a view (the text of the active edits) and return proposals on it; ``EditLog.stage`` takes them. Any edit can
be switched off and on again: nothing is rerun, so the order of doing so does not matter.

Runs are kept as integer columns with offsets into their origin, never as slices of text: slices cost quadratic time,
and an object a run costs hundreds of bytes, at a million edits.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from itertools import compress, groupby
from typing import NamedTuple

from copydesk.document import Span
from copydesk.errors import LedgerError
from copydesk.offsets import OffsetMap
from copydesk.proposals import FieldSpan, Proposal, resolve
from copydesk.runs import BASE, Runs, Splicer

NONE = -1
"""Stands for no evidence in the integer columns."""


class EditStatus(StrEnum):
    """Whether an edit is part of the text."""

    ACTIVE = "active"
    UNDONE = "undone"
    UNDONE_WITH = "undone_with"
    """Off because an edit that it depends on is."""
    SUGGESTED = "suggested"
    """Off from the start: the rule was not sure enough."""


class Edit(NamedTuple):
    """One edit of the ledger, as stored and shown.

    Attributes:
        edit_id: its number in the ledger, from 0.
        phase: the stage that took it.
        view_start, view_end: its span in that stage's view.
        raw_start, raw_end: the hull of the base text that it stands for.
        evidence: the raw span of its evidence, if any.
        fields: pieces that are kept as fields (raw spans).
        status: whether it is part of the text now.
        depends_on: the edits whose replacement it cuts; undoing one of those undoes this one.

    """

    edit_id: int
    phase: str
    view_start: int
    view_end: int
    replacement: str
    kind: str
    rule: str
    reason: str
    confidence: float
    raw_start: int
    raw_end: int
    evidence: Span | None
    fields: tuple[FieldSpan, ...]
    status: EditStatus
    is_suggestion: bool
    depends_on: tuple[int, ...]


class DroppedProposal(NamedTuple):
    """A proposal that lost against an overlapping one of its stage."""

    phase: str
    proposal: Proposal
    dropped_by: int


class FlatEdit(NamedTuple):
    """A piece of the flat form: replace ``base[raw_start:raw_end]`` with ``replacement``."""

    raw_start: int
    raw_end: int
    replacement: str
    edit_id: int


class _Label(NamedTuple):
    """What many edits have in common, kept once."""

    phase: str
    kind: str
    rule: str
    reason: str
    confidence: float
    fields: tuple[FieldSpan, ...]


@dataclass(slots=True)
class _Columns:
    """The edits of a log, one column a property."""

    label: array[int] = field(default_factory=lambda: array("i"))
    start: array[int] = field(default_factory=lambda: array("i"))
    end: array[int] = field(default_factory=lambda: array("i"))
    replacement: list[str] = field(default_factory=list)
    evidence_start: array[int] = field(default_factory=lambda: array("i"))
    evidence_end: array[int] = field(default_factory=lambda: array("i"))
    depends: dict[int, tuple[int, ...]] = field(default_factory=dict)
    suggestions: set[int] = field(default_factory=set)
    label_ids: dict[_Label, int] = field(default_factory=dict)

    def extend(self, phase: str, proposals: Sequence[Proposal]) -> None:
        self.start.extend(p.start for p in proposals)
        self.end.extend(p.end for p in proposals)
        self.replacement.extend(p.replacement for p in proposals)
        self.evidence_start.extend(p.evidence.start if p.evidence else NONE for p in proposals)
        self.evidence_end.extend(p.evidence.end if p.evidence else NONE for p in proposals)
        known = self.label_ids
        for _, _, _, kind, rule, reason, confidence, _, fields, _ in proposals:
            key = phase, kind, rule, reason, confidence, fields
            label = known.get(key)  # type: ignore[call-overload]  # a tuple finds the named tuple that equals it
            if label is None:
                label = known[_Label(*key)] = len(known)
            self.label.append(label)

    def copy(self) -> _Columns:
        return _Columns(
            self.label[:],
            self.start[:],
            self.end[:],
            self.replacement[:],
            self.evidence_start[:],
            self.evidence_end[:],
            dict(self.depends),
            set(self.suggestions),
            dict(self.label_ids),
        )


@dataclass(frozen=True)
class EditLog:
    """A base text with its edits. Values never change: each method returns a new log.

    >>> log = EditLog.of("a  b").stage("spacing", [Proposal(1, 3, " ", "spacing", "spaces.double")])
    >>> log.text, log.undo(0).text, log.flat()
    ('a b', 'a  b', [FlatEdit(raw_start=1, raw_end=3, replacement=' ', edit_id=0)])
    """

    base: str
    runs: Runs
    columns: _Columns
    off: frozenset[int] = frozenset()
    dropped: tuple[DroppedProposal, ...] = ()

    @classmethod
    def of(cls, base: str) -> EditLog:
        """Return the empty log of a base text."""
        return cls(base, Runs.of(len(base)), _Columns())

    def __len__(self) -> int:
        """Return the number of edits, active or not."""
        return len(self.columns.label)

    # Reading -------------------------------------------------------------------------------------------------------

    @cached_property
    def inactive(self) -> frozenset[int]:
        """The edits that are off: by decision, or because they depend on one that is off."""
        if not self.off:
            return self.off
        closed = set(self.off)
        for edit_id, needed in self.columns.depends.items():  # ids ascend, and an edit depends on earlier ones only
            if not closed.isdisjoint(needed):
                closed.add(edit_id)
        return frozenset(closed)

    @cached_property
    def _active(self) -> bytearray:
        active = bytearray(b"\x01") * len(self)
        for edit_id in self.inactive:
            active[edit_id] = 0
        return active

    @cached_property
    def text(self) -> str:
        """The text of the active edits."""
        if not len(self):
            return self.base
        base, replacement = self.base, self.columns.replacement
        return "".join(
            (base if origin == BASE else replacement[origin])[offset : offset + length]
            for origin, offset, length in self.runs.shown(self._active)
        )

    @cached_property
    def offsets(self) -> OffsetMap:
        """The map between the text and the base text."""
        return OffsetMap(self.runs.segments(self._active, self.columns.depends))

    def raw_span(self, span: Span) -> tuple[Span, bool]:
        """Return the hull of a span of the text in the base text, and whether it holds the same characters."""
        return self.offsets.raw_span(span)

    def clean_span(self, span: Span) -> tuple[Span, bool]:
        """Return the hull of a span of the base text in the text, and whether it holds the same characters."""
        return self.offsets.clean_span(span)

    @cached_property
    def edits(self) -> Sequence[Edit]:
        """All edits, in the order in which they were taken."""
        columns = self.columns
        labels = list(columns.label_ids)
        starts, ends = self.runs.hulls(len(self), columns.depends)
        rows = zip(columns.label, columns.start, columns.end, columns.replacement, starts, ends, strict=True)
        found = []
        for edit_id, (label, start, end, replacement, raw_start, raw_end) in enumerate(rows):
            phase, kind, rule, reason, confidence, fields = labels[label]
            evidence = self._evidence(edit_id)
            status, is_suggestion = self._status(edit_id), edit_id in columns.suggestions
            depends_on = columns.depends.get(edit_id, ())
            found.append(
                Edit(
                    edit_id,
                    phase,
                    start,
                    end,
                    replacement,
                    kind,
                    rule,
                    reason,
                    confidence,
                    raw_start,
                    raw_end,
                    evidence,
                    fields,
                    status,
                    is_suggestion,
                    depends_on,
                )
            )
        return found

    def _evidence(self, edit_id: int) -> Span | None:
        start = self.columns.evidence_start[edit_id]
        return None if start == NONE else Span(start, self.columns.evidence_end[edit_id])

    def _status(self, edit_id: int) -> EditStatus:
        if self._active[edit_id]:
            return EditStatus.ACTIVE
        if edit_id not in self.off:
            return EditStatus.UNDONE_WITH
        return EditStatus.SUGGESTED if edit_id in self.columns.suggestions else EditStatus.UNDONE

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of the active edits."""
        kinds = [label.kind for label in self.columns.label_ids]
        shown = self.columns.label if not self.off else compress(self.columns.label, self._active)
        return frozenset(kinds[label] for label in set(shown))

    def taken_fields(self) -> Iterator[tuple[int, str, FieldSpan]]:
        """Yield (edit, its phase, field) for what active edits keep as fields; cheaper than ``edits``."""
        labels = list(self.columns.label_ids)
        telling = {number for number, label in enumerate(labels) if label.fields}
        if not telling:
            return
        for edit_id, label in enumerate(self.columns.label):
            if label in telling and self._active[edit_id]:
                yield from ((edit_id, labels[label].phase, found) for found in labels[label].fields)

    def before(self, phase: str) -> EditLog:
        """Return the log with the edits of a phase and of all later ones off: what its repairs saw, as of now."""
        phases = [label.phase for label in self.columns.label_ids]
        first = next((i for i, label in enumerate(self.columns.label) if phases[label] == phase), len(self))
        return self._with_off(self.off | frozenset(range(first, len(self))))

    def flat(self) -> list[FlatEdit]:
        """Return sorted, disjoint pieces that turn the base text into the text.

        Each base character belongs to its latest active deleter. An edit may come in several pieces, or in none (see
        ``absorbed``).
        """
        replacement = self.columns.replacement
        return [
            FlatEdit(start, end, "".join(replacement[owner][a : a + n] for a, n in pieces), owner)
            for start, end, pieces, owner in self.runs.flat(self._active)
        ]

    def absorbed(self) -> frozenset[int]:
        """Return the active edits that own nothing of the flat form: later edits took it all."""
        owners = {piece.edit_id for piece in self.flat()}
        return frozenset(i for i in range(len(self)) if self._active[i] and i not in owners)

    # Editing -------------------------------------------------------------------------------------------------------

    def stage(self, phase: str, proposals: Iterable[Proposal], *, min_confidence: float = 0.0) -> EditLog:
        """Return the log with one stage of proposals taken; all were made on ``self.text``.

        Of overlapping proposals the one that starts first wins, then the longer one, then the earlier in the list; an
        insertion comes before a deletion at the same place. Proposals below ``min_confidence`` are kept as suggestions:
        they are off, and lose against every other.

        Raises:
            ValueError: a span that is not in the text, or a phase that was taken before: phases tell stages apart.
            LedgerError: an edit was undone or taken up before: decisions come after all stages, to be replayed.

        """
        if self.off != self.columns.suggestions:
            raise LedgerError("an edit was undone or taken up already.", advice="Take all stages, then decide.")
        resolved = resolve(proposals, len(self.text), min_confidence)
        first, taken = len(self), resolved.taken
        if not taken:
            return self
        if any(label.phase == phase for label in self.columns.label_ids):
            message = f"a phase named {phase} was taken before"
            raise ValueError(message)
        unsure = {i for i, p in enumerate(taken, first) if p.confidence < min_confidence}
        log = self._take(phase, [self._in_raw(p) if p.evidence or p.fields else p for p in taken], unsure)
        lost = tuple(DroppedProposal(phase, p, first + by) for p, by in resolved.dropped)
        return replace(log, dropped=self.dropped + lost)

    def _in_raw(self, proposal: Proposal) -> Proposal:
        """Return the proposal with its evidence and fields in the base text."""
        if proposal.evidence:
            proposal = proposal._replace(evidence=self.raw_span(proposal.evidence)[0])
        if proposal.fields:
            fields = tuple(FieldSpan(f.name, self.raw_span(f.span)[0]) for f in proposal.fields)
            proposal = proposal._replace(fields=fields)
        return proposal

    def _take(self, phase: str, proposals: Sequence[Proposal], suggestions: AbstractSet[int]) -> EditLog:
        """Return the log with disjoint, sorted proposals taken; ``suggestions`` are the ids of those that are off."""
        columns = self.columns.copy()
        columns.extend(phase, proposals)
        columns.suggestions |= suggestions
        splicer = Splicer(self.runs, self._active, array("i", map(len, self.columns.replacement)))
        for edit_id, proposal in enumerate(proposals, len(self)):
            cuts = splicer.splice(proposal.start, proposal.end, edit_id, len(proposal.replacement))
            if cuts:
                columns.depends[edit_id] = tuple(sorted(cuts))
        return EditLog(self.base, splicer.finish(), columns, self.off | suggestions, self.dropped)

    def undo(self, *edit_ids: int) -> EditLog:
        """Return the log with these edits off; those that depend on them go with them (see ``inactive``).

        Raises:
            LedgerError: no such edit.

        """
        self._check(edit_ids)
        return self._with_off(self.off | frozenset(edit_ids))

    def redo(self, *edit_ids: int) -> EditLog:
        """Return the log with these edits on again, with those that they depend on.

        Raises:
            LedgerError: no such edit.

        """
        self._check(edit_ids)
        wanted = list(edit_ids)
        for edit_id in wanted:
            wanted.extend(self.columns.depends.get(edit_id, ()))
        return self._with_off(self.off - frozenset(wanted))

    def _with_off(self, off: frozenset[int]) -> EditLog:
        return self if off == self.off else EditLog(self.base, self.runs, self.columns, off, self.dropped)

    def _check(self, edit_ids: Iterable[int]) -> None:
        for edit_id in edit_ids:
            if not 0 <= edit_id < len(self):
                last = f"The edits are numbered 0 to {len(self) - 1}." if len(self) else "This text has no edits."
                raise LedgerError(f"there is no edit {edit_id}.", advice=last)

    # Storing -------------------------------------------------------------------------------------------------------

    @classmethod
    def replay(cls, base: str, edits: Iterable[Edit]) -> EditLog:
        """Return the log that stored edits, in their order, make on their base text; runs and raw offsets are derived.

        Raises:
            LedgerError: the edits do not belong to this text.

        """
        log, off = cls.of(base), set[int]()
        for phase, group in groupby(edits, key=lambda edit: edit.phase):
            stored = list(group)
            proposals = [_proposal_of(edit) for edit in stored]
            resolved = resolve(proposals, len(log.text), 0.0)
            if resolved.dropped or resolved.taken != proposals:
                raise LedgerError("the stored edits overlap, or are out of order.", advice="Clean the document again.")
            first = len(log)
            suggestions = {i for i, edit in enumerate(stored, first) if edit.is_suggestion}
            log = log._take(phase, proposals, suggestions)  # noqa: SLF001 - the same class
            off.update(i for i, edit in enumerate(stored, first) if edit.status in _OFF)
        return log._with_off(frozenset(off))  # noqa: SLF001 - the same class


_OFF = EditStatus.UNDONE, EditStatus.SUGGESTED


def _proposal_of(edit: Edit) -> Proposal:
    _, _, start, end, replacement, kind, rule, reason, confidence, _, _, evidence, fields, *_ = edit
    return Proposal(start, end, replacement, kind, rule, reason, confidence, evidence, fields)
