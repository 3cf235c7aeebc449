"""Decisions of people that outlive a new cleaning."""

from __future__ import annotations

import pytest

import copydesk
from copydesk.edits import EditLog
from copydesk.errors import LedgerError
from copydesk.proposals import Proposal
from copydesk.reviews import Decision, Outcome, apply_reviews, review_edit


def cut(text: str, *words: str) -> EditLog:
    """Return the log that takes every occurrence of some words out."""
    found, at = [], 0
    for word in words:
        while (at := text.find(word, at)) >= 0:
            found.append(Proposal(at, at + len(word), "", "ad", "rule"))
            at += len(word)
        at = 0
    return EditLog.of(text).stage("one", found)


LONG = "It rained on the harbour all day, and on the next. "


def test_an_undone_edit_stays_undone_in_the_next_cleaning() -> None:
    """Same text, same place."""
    log = cut("One. BUY. Two.", "BUY.")
    again, outcomes = apply_reviews(cut(log.base, "BUY."), [review_edit(log, 0, Decision.UNDO)])
    assert (again.text, outcomes) == (log.base, [Outcome.CARRIED])


def test_it_moves_with_its_words() -> None:
    """A paragraph more above does not lose the decision."""
    log = cut(LONG + "BUY. Two.", "BUY.")
    again, outcomes = apply_reviews(cut(LONG + log.base, "BUY."), [review_edit(log, 0, Decision.UNDO)])
    assert (again.text, outcomes) == (LONG + log.base, [Outcome.MOVED])


def test_of_edits_that_look_alike_the_one_in_place_is_meant() -> None:
    """Equal words with equal surroundings: in an unchanged text the place decides."""
    text = (LONG + "BUY. ") * 4
    log = cut(text, "BUY.")
    again, outcomes = apply_reviews(cut(text, "BUY."), [review_edit(log, 2, Decision.UNDO)])
    assert outcomes == [Outcome.CARRIED]
    assert again.off == {2}


def test_where_nobody_can_tell_nothing_is_touched() -> None:
    """The text moved, and several edits fit."""
    log = cut((LONG + "BUY. ") * 4, "BUY.")
    again, outcomes = apply_reviews(cut("Now. " + log.base, "BUY."), [review_edit(log, 2, Decision.UNDO)])
    assert (outcomes, again.off) == ([Outcome.AMBIGUOUS], frozenset())


def test_a_decision_about_what_is_gone_is_orphaned() -> None:
    """Its words are no longer edited."""
    log = cut("One. BUY. Two.", "BUY.")
    assert apply_reviews(cut("One. Two.", "BUY."), [review_edit(log, 0, Decision.UNDO)])[1] == [Outcome.ORPHANED]


@pytest.mark.parametrize("edit_id", [0, 1])
def test_of_two_edits_of_the_same_words_the_one_of_its_rule_is_meant(edit_id: int) -> None:
    """A wide space became a space, and then went: two edits of one kind at one place."""
    log = EditLog.of("\u3000Rain.").stage("one", [Proposal(0, 1, " ", "spacing", "narrow")])
    log = log.stage("two", [Proposal(0, 1, "", "spacing", "start")])
    again, outcomes = apply_reviews(log, [review_edit(log, edit_id, Decision.UNDO)])
    assert outcomes == [Outcome.CARRIED]
    assert again.text == log.undo(edit_id).text


def test_what_was_put_in_can_be_reviewed_too() -> None:
    """An insertion has no words of its own: what stands around it tells the place."""
    text = "One.Two. " + LONG
    log = EditLog.of(text).stage("one", [Proposal(4, 4, " ", "space", "rule")])
    again, outcomes = apply_reviews(log, [review_edit(log, 0, Decision.UNDO)])
    assert (again.text, outcomes) == (text, [Outcome.CARRIED])


def test_the_last_decision_counts() -> None:
    """Undo, then redo: the edit is on."""
    log = cut("One. BUY. Two.", "BUY.")
    reviews = [review_edit(log, 0, decision) for decision in (Decision.UNDO, Decision.REDO)]
    assert apply_reviews(log, reviews)[0].text == log.text


def test_an_edit_that_does_not_exist_cannot_be_reviewed() -> None:
    """It is said which there are."""
    with pytest.raises(LedgerError, match="no edit 3"):
        review_edit(cut("One. BUY.", "BUY."), 3, Decision.UNDO)


def test_cleaning_takes_decisions() -> None:
    """An undone title stays in the body and is no field."""
    prose = "The lamp went dark in January and stayed dark for a year, whatever the keeper wrote to the ministry. "
    prose += "Boats were lost on the reef, and the inquiry that followed filled nine boxes with papers no one read."
    document = copydesk.read(f"Lamp lights up again\n\n3 March 2021\n\n{prose.strip()}\n")
    first = copydesk.clean(document)
    again = copydesk.clean(document, reviews=[review_edit(first.log, 0, Decision.UNDO)])
    assert first.title == "Lamp lights up again"
    assert (again.title, again.text) == (None, f"Lamp lights up again\n\n{prose.strip()}\n")
