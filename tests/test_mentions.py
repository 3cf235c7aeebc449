"""Names in texts: who and what is meant, of which kind, and how the tables behind them hold together."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.article import FieldName
from copydesk.extract.found import Found
from copydesk.extract.gazetteer import countries, slug
from copydesk.extract.mentions import find_mentions
from copydesk.extract.people import family_name
from copydesk.extract.reading import Reading, ReadingPassage
from copydesk.facts import Entity, EntityType, Mention, MentionKind
from copydesk.tables import read_table

CASES = Path(__file__).parent / "cases" / "mentions"
ISO_COUNTRIES = 249
"""Entries of ISO 3166-1; the table has Kosovo besides."""


def cases(name: str) -> list[Any]:
    """Return the cases of a file as pytest parameters."""
    rows = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(row["text"], row["mentions"], id=row["label"]) for row in rows]


def found_in(*passages: tuple[FieldName, str]) -> Found:
    """Return what is found in some texts of one article."""
    reading, found = Reading([ReadingPassage(field, 0, text) for field, text in passages]), Found()
    found.add(find_mentions(reading, found))
    return found


def rows(text: str, found: Found) -> list[list[str]]:
    """Return the mentions of a text as the cases write them."""
    return [[text[m.place.start : m.place.end], m.entity_id, m.kind + " nested" * m.is_nested] for m in found.mentions]


@pytest.mark.parametrize(("text", "mentions"), [*cases("synthetic"), *cases("negative")])
def test_cases(text: str, mentions: list[list[str]]) -> None:
    """Each case's names are found with their ids and kinds, and nothing else."""
    assert rows(text, found_in((FieldName.BODY, text))) == mentions


@pytest.mark.parametrize(("text", "mentions"), cases("known-failures"))
@pytest.mark.xfail(strict=True, reason="known failure: an improvement is to be noticed")
def test_known_failures(text: str, mentions: list[list[str]]) -> None:
    """Each case is wrong today."""
    assert rows(text, found_in((FieldName.BODY, text))) == mentions


def test_names_of_other_fields() -> None:
    """A family name in the title is linked to the full name in the body; the date line names nobody."""
    title, body = "Jensen wins", "Anna Jensen won."
    found = found_in((FieldName.BODY, body), (FieldName.TITLE, title), (FieldName.DATELINE, "Oslo, 4 May 2011"))
    assert [(m.place.field, m.entity_id) for m in found.mentions] == [
        (FieldName.BODY, "person:anna-jensen"),
        (FieldName.TITLE, "person:anna-jensen"),
    ]


def test_every_mention_has_its_entity() -> None:
    """Each id of a mention is the id of an entity of the same type."""
    text = "The Danish government and Acme Holdings Inc. met in Lyon, France, under the Blue Harvest Initiative."
    found = found_in((FieldName.BODY, text))
    assert {(m.entity_id, m.type) for m in found.mentions} == {(e.entity_id, e.type) for e in found.entities.values()}


def test_governments_have_the_code_of_their_country() -> None:
    """A seat names an organisation that belongs to a country."""
    found = found_in((FieldName.BODY, "The Kremlin said no."))
    assert found.entities["org:government-of-russia"].iso_alpha3 == "RUS"


def test_countries_are_whole() -> None:
    """The table has every code of ISO 3166-1, each with a name, and no name stands for two countries."""
    table = countries()
    names = [name for country in table.values() for name in country.names]
    assert len(table) == ISO_COUNTRIES + 1
    assert all(len(code) == 3 and code.isupper() and country.name for code, country in table.items())
    assert {name for name in names if names.count(name) > 1} == set()


@pytest.mark.parametrize("name", ["countries", "cities", "regions", "seats", "organisations", "concepts", "titles"])
def test_tables_name_their_sources(name: str) -> None:
    """Each table opens with a comment, and its rows are of one form."""
    path = Path(__file__).parents[1] / "copydesk" / "data" / f"{name}.tsv"
    assert path.read_text(encoding="utf-8").startswith("# ")
    assert all(row[0].strip() == row[0] != "" for row in read_table(f"{name}.tsv"))


@pytest.mark.parametrize("table", ["regions", "organisations", "seats", "cities"])
def test_codes_of_tables_are_known(table: str) -> None:
    """Every country code in a table is one of the country table."""
    column = 2 if table in ("regions", "organisations") else 1
    codes = {row[column].strip() for row in read_table(f"{table}.tsv") if len(row) > column}
    assert codes - {""} <= set(countries())


@pytest.mark.parametrize(
    ("name", "family"),
    [("Ana Maria Brito", "Brito"), ("Kim Yong-nam", "Kim"), ("Charles de Gaulle", "Gaulle"), ("Ann Lee Jr.", "Lee")],
)
def test_family_names(name: str, family: str) -> None:
    """The family name is the last one, or the first one of a Korean or Chinese name."""
    assert family_name(name) == family


@given(st.text(max_size=40))
def test_slugs_are_plain(name: str) -> None:
    """A slug has nothing but small letters, digits and inner hyphens, and is never empty."""
    found = slug(name)
    assert found
    assert found == found.strip("-")
    assert set(found) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


WORDS = st.sampled_from(
    [
        *"Seoul Moscow President Kim Yong-nam the of and in (ABC) ‘nine plans’ Policy, Ministry".split(),
        *"U.S. Mr. - – said . 2018".split(),
        "\n\n",
    ]
)


@given(st.lists(WORDS, max_size=20).map(" ".join))
def test_spans_hold_on_any_text(text: str) -> None:
    """Mentions lie within the text and their sentence, have no white space at their ends, and no two are the same."""
    reading = Reading([ReadingPassage(FieldName.BODY, 0, text)])
    facts = list(find_mentions(reading, Found()))
    mentions = [fact for fact in facts if isinstance(fact, Mention)]
    assert all(isinstance(fact, Entity | Mention) for fact in facts)
    for mention in mentions:
        words = text[mention.place.start : mention.place.end]
        assert words == words.strip() != ""
        assert mention.sentence.start <= mention.place.start
        assert mention.type in EntityType
        assert mention.kind in MentionKind
    assert len({m.place for m in mentions}) == len(mentions)


@given(st.text(max_size=60))
def test_any_characters(text: str) -> None:
    """No text breaks the finders."""
    found = found_in((FieldName.BODY, text))
    assert all(0 <= m.place.start < m.place.end <= len(text) for m in found.mentions)
