"""Who says what: the cases under tests/cases/quotes."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.article import FieldName
from copydesk.document import Span
from copydesk.extract.found import Found
from copydesk.extract.mentions import find_mentions
from copydesk.extract.quotes import find_quotes
from copydesk.extract.quotes_marks import find_quoted
from copydesk.extract.reading import Reading, ReadingPassage
from copydesk.extract.twins import without_twins
from copydesk.facts import EntityType, Mention, MentionKind, Quote, QuoteKind

CASES = Path(__file__).parent / "cases" / "quotes"


def cases(name: str) -> list[Any]:
    """Return the cases of a file as pytest parameters."""
    rows = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(row["text"], row["quotes"], id=row["label"]) for row in rows]


def reading_of(text: str) -> Reading:
    """Return the reading of a body."""
    return Reading([ReadingPassage(FieldName.BODY, 0, text)], None, "en")


def words(text: str, span: Span | None) -> str | None:
    """Return the words of a span."""
    return None if span is None else text[span.start : span.end]


def quotes_in(text: str, *mentions: Mention) -> list[Quote]:
    """Return the quotes of a body."""
    return list(find_quotes(reading_of(text), Found(mentions=list(mentions))))


@pytest.mark.parametrize(("text", "wanted"), cases("synthetic") + cases("negative"))
def test_quotes_are_found_with_speaker_and_cue(text: str, wanted: list[list[str | None]]) -> None:
    """Kind, content, speaker and cue are those of the case, and nothing more is found."""
    found = [
        [q.kind.value, words(text, q.content), words(text, q.speaker_span), words(text, q.cue)] for q in quotes_in(text)
    ]
    assert found == wanted


def test_of_two_words_of_saying_the_nearer_one_counts() -> None:
    """The same words are quoted once: in "The Ferry States report revealed that", "States" is no verb."""
    (far,) = quotes_in("The report of the States said that fares fell.")
    assert far.cue is not None
    near = replace(far, cue=Span(far.content.start - 5, far.content.start - 1))
    others = [replace(far, kind=QuoteKind.MIXED), replace(far, content=Span(0, 3))]
    assert without_twins([far, near, *others]) == [near, *others]


def person(text: str, name: str, entity_id: str) -> Mention:
    """Return a mention of a person where the name first stands."""
    reading = reading_of(text)
    passage = reading.passages[0]
    place = passage.place(text.index(name), text.index(name) + len(name))
    return Mention(
        place=place,
        sentence=passage.sentence_at(place.start),
        rule="test",
        entity_id=entity_id,
        type=EntityType.PERSON,
        kind=MentionKind.NAME,
    )


def test_the_speaker_is_the_entity_that_is_named() -> None:
    """A speaker who is mentioned gets the entity's id; ``she`` is the person who spoke last."""
    text = "“It is late,” said farmer Ana Ruiz. Rain fell. “It will rot,” she said."
    found = quotes_in(text, person(text, "Ana Ruiz", "person:ana-ruiz"))
    assert [q.speaker for q in found] == ["person:ana-ruiz", "person:ana-ruiz"]


def test_a_speaker_nobody_mentions_has_no_id() -> None:
    """Without a mention there are words for the speaker but no entity."""
    (quote,) = quotes_in("“It is late,” said a farmer.")
    assert quote.speaker is None
    assert quote.speaker_span is not None


def test_a_country_that_a_phrase_only_mentions_does_not_speak() -> None:
    """Officials speak for their country; a strategy that bears its name does not."""
    for text, speaker in (
        ("Kenyan officials said that it rained.", "country:KEN"),
        ("A spokesman for Kenya said that it rained.", "country:KEN"),
        ("The Kenyan almanac said that it rained.", None),
        ("A trader from Kenya said that it rained.", None),
    ):
        reading, found = reading_of(text), Found()
        found.add(find_mentions(reading, found))
        assert [q.speaker for q in find_quotes(reading, found)] == [speaker]


@given(st.text("ab “”\"‘’'«».,\n", max_size=60))
def test_quotation_marks_pair_in_order(text: str) -> None:
    """Whatever the marks, quoted pieces are in order, disjoint, within the text and hold a mark at each end."""
    found = find_quoted(text)
    for piece in found:
        assert 0 <= piece.start < piece.end <= len(text)
        assert text[piece.start] in "“\"‘'«"
        assert text[piece.end - 1] in "”\"’'»"
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(
    st.lists(
        st.sampled_from('Ana said that . , “ ” " he told us : it rained \n\n ; according to'.split(" ")), max_size=30
    )
)
def test_places_hold_whatever_the_text(pieces: list[str]) -> None:
    """Contents, speakers and cues lie within the place of their quote, and the place within the text."""
    text = " ".join(pieces)
    for quote in quotes_in(text):
        inner = [s for s in (quote.content, quote.speaker_span, quote.cue) if s is not None]
        assert all(quote.place.start <= s.start < s.end <= quote.place.end for s in inner)
        assert 0 <= quote.place.start < quote.place.end <= len(text)
