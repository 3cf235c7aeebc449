"""What repairs propose, and which of a stage's proposals are taken."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from copydesk.document import Span


class FieldSpan(NamedTuple):
    """A piece that is kept as a field although its edit takes it out of the body.

    In a proposal the span is one of the view, in an edit one of the base text.
    """

    name: str
    span: Span


class Proposal(NamedTuple):
    """What a repair wants changed, on the view that it was given.

    Attributes:
        start: where the change begins in the view.
        end: where it ends; equal to ``start`` for an insertion.
        replacement: the text that takes its place.
        kind: the artifact, e.g. ``pull_quote``.
        rule: the rule that found it, e.g. ``pull_quotes.wrapped``.
        reason: one line for a person.
        confidence: 0 to 1.
        evidence: the span of the view that supports the change (what a pull quote repeats); None when there is none.
        fields: pieces that are kept as fields (spans of the view).
        is_block: the change removes whole lines, and takes the blank lines beside them along.

    """

    start: int
    end: int
    replacement: str
    kind: str
    rule: str
    reason: str = ""
    confidence: float = 1.0
    evidence: Span | None = None
    fields: tuple[FieldSpan, ...] = ()
    is_block: bool = False


class Resolved(NamedTuple):
    """Which proposals of a stage are taken, in text order, and which lost, each with the index of its winner."""

    taken: Sequence[Proposal]
    dropped: Sequence[tuple[Proposal, int]]


def resolve(proposals: Iterable[Proposal], length: int, min_confidence: float) -> Resolved:
    """Choose among the proposals of one stage (the order is ``EditLog.stage``'s).

    Raises:
        ValueError: a span outside a text of ``length`` characters.

    """
    ranked = list(proposals)
    for proposal in ranked:
        if not 0 <= proposal.start <= proposal.end <= length:
            message = f"{proposal.rule} proposed [{proposal.start}, {proposal.end}) in a text of {length} characters"
            raise ValueError(message)
    if _is_settled(ranked, min_confidence):
        return Resolved(ranked, ())
    ranked.sort(key=_rank)
    taken, lost = _sweep([p for p in ranked if p.confidence >= min_confidence])
    unsure, beaten = _sweep([p for p in ranked if p.confidence < min_confidence], taken)
    if unsure:
        taken = sorted(taken + unsure, key=_rank)
    lost += beaten
    index = {id(p): i for i, p in enumerate(taken)} if lost else {}
    return Resolved(taken, [(p, index[id(winner)]) for p, winner in lost])


def _is_settled(proposals: Sequence[Proposal], min_confidence: float) -> bool:
    """Tell whether proposals are sure, in text order and disjoint, as those of one rule alone mostly are."""
    edge = 0
    for proposal in proposals:
        if proposal.start < edge or proposal.confidence < min_confidence:
            return False
        edge = proposal.end
    return True


def _rank(proposal: Proposal) -> tuple[int, bool, int]:
    return proposal.start, proposal.end > proposal.start, -proposal.end


def _sweep(
    ranked: Sequence[Proposal], fixed: Sequence[Proposal] = ()
) -> tuple[list[Proposal], list[tuple[Proposal, Proposal]]]:
    """Split ranked proposals into the disjoint winners and the losers, each with what beat it; ``fixed`` beats all."""
    taken: list[Proposal] = []
    lost: list[tuple[Proposal, Proposal]] = []
    starts = [p.start for p in fixed]
    for proposal in ranked:
        at = bisect_right(starts, proposal.start)
        rivals = [*taken[-1:], *fixed[max(0, at - 1) : at + 1]]
        winner = next((r for r in rivals if r.start < proposal.end and proposal.start < r.end), None)
        if winner is None:
            taken.append(proposal)
        else:
            lost.append((proposal, winner))
    return taken, lost
