"""Who did what to whom: the cases under tests/cases/events, and the table of PLOVER and CAMEO."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import copydesk
from copydesk.article import FieldName
from copydesk.extract.events import find_events
from copydesk.extract.events_frames import frames
from copydesk.extract.found import Found
from copydesk.extract.mentions import find_mentions
from copydesk.extract.officeholders import find_officeholders
from copydesk.extract.plover import CAMEO_TO_PLOVER, FRIENDLY, INTENT_TO, Plover, agree
from copydesk.extract.quotes import find_quotes
from copydesk.extract.reading import Reading, ReadingPassage
from copydesk.facts import Date, DateRole, DateType, Event, Modality, ParticipantRole

CASES = Path(__file__).parent / "cases" / "events"


def cases(name: str) -> list[Any]:
    """Return the cases of a file as pytest parameters."""
    rows = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(row["text"], row["events"], id=row["label"]) for row in rows]


def events_in(text: str, *dates: tuple[str, str]) -> list[Event]:
    """Return the events of a body; ``dates`` are words of it with their values."""
    passage = ReadingPassage(FieldName.BODY, 0, text)
    reading, found = Reading([passage], None, "en"), Found()
    found.add(find_mentions(reading, found))
    found.dates = [date_at(passage, words, value) for words, value in dates]
    found.add(find_officeholders(reading, found))
    found.add(find_quotes(reading, found))
    return [event for event in find_events(reading, found) if isinstance(event, Event)]


def date_at(passage: ReadingPassage, words: str, value: str) -> Date:
    """Return a date where the words first stand."""
    from datetime import date  # noqa: PLC0415 - the only use

    start = passage.text.index(words)
    return Date(
        place=passage.place(start, start + len(words)),
        sentence=passage.sentence_at(start),
        rule="test",
        type=DateType.DATE,
        value=value,
        start_date=date(2001, 1, 1),
        role=DateRole.EVENT,
    )


def row(event: Event) -> list[Any]:
    """Return an event as the cases write it."""
    sides = [
        [p.entity_id for p in event.participants if p.role is role]
        for role in (ParticipantRole.ACTOR, ParticipantRole.TARGET)
    ]
    return [event.plover, event.cameo, event.modality.value, *sides, event.is_reciprocal]


@pytest.mark.parametrize(("text", "wanted"), cases("synthetic") + cases("negative"))
def test_events_are_found_with_parts_and_modality(text: str, wanted: list[list[Any]]) -> None:
    """Category, code, modality, actors and targets are those of the case, and nothing more is found."""
    assert [row(event) for event in events_in(text)] == wanted


def test_an_event_takes_the_date_of_its_sentence() -> None:
    """The date nearest after the trigger counts, and a date of another sentence does not."""
    text = "In 1990 nothing happened. Kenya arrested two Somali spies in May 2001."
    (event,) = events_in(text, ("1990", "1990"), ("May 2001", "2001-05"))
    assert event.date == "2001-05"
    assert text[event.trigger.start : event.trigger.end] == "arrested"


def test_a_place_without_a_part_is_the_location() -> None:
    """The place after ``in`` is where it happened, not whom it was done to."""
    (event,) = events_in("France and Italy signed a treaty in Geneva.")
    assert event.location == "region:geneva"


HEDGES = st.sampled_from(
    ("could", "may", "might", "would", "will", "did not", "will not", "can", "plans to", "hopes to")
)
VERBS = st.sampled_from(("attack", "praise", "arrest", "criticize", "visit", "invade", "threaten", "sanction"))


@given(HEDGES, VERBS)
def test_what_is_hedged_is_never_asserted(hedge: str, verb: str) -> None:
    """Whatever is possible, planned, expected or denied is no asserted event."""
    found = events_in(f"Kenya {hedge} {verb} Somalia.")
    assert found
    assert all(event.modality is not Modality.ASSERTED for event in found)


def test_every_frame_has_a_code_of_its_category() -> None:
    """The frames' codes agree with their categories."""
    all_frames = {frame for found in frames().values() for frame in found}
    assert [f for f in all_frames if not agree(f.plover, f.cameo)] == []


def test_every_category_has_codes_and_every_announcement_one() -> None:
    """No PLOVER category is without CAMEO codes; announcing is AGREE for friendly deeds, else THREATEN."""
    assert set().union(*CAMEO_TO_PLOVER.values()) == set(Plover)
    for category in Plover:
        announced = Plover.AGREE if category in FRIENDLY else Plover.THREATEN
        assert agree(announced, INTENT_TO[category])


@pytest.mark.parametrize("code", ["", "0", "00", "21", "010", "abc", "16x", "16333", "١٦٣"])
def test_an_unknown_code_agrees_with_nothing(code: str) -> None:
    """What is no CAMEO code, and root 01, stands beside no category."""
    assert not any(agree(category, code) for category in Plover)


PIECES = (
    "Kenya Somalia and , attacked . will not the two trade with was higher sanctions imposed on by “ ” if ?".split()
)


@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_places_hold_whatever_the_text(pieces: list[str]) -> None:
    """Triggers and participants lie within the event's sentence, and the code is one of its category."""
    for event in events_in(" ".join(pieces)):
        spans = [event.trigger, *(p.span for p in event.participants if p.span is not None)]
        assert all(event.place.start <= s.start < s.end <= event.place.end for s in spans)
        assert agree(event.plover, event.cameo)


def test_sport_and_private_people_give_no_events() -> None:
    """Teams beat each other and singers sign with labels: that is no news of states."""
    match = "Norway attacked from the kick-off. The striker scored twice, the referee left the pitch, and Sweden "
    for text in (
        f"{match} never threatened again in the match.",
        "Ada Lund signed a deal with Blue Bird Records. Her drummer Per Dahl had threatened to leave.",
    ):
        assert copydesk.extract(copydesk.clean(copydesk.read(text))).events == ()
