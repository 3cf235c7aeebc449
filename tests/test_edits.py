"""The ledger's promises, on random texts and random stages of edits."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.document import Span
from copydesk.edits import Edit, EditLog, FlatEdit
from copydesk.errors import LedgerError
from copydesk.proposals import Proposal

TEXTS = st.text("ab \né\u200d", max_size=24)
CERTAIN, UNSURE = 0.9, 0.1
LIMIT = 0.5


def apply_flat(base: str, flat: Sequence[FlatEdit]) -> str:
    """Apply a flat form the naive way, holding that it is sorted and disjoint."""
    out, at = [], 0
    for piece in flat:
        assert at <= piece.raw_start <= piece.raw_end <= len(base)
        out += [base[at : piece.raw_start], piece.replacement]
        at = piece.raw_end
    return "".join(out) + base[at:]


def replace_plainly(view: str, proposals: Sequence[Proposal]) -> str:
    """Take a stage of proposals by slicing the string: the reference for ``EditLog.stage``."""
    kept: list[Proposal] = []
    for p in sorted(proposals, key=lambda p: (p.start, p.end > p.start, -p.end)):
        if p.confidence >= LIMIT and (not kept or p.start >= kept[-1].end):
            kept.append(p)
    out, at = [], 0
    for p in kept:
        out += [view[at : p.start], p.replacement]
        at = p.end
    return "".join(out) + view[at:]


@st.composite
def proposals_on(draw: st.DrawFn, view: str) -> list[Proposal]:
    """Draw up to four proposals on a view, sure and unsure ones."""
    found = []
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(view)))
        end = draw(st.integers(start, min(len(view), start + 8)))
        replacement = draw(st.text("XY", max_size=3))
        confidence = draw(st.sampled_from((CERTAIN, CERTAIN, CERTAIN, UNSURE)))
        if start < end or replacement:
            evidence = Span(start, end) if draw(st.booleans()) else None
            found.append(Proposal(start, end, replacement, "kind", "rule", "", confidence, evidence))
    return found


@st.composite
def logs(draw: st.DrawFn) -> EditLog:
    """Draw a base text with up to four stages of edits."""
    log = EditLog.of(draw(TEXTS))
    for phase in range(draw(st.integers(1, 4))):
        log = log.stage(str(phase), draw(proposals_on(log.text)), min_confidence=LIMIT)
    return log


@st.composite
def logs_undone(draw: st.DrawFn) -> EditLog:
    """Draw a log with any of its edits undone and some suggestions taken up."""
    log = draw(logs())
    ids = st.lists(st.sampled_from(range(len(log))), max_size=4) if len(log) else st.just([])
    return log.redo(*draw(ids)).undo(*draw(ids))


@given(TEXTS, st.data())
def test_a_stage_equals_plain_string_replacement(base: str, data: st.DataObject) -> None:
    """Whatever was staged before, the next stage changes the text as slicing would."""
    log = EditLog.of(base)
    for phase in range(data.draw(st.integers(1, 4))):
        proposals = data.draw(proposals_on(log.text))
        expected = replace_plainly(log.text, proposals)
        log = log.stage(str(phase), proposals, min_confidence=LIMIT)
        assert log.text == expected


@given(logs())
def test_undoing_all_gives_the_base(log: EditLog) -> None:
    """Nothing is lost."""
    assert log.undo(*range(len(log))).text == log.base


@given(logs_undone())
def test_the_flat_form_gives_the_text(log: EditLog) -> None:
    """For any subset undone, the flat form is sorted, disjoint and applies to the text."""
    assert apply_flat(log.base, log.flat()) == log.text


@given(logs_undone())
def test_the_offset_map_is_monotone_and_exact_where_it_says_so(log: EditLog) -> None:
    """Segments adjoin, never go back in the base text, and exact ones hold the same characters."""
    position, start, end = 0, 0, 0
    for segment in log.offsets.segments():
        assert segment.clean_start == position
        assert segment.raw_start >= start
        assert segment.raw_end >= end
        position, start, end = segment.clean_end, segment.raw_start, segment.raw_end
        if segment.is_exact:
            raw = log.base[segment.raw_start : segment.raw_end]
            assert log.text[segment.clean_start : segment.clean_end] == raw
    assert position == len(log.text)
    assert end <= len(log.base)


@given(logs_undone(), st.data())
def test_raw_and_clean_spans_lead_to_each_other(log: EditLog, data: st.DataObject) -> None:
    """An exact span has the same characters at its raw place and comes back; of any other, what has a place does."""
    start = data.draw(st.integers(0, len(log.text)))
    end = data.draw(st.integers(start, len(log.text)))
    raw, is_exact = log.raw_span(Span(start, end))
    assert 0 <= raw.start <= raw.end <= len(log.base)
    if start == end:
        return
    if is_exact:
        assert log.base[raw.start : raw.end] == log.text[start:end]
        assert log.clean_span(raw) == (Span(start, end), True)
    back, _ = log.clean_span(raw)
    for at in range(start, end):
        place, _ = log.raw_span(Span(at, at + 1))
        assert back.contains(Span(at, at + 1)) or place.start == place.end  # what was put in stands nowhere


@given(logs())
def test_the_map_covers_what_parts_of_it_cover(log: EditLog) -> None:
    """A part of the map answers as the whole does."""
    span = Span(len(log.text) // 3, len(log.text))
    part = log.offsets.part(span)
    for at in range(span.end - span.start):
        assert part.raw_span(Span(at, at + 1)) == log.raw_span(Span(span.start + at, span.start + at + 1))


@given(logs(), st.data())
def test_the_order_of_undoing_does_not_matter_and_redo_restores(log: EditLog, data: st.DataObject) -> None:
    """Undo is a set of decisions; taking one back gives back what went with it."""
    ids = data.draw(st.lists(st.sampled_from(range(len(log))), unique=True)) if len(log) else []
    one, other = log, log
    for edit_id in ids:
        one = one.undo(edit_id)
    for edit_id in reversed(ids):
        other = other.undo(edit_id)
    assert one.text == other.text
    assert one.off == other.off
    kept = [i for i in ids if i not in log.off]
    assert one.redo(*kept).text == log.text


@given(logs_undone())
def test_undoing_names_what_goes_with_it(log: EditLog) -> None:
    """An edit is off by decision, or because one that it depends on is."""
    for edit in log.edits:
        needed_off = any(i in log.inactive for i in edit.depends_on)
        assert (edit.edit_id in log.inactive) == (edit.edit_id in log.off or needed_off)
        assert (edit.status == "active") == (edit.edit_id not in log.inactive)


@given(logs_undone())
def test_replaying_stored_edits_gives_the_same_log(log: EditLog) -> None:
    """Phase, order, view span, replacement and status are enough to have everything back."""
    again = EditLog.replay(log.base, log.edits)
    assert again.text == log.text
    assert again.flat() == log.flat()
    assert list(again.edits) == list(log.edits)
    assert again.redo(*again.inactive).text == log.redo(*log.inactive).text


@given(logs_undone())
def test_an_absorbed_edit_owns_nothing_of_the_flat_form(log: EditLog) -> None:
    """Active edits are either in the flat form or absorbed."""
    owners = {piece.edit_id for piece in log.flat()}
    assert owners.isdisjoint(log.absorbed())
    assert owners | log.absorbed() | log.inactive == set(range(len(log)))


def test_losers_are_kept_with_what_beat_them() -> None:
    """The outermost of overlapping proposals wins; the other is not forgotten."""
    inner, outer = (Proposal(s, e, "", k, k) for s, e, k in ((1, 2, "inner"), (0, 3, "outer")))
    log = EditLog.of("abcd").stage("one", [inner, outer])
    assert log.text == "d"
    assert [(d.proposal.kind, d.dropped_by) for d in log.dropped] == [("inner", 0)]


def test_a_suggestion_is_off_until_taken_up() -> None:
    """A rule that is not sure marks the place and leaves the text alone."""
    log = EditLog.of("abc").stage("one", [Proposal(0, 1, "", "kind", "rule", "", UNSURE)], min_confidence=LIMIT)
    assert (log.text, log.edits[0].status) == ("abc", "suggested")
    assert (log.redo(0).text, log.redo(0).edits[0].status) == ("bc", "active")


def test_what_is_built_on_an_edit_goes_with_it() -> None:
    """An edit inside the replacement of another cannot stay when that one is undone, and comes back with it."""
    log = (
        EditLog.of("a-b").stage("one", [Proposal(1, 2, "XYZ", "k", "r")]).stage("two", [Proposal(2, 3, "!", "k", "r")])
    )
    assert log.text == "aX!Zb"
    undone = log.undo(0)
    assert (undone.text, [e.status for e in undone.edits]) == ("a-b", ["undone", "undone_with"])
    assert undone.redo(0).text == log.text


def test_wrong_edits_are_refused_with_words() -> None:
    """Ids that do not exist and records of another text do not pass."""
    log = EditLog.of("abc").stage("one", [Proposal(0, 1, "", "k", "r")])
    with pytest.raises(LedgerError, match="no edit 7"):
        log.undo(7)
    with pytest.raises(LedgerError, match="Clean the document again"):
        EditLog.replay("abc", [*log.edits, *log.edits])
    with pytest.raises(ValueError, match="r proposed"):
        log.stage("two", [Proposal(2, 9, "", "k", "r")])
    with pytest.raises(ValueError, match="phase named one"):
        log.stage("one", [Proposal(0, 1, "", "k", "r")])


def edit_of(log: EditLog, kind: str) -> Edit:
    """Return the one edit of a kind."""
    (edit,) = (e for e in log.edits if e.kind == kind)
    return edit


def test_an_edit_knows_its_raw_hull_and_evidence() -> None:
    """Raw places are those of the base text, through all stages between."""
    log = EditLog.of("x\u200bone two one").stage("one", [Proposal(1, 2, "", "invisible", "r")])
    log = log.stage("two", [Proposal(1, 5, "", "repeat", "r", evidence=Span(9, 12))])
    edit = edit_of(log, "repeat")
    assert (edit.raw_start, edit.raw_end, edit.evidence) == (2, 6, Span(10, 13))


def test_insertions_before_what_was_put_in_stand_before_it() -> None:
    """At a replaced place the insertion comes first, and undoing either leaves the other."""
    log = EditLog.of("abab").stage("one", [Proposal(at, at + 1, "X", "k", "r") for at in (1, 3)])
    log = log.stage("two", [Proposal(at, at, "Y", "k", "r") for at in (1, 3)])
    assert log.text == "aYXaYX"
    assert (log.undo(0, 1).text, log.undo(2, 3).text) == ("aYbaYb", "aXaX")


def test_pieces_of_one_replacement_are_one_flat_edit() -> None:
    """What is left of a replacement that later edits cut into is put together again."""
    log = EditLog.of("ab").stage("one", [Proposal(1, 1, "1-2-3-", "k", "r")])
    log = log.stage("two", [Proposal(at, at + 1, "", "k", "r") for at in (2, 4, 6)])
    assert (log.text, log.flat()) == ("a123b", [FlatEdit(1, 1, "123", 0)])


def test_decisions_come_after_all_stages() -> None:
    """What was staged on an undone text could not be replayed from the stored edits."""
    log = EditLog.of("abc").stage("one", [Proposal(0, 1, "", "k", "r")]).undo(0)
    with pytest.raises(LedgerError, match="undone or taken up already"):
        log.stage("two", [Proposal(0, 1, "", "k", "r")])
