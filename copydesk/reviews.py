"""Decisions of people about edits, kept by the words that they are about, so that they outlive a new cleaning."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from copydesk.anchors import TextQuoteSelector
from copydesk.document import Span
from copydesk.edits import Edit, EditLog


class Decision(StrEnum):
    """What a person wants of an edit."""

    UNDO = "undo"
    REDO = "redo"


class Outcome(StrEnum):
    """What became of a decision in a new ledger."""

    CARRIED = "carried"
    """Its edit is at the same place."""
    MOVED = "moved"
    """Its edit is at another place, with the same words and surroundings."""
    AMBIGUOUS = "ambiguous"
    """More than one edit fits: nobody guesses which, so none is touched."""
    ORPHANED = "orphaned"
    """No edit fits any more."""


class Review(NamedTuple):
    """A decision about an edit.

    Attributes:
        kind: the edit's kind.
        selector: the words that it took out or changed, in the base text.
        start: where they began in the base text when the decision was made (code points).
        decision: what to do.
        rule, replacement: of the edit: they tell edits at one place apart.

    """

    kind: str
    selector: TextQuoteSelector
    start: int
    decision: Decision
    rule: str = ""
    replacement: str = ""


def review_edit(log: EditLog, edit_id: int, decision: Decision) -> Review:
    """Return the decision about an edit, ready to be kept.

    Raises:
        LedgerError: no such edit.

    """
    log.undo(edit_id)  # refuses an id that does not exist
    edit = log.edits[edit_id]
    span = Span(edit.raw_start, edit.raw_end)
    selector = TextQuoteSelector.of(log.base, span)
    return Review(edit.kind, selector, edit.raw_start, decision, edit.rule, edit.replacement)


def apply_reviews(log: EditLog, reviews: Iterable[Review]) -> tuple[EditLog, list[Outcome]]:
    """Return the log with decisions carried out, in their order, and what became of each."""
    outcomes = []
    for review in reviews:
        outcome, edit_id = find_reviewed(log, review)
        outcomes.append(outcome)
        if edit_id is not None:
            log = log.undo(edit_id) if review.decision is Decision.UNDO else log.redo(edit_id)
    return log, outcomes


def find_reviewed(log: EditLog, review: Review) -> tuple[Outcome, int | None]:
    """Return the edit that a decision is about: of its kind, with its words, and the best surroundings."""
    same = [edit for edit in log.edits if edit.kind == review.kind and _words(log, edit) == review.selector.exact]
    in_place = [edit for edit in same if edit.raw_start == review.start]
    places = {span.start for span in review.selector.find(log.base)} if same else set()
    best = [edit for edit in same if edit.raw_start in places]
    best = [edit for edit in best if (edit.rule, edit.replacement) == (review.rule, review.replacement)] or best
    if len(best) > 1 and len(unmoved := [edit for edit in best if edit in in_place]) == 1:
        best = unmoved  # others look alike, but this one has not moved
    if len(best) == 1:
        return (Outcome.CARRIED if best[0] in in_place else Outcome.MOVED), best[0].edit_id
    return (Outcome.AMBIGUOUS if same else Outcome.ORPHANED), None


def _words(log: EditLog, edit: Edit) -> str:
    return log.base[edit.raw_start : edit.raw_end]
