"""The tables of names that copydesk brings along, as one index of phrases.

The tables are small text files under ``copydesk/data`` (each names its sources in its head) and are read on first use.
Where two tables know the same words, the earlier one wins: countries, their adjectives and capitals, regions, seats of
government, organisations, concepts, cities.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Generic, NamedTuple, TypeVar

from copydesk.extract.reading import ReadingPassage, plain
from copydesk.facts import Entity, EntityType, MentionKind
from copydesk.tables import read_table

_FIRST = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_NO_SLUG = re.compile(r"[^a-z0-9]+")
_MIN_UPPER = 4
"""Shorter words in capitals are more often acronyms than names in a headline."""


class Entry(NamedTuple):
    """Words that name an entity; ``table`` says where they come from, and so which context rules apply."""

    words: str
    entity: Entity
    kind: MentionKind
    table: str


class Hit(NamedTuple):
    """An entry found in a text."""

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True)
class Country:
    """A row of the country tables."""

    code: str
    name: str
    names: Sequence[str]
    demonyms: Sequence[str]
    capitals: Sequence[str]

    @cached_property
    def entity(self) -> Entity:
        """The country as an entity."""
        return Entity(f"country:{self.code}", EntityType.COUNTRY, self.name, self.code)


_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n"}
)
"""Latin letters that have no mark to be taken off (Unicode decomposes them into nothing)."""


def slug(name: str) -> str:
    """Return a name in the form that ids have.

    >>> slug("São Tomé & Príncipe"), slug("Jørgen Łuć")
    ('sao-tome-principe', 'jorgen-luc')
    """
    plain = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return _NO_SLUG.sub("-", letters.replace("'", "").replace("’", "")).strip("-") or "unnamed"


@cache
def word_list(name: str) -> frozenset[str]:
    """Return the words of a list in copydesk/data; those of lines that start with "?" bear it in front."""
    words: set[str] = set()
    for (line,) in read_table(name):
        mark = "?" if line.startswith("?") else ""
        words.update(mark + word for word in line.lstrip("?").split())
    return frozenset(words)


def _cell(row: Sequence[str], index: int) -> list[str]:
    return [value for value in row[index].split(";") if value] if len(row) > index else []


def _once(values: Sequence[str]) -> Sequence[str]:
    return list(dict.fromkeys(values))


@cache
def countries() -> Mapping[str, Country]:
    """Return the countries and territories by ISO 3166-1 alpha-3 code."""
    table = {
        row[0]: {"name": [row[1]], "names": _cell(row, 2), "demonyms": _cell(row, 3), "capitals": _cell(row, 4)}
        for row in read_table("countries.tsv")
    }
    for code, field, values in read_table("countries_more.tsv"):
        row, found = table[code], values.split(";")
        if field == "name":
            row["name"] = found
        elif field == "drop":
            row |= {key: [v for v in row[key] if v not in found] for key in ("demonyms", "capitals")}
        else:
            row[field] = [*row[field], *found]
    return {
        code: Country(code, row["name"][0], _once(row["name"] + row["names"]), _once(row["demonyms"]), row["capitals"])
        for code, row in table.items()
    }


@lru_cache(maxsize=1 << 12)
def place_entity(name: str, subtype: str, code: str | None) -> Entity:
    """Return a place that is no country."""
    return Entity(f"region:{slug(name)}", EntityType.REGION, name, code or None, subtype)


def government(code: str) -> Entity:
    """Return the government of a country."""
    name = countries()[code].name
    article = "the " if code in _WITH_ARTICLE else ""
    entity_id = f"org:government-of-{slug(article + name)}"
    return Entity(entity_id, EntityType.ORG, f"Government of {article}{name}", code, "government")


_WITH_ARTICLE = frozenset(["USA", "GBR", "PHL", "NLD", "ARE", "BHS", "GMB", "MDV", "CZE", "DOM", "CAF", "COD", "COG"])


def _country_entries() -> Iterator[Entry]:
    for country in countries().values():
        for name in dict.fromkeys(country.names):
            kind = MentionKind.ACRONYM if name.isupper() else MentionKind.NAME
            yield Entry(name, country.entity, kind, "country")
    for country in countries().values():
        for word in country.demonyms:
            yield Entry(word, country.entity, MentionKind.DEMONYM, "demonym")
            if word.endswith(("an", "i", "ean", "er", "eek")):
                yield Entry(word + "s", country.entity, MentionKind.DEMONYM, "demonym")
        for name in country.capitals:
            if name not in country.names:
                yield Entry(name, place_entity(name, "capital", country.code), MentionKind.NAME, "capital")


def _region_entries() -> Iterator[Entry]:
    for row in read_table("regions.tsv"):
        entity = place_entity(row[0], row[1], row[2] if len(row) > 2 else None)
        yield Entry(row[0], entity, MentionKind.NAME, "region")
        for word in _cell(row, 3):
            is_adjective = word.startswith("~")
            kind = MentionKind.DEMONYM if is_adjective else MentionKind.NAME
            yield Entry(word.lstrip("~"), entity, kind, "adjective" if is_adjective else "region")


def _seat_entries() -> Iterator[Entry]:
    for words, code, key, name in read_table("seats.tsv"):
        entity = Entity(f"org:{key}", EntityType.ORG, name, code.strip() or None, "government")
        yield Entry(words, entity, MentionKind.METONYM, "seat")


def _named_entries(table: str) -> Iterator[Entry]:
    for row in read_table(f"{table}.tsv"):
        if table == "organisations":
            kind, subtype, code = EntityType.ORG, row[1], row[2] if len(row) > 2 else ""
        else:
            kind, subtype, code = EntityType(row[1]), row[2], ""
        name = row[0].lstrip("=")
        entity = Entity(f"{PREFIXES[kind]}:{slug(name)}", kind, name, code or None, subtype)
        yield from (_named(word, entity, table) for word in (row[0], *_cell(row, 3)))


def _named(word: str, entity: Entity, table: str) -> Entry:
    kind = MentionKind.ACRONYM if word.startswith("=") else MentionKind.NAME
    return Entry(word.lstrip("="), entity, kind, table)


PREFIXES: Mapping[EntityType, str] = {kind: kind.value.lower() for kind in EntityType} | {
    EntityType.WEAPON_SYSTEM: "weapon"
}
"""What ids start with."""


_T = TypeVar("_T")


class _Shelf(Generic[_T]):
    """What begins with one word: by all its words, to be asked for with the longest first."""

    def __init__(self) -> None:
        self.known: dict[str, _T] = {}
        self.sizes: list[int] = []

    def add(self, words: str, value: _T) -> None:
        self.known.setdefault(words, value)
        if len(words) not in self.sizes:
            self.sizes = sorted([*self.sizes, len(words)], reverse=True)

    def longest_at(self, text: str, start: int) -> tuple[str, _T] | None:
        """Return the longest words that stand there and end with a word of the text, with what they mean."""
        for size in self.sizes:
            words = text[start : start + size]
            if words in self.known and not text[start + size : start + size + 1].isalnum():
                return words, self.known[words]
        return None

    @cached_property
    def upper(self) -> _Shelf[tuple[str, _T]]:
        """The same in capitals, with the words as they are."""
        shelf: _Shelf[tuple[str, _T]] = _Shelf()
        for words, value in self.known.items():
            if len(words.upper()) == len(words):
                shelf.add(words.upper(), (words, value))
        return shelf


@cache
def _index() -> Mapping[str, _Shelf[Entry]]:
    """Return the entries by the first word."""
    known: dict[str, Entry] = {}
    for entries in (_country_entries(), _region_entries(), _seat_entries()):
        for entry in entries:
            known.setdefault(plain(entry.words), entry)
    for table in ("organisations", "concepts"):
        for entry in _named_entries(table):
            known.setdefault(plain(entry.words), entry)
    index: dict[str, _Shelf[Entry]] = {}
    for words, entry in known.items():
        if first := _FIRST.match(words):
            index.setdefault(first.group(), _Shelf()).add(words, entry._replace(words=words))
    return index


@cache
def _cities() -> Mapping[str, _Shelf[str]]:
    """Return the countries of the cities by the first word and the name; they are made entries only when found."""
    index: dict[str, _Shelf[str]] = {}
    for name, code in read_table("cities.tsv"):
        if first := _FIRST.match(name):
            index.setdefault(first.group(), _Shelf()).add(name, code)
    return index


def find_known(passage: ReadingPassage) -> Iterator[Hit]:
    """Yield what the tables know, the longest at each word and nothing within it."""
    tokens, firsts, done = passage.tokens, _firsts(), 0
    for at in [at for at, t in enumerate(tokens.texts) if t in firsts or (t.isupper() and len(t) >= _MIN_UPPER)]:
        start = tokens.starts[at]
        hit = _hit_at(passage.plain, start, tokens.texts[at]) if start >= done else None
        if hit:
            done = hit.end
            yield hit


@cache
def _firsts() -> frozenset[str]:
    """Return the words that an entry may start with; a city in lower case does only where another entry does."""
    return frozenset([*_index(), *(word for word in _cities() if word[0].isupper() or word[0].isdigit())])


def adjective_in(hit: Hit) -> Entry | None:
    """Return the adjective of its own country that a longer name begins with: "Russian" of "Russian Far East"."""
    words, code = hit.entry.words, hit.entry.entity.iso_alpha3
    first = _FIRST.match(words)
    if not code or not first or hit.entry.table not in ("region", "organisations"):
        return None
    shelf = _index().get(first.group())
    inner = (
        (e for e in shelf.known.values() if e.table == "demonym" and words.startswith(e.words + " ")) if shelf else ()
    )
    return max((e for e in inner if e.entity.iso_alpha3 == code), key=lambda e: len(e.words), default=None)


def _hit_at(text: str, start: int, word: str) -> Hit | None:
    is_upper = len(word) >= _MIN_UPPER and word.isupper()
    for key in (word, word.capitalize()) if is_upper else (word,):
        best = _longest(_index().get(key), text, start, is_upper=is_upper)
        city = _longest(_cities().get(key), text, start, is_upper=is_upper)
        if city and (not best or len(city[0]) > len(best[0])):
            name, code = city
            return Hit(
                start,
                start + len(name),
                Entry(name, place_entity(name, "city", code), MentionKind.NAME, "city"),
            )
        if best:
            return Hit(start, start + len(best[0]), best[1])
    return None


def _longest(shelf: _Shelf[_T] | None, text: str, start: int, *, is_upper: bool) -> tuple[str, _T] | None:
    """Return the longest words of a shelf that stand there, as the shelf writes them; in capitals too."""
    found = shelf.longest_at(text, start) if shelf else None
    capitals = shelf.upper.longest_at(text, start) if shelf and is_upper else None
    if capitals and (not found or len(capitals[0]) > len(found[0])):
        return capitals[1]
    return found
